public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Hands out a piece of evidence to who may see the challenge; each time is an event of the process's chain.
public struct OpenEvidence: Command {
    /// Who may do it.
    public static let permission = Permission.seeChallenges
    /// The process.
    public let place: ProcessPlace
    /// The challenge.
    public let challenge: ID<Challenge>
    /// The file.
    public let file: ID<StoredFile>

    /// Names a file of a challenge.
    public init(_ file: ID<StoredFile>, of challenge: ID<Challenge>, in place: ProcessPlace) {
        self.place = place
        self.challenge = challenge
        self.file = file
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``StoredFileError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<OpenedFile> {
        guard let found = try await transaction.challenge(challenge, of: place),
            found.evidence.contains(where: { $0.file == file }),
            let record = try await transaction.file(file),
            let content = try await transaction.content(of: file)
        else { throw StoredFileError.notFound }
        return Audited(
            OpenedFile(record: record, content: content),
            AuditEvent("elections.evidence.opened", subject: file, details: ["name": record.name]))
    }
}

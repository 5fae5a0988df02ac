public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Hands in a piece of evidence of a challenge that waits for its decision.
public struct AddEvidence: Command {
    /// Who may do it.
    public static let permission = Permission.fileChallenges
    /// The process.
    public let place: ProcessPlace
    /// The challenge.
    public let challenge: ID<Challenge>
    /// The file.
    public let file: StoredFile
    /// What it is.
    public let title: String

    /// Takes a file; without a title it goes by its name.
    public init(
        _ file: StoredFile, titled title: String? = nil, to challenge: ID<Challenge>, in place: ProcessPlace
    ) {
        self.place = place
        self.challenge = challenge
        self.file = file
        self.title = title?.nonBlank ?? file.name
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it.
    ///
    /// - Throws: ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let process = try await transaction.lockedProcess(place)
        guard !process.state.isOver else { throw ProcessError.over(process.state) }
        guard try await transaction.challenge(challenge, of: place)?.state == .open else {
            throw CanvassError.challengeNotOpen
        }
        let id = try await transaction.add(file, titled: title, to: challenge, in: place, at: now)
        return Audited(
            AuditEvent(
                "elections.evidence.added", subject: challenge,
                details: ["file": id.description, "name": title]))
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Adds a signed paper to an act that was recorded before it was at hand.
public struct AttachPaper: Command {
    /// Who may do it.
    public static let permission = Permission.attachPapers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What the paper is of.
    public let subject: Paper.Subject
    /// Its number and what it calls itself.
    public let title: String
    /// The document, with the day that it bears.
    public let file: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PaperError/untitled``.
    public init(
        _ file: StoredFile, to subject: Paper.Subject, of alliance: ID<Alliance>, titled title: String
    ) throws(PaperError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        self.alliance = alliance
        self.subject = subject
        self.title = title
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``PaperError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Paper>> {
        guard file.effectiveOn <= ColombianTime.date(at: now) else { throw PaperError.inFuture }
        let paper = try await transaction.insert(
            file, as: subject, titled: title, datedOn: file.effectiveOn, of: alliance, at: now)
        let kept = try await transaction.file(paper.file)
        return Audited(
            paper.id,
            AuditEvent(
                "governance.paper.attached", subject: paper.id,
                details: [
                    "what": subject.title, "file": paper.file.description,
                    "dated_on": file.effectiveOn.description,
                ], words: ["title": title], isReserved: kept?.isReserved ?? false))
    }
}

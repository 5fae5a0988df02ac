public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Files the appeal of a candidate who was kept out. Each decision is appealed once: members appeal for themselves, and
/// the office, the committee and the guarantors take in what the candidate handed in.
public struct AppealDisqualification: Command {
    /// Who may do it.
    public static let permission = Permission.appealDisqualifications
    /// The candidate.
    public let candidate: ID<Candidate>
    /// What the appeal says.
    public let words: String
    /// The paper that was handed in.
    public let file: StoredFile?
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what a person handed in.
    public init(
        of candidate: ID<Candidate>, on slate: ID<Slate>, because words: String, file: StoredFile? = nil,
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.candidate = candidate
        self.words = words.trimmingCharacters(in: .whitespacesAndNewlines)
        self.file = file
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the appeal.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``CandidacyError``, `StoredFileError`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard !words.isEmpty else { throw CandidacyError.appealMissing }
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.process.state.decidesCandidacies else { throw SlateError.notNow(file.process.state) }
        let (found, decision) = try file.disqualified(candidate)
        guard decision.appeal == nil else { throw CandidacyError.appealedAlready }
        let roles = transaction.scope.principal.roles(for: Self.permission, in: stream)
        if !roles.isEmpty, roles.isSubset(of: [.member, .board]) {
            var appellant: ID<Person>?
            if let user = transaction.scope.principal.user {
                appellant = try await transaction.person(of: user)
            }
            guard appellant == found.person else { throw CandidacyError.appealOfAnother }
        }
        var paper: ID<StoredFile>?
        if let handedIn = self.file {
            paper = try await transaction.store(handedIn, as: .elections, in: stream, at: now)
        }
        try await transaction.appeal(decision.id, because: words, file: paper, at: now)
        return Audited(
            AuditEvent(
                "elections.disqualification.appealed", subject: decision.id,
                details: ["name": found.name, "appeal": words]))
    }
}

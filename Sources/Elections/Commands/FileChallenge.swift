public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Files a challenge against a provisional result.
public struct FileChallenge: Command {
    /// Who may do it.
    public static let permission = Permission.fileChallenges
    /// The process.
    public let place: ProcessPlace
    /// The contest, where it is about one.
    public let contest: ID<Contest>?
    /// The table, where it is about one.
    public let table: ID<VotingTable>?
    /// The electronic box, where it is about one.
    public let box: ID<BallotBox>?
    /// Who challenges.
    public let challenger: String
    /// In what capacity, where who files takes it in for somebody else.
    public let role: ChallengerRole?
    /// The ground.
    public let ground: ChallengeGround
    /// What happened.
    public let facts: String
    /// What proves it, where a paper does.
    public let evidence: StoredFile?

    /// A challenge as it was written.
    public init(
        in place: ProcessPlace, of contest: ID<Contest>? = nil, at table: ID<VotingTable>? = nil,
        to box: ID<BallotBox>? = nil, by challenger: String, as role: ChallengerRole? = nil,
        on ground: ChallengeGround, facts: String,
        evidence: StoredFile? = nil
    ) {
        self.place = place
        self.contest = contest
        self.table = table
        self.box = box
        self.challenger = challenger.trimmingCharacters(in: .whitespacesAndNewlines)
        self.role = role
        self.ground = ground
        self.evidence = evidence
        self.facts = facts.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it; the proclamation waits. Also while the process is suspended: nobody loses the term by it.
    ///
    /// - Throws: ``ProcessError/over(_:)``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Challenge>> {
        guard !challenger.isEmpty, !facts.isEmpty else { throw CanvassError.factsMissing }
        let process = try await transaction.lockedProcess(place)
        guard !process.state.isOver else { throw ProcessError.over(process.state) }
        try await requireTerm(in: transaction, at: now)
        let id = ID<Challenge>()
        try await transaction.insert(
            self, as: id, by: try await standing(in: transaction), at: now)
        if let evidence {
            _ = try await transaction.add(evidence, titled: evidence.name, to: id, in: place, at: now)
        }
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            id, AuditEvent("elections.challenge.filed", subject: id, details: ["ground": ground.rawValue]))
    }

    /// A result is challenged while its term runs; a box also before its sums are known, when its ballots can still be left
    /// out.
    ///
    /// - Throws: ``CanvassError/outsideChallenges``, ``CanvassError/tableOrBox``, ``BoxError/notFound``.
    private func requireTerm(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        guard table == nil || box == nil else { throw CanvassError.tableOrBox }
        let isTaken = try await transaction.challengeTerms(of: place).isOpen(for: contest, at: now)
        guard let box else {
            guard isTaken else { throw CanvassError.outsideChallenges }
            return
        }
        let found = try await transaction.box(box, of: place)
        guard !found.isMock, isTaken || [.open, .closed].contains(found.state) else {
            throw CanvassError.outsideChallenges
        }
    }

    /// The capacity in which it is filed: that of who files for themselves, or as who takes it in says.
    ///
    /// - Throws: ``CanvassError/roleMissing``.
    private func standing(in transaction: borrowing TenantTransaction) async throws -> ChallengerRole {
        let principal = transaction.scope.principal
        guard let own = principal.challengerRole(in: stream) else {
            guard let role else { throw CanvassError.roleMissing }
            return role
        }
        guard own == .elector, let user = principal.user,
            let person = try await transaction.person(of: user),
            try await transaction.capacity(of: person, in: place.process) == .candidate
        else { return own }
        return .candidate
    }
}

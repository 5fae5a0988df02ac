public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The oversight exercises of an alliance.
public struct ReadOversights: Query {
    /// Who may do it.
    public static let permission = Permission.seeOversight
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [OversightSummary] {
        try await transaction.oversights(of: alliance)
    }
}

/// An oversight exercise with all that hangs on it.
public struct ReadOversight: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The exercise.
        public let oversight: Oversight
        /// Its team, those who coordinate first.
        public let members: [OversightMember]
        /// What its visits look at.
        public let indicators: [OversightIndicator]
        /// Its visits, the first first.
        public let visits: [OversightVisitRecord]
        /// What it found, the first first.
        public let findings: [OversightFinding]
        /// What became of each finding.
        public let steps: [ID<OversightFinding>: [FindingStep]]
        /// Its photographs and papers.
        public let evidence: [OversightEvidence]
        /// Today.
        public let today: CalendarDate

        /// The visits that were not taken back.
        public var heldVisits: [OversightVisitRecord] { visits.filter { $0.visit.withdrawal == nil } }
        /// Who is in the team now.
        public var team: [OversightMember] { members.filter { $0.leftOn == nil } }
        /// What visits to come look at.
        public var checklist: [OversightIndicator] { indicators.filter { $0.droppedOn == nil } }

        /// How often an indicator was measured, and how often it was as expected.
        public func tally(of indicator: ID<OversightIndicator>) -> (met: Int, seen: Int) {
            let measures = heldVisits.flatMap(\.measures).filter {
                $0.indicator == indicator && $0.verdict != .unseen
            }
            return (measures.count { $0.verdict == .met }, measures.count)
        }
    }

    /// Who may do it.
    public static let permission = Permission.seeOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>

    /// Asks for an exercise.
    public init(_ id: ID<Oversight>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``OversightError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let oversight = try await transaction.oversight(id, of: alliance) else {
            throw OversightError.notFound
        }
        return Answer(
            oversight: oversight, members: try await transaction.members(of: id),
            indicators: try await transaction.indicators(of: id),
            visits: try await transaction.visits(of: id),
            findings: try await transaction.findings(of: id), steps: try await transaction.steps(of: id),
            evidence: try await transaction.evidence(of: id), today: ColombianTime.date(at: now))
    }
}

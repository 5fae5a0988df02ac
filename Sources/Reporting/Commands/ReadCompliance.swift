public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Where one alliance stands: for its board and members, its office, its committee, its guarantors.
public struct ComplianceOfAlliance: Query {
    /// What is read.
    public struct Output: Sendable {
        /// The obligations of the catalogue.
        public let obligations: [Obligation]
        /// Where the alliance stands on each.
        public let standings: [Standing]
        /// The last changes.
        public let changes: [ObligationChange]
    }

    /// Who may ask.
    public static let permission = Permission.seeCompliance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about an alliance.
    public init(_ alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// Where the right is asked.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output {
        Output(
            obligations: try await transaction.obligations(),
            standings: try await transaction.standings(of: alliance),
            changes: try await transaction.obligationChanges(of: alliance))
    }
}

/// Where the alliances of an entity stand, for its office.
public struct ComplianceOfOffice: Query {
    /// What is read.
    public struct Output: Sendable {
        /// The obligations of the catalogue.
        public let obligations: [Obligation]
        /// The alliances by name.
        public let rows: [ComplianceRow]
        /// The terms that the entity set.
        public let terms: [SetTerms]
    }

    /// Who may ask.
    public static let permission = Permission.seeCompliance

    /// Asks about all alliances.
    public init() {}

    /// Where the right is asked.
    public var stream: AuditStream { .office }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output {
        Output(
            obligations: try await transaction.obligations(), rows: try await transaction.complianceRows(),
            terms: try await transaction.ownTerms())
    }
}

/// Where one alliance stands, or stood by the end of a past day, reckoned on the spot: for the terminal, which does not
/// wait for a projection.
///
/// A past day is answered by the dates of what is known today: what was recorded late counts from its own day, and what
/// the entity confirmed counts from the day of its confirmation.
public struct AssessAlliance: Query {
    /// Who may ask.
    public static let permission = Permission.seeCompliance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The day as of which it is said.
    public let day: CalendarDate

    /// Asks about an alliance on a day.
    public init(_ alliance: ID<Alliance>, on day: CalendarDate) {
        self.alliance = alliance
        self.day = day
    }

    /// Where the right is asked.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reckons the answer, an assessment for each obligation by code.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [Assessment] {
        let past = day < ColombianTime.date(at: now) ? day : nil
        guard var facts = try await transaction.facts(of: [alliance], by: past).first else {
            throw AllianceError.notFound
        }
        let terms = try await transaction.ownTerms(by: past.map(ColombianTime.endOfDay))
            .terms(of: try await transaction.obligations(), for: alliance)
        guard let past else { return terms.map { facts.assessment(of: $0, on: day) } }
        guard facts.existed(by: past) else {
            return terms.map {
                Assessment($0, .notApplicable, "Ese día la alianza no estaba constituida ni registrada aquí.")
            }
        }
        facts = facts.known(by: past, after: try await transaction.dissolutions(of: alliance))
        return terms.map { facts.assessment(of: $0, on: past) }
    }
}

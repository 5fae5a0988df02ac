public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Milestone.Kind: SQLValue {}
extension ElectoralTerm.Name: SQLValue {}
extension CalendarKind: SQLValue {}

extension Milestone: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            kind: try row["milestone"], opensAt: try row["opens_at"], closesAt: try row["closes_at"],
            unextendedCloseAt: try row["unextended_closes_at"], rule: try row["rule"],
            source: try row["norm"], isConfirmed: try row["norm_is_confirmed"],
            isEdited: try row["is_edited"], countsBusinessDays: try row["counts_business_days"])
    }
}

extension ElectoralTerm: RowDecodable {
    /// Reads a row of the catalogue.
    public init(row: Row) throws(RowError) {
        let norm: String? = try row["norm"]
        let source: String = try row["source"]
        self.init(
            name: try row["term"], days: try row["days"], isInBusinessDays: try row["is_business_days"],
            source: norm ?? source, isConfirmed: try row["norm_is_confirmed"])
    }
}

/// The usual terms of elections, as `sql/data/electoral_terms.json` has them.
public struct ElectoralTermCatalogue: Sendable {
    private let entries: [Entry]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError`, or an error of Foundation where the file is not there.
    public init(folder: URL) throws {
        entries = try JSONDecoder().decode(
            [Entry].self, from: try Data(contentsOf: folder.appending(path: "electoral_terms.json")))
    }

    /// Writes the catalogue.
    public func load(into database: Database) async throws {
        try await database.transaction(OwnerScope()) { transaction in
            for entry in entries {
                try await transaction.execute(
                    """
                    insert into catalogue.electoral_terms (
                        term, days, is_business_days, norm, norm_is_confirmed, source)
                    values (
                        \(entry.term), \(entry.days), \(entry.isInBusinessDays), \(entry.norm),
                        \(entry.normIsConfirmed), \(entry.source))
                    on conflict on constraint electoral_terms_pkey do update set
                        days = excluded.days, is_business_days = excluded.is_business_days,
                        norm = excluded.norm, norm_is_confirmed = excluded.norm_is_confirmed,
                        source = excluded.source
                    """)
            }
        }
    }

    fileprivate struct Entry: Decodable {
        let term: ElectoralTerm.Name
        let days: Int
        let isInBusinessDays: Bool
        let norm: String?
        let normIsConfirmed: Bool
        let source: String

        enum CodingKeys: String, CodingKey {
            case term, days, norm, source
            case isInBusinessDays = "is_business_days"
            case normIsConfirmed = "norm_is_confirmed"
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// The usual terms of elections.
    func electoralTerms() async throws -> [ElectoralTerm] {
        try await rows(
            """
            select term, days, is_business_days, norm, norm_is_confirmed, source
            from catalogue.electoral_terms order by term
            """)
    }

    /// The calendar that the rules give for a vote: those of the bylaws of that day and, where they are silent, the
    /// usual ones.
    ///
    /// - Throws: ``CalendarError``.
    func reckonedCalendar(
        votingOn day: CalendarDate, from opening: TimeOfDay, until closing: TimeOfDay,
        in alliance: ID<Alliance>
    ) async throws -> ElectoralCalendar {
        let bylaws = try await bylaws(of: alliance, on: day)
        return try .computed(
            votingOn: day, from: opening, until: closing,
            terms: try await electoralTerms().map { $0.ordered(by: bylaws) })
    }

    /// The calendar of a process in its latest version; `nil` where it has none yet.
    public func calendar(of process: ID<ElectoralProcess>) async throws -> ElectoralCalendar? {
        let milestones = try await rows(
            """
            select milestone, opens_at, closes_at, unextended_closes_at, rule, norm, norm_is_confirmed,
                is_edited, counts_business_days
            from elections.calendar_milestones
            where organization_id = \(organization) and process_id = \(process)
                and version = (
                    select max(version) from elections.calendars
                    where organization_id = \(organization) and process_id = \(process))
            """,
            as: Milestone.self)
        return milestones.isEmpty ? nil : ElectoralCalendar(milestones: milestones)
    }

    /// Adds a version of a calendar, after those that the process has.
    func insertCalendar(
        _ calendar: ElectoralCalendar, of process: ID<ElectoralProcess>, as kind: CalendarKind = .computed,
        because reason: String? = nil, at now: Date
    ) async throws -> Int {
        let latest: Int? = try await value(
            """
            select max(version) from elections.calendars
            where organization_id = \(organization) and process_id = \(process)
            """)
        let version = (latest ?? 0) + 1
        try await execute(
            """
            insert into elections.calendars (
                organization_id, process_id, version, kind, reason, made_at, made_by)
            values (
                \(organization), \(process), \(version), \(kind), \(reason), \(now),
                \(scope.principal.user))
            """)
        let milestones = calendar.milestones
        try await execute(
            """
            insert into elections.calendar_milestones (
                organization_id, process_id, version, milestone, opens_at, closes_at, unextended_closes_at, rule,
                norm, norm_is_confirmed, is_edited, counts_business_days)
            select \(organization), \(process), \(version), milestone, opens_at, closes_at,
                unextended_closes_at, rule, norm, norm_is_confirmed, is_edited, counts_business_days
            from unnest(
                \(milestones.map(\.kind)), \(milestones.map(\.opensAt)), \(milestones.map(\.closesAt)),
                \(milestones.map(\.unextendedCloseAt)), \(milestones.map(\.rule)),
                \(milestones.map(\.source)), \(milestones.map(\.isConfirmed)), \(milestones.map(\.isEdited)),
                \(milestones.map(\.countsBusinessDays))
            ) as dates (
                milestone, opens_at, closes_at, unextended_closes_at, rule, norm, norm_is_confirmed, is_edited,
                counts_business_days)
            """)
        return version
    }
}

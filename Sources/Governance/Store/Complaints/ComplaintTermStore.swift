public import Foundation
import Kernel
public import Postgres
public import Tenancy

extension ComplaintTerm.Unit: SQLValue {}
extension ClinicalPattern.Kind: SQLValue {}
extension ClinicalPattern.Reason: SQLValue {}

extension ClinicalPattern: RowDecodable {
    /// Reads a row of the catalogue.
    public init(row: Row) throws(RowError) {
        self.init(kind: try row["kind"], pattern: try row["pattern"], reason: try row["reason"])
    }
}

extension ComplaintTerm: RowDecodable {
    /// Reads a row of the catalogue or of the tenant.
    public init(row: Row) throws(RowError) {
        self.init(
            kind: try row["kind"], risk: try row["risk"], unit: try row["unit"], amount: try row["amount"],
            norm: try row["norm"], isConfirmed: try row["norm_is_confirmed"], source: try row["source"],
            isOwn: try row["is_own"])
    }
}

/// In how long complaints are answered, and what may not be written in them, as `sql/data/complaint_terms.json` and
/// `sql/data/clinical_patterns.json` have it.
public struct ComplaintCatalogue: Sendable {
    /// The terms.
    public let terms: [ComplaintTerm]
    /// What may not be written.
    public let patterns: [ClinicalPattern]

    /// Reads the files of the folder of catalogues.
    ///
    /// - Throws: `DecodingError`, ``ComplaintError/filterMissing`` for a pattern that cannot be read, or an error of
    ///   Foundation where a file is not there.
    public init(folder: URL) throws {
        func read<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
        }
        terms = try read("complaint_terms.json", [Entry].self).map(\.term)
        patterns = try read("clinical_patterns.json", [ClinicalPattern].self)
        _ = try ClinicalFilter(patterns)
    }

    /// Writes the catalogue: terms that changed, and the patterns as they are now, no others.
    public func load(into database: Database) async throws {
        let (terms, patterns) = (terms, patterns)
        try await database.transaction(OwnerScope()) { transaction in
            for term in terms {
                try await transaction.execute(
                    """
                    insert into catalogue.complaint_terms (
                        kind, risk, unit, amount, norm, norm_is_confirmed, source)
                    values (
                        \(term.kind), \(term.risk), \(term.unit), \(term.amount), \(term.norm),
                        \(term.isConfirmed), \(term.source ?? ""))
                    on conflict on constraint complaint_terms_pkey do update set
                        unit = excluded.unit, amount = excluded.amount, norm = excluded.norm,
                        norm_is_confirmed = excluded.norm_is_confirmed, source = excluded.source
                    """)
            }
            try await transaction.execute(
                """
                delete from catalogue.clinical_patterns as known
                where not exists (
                    select from unnest(\(patterns.map(\.kind)), \(patterns.map(\.pattern))) as kept (kind, pattern)
                    where kept.kind = known.kind and kept.pattern = known.pattern)
                """)
            try await transaction.execute(
                """
                insert into catalogue.clinical_patterns as known (kind, pattern, reason)
                select kind, pattern, reason
                from unnest(
                    \(patterns.map(\.kind)), \(patterns.map(\.pattern)), \(patterns.map(\.reason))
                ) as given (kind, pattern, reason)
                on conflict on constraint clinical_patterns_pkey do update set reason = excluded.reason
                where known.reason <> excluded.reason
                """)
        }
    }

    private struct Entry: Decodable {
        let term: ComplaintTerm

        private enum Key: String, CodingKey {
            case kind, risk, unit, amount, norm, source
            case isConfirmed = "norm_is_confirmed"
        }

        init(from decoder: any Decoder) throws {
            let entry = try decoder.container(keyedBy: Key.self)
            func known<Value: RawRepresentable<String>>(_ key: Key, _ type: Value.Type) throws -> Value {
                let text = try entry.decode(String.self, forKey: key)
                guard let value = Value(rawValue: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: entry, debugDescription: "nothing is called \(text)")
                }
                return value
            }
            term = ComplaintTerm(
                kind: try known(.kind, Complaint.Kind.self), risk: try known(.risk, Complaint.Risk.self),
                unit: try known(.unit, ComplaintTerm.Unit.self),
                amount: try entry.decode(Int.self, forKey: .amount),
                norm: try entry.decode(String.self, forKey: .norm),
                isConfirmed: try entry.decode(Bool.self, forKey: .isConfirmed),
                source: try entry.decode(String.self, forKey: .source))
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// What stops clinical data and documents in texts that are kept of people's troubles.
    ///
    /// - Throws: ``ComplaintError/filterMissing`` where the catalogue was not loaded: nothing is taken in without it.
    public func clinicalFilter() async throws -> ClinicalFilter {
        try ClinicalFilter(
            try await rows(
                "select kind, pattern, reason from catalogue.clinical_patterns order by kind, pattern"))
    }

    /// The terms as they count for the tenant: those that it confirmed, else the catalogue's.
    func complaintTerms() async throws -> [ComplaintTerm] {
        let own = try await rows(
            """
            select distinct on (kind, risk) kind, risk, unit, amount, norm, true as norm_is_confirmed,
                null::text as source, true as is_own
            from governance.complaint_terms
            where organization_id = \(organization) and withdrawn_at is null
            order by kind, risk, set_at desc, term_id desc
            """, as: ComplaintTerm.self)
        let known = try await rows(
            """
            select kind, risk, unit, amount, norm, norm_is_confirmed, source, false as is_own
            from catalogue.complaint_terms
            """, as: ComplaintTerm.self)
        return known.map { term in own.term(of: term.kind, term.risk) ?? term }.sorted { left, right in
            (left.kind.order, left.risk.order) < (right.kind.order, right.risk.order)
        }
    }

    /// Adds a term that the tenant confirmed, which replaces the one before.
    func insert(_ term: ComplaintTerm, at now: Date) async throws {
        try await execute(
            """
            insert into governance.complaint_terms (
                organization_id, term_id, kind, risk, unit, amount, norm, set_at, set_by)
            values (
                \(organization), \(ID<ComplaintTerm>()), \(term.kind), \(term.risk), \(term.unit),
                \(term.amount), \(term.norm), \(now), \(scope.principal.user))
            """)
    }

    /// Takes back what the tenant confirmed of a kind and risk.
    ///
    /// - Returns: How many confirmations counted or were replaced before, and count no more.
    func withdrawComplaintTerms(
        of kind: Complaint.Kind, _ risk: Complaint.Risk, because reason: String, at now: Date
    ) async throws -> Int {
        try await execute(
            """
            update governance.complaint_terms
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and kind = \(kind) and risk = \(risk)
                and withdrawn_at is null
            """)
    }

    /// The complaints whose confirmed term is near its end or over, by alliance.
    func complaintsDue(at now: Date) async throws -> [PendingCount] {
        let soon = now.addingTimeInterval(Double(Complaint.nearHours) * 3600)
        return try await rows(
            """
            select complaints.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since,
                ((min(complaints.due_at) - interval '1 second') at time zone 'America/Bogota')::date as due_on
            from governance.complaints
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = complaints.alliance_id and alliances.state <> 'dissolved'
            where complaints.organization_id = \(organization) and complaints.state = 'transferred'
                and complaints.due_is_confirmed and complaints.due_at <= \(soon)
            group by complaints.alliance_id
            """)
    }

    /// How many complaints stand in some states, by alliance.
    func complaints(in states: [Complaint.State]) async throws -> [PendingCount] {
        try await rows(
            """
            select complaints.alliance_id, null::uuid as process_id, count(*) as count,
                min(coalesce(complaints.answered_at, complaints.filed_at)) as since, null::date as due_on
            from governance.complaints
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = complaints.alliance_id and alliances.state <> 'dissolved'
            where complaints.organization_id = \(organization) and complaints.state = any (\(states))
            group by complaints.alliance_id
            """)
    }
}

extension Complaint.Kind {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Complaint.Risk {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

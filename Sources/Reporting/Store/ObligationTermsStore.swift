public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The terms of an obligation that an entity set, for all of its alliances or for one.
public struct SetTerms: Sendable, Hashable, RowDecodable {
    /// The obligation.
    public let code: Obligation.Code
    /// The alliance that they are for; `nil` for all.
    public let alliance: Kernel.ID<Alliance>?
    /// The terms.
    public let terms: OwnTerms
    /// When they were set.
    public let setAt: Date

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        code = try row["code"]
        alliance = try row["alliance_id"]
        setAt = try row["set_at"]
        let document: JSONText = try row["parameters"]
        do {
            terms = OwnTerms(parameters: try document.decoded(), norm: try row["norm"])
        } catch {
            throw RowError(unreadable: "parameters", because: error)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the terms that the tenant set and that count, or counted before a moment, one for each obligation and
    /// alliance.
    public func ownTerms(by moment: Date? = nil) async throws -> [SetTerms] {
        try await rows(
            """
            select distinct on (code, alliance_id) code, alliance_id, parameters, norm, set_at
            from reporting.obligation_terms as terms
            where organization_id = \(organization) and (\(moment)::timestamptz is null or set_at < \(moment))
                and not exists (
                    select from reporting.term_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.term_id = terms.term_id
                        and (\(moment)::timestamptz is null or withdrawn_at < \(moment)))
            order by code, alliance_id, set_at desc, term_id desc
            """)
    }

    /// Takes back every confirmation of an obligation's terms, for all alliances or for one.
    ///
    /// - Returns: How many were in force or replaced before, and count no more.
    func withdrawTerms(
        of code: Obligation.Code, for alliance: Kernel.ID<Alliance>?, because reason: String, at now: Date
    ) async throws -> Int {
        try await execute(
            """
            insert into reporting.term_withdrawals (
                organization_id, term_id, reason, withdrawn_at, withdrawn_by)
            select organization_id, term_id, \(reason), \(now), \(scope.principal.user)
            from reporting.obligation_terms as terms
            where organization_id = \(organization) and code = \(code)
                and alliance_id is not distinct from \(alliance)
                and not exists (
                    select from reporting.term_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.term_id = terms.term_id)
            """)
    }

    /// Adds terms, which replace those before.
    func add(
        _ terms: OwnTerms, of code: Obligation.Code, for alliance: Kernel.ID<Alliance>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into reporting.obligation_terms (
                organization_id, term_id, alliance_id, code, parameters, norm, set_at, set_by)
            values (
                \(organization), \(Kernel.ID<OwnTerms>()), \(alliance), \(code),
                \(try JSONText(encoding: terms.parameters)), \(terms.norm), \(now), \(scope.principal.user))
            """,
            refusals: ["obligation_terms_alliance_fkey": AllianceError.notFound])
    }
}

extension [SetTerms] {
    /// The terms of each obligation as they count for an alliance: its own, then its entity's, then the
    /// catalogue's.
    func terms(of obligations: [Obligation], for alliance: Kernel.ID<Alliance>) -> [ObligationTerms] {
        obligations.map { obligation in
            let set = filter { $0.code == obligation.code }
            let own = set.first { $0.alliance == alliance } ?? set.first { $0.alliance == nil }
            return ObligationTerms(obligation, own: own?.terms)
        }
    }
}

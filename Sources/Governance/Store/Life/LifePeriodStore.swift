import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The period of an alliance that runs: from its last renewal, or its last constitution; `nil` before it has one.
    public func lifePeriod(of alliance: ID<Alliance>) async throws -> LifePeriod? {
        try await lifePeriods(of: [alliance])[alliance]
    }

    /// The periods that run in some alliances; those without a constitution have none.
    ///
    /// However many alliances are asked about, the statements are as many: a home with two hundred of them asks no more
    /// often than one with three.
    public func lifePeriods(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: LifePeriod] {
        let starts = try await rows(
            """
            select asked.alliance_id, greatest(
                (
                    select max(held_on) from governance.constitutions
                    where constitutions.organization_id = \(organization)
                        and constitutions.alliance_id = asked.alliance_id and withdrawn_at is null
                ),
                (
                    select max(renewed_on) from governance.renewals
                    where renewals.organization_id = \(organization)
                        and renewals.alliance_id = asked.alliance_id and renewals.state = 'done'
                )) as day
            from unnest(\(alliances)) as asked (alliance_id)
            """, as: PeriodStart.self)
        let days = Dictionary(starts.compactMap { start in start.day.map { (start.alliance, $0) } }) { $1 }
        guard !days.isEmpty else { return [:] }
        let bylaws = try await bylaws(ofEach: days)
        let usual = try await rows(
            "select term, amount, norm, norm_is_confirmed from catalogue.life_terms order by term",
            as: LifeTermRow.self)
        return Dictionary(
            uniqueKeysWithValues: days.map { alliance, day in
                (alliance, LifeTerms(ordered: bylaws[alliance], usual: usual).period(from: day))
            })
    }
}

extension LifeTerms {
    /// How long a period lasts: as the bylaws of its first day order, or else as the catalogue has it; and the days of
    /// alarm.
    fileprivate init(ordered bylaws: Bylaws?, usual entries: [LifeTermRow]) {
        let alarms = entries.filter { $0.term.hasSuffix("_alarm_days") }.map(\.amount)
        if let bylaws, let ordered = bylaws.parameters[.alliancePeriodMonths],
            let months = bylaws.integer(.alliancePeriodMonths), months > 0
        {
            self.init(
                months: months, source: bylaws.source(of: .alliancePeriodMonths),
                isConfirmed: ordered.isConfirmed, alarms: alarms)
            return
        }
        let usual = entries.first { $0.term == "period_months" }
        self.init(
            months: usual?.amount ?? TermLimit.monthsWithoutCitation, source: usual?.norm ?? "",
            isConfirmed: usual?.isConfirmed ?? false, alarms: alarms)
    }
}

private struct PeriodStart: RowDecodable {
    let alliance: ID<Alliance>
    let day: CalendarDate?

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        day = try row["day"]
    }
}

private struct LifeTermRow: RowDecodable {
    let term: String
    let amount: Int
    let norm: String?
    let isConfirmed: Bool

    init(row: Row) throws(RowError) {
        term = try row["term"]
        amount = try row["amount"]
        norm = try row["norm"]
        isConfirmed = try row["norm_is_confirmed"]
    }
}

import Kernel
import Postgres
import Tenancy

extension AffiliateFileRules {
    /// A code of the catalogue of insurers, and whether the tenant holds it.
    private struct Code: RowDecodable {
        let code: String
        let regime: String
        let isOwn: Bool

        init(row: Row) throws(RowError) {
            code = try row["insurer_code"]
            regime = try row["regime"]
            isOwn = try row["is_own"]
        }
    }

    /// Reads what the files of a tenant are checked against.
    ///
    /// Codes of a licence come before those of mobility, which are for people who stayed while their regime changed.
    init(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, divipola: Divipola
    ) async throws {
        let codes: [Code] = try await transaction.rows(
            """
            select i.insurer_code, i.regime, o.organization_id is not null as is_own
            from catalogue.insurers i
            left join catalogue.organization_codes o
                on o.code = i.insurer_code and o.organization_id = \(transaction.organization)
            order by case i.kind when 'habilitacion' then 0 else 1 end, i.insurer_code
            """)
        let known = codes.compactMap { code in InsurerCode(rawValue: code.code).map { (code, $0) } }
        self.init(
            today: today, ownInsurers: known.filter(\.0.isOwn).map(\.1),
            regimes: Dictionary(
                known.compactMap { code, insurer in Regime(rawValue: code.regime).map { (insurer, $0) } },
                uniquingKeysWith: { first, _ in first }),
            divipola: divipola)
    }
}

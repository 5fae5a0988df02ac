import Foundation
import Kernel
import Postgres
import Synchronization
import Tenancy
import TestSupport

@testable import Membership

/// A database with one tenant, Mutual SER with two of its codes, and another; and what their registers say.
struct Register: Sendable {
    let database: Database
    let runner: CommandRunner
    let organization: ID<Organization>
    let other: ID<Organization>

    var principal: Principal { .terminal(in: organization) }

    static func make(now: String = "2026-11-21T15:00:00Z") async throws -> Register {
        let database = try await TestDatabase.make()
        let (organization, other) = (ID<Organization>(), ID<Organization>())
        let municipalities = try AffiliateFiles.divipola.get().municipalities.map {
            "('\($0.code)', '\($0.name.replacing("'", with: "''"))', '', '\($0.code.department)', '', '\($0.kind.rawValue)', false)"
        }
        try await database.script(
            """
            insert into catalogue.municipalities values \(municipalities.joined(separator: ","));
            insert into catalogue.organizations values
                ('\(organization)', 'mutual', 'insurer', 'Mutual', 'Mutual', null, '23672', now()),
                ('\(other)', 'otra', 'provider', 'Otra', 'Otra', null, '05001', now());
            insert into catalogue.insurers values
                ('ESS207', 'mutual', 'Mutual', 'Mutual', 'subsidiado', 'habilitacion', null, 'current', true),
                ('ESSC07', 'mutual', 'Mutual', 'Mutual', 'contributivo', 'movilidad', null, 'current', true),
                ('EPS001', 'otra', 'Otra', 'Otra', 'contributivo', 'habilitacion', null, 'current', true);
            insert into catalogue.organization_codes values
                ('ESS207', '\(organization)', 'insurer'), ('ESSC07', '\(organization)', 'insurer');
            """, as: .owner)
        let moment = try Date(now, strategy: .iso8601)
        return Register(
            database: database, runner: CommandRunner(database: database, now: { moment }),
            organization: organization, other: other)
    }

    func imports() throws -> ImportAffiliates {
        ImportAffiliates(runner: runner, divipola: try AffiliateFiles.divipola.get())
    }

    /// Stages a file and merges it.
    @discardableResult
    func take(
        _ file: [UInt8], cutoff: String = "2026-11-21", in tenant: ID<Organization>? = nil
    ) async throws -> (preview: ImportAffiliates.Preview, summary: AffiliateImportSummary, report: String) {
        let principal = Principal.terminal(in: tenant ?? organization)
        let report = Collected()
        let preview = try await imports().stage(
            BytesInMemory(file), named: "padron.csv", as: principal, report: { report.append($0) })
        let summary = try await imports().merge(
            preview.staged, asOf: try AffiliateFiles.date(cutoff), as: principal)
        return (preview, summary, report.text)
    }

    /// Rows of one text column, as the serving role of the tenant sees them.
    func texts(_ sql: SQL, in tenant: ID<Organization>? = nil) async throws -> [String] {
        let scope = TenantScope(.terminal(in: tenant ?? organization))
        return try await database.read(scope) { try await $0.values(sql) }
    }

    /// Who is in the register and with what, in the order of their documents.
    func people(in tenant: ID<Organization>? = nil) async throws -> [String] {
        try await texts(
            """
            select concat_ws('|', document_type, document_number, first_surname, first_name, affiliation_state,
                coalesce(phone, '-'), valid_from::text)
            from membership.affiliates order by document_number, document_type
            """, in: tenant)
    }

    /// How many rows wait, seen by the owner, from whom nothing is hidden.
    func waiting() async throws -> Int {
        try await database.read(OwnerScope()) { transaction in
            try await transaction.value("select count(*) from membership.staged_affiliates") ?? -1
        }
    }
}

/// Everything, for tests that look behind the walls.
struct OwnerScope: TransactionScope {
    static var role: DatabaseRole { .owner }
    var entry: SQL? { nil }
}

/// Bytes that a callback on any thread collects.
final class Collected: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

import Foundation
import Kernel
import Logging
import Postgres
import Tenancy
import TestSupport

@testable import Reporting

/// The folder of the catalogues.
let catalogues = TestDatabase.repository.appending(path: "sql/data")

/// A day, as ISO 8601 has it.
func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("\(text) is no day") }
    return date
}

extension Obligation {
    /// An obligation of the catalogue.
    static func of(_ code: Code) throws -> Obligation {
        guard
            let found = try ObligationCatalogue(folder: catalogues).obligations.first(where: {
                $0.code == code
            })
        else { throw MissingObligation(code: code) }
        return found
    }
}

struct MissingObligation: Error {
    let code: Obligation.Code
}

extension ObligationTerms {
    /// The terms of the catalogue, or those that an entity confirmed with other figures.
    static func of(
        _ code: Obligation.Code, confirmed: Bool = false, _ figures: ObligationParameters = .init()
    )
        throws -> ObligationTerms
    {
        ObligationTerms(
            try .of(code), own: confirmed ? OwnTerms(parameters: figures, norm: "Procedimiento propio") : nil)
    }
}

extension AllianceFacts {
    /// The facts of an alliance, constituted unless told otherwise, of an insurer unless told otherwise.
    static func test(
        entity: Organization.Kind = .insurer, state: Alliance.State = .active,
        enteredOn: CalendarDate = day("2024-01-15"), _ change: (inout AllianceFacts) -> Void = { _ in }
    ) -> AllianceFacts {
        var facts = AllianceFacts(alliance: ID(), entity: entity, state: state, enteredOn: enteredOn)
        change(&facts)
        return facts
    }
}

extension TestTenants {
    /// Tenants with the obligations loaded.
    static func withObligations() async throws -> TestTenants {
        let tenants = try await TestTenants.make()
        try await ObligationCatalogue(folder: catalogues).load(into: tenants.database)
        return tenants
    }

    /// The worker that reckons after each act.
    var worker: OutboxWorker {
        let clock = clock
        return OutboxWorker(
            database: database, handlers: [Reckoning.handler], now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The daily reckoning.
    var reckoning: Reckoning {
        let clock = clock
        return Reckoning(
            database: database, now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Delivers all that waits in a tenant.
    func settle(_ organization: Organization) async throws {
        try await worker.drain(organization.id)
        let waiting = try await database.read(TenantScope(.system(in: organization.id))) {
            try await $0.value(
                "select count(*) from tenancy.outbox where delivered_at is null", as: Int.self)
        }
        guard waiting == 0 else { throw UndeliveredMessages(count: waiting ?? 0) }
    }
}

struct UndeliveredMessages: Error {
    let count: Int
}

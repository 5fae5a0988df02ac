import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport

@testable import Governance

/// A tenant with one alliance and a few invented affiliates, on 13 March 2026.
struct Setting: Sendable {
    let tenants: TestTenants
    let organization: Organization
    let alliance: Alliance
    let people: [ID<Person>]

    var principal: Principal { .terminal(in: organization.id) }

    /// The documents of ``people``, in their order.
    static let documents = ["1001", "1002", "1003", "1004"]

    static func make() async throws -> Setting {
        let tenants = try await TestTenants.make()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let people = documents.map { _ in ID<Person>() }
        let names = [("Rosa", "Arrieta"), ("Luis", "Burgos"), ("Carmen", "Coronado"), ("Iván", "Doria")]
        try await tenants.database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            for (index, person) in people.enumerated() {
                try await transaction.execute(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (
                        \(organization.id), \(person), 'CC', \(documents[index]), \(names[index].1),
                        \(names[index].0), '1980-01-01', 'F', '23672', 'subsidiado', 'active', 'ESS207',
                        '2020-01-01')
                    """)
            }
        }
        return Setting(tenants: tenants, organization: organization, alliance: alliance, people: people)
    }

    @discardableResult
    func run<C: Command>(_ command: C) async throws -> C.Output {
        try await tenants.runner.run(command, as: principal)
    }

    func fetch<Q: Query>(_ query: Q) async throws -> Q.Output {
        try await tenants.runner.fetch(query, as: principal)
    }

    func read<Value: Sendable>(
        _ body: (borrowing TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await tenants.database.read(TenantScope(principal)) { try await body($0) }
    }

    func write(_ body: (borrowing TenantTransaction) async throws -> Void) async throws {
        try await tenants.database.transaction(TenantScope(principal)) { try await body($0) }
    }

    /// A signed paper of 3 March 2026.
    func paper() throws -> StoredFile {
        try StoredFile(
            name: "acta.pdf", content: Array("%PDF-1.7 acta".utf8), effectiveOn: day("2026-03-03"))
    }

    // MARK: Bodies

    static func term(
        _ months: Int = 24, norm: String? = nil, consecutive: Int? = nil
    ) throws -> TermLimit {
        try TermLimit(
            months: months, norm: norm, isConfirmed: false, consecutiveTerms: consecutive,
            consecutiveTermsNorm: nil)
    }

    /// An organising committee of so many seats.
    func committee(
        _ name: String = "Comité organizador", seats: Int = 2, continues: Bool = false
    ) async throws -> (body: ID<Body>, seats: [Seat]) {
        let body = try await run(
            CreateBody(
                name, kind: .organizingCommittee, of: alliance.id, isExternal: false, term: Self.term(),
                formation: .proclamation, continuesUntilReplaced: continues,
                seats: (1...seats).map { try SeatDraft(title: "Integrante \($0)") })
        ).id
        return (body, try await read { try await $0.seats(of: body) })
    }

    /// The board of an ESE, which is appointed to, with one seat of the alliance and one of another sector.
    func hospitalBoard() async throws -> (body: ID<Body>, seats: [Seat]) {
        let body = try await run(
            CreateBody(
                "Junta directiva de la ESE", kind: .publicHospitalBoard, of: alliance.id, isExternal: true,
                term: Self.term(36, norm: "Decreto 1876 de 1994, artículo 9"), formation: .appointment,
                continuesUntilReplaced: false,
                seats: [
                    SeatDraft(title: "Usuarios", sector: "Comunidad"),
                    SeatDraft(title: "Alcaldía", sector: "Estado", isElected: false),
                ])
        ).id
        return (body, try await read { try await $0.seats(of: body) })
    }

    /// Records a mandate of a person from a paper.
    @discardableResult
    func seat(
        _ index: Int, on seat: Seat, rank: Int = 0, from: CalendarDate, to: CalendarDate? = nil
    ) async throws -> ID<Mandate> {
        try await run(
            RecordMandate(
                on: seat.id, of: seat.body, in: alliance.id, rank: rank,
                holder: .document(IdentityDocument(type: .cedula, number: Self.documents[index])),
                from: from, to: to, paper: "Acta 3 del 1 de marzo de 2024"))
    }

    func principal(_ body: ID<Body>, _ seat: Seat, on day: CalendarDate) async throws -> Seating.Holding? {
        let found = try await read { try await $0.seatedBody(body, on: day) }
        return found?.seatings.first { $0.seat.id == seat.id }?.principal
    }
}

/// A day of the calendar, as tests write it.
func day(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else { throw NoSuchDay(text: text) }
    return date
}

/// A date that the calendar does not have.
struct NoSuchDay: Error {
    let text: String
}

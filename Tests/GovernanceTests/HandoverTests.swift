import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Handovers between boards: their list, their signatures, and the rights that end with the last; 13 March 2026 is today.
@Suite struct HandoverTests {
    /// A board that changed on 1 March: Rosa and Luis left, Carmen and Iván came.
    private struct Scene {
        let setting: Setting
        let body: ID<Body>
        let users: [ID<User>]

        static func make() async throws -> Scene {
            let setting = try await Setting.make()
            let body = try await setting.run(
                CreateBody(
                    "Junta directiva", kind: .board, of: setting.alliance.id, isExternal: false,
                    term: Setting.term(), formation: .proclamation, continuesUntilReplaced: true,
                    seats: [("Presidencia", nil), ("Secretaría", nil)])
            ).id
            let seats = try await setting.read { try await $0.seats(of: body) }
            for (index, seat) in seats.enumerated() {
                try await setting.seat(index, on: seat, from: day("2024-03-01"), to: day("2026-02-28"))
                try await setting.seat(index + 2, on: seat, from: day("2026-03-01"))
            }
            // Those who left have their rights, and one of those who came.
            var users: [ID<User>] = []
            for (index, document) in Setting.documents.enumerated() {
                users.append(
                    try await setting.tenants.invite(
                        index == 3 ? .member : .board, of: setting.organization,
                        in: .alliance(setting.alliance.id),
                        document: IdentityDocument(type: .cedula, number: document)
                    ).user)
            }
            return Scene(setting: setting, body: body, users: users)
        }

        var alliance: ID<Alliance> { setting.alliance.id }

        func prepare() async throws -> ID<Handover> {
            try await setting.run(PrepareHandover(of: body, in: alliance, changingOn: day("2026-03-01")))
        }

        func read(_ id: ID<Handover>) async throws -> ReadHandover.Answer {
            try await setting.fetch(ReadHandover(id, of: alliance))
        }

        func checkAll(_ id: ID<Handover>) async throws {
            let marks = try await read(id).items.map { CheckHandover.Mark($0.key, .delivered, note: nil) }
            let unchecked = try await setting.run(
                CheckHandover(id, of: alliance, marking: marks, adding: nil))
            #expect(unchecked == 0)
        }

        func principal(_ index: Int) async throws -> Principal {
            try await setting.tenants.principal(of: users[index], in: setting.organization)
        }

        func sign(_ index: Int, _ id: ID<Handover>) async throws -> HandoverProgress {
            let signers = try await read(id).signers
            let signer = try #require(signers.first { $0.person == setting.people[index] })
            return try await setting.tenants.runner.run(
                SignHandover(
                    signer.id, of: id, in: alliance,
                    drawing: SignatureDrawing("M10 10L200 200L300 100L400 300L600 50")),
                as: principal(index))
        }

        func boardUsers() async throws -> Set<ID<User>> {
            Set(
                try await setting.read { [now = setting.tenants.clock.now] in
                    try await $0.boardRights(of: alliance, on: day("2026-03-13"), at: now)
                }.map(\.user))
        }
    }

    @Test func `the list is made from what there is, and keeps what people said of it`() async throws {
        let scene = try await Scene.make()
        let alliance = scene.alliance
        let commitment = try await scene.setting.run(
            MakeCommitment("Arreglar la rampa", by: .office, until: day("2026-04-01"), of: alliance))
        let id = try await scene.prepare()
        let made = try await scene.read(id)
        #expect(made.signers.filter { $0.side == .outgoing }.map(\.name) == ["Rosa Arrieta", "Luis Burgos"])
        #expect(
            made.signers.filter { $0.side == .incoming }.map(\.name) == ["Carmen Coronado", "Iván Doria"])
        #expect(
            made.items.contains { $0.key == "commitment:\(commitment)" && $0.title == "Arreglar la rampa" })
        let rights = made.items.filter { $0.kind == .rights }
        #expect(rights.count == 3)
        #expect(rights.count { $0.detail.hasPrefix("Sigue") } == 1)
        #expect(made.unchecked == made.items.count)

        // Another commitment is taken up by itself, and what was said stays.
        try await scene.setting.run(
            MakeCommitment("Enviar el informe", by: .office, until: nil, of: alliance))
        let place = try #require(made.items.firstIndex { $0.title == "Arreglar la rampa" }) + 1
        await #expect(throws: HandoverError.missingUntold("Arreglar la rampa", position: place)) {
            try await scene.setting.run(
                CheckHandover(
                    id, of: alliance, marking: [.init("commitment:\(commitment)", .missing, note: " ")],
                    adding: nil))
        }
        try await scene.setting.run(
            CheckHandover(
                id, of: alliance,
                marking: [.init("commitment:\(commitment)", .missing, note: "Falta el presupuesto")],
                adding: "Sello de la alianza"))
        let checked = try await scene.read(id)
        #expect(checked.items.first { $0.key == "commitment:\(commitment)" }?.note == "Falta el presupuesto")
        #expect(checked.items.contains { $0.title == "Enviar el informe" && $0.state == .pending })
        #expect(checked.items.last?.title == "Sello de la alianza")
        #expect(checked.items.last?.kind == .other)
    }

    @Test func `the rights of those who leave end with the last signature, and not before`() async throws {
        let scene = try await Scene.make()
        let (rosa, luis, carmen, ivan) = (scene.users[0], scene.users[1], scene.users[2], scene.users[3])
        let id = try await scene.prepare()
        await #expect(throws: HandoverError.self) { _ = try await scene.sign(0, id) }
        try await scene.checkAll(id)
        for index in [2, 0, 1] {
            #expect(try await !scene.sign(index, id).isDone)
            #expect(try await scene.boardUsers() == [rosa, luis, carmen])
        }
        await #expect(throws: HandoverError.signedAlready) { _ = try await scene.sign(0, id) }
        // What was signed does not change any more.
        await #expect(throws: HandoverError.signedInPart) {
            try await scene.setting.run(
                CheckHandover(id, of: scene.alliance, marking: [], adding: "Otra cosa"))
        }
        let last = try await scene.sign(3, id)
        #expect(last == HandoverProgress(isDone: true, endedRights: 2, givenRights: 1))
        #expect(try await scene.boardUsers() == [carmen, ivan])
        #expect(try await !scene.principal(0).holds(.recordMandates, in: .alliance(scene.alliance)))
        #expect(try await scene.principal(3).holds(.recordMandates, in: .alliance(scene.alliance)))
        let done = try await scene.read(id)
        #expect(done.handover.state == .done)
        #expect(done.withoutAccount.isEmpty)
        // The right that was given ends with its mandate.
        let mandate = try #require(done.signers.first { $0.name == "Iván Doria" }?.mandate)
        try await scene.setting.run(
            EndMandate(mandate, in: scene.alliance, on: day("2026-03-12"), because: .resignation))
        #expect(try await scene.boardUsers() == [carmen])
    }

    /// The right of Rosa, given by hand while she holds a seat whose last day is today.
    private func lastDay(continues: Bool) async throws -> (setting: Setting, seat: Seat, rosa: ID<User>) {
        let setting = try await Setting.make()
        let (_, seats) = try await setting.committee(seats: 1, continues: continues)
        try await setting.seat(0, on: seats[0], from: day("2024-03-14"), to: day("2026-03-13"))
        let rosa = try await setting.tenants.invite(
            .board, of: setting.organization, in: .alliance(setting.alliance.id),
            document: IdentityDocument(type: .cedula, number: Setting.documents[0])
        ).user
        return (setting, seats[0], rosa)
    }

    /// Whether somebody is of the board after the chore of a day.
    private func isOfBoard(_ user: ID<User>, in setting: Setting) async throws -> Bool {
        let now = setting.tenants.clock.now
        try await setting.tenants.database.transaction(
            TenantScope(.system(in: setting.organization.id))
        ) { try await EndRightsOfMandates().perform(in: $0, at: now) }
        return try await setting.tenants.principal(of: user, in: setting.organization)
            .holds(.exportAlliance, in: .alliance(setting.alliance.id))
    }

    @Test func `a right is over the day after the mandate, also where nobody hands over`() async throws {
        let (setting, _, rosa) = try await lastDay(continues: false)
        let other = try await setting.tenants.invite(
            .board, of: setting.organization, in: .alliance(setting.alliance.id)
        ).user
        #expect(try await isOfBoard(rosa, in: setting))
        setting.tenants.clock.advance(by: 86_400)
        #expect(try await !isOfBoard(rosa, in: setting))
        // Who never held a seat has what the office gave, until the office ends it.
        #expect(try await isOfBoard(other, in: setting))
        // What the office gives her again, knowing that, is no right of that mandate.
        _ = try await setting.run(
            GrantRole(.board, in: .alliance(setting.alliance.id), to: rosa, from: nil, until: nil))
        #expect(try await isOfBoard(rosa, in: setting))
        let told = try await setting.read {
            try await $0.values(
                """
                select actor_kind || ' ' || (details::json ->> 'reason') from tenancy.audit_events as events
                join tenancy.audit_details as details using (organization_id, event_id)
                where action = 'tenancy.role.ended'
                """, as: String.self)
        }
        #expect(told == ["system Terminó su período"])
    }

    @Test func `whoever goes on until replaced keeps the right until somebody follows`() async throws {
        let (setting, seat, rosa) = try await lastDay(continues: true)
        setting.tenants.clock.advance(by: 30 * 86_400)
        #expect(try await isOfBoard(rosa, in: setting))
        try await setting.seat(1, on: seat, from: day("2026-04-12"))
        #expect(try await !isOfBoard(rosa, in: setting))
    }

    @Test func `whoever is elected again keeps the right`() async throws {
        let (setting, seat, rosa) = try await lastDay(continues: false)
        try await setting.seat(0, on: seat, from: day("2026-03-14"))
        setting.tenants.clock.advance(by: 86_400)
        #expect(try await isOfBoard(rosa, in: setting))
    }

    @Test func `a right that a handover gave is over the day after its mandate`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.prepare()
        try await scene.checkAll(id)
        for index in 0..<4 { _ = try await scene.sign(index, id) }
        #expect(try await isOfBoard(scene.users[3], in: scene.setting))
        // Two years, and whoever follows.
        let seats = try await scene.setting.read { [body = scene.body] in try await $0.seats(of: body) }
        scene.setting.tenants.clock.advance(by: 731 * 86_400)
        #expect(try await isOfBoard(scene.users[3], in: scene.setting))
        try await scene.setting.seat(0, on: seats[1], from: day("2028-03-13"))
        #expect(try await !isOfBoard(scene.users[3], in: scene.setting))
    }

    @Test func `nobody signs for another, nor receives for a seat that is not theirs`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.prepare()
        try await scene.checkAll(id)
        let signers = try await scene.read(id).signers
        let drawing = try SignatureDrawing("M10 10L200 200L300 100L400 300L600 50")
        await #expect(throws: HandoverError.notTheSigner) {
            try await scene.setting.tenants.runner.run(
                SignHandover(signers[0].id, of: id, in: scene.alliance, drawing: drawing),
                as: scene.principal(1))
        }
        let carmen = try #require(signers.first { $0.name == "Carmen Coronado" })
        try await scene.setting.run(
            EndMandate(carmen.mandate, in: scene.alliance, on: day("2026-03-12"), because: .resignation))
        await #expect(throws: HandoverError.rightOver(name: "Carmen Coronado", office: "Presidencia")) {
            _ = try await scene.sign(2, id)
        }
    }

    @Test
    func `a sheet signed on paper counts for all who signed on it, and an excuse leaves one of each side`()
        async throws
    {
        let scene = try await Scene.make()
        let id = try await scene.prepare()
        try await scene.checkAll(id)
        let signers = try await scene.read(id).signers
        let outgoing = signers.filter { $0.side == .outgoing }
        try await scene.setting.run(
            ExcuseHandoverSigner(outgoing[0].id, of: id, in: scene.alliance, because: "Falleció"))
        await #expect(throws: HandoverError.sideEmpty) {
            try await scene.setting.run(
                ExcuseHandoverSigner(outgoing[1].id, of: id, in: scene.alliance, because: "No vino"))
        }
        let rest = signers.filter { $0.id != outgoing[0].id }.map(\.id)
        let progress = try await scene.setting.run(
            SignHandoverOnPaper(by: rest, of: id, in: scene.alliance, scan: scene.setting.paper()))
        #expect(progress.isDone)
        #expect(progress.endedRights == 2)
        let done = try await scene.read(id)
        #expect(done.signers.count { $0.signature?.way == .paper } == 3)
        await #expect(throws: HandoverError.closed) {
            try await scene.setting.run(DropHandover(id, of: scene.alliance, because: "Por si acaso"))
        }
    }

    @Test func `a handover is of a change that happened, and one at a time`() async throws {
        let scene = try await Scene.make()
        func prepare(_ text: String) async throws {
            try await scene.setting.run(
                PrepareHandover(of: scene.body, in: scene.alliance, changingOn: day(text)))
        }
        await #expect(throws: HandoverError.sameHolders) { try await prepare("2026-03-05") }
        await #expect(throws: HandoverError.dayOutOfPlace) { try await prepare("2024-03-01") }
        await #expect(throws: HandoverError.dayOutOfPlace) { try await prepare("2026-05-01") }
        try await prepare("2026-03-01")
        await #expect(throws: HandoverError.alreadyOpen) { try await prepare("2026-03-01") }
        let open = try #require(
            try await scene.setting.fetch(ListHandovers(of: scene.body, in: scene.alliance)).first)
        try await scene.setting.run(
            DropHandover(open.id, of: scene.alliance, because: "La fecha estaba mal"))
        try await prepare("2026-03-01")
        let (outside, _) = try await scene.setting.hospitalBoard()
        await #expect(throws: HandoverError.outside) {
            try await scene.setting.run(
                PrepareHandover(of: outside, in: scene.alliance, changingOn: day("2026-03-01")))
        }
    }
}

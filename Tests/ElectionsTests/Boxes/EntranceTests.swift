import Foundation
import Governance
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `The ways into a box` {
    private func entrance(_ made: BoxElection<Ed25519>) throws -> VotingEntrance {
        let clock = made.clock
        return VotingEntrance(
            database: made.assembly.tenants.database, passwords: try Passwords(cost: .lowest),
            codes: made.assembly.tenants.identity.oneTimeCodes, now: { clock.now })
    }

    /// A booth at the table with its PIN, and an open session.
    private func booth(
        _ made: BoxElection<Ed25519>, _ entrance: VotingEntrance
    ) async throws -> (EntranceToken, ID<VotingSession>) {
        let session = try await made.assembly.openSession()
        let device = EntranceToken.random()
        try await made.runner.run(
            OpenKiosk(
                "Cabina 1", at: made.assembly.table, of: made.box, token: device,
                pin: try await entrance.hash(pin: "4711"), in: made.place), as: made.assembly.jurors[0])
        return (device, session)
    }

    private func contacts(_ made: BoxElection<Ed25519>) async throws -> [ID<Person>: IdentityDocument] {
        var documents: [ID<Person>: IdentityDocument] = [:]
        for (index, person) in made.assembly.people.enumerated() {
            documents[person] = try IdentityDocument(type: .cedula, number: "10\(100 + index)")
        }
        return documents
    }

    @Test func `let who is present in to the booth, one after the other`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, people, entrance) = (
            made.assembly.organization.id, made.assembly.people, try entrance(made)
        )
        let (device, session) = try await booth(made, entrance)
        await #expect(throws: EntranceError.notPresent) {
            _ = try await entrance.letIn(people[0], to: device, pin: "4711", of: org)
        }
        try await made.assembly.letIn(people[0...1], to: session)
        await #expect(throws: EntranceError.wrongPin) {
            _ = try await entrance.letIn(people[0], to: device, pin: "4712", of: org)
        }
        await #expect(throws: EntranceError.kioskUnknown) {
            _ = try await entrance.letIn(people[0], to: .random(), pin: "4711", of: org)
        }
        let (pass, token) = try await entrance.letIn(people[0], to: device, pin: "4711", of: org)
        #expect(pass.way == .kiosk && pass.box == made.box)
        await #expect(throws: EntranceError.kioskTaken) {
            _ = try await entrance.letIn(people[1], to: device, pin: "4711", of: org)
        }
        let election = try await made.election()
        try await made.cast(try made.ballot(of: people[0], for: 1, in: election), by: token)
        try await entrance.leave(token, of: org)
        await #expect(throws: CastError.noPass) {
            try await made.cast(try made.ballot(of: people[0], for: 2, in: election), by: token)
        }
        _ = try await entrance.letIn(people[1], to: device, pin: "4711", of: org)
        #expect(try await made.file().participation == [.kiosk: 1])
    }

    @Test func `lock a booth after five wrong PINs`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let (device, session) = try await booth(made, entrance)
        try await made.assembly.letIn([person], to: session)
        for _ in 0..<VotingEntrance.mostPins {
            await #expect(throws: EntranceError.wrongPin) {
                _ = try await entrance.letIn(person, to: device, pin: "0000", of: org)
            }
        }
        await #expect(throws: EntranceError.kioskLocked(until: made.clock.now + VotingEntrance.lock)) {
            _ = try await entrance.letIn(person, to: device, pin: "4711", of: org)
        }
        made.clock.advance(by: VotingEntrance.lock)
        _ = try await entrance.letIn(person, to: device, pin: "4711", of: org)
    }

    @Test func `end with leaving where the bylaws say so`() async throws {
        let made = try await BoxElection<Ed25519>.open(
            electors: 6, bylaws: [.remoteVoting, .leavingEndsRight])
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let (device, session) = try await booth(made, entrance)
        try await made.assembly.letIn([person], to: session)
        let (_, token) = try await entrance.letIn(person, to: device, pin: "4711", of: org)
        try await made.runner.run(
            Leave(person, from: session, of: made.place), as: made.assembly.jurors[0])
        let ballot = try made.ballot(of: person, for: 1, in: try await made.election())
        await #expect(throws: CastError.leftSession) { try await made.cast(ballot, by: token) }
    }

    @Test func `send a code to the address of the frozen roll, and let in by it once`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let document = try #require(try await contacts(made)[person])
        // A document that nobody has gets the same answer, and no sooner.
        let nobody = try IdentityDocument(type: .cedula, number: "999999")
        let time = try await ContinuousClock().measure {
            try await entrance.sendCode(to: nobody, for: made.box, of: org)
        }
        #expect(try await sealedCode(made) == nil && time >= VotingEntrance.answerTime)
        let refusal = await ContinuousClock().measure {
            await #expect(throws: EntranceError.wrongCode) {
                _ = try await entrance.redeem("22222-22222", of: nobody, for: made.box, of: org)
            }
        }
        #expect(refusal >= VotingEntrance.answerTime)
        try await entrance.sendCode(to: document, for: made.box, of: org)
        let code = try #require(try await sealedCode(made))
        await #expect(throws: EntranceError.wrongCode) {
            _ = try await entrance.redeem("22222-22222", of: document, for: made.box, of: org)
        }
        let (pass, token) = try await entrance.redeem(code, of: document, for: made.box, of: org)
        #expect(pass.way == .remote && pass.person == person)
        await #expect(throws: EntranceError.wrongCode) {
            _ = try await entrance.redeem(code, of: document, for: made.box, of: org)
        }
        try await made.cast(try made.ballot(of: person, for: 1, in: try await made.election()), by: token)
        #expect(try await made.file().participation == [.remote: 1])
    }

    @Test func `tell who voted on paper so only once they showed the right code`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6, hasPaper: true)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let document = try #require(try await contacts(made)[person])
        try await made.runner.run(
            MarkPaperVote(person, at: made.assembly.table, of: made.box, in: made.place),
            as: made.assembly.jurors[0])
        try await entrance.sendCode(to: document, for: made.box, of: org)
        let code = try #require(try await sealedCode(made))
        await #expect(throws: EntranceError.wrongCode) {
            _ = try await entrance.redeem("22222-22222", of: document, for: made.box, of: org)
        }
        await #expect(throws: EntranceError.votedOnPaper) {
            _ = try await entrance.redeem(code, of: document, for: made.box, of: org)
        }
        #expect(try await made.file().participation == [.paper: 1])
    }

    @Test func `count one person once who votes in the booth and then from afar`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let (device, session) = try await booth(made, entrance)
        try await made.assembly.letIn([person], to: session)
        let election = try await made.election()
        let (_, atTable) = try await entrance.letIn(person, to: device, pin: "4711", of: org)
        try await made.cast(try made.ballot(of: person, for: 1, in: election), by: atTable)
        let document = try #require(try await contacts(made)[person])
        try await entrance.sendCode(to: document, for: made.box, of: org)
        let code = try #require(try await sealedCode(made))
        let (_, fromAfar) = try await entrance.redeem(code, of: document, for: made.box, of: org)
        let receipt = try await made.intake.cast(
            try made.ballot(of: person, for: 2, in: election), by: fromAfar, of: org)
        #expect(receipt.isReplacement)
        #expect(try await made.file().participation == [.kiosk: 1])
    }

    @Test func `send no code for a box that is not voted from afar`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 6, bylaws: [])
        try await made.makeReady()
        let session = try await made.assembly.openSession()
        try await made.assembly.letIn(made.assembly.people[..<1], to: session)
        try await made.act(.open)
        let document = try #require(try await contacts(made)[made.assembly.people[0]])
        let (org, entrance) = (made.assembly.organization.id, try entrance(made))
        await #expect(throws: EntranceError.notRemote) {
            try await entrance.sendCode(to: document, for: made.box, of: org)
        }
        await #expect(throws: EntranceError.notRemote) {
            _ = try await entrance.redeem("22222-22222", of: document, for: made.box, of: org)
        }
    }

    @Test func `try a code five times and no more`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (org, person, entrance) = (
            made.assembly.organization.id, made.assembly.people[0], try entrance(made)
        )
        let document = try #require(try await contacts(made)[person])
        try await entrance.sendCode(to: document, for: made.box, of: org)
        let code = try #require(try await sealedCode(made))
        for _ in 0..<OneTimeCodes.mostAttempts {
            await #expect(throws: EntranceError.wrongCode) {
                _ = try await entrance.redeem("22222-22222", of: document, for: made.box, of: org)
            }
        }
        await #expect(throws: EntranceError.wrongCode) {
            _ = try await entrance.redeem(code, of: document, for: made.box, of: org)
        }
    }

    @Test func `send no code to an address of several, who come to the table`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 6, hasContacts: false)
        let org = made.assembly.organization.id
        try await made.assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (index, person) in made.assembly.people.enumerated() {
                transaction.queue(
                    """
                    insert into elections.roll_contacts (organization_id, process_id, person_id, email)
                    values (\(org), \(made.place.process), \(person),
                        \(index < 2 ? "casa@ejemplo.invalid" : "elector\(index)@ejemplo.invalid"))
                    """)
            }
        }
        try await made.makeKey()
        try await made.handIn()
        try await made.seal()
        try await made.prove()
        try await made.act(.open)
        #expect(try await made.file().reach == ElectorReach(byMail: 4, byText: 0, byEither: 4))
        let entrance = try entrance(made)
        let document = try #require(try await contacts(made)[made.assembly.people[1]])
        try await entrance.sendCode(to: document, for: made.box, of: org)
        #expect(try await sealedCode(made) == nil)
    }

    @Test
    func `send a code to the telephone before the address, to none of several and none that is not mobile`()
        async throws
    {
        let made = try await BoxElection<Ed25519>.prepare(electors: 6, hasContacts: false)
        let (org, process) = (made.assembly.organization.id, made.place.process)
        let registered: [(email: String?, phone: String?)] = [
            ("uno@ejemplo.invalid", "300 123 4567"), (nil, "(605) 777 0000 / +57 301-765-4321"),
            (nil, "3105550000"), ("cuatro@ejemplo.invalid", "573105550000"), (nil, "605 777 0000"),
            (nil, nil),
        ]
        try await made.assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (person, contact) in zip(made.assembly.people, registered) {
                transaction.queue(
                    """
                    update membership.affiliates set email = \(contact.email), phone = \(contact.phone)
                    where organization_id = \(org) and person_id = \(person)
                    """)
            }
            try await transaction.freezeContacts(of: process)
        }
        let documents = try await contacts(made).values.sorted { $0.number < $1.number }
        let found = try await made.assembly.tenants.database.read(TenantScope(.terminal(in: org))) {
            transaction in
            var found: [ElectorContact?] = []
            for document in documents {
                found.append(try await transaction.contact(of: document, in: process))
            }
            return found
        }
        #expect(found.map { $0?.phone } == ["3001234567", "3017654321", nil, nil, nil, nil])
        #expect(
            found.map { $0?.email } == [
                "uno@ejemplo.invalid", nil, nil, "cuatro@ejemplo.invalid", nil, nil,
            ])
        let both = Set(CodeChannel.allCases)
        func ways(_ channels: Set<CodeChannel>) -> [CodeChannel?] {
            found.map { $0?.channel(among: channels) }
        }
        #expect(ways(both) == [.text, .text, nil, .mail, nil, nil])
        #expect(ways([.mail]) == [.mail, nil, nil, .mail, nil, nil])
        let reach = try await made.file().reach
        #expect(reach == ElectorReach(byMail: 2, byText: 2, byEither: 3))
        #expect(reach.electors(through: []) == 0 && reach.electors(through: both) == 3)
    }

    @Test func `fit a code into one text message of the networks' own alphabet`() {
        let note = VotingCodeDelivery.note(with: "BCDFG-HJKLM", until: .distantPast)
        #expect(note.encoding == .gsm7 && note.segments == 1)
        #expect(note.text.contains("BCDFG-HJKLM"))
    }

    @Test func `are one for each person, and what contradicts is listed and decided by two`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6, hasPaper: true)
        let (people, table) = (made.assembly.people, made.assembly.table)
        try await made.vote([1])
        await #expect(throws: BoxError.hasVoted) {
            try await made.runner.run(
                MarkPaperVote(people[0], at: table, of: made.box, in: made.place), as: made.assembly.jurors[0]
            )
        }
        try await made.runner.run(
            MarkPaperVote(people[1], at: table, of: made.box, in: made.place), as: made.assembly.jurors[0])
        await #expect(throws: CastError.votedOnPaper) {
            try await made.cast(
                try made.ballot(of: people[1], for: 1, in: try await made.election()),
                by: try await made.pass(for: people[1]))
        }
        await #expect(throws: BoxError.noConflict) {
            try await made.runner.run(
                ReportConflict(of: people[1], at: table, account: "Firmó", of: made.box, in: made.place),
                as: made.assembly.jurors[0])
        }
        let conflict = try await made.runner.run(
            ReportConflict(
                of: people[0], at: table, account: "Firmó el listado", of: made.box, in: made.place),
            as: made.assembly.jurors[0])
        #expect(try await made.file().conflicts.map(\.kind) == [.signedAndElectronic])
        try await made.act(.close)
        #expect(try await made.file().obstacles(at: made.clock.now).first == .conflictsOpen(1))
        try await made.act(.settle(conflict), because: "Firmó por error: no recibió papeleta")
        #expect(try await made.file().conflicts.map(\.decision) == ["Firmó por error: no recibió papeleta"])
    }

    @Test func `go on with a spare where a slip was lost before it voted`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 6)
        let (people, table) = (made.assembly.people, made.assembly.table)
        await #expect(throws: BoxError.reasonMissing) {
            try await made.runner.run(
                BindSlip("R0", to: people[0], at: table, of: made.box, in: made.place),
                as: made.assembly.jurors[0])
        }
        try await made.runner.run(
            BindSlip(
                "r0", to: people[0], at: table, replacingBecause: "Se perdió", of: made.box, in: made.place),
            as: made.assembly.jurors[0])
        let election = try await made.election()
        await #expect(throws: CastError.otherCredential) {
            try await made.cast(
                try made.ballot(of: people[0], for: 1, in: election), by: try await made.pass(for: people[0]))
        }
        try await made.vote([])
        try await made.cast(
            try made.ballot(of: people[1], for: 1, in: election), by: try await made.pass(for: people[1]))
        await #expect(throws: BoxError.credentialVoted) {
            try await made.runner.run(
                BindSlip(
                    "R1", to: people[1], at: table, replacingBecause: "Se perdió", of: made.box,
                    in: made.place),
                as: made.assembly.committee)
        }
        await #expect(throws: BoxError.slipNotFree) {
            try await made.runner.run(
                BindSlip(
                    "R0", to: people[2], at: table, replacingBecause: "Se perdió", of: made.box,
                    in: made.place),
                as: made.assembly.committee)
        }
        let count = try await made.file().credentials
        #expect(count.unusable == 1 && count.spare == 1 && count.total == 8)
    }

    /// The code that waits in the outbox, as its mail would tell it.
    private func sealedCode(_ made: BoxElection<Ed25519>) async throws -> String? {
        let found: (UUID, String)? = try await made.assembly.read { transaction in
            let row: CodeRow? = try await transaction.row(
                """
                select subject_id, payload ->> 'sealedCode' as sealed from tenancy.outbox
                where organization_id = \(made.assembly.organization.id) and topic = 'elections.voting.code'
                """)
            return row.map { ($0.subject, $0.sealed) }
        }
        return try found.flatMap { try made.assembly.tenants.identity.oneTimeCodes.open($0.1, for: $0.0) }
    }
}

private struct CodeRow: RowDecodable {
    let subject: UUID
    let sealed: String

    init(row: Row) throws(RowError) {
        let text: String = try row["subject_id"]
        subject = UUID(uuidString: text) ?? UUID()
        sealed = try row["sealed"]
    }
}

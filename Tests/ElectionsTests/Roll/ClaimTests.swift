import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct ClaimTests {
    private static func draft(
        _ kind: Claim.Kind, _ number: Int, born: CalendarDate? = nil, correction: Claim.Correction? = nil
    ) throws -> ClaimDraft {
        try ClaimDraft(
            kind, about: IdentityDocument(type: .cedula, number: String(number)), named: "Ana Prueba",
            bornOn: born, by: "Ana Prueba", correction: correction, because: "El padrón está mal")
    }

    /// Members are 1000000000 and on; every number that three divides is suspended as an affiliate.
    @Test func `the frozen roll follows what was decided, and only that`() async throws {
        let setting = try await ElectionSetting.make(members: 12)
        let process = try await setting.provisional()
        let office = FileClaim.Origin.office
        // 1000000002 is suspended; 1000000000 and 1000000001 may vote; 1000000003 too.
        let include = try await setting.file(Self.draft(.include, 1_000_000_002), office, in: process)
        let exclude = try await setting.file(Self.draft(.exclude, 1_000_000_000), office, in: process)
        let denied = try await setting.file(Self.draft(.exclude, 1_000_000_001), office, in: process)
        let correct = try await setting.file(
            Self.draft(
                .correct, 1_000_000_003, correction: .name(names: "Zoila", surnames: "Abad Zúñiga")), office,
            in: process)
        let filed: [Int] = [include, exclude, denied, correct]
        #expect(filed == Array(1...4))
        let state = try await setting.file(process).process.state
        #expect(state == ProcessState.claims)

        await #expect(throws: RollError.claimsOpen([1, 2, 3, 4])) {
            try await setting.freezeRoll(of: process)
        }
        for (number, isUpheld) in [(1, true), (2, true), (3, false), (4, true)] {
            try await setting.decide(number, isUpheld, in: process)
        }
        await #expect(throws: ClaimError.decided) { try await setting.decide(2, false, in: process) }
        let roll = try await setting.freezeRoll(of: process)
        let entries = try await setting.tenants.database.read(TenantScope(setting.office)) {
            try await $0.rollEntries(of: process)
        }
        let numbers = Set(entries.map(\.documentNumber))
        #expect(numbers.contains("1000000002") && !numbers.contains("1000000000"))
        #expect(numbers.contains("1000000001"))
        // Surnames order the roll, so the corrected one comes first; the seal holds all the same.
        #expect(entries.first?.name == "Zoila Abad Zúñiga" && entries.first?.documentNumber == "1000000003")
        #expect(
            RollSeal.seal(of: process, entries: entries, salt: roll.salt, frozenAt: roll.frozenAt)
                == roll.sha256)
    }

    @Test func `a corrected document is the one that the roll has`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.provisional()
        let right = try IdentityDocument(type: .foreignerCedula, number: "445566")
        _ = try await setting.file(
            Self.draft(.correct, 1_000_000_000, correction: .document(right)), .office, in: process)
        try await setting.decide(1, true, in: process)
        let born = ColombianTime.date(at: setting.tenants.clock.now) - 12_000
        try await setting.freezeRoll(of: process)
        let answer = try await setting.ask(right, born, process)
        #expect(answer?.standing == .in)
    }

    @Test func `claims are taken in their time alone, and by the committee until the roll is frozen`()
        async throws
    {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.called()
        await #expect(throws: ClaimError.notNow(.called)) {
            try await setting.file(Self.draft(.exclude, 1_000_000_000), .office, in: process)
        }
        try await setting.tenants.runner.run(
            PublishProvisionalRoll(of: process, of: setting.alliance.id), as: setting.committee)
        await #expect {
            try await setting.tenants.runner.run(
                FreezeRoll(of: process, of: setting.alliance.id), as: setting.committee)
        } throws: { error in
            if case .claimsStillTaken = error as? RollError { true } else { false }
        }
        setting.tenants.clock.advance(by: 61 * 86_400)
        await #expect {
            try await setting.file(Self.draft(.exclude, 1_000_000_000), .everybody, in: process)
        } throws: { error in
            if case .tooLate = error as? ClaimError { true } else { false }
        }
        let number = try await setting.tenants.runner.run(
            FileClaim(
                Self.draft(.exclude, 1_000_000_000), in: process, of: setting.alliance.id, from: .committee),
            as: setting.committee
        ).number
        try await setting.decide(number, true, in: process, as: try await setting.secondCommittee())
        let roll = try await setting.tenants.runner.run(
            FreezeRoll(of: process, of: setting.alliance.id), as: setting.committee)
        #expect(roll.electors == 3)
        await #expect(throws: ClaimError.notNow(.frozenRoll)) {
            try await setting.file(Self.draft(.exclude, 1_000_000_001), .office, in: process)
        }
    }

    @Test func `nobody who is no member is included, and nothing is asked twice`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.provisional()
        _ = try await setting.file(Self.draft(.include, 77_777_777), .everybody, in: process)
        await #expect(throws: ClaimError.alreadyOpen) {
            try await setting.file(Self.draft(.include, 77_777_777), .everybody, in: process)
        }
        await #expect(throws: ClaimError.unknownPerson) { try await setting.decide(1, true, in: process) }
        await #expect(throws: ClaimError.alreadyIn) {
            try await setting.file(Self.draft(.include, 1_000_000_000), .office, in: process)
        }
        await #expect(throws: ClaimError.notOnRoll) {
            try await setting.file(Self.draft(.exclude, 77_777_777), .office, in: process)
        }
        await #expect(throws: AccessError.notPermitted(.decideClaims)) {
            try await setting.decide(1, false, in: process, as: setting.office)
        }
        try await setting.decide(1, false, in: process)
    }

    @Test func `who files a claim does not decide it, and is told who can`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.provisional()
        for number in [1_000_000_000, 1_000_000_001] {
            try await setting.tenants.runner.run(
                FileClaim(
                    Self.draft(.exclude, number), in: process, of: setting.alliance.id, from: .committee),
                as: setting.committee)
        }
        await #expect(throws: ClaimError.ownClaim(others: [])) {
            try await setting.decide(1, true, in: process)
        }
        let second = try await setting.secondCommittee()
        await #expect(throws: ClaimError.ownClaim(others: ["Beto Prueba"])) {
            try await setting.decide(1, true, in: process)
        }
        try await setting.decide(1, true, in: process, as: second)
        // The database refuses what no command asked.
        let claim = try #require(
            try await setting.tenants.runner.fetch(
                ListClaims(of: process, of: setting.alliance.id), as: setting.office
            ).claims.last)
        await #expect {
            _ = try await setting.tenants.database.transaction(TenantScope(setting.committee)) {
                transaction in
                try await transaction.execute(
                    """
                    select elections.decide_claim(
                        \(setting.organization.id), \(process), \(claim.id), null, 'upheld', 'Prueba',
                        \(setting.tenants.clock.now), \(setting.committee.user))
                    """)
            }
        } throws: { ($0 as? PostgresError)?.constraint == "claims_second_person" }
    }

    @Test func `a late publication takes no days away`() throws {
        let calendar = try ElectoralCalendarTests.calendar("2026-06-14")
        let claims = try #require(calendar[.claims])
        let end = try #require(claims.closesAt)
        let early = try #require(ClaimWindow(calendar, publishedAt: claims.opensAt - 86_400))
        #expect(early.closesAt == end && early.isOpen(at: claims.opensAt - 3600))
        let late = try #require(ClaimWindow(calendar, publishedAt: claims.opensAt + 2 * 86_400))
        // Three business days from Sunday, 7 June, before a Monday that is a holiday.
        #expect(late.closesAt == ColombianTime.endOfDay(try #require(CalendarDate("2026-06-11"))) - 60)
        #expect(!late.isOpen(at: late.closesAt))
    }
}

@Suite struct RollAnswerTests {
    @Test func `who knows document and date of birth finds their answer, and who knows one finds nothing`()
        async throws
    {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.provisional()
        let born = ColombianTime.date(at: setting.tenants.clock.now) - 12_000
        func document(_ number: Int) throws -> IdentityDocument {
            try IdentityDocument(type: .cedula, number: String(number))
        }
        let own = try #require(try await setting.ask(document(1_000_000_000), born, process))
        #expect(own.standing == .in && own.reasons.isEmpty && own.claims.isEmpty)
        let suspended = try #require(try await setting.ask(document(1_000_000_002), born, process))
        #expect(suspended.standing == .out && suspended.reasons.count == 1)
        #expect(!suspended.reasons[0].hasPrefix("E0"))
        let wrongDate = try await setting.ask(document(1_000_000_000), born - 1, process)
        let nobody = try await setting.ask(document(99_999_999), born, process)
        #expect(wrongDate == nil && nobody == nil)

    }

    @Test func `a stranger who claims with a date of their own opens nothing and keeps nobody from claiming`()
        async throws
    {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.provisional()
        let born = ColombianTime.date(at: setting.tenants.clock.now) - 12_000
        let document = try IdentityDocument(type: .cedula, number: "1000000002")
        func draft(_ born: CalendarDate) throws -> ClaimDraft {
            try ClaimDraft(
                .include, about: document, named: "Otra", bornOn: born, by: "Otra", because: "Prueba")
        }
        func file(_ born: CalendarDate) async throws -> ClaimReceipt {
            try await setting.tenants.runner.run(
                FileClaim(draft(born), in: process, of: setting.alliance.id, from: .everybody),
                as: .system(in: setting.organization.id))
        }
        let stranger = try await file(born - 1)
        await #expect(throws: ClaimError.alreadyOpen) { try await file(born - 1) }
        let own = try await file(born)
        #expect(own.number == 2)
        for number in 1...2 { try await setting.decide(number, false, in: process) }
        // The reasons speak of the person of the register, who reads those of both.
        #expect(try await setting.ask(document, born - 1, process) == nil)
        let read = try #require(try await setting.ask(document, born, process))
        #expect(read.claims.map(\.decisionReason) == ["Prueba", "Prueba"])
        // Whoever filed learns by the receipt that it was decided, and nothing of the person.
        let code = try #require(stranger.code)
        let followed = try #require(try await setting.follow(code, process))
        #expect(followed.number == 1 && followed.state == .dismissed && followed.decisionReason == nil)
        #expect(try await setting.follow(ReadableCode(typed: "aaaaa-aaaaa-aaaaa-aaaaa"), process) == nil)
    }

    @Test func `who is not in the register finds the decision by the date that they stated`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.provisional()
        let born = ColombianTime.date(at: setting.tenants.clock.now) - 9_000
        let document = try IdentityDocument(type: .cedula, number: "77777777")
        try await setting.file(
            ClaimDraft(
                .include, about: document, named: "Otra", bornOn: born, by: "Otra", because: "Prueba"),
            .everybody, in: process)
        try await setting.decide(1, false, in: process)
        let read = try #require(try await setting.ask(document, born, process))
        #expect(read.standing == nil && read.claims.first?.decisionReason == "Prueba")
    }

    @Test func `the board shows those who are on the roll, masked, and the frozen one its seal`() async throws
    {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.provisional()
        func notices() async throws -> [RollNotice] {
            try await setting.tenants.database.read(PublicScope()) {
                try await $0.rollNotices(of: setting.alliance.id, in: setting.organization.id)
            }
        }
        let notice = try #require(try await notices().first)
        #expect(notice.phase == .provisional && notice.electors == 4 && notice.sha256 == nil)
        let lines = try await setting.tenants.database.read(PublicScope()) {
            try await $0.rollBoard(of: notice, in: setting.organization.id, limit: 50, offset: 0)
        }
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.name.hasPrefix("A*** ") && $0.document.hasPrefix("CC ******0") })
        let born = ColombianTime.date(at: setting.tenants.clock.now) - 12_000
        let roll = try await setting.freezeRoll(of: process)
        let frozen = try #require(try await notices().first { $0.phase == .frozen })
        #expect(frozen.sha256 == roll.sha256 && frozen.electors == roll.electors)
        let answer = try await setting.ask(
            IdentityDocument(type: .cedula, number: "1000000000"), born, process)
        #expect(answer?.place == "Mesa 1: Institución Educativa Central, Calle 1 # 2-3")
    }

    @Test func `too many questions about one person are refused for a while`() async throws {
        let setting = try await ElectionSetting.make(members: 1)
        let visitor = Visitor(address: "192.0.2.7", userAgent: nil)
        func ask(_ subject: String) async throws -> Bool {
            let answer: Int? = try await setting.tenants.identity.ask(
                .rollCheck, about: subject, from: visitor
            ) { nil }
            return answer == nil
        }
        for _ in 0..<5 { #expect(try await ask("CC 1")) }
        await #expect(throws: SignInError.self) { try await ask("CC 1") }
        #expect(try await ask("CC 2"))
    }
}

extension ElectionSetting {
    /// Publishes call and provisional roll of a process with one table.
    func provisional() async throws -> ID<ElectoralProcess> {
        let process = try await called()
        try await tenants.runner.run(PublishProvisionalRoll(of: process, of: alliance.id), as: committee)
        return process
    }

    /// Files a claim; nobody in particular does on the public page.
    @discardableResult
    func file(
        _ draft: ClaimDraft, _ origin: FileClaim.Origin, in process: ID<ElectoralProcess>
    ) async throws -> Int {
        try await tenants.runner.run(
            FileClaim(draft, in: process, of: alliance.id, from: origin),
            as: origin == .everybody ? .system(in: organization.id) : office
        ).number
    }

    /// Decides the claim of a number.
    func decide(
        _ number: Int, _ isUpheld: Bool, in process: ID<ElectoralProcess>, as principal: Principal? = nil
    ) async throws {
        let claims = try await tenants.runner.fetch(ListClaims(of: process, of: alliance.id), as: office)
            .claims
        let claim = try #require(claims.first { $0.number == number })
        try await tenants.runner.run(
            DecideClaim(claim.id, isUpheld: isUpheld, because: "Prueba", in: process, of: alliance.id),
            as: principal ?? committee)
    }

    /// Asks the published roll.
    func ask(
        _ document: IdentityDocument, _ birthDate: CalendarDate, _ process: ID<ElectoralProcess>
    ) async throws -> RollAnswer? {
        try await tenants.database.read(PublicScope()) { transaction in
            let notice = try await transaction.rollNotices(of: alliance.id, in: organization.id)
                .first { $0.process == process }
            return try await transaction.rollAnswer(
                to: document, bornOn: birthDate, about: #require(notice), in: organization.id)
        }
    }

    /// Asks what became of the claim of a receipt.
    func follow(_ code: ReadableCode, _ process: ID<ElectoralProcess>) async throws -> ClaimAnswer? {
        try await tenants.database.read(PublicScope()) { transaction in
            let notice = try await transaction.rollNotices(of: alliance.id, in: organization.id)
                .first { $0.process == process }
            return try await transaction.claimAnswer(to: code, about: #require(notice), in: organization.id)
        }
    }

    /// Another of the committee.
    func secondCommittee() async throws -> Principal {
        try await tenants.principal(
            .electionCommittee, of: organization, in: .alliance(alliance.id), name: "Beto Prueba")
    }
}

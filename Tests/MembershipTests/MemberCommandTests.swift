import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

extension EligibleAlliance {
    var today: CalendarDate { ColombianTime.date(at: tenants.clock.now) }
    var ownSpace: EligibilitySpace { EligibilitySpace(alliance: alliance.id) }

    /// Puts people into the register, all of San Antero and grown up.
    func register(_ numbers: String..., state: String = "active") async throws {
        try await tenants.database.transaction(scope) { transaction in
            for number in numbers {
                try await transaction.execute(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (\(organization.id), \(ID<Person>()), 'CC', \(number), 'Prueba', 'Ana', '1980-01-02', 'F',
                        '23672', 'subsidiado', \(state), 'EPS048', '2020-01-01')
                    """)
            }
        }
    }

    func document(_ number: String) throws -> IdentityDocument {
        try IdentityDocument(type: .cedula, number: number)
    }

    func person(_ number: String) async throws -> ID<Person> {
        try #require(
            try await tenants.runner.fetch(
                ListAffiliates(.init(words: number)), as: recorder
            ).affiliates.first?.id)
    }

    /// Publishes the text that members agree to.
    func publishText() async throws {
        try await run(
            PublishConsentText(
                "La entidad trata sus datos para que usted participe en la alianza de usuarios.",
                for: .personalData, from: today - 100))
    }

    @discardableResult
    func run<C: Command>(_ command: C, as principal: Principal? = nil) async throws -> C.Output {
        try await tenants.runner.run(command, as: principal ?? recorder)
    }

    @discardableResult
    func enrol(_ numbers: String..., on day: CalendarDate? = nil) async throws -> EnrolmentReport {
        try await run(
            EnrolMembers(
                try numbers.map(document), in: alliance.id, on: day ?? today, through: .paper))
    }

    func submit(_ number: String) async throws -> ID<Application> {
        try await run(
            SubmitApplication(of: try document(number), to: alliance.id, on: today, through: .counter))
    }

    func members() async throws -> [String] {
        try await tenants.runner.fetch(ListMembers(of: alliance.id), as: recorder).members.map(
            \.document.number)
    }

    /// The verdict of a person's dossier on one requirement.
    func verdict(on code: String, of number: String, as target: EligibilityTarget) async throws
        -> Verdict?
    {
        try await tenants.runner.fetch(
            ReadDossier(try await person(number), as: target, in: ownSpace, on: today), as: recorder
        ).outcomes.first { $0.requirement.id == code }?.verdict
    }
}

@Suite struct MemberCommandTests {
    // MARK: Joining and leaving

    @Test func `people of the register join with the text in use, and each refusal has its reason`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002", "1003")
        try await place.register("1004", state: "suspended")
        #expect(throws: MemberError.nobody) {
            try EnrolMembers([], in: place.alliance.id, on: place.today, through: .paper)
        }
        await #expect(throws: ConsentError.noText(.personalData)) { try await place.enrol("1001") }
        try await place.publishText()
        await #expect(throws: MemberError.inTheFuture) { try await place.enrol("1001", on: place.today + 1) }
        await #expect(throws: ConsentError.noText(.personalData)) {
            try await place.enrol("1001", on: place.today - 101)
        }
        await #expect(throws: MemberError.notInRegister("CC 9999")) { try await place.enrol("9999") }
        await #expect(throws: MemberError.notEligible("Ana Prueba", ["Afiliación activa"])) {
            try await place.enrol("1004")
        }
        let report = try await place.enrol("1001", "1001", "1002", "1004", "9999")
        #expect(report.enrolled.count == 2)
        #expect(report.refusals.map(\.document.number) == ["1004", "9999"])
        await #expect(throws: MemberError.alreadyMember("Ana Prueba")) { try await place.enrol("1001") }
        #expect(try await place.members().sorted() == ["1001", "1002"])
    }

    @Test func `who took the authorisation back that day is named, and stops nobody else`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002")
        try await place.publishText()
        try await place.enrol("1001")
        try await place.run(
            WithdrawConsent(
                of: try await place.person("1001"), for: .personalData, at: place.alliance.id,
                on: place.today))
        await #expect(throws: MemberError.withdrewThatDay("Ana Prueba")) { try await place.enrol("1001") }
        let report = try await place.enrol("1001", "1002")
        #expect(report.enrolled.count == 1 && report.refusals.map(\.document.number) == ["1001"])
    }

    @Test func `a member leaves once, not before joining, and may come back`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        try await place.publishText()
        let person = try await place.person("1001")
        func leave(_ day: CalendarDate) async throws {
            try await place.run(
                EndMembership(of: person, in: place.alliance.id, on: day, because: .resignation))
        }
        await #expect(throws: MemberError.notMember) { try await leave(place.today) }
        try await place.enrol("1001", on: place.today - 30)
        await #expect(throws: MemberError.inTheFuture) { try await leave(place.today + 1) }
        await #expect(throws: MemberError.leavesBeforeJoining) { try await leave(place.today - 31) }
        try await leave(place.today - 10)
        #expect(try await place.members().isEmpty)
        await #expect(throws: MemberError.notMember) { try await leave(place.today) }
        try await place.enrol("1001")
        #expect(try await place.members() == ["1001"])
        let periods = try await place.tenants.runner.fetch(
            ReadPersonFile(person, in: place.alliance.id), as: place.recorder
        ).periods
        #expect(periods.count == 2)
    }

    @Test func `texts of the authorisation follow one another and say something`() async throws {
        let place = try await EligibleAlliance.make()
        #expect(throws: ConsentError.textTooShort) {
            try PublishConsentText("  Acepto.  ", for: .personalData, from: place.today)
        }
        for version in 1...2 {
            let text = try await place.run(
                PublishConsentText(
                    "La entidad trata sus datos para que usted participe: versión \(version).",
                    for: .personalData, from: place.today))
            #expect(text.version == version)
        }
    }

    // MARK: Requests

    @Test func `a request waits once, and is accepted, refused with its reason, or taken back`() async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002", "1003")
        try await place.register("1004", state: "retired")
        try await place.publishText()
        await #expect(throws: MemberError.notInRegister("CC 9999")) { _ = try await place.submit("9999") }
        await #expect(throws: MemberError.inTheFuture) {
            try await place.run(
                SubmitApplication(
                    of: try place.document("1001"), to: place.alliance.id, on: place.today + 1, through: .web)
            )
        }
        let requests = [
            try await place.submit("1001"), try await place.submit("1002"), try await place.submit("1003"),
            try await place.submit("1004"),
        ]
        await #expect(throws: ApplicationError.alreadyPending) { _ = try await place.submit("1001") }

        func decide(_ decision: DecideApplication.Decision, _ index: Int) async throws {
            try await place.run(DecideApplication(decision, on: requests[index], of: place.alliance.id))
        }
        #expect(throws: ApplicationError.reasonMissing) {
            try DecideApplication(.refuse(because: " "), on: requests[1], of: place.alliance.id)
        }
        try await decide(.accept(through: .session), 0)
        try await decide(.refuse(because: "No vive en el municipio"), 1)
        try await decide(.withdraw, 2)
        await #expect(throws: MemberError.notEligible("Esta persona", ["Afiliación activa"])) {
            try await decide(.accept(through: .session), 3)
        }
        for index in 0...2 {
            await #expect(throws: ApplicationError.notPending) { try await decide(.withdraw, index) }
        }
        let other = try await place.tenants.alliance("Otra alianza", in: place.organization)
        await #expect(throws: ApplicationError.notPending) {
            try await place.run(DecideApplication(.withdraw, on: requests[3], of: other.id))
        }
        await #expect(throws: MemberError.alreadyMember("Ana Prueba")) { _ = try await place.submit("1001") }
        #expect(try await place.members() == ["1001"])

        let runner = place.tenants.runner
        let all = try await runner.fetch(ListApplications(of: place.alliance.id), as: place.recorder)
        #expect(all.total == 4)
        #expect(all.applications.first?.document.number == "1004")
        let refused = try await runner.fetch(
            ListApplications(of: place.alliance.id, state: .refused), as: place.recorder)
        #expect(refused.applications.map(\.reason) == ["No vive en el municipio"])
        #expect(
            try await runner.fetch(
                ReadApplication(requests[0], of: place.alliance.id), as: place.recorder
            ).application.state == .accepted)
        await #expect(throws: ApplicationError.notPending) {
            _ = try await runner.fetch(ReadApplication(requests[0], of: other.id), as: place.recorder)
        }
    }

    // MARK: Papers

    @Test func `a paper counts once somebody else has reviewed it`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let person = try await place.person("1001")
        let reviewer = try await place.tenants.principal(
            .office, of: place.organization, name: "Otra Persona")
        func paper(
            _ code: String = "E11", source: String = "Procuraduría 123", on day: CalendarDate? = nil,
            isFavourable: Bool = true, as principal: Principal? = nil
        ) async throws -> ID<FactRecord> {
            try await place.run(
                RecordPaper(
                    of: person, saying: .requirement(code, isMet: isFavourable), in: place.ownSpace,
                    source: source, issuedOn: day ?? place.today), as: principal)
        }
        func review(
            _ paper: ID<FactRecord>, isAccepted: Bool = true, because reason: String? = nil,
            as principal: Principal? = nil
        ) async throws {
            try await place.run(
                ReviewPaper(paper, in: place.ownSpace, isAccepted: isAccepted, reason: reason),
                as: principal ?? reviewer)
        }
        await #expect(throws: PaperError.sourceMissing) { _ = try await paper(source: " ") }
        await #expect(throws: PaperError.notProvenByPaper("Afiliación activa")) { _ = try await paper("E01") }
        await #expect(throws: RequirementError.unknownRequirement("E99")) { _ = try await paper("E99") }
        await #expect(throws: MemberError.inTheFuture) { _ = try await paper(on: place.today + 1) }
        await #expect(throws: PaperError.needsUser) {
            _ = try await paper(as: .terminal(in: place.organization.id))
        }
        let first = try await paper()
        #expect(try await place.verdict(on: "E11", of: "1001", as: .candidate) == .unproven)
        await #expect(throws: PaperError.ownPaper) { try await review(first, as: place.recorder) }
        await #expect(throws: PaperError.reasonMissing) { try await review(first, isAccepted: false) }
        try await review(first, isAccepted: false, because: "Es de otra persona")
        #expect(try await place.verdict(on: "E11", of: "1001", as: .candidate) == .unproven)
        await #expect(throws: PaperError.notPending) { try await review(first) }
        await #expect(throws: PaperError.notPending) { try await review(ID()) }
        try await review(try await paper(on: place.today - 1))
        #expect(try await place.verdict(on: "E11", of: "1001", as: .candidate) == .pass)
        try await review(try await paper(isFavourable: false))
        #expect(try await place.verdict(on: "E11", of: "1001", as: .candidate) == .fail)
    }

    // MARK: Requirements

    @Test func `a requirement is switched with its reason, and with parameters that can be read`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        func turn(
            _ code: String, isOn: Bool = true, _ parameters: [String: ParameterValue] = [:],
            because reason: String = "Artículo 7", as principal: Principal? = nil
        ) async throws {
            try await place.run(
                SwitchRequirement(
                    code, for: .elector, in: place.ownSpace, isOn: isOn, parameters: parameters,
                    because: reason),
                as: principal)
        }
        await #expect(throws: RequirementError.reasonMissing) { try await turn("E05", because: " ") }
        await #expect(throws: RequirementError.unknownRequirement("E99")) { try await turn("E99") }
        await #expect(throws: RequirementError.parameter("months", of: "fact_within_window")) {
            try await turn("E05", ["months": .integer(0)])
        }
        await #expect(throws: RequirementError.windowBackwards) {
            try await turn("E05", ["from": .text("2026-02-01"), "until": .text("2026-01-01")])
        }
        await #expect(throws: AccessError.notPermitted(.switchRequirements)) {
            try await turn(
                "E05",
                as: try await place.tenants.principal(
                    .board, of: place.organization, in: .alliance(place.alliance.id)))
        }
        #expect(try await place.verdict(on: "E05", of: "1001", as: .elector) == nil)
        try await turn("E05", ["months": .integer(6)])
        #expect(try await place.verdict(on: "E05", of: "1001", as: .elector) == .unproven)
        place.tenants.clock.advance(by: 60)
        try await turn("E05", isOn: false)
        #expect(try await place.verdict(on: "E05", of: "1001", as: .elector) == nil)
    }

    @Test func `an entity adds requirements of its own, which are asked once they are switched on`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        func add(_ title: String, _ proof: AddRequirement.Proof) async throws -> Requirement {
            try await place.run(
                AddRequirement(
                    title, question: "¿Cumple?", proof: proof, norm: "Reglamento, artículo 9",
                    cure: "Traiga el certificado."))
        }
        for field in ["title", "question", "norm", "cure"] {
            #expect(throws: RequirementError.textMissing(field)) {
                try AddRequirement(
                    field == "title" ? " " : "a", question: field == "question" ? "" : "a",
                    proof: .age(years: 30), norm: field == "norm" ? "" : "a",
                    cure: field == "cure" ? "\n" : "a")
            }
        }
        await #expect(throws: RequirementError.parameter("years", of: "minimum_age")) {
            _ = try await add("Edad", .age(years: 121))
        }
        let course = try await add("Curso", .paper(days: 365))
        let age = try await add("Edad", .age(years: 120))
        let service = try await add("Servicio", .serviceUsed(months: 6))
        #expect([course.id, age.id, service.id] == ["R01", "R02", "R03"])
        #expect(try await place.verdict(on: "R01", of: "1001", as: .candidate) == nil)
        for code in ["R01", "R02", "R03"] {
            try await place.run(
                SwitchRequirement(
                    code, for: .candidate, in: place.ownSpace, isOn: true, because: "Reglamento, artículo 9"))
        }
        #expect(try await place.verdict(on: "R01", of: "1001", as: .candidate) == .unproven)
        #expect(try await place.verdict(on: "R02", of: "1001", as: .candidate) == .fail)
        #expect(try await place.verdict(on: "R03", of: "1001", as: .candidate) == .unproven)
        let paper = try await place.run(
            RecordPaper(
                of: try await place.person("1001"), saying: .requirement("R01", isMet: true),
                in: place.ownSpace, source: "Certificado 7", issuedOn: place.today))
        try await place.run(
            ReviewPaper(paper, in: place.ownSpace, isAccepted: true, reason: nil),
            as: try await place.tenants.principal(.office, of: place.organization, name: "Otra Persona"))
        #expect(try await place.verdict(on: "R01", of: "1001", as: .candidate) == .pass)
        let entries = try await place.tenants.runner.fetch(
            ListRequirements(in: place.ownSpace), as: place.recorder
        ).entries
        #expect(entries.first { $0.requirement.id == "R01" }?.targets == [.candidate])
        // Another entity has its own.
        let other = try await place.tenants.insurer("Otra EPS")
        let theirs = try await place.tenants.database.read(
            TenantScope(.system(in: other.id))
        ) { try await $0.requirements() }
        #expect(!theirs.contains { $0.id.hasPrefix("R") })
    }

    // MARK: Employees

    @Test func `a list of employees is loaded whole, of a day that has come, and cannot be read`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002")
        #expect(throws: MemberError.nobody) { try LoadStaffList([], asOf: place.today) }
        await #expect(throws: MemberError.inTheFuture) {
            try await place.run(LoadStaffList([try place.document("1001")], asOf: place.today + 1))
        }
        await #expect(throws: AccessError.notPermitted(.loadStaffLists)) {
            try await place.run(
                LoadStaffList([try place.document("1001")], asOf: place.today),
                as: try await place.tenants.principal(
                    .board, of: place.organization, in: .alliance(place.alliance.id)))
        }
        #expect(try await place.verdict(on: "E03", of: "1001", as: .elector) == .unproven)
        try await place.run(LoadStaffList([try place.document("1001")], asOf: place.today))
        #expect(try await place.verdict(on: "E03", of: "1001", as: .elector) == .fail)
        #expect(try await place.verdict(on: "E03", of: "1002", as: .elector) == .pass)
        let lists = try await place.tenants.runner.fetch(ListStaffLists(), as: place.recorder)
        #expect(lists.map(\.entries) == [1])
        #expect(lists.first?.loadedBy == "Ana Prueba")
    }
}

@Suite struct StaffListFileTests {
    private func numbers(_ text: String) throws -> [String] {
        try StaffListFile(Array(text.utf8)).documents.map { "\($0.type.rawValue) \($0.number)" }.sorted()
    }

    @Test(arguments: [
        "CC;1234567\nCE;765432\n",
        "tipo_documento;numero_documento\r\nCC;1.234.567;Ana\r\nCE;765432;Luis\r\n",
        "\u{FEFF}Documento\nCC 1234567\n\nCE 765432", "\"CC\",\"1234567\"\n\"CE\",\"765432\"",
        "CC\t1234567\nCE\t765432",
    ])
    func `documents are read from each way of writing them`(text: String) throws {
        #expect(try numbers(text) == ["CC 1234567", "CE 765432"])
    }

    @Test func `a line that is no document refuses the file and says which it is`() throws {
        let error = #expect(throws: InvalidInput.self) { try numbers("CC;1234567\nCC;12A\nXX;1\n") }
        #expect(error?.problems.count == 2)
        #expect(error?.problems.first?.message.hasPrefix("Línea 2, «CC;12A»") == true)
        #expect(throws: InvalidInput.self) { try numbers("documento\n\n") }
    }
}

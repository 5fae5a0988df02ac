import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

extension EligibleAlliance {
    fileprivate func principal(
        _ role: Role, of alliance: Alliance? = nil, name: String = "Otra Persona"
    ) async throws -> Principal {
        try await tenants.principal(
            role, of: organization, in: alliance.map { .alliance($0.id) } ?? .organization, name: name)
    }

    fileprivate func record(
        _ statement: RecordPaper.Statement, of number: String, in space: EligibilitySpace? = nil,
        on day: CalendarDate? = nil, as principal: Principal? = nil
    ) async throws -> ID<FactRecord> {
        try await run(
            RecordPaper(
                of: try await person(number), saying: statement, in: space ?? ownSpace,
                source: "Certificado 7",
                issuedOn: day ?? today), as: principal)
    }

    fileprivate func accept(
        _ paper: ID<FactRecord>, in space: EligibilitySpace? = nil, as principal: Principal
    ) async throws {
        try await run(
            ReviewPaper(paper, in: space ?? ownSpace, isAccepted: true, reason: nil), as: principal)
    }

    fileprivate func outcome(
        _ code: String, of number: String, as target: EligibilityTarget = .elector,
        in space: EligibilitySpace? = nil, on day: CalendarDate? = nil, asKnownThen: Bool = false
    ) async throws -> Outcome? {
        try await tenants.runner.fetch(
            ReadDossier(
                try await person(number), as: target, in: space ?? ownSpace, on: day ?? today,
                asKnownThen: asKnownThen), as: recorder
        ).outcomes.first { $0.requirement.id == code }
    }
}

@Suite struct EligibilitySpaceTests {
    // MARK: Who is told of whom

    @Test func `a board reads of its own members alone, and never their contact data`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002")
        try await place.publishText()
        try await place.enrol("1001")
        let board = try await place.principal(.board, of: place.alliance)
        let (member, stranger) = (try await place.person("1001"), try await place.person("1002"))
        func file(_ person: ID<Person>, _ principal: Principal) async throws -> PersonFile {
            try await place.tenants.runner.fetch(
                ReadPersonFile(person, in: place.alliance.id), as: principal)
        }
        #expect(try await file(member, board).registered == nil)
        #expect(try await file(member, place.recorder).registered != nil)
        // Asking for somebody to join does not open their file either.
        let request = try await place.run(
            SubmitApplication(
                of: try place.document("1002"), to: place.alliance.id, on: place.today, through: .counter),
            as: board)
        await #expect(throws: MemberError.unknownPerson) { _ = try await file(stranger, board) }
        await #expect(throws: MemberError.unknownPerson) {
            _ = try await place.tenants.runner.fetch(
                ReadDossier(stranger, as: .member, in: place.ownSpace, on: place.today), as: board)
        }
        await #expect(throws: MemberError.notOfAlliance("CC 1002")) {
            _ = try await place.tenants.runner.fetch(
                FindPerson(try place.document("1002"), for: place.alliance.id), as: board)
        }
        #expect(
            try await place.tenants.runner.fetch(CheckApplicant(request, of: place.alliance.id), as: board)
                .isEmpty)
        await #expect(throws: MemberError.unknownPerson) {
            _ = try await place.record(.requirement("E11", isMet: false), of: "1002", as: board)
        }
        #expect(try await file(stranger, place.recorder).name == "Ana Prueba")
    }

    // MARK: Papers of one alliance, or one election

    @Test func `a paper counts, shows and is reviewed where it was recorded alone`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let other = try await place.tenants.alliance("Otra alianza", in: place.organization)
        let otherSpace = EligibilitySpace(alliance: other.id)
        let (reviewer, stranger) = (
            try await place.principal(.office),
            try await place.principal(.electionCommittee, of: other, name: "Comité ajeno")
        )
        let paper = try await place.record(.requirement("E11", isMet: false), of: "1001")
        await #expect(throws: PaperError.notPending) {
            try await place.accept(paper, in: otherSpace, as: stranger)
        }
        await #expect(throws: AccessError.notPermitted(.reviewFacts)) {
            try await place.accept(paper, as: stranger)
        }
        try await place.accept(paper, as: reviewer)
        #expect(try await place.outcome("E11", of: "1001", as: .candidate)?.verdict == .fail)
        #expect(
            try await place.outcome("E11", of: "1001", as: .candidate, in: otherSpace)?.verdict == .unproven)
        let person = try await place.person("1001")
        let files = [place.alliance.id, other.id]
        for (alliance, count) in zip(files, [1, 0]) {
            let file = try await place.tenants.runner.fetch(
                ReadPersonFile(person, in: alliance), as: place.recorder)
            #expect(file.papers.count == count)
        }
    }

    @Test func `a sanction is lifted from a day on, by somebody other than who recorded it`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let reviewer = try await place.principal(.office)
        try await place.run(
            SwitchRequirement(
                "E16", for: .elector, in: place.ownSpace, isOn: true, because: "Reglamento, artículo 9"))
        let paper = try await place.record(
            .sanction("suspensión", from: place.today - 60, until: nil), of: "1001")
        func withdraw(
            endingOn day: CalendarDate? = nil, as principal: Principal, in space: EligibilitySpace? = nil
        ) async throws {
            try await place.run(
                WithdrawPaper(
                    paper, in: space ?? place.ownSpace, endingOn: day, because: "Acta 7 de la asamblea"),
                as: principal)
        }
        await #expect(throws: PaperError.notAccepted) { try await withdraw(as: reviewer) }
        try await place.accept(paper, as: reviewer)
        place.tenants.clock.advance(by: 3600)
        #expect(try await place.outcome("E16", of: "1001")?.verdict == .fail)
        #expect(throws: PaperError.withdrawalNotTold) {
            try WithdrawPaper(paper, in: place.ownSpace, because: " ")
        }
        await #expect(throws: PaperError.ownPaper) { try await withdraw(as: place.recorder) }
        await #expect(throws: PaperError.endsOutside) {
            try await withdraw(endingOn: place.today - 60, as: reviewer)
        }
        let other = try await place.tenants.alliance("Otra alianza", in: place.organization)
        await #expect(throws: PaperError.notAccepted) {
            try await withdraw(as: reviewer, in: EligibilitySpace(alliance: other.id))
        }
        try await withdraw(endingOn: place.today - 10, as: reviewer)
        #expect(try await place.outcome("E16", of: "1001")?.verdict == .pass)
        #expect(try await place.outcome("E16", of: "1001", on: place.today - 11)?.verdict == .fail)
        let papers = try await place.tenants.runner.fetch(
            ReadPersonFile(try await place.person("1001"), in: place.alliance.id), as: place.recorder
        ).papers
        #expect(papers.compactMap(\.withdrawal) == ["Acta 7 de la asamblea"])
        #expect(papers.filter { $0.withdrawal == nil }.map(\.validUntil) == [place.today - 10])
    }

    @Test
    func `a mistaken certificate of affiliation gives way to the one recorded after it, or is taken back`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001", "1002")
        let reviewer = try await place.principal(.office)
        try await place.run(
            SwitchRequirement(
                "E06", for: .elector, in: place.ownSpace, isOn: true, because: "Reglamento, artículo 9"))
        for number in ["1001", "1002"] {
            let mistaken = try await place.record(.affiliated(since: place.today - 20), of: number)
            try await place.accept(mistaken, as: reviewer)
            #expect(try await place.outcome("E06", of: number)?.verdict == .fail)
            place.tenants.clock.advance(by: 60)
            if number == "1001" {
                let right = try await place.record(.affiliated(since: place.today - 2000), of: number)
                try await place.accept(right, as: reviewer)
            } else {
                try await place.run(
                    WithdrawPaper(mistaken, in: place.ownSpace, because: "Era de otra persona"), as: reviewer)
            }
            // Without the paper, the register of 2020 tells.
            #expect(try await place.outcome("E06", of: number)?.verdict == .pass)
        }
    }

    @Test func `a refused paper leaves no copy behind, and one that counts has its own`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        func files() async throws -> Int {
            try await place.tenants.database.read(place.scope) {
                try await $0.value("select count(*) from tenancy.files") ?? 0
            }
        }
        let copy = try StoredFile(
            name: "certificado.pdf", content: Array("%PDF-1.7 certificado".utf8), effectiveOn: place.today)
        func record(since: CalendarDate) async throws {
            try await place.run(
                RecordPaper(
                    of: try await place.person("1001"), saying: .affiliated(since: since), in: place.ownSpace,
                    source: "Certificado 7", issuedOn: place.today, copy: copy))
        }
        await #expect(throws: PaperError.saysTheFuture) { try await record(since: place.today + 1) }
        #expect(try await files() == 0)
        try await record(since: place.today - 100)
        #expect(try await files() == 1)
    }

    @Test func `papers wait on the desk of whoever reviews them, and never on that of who recorded them`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let (reviewer, committee) = (
            try await place.principal(.office),
            try await place.principal(.electionCommittee, of: place.alliance, name: "Comité")
        )
        let desk = PendingDesk(database: place.tenants.database, sources: [PapersToReview()])
        func waiting(_ principal: Principal) async throws -> [Int] {
            try await desk.items(for: principal, at: place.tenants.clock.now).map(\.count)
        }
        let process = ID<ElectoralProcess>()
        let election = EligibilitySpace(alliance: place.alliance.id, process: process)
        let paper = try await place.record(.requirement("E11", isMet: true), of: "1001")
        let shown = try await place.record(.requirement("E08", isMet: true), of: "1001", in: election)
        #expect(try await waiting(place.recorder).isEmpty)
        #expect(try await waiting(reviewer) == [1])
        #expect(try await waiting(committee) == [1, 1])
        let list = try await place.tenants.runner.fetch(
            ListPapersToReview(of: place.alliance.id), as: reviewer)
        #expect(list.total == 2 && list.papers.map(\.paper.id) == [paper, shown])
        // The office decides nothing in an election.
        await #expect(throws: AccessError.notPermitted(.decideInElections)) {
            try await place.accept(shown, in: election, as: reviewer)
        }
        try await place.accept(shown, in: election, as: committee)
        try await place.accept(paper, as: reviewer)
        #expect(try await waiting(committee).isEmpty)
    }

    @Test func `an original that was shown counts in its election alone`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        await #expect(throws: PaperError.needsElection("Documento original a la vista")) {
            _ = try await place.record(.requirement("E08", isMet: true), of: "1001")
        }
        try await place.run(
            SwitchRequirement("E08", for: .elector, in: place.ownSpace, isOn: true, because: "Artículo 7"))
        let committee = try await place.principal(.electionCommittee, of: place.alliance)
        let (first, second) = (
            EligibilitySpace(alliance: place.alliance.id, process: ID()),
            EligibilitySpace(alliance: place.alliance.id, process: ID())
        )
        try await place.accept(
            try await place.record(.requirement("E08", isMet: true), of: "1001", in: first), in: first,
            as: committee)
        #expect(try await place.outcome("E08", of: "1001", in: first)?.verdict == .pass)
        #expect(try await place.outcome("E08", of: "1001", in: second)?.verdict == .unproven)
        #expect(try await place.outcome("E08", of: "1001")?.verdict == .unproven)
    }

    // MARK: What papers prove besides

    @Test func `nobody stays unproven for lack of a form`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        for code in ["E05", "E06"] {
            try await place.run(
                SwitchRequirement(code, for: .elector, in: place.ownSpace, isOn: true, because: "Artículo 7"))
        }
        let reviewer = try await place.principal(.office)
        func verdict(
            _ code: String, after statement: RecordPaper.Statement, on day: CalendarDate? = nil
        ) async throws -> Verdict? {
            try await place.accept(try await place.record(statement, of: "1001", on: day), as: reviewer)
            return try await place.outcome(code, of: "1001")?.verdict
        }
        #expect(try await place.outcome("E05", of: "1001")?.verdict == .unproven)
        await #expect(throws: PaperError.saysTheFuture) {
            _ = try await place.record(.serviceUsed(on: place.today), of: "1001", on: place.today - 1)
        }
        #expect(try await verdict("E05", after: .serviceUsed(on: place.today - 400)) == .fail)
        #expect(try await verdict("E05", after: .serviceUsed(on: place.today - 30)) == .pass)
        #expect(try await verdict("E06", after: .affiliated(since: place.today - 100)) == .fail)
        #expect(try await place.outcome("E06", of: "1001")?.explanation.contains("más reciente") == true)
        #expect(try await place.outcome("E03", of: "1001")?.verdict == .unproven)
        #expect(
            try await verdict("E03", after: .employment(isEmployed: false), on: place.today - 3) == .pass)
        try await place.run(LoadStaffList([try place.document("1001")], asOf: place.today - 2))
        #expect(try await place.outcome("E03", of: "1001")?.verdict == .fail)
        #expect(try await verdict("E03", after: .employment(isEmployed: false)) == .pass)
        let elsewhere = try #require(MunicipalityCode(rawValue: "13001"))
        #expect(try await verdict("E04", after: .residence(in: elsewhere)) == .fail)
        #expect(throws: PaperError.endsBeforeItBegins) {
            try RecordPaper(
                of: ID(), saying: .sanction("Suspensión", from: place.today, until: place.today),
                in: place.ownSpace, source: "Acta 4", issuedOn: place.today)
        }
        #expect(try await place.outcome("E16", of: "1001")?.verdict == .pass)
        #expect(
            try await verdict(
                "E16", after: .sanction("Suspensión", from: place.today, until: place.today + 90)) == .fail)
    }

    @Test func `every value and ground has words of its own`() throws {
        let data = try Data(
            contentsOf: TestDatabase.repository.appending(path: "sql/data/requirements.json"))
        struct Entry: Decodable {
            let code: String
            let parameters: [String: ParameterValue]
        }
        for entry in try JSONDecoder().decode([Entry].self, from: data) {
            guard case .texts(let adverse) = entry.parameters["adverse"] else { continue }
            for value in adverse { #expect(FactWord(rawValue: value) != nil, "\(entry.code): \(value)") }
        }
        let requirement = Requirement(
            id: "E08", title: "a", question: "b", evaluator: .presence, norm: "c", isNormConfirmed: false,
            cure: "d")
        for ground in Outcome.Ground.allCases {
            let words = Outcome(
                requirement: requirement, verdict: .pass, ground: ground, fact: "shown", source: nil,
                factDate: nil
            ).explanation
            #expect(
                !words.contains("shown") || [.minorDocument, .outsideWindow].contains(ground), "\(words)")
        }
    }

    // MARK: Figures and elections

    @Test func `an explicit window decides on services, and one that is turned around is refused`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let reviewer = try await place.principal(.office)
        try await place.accept(
            try await place.record(.serviceUsed(on: place.today - 60), of: "1001"), as: reviewer)
        func window(_ from: Int, _ until: Int) async throws -> Verdict? {
            place.tenants.clock.advance(by: 1)
            try await place.run(
                SwitchRequirement(
                    "E05", for: .elector, in: place.ownSpace, isOn: true,
                    parameters: [
                        "from": .text((place.today - from).description),
                        "until": .text((place.today - until).description),
                    ], because: "Artículo 7"))
            return try await place.outcome("E05", of: "1001")?.verdict
        }
        #expect(try await window(90, 30) == .pass)
        #expect(try await window(50, 30) == .fail)
        #expect(try await window(90, 70) == .unproven)
        await #expect(throws: (any Error).self) { _ = try await window(30, 90) }
    }

    @Test func `an election that was called keeps what was asked then, and only its committee changes it`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let process = ID<ElectoralProcess>()
        let election = EligibilitySpace(alliance: place.alliance.id, process: process)
        let committee = try await place.principal(.electionCommittee, of: place.alliance)
        func turn(
            _ code: String, _ isOn: Bool, in space: EligibilitySpace, as principal: Principal? = nil
        ) async throws {
            place.tenants.clock.advance(by: 60)
            try await place.run(
                SwitchRequirement(code, for: .elector, in: space, isOn: isOn, because: "Artículo 7"),
                as: principal)
        }
        func isAsked(_ code: String, in space: EligibilitySpace) async throws -> Bool {
            try await place.outcome(code, of: "1001", in: space) != nil
        }
        try await turn("E06", true, in: election)
        place.tenants.clock.advance(by: 60)
        try await place.tenants.database.transaction(place.scope) {
            try await $0.bindRequirements(
                of: process, in: place.alliance.id, at: place.tenants.clock.now)
        }
        try await turn("E05", true, in: place.ownSpace)
        try await turn("E03", false, in: place.ownSpace)
        #expect(try await isAsked("E05", in: place.ownSpace))
        #expect(try await !isAsked("E05", in: election))
        #expect(try await isAsked("E03", in: election))
        #expect(try await isAsked("E06", in: election))
        await #expect(throws: RequirementError.boundByCall) { try await turn("E06", false, in: election) }
        try await turn("E06", false, in: election, as: committee)
        #expect(try await !isAsked("E06", in: election))
        let answer = try await place.tenants.runner.fetch(
            ListRequirements(in: election), as: place.recorder)
        #expect(answer.boundAt != nil)
    }

    @Test
    func `an answer as of a past day has the rules of that day, and on request only what was known then`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let then = place.today
        let reviewer = try await place.principal(.office)
        let paper = try await place.record(.requirement("E11", isMet: true), of: "1001")
        place.tenants.clock.advance(by: 5 * 86_400)
        try await place.accept(paper, as: reviewer)
        try await place.run(
            SwitchRequirement("E16", for: .candidate, in: place.ownSpace, isOn: false, because: "Artículo 7"))
        #expect(try await place.outcome("E16", of: "1001", as: .candidate) == nil)
        #expect(try await place.outcome("E16", of: "1001", as: .candidate, on: then) != nil)
        #expect(try await place.outcome("E11", of: "1001", as: .candidate, on: then)?.verdict == .pass)
        #expect(
            try await place.outcome("E11", of: "1001", as: .candidate, on: then, asKnownThen: true)?.ground
                == .pendingReview)
    }

    @Test(
        arguments: [(0, 2, .pass), (1, 2, .pass), (2, 2, .fail), (2, nil, .pass)]
            as [(Int, Int?, Verdict)])
    func `the limit of periods is that of the body that is elected`(
        periods: Int, limit: Int?, verdict: Verdict
    ) async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        let person = try await place.person("1001")
        try await place.tenants.database.transaction(place.scope) { transaction in
            for period in 0..<periods {
                let from = place.today - 730 * (period + 1)
                for body in ["este", "otro"] {
                    try await transaction.record(
                        FactRecord(
                            person: person, kind: "mandate", value: body, source: "historial",
                            validFrom: from,
                            validUntil: from + 730), at: place.tenants.clock.now)
                }
            }
        }
        let outcome = try await place.outcome(
            "E15", of: "1001", as: .candidate,
            in: EligibilitySpace(
                alliance: place.alliance.id,
                body: ContestedBody(id: "este", termLimit: limit, norm: "Decreto 1757 de 1994, artículo 15")))
        #expect(outcome?.verdict == verdict)
        #expect(outcome?.requirement.norm == "Decreto 1757 de 1994, artículo 15")
        #expect(try await place.outcome("E15", of: "1001", as: .candidate)?.ground == .noBody)
    }

    // MARK: Authorisations and periods

    @Test func `who takes back the authorisation leaves every alliance of the entity`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        try await place.publishText()
        let other = try await place.tenants.alliance("Otra alianza", in: place.organization)
        let third = try await place.tenants.alliance("Tercera alianza", in: place.organization)
        let document = try place.document("1001")
        for alliance in [place.alliance, other] {
            try await place.run(
                EnrolMembers([document], in: alliance.id, on: place.today - 30, through: .paper))
        }
        let request = try await place.run(
            SubmitApplication(of: document, to: third.id, on: place.today, through: .web))
        let person = try await place.person("1001")
        func withdraw(_ purpose: ConsentPurpose, as principal: Principal? = nil) async throws -> Int {
            try await place.run(
                WithdrawConsent(of: person, for: purpose, at: place.alliance.id, on: place.today),
                as: principal
            ).left.count
        }
        await #expect(throws: ConsentError.notGiven(.sensitiveData)) {
            _ = try await withdraw(.sensitiveData)
        }
        let board = try await place.principal(.board, of: place.alliance)
        await #expect(throws: AccessError.notPermitted(.withdrawConsents)) {
            _ = try await withdraw(.personalData, as: board)
        }
        #expect(try await place.outcome("E17", of: "1001")?.verdict == .pass)
        #expect(try await withdraw(.personalData) == 2)
        #expect(try await place.outcome("E17", of: "1001")?.verdict == .fail)
        #expect(try await place.members().isEmpty)
        #expect(
            try await place.tenants.runner.fetch(ReadApplication(request, of: third.id), as: place.recorder)
                .application.state == .withdrawn)
        await #expect(throws: ConsentError.notGiven(.personalData)) { _ = try await withdraw(.personalData) }
        place.tenants.clock.advance(by: 86_400)
        try await place.enrol("1001")
        #expect(try await place.outcome("E17", of: "1001")?.verdict == .pass)
    }

    @Test func `sensitive data are agreed to apart, and taken back without leaving`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        try await place.publishText()
        func enrol() async throws {
            try await place.run(
                EnrolMembers(
                    [try place.document("1001")], in: place.alliance.id, on: place.today, through: .paper,
                    includingSensitiveData: true))
        }
        await #expect(throws: ConsentError.noText(.sensitiveData)) { try await enrol() }
        try await place.run(
            PublishConsentText(
                "Autorizo, aparte, que la entidad guarde que soy de la alianza de usuarios.",
                for: .sensitiveData, from: place.today))
        try await enrol()
        let person = try await place.person("1001")
        func consents() async throws -> Set<ConsentPurpose> {
            let today = place.today
            return try await place.tenants.database.read(place.scope) {
                try await $0.consents(of: person, on: today)
            }
        }
        #expect(try await consents() == [.personalData, .sensitiveData])
        try await place.run(
            WithdrawConsent(of: person, for: .sensitiveData, at: place.alliance.id, on: place.today))
        #expect(try await consents() == [.personalData])
        #expect(try await place.members() == ["1001"])
    }

    @Test func `two periods of a member never share a day`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("1001")
        try await place.publishText()
        let person = try await place.person("1001")
        try await place.enrol("1001", on: place.today - 60)
        try await place.run(
            EndMembership(
                of: person, in: place.alliance.id, on: place.today - 20, because: .resignation))
        await #expect(throws: MemberError.alreadyMember("Ana Prueba")) {
            try await place.enrol("1001", on: place.today - 30)
        }
        try await place.enrol("1001", on: place.today - 20)
        let counts = try await place.tenants.database.read(place.scope) { transaction in
            var counts: [Int] = []
            for days in [61, 60, 21, 20, 0] {
                counts.append(
                    try await transaction.memberCount(of: place.alliance.id, on: place.today - days))
            }
            return counts
        }
        #expect(counts == [0, 1, 1, 1, 1])
    }
}

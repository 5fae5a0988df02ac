import Elections
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Reporting
import Tenancy
import TestSupport
import Testing

/// A tenant among ten, each with some 3,000 rows of whatever is listed (`Crowd.sql`).
private struct Crowd: Sendable {
    private let tenants: TestTenants
    let organization: Organization
    let log: PlanLog
    /// The tables of tenants that have so many rows that reading all of them is told from looking some up.
    let filled: Set<String>

    let alliance = ID<Alliance>(rawValue: Self.id("8a11"))
    let process = ID<ElectoralProcess>(rawValue: Self.id("8911"))
    let session = ID<VotingSession>(rawValue: Self.id("8913"))
    let person = ID<Person>(rawValue: Self.id("8f11"))
    let body = ID<Body>(rawValue: Self.id("8813"))
    let meeting = ID<Meeting>(rawValue: Self.id("8811", 3))
    let claim = ID<Claim>(rawValue: Self.id("8915", 3))

    var place: ProcessPlace { ProcessPlace(process, of: alliance) }
    var principal: Principal { .system(in: organization.id) }

    /// Made once: it takes seconds.
    static let shared = Task { try await make() }

    /// One of a kind, as the script counts them.
    private static func id(_ kind: String, _ number: Int = 1) -> UUID {
        UUID(uuidString: "00000000-0000-4000-\(kind)-00000000000\(number)") ?? UUID()
    }

    private static func make() async throws -> Crowd {
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let script = try String(
            contentsOf: TestDatabase.repository.appending(path: "Tests/ReportingTests/Crowd.sql"),
            encoding: .utf8)
        try await tenants.database.script(
            script.replacing("ORGANIZATION", with: "\(organization.id)"), as: TestCluster.superuser)
        let filled = try await tenants.database.read(TenantScope(.system(in: organization.id))) {
            transaction in
            try await transaction.values(
                """
                select nspname || '.' || relname from pg_class
                join pg_namespace on pg_namespace.oid = relnamespace
                join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id'
                where reltuples >= 5000
                """, as: String.self)
        }
        return Crowd(
            tenants: tenants, organization: organization, log: try await PlanLog(of: tenants.database),
            filled: Set(filled))
    }

    /// Answers a question, and returns the plans by which it was answered.
    func plans(of question: ListQuestion) async throws -> [Plan] {
        let clock = tenants.clock
        return try await log.plans { database in
            try await question.ask(self, CommandRunner(database: database, now: { clock.now }))
        }
    }
}

/// A list of the product, asked as its page asks it.
private struct ListQuestion: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The tables of which it may read what it does not show, since they are read whole for one alliance or one
    /// election, with what bounds them.
    let looksThrough: [String: String]
    let ask: @Sendable (Crowd, CommandRunner) async throws -> Void

    /// A query of a module.
    init(
        _ name: String, through looksThrough: [String: String] = [:],
        _ query: @escaping @Sendable (Crowd) -> some Query
    ) {
        testDescription = name
        self.looksThrough = looksThrough
        ask = { crowd, runner in _ = try await runner.fetch(query(crowd), as: crowd.principal) }
    }

    /// What a page reads beside the queries.
    init(
        reading name: String, through looksThrough: [String: String] = [:],
        _ read: @escaping @Sendable (borrowing TenantTransaction, Crowd) async throws -> Void
    ) {
        testDescription = name
        self.looksThrough = looksThrough
        ask = { crowd, runner in
            try await runner.database.read(TenantScope(crowd.principal)) { try await read($0, crowd) }
        }
    }

    /// All lists. A new one takes a line here.
    static let all: [ListQuestion] = [
        ListQuestion("affiliates") { _ in ListAffiliates() },
        ListQuestion("affiliates by documents") { _ in ListAffiliates(order: .document, isDescending: true) },
        ListQuestion("affiliates by a word") { _ in ListAffiliates(.init(words: "apellido12")) },
        ListQuestion("affiliates by words that many have") { _ in
            ListAffiliates(.init(words: "nombre1 otro apellido"))
        },
        ListQuestion("affiliates by a document") { _ in ListAffiliates(.init(words: "CC 1000007")) },
        ListQuestion("affiliates by a number") { _ in ListAffiliates(.init(words: "1000007")) },
        ListQuestion("affiliates of a municipality") { _ in
            ListAffiliates(.init(municipality: MunicipalityCode(rawValue: "05001")))
        },
        ListQuestion("affiliates in a state") { _ in ListAffiliates(.init(state: .suspended)) },
        ListQuestion("a piece of the affiliates") { _ in ReadAffiliatePiece(.init(), after: nil) },
        ListQuestion("what the register says of somebody") { ReadAffiliate($0.person) },
        ListQuestion("members") { ListMembers(of: $0.alliance) },
        ListQuestion("members by a word") { ListMembers(of: $0.alliance, words: "apellido12") },
        ListQuestion("members by a number") { ListMembers(of: $0.alliance, words: "1000007") },
        ListQuestion(
            "members who left", through: ["membership.memberships": "the periods of one alliance"]
        ) { ListMembers(of: $0.alliance, areFormer: true) },
        ListQuestion("members of all alliances by words") { _ in
            FindMembers("nombre1 apellido12", in: [.office])
        },
        ListQuestion("members of some alliances by a number") {
            FindMembers("1000007", in: [.alliance($0.alliance)])
        },
        ListQuestion("applications") { ListApplications(of: $0.alliance) },
        ListQuestion("papers to review") { ListPapersToReview(of: $0.alliance) },
        ListQuestion("users") { _ in ListUsers() },
        ListQuestion("jobs") { _ in ListJobs() },
        ListQuestion("the log of the office") { _ in
            ReadLog(LogQuestion(of: [.office], limit: 50))
        },
        ListQuestion("the log of an alliance since a day") {
            ReadLog(
                LogQuestion(
                    of: [.alliance($0.alliance)], since: Date(timeIntervalSince1970: 1_710_000_000),
                    limit: 50))
        },
        ListQuestion("the roll") { ListRoll(of: $0.process, of: $0.alliance, limit: 50) },
        ListQuestion("the roll by words") {
            ListRoll(of: $0.process, of: $0.alliance, words: "nombre1 apellido12", limit: 50)
        },
        ListQuestion("electors by words") {
            FindElectors("nombre1 apellido12", in: $0.session, of: $0.place)
        },
        ListQuestion("electors by a document") { FindElectors("CC 1000007", in: $0.session, of: $0.place) },
        ListQuestion("electors who are not on the roll") {
            FindElectors("9999999", in: $0.session, of: $0.place)
        },
        ListQuestion("who is in the room") { ListPresences(in: $0.session, of: $0.place, arePresent: true) },
        ListQuestion("claims") { ListClaims(of: $0.process, of: $0.alliance) },
        ListQuestion("a claim") { ReadClaim($0.claim, of: $0.process, of: $0.alliance) },
        ListQuestion("meetings of a year") { ReadYear(of: $0.alliance, in: 2020) },
        ListQuestion("a meeting and its minutes") { ReadMeeting($0.meeting, of: $0.alliance) },
        ListQuestion("bodies and who sits on them") { ReadGovernance(of: $0.alliance) },
        ListQuestion("terms that end") { _ in ListTermEnds() },
        ListQuestion("obligations of an alliance") { ComplianceOfAlliance($0.alliance) },
        ListQuestion("obligations of all alliances") { _ in ComplianceOfOffice() },
        ListQuestion(
            "an alliance assessed on the spot",
            through: ["governance.meetings": "the meetings of one alliance"]
        ) { AssessAlliance($0.alliance, on: day("2026-02-01")) },
        ListQuestion(reading: "the agenda of a month") { transaction, crowd in
            _ = try await transaction.agenda(
                of: [crowd.alliance], in: day("2021-03-01")...day("2021-03-31"), on: day("2021-03-15"))
        },
        ListQuestion(reading: "how alliances do") { transaction, crowd in
            _ = try await transaction.pulses(of: [crowd.alliance], on: day("2021-03-01"))
        },
        ListQuestion(
            reading: "what waits for people",
            through: ["tenancy.grants": "what users of one entity may do"]
        ) { transaction, _ in
            let sources: [any PendingSource] = [
                LateInvitations(), ShownLinks(), FailedJobs(), PapersToReview(), ApplicationsToDecide(),
                LapsedHolders(), AlternatesToCall(), ElectionsDue(), MinutesToComplete(),
                TopicsToAnswer(), JoinRequestsToIdentify(),
                DecisionsOfCommittee(.claims),
                ElectionsToPrepare(), StepsOfElections(), AskedObligations(),
            ]
            for source in sources {
                _ = try await source.items(
                    in: transaction, on: day("2026-02-01"), at: Date(timeIntervalSince1970: 1_770_000_000))
            }
        },
    ]
}

extension Plan.Step {
    /// What is wrong with a step over a table of tenants that has many rows; `nil` where nothing is.
    fileprivate func fault(in crowd: Crowd, through looksThrough: [String: String]) -> String? {
        guard let table, crowd.filled.contains(table) else { return nil }
        if kind == "Seq Scan" { return "reads all tenants: \(self)" }
        if !lookedUp.contains("organization_id") { return "does not look the tenant up: \(self)" }
        if (removed ?? 0) > ListQuestion.most, looksThrough[table] == nil {
            return "reads what it does not show: \(self)"
        }
        return nil
    }
}

extension ListQuestion {
    /// Rows that a step may read for nothing each time that it is run.
    fileprivate static let most = 500.0
}

// One after the other, since all of them read the log of one database.
@Suite(.serialized) struct ListPlanTests {
    @Test(arguments: ListQuestion.all)
    fileprivate func `a list looks up what it shows`(question: ListQuestion) async throws {
        let crowd = try await Crowd.shared.value
        let plans = try await crowd.plans(of: question)
        let steps = plans.flatMap(\.steps)
        #expect(steps.contains { $0.table.map(crowd.filled.contains) ?? false }, "nothing was looked at")
        let faults = steps.compactMap { $0.fault(in: crowd, through: question.looksThrough) }
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        for table in question.looksThrough.keys {
            #expect(
                steps.contains { $0.table == table && ($0.removed ?? 0) > ListQuestion.most },
                "\(table) need not be excused")
        }
    }
}

import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Who may do what with a complaint, from where: the entity that is complained of does not run its own clock.
@Suite struct ComplaintSideTests {
    private typealias Step = ComplaintStep.Kind

    // MARK: The rule

    /// A complaint in a state; of one that is closed or was reopened, whether the entity ever had it.
    private func complaint(
        _ state: Complaint.State, risk: Complaint.Risk = .priority, wasPassedOn: Bool = true
    ) throws -> Complaint {
        let day = try #require(ColombianTime.instant("2026-03-02T09:00"))
        let isWithEntity = state != .filed && (wasPassedOn || [.transferred, .answered].contains(state))
        return Complaint(
            id: ID(), alliance: ID(), number: FilingNumber(year: 2026, number: 1),
            content: try ComplaintContent(
                kind: .healthClaim, risk: risk, category: .appointments, entity: "EPS", account: "No dan cita"
            ),
            channel: .page, identity: .anonymous, state: state, outcome: state == .closed ? .partly : nil,
            filedAt: day, transferredAt: isWithEntity ? day : nil,
            dueAt: isWithEntity ? day.addingTimeInterval(48 * 3600) : nil, dueIsConfirmed: isWithEntity,
            answeredAt: nil, closedAt: state == .closed ? day : nil)
    }

    /// What both sides may do in a state, and what is the board's alone.
    private struct Entry {
        let state: Complaint.State
        let wasPassedOn: Bool
        let both: Set<ComplaintStep.Kind>
        let board: Set<ComplaintStep.Kind>

        init(_ state: Complaint.State, _ wasPassedOn: Bool, _ both: Set<Step>, _ board: Set<Step>) {
            self.state = state
            self.wasPassedOn = wasPassedOn
            self.both = both
            self.board = board
        }
    }

    /// What each side may do in each state. What stands in no set may be done by nobody.
    private static let rule = [
        Entry(.filed, false, [.transferred, .classified, .closed, .progress], [.analysis]),
        // The entity may say that waiting does more harm, and never less: see the next test.
        Entry(.transferred, true, [.answered, .classified, .progress], [.closed, .analysis]),
        Entry(.answered, true, [.progress], [.checked, .analysis]),
        Entry(.reopened, true, [.transferred, .classified, .progress], [.closed, .analysis]),
        Entry(.reopened, false, [.transferred, .classified, .closed, .progress], [.analysis]),
        Entry(.closed, true, [.progress], [.reopened, .analysis]),
        Entry(.closed, false, [.reopened, .progress], [.analysis]),
    ]

    @Test func `each side may do in each state what the rule says, and nothing else`() throws {
        for entry in Self.rule {
            let complaint = try complaint(entry.state, wasPassedOn: entry.wasPassedOn)
            func allowed(_ side: ComplaintSide) -> Set<ComplaintStep.Kind> {
                Set(Step.allCases.filter { complaint.allows($0, by: side) })
            }
            #expect(allowed(.entity) == entry.both, "the entity, \(entry)")
            #expect(allowed(.alliance) == entry.both.union(entry.board), "the alliance, \(entry)")
        }
        #expect(Set(Self.rule.map(\.state)) == Set(Complaint.State.allCases))
    }

    @Test(arguments: [
        (Complaint.State.filed, Complaint.Risk.simple, true), (.filed, .none, true), (.filed, .vital, true),
        (.transferred, .simple, false), (.transferred, .none, false), (.transferred, .priority, false),
        (.transferred, .vital, true), (.reopened, .simple, false), (.reopened, .vital, true),
    ])
    func `once the entity has it, its office may raise the risk and not lower it`(
        state: Complaint.State, risk: Complaint.Risk, isAllowed: Bool
    ) throws {
        let complaint = try complaint(state)
        #expect(complaint.allowsSorting(as: risk, by: .entity) == isAllowed)
        #expect(complaint.allowsSorting(as: risk, by: .alliance))
        // What is vital cannot be raised.
        #expect(try self.complaint(state, risk: .vital).allows(.classified, by: .entity) == (state == .filed))
    }

    @Test func `a risk that is raised gives the entity no more time, whatever the new term`() throws {
        func course(
            sortedAs risk: Complaint.Risk, hours: Int, isConfirmed: Bool
        ) throws -> ComplaintDeadline? {
            let complaint = try complaint(.transferred)
            let term = ComplaintTerm(
                kind: .healthClaim, risk: risk, unit: .hours, amount: hours, norm: "Norma",
                isConfirmed: isConfirmed)
            var course = ComplaintCourse(of: complaint)
            try course.sort(
                as: ComplaintContent(
                    kind: .healthClaim, risk: risk, category: .other, entity: "EPS", account: "A"),
                within: term)
            return course.due
        }
        let start = try #require(ColombianTime.instant("2026-03-02T09:00"))
        func due(_ hours: Int, _ isConfirmed: Bool) -> ComplaintDeadline {
            ComplaintDeadline(end: start.addingTimeInterval(Double(hours) * 3600), isConfirmed: isConfirmed)
        }
        #expect(try course(sortedAs: .vital, hours: 24, isConfirmed: true) == due(24, true))
        #expect(try course(sortedAs: .vital, hours: 24, isConfirmed: false) == due(48, true))
        #expect(try course(sortedAs: .vital, hours: 72, isConfirmed: true) == due(48, true))
        #expect(try course(sortedAs: .simple, hours: 72, isConfirmed: true) == due(72, true))
    }

    // MARK: The command

    private struct Scene {
        let setting: Setting
        let office: Principal
        let board: Principal
        let id: ID<Complaint>

        var alliance: ID<Alliance> { setting.alliance.id }
        var now: Date { setting.tenants.clock.now }

        func follow(
            _ news: FollowComplaint.News, by principal: Principal, at moment: Date? = nil,
            proof: StoredFile? = nil
        ) async throws {
            try await setting.tenants.runner.run(
                FollowComplaint(id, of: alliance, news, note: "Nota", at: moment, proof: proof), as: principal
            )
        }

        func check(_ verdict: Complaint.Outcome, endsIt: Bool = false) async throws {
            try await setting.tenants.runner.run(
                CheckComplaint(id, of: alliance, found: verdict, note: "Nota", endsIt: endsIt), as: board)
        }

        func complaint() async throws -> Complaint {
            try await setting.fetch(ReadComplaint(id, of: alliance)).complaint
        }
    }

    /// A claim of a vital risk, with confirmed terms.
    private func scene() async throws -> Scene {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        for (risk, hours) in [(Complaint.Risk.vital, 24), (.priority, 48), (.simple, 72)] {
            try await setting.run(
                ConfirmComplaintTerm(.healthClaim, risk, hours, .hours, norm: "Procedimiento PQRD-02"))
        }
        let alliance = setting.alliance.id
        let id = try await setting.run(
            FileComplaint(
                ComplaintContent(
                    kind: .healthClaim, risk: .priority, category: .appointments, entity: "EPS de prueba",
                    account: "No dan cita hace un mes"), of: alliance, through: .inPerson, from: .desk)
        ).id
        return Scene(
            setting: setting,
            office: try await setting.tenants.principal(.office, of: setting.organization),
            board: try await setting.tenants.principal(
                .board, of: setting.organization, in: .alliance(alliance), email: "junta@ejemplo.invalid"),
            id: id)
    }

    @Test func `the entity's office cannot win time: no second transfer, no lower risk, no end of its own`()
        async throws
    {
        let scene = try await scene()
        try await scene.follow(.transferred(to: "Oficina", reference: "1"), by: scene.office)
        let due = try #require(try await scene.complaint().dueAt)
        scene.setting.tenants.clock.advance(by: 49 * 3600)
        func isLate() async throws -> Bool {
            if case .late = try await scene.complaint().standing(at: scene.now) { true } else { false }
        }
        #expect(try await isLate())
        for principal in [scene.office, scene.board] {
            await #expect(throws: ComplaintError.outOfTurn) {
                try await scene.follow(.transferred(to: "Oficina", reference: "2"), by: principal)
            }
        }
        let refused: [FollowComplaint.News] = [
            .classified(.healthClaim, .simple), .classified(.complaint, nil), .closed(.withdrawn),
            .closed(.oriented),
        ]
        for news in refused {
            await #expect(throws: ComplaintError.notEntitysToDecide, "\(news)") {
                try await scene.follow(news, by: scene.office)
            }
        }
        #expect(try await isLate())
        #expect(try await scene.complaint().dueAt == due)
        // The board may find that it was less than it seemed; the office may find that it is more.
        try await scene.follow(.classified(.healthClaim, .simple), by: scene.board)
        #expect(try await !isLate())
        try await scene.follow(.classified(.healthClaim, .vital), by: scene.office)
        #expect(try await isLate())
    }

    @Test func `an answer is not dated back by the entity without the paper that shows it`() async throws {
        let scene = try await scene()
        let filed = scene.now
        scene.setting.tenants.clock.advance(by: 3600)
        try await scene.follow(.transferred(to: "Oficina", reference: "1"), by: scene.office)
        let transferred = scene.now
        scene.setting.tenants.clock.advance(by: 72 * 3600)
        await #expect(throws: ComplaintError.momentOutOfPlace) {
            try await scene.follow(.answered(reference: "R"), by: scene.office, at: filed)
        }
        await #expect(throws: ComplaintError.answerUnproven) {
            try await scene.follow(
                .answered(reference: "R"), by: scene.office, at: transferred.addingTimeInterval(3600))
        }
        try await scene.follow(
            .answered(reference: "R"), by: scene.office, at: transferred.addingTimeInterval(3600),
            proof: scene.setting.paper())
        #expect(try await scene.complaint().wasAnsweredLate == false)
        // Whoever reads it sees when it was written.
        let step = try await scene.setting.fetch(ReadComplaint(scene.id, of: scene.alliance)).steps.last
        #expect(step?.recordedAt == scene.now)

        // After it was taken up again, nothing happens before that.
        try await scene.check(.notCorrected)
        let reopened = scene.now
        scene.setting.tenants.clock.advance(by: 3600)
        await #expect(throws: ComplaintError.momentOutOfPlace) {
            try await scene.follow(
                .transferred(to: "Oficina", reference: "2"), by: scene.office,
                at: reopened.addingTimeInterval(-3600))
        }
        try await scene.follow(.transferred(to: "Oficina", reference: "2"), by: scene.office)
        #expect(try await scene.complaint().dueAt == scene.now.addingTimeInterval(48 * 3600))
    }

    @Test func `a late answer is not forgotten by what happens later`() async throws {
        let scene = try await scene()
        try await scene.follow(.transferred(to: "Oficina", reference: "1"), by: scene.office)
        scene.setting.tenants.clock.advance(by: 60 * 3600)
        try await scene.follow(.answered(reference: "R"), by: scene.office)
        #expect(try await scene.complaint().wasAnsweredLate == true)
        await #expect(throws: ComplaintError.outOfTurn) {
            try await scene.follow(.classified(.healthClaim, .simple), by: scene.board)
        }
        try await scene.check(.notCorrected)
        try await scene.follow(.classified(.healthClaim, .simple), by: scene.board)
        let reopened = try await scene.complaint()
        #expect(reopened.wasAnsweredLate == true)
        #expect(reopened.standingDueAt == nil)
        try await scene.follow(.closed(.withdrawn), by: scene.board)
        #expect(try await scene.complaint().wasAnsweredLate == true)
        await #expect(throws: ComplaintError.notEntitysToDecide) {
            try await scene.follow(.reopened, by: scene.office)
        }
        try await scene.follow(.reopened, by: scene.board)
        #expect(try await scene.complaint().wasAnsweredLate == true)
    }

    @Test func `of two who sort a complaint at once, neither writes over what the other read`() async throws {
        let scene = try await scene()
        try await scene.follow(.transferred(to: "Oficina", reference: "1"), by: scene.office)
        let risks: [Complaint.Risk] = [.vital, .simple, .vital, .simple, .vital, .simple]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for risk in risks {
                group.addTask { try await scene.follow(.classified(.healthClaim, risk), by: scene.board) }
            }
            try await group.waitForAll()
        }
        let answer = try await scene.setting.fetch(ReadComplaint(scene.id, of: scene.alliance))
        let last = try #require(answer.steps.last { $0.dueAt != nil })
        #expect(answer.complaint.dueAt == last.dueAt)
        #expect(
            answer.complaint.dueAt
                == answer.complaint.transferredAt?.addingTimeInterval(
                    answer.complaint.content.risk == .vital ? 24 * 3600 : 72 * 3600))
    }
}

import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Trainings: topics and answers, the programme, who stayed, how it was found; and work groups. 13 March 2026 is today.
@Suite struct TrainingTests {
    // MARK: Who stayed

    private func stay(
        _ name: String, _ arrived: Double, _ left: Double?, capacity: Attendance.Capacity = .user,
        person: ID<Person>? = nil, undone: Bool = false
    ) -> Attendance {
        let start = Date(timeIntervalSince1970: 1_773_400_000)
        return Attendance(
            id: ID(), person: person, mandate: nil, name: name, document: nil, capacity: capacity,
            represents: nil, way: .inPerson, method: .list, arrivedAt: start + arrived * 60,
            leftAt: left.map { start + $0 * 60 }, undoneAt: undone ? start : nil, sameAs: nil,
            capturedAt: nil, sheetCode: nil, recordedAt: start)
    }

    @Test func `who came stayed for so much of the session, several stays together`() throws {
        let start = Date(timeIntervalSince1970: 1_773_400_000)
        let session = Meeting.Session(
            openedAt: start, call: nil, entitled: 0, closedAt: start + 100 * 60)
        let person = ID<Person>()
        let trainees = Trainee.all(
            [
                // Before it opened and after it closed counts for nothing.
                stay("Ana", -30, nil), stay("Luis", 21, 101), stay("Rosa", 0, 40, person: person),
                stay("Rosa", 60, 100, person: person), stay("Eva", 90, 130),
                stay("Quien dicta", 0, nil, capacity: .facilitator), stay("Nadie", 0, nil, undone: true),
            ], in: session)
        #expect(trainees.map(\.name) == ["Ana", "Luis", "Rosa", "Eva"])
        #expect(trainees.map(\.stayed) == [100, 79, 80, 10])
        let training = try Training(
            year: 2026, month: 3, topic: "Rutas", audience: .users, provider: "EPS")
        #expect(trainees.map { $0.isCertified(of: training) } == [true, false, true, false])
        let open = Meeting.Session(openedAt: start, call: nil, entitled: 0)
        #expect(Trainee.all([stay("Ana", 0, nil)], in: open).isEmpty)
    }

    @Test(arguments: [([Int](), nil), ([5], 50), ([5, 4], 45), ([1, 2, 2], 17), ([5, 5, 4], 47)])
    func `a mean is rounded to tenths`(marks: [Int], mean: Int?) throws {
        let evaluations = try marks.map { try TrainingEvaluation(content: $0, trainer: 3, usefulness: 3) }
        #expect(TrainingEvaluation.mean(of: \.content, over: evaluations) == mean)
    }

    @Test func `a mark is from one to five`() {
        for mark in [0, 6] {
            #expect(throws: TrainingError.unknownMark) {
                try TrainingEvaluation(content: mark, trainer: 3, usefulness: 3)
            }
        }
    }

    // MARK: Topics and programme

    @Test func `a user who is no member proposes a topic, and reads the answer by the code`() async throws {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        let alliance = setting.alliance.id
        let server = Principal.system(in: setting.organization.id)
        let code = ReadableCode.random(groups: 4)
        func suggest(_ topic: String, because reason: String? = nil) async throws {
            try await setting.tenants.runner.run(
                SuggestTopic(topic, of: alliance, because: reason, code: code), as: server)
        }
        func follow(_ code: ReadableCode) async throws -> TopicProposal? {
            try await setting.tenants.runner.fetch(FollowTopic(by: code, in: alliance), as: server)
        }
        #expect(throws: TrainingError.untitled) {
            try SuggestTopic("  ", of: alliance, because: nil, code: code)
        }
        // What tells of somebody's health is stopped, as in a complaint.
        await #expect(throws: InvalidInput.self) {
            try await suggest("Rutas", because: "Mi cédula es 1.067.890.123")
        }
        try await suggest("Cómo pedir una cita")
        let topic = try #require(try await follow(code))
        #expect(topic.origin == .user)
        #expect(topic.answer == nil)
        await #expect(throws: TrainingError.alreadyProposed) { try await suggest("Cómo pedir una cita") }
        let waiting = try await setting.read { transaction in
            try await TopicsToAnswer().items(
                in: transaction, on: topic.proposedOn, at: Date(timeIntervalSince1970: 1_773_400_000))
        }
        #expect(waiting.map(\.count) == [1])
        try await setting.run(
            AnswerTopic(topic.id, of: alliance, isAccepted: true, with: "En mayo, en San Antero"))
        #expect(try await follow(code)?.answer?.words == "En mayo, en San Antero")
        #expect(try await follow(.random(groups: 4)) == nil)
    }

    @Test func `a topic is proposed once, answered once, and becomes a training that the plan counts`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let plan = try WorkPlan(
            year: 2026, title: "Plan 2026", objective: "Participar",
            activities: [
                ActivityTerms(
                    axis: .citizens, activity: "Usuarios", target: ActivityTerms.Target(2, "talleres"),
                    fulfilledBy: [.training]),
                ActivityTerms(
                    axis: .culture, activity: "Integrantes", target: ActivityTerms.Target(2, "talleres"),
                    fulfilledBy: [.training]),
            ], topics: [.users: ["Rutas de atención", "Alimentación"]])
        try await setting.run(StartPlan(plan, of: alliance))
        func propose(_ topic: String) async throws -> ID<TopicProposal> {
            try await setting.run(
                ProposeTopic(topic, of: alliance, in: 2026, for: .users, from: .member))
        }
        let own = try await propose("Rutas de atención")
        await #expect(throws: TrainingError.alreadyProposed) { _ = try await propose("Rutas de atención") }
        // Of the plan's topics one was proposed already.
        #expect(try await setting.run(ProposePlanTopics(of: alliance, in: 2026)) == 1)
        await #expect(throws: TrainingError.nothingToPropose) {
            _ = try await setting.run(ProposePlanTopics(of: alliance, in: 2026))
        }
        #expect(throws: TrainingError.answerMissing) {
            try AnswerTopic(own, of: alliance, isAccepted: true, with: " ")
        }
        try await setting.run(AnswerTopic(own, of: alliance, isAccepted: true, with: "En marzo"))
        await #expect(throws: TrainingError.alreadyAnswered) {
            try await setting.run(AnswerTopic(own, of: alliance, isAccepted: false, with: "No"))
        }
        let topics = try await setting.fetch(ReadTrainings(of: alliance)).topics
        #expect(topics.map { $0.answer?.words } == [nil, "En marzo"])

        let training = try Training(
            year: 2026, month: 3, topic: "Rutas de atención", audience: .users, provider: "La EPS",
            activity: plan.activities[0].id, proposal: own)
        try await setting.run(PlanTraining(training, of: alliance))
        await #expect(throws: PlanError.activityNotFound) {
            try await setting.run(
                PlanTraining(
                    Training(
                        year: 2026, month: 3, topic: "Otra", audience: .users, provider: "La EPS",
                        activity: ID()), of: alliance))
        }
        let meeting = try Meeting(kind: .training, title: training.topic, day: day("2026-03-12"))
        try await setting.run(ScheduleTraining(training.id, of: alliance, in: meeting))
        await #expect(throws: TrainingError.alreadyScheduled) {
            try await setting.run(
                ScheduleTraining(
                    training.id, of: alliance,
                    in: Meeting(kind: .training, title: "Otra", day: day("2026-03-13"))))
        }
        await #expect(throws: TrainingError.alreadyScheduled) {
            try await setting.run(DropTraining(training.id, of: alliance, because: "No hay sala"))
        }
        let evaluation = try TrainingEvaluation(content: 5, trainer: 4, usefulness: 5, remark: "Más tiempo")
        await #expect(throws: TrainingError.notHeld) {
            try await setting.run(EvaluateTraining(evaluation, of: training.id, in: alliance))
        }
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "1", datedOn: day("2026-03-12"), attendees: 9,
                narrative: ["Taller."]))
        try await setting.run(EvaluateTraining(evaluation, of: training.id, in: alliance))
        let read = try await setting.fetch(ReadTraining(training.id, of: alliance))
        #expect(read.evaluations == [evaluation] && read.trainees.isEmpty)
        await #expect(throws: TrainingError.notThere) {
            try await setting.run(
                EvaluateOwnTraining(evaluation, by: ID(), of: training.id, in: alliance))
        }
        // It was given for one activity, and counts for that alone.
        let counted = try await setting.fetch(ReadPlan(of: alliance, in: 2026)).fulfilment
        #expect(counted?.activities.map(\.measured) == [1, 0])
    }

    @Test func `who evaluates a training and what is said of it stand apart, in the chain too`() async throws
    {
        let setting = try await Setting.make()
        let (organization, alliance) = (setting.organization.id, setting.alliance.id)
        let training = try Training(
            year: 2026, month: 3, topic: "Rutas de atención", audience: .members, provider: "La EPS")
        try await setting.run(PlanTraining(training, of: alliance))
        let meeting = try Meeting(kind: .training, title: training.topic, day: day("2026-03-12"))
        try await setting.run(ScheduleTraining(training.id, of: alliance, in: meeting))
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "1", datedOn: day("2026-03-12"), attendees: 2,
                narrative: ["Taller."]))
        let now = setting.tenants.clock.now
        var users: [ID<User>] = []
        for index in 0..<2 {
            try await setting.write {
                try await $0.execute(
                    """
                    insert into governance.attendances (
                        organization_id, attendance_id, meeting_id, person_id, name, capacity, way, method,
                        arrived_at, recorded_at)
                    values (
                        \(organization), \(UUID()), \(meeting.id), \(setting.people[index]), 'Asistente',
                        'entitled', 'in_person', 'list', \(now), \(now))
                    """)
            }
            users.append(
                try await setting.tenants.invite(
                    .member, of: setting.organization, in: .alliance(alliance),
                    document: IdentityDocument(type: .cedula, number: Setting.documents[index])
                ).user)
        }
        func evaluate(_ user: ID<User>, _ marks: Int) async throws {
            try await setting.tenants.runner.run(
                EvaluateOwnTraining(
                    TrainingEvaluation(content: marks, trainer: marks, usefulness: marks, remark: nil),
                    by: user, of: training.id, in: alliance),
                as: .system(in: organization))
        }
        try await evaluate(users[0], 5)
        try await evaluate(users[1], 1)
        await #expect(throws: TrainingError.alreadyEvaluated) { try await evaluate(users[0], 1) }
        // In an order that is not that of their coming.
        #expect(
            try await setting.fetch(ReadTraining(training.id, of: alliance)).evaluations.map(\.content) == [
                1, 5,
            ])
        let told = try await setting.read {
            try await $0.values(
                """
                select actor_kind || coalesce(actor_id::text, '') from tenancy.audit_events
                where action = 'governance.training.evaluated'
                """, as: String.self)
        }
        #expect(told == ["system", "system"])
        // Version 4: an identifier that tells no time.
        let versions = try await setting.read {
            try await $0.values(
                "select substr(evaluation_id::text, 15, 1) from governance.training_evaluations",
                as: String.self)
        }
        #expect(versions == ["4", "4"])
        let columns = try await setting.read {
            try await $0.values(
                """
                select attname::text from pg_attribute
                where attrelid = 'governance.training_evaluations'::regclass and attnum > 0 and not attisdropped
                    and atttypid in ('date'::regtype, 'timestamptz'::regtype)
                """, as: String.self)
        }
        #expect(columns == [])
    }

    @Test func `a training that will not be given says why`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let training = try Training(
            year: 2026, month: 5, topic: "Normas", audience: .members, provider: "Secretaría")
        try await setting.run(PlanTraining(training, of: alliance))
        try await setting.run(DropTraining(training.id, of: alliance, because: "La dio otra entidad"))
        await #expect(throws: TrainingError.dropped) {
            try await setting.run(
                ScheduleTraining(
                    training.id, of: alliance,
                    in: Meeting(kind: .training, title: "Normas", day: day("2026-05-12"))))
        }
        let programme = try await setting.fetch(ReadTrainings(of: alliance)).programme
        #expect(programme.map(\.training.dropReason) == ["La dio otra entidad"])
    }

    // MARK: Work groups

    @Test func `a work group is charged, joined, left and ended with its report`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func group(_ name: String = "Comité de estatutos", ends: String? = "2026-03-12") throws -> WorkGroup {
            try WorkGroup(
                kind: .committee, name: name, charge: "Revisar los estatutos", beganOn: day("2026-02-01"),
                endsOn: ends.map(day))
        }
        #expect(throws: WorkGroupError.endsBeforeItBegins) { try group(ends: "2026-01-31") }
        #expect(throws: WorkGroupError.unnamed) { try group(" ") }
        let id = try await setting.run(ChargeGroup(group(), of: alliance))
        await #expect(throws: WorkGroupError.nameTaken) {
            _ = try await setting.run(ChargeGroup(group(), of: alliance))
        }
        func join(_ number: String, _ role: WorkGroupMember.Role) async throws {
            try await setting.run(
                JoinGroup(IdentityDocument(type: .cedula, number: number), as: role, of: id, in: alliance))
        }
        try await join("1001", .coordinator)
        try await join("1002", .member)
        await #expect(throws: WorkGroupError.alreadyIn) { try await join("1002", .member) }
        await #expect(throws: WorkGroupError.personNotFound) { try await join("999999", .member) }
        var answer = try await setting.fetch(ReadWorkGroups(of: alliance))
        let members = try #require(answer.members[id])
        #expect(members.map(\.name) == ["Rosa Arrieta", "Luis Burgos"])
        #expect(try answer.groups[0].isLate(on: day("2026-03-13")))
        try await setting.run(LeaveGroup(members[1].id, of: id, in: alliance))
        await #expect(throws: WorkGroupError.notIn) {
            try await setting.run(LeaveGroup(members[1].id, of: id, in: alliance))
        }
        #expect(throws: WorkGroupError.reportMissing) {
            try WorkGroup.End(on: day("2026-03-13"), because: "Cumplió", report: " ")
        }
        let end = try WorkGroup.End(on: day("2026-03-13"), because: "Cumplió", report: "Se propone reformar.")
        try await setting.run(EndGroup(id, of: alliance, end, paper: setting.paper()))
        await #expect(throws: WorkGroupError.ended) { try await join("1003", .member) }
        answer = try await setting.fetch(ReadWorkGroups(of: alliance))
        #expect(answer.groups[0].end?.report == "Se propone reformar." && answer.groups[0].end?.file != nil)
        #expect(try answer.members[id]?.allSatisfy { try $0.leftOn == day("2026-03-13") } == true)
        // A name is free again, and both acts are what the plan counts.
        try await setting.run(ChargeGroup(group(), of: alliance))
        let days = try day("2026-01-01")...day("2026-12-31")
        let happened = try await setting.read {
            try await $0.happenings([.workGroup, .groupReport], of: alliance, in: days)
        }
        #expect(happened.map(\.kind) == [.workGroup, .workGroup, .groupReport])
    }
}

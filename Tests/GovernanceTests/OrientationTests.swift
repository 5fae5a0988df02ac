import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Orientations: what may not be written, whose they are, what waits, and what the plan counts.
@Suite struct OrientationTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await BetweenCatalogues.load(into: setting)
        return setting
    }

    private func orientation(
        on text: String = "2026-03-10", topic: String = "appointments", other: String? = nil,
        people: Int = 1, note: String? = nil, followUp: String? = nil
    ) throws -> Orientation {
        try Orientation(
            givenOn: day(text), topic: topic, otherTopic: other, entity: "EPS de prueba",
            channel: .inPerson, people: people, outcome: .informed, note: note,
            giver: Orientation.Giver("Vocal de la junta", as: .board),
            followUp: try followUp.map { Orientation.FollowUp(dueOn: try day($0)) })
    }

    private func counted(_ kind: Happening.Kind, in setting: Setting) async throws -> Int {
        try await setting.read {
            try await $0.happenings(
                [kind], of: setting.alliance.id, in: day("2026-01-01")...day("2026-12-31"))
        }.reduce(0) { $0 + $1.amount }
    }

    @Test func `the plan counts orientations and people, but for those that were a mistake`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        try await setting.run(RecordOrientation(orientation(people: 4), of: alliance))
        let mistake = try await setting.run(RecordOrientation(orientation(people: 7), of: alliance))
        #expect(try await counted(.orientation, in: setting) == 2)
        #expect(try await counted(.orientedPerson, in: setting) == 11)
        try await setting.run(WithdrawOrientation(mistake, of: alliance, because: "Estaba repetida"))
        #expect(try await counted(.orientation, in: setting) == 1)
        #expect(try await counted(.orientedPerson, in: setting) == 4)
        await #expect(throws: OrientationError.notFound) {
            try await setting.run(WithdrawOrientation(mistake, of: alliance, because: "Otra vez"))
        }
        let year = try await setting.fetch(ReadOrientationYear(2026, of: alliance))
        #expect(year.counts == [OrientationCount(topic: "appointments", month: 3, acts: 1, people: 4)])
    }

    @Test(arguments: ["Tiene diabetes y no le dan cita", "Es la señora de la cédula 25.781.234"])
    func `nothing of health nor of who was told is kept`(note: String) async throws {
        let setting = try await setting()
        await #expect(throws: InvalidInput.self) {
            try await setting.run(RecordOrientation(orientation(note: note), of: setting.alliance.id))
        }
        #expect(try await setting.fetch(ReadOrientations(of: setting.alliance.id)).orientations.isEmpty)
    }

    @Test func `a topic is of the list, or told in words`() async throws {
        let setting = try await setting()
        #expect(throws: OrientationError.topicMissing) { try orientation(topic: "other") }
        await #expect(throws: OrientationError.topicMissing) {
            try await setting.run(RecordOrientation(orientation(topic: "nada"), of: setting.alliance.id))
        }
        try await setting.run(
            RecordOrientation(orientation(topic: "other", other: "Póliza"), of: setting.alliance.id))
        let answer = try await setting.fetch(ReadOrientations(of: setting.alliance.id))
        #expect(answer.orientations.map { answer.topics.title(of: $0) } == ["Póliza"])
    }

    @Test(arguments: ["2026-03-14", "2024-01-01"])
    func `none is of the future, nor of years ago`(text: String) async throws {
        let setting = try await setting()
        await #expect(throws: OrientationError.dayOutOfPlace) {
            try await setting.run(RecordOrientation(orientation(on: text), of: setting.alliance.id))
        }
    }

    @Test func `what is to be done later waits until it is told`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            RecordOrientation(orientation(followUp: "2026-03-12"), of: alliance))
        func waiting() async throws -> Int {
            try await setting.read { transaction in
                try await OrientationsToFollow().items(
                    in: transaction, on: day("2026-03-13"), at: setting.tenants.clock.now)
            }.map(\.count).reduce(0, +)
        }
        #expect(try await waiting() == 1)
        try await setting.run(
            FollowOrientation(id, of: alliance, on: day("2026-03-13"), note: "Ya tiene la cita"))
        #expect(try await waiting() == 0)
        await #expect(throws: OrientationError.nothingWaits) {
            try await setting.run(
                FollowOrientation(id, of: alliance, on: day("2026-03-13"), note: "Otra vez"))
        }
    }

    @Test func `a member records their own under their name and sees nobody else's`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let runner = setting.tenants.runner
        let member = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(alliance))
        let other = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(alliance))
        let own = try await runner.run(RecordOwnOrientation(orientation(), of: alliance), as: member)
        let kept = try await setting.fetch(ReadOrientation(own, of: alliance)).orientation
        // Whoever is on no board does not say that they are.
        #expect(kept.giver.capacity == .member)
        #expect(kept.giver.name != "Vocal de la junta")
        await #expect(throws: AccessError.self) {
            try await runner.run(RecordOrientation(orientation(), of: alliance), as: member)
        }
        await #expect(throws: AccessError.self) {
            try await runner.fetch(ReadOrientations(of: alliance), as: member)
        }
        #expect(
            try await runner.fetch(ReadOwnOrientations(in: alliance), as: member).orientations.map(\.id)
                == [own])
        #expect(try await runner.fetch(ReadOwnOrientations(in: alliance), as: other).orientations.isEmpty)
        await #expect(throws: OrientationError.notFound) {
            _ = try await runner.fetch(ReadOrientation(own, of: alliance), as: other)
        }
        await #expect(throws: OrientationError.notFound) {
            try await runner.run(WithdrawOrientation(own, of: alliance, because: "No es mía"), as: other)
        }
        try await runner.run(WithdrawOrientation(own, of: alliance, because: "Me equivoqué"), as: member)
    }

    @Test func `another one like it has today's day and nothing that was told of the first`() throws {
        let first = try orientation(note: "Preguntó dos veces", followUp: "2026-03-20")
        let again = try first.repeated(on: day("2026-03-13"))
        #expect(again.id != first.id)
        #expect(try again.givenOn == day("2026-03-13"))
        #expect(again.note == nil && again.followUp == nil)
        #expect(again.topic == first.topic && again.entity == first.entity)
    }
}

/// The catalogues that are read between meetings.
enum BetweenCatalogues {
    static func load(into setting: Setting) async throws {
        let folder = TestDatabase.repository.appending(path: "sql/data")
        try await ComplaintCatalogue(folder: folder).load(into: setting.tenants.database)
        try await OrientationCatalogue(folder: folder).load(into: setting.tenants.database)
        try await LetterCatalogue(folder: folder).load(into: setting.tenants.database)
    }
}

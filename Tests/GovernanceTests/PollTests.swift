import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Quick polls: answered once, counted with paper, and broken down only where that finds nobody out.
@Suite struct PollTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    private func opened(
        in setting: Setting, isPublic: Bool = true, from: String = "2026-03-01", to: String = "2026-03-31"
    ) async throws -> Poll {
        let poll = try Poll(
            title: "Horario de la farmacia", purpose: "Proponer un horario", opensOn: day(from),
            closesOn: day(to), isPublic: isPublic, takesComments: true,
            questions: [
                Poll.Question(.single, "¿Abrir los sábados?", options: ["Sí", "No", "Sí"]),
                Poll.Question(.multiple, "¿A qué horas?", options: ["Mañana", "Tarde", "Noche"]),
                Poll.Question(.scale, "¿Cómo es la atención?"),
            ])
        try await setting.run(OpenPoll(poll, of: setting.alliance.id))
        return poll
    }

    private func answer(
        _ poll: Poll, _ choices: [[Int]], from mark: PollMark, comment: String? = nil, in setting: Setting
    ) async throws {
        try await setting.run(
            AnswerPoll(choices, comment: comment, to: poll.id, of: setting.alliance.id, from: mark))
    }

    private func device(_ number: Int) -> PollMark { .device(HashDigest(of: Array("\(number)".utf8))) }

    @Test func `a question has answers to choose from, each once; a scale brings its own`() throws {
        #expect(throws: PollError.optionsOutOfRange) {
            try Poll.Question(.single, "¿Sí?", options: ["Sí", "Sí"])
        }
        #expect(try Poll.Question(.scale, "¿Cómo?", options: ["otro"]).options == ["1", "2", "3", "4", "5"])
    }

    @Test func `answers come once from each account and device, and only while it is open`() async throws {
        let setting = try await setting()
        let poll = try await opened(in: setting)
        try await answer(poll, [[0], [0, 2], [3]], from: device(1), in: setting)
        await #expect(throws: PollError.answeredAlready) {
            try await answer(poll, [[1], [], []], from: device(1), in: setting)
        }
        await #expect(throws: PollError.answerUnknown) {
            try await answer(poll, [[0, 1], [], []], from: device(2), in: setting)
        }
        await #expect(throws: PollError.nothingAnswered) {
            try await answer(poll, [[], [], []], from: device(2), in: setting)
        }
        await #expect(throws: InvalidInput.self) {
            try await answer(poll, [[0], [], []], from: device(2), comment: "Tengo diabetes", in: setting)
        }
        let later = try await opened(in: setting, from: "2026-03-20")
        await #expect(throws: PollError.notOpen) {
            try await answer(later, [[0], [], []], from: device(1), in: setting)
        }
        // A poll of members takes nothing from a link.
        let own = try await opened(in: setting, isPublic: false)
        await #expect(throws: PollError.notFound) {
            try await answer(own, [[0], [], []], from: device(1), in: setting)
        }
    }

    @Test func `screens and paper are told apart and summed, and a few answers are not broken down`()
        async throws
    {
        let setting = try await setting()
        let (poll, alliance) = (try await opened(in: setting), setting.alliance.id)
        for number in 1...3 {
            try await answer(poll, [[0], [0, 1], [4]], from: device(number), in: setting)
        }
        func result() async throws -> PollResult {
            try await setting.fetch(ReadPoll(poll.id, of: alliance)).result
        }
        #expect(try await !result().mayBeBrokenDown)
        func count(_ counts: [[Int]]) throws -> CountPollSheets {
            CountPollSheets(
                try PollTally(place: "Asamblea", sheets: 2, countedOn: day("2026-03-10"), counts: counts),
                of: poll.id, in: alliance)
        }
        await #expect(throws: PollError.countTooHigh(question: 1)) {
            try await setting.run(count([[2, 1], [0, 0, 0], [0, 0, 0, 0, 0]]))
        }
        try await setting.run(count([[0, 2], [2, 2, 2], [0, 0, 0, 1, 1]]))
        let whole = try await result()
        #expect(whole.answers == 5 && whole.mayBeBrokenDown)
        #expect(whole.lines[0].onScreen == [3, 0] && whole.lines[0].onPaper == [0, 2])
        #expect((0..<3).map(whole.lines[1].total) == [5, 5, 2])
        let tally = try #require(try await setting.fetch(ReadPoll(poll.id, of: alliance)).tallies.first)
        try await setting.run(WithdrawPollTally(tally.id, of: poll.id, in: alliance, because: "Repetido"))
        #expect(try await result().answers == 3)
    }

    @Test
    func `a closed poll counts for the plan, takes nothing more, and one that nobody answered does not`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let poll = try await opened(in: setting)
        let empty = try await opened(in: setting)
        try await answer(poll, [[0], [], []], from: device(1), in: setting)
        for id in [poll.id, empty.id] { try await setting.run(ClosePoll(id, of: alliance)) }
        await #expect(throws: PollError.closed) { try await setting.run(ClosePoll(poll.id, of: alliance)) }
        await #expect(throws: PollError.notOpen) {
            try await answer(poll, [[0], [], []], from: device(2), in: setting)
        }
        let counted = try await setting.read {
            try await $0.happenings([.heldPoll], of: alliance, in: day("2026-03-13")...day("2026-03-13"))
        }
        #expect(counted.map(\.id) == [poll.id.rawValue])
    }
}

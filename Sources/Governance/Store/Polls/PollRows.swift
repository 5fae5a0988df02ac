import Foundation
import Kernel
import Postgres
import Tenancy

struct PollRow: RowDecodable {
    let id: ID<Poll>
    let title: String
    let purpose: String
    let opensOn: CalendarDate
    let closesOn: CalendarDate
    let isPublic: Bool
    let takesComments: Bool
    let code: String
    let closedOn: CalendarDate?

    init(row: Row) throws(RowError) {
        id = try row["poll_id"]
        title = try row["title"]
        purpose = try row["purpose"]
        opensOn = try row["opens_on"]
        closesOn = try row["closes_on"]
        isPublic = try row["is_public"]
        takesComments = try row["takes_comments"]
        code = try row["code"]
        closedOn = try row["closed_on"]
    }

    func poll(asking questions: [Poll.Question]) throws(PollError) -> Poll {
        try Poll(
            id: id, title: title, purpose: purpose, opensOn: opensOn, closesOn: closesOn, isPublic: isPublic,
            takesComments: takesComments, code: code, closedOn: closedOn, questions: questions)
    }
}

struct QuestionRow: RowDecodable {
    let poll: ID<Poll>
    let question: Poll.Question

    init(row: Row) throws(RowError) {
        poll = try row["poll_id"]
        let kind: Poll.Question.Kind = try row["kind"]
        let words: String = try row["words"]
        let options: [String] = try row["options"]
        do {
            question = try Poll.Question(kind, words, options: options)
        } catch {
            throw RowError(unreadable: "words", because: error)
        }
    }
}

struct TallyRow: RowDecodable {
    let id: ID<PollTally>
    let place: String
    let sheets: Int
    let countedOn: CalendarDate
    let file: ID<StoredFile>?
    let withdrawal: String?

    init(row: Row) throws(RowError) {
        id = try row["tally_id"]
        place = try row["place"]
        sheets = try row["sheets"]
        countedOn = try row["counted_on"]
        file = try row["file_id"]
        withdrawal = try row["withdrawal_reason"]
    }

    func tally(of poll: Poll, counting counts: [CountRow]) throws(PollError) -> PollTally {
        try PollTally(
            id: id, place: place, sheets: sheets, countedOn: countedOn, file: file,
            counts: poll.questions.enumerated().map { index, question in
                question.options.indices.map { option in
                    counts.first { $0.question == index + 1 && $0.option == option + 1 }?.people ?? 0
                }
            }, withdrawal: withdrawal)
    }
}

struct CountRow: RowDecodable {
    let tally: ID<PollTally>
    let question: Int
    let option: Int
    let people: Int

    init(row: Row) throws(RowError) {
        tally = try row["tally_id"]
        question = try row["question"]
        option = try row["option"]
        people = try row["people"]
    }
}

struct PollCount: RowDecodable {
    let poll: ID<Poll>
    let answers: Int

    init(row: Row) throws(RowError) {
        poll = try row["poll_id"]
        answers = try row["answers"]
    }
}

struct ChosenRow: RowDecodable {
    let question: Int
    let option: Int
    let people: Int

    init(row: Row) throws(RowError) {
        question = try row["question"]
        option = try row["option"]
        people = try row["people"]
    }
}

import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Poll.Question.Kind: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// The polls of an alliance, the latest first.
    func polls(of alliance: ID<Alliance>) async throws -> [Poll] {
        try await polls("alliance_id = \(alliance)")
    }

    /// A poll of an alliance.
    ///
    /// - Throws: ``PollError/notFound``.
    func poll(_ id: ID<Poll>, of alliance: ID<Alliance>) async throws -> Poll {
        let found = try await polls("alliance_id = \(alliance) and poll_id = \(id)").first
        guard let found else { throw PollError.notFound }
        return found
    }

    /// Holds a poll as it is until the transaction ends: what closes it waits for what answers it.
    func lockPoll(_ id: ID<Poll>) async throws {
        try await execute(
            """
            select from governance.polls where organization_id = \(organization) and poll_id = \(id)
            for no key update
            """)
    }

    private func polls(_ condition: SQL) async throws -> [Poll] {
        let headers = try await rows(
            """
            select poll_id, title, purpose, opens_on, closes_on, is_public, takes_comments, code, closed_on
            from governance.polls
            where organization_id = \(organization) and \(fragment: condition)
            order by opens_on desc, poll_id
            """, as: PollRow.self)
        guard !headers.isEmpty else { return [] }
        let questions = try await rows(
            """
            select questions.poll_id, questions.kind, questions.words, questions.options
            from governance.poll_questions as questions
            join governance.polls on polls.organization_id = \(organization)
                and polls.poll_id = questions.poll_id
            where questions.organization_id = \(organization)
                and polls.alliance_id = (
                    select alliance_id from governance.polls
                    where organization_id = \(organization) and poll_id = \(headers[0].id))
            order by questions.poll_id, questions.question
            """, as: QuestionRow.self)
        let byPoll = Dictionary(grouping: questions, by: \.poll)
        return try headers.map { try $0.poll(asking: (byPoll[$0.id] ?? []).map(\.question)) }
    }

    /// Adds a poll with what it asks, and where it has a link, its card for everybody.
    func insert(_ poll: Poll, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.polls (
                organization_id, poll_id, alliance_id, title, purpose, opens_on, closes_on, is_public, takes_comments,
                code, recorded_at, recorded_by)
            values (
                \(organization), \(poll.id), \(alliance), \(poll.title), \(poll.purpose), \(poll.opensOn),
                \(poll.closesOn), \(poll.isPublic), \(poll.takesComments), \(poll.code), \(now),
                \(scope.principal.user))
            """)
        try await pipeline(
            poll.questions.enumerated().map { index, question in
                """
                insert into governance.poll_questions (
                    organization_id, poll_id, question, kind, words, options)
                values (
                    \(organization), \(poll.id), \(index + 1), \(question.kind), \(question.words),
                    \(question.options))
                """
            })
        guard poll.isPublic else { return }
        let asked = String(decoding: try JSONEncoder().encode(poll.questions), as: UTF8.self)
        try await execute(
            """
            insert into governance.poll_cards (
                organization_id, poll_id, alliance_id, municipality_code, is_public, code, title, purpose, opens_on,
                closes_on, takes_comments, questions, is_closed)
            select \(organization), \(poll.id), \(alliance),
                coalesce((
                    select min(places.municipality_code) from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization) and places.alliance_id = \(alliance)
                ), organizations.municipality_code),
                true, \(poll.code), \(poll.title), \(poll.purpose), \(poll.opensOn), \(poll.closesOn),
                \(poll.takesComments), \(asked), false
            from catalogue.organizations where organizations.organization_id = \(organization)
            """)
    }

    /// Writes that a poll was closed.
    ///
    /// - Throws: ``PollError/closed``.
    func close(_ poll: ID<Poll>, on day: CalendarDate) async throws {
        let written = try await execute(
            """
            update governance.polls set closed_on = \(day)
            where organization_id = \(organization) and poll_id = \(poll) and closed_on is null
            """)
        guard written == 1 else { throw PollError.closed }
        try await execute(
            """
            update governance.poll_cards set is_closed = true
            where organization_id = \(organization) and poll_id = \(poll)
            """)
    }

    /// Whether a poll was answered from an account or device.
    func isAnswered(_ poll: ID<Poll>, from mark: PollMark) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.poll_marks
                where organization_id = \(organization) and poll_id = \(poll) and mark = \(mark.text))
            """) ?? false
    }

    /// Adds a sheet of answers, apart from the mark of where it came from.
    ///
    /// - Throws: ``PollError/answeredAlready``.
    func insert(_ sheet: PollSheet, to poll: ID<Poll>, from mark: PollMark) async throws {
        try await execute(
            """
            insert into governance.poll_marks (organization_id, poll_id, mark)
            values (\(organization), \(poll), \(mark.text))
            """,
            refusals: ["poll_marks_pkey": PollError.answeredAlready])
        // Random, and not of its moment: identifiers in order would tell in which order people answered.
        let id = ID<PollSheet>(rawValue: UUID())
        try await execute(
            """
            insert into governance.poll_sheets (organization_id, sheet_id, poll_id, comment)
            values (\(organization), \(id), \(poll), \(sheet.comment))
            """)
        try await pipeline(
            sheet.choices.enumerated().flatMap { question, options -> [SQL] in
                options.map { option in
                    """
                    insert into governance.poll_choices (
                        organization_id, sheet_id, poll_id, question, option)
                    values (\(organization), \(id), \(poll), \(question + 1), \(option + 1))
                    """
                }
            })
    }

    /// Adds a count of sheets of paper.
    func insert(_ tally: PollTally, to poll: ID<Poll>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.poll_tallies (
                organization_id, tally_id, poll_id, place, sheets, counted_on, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(tally.id), \(poll), \(tally.place), \(tally.sheets), \(tally.countedOn),
                \(tally.file), \(now), \(scope.principal.user))
            """)
        try await pipeline(
            tally.counts.enumerated().flatMap { question, counts -> [SQL] in
                counts.enumerated().map { option, people in
                    """
                    insert into governance.poll_tally_counts (
                        organization_id, tally_id, poll_id, question, option, people)
                    values (
                        \(organization), \(tally.id), \(poll), \(question + 1), \(option + 1), \(people))
                    """
                }
            })
    }

    /// Writes why a count of paper does not count.
    ///
    /// - Throws: ``PollError/tallyNotFound``.
    func withdraw(_ tally: ID<PollTally>, of poll: ID<Poll>, because reason: String) async throws {
        let written = try await execute(
            """
            update governance.poll_tallies set withdrawal_reason = \(reason)
            where organization_id = \(organization) and poll_id = \(poll) and tally_id = \(tally)
                and withdrawal_reason is null
            """)
        guard written == 1 else { throw PollError.tallyNotFound }
    }

    /// The counts of paper of a poll, the first first.
    func tallies(of poll: Poll) async throws -> [PollTally] {
        let headers = try await rows(
            """
            select tally_id, place, sheets, counted_on, file_id, withdrawal_reason
            from governance.poll_tallies
            where organization_id = \(organization) and poll_id = \(poll.id)
            order by recorded_at, tally_id
            """, as: TallyRow.self)
        let counts = try await rows(
            """
            select tally_id, question, option, people from governance.poll_tally_counts
            where organization_id = \(organization) and poll_id = \(poll.id)
            """, as: CountRow.self)
        let byTally = Dictionary(grouping: counts, by: \.tally)
        return try headers.map { try $0.tally(of: poll, counting: byTally[$0.id] ?? []) }
    }

    /// How many answered each poll of an alliance, on screens and on paper.
    func pollAnswers(of alliance: ID<Alliance>) async throws -> [ID<Poll>: Int] {
        let counted = try await rows(
            """
            select polls.poll_id, (
                    select count(*) from governance.poll_sheets as sheets
                    where sheets.organization_id = \(organization) and sheets.poll_id = polls.poll_id
                ) + (
                    select coalesce(sum(tallies.sheets), 0) from governance.poll_tallies as tallies
                    where tallies.organization_id = \(organization) and tallies.poll_id = polls.poll_id
                        and tallies.withdrawal_reason is null
                ) as answers
            from governance.polls
            where polls.organization_id = \(organization) and polls.alliance_id = \(alliance)
            """, as: PollCount.self)
        return Dictionary(uniqueKeysWithValues: counted.map { ($0.poll, $0.answers) })
    }

    /// What came of a poll.
    func result(of poll: Poll) async throws -> PollResult {
        let chosen = try await rows(
            """
            select question, option, count(*) as people from governance.poll_choices
            where organization_id = \(organization) and poll_id = \(poll.id)
            group by question, option
            """, as: ChosenRow.self)
        let comments = try await values(
            """
            select comment from governance.poll_sheets
            where organization_id = \(organization) and poll_id = \(poll.id) and comment is not null
            order by comment
            """, as: String.self)
        let sheets: Int? = try await value(
            """
            select count(*) from governance.poll_sheets
            where organization_id = \(organization) and poll_id = \(poll.id)
            """)
        let tallies = try await tallies(of: poll).filter { $0.withdrawal == nil }
        let lines = poll.questions.enumerated().map { index, question in
            PollResult.Line(
                question: question,
                onScreen: question.options.indices.map { option in
                    chosen.first { $0.question == index + 1 && $0.option == option + 1 }?.people ?? 0
                },
                onPaper: question.options.indices.map { option in
                    tallies.reduce(0) { $0 + $1.counts[index][option] }
                })
        }
        return PollResult(
            sheets: sheets ?? 0, paperSheets: tallies.reduce(0) { $0 + $1.sheets }, lines: lines,
            comments: comments)
    }
}

/// From where a sheet of answers came, so that it comes once.
public enum PollMark: Sendable, Hashable {
    /// An account.
    case user(ID<User>)
    /// A device, by a digest that leads back to none.
    case device(HashDigest)

    var text: String {
        switch self {
        case .user(let id): "user:\(id)"
        case .device(let digest): "device:\(digest)"
        }
    }
}

/// A poll as whoever has its link sees it.
public struct PollCard: Sendable, RowDecodable {
    /// The poll.
    public let poll: Poll

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        let header = try PollRow(row: row)
        let asked: String = try row["questions"]
        do {
            poll = try header.poll(
                asking: JSONDecoder().decode([Poll.Question].self, from: Data(asked.utf8)))
        } catch {
            throw RowError(unreadable: "questions", because: error)
        }
    }
}

extension Transaction where Scope == PublicScope {
    /// The poll of an alliance that a link is of; `nil` where there is none.
    public func pollCard(
        _ code: String, of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> PollCard? {
        try await row(
            """
            select poll_id, title, purpose, opens_on, closes_on, is_public, takes_comments, code,
                case when is_closed then closes_on end as closed_on, questions
            from governance.poll_cards
            where organization_id = \(organization) and alliance_id = \(alliance) and code = \(code)
                and is_public
            """)
    }
}

import Foundation
import Kernel
public import Postgres
import Tenancy

extension Letter.Direction: SQLValue {}
extension Letter.Kind: SQLValue {}
extension Letter.State: SQLValue {}

extension Letter: RowDecodable {
    /// Reads a row of `governance.letters`.
    public init(row: Row) throws(RowError) {
        let kind: Kind = try row["kind"]
        let subject: String = try row["subject"]
        let body: String = try row["body"]
        let addressees: [String] = try row["addressees"]
        let signers: [String] = try row["signers"]
        let carrier: String? = try row["carrier"]
        let term: String? = try row["term"]
        let sender: String? = try row["sender"]
        let reference: String? = try row["reference"]
        let receivedOn: CalendarDate? = try row["received_on"]
        let asksAnswer: Bool = try row["asks_answer"]
        let due = try LetterDue(row: row)
        do {
            content = try LetterContent(
                kind: kind, subject: subject, body: body, addressees: addressees, signers: signers,
                carrier: carrier, term: term)
            if let sender, let receivedOn {
                arrival = try Arrival(
                    from: sender, reference: reference, on: receivedOn, asksAnswer: asksAnswer, due: due)
            } else {
                arrival = nil
            }
        } catch {
            throw RowError(unreadable: "subject", because: error)
        }
        id = try row["letter_id"]
        direction = try row["direction"]
        state = try row["state"]
        let year: Int? = try row["year"]
        let number: Int? = try row["number"]
        if let year, let number {
            self.number = FilingNumber(.letter, year: year, number: number)
        } else {
            self.number = nil
        }
        datedOn = try row["dated_on"]
        answers = try row["answers_id"]
        let settledOn: CalendarDate? = try row["settled_on"]
        let settled: String? = try row["settlement"]
        settlement = settledOn.map { Settlement(day: $0, words: settled ?? "") }
        let bytes: [UInt8]? = try row["words_sha256"]
        digest = bytes.flatMap { HashDigest(bytes: $0) }
        isReserved = try row["is_reserved"]
        revision = try row["revision"]
    }

    fileprivate static func query(_ organization: ID<Organization>, of alliance: ID<Alliance>) -> SQL {
        """
        select letters.letter_id, letters.direction, letters.kind, letters.state, letters.year,
            letters.number, letters.subject, letters.body, letters.dated_on, letters.addressees,
            letters.signers, letters.carrier, letters.term, letters.answers_id, letters.sender,
            letters.reference, letters.received_on, letters.asks_answer, letters.due_on, letters.due_norm,
            letters.due_is_confirmed, letters.settled_on, letters.settlement, letters.words_sha256,
            letters.is_reserved, letters.revision
        from governance.letters
        where letters.organization_id = \(organization) and letters.alliance_id = \(alliance)
        """
    }
}

extension LetterDue {
    /// Reads the term of a row that has one.
    fileprivate init?(row: Row) throws(RowError) {
        let day: CalendarDate? = try row["due_on"]
        let norm: String? = try row["due_norm"]
        let isConfirmed: Bool = try row["due_is_confirmed"]
        guard let day else { return nil }
        self.init(on: day, norm: norm ?? "", isConfirmed: isConfirmed)
    }
}

extension LetterFile: RowDecodable {
    /// Reads a row of `governance.letter_files` with the digest of its file.
    public init(row: Row) throws(RowError) {
        file = try row["file_id"]
        title = try row["title"]
        let bytes: [UInt8]? = try row["sha256"]
        digest = bytes.flatMap { HashDigest(bytes: $0) }
    }
}

extension Transaction where Scope == TenantScope {
    /// The letters of an alliance that the scope may see, within some days, the latest first; drafts too.
    func letters(of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>) async throws -> [Letter] {
        try await rows(
            """
            \(fragment: Letter.query(organization, of: alliance))
            and letters.dated_on between \(days.lowerBound) and \(days.upperBound)
            order by letters.dated_on desc, letters.recorded_at desc, letters.letter_id
            """)
    }

    /// A letter of an alliance.
    func letter(_ id: ID<Letter>, of alliance: ID<Alliance>) async throws -> Letter? {
        try await row(
            """
            \(fragment: Letter.query(organization, of: alliance)) and letters.letter_id = \(id)
            """)
    }

    /// A letter of an alliance, held fast until the transaction ends: whether it is the board's own is so for what hangs on
    /// it, too. One that was issued and shared stays as it is and need not be held; the database lets nobody do so.
    func lockedLetter(_ id: ID<Letter>, of alliance: ID<Alliance>) async throws -> Letter? {
        try await execute(
            """
            select from governance.letters
            where organization_id = \(organization) and letter_id = \(id)
            for no key update
            """)
        return try await letter(id, of: alliance)
    }

    /// The letters that were issued in answer to one that came in.
    func answers(to letter: ID<Letter>, of alliance: ID<Alliance>) async throws -> [Letter] {
        try await rows(
            """
            \(fragment: Letter.query(organization, of: alliance))
            and letters.answers_id = \(letter) and letters.state <> 'dropped'
            order by letters.dated_on, letters.letter_id
            """)
    }

    /// The letters of an alliance dated before a day that are open still, the latest first: drafts, those that came in and
    /// wait for an answer, and those that went out and whose answer is awaited.
    func openLetters(of alliance: ID<Alliance>, before day: CalendarDate) async throws -> [Letter] {
        try await rows(
            """
            \(fragment: Letter.query(organization, of: alliance))
            and letters.dated_on < \(day)
            and (
                letters.state = 'draft'
                or letters.direction = 'in' and letters.asks_answer and letters.settled_on is null
                    and not exists (
                        select from governance.letters as answers
                        where answers.organization_id = \(organization)
                            and answers.answers_id = letters.letter_id and answers.state = 'issued')
                or letters.letter_id in (
                    select addressees.letter_id from governance.letter_addressees as addressees
                    where addressees.organization_id = \(organization)
                        and addressees.alliance_id = \(alliance) and addressees.answered_on is null
                        and addressees.delivered_on is not null)
            )
            order by letters.dated_on desc, letters.recorded_at desc, letters.letter_id
            """)
    }

    /// Those of some letters that came in and that one that was issued answers.
    func answeredLetters(among letters: [ID<Letter>]) async throws -> Set<ID<Letter>> {
        Set(
            try await values(
                """
                select distinct answers_id from governance.letters
                where organization_id = \(organization) and answers_id = any (\(letters)) and state = 'issued'
                """, as: ID<Letter>.self))
    }

    /// The files of a letter.
    func files(of letter: ID<Letter>) async throws -> [LetterFile] {
        try await rows(
            """
            select attached.file_id, attached.title, files.sha256
            from governance.letter_files as attached
            join tenancy.files on files.organization_id = \(organization)
                and files.file_id = attached.file_id
            where attached.organization_id = \(organization) and attached.letter_id = \(letter)
            order by attached.added_at, attached.file_id
            """)
    }

    /// Adds a draft, or a letter that came in.
    func insert(_ letter: Letter, of alliance: ID<Alliance>, at now: Date) async throws {
        let content = letter.content
        try await execute(
            """
            insert into governance.letters (
                organization_id, letter_id, alliance_id, is_reserved, direction, kind, state, subject, body,
                dated_on, addressees, signers, carrier, term, answers_id, sender, reference, received_on,
                asks_answer, due_on, due_norm, due_is_confirmed, revision, recorded_at, recorded_by)
            values (
                \(organization), \(letter.id), \(alliance), \(letter.isReserved), \(letter.direction),
                \(content.kind), \(letter.state), \(content.subject), \(content.body), \(letter.datedOn),
                \(content.addressees), \(content.signers), \(content.carrier), \(content.term),
                \(letter.answers), \(letter.arrival?.sender), \(letter.arrival?.reference),
                \(letter.arrival?.receivedOn), \(letter.arrival?.asksAnswer ?? false),
                \(letter.arrival?.due?.day), \(letter.arrival?.due?.norm),
                \(letter.arrival?.due?.isConfirmed ?? false), 1, \(now), \(scope.principal.user))
            """,
            refusals: [
                "letters_term_fkey": LetterError.termNotFound, "letters_answers_fkey": LetterError.notFound,
            ])
    }

    /// Writes what a draft says, where nobody changed it since it was read.
    ///
    /// - Throws: ``LetterError/changedMeanwhile``.
    func update(_ letter: ID<Letter>, to content: LetterContent, after revision: Int) async throws {
        let written = try await execute(
            """
            update governance.letters
            set kind = \(content.kind), subject = \(content.subject), body = \(content.body),
                addressees = \(content.addressees), signers = \(content.signers),
                carrier = \(content.carrier), term = \(content.term), revision = revision + 1
            where organization_id = \(organization) and letter_id = \(letter) and state = 'draft'
                and revision = \(revision)
            """,
            refusals: ["letters_term_fkey": LetterError.termNotFound])
        guard written == 1 else { throw LetterError.changedMeanwhile }
    }

    /// Writes how a letter that came in was dealt with, or that a draft is given up.
    ///
    /// - Throws: ``LetterError/recordedAlready``.
    func settle(_ letter: Letter, on day: CalendarDate, _ words: String) async throws {
        let written = try await execute(
            """
            update governance.letters
            set settled_on = \(day), settlement = \(words),
                state = case when state = 'draft' then 'dropped' else state end, revision = revision + 1
            where organization_id = \(organization) and letter_id = \(letter.id)
                and state in ('draft', 'received') and settled_on is null
            """)
        guard written == 1 else { throw LetterError.recordedAlready }
    }

    /// Adds a file to a letter.
    func insert(
        _ file: ID<StoredFile>, titled title: String, of letter: Letter, in alliance: ID<Alliance>,
        at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.letter_files (
                organization_id, letter_id, file_id, alliance_id, is_reserved, title, added_at, added_by)
            values (
                \(organization), \(letter.id), \(file), \(alliance), \(letter.isReserved), \(title), \(now),
                \(scope.principal.user))
            """,
            refusals: ["letter_files_pkey": LetterError.recordedAlready])
    }
}

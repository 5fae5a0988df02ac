import Foundation
import Kernel
public import Postgres
import Tenancy

extension LetterAddressee: RowDecodable {
    /// Reads a row of `governance.letter_addressees`.
    public init(row: Row) throws(RowError) {
        let deliveredOn: CalendarDate? = try row["delivered_on"]
        let reference: String? = try row["reference"]
        let deliveryFile: ID<StoredFile>? = try row["delivery_file_id"]
        let dueOn: CalendarDate? = try row["due_on"]
        let norm: String? = try row["due_norm"]
        let isConfirmed: Bool = try row["due_is_confirmed"]
        let answeredOn: CalendarDate? = try row["answered_on"]
        let answerReference: String? = try row["answer_reference"]
        let answer: String? = try row["answer"]
        let answerFile: ID<StoredFile>? = try row["answer_file_id"]
        self.init(
            position: try row["position"], name: try row["name"],
            delivery: deliveredOn.map {
                Delivery(
                    on: $0, reference: reference, file: deliveryFile,
                    due: dueOn.map { LetterDue(on: $0, norm: norm ?? "", isConfirmed: isConfirmed) })
            },
            reply: answeredOn.map {
                Reply(on: $0, reference: answerReference, words: answer ?? "", file: answerFile)
            })
    }
}

/// An addressee with the letter that they are of.
struct AddresseeRow: RowDecodable {
    let letter: ID<Letter>
    let addressee: LetterAddressee

    init(row: Row) throws(RowError) {
        letter = try row["letter_id"]
        addressee = try LetterAddressee(row: row)
    }
}

extension Transaction where Scope == TenantScope {
    /// Those to whom some letters were issued, by letter, in their order.
    func addressees(ofEach letters: [ID<Letter>]) async throws -> [ID<Letter>: [LetterAddressee]] {
        let found: [AddresseeRow] = try await rows(
            """
            select addressees.letter_id, addressees.position, addressees.name, addressees.delivered_on,
                addressees.reference, addressees.delivery_file_id, addressees.due_on, addressees.due_norm,
                addressees.due_is_confirmed, addressees.answered_on, addressees.answer_reference,
                addressees.answer, addressees.answer_file_id
            from governance.letter_addressees as addressees
            where addressees.organization_id = \(organization)
                and addressees.letter_id = any (\(letters))
            order by addressees.letter_id, addressees.position
            """)
        return Dictionary(grouping: found, by: \.letter).mapValues { $0.map(\.addressee) }
    }

    /// Those to whom a letter was issued, in their order.
    func addressees(of letter: ID<Letter>) async throws -> [LetterAddressee] {
        try await rows(
            """
            select position, name, delivered_on, reference, delivery_file_id, due_on, due_norm,
                due_is_confirmed, answered_on, answer_reference, answer, answer_file_id
            from governance.letter_addressees
            where organization_id = \(organization) and letter_id = \(letter)
            order by position
            """)
    }

    /// Takes the next number of an alliance in a year. Whoever asks at the same moment waits for this transaction, so
    /// that there is neither gap nor repeat.
    private func nextLetterNumber(of alliance: ID<Alliance>, in year: Int) async throws -> Int {
        guard
            let number: Int = try await value(
                """
                insert into governance.letter_books as books (
                    organization_id, alliance_id, year, last_number)
                values (\(organization), \(alliance), \(year), 1)
                on conflict on constraint letter_books_pkey
                do update set last_number = books.last_number + 1
                returning last_number
                """)
        else { throw LetterError.notFound }
        return number
    }

    /// Gives a draft the next number of the year of a day, and each of those to whom it goes a row of their own.
    ///
    /// - Throws: ``LetterError/changedMeanwhile`` where it is not as it was read.
    func issue(_ letter: Letter, of alliance: ID<Alliance>, on day: CalendarDate) async throws
        -> (number: FilingNumber, digest: HashDigest)
    {
        let year = day.components.year
        let number = FilingNumber(
            .letter, year: year, number: try await nextLetterNumber(of: alliance, in: year))
        let digest = letter.content.digest(number: number, on: day)
        let written = try await execute(
            """
            update governance.letters
            set state = 'issued', year = \(year), number = \(number.number), dated_on = \(day),
                words_sha256 = \(digest.bytes), revision = revision + 1
            where organization_id = \(organization) and letter_id = \(letter.id) and state = 'draft'
                and revision = \(letter.revision)
            """)
        guard written == 1 else { throw LetterError.changedMeanwhile }
        let names = letter.content.addressees
        guard !names.isEmpty else { return (number, digest) }
        try await execute(
            """
            insert into governance.letter_addressees (
                organization_id, letter_id, position, alliance_id, is_reserved, name, due_is_confirmed)
            select \(organization), \(letter.id), named.position, \(alliance), \(letter.isReserved),
                named.name, false
            from unnest(\(names)) with ordinality as named (name, position)
            """)
        return (number, digest)
    }

    /// Writes that somebody got a letter.
    ///
    /// - Throws: ``LetterError/recordedAlready``.
    func deliver(
        _ letter: ID<Letter>, to position: Int, _ delivery: LetterAddressee.Delivery
    ) async throws {
        let written = try await execute(
            """
            update governance.letter_addressees
            set delivered_on = \(delivery.day), reference = \(delivery.reference),
                delivery_file_id = \(delivery.file), due_on = \(delivery.due?.day),
                due_norm = \(delivery.due?.norm), due_is_confirmed = \(delivery.due?.isConfirmed ?? false)
            where organization_id = \(organization) and letter_id = \(letter) and position = \(position)
                and delivered_on is null
            """)
        guard written == 1 else { throw LetterError.recordedAlready }
    }

    /// Writes what somebody answered to a letter.
    ///
    /// - Throws: ``LetterError/recordedAlready``.
    func answer(_ letter: ID<Letter>, by position: Int, _ reply: LetterAddressee.Reply) async throws {
        let written = try await execute(
            """
            update governance.letter_addressees
            set answered_on = \(reply.day), answer_reference = \(reply.reference), answer = \(reply.words),
                answer_file_id = \(reply.file)
            where organization_id = \(organization) and letter_id = \(letter) and position = \(position)
                and answered_on is null
            """)
        guard written == 1 else { throw LetterError.recordedAlready }
    }

    /// Lifts the reserve from a letter and from all that hangs on it.
    func share(_ letter: ID<Letter>, documentKind: String) async throws {
        try await lift(
            """
            select file_id from governance.letter_files
            where organization_id = \(organization) and letter_id = \(letter)
            union all
            select unnest(array_remove(array[delivery_file_id, answer_file_id], null))
            from governance.letter_addressees
            where organization_id = \(organization) and letter_id = \(letter)
            union all
            select file_id from tenancy.documents
            where organization_id = \(organization) and kind = \(documentKind)
                and subject_id = \(letter.description)
            """)
        try await pipeline([
            """
            update governance.letter_files set is_reserved = false
            where organization_id = \(organization) and letter_id = \(letter)
            """,
            """
            update governance.letter_addressees set is_reserved = false
            where organization_id = \(organization) and letter_id = \(letter)
            """,
            """
            update governance.letters set is_reserved = false
            where organization_id = \(organization) and letter_id = \(letter)
            """,
        ])
    }

    /// Letters that came in and wait for the alliance, and those that went out whose answer did not come, by alliance. A
    /// term that nobody confirmed gives no day until which: what went by is asked after, and nothing is overdue.
    func lettersToAnswer() async throws -> [PendingCount] {
        try await rows(
            """
            select letters.alliance_id, null::uuid as process_id, count(*) as count,
                (min(letters.received_on)::timestamp at time zone 'America/Bogota') as since,
                min(letters.due_on) filter (where letters.due_is_confirmed) as due_on
            from governance.letters
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = letters.alliance_id and alliances.state <> 'dissolved'
            where letters.organization_id = \(organization) and letters.direction = 'in'
                and letters.asks_answer and letters.settled_on is null
                and not exists (
                    select from governance.letters as answers
                    where answers.organization_id = \(organization)
                        and answers.answers_id = letters.letter_id and answers.state = 'issued')
            group by letters.alliance_id
            """)
    }

    /// Letters that went out whose answer should have come, or is to come soon by a confirmed term, by alliance.
    func lettersToAskAfter(on day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select addressees.alliance_id, null::uuid as process_id,
                count(distinct addressees.letter_id) as count,
                (min(addressees.due_on)::timestamp at time zone 'America/Bogota') as since,
                min(addressees.due_on) filter (where addressees.due_is_confirmed) as due_on
            from governance.letter_addressees as addressees
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = addressees.alliance_id and alliances.state <> 'dissolved'
            where addressees.organization_id = \(organization) and addressees.answered_on is null
                and (addressees.due_on < \(day)
                    or addressees.due_is_confirmed
                        and addressees.due_on <= \(day + LetterAddressee.nearDays))
            group by addressees.alliance_id
            """)
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The letters of an alliance in a year, as the scope may see them.
public struct ReadLetters: Query {
    /// A letter with how its answers stand.
    public struct Line: Sendable, Hashable {
        /// The letter.
        public let letter: Letter
        /// Those to whom it was issued.
        public let addressees: [LetterAddressee]
        /// Whether a letter that went out answers it.
        public let isAnswered: Bool

        /// Describes a letter with how its answers stand.
        public init(letter: Letter, addressees: [LetterAddressee], isAnswered: Bool) {
            self.letter = letter
            self.addressees = addressees
            self.isAnswered = isAnswered
        }

        /// Whether it came in and waits for the alliance.
        public var waitsForUs: Bool { letter.waitsForUs && !isAnswered }
        /// Whether the answer of somebody is awaited.
        public var waitsForOthers: Bool { addressees.contains { $0.delivery != nil && $0.reply == nil } }
        /// How many answered.
        public var answers: Int { addressees.count { $0.reply != nil } }
    }

    /// What is read.
    public struct Answer: Sendable {
        /// The year.
        public let year: Int
        /// The letters, the latest first.
        public let lines: [Line]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for those of a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them. The present year holds what the years before left open, too, however long ago: what is counted as
    /// waiting is found here.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let year = year ?? today.components.year
        let days = ClosedRange.year(year)
        var letters = try await transaction.letters(of: alliance, in: days)
        if year == today.components.year {
            letters += try await transaction.openLetters(of: alliance, before: days.lowerBound)
        }
        let addressees = try await transaction.addressees(ofEach: letters.map(\.id))
        let answered = try await transaction.answeredLetters(among: letters.map(\.id))
        return Answer(
            year: year,
            lines: letters.map { letter in
                Line(
                    letter: letter, addressees: addressees[letter.id] ?? [],
                    isAnswered: answered.contains(letter.id))
            }, today: today)
    }
}

/// A letter with all that became of it.
public struct ReadLetter: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The letter.
        public let letter: Letter
        /// Those to whom it was issued.
        public let addressees: [LetterAddressee]
        /// Its files.
        public let files: [LetterFile]
        /// The letters that answer it.
        public let answers: [Letter]
        /// The letter that it answers.
        public let answered: Letter?
        /// The term by which it is to be answered.
        public let term: LetterTerm?
        /// That it is on the citizen's page.
        public let publication: StatementPublication?
        /// What a draft tells of health or identity, to be read once more before it gets its number.
        public let cautions: [ClinicalFilter.Finding]

        /// Whether what it says is what it said when it was issued.
        public var isWhole: Bool {
            guard let number = letter.number, let digest = letter.digest else { return true }
            return letter.content.digest(number: number, on: letter.datedOn) == digest
        }
    }

    /// Who may do it.
    public static let permission = Permission.readLetters
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The letter.
    public let id: ID<Letter>

    /// Asks for a letter.
    public init(_ id: ID<Letter>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``LetterError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let letter = try await transaction.letter(id, of: alliance) else { throw LetterError.notFound }
        var answered: Letter?
        if let id = letter.answers { answered = try await transaction.letter(id, of: alliance) }
        return Answer(
            letter: letter, addressees: try await transaction.addressees(of: id),
            files: try await transaction.files(of: id),
            answers: try await transaction.answers(to: id, of: alliance), answered: answered,
            term: try await transaction.letterTerm(letter.content.term),
            publication: try await transaction.publication(of: id),
            cautions: letter.state == .draft
                ? letter.content.cautions(of: try await transaction.clinicalFilter()) : [])
    }
}

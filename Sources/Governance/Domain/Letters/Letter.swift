public import Kernel
public import Tenancy

/// A letter of an alliance (`carta`, `oficio`, `derecho de petición`, `comunicado público`), out or in.
public struct Letter: Sendable, Hashable {
    /// Whether the alliance wrote it or got it.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        case out
        case received = "in"

        /// The name on screens.
        public var title: String {
            switch self {
            case .out: "Enviadas por la alianza"
            case .received: "Recibidas"
            }
        }
    }

    /// The sorts of letters.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case letter, official, petition, statement

        /// The name on screens.
        public var title: String {
            switch self {
            case .letter: "Carta"
            case .official: "Oficio"
            case .petition: "Derecho de petición"
            case .statement: "Comunicado público"
            }
        }
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is being written.
        case draft
        /// It has its number and does not change any more.
        case issued
        /// It was given up before it had a number.
        case dropped
        /// It came in.
        case received
    }

    /// Identifies it.
    public let id: ID<Letter>
    /// Whether it went out or came in.
    public let direction: Direction
    /// Where it stands.
    public let state: State
    /// Its number, once it is issued.
    public let number: FilingNumber?
    /// What it says.
    public let content: LetterContent
    /// The day that it bears: of its issue, or of the paper that came in.
    public let datedOn: CalendarDate
    /// The letter that came in which it answers.
    public let answers: ID<Letter>?
    /// What is told of one that came in.
    public let arrival: Arrival?
    /// How one that came in was dealt with, or why a draft was given up.
    public let settlement: Settlement?
    /// The SHA-256 of the words of one that was issued.
    public let digest: HashDigest?
    /// Whether the board keeps it to itself.
    public let isReserved: Bool
    /// How often it was changed; the first is 1.
    public let revision: Int

    /// How a letter came in, and what it asks.
    public struct Arrival: Sendable, Hashable {
        /// Who wrote it.
        public let sender: String
        /// The number that they gave it.
        public let reference: String?
        /// The day on which it came.
        public let receivedOn: CalendarDate
        /// Whether it is to be answered.
        public let asksAnswer: Bool
        /// Until when it is to be answered, where a term says so.
        public let due: LetterDue?

        /// Describes how a letter came in.
        ///
        /// - Throws: ``LetterError/senderMissing``.
        public init(
            from sender: String, reference: String? = nil, on receivedOn: CalendarDate, asksAnswer: Bool,
            due: LetterDue? = nil
        ) throws(LetterError) {
            guard let sender = sender.trimmedOrNil else { throw .senderMissing }
            self.sender = sender
            self.reference = reference?.trimmedOrNil
            self.receivedOn = receivedOn
            self.asksAnswer = asksAnswer || due != nil
            self.due = due
        }
    }

    /// How a letter was dealt with.
    public struct Settlement: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// What was done.
        public let words: String
    }

    /// Whether it came in and waits for an answer, where no letter that went out answers it.
    public var waitsForUs: Bool {
        direction == .received && arrival?.asksAnswer == true && settlement == nil
    }
}

/// What a letter says, to whom, and who signs and carries it.
public struct LetterContent: Sendable, Hashable {
    /// Its sort.
    public let kind: Letter.Kind
    /// What it is about.
    public let subject: String
    /// What it says; of one that came in, what it says in short.
    public let body: String
    /// Those to whom it goes, each with their office, in their order.
    public let addressees: [String]
    /// Those who sign, each with their post, in their order.
    public let signers: [String]
    /// The delegate who carries it.
    public let carrier: String?
    /// The code of the term by which it is to be answered.
    public let term: String?

    /// The most addressees of a letter.
    public static let mostAddressees = 30

    /// Describes what a letter says.
    ///
    /// - Throws: ``LetterError``.
    public init(
        kind: Letter.Kind, subject: String, body: String = "", addressees: [String] = [],
        signers: [String] = [], carrier: String? = nil, term: String? = nil
    ) throws(LetterError) {
        guard let subject = subject.trimmedOrNil else { throw .subjectMissing }
        let named = addressees.compactMap(\.trimmedOrNil)
        guard named.count <= Self.mostAddressees else { throw .tooManyAddressees }
        self.kind = kind
        self.subject = subject
        self.body = body.trimmedOrNil ?? ""
        self.addressees = named
        self.signers = signers.compactMap(\.trimmedOrNil)
        self.carrier = carrier?.trimmedOrNil
        self.term = term
    }

    /// Asks that nothing is missing for it to go out.
    ///
    /// - Throws: ``LetterError``.
    func requireWhole() throws(LetterError) {
        guard !body.isEmpty else { throw .bodyMissing }
        guard kind == .statement || !addressees.isEmpty else { throw .addresseeMissing }
        guard !signers.isEmpty else { throw .signerMissing }
    }

    /// The SHA-256 of what it says under a number on a day: the octets of each part, preceded by their count.
    public func digest(number: FilingNumber, on day: CalendarDate) -> HashDigest {
        let parts =
            [number.description, day.description, kind.rawValue, subject, body]
            + addressees + [""] + signers
        return HashDigest(of: parts.map { "\($0.utf8.count):\($0)" }.joined(separator: ","))
    }
}

/// In how long a letter is answered, by what it asks (`plazo de respuesta`).
public struct LetterTerm: Sendable, Hashable, Decodable {
    /// Its code.
    public let code: String
    /// What is asked.
    public let title: String
    /// How many business days.
    public let businessDays: Int
    /// What orders it.
    public let norm: String
    /// Whether somebody confirmed it.
    public let isConfirmed: Bool
    /// Where it was seen; nothing for one that the entity confirmed.
    public let source: String
    /// Whether the entity confirmed it for itself.
    public private(set) var isOwn = false

    private enum CodingKeys: String, CodingKey {
        case code, title, norm, source
        case businessDays = "business_days"
        case isConfirmed = "norm_is_confirmed"
    }

    /// Describes a term.
    public init(
        code: String, title: String, businessDays: Int, norm: String, isConfirmed: Bool, source: String,
        isOwn: Bool = false
    ) {
        self.code = code
        self.title = title
        self.businessDays = businessDays
        self.norm = norm
        self.isConfirmed = isConfirmed
        self.source = source
        self.isOwn = isOwn
    }

    /// How long it is, in words.
    public var length: String { SpanishFormat.count(businessDays, "día hábil", "días hábiles") }

    /// Until when whoever got a letter on a day is to answer; that day does not count.
    ///
    /// - Throws: `HolidayCalendarError` where it leaves the years whose holidays are known.
    public func due(from day: CalendarDate) throws(HolidayCalendarError) -> LetterDue {
        LetterDue(
            on: try HolidayCalendar.adding(businessDays: businessDays, to: day), norm: "\(length): \(norm)",
            isConfirmed: isConfirmed)
    }
}

/// Until when a letter is to be answered, as it was reckoned when it was got.
public struct LetterDue: Sendable, Hashable {
    /// The last day.
    public let day: CalendarDate
    /// The term with its norm, in words.
    public let norm: String
    /// Whether somebody had confirmed that norm: nothing is late by another.
    public let isConfirmed: Bool

    /// Describes a last day.
    public init(on day: CalendarDate, norm: String, isConfirmed: Bool) {
        self.day = day
        self.norm = norm
        self.isConfirmed = isConfirmed
    }
}

/// One of those to whom a letter was issued (`destinatario`), with when they got it and what they answered.
public struct LetterAddressee: Sendable, Hashable {
    /// How an addressee stands on a day.
    public enum Standing: Sendable, Hashable {
        /// They have not got it, as far as is known.
        case toDeliver
        /// They have it, and no term runs.
        case waiting
        /// They are to answer until a day, by a term that nobody confirmed.
        case unconfirmed(until: CalendarDate)
        /// That day is over: they are asked after, and nothing is overdue.
        case unanswered(since: CalendarDate)
        /// They have time.
        case onTime(until: CalendarDate)
        /// It is over soon.
        case near(until: CalendarDate)
        /// It is over, by a confirmed term.
        case late(since: CalendarDate)
        /// They answered.
        case answered
    }

    /// That they got it.
    public struct Delivery: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// The number that they gave it (`radicado`).
        public let reference: String?
        /// Its proof.
        public let file: ID<StoredFile>?
        /// Until when they are to answer.
        public let due: LetterDue?

        /// Describes a delivery.
        public init(
            on day: CalendarDate, reference: String? = nil, file: ID<StoredFile>? = nil,
            due: LetterDue? = nil
        ) {
            self.day = day
            self.reference = reference
            self.file = file
            self.due = due
        }
    }

    /// What they answered.
    public struct Reply: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// The number of the answer.
        public let reference: String?
        /// What it says, in short.
        public let words: String
        /// The answer itself.
        public let file: ID<StoredFile>?

        /// Describes an answer.
        public init(
            on day: CalendarDate, reference: String? = nil, words: String, file: ID<StoredFile>? = nil
        ) {
            self.day = day
            self.reference = reference
            self.words = words
            self.file = file
        }
    }

    /// For how many days before its end a term counts as near.
    public static let nearDays = 5

    /// The place among those of the letter, from 1.
    public let position: Int
    /// Who it is.
    public let name: String
    /// That they got it.
    public let delivery: Delivery?
    /// What they answered.
    public let reply: Reply?

    /// Describes an addressee.
    public init(position: Int, name: String, delivery: Delivery? = nil, reply: Reply? = nil) {
        self.position = position
        self.name = name
        self.delivery = delivery
        self.reply = reply
    }

    /// How they stand on a day.
    public func standing(on day: CalendarDate) -> Standing {
        if reply != nil { return .answered }
        guard let delivery else { return .toDeliver }
        guard let due = delivery.due else { return .waiting }
        guard due.isConfirmed else {
            return due.day < day ? .unanswered(since: due.day) : .unconfirmed(until: due.day)
        }
        if due.day < day { return .late(since: due.day) }
        return due.day - day <= Self.nearDays ? .near(until: due.day) : .onTime(until: due.day)
    }
}

/// A file of a letter: its scan, something enclosed.
public struct LetterFile: Sendable, Hashable {
    /// The file.
    public let file: ID<StoredFile>
    /// What it is.
    public let title: String
    /// Its SHA-256.
    public let digest: HashDigest?
}

public import Foundation
public import Kernel
public import Tenancy

/// A question of a meeting, with what was answered.
public struct MeetingQuestion: Sendable, Hashable, Identifiable {
    /// An answer.
    public struct Answer: Sendable, Hashable {
        /// What was answered.
        public let text: String
        /// By whom: an office or a body.
        public let by: String?
        /// When it was noted.
        public let at: Date
    }

    /// Identifies the question.
    public let id: ID<MeetingQuestion>
    /// Its number in the meeting, from 1.
    public let position: Int
    /// The point in which it was asked.
    public let item: ID<AgendaItem>?
    /// Who asked; `nil` for who stays unnamed.
    public let askedBy: String?
    /// What was asked.
    public let question: String
    /// When.
    public let askedAt: Date
    /// What was answered; `nil` while nobody did.
    public let answer: Answer?
}

/// What becomes of a point in a session.
public enum PointStep: String, Sendable, Hashable, CaseIterable {
    /// It is taken up; the one before is done with.
    case open = "abrir"
    /// It is done with.
    case treat = "tratar"
    /// It is left for another meeting.
    case postpone = "aplazar"
    /// It was none of these: a mistake.
    case reset = "devolver"
}

/// What became of the notes of a point that were sent.
public struct WrittenNotes: Sendable, Hashable {
    /// What the notes are now.
    public let text: String
    /// When they were written.
    public let at: Date
    /// Whether somebody else had written meanwhile: both texts were kept.
    public let wasMerged: Bool

    /// The notes of a point as two people write them: where one began from another text than there is now, both are
    /// kept, one below the other.
    ///
    /// - Parameters:
    ///   - text: What is sent.
    ///   - base: The digest of the text from which that was written.
    ///   - known: The text that there is.
    ///   - now: When.
    public init(_ text: String, from base: HashDigest, over known: String, at now: Date) {
        at = now
        guard base != Self.digest(of: known), known != text, !known.isEmpty else {
            self.text = text
            wasMerged = false
            return
        }
        // What one of them holds whole is not told twice.
        if text.contains(known) || known.contains(text) {
            self.text = text.count > known.count ? text : known
            wasMerged = text.count <= known.count
            return
        }
        let hour = SpanishFormat.time(ColombianTime.time(at: now))
        self.text = "\(known)\n\n[Otra persona escribió a la vez, \(hour):]\n\(text)"
        wasMerged = true
    }

    /// The digest by which a text is told to be the one that somebody began from.
    public static func digest(of text: String) -> HashDigest { HashDigest(of: text) }
}

/// The code of a row of a signed list: «A-07».
public struct SheetRow: Sendable, Hashable, CustomStringConvertible {
    /// The letter of the list.
    public let sheet: String
    /// The row, from 1.
    public let row: Int

    /// A row of a list.
    public init(sheet: String, row: Int) {
        self.sheet = sheet
        self.row = row
    }

    /// The code as it is printed.
    public var description: String { "\(sheet)-\(row < 10 ? "0" : "")\(row)" }

    /// Reads codes as a person types them: «A-03 a7, A 12». A number alone is a row of the list before.
    ///
    /// - Throws: ``AttendanceError/unknownRows(_:)`` with what is no code, ``AttendanceError/noRows``.
    public static func codes(_ text: String) throws(AttendanceError) -> [SheetRow] {
        let tokens = text.uppercased().split { ",;|/".contains($0) || $0.isWhitespace }
        var rows: [SheetRow] = []
        var unreadable: [String] = []
        var sheet: String?
        for token in tokens {
            if token.count == 1, token.allSatisfy({ $0.isLetter && $0.isASCII }) {
                sheet = String(token)
            } else if let match = token.wholeMatch(of: /([A-Z][0-9]?)-([0-9]{1,3})/)
                ?? token.wholeMatch(of: /([A-Z])([0-9]{1,3})/), let row = Int(match.output.2), row > 0
            {
                sheet = String(match.output.1)
                rows.append(SheetRow(sheet: String(match.output.1), row: row))
            } else if let sheet, let row = Int(token), (1...999).contains(row) {
                rows.append(SheetRow(sheet: sheet, row: row))
            } else {
                unreadable.append(String(token))
            }
        }
        guard unreadable.isEmpty else { throw .unknownRows(unreadable) }
        guard !rows.isEmpty else { throw .noRows }
        var seen: Set<SheetRow> = []
        return rows.filter { seen.insert($0).inserted }
    }

    /// The letter of the list of a number, from 0: A to Z, then A1 to Z9; `nil` past those.
    public static func letter(_ number: Int) -> String? {
        guard (0..<260).contains(number) else { return nil }
        let letter = String(UnicodeScalar(UInt8(65 + number % 26)))
        return number < 26 ? letter : "\(letter)\(number / 26)"
    }
}

/// A printed list to sign.
public struct AttendanceSheet: Sendable, Hashable, Identifiable {
    /// How many people stand on one.
    static let rows = 40

    /// Identifies the list.
    public let id: ID<AttendanceSheet>
    /// Its letter.
    public let code: String
    /// By what those on its rows are entitled, in their order.
    public let people: [UUID]
    /// How many rows without a name follow.
    public let blankRows: Int
    /// When it was printed.
    public let printedAt: Date
}

/// A photograph or scan of a signed list.
public struct AttendanceScan: Sendable, Hashable, Identifiable {
    /// Identifies it.
    public let id: ID<AttendanceScan>
    /// The letter of the list, where it is of one that was printed here.
    public let sheet: String?
    /// The file.
    public let file: ID<StoredFile>
    /// Its name.
    public let name: String
    /// The SHA-256 of the file, which the minutes print.
    public let sha256: [UInt8]
    /// When it came.
    public let recordedAt: Date
}

/// Why a session is not run.
public enum SessionError: UserFacingError, Hashable {
    /// The meeting is not planned: it is under way, held or called off.
    case notPlanned
    /// Its day is another.
    case otherDay(CalendarDate)
    /// There is no quorum.
    case noQuorum(String, secondCallAt: Date?)
    /// The session is not open.
    case notOpen
    /// Nothing is to be verified.
    case noQuorumAsked
    /// A question says nothing.
    case questionUntold
    /// An answer says nothing.
    case answerUntold
    /// There is no such question.
    case questionNotFound
    /// The answer is in minutes that are out.
    case questionAnswered
    /// Something is lacking that nobody confirmed.
    case unconfirmed(Set<SessionLack>)
    /// It is not closed, or was not run here.
    case notClosed
    /// Its minutes are out, or recorded from paper.
    case minutesStand
    /// A later meeting of the same body was opened.
    case laterOpened
    /// Nobody says why it is opened again.
    case reasonUntold

    /// The stable code.
    public var code: String {
        switch self {
        case .notPlanned: "governance.session.not_planned"
        case .otherDay: "governance.session.other_day"
        case .noQuorum: "governance.session.no_quorum"
        case .notOpen: "governance.session.not_open"
        case .noQuorumAsked: "governance.session.no_quorum_asked"
        case .questionUntold: "governance.session.question_untold"
        case .answerUntold: "governance.session.answer_untold"
        case .questionNotFound: "governance.session.question_not_found"
        case .questionAnswered: "governance.session.question_answered"
        case .unconfirmed: "governance.session.unconfirmed"
        case .notClosed: "governance.session.not_closed"
        case .minutesStand: "governance.session.minutes_stand"
        case .laterOpened: "governance.session.later_opened"
        case .reasonUntold: "governance.session.reason_untold"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notPlanned, .notOpen, .notClosed, .minutesStand, .laterOpened: .conflict
        case .otherDay, .noQuorum, .noQuorumAsked: .refused
        case .questionUntold, .answerUntold, .unconfirmed, .reasonUntold: .invalid
        case .questionNotFound: .notFound
        case .questionAnswered: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .questionUntold: "question"
        case .answerUntold: "answer"
        case .unconfirmed: "confirmed"
        case .reasonUntold: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notPlanned: "La sesión ya se abrió, o la reunión no está programada. Actualice la página."
        case .otherDay(let day):
            "La reunión está programada para el \(SpanishFormat.longDate(day)). Si se hace hoy, reprográmela primero."
        case .noQuorum(let words, let secondCall):
            SpanishFormat.sentence(words)
                + (secondCall.map {
                    SpanishFormat.sentence(
                        " La segunda convocatoria abre a las \(SpanishFormat.time(ColombianTime.time(at: $0)))"
                    )
                } ?? "")
        case .notOpen: "La sesión no está abierta."
        case .noQuorumAsked: "En esta reunión no se exige quórum: no hay qué verificar."
        case .questionUntold: "Escriba la pregunta."
        case .answerUntold: "Escriba la respuesta."
        case .questionNotFound: "No encontramos esa pregunta en esta reunión."
        case .unconfirmed: "Marque que se hace así: el acta lo dice."
        case .notClosed: "La sesión no está cerrada, o no se llevó aquí. Actualice la página."
        case .minutesStand:
            "El acta ya circuló o se registró: lo que haya que corregir se pide como observación o va en un acta posterior."
        case .laterOpened:
            "Ya se abrió una sesión posterior del mismo organismo: lo que falte se trata en ella."
        case .reasonUntold: "Escriba por qué se reabre."
        case .questionAnswered:
            "Esa pregunta ya tiene respuesta, y el acta con ella ya se envió: lo que haya que corregir va en un acta posterior."
        }
    }
}

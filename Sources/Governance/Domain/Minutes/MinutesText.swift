public import Foundation
public import Kernel

/// The words of minutes (`acta`), section by section, as they are read, hashed, approved and signed.
///
/// Where a section holds what is not for everybody, it has other words for publication beside its own: so the public
/// twin follows from the sealed text and from nothing else.
public struct MinutesText: Sendable, Hashable, Codable {
    /// The layout of the canonical form.
    public static let currentFormat = 1

    /// A piece of a section.
    public enum Block: Sendable, Hashable, Codable {
        /// A heading within the section.
        case heading(text: String)
        /// A paragraph.
        case paragraph(text: String)
        /// A point of a list.
        case list(items: [String])
        /// Names with what they are.
        case facts(lines: [Line])
        /// Boxes of which one may be marked.
        case boxes(lines: [Box])
        /// A table.
        case table(columns: [String], rows: [[String]])
    }

    /// A name and what it is.
    public struct Line: Sendable, Hashable, Codable {
        /// What it is called.
        public let name: String
        /// What it is.
        public let value: String

        /// Joins the two.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A box of a form.
    public struct Box: Sendable, Hashable, Codable {
        /// What it stands for.
        public let title: String
        /// Whether it is marked.
        public let isMarked: Bool
    }

    /// A part of the minutes.
    public struct Section: Sendable, Hashable, Codable {
        /// What observations call it by.
        public let name: String
        /// Its heading.
        public let title: String
        /// What it says.
        public let blocks: [Block]
        /// What it says to everybody, where that is not the same.
        public let published: [Block]?
    }

    /// The control header and whose the minutes are.
    public struct Control: Sendable, Hashable, Codable {
        /// The entity.
        public let entity: String
        /// Its NIT, written out.
        public let nit: String?
        /// The alliance.
        public let alliance: String
        /// The body that met; `nil` for a meeting of the alliance.
        public let body: String?
        /// The municipality.
        public let municipality: String?
        /// The code of the format in the entity's quality system.
        public let code: String?
        /// Its version.
        public let version: String?
        /// The day from which it is valid.
        public let validFrom: CalendarDate?
        /// The unit that owns it (`unidad funcional`).
        public let unit: String?
    }

    /// A decision by itself, for its certified extract.
    public struct Decision: Sendable, Hashable, Codable {
        /// The kind under which such an extract is issued, about the decision.
        public static let extract = "extracto-de-acta"

        /// Identifies it.
        public let id: UUID
        /// Its number in the meeting, from 1.
        public let position: Int
        /// What was decided.
        public let decision: String
        /// The same without names, for everybody.
        public let published: String
        /// How it was voted and what came of it.
        public let result: String
        /// The quorum of that moment.
        public let quorum: String
        /// Votes for it; `nil` where none were counted.
        public let inFavor: Int?
        /// Votes against it.
        public let against: Int?
        /// Blank votes and abstentions.
        public let abstained: Int?
        /// Whether it was adopted.
        public let isAdopted: Bool
    }

    /// The layout.
    public let format: Int
    /// Whose the minutes are.
    public let control: Control
    /// The meeting.
    public let meeting: String
    /// The first day.
    public let day: CalendarDate
    /// The last day.
    public let lastDay: CalendarDate
    /// What is read.
    public let sections: [Section]
    /// The decisions.
    public let decisions: [Decision]
    /// What is counted.
    public let counts: [Minutes.Count]
    /// What somebody took on, with the owner as everybody may read it.
    public let commitments: [Minutes.Commitment]
    /// The kind of activity that is marked.
    public let activity: String?
    /// The office of who led it.
    public let facilitator: String?
    /// Their entity.
    public let company: String?
    /// Whom it was for.
    public let audience: String?
    /// What happened, a paragraph each, without names.
    public let narrative: [String]
    /// What is said of earlier minutes, calendar and commitments.
    public let followUp: [String]
    /// What is attached.
    public let attachments: [String]

    /// The canonical form: JSON with sorted keys. The same text gives the same bytes.
    ///
    /// - Throws: An error of Foundation, which no text of ours causes.
    public func canonical() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads the canonical form.
    ///
    /// - Throws: `DecodingError` where it is none.
    public init(canonical: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(canonical.utf8))
    }

    /// Makes a text.
    init(
        control: Control, meeting: String, day: CalendarDate, lastDay: CalendarDate, sections: [Section],
        decisions: [Decision], counts: [Minutes.Count], commitments: [Minutes.Commitment],
        activity: String?, facilitator: String?, company: String?, audience: String?, narrative: [String],
        followUp: [String], attachments: [String]
    ) {
        format = Self.currentFormat
        self.control = control
        self.meeting = meeting
        self.day = day
        self.lastDay = lastDay
        self.sections = sections
        self.decisions = decisions
        self.counts = counts
        self.commitments = commitments
        self.activity = activity
        self.facilitator = facilitator
        self.company = company
        self.audience = audience
        self.narrative = narrative
        self.followUp = followUp
        self.attachments = attachments
    }
}

/// The control header that the entity's quality system gives to a sort of document.
public struct DocumentFormat: Sendable, Hashable {
    /// `código`.
    public let code: String
    /// `versión`.
    public let version: String
    /// `unidad funcional`.
    public let unit: String
    /// `fecha de vigencia`.
    public let validFrom: CalendarDate

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/formatIncomplete``.
    public init(code: String, version: String, unit: String, validFrom: CalendarDate) throws(MinutesError) {
        guard let code = code.trimmedOrNil, let version = version.trimmedOrNil, let unit = unit.trimmedOrNil
        else { throw .formatIncomplete }
        self.code = code
        self.version = version
        self.unit = unit
        self.validFrom = validFrom
    }
}

/// Something that minutes lack before they are whole.
public enum MinutesGap: String, Sendable, Hashable, CaseIterable {
    case format, activity, facilitator, audience, session, call, attendance, quorum, notes, answers
    case dueDates, signers, sheet

    /// Where it is mended.
    public enum Place: Sendable, Hashable {
        /// In the draft itself.
        case draft
        /// Where the entity's formats are.
        case formats
        /// Where the meeting is prepared or run.
        case meeting
        /// Where questions are answered.
        case questions
        /// Where those who sign are chosen.
        case signers
    }

    /// Where it is mended.
    public var place: Place {
        switch self {
        case .format: .formats
        case .activity, .facilitator, .audience: .draft
        case .session, .call, .attendance, .quorum, .notes, .dueDates, .sheet: .meeting
        case .answers: .questions
        case .signers: .signers
        }
    }

    /// What is missing, in words.
    public var words: String {
        switch self {
        case .format: "Falta el código y la versión del formato de acta"
        case .activity: "Falta marcar el tipo de actividad"
        case .facilitator: "Falta el nombre y el cargo de quien facilitó"
        case .audience: "Falta el grupo objetivo"
        case .session: "Falta la hora de inicio o la de cierre"
        case .call: "Falta la constancia de la convocatoria"
        case .attendance: "Falta la asistencia"
        case .quorum: "Falta la verificación del quórum"
        case .notes: "Falta contar qué se dijo: hay puntos tratados sin desarrollo"
        case .answers: "Faltan respuestas a preguntas de los asistentes"
        case .dueDates: "Faltan fechas en los compromisos"
        case .signers: "Falta decir quiénes firman"
        case .sheet: "Falta la lista de asistencia firmada"
        }
    }
}

public import Foundation
public import Kernel
import Tenancy

/// A document of before, a plan, minutes or a procedure, read from a file of `sql/data/sources`.
///
/// The file holds what the document says, as it says it; reading it finds where the document contradicts itself, and
/// keeps both readings: see ``warnings``.
public struct SourceDocument: Sendable {
    /// The kinds of documents.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// `plan de trabajo`.
        case workPlan = "work_plan"
        /// `actas`.
        case minutes
        /// `procedimiento`, `manual`.
        case procedure

        /// The name on screens.
        public var title: String {
            switch self {
            case .workPlan: "Plan de trabajo"
            case .minutes: "Actas"
            case .procedure: "Procedimiento"
            }
        }
    }

    /// A part of the text that is neither plan, meeting nor minutes.
    public struct Passage: Sendable, Hashable, Codable {
        /// Where it stands in the document.
        public let heading: String
        /// A paragraph or item each.
        public let body: [String]

        /// Makes a passage.
        public init(heading: String, body: [String]) {
            self.heading = heading
            self.body = body
        }
    }

    /// Its name among the sources.
    public let code: String
    /// Its kind.
    public let kind: Kind
    /// Its title.
    public let title: String
    /// Whose document it is.
    public let publisher: String
    /// Parts of its text.
    public let passages: [Passage]
    /// The plan that it is, where it is one.
    public let plan: WorkPlan?
    /// The meetings that it plans, and those that its minutes tell of, in its order.
    public let meetings: [Meeting]
    /// The minutes that it holds.
    public let minutes: [Minutes]
    /// The standing agendas that it orders.
    public let agendas: [AgendaTemplate]
    /// Where it contradicts itself, in its order.
    public let warnings: [SourceWarning]
    /// The SHA-256 of the file.
    public let digest: HashDigest

    /// Reads a file.
    ///
    /// - Throws: ``SourceError``.
    public init(_ data: Data) throws(SourceError) {
        let file: SourceFile
        do {
            file = try JSONDecoder().decode(SourceFile.self, from: data)
        } catch {
            throw .unreadable(error.whereItFailed)
        }
        code = file.code
        kind = file.kind
        title = file.title
        publisher = file.publisher
        passages = file.passages ?? []
        plan = file.plan?.plan
        agendas = (file.agendas ?? []).map {
            AgendaTemplate(
                title: $0.title, items: $0.items, everyMonths: $0.everyMonths, noticeDays: $0.noticeDays)
        }
        var meetings: [Meeting] = []
        var minutes: [Minutes] = []
        var warnings = Self.warnings(about: file.controlHeaders ?? [])
        for planned in file.meetings ?? [] {
            let (meeting, found) = try planned.read()
            meetings.append(meeting)
            warnings += found
        }
        for recorded in file.minutes ?? [] {
            let (meeting, paper, found) = try recorded.read()
            meetings.append(meeting)
            minutes.append(paper)
            warnings += found
        }
        self.meetings = meetings
        self.minutes = minutes
        self.warnings = warnings
        digest = HashDigest(of: data)
    }

    /// Two codes on one document: which of them is in force, and since when, cannot be read from it.
    private static func warnings(about headers: [SourceFile.ControlHeader]) -> [SourceWarning] {
        guard let first = headers.first else { return [] }
        return headers.dropFirst().filter { $0 != first }.map { other in
            SourceWarning(
                kind: .controlHeader, place: "Encabezado de control",
                written: headers.map(\.written).joined(separator: " / "), firstReading: other.written,
                secondReading: first.written)
        }
    }
}

/// Why a source document is not read or imported.
public enum SourceError: UserFacingError, Hashable {
    /// The file is not in the form of the sources.
    case unreadable(String)
    /// A date is none.
    case unknownDate(String, at: String)
    /// Hours are none.
    case unknownHours(String, at: String)
    /// A meeting of it is refused.
    case badMeeting(String, at: String)
    /// Another version of the document was imported.
    case changed(String)

    /// The stable code.
    public var code: String {
        switch self {
        case .unreadable: "governance.source.unreadable"
        case .unknownDate: "governance.source.unknown_date"
        case .unknownHours: "governance.source.unknown_hours"
        case .badMeeting: "governance.source.bad_meeting"
        case .changed: "governance.source.changed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        if case .changed = self { .conflict } else { .invalid }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .unreadable(let place):
            "El archivo no tiene la forma de un documento fuente (\(place)). Compárelo con los de sql/data/sources."
        case .unknownDate(let text, let place): "En «\(place)», «\(text)» no es una fecha. Corríjala."
        case .unknownHours(let text, let place):
            "En «\(place)», «\(text)» no son horas. Escríbalas como «09:00 a.m. a 10:00 a.m.»."
        case .badMeeting(let reason, let place): "En «\(place)»: \(reason)"
        case .changed(let code):
            "El documento «\(code)» ya se cargó con otro contenido. Lo cargado no se cambia: use otro código."
        }
    }
}

extension Error {
    /// The key at which a file of JSON stops fitting.
    fileprivate var whereItFailed: String {
        let path: [any CodingKey] =
            switch self as? DecodingError {
            case .keyNotFound(let key, let context)?: context.codingPath + [key]
            case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?,
                .dataCorrupted(let context)?:
                context.codingPath
            default: []
            }
        return path.isEmpty ? "no es JSON" : path.map(\.stringValue).joined(separator: ".")
    }
}

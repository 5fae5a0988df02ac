public import Foundation
public import Kernel
import Tenancy

/// A document of before, a plan, minutes or a procedure, read from a file of `sql/data/sources`.
///
/// The file holds what the document says, as it says it; reading it finds where the document contradicts itself, and
/// keeps both readings: see ``warnings``.
public struct SourceDocument: Sendable {
    /// The kinds of documents.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
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
        let file = try SourceFile.read(data)
        code = file.code
        kind = file.kind
        title = file.title
        publisher = file.publisher
        passages = file.passages ?? []
        plan = try file.plan?.read()
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

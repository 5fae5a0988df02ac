import Foundation
import Kernel

/// What a file of JSON holds, without its values: enough to find fields that nobody reads.
indirect enum SourceShape: Decodable {
    case object([String: SourceShape])
    case array([SourceShape])
    case leaf

    init(from decoder: any Decoder) throws {
        if let fields = try? decoder.singleValueContainer().decode([String: Self].self) {
            self = .object(fields)
        } else if let items = try? decoder.singleValueContainer().decode([Self].self) {
            self = .array(items)
        } else {
            self = .leaf
        }
    }

    /// Refuses fields that a source document does not have: a misspelt one would be left out in silence.
    ///
    /// - Throws: ``SourceError/unknownField(_:at:)``.
    func refuseUnknownFields(under path: [PathPart] = []) throws(SourceError) {
        switch self {
        case .leaf: return
        case .array(let items):
            for (index, item) in items.enumerated() {
                try item.refuseUnknownFields(under: path + [.item(index)])
            }
        case .object(let fields):
            guard let known = Self.fields[path.compactMap(\.name).joined(separator: ".")] else { return }
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                guard known.contains(name) else { throw .unknownField(name, at: path.words) }
                try value.refuseUnknownFields(under: path + [.field(name)])
            }
        }
    }

    /// The fields of each part of a file.
    private static let fields: [String: Set<String>] = [
        "": [
            "code", "kind", "title", "publisher", "controlHeaders", "passages", "plan", "meetings", "minutes",
            "agendas",
        ],
        "controlHeaders": ["code", "version", "validity"],
        "passages": ["heading", "body"],
        "plan": ["year", "title", "objective", "principles", "signedBy", "axes", "topics"],
        "plan.topics": ["users", "members"],
        "plan.axes": ["number", "title", "line", "activities"],
        "plan.axes.activities": [
            "number", "activity", "means", "scheduledFor", "indicator", "responsible", "baseline",
        ],
        "meetings": [
            "place", "date", "hours", "kind", "title", "participants", "mode", "meetingPlace", "restriction",
            "moved", "ownAccountability",
        ],
        "meetings.moved": ["byEntityOnly", "noticeTo"],
        "minutes": [
            "place", "date", "starts", "ends", "days", "kind", "title", "mode", "meetingPlace", "number",
            "municipality", "activity", "facilitator", "company", "audience", "narrative", "followUp",
            "attachments", "counts", "decisions", "commitments",
        ],
        "minutes.counts": ["label", "people"],
        "minutes.decisions": ["decision", "inFavor", "against", "abstained"],
        "minutes.commitments": ["activity", "dueOn", "responsible"],
        "agendas": ["title", "items", "everyMonths", "noticeDays"],
    ]
}

/// A step into a file of JSON.
enum PathPart: Hashable {
    case field(String)
    case item(Int)

    init(_ key: any CodingKey) {
        self = key.intValue.map { .item($0) } ?? .field(key.stringValue)
    }

    var name: String? {
        if case .field(let name) = self { name } else { nil }
    }
}

extension [PathPart] {
    /// The place in words: «meetings, número 3».
    var words: String {
        isEmpty
            ? "el documento"
            : map { part in
                switch part {
                case .field(let name): name
                case .item(let index): "número \(index + 1)"
                }
            }.joined(separator: ", ")
    }
}

extension SourceFile {
    /// Reads a file.
    ///
    /// - Throws: ``SourceError`` with the place in the file.
    static func read(_ data: Data) throws(SourceError) -> SourceFile {
        guard data.contains(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) else { throw .empty }
        let file: SourceFile
        do {
            try JSONDecoder().decode(SourceShape.self, from: data).refuseUnknownFields()
            file = try JSONDecoder().decode(SourceFile.self, from: data)
        } catch let refusal as SourceError {
            throw refusal
        } catch {
            throw SourceError(error, in: data)
        }
        try file.check()
        return file
    }
}

extension SourceError {
    /// What a decoder's error means to who wrote the file.
    init(_ error: any Error, in data: Data) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?:
            self = .missing(key.stringValue, at: context.codingPath.map(PathPart.init).words)
        case .valueNotFound(_, let context)?, .typeMismatch(_, let context)?:
            self = Self.wrongValue(at: context.codingPath.map(PathPart.init))
        case .dataCorrupted(let context)? where !context.codingPath.isEmpty:
            self = Self.wrongValue(at: context.codingPath.map(PathPart.init))
        default:
            self = .notJSON(line: Self.lineOfFault(in: data))
        }
    }

    /// The line at which a text stops being JSON; only this older parser tells, and only in words.
    private static func lineOfFault(in data: Data) -> Int? {
        do {
            _ = try JSONSerialization.jsonObject(with: data)
            return nil
        } catch {
            let told = (error as NSError).userInfo["NSDebugDescription"] as? String
            guard let place = told?.firstMatch(of: /character (\d+)/), let offset = Int(place.output.1) else {
                return nil
            }
            return data.prefix(offset).count { $0 == 0x0A } + 1
        }
    }

    private static func wrongValue(at path: [PathPart]) -> Self {
        guard let field = path.lastIndex(where: { $0.name != nil }), let name = path[field].name else {
            return .wrongValue("{ }", at: path.words, expected: "un objeto, entre llaves")
        }
        let isItem = field < path.count - 1
        return .wrongValue(
            name, at: [PathPart](path[..<field]).words,
            expected: isItem ? "una lista de \(itemWords(of: name))" : expected(of: name, in: path))
    }

    private static func itemWords(of field: String) -> String {
        [
            "body", "principles", "signedBy", "users", "members", "participants", "narrative", "followUp",
            "attachments", "items",
        ]
        .contains(field) ? "textos" : "objetos, cada uno entre llaves"
    }

    private static func expected(of field: String, in path: [PathPart]) -> String {
        switch field {
        case "kind" where path.count == 1: one(of: SourceDocument.Kind.allCases)
        case "kind": one(of: Meeting.Kind.allCases)
        case "mode": one(of: Meeting.Mode.allCases)
        case "dueOn": "una fecha como 2026-03-13"
        case "number" where path.count > 4: "un texto como «2.1»"
        case "year", "number", "people", "inFavor", "against", "abstained", "everyMonths", "noticeDays":
            "un número entero"
        case "plan", "topics": "un objeto, entre llaves"
        case "controlHeaders", "passages", "meetings", "minutes", "agendas", "axes", "activities", "counts",
            "decisions", "commitments", "body", "principles", "signedBy", "users", "members", "participants",
            "narrative", "followUp", "attachments", "items":
            "una lista, entre corchetes"
        default: "un texto entre comillas"
        }
    }

    private static func one<Word: RawRepresentable<String>>(of words: [Word]) -> String {
        "una de estas palabras: \(SpanishFormat.choice(words.map(\.rawValue)))"
    }
}

// MARK: - What the form alone does not say

extension SourceFile {
    /// - Throws: The first rule that the file breaks, with the place.
    fileprivate func check() throws(SourceError) {
        guard code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, code.count <= 80 else {
            throw .wrongValue(
                "code", at: "el documento", expected: "minúsculas, cifras y guiones, como «plan-2026»")
        }
        try require(title, "title", at: "el documento")
        try require(publisher, "publisher", at: "el documento")
        let parts = [passages?.count, meetings?.count, minutes?.count, agendas?.count]
        guard plan != nil || parts.contains(where: { ($0 ?? 0) > 0 }) else { throw .holdsNothing }
        try plan?.check()
        for (index, agenda) in (agendas ?? []).enumerated() {
            let place = "agendas, número \(index + 1)"
            try require(agenda.title, "title", at: place)
            guard !agenda.items.isEmpty else {
                throw .wrongValue("items", at: place, expected: "una lista con al menos un punto")
            }
            try require(agenda.everyMonths, in: 1...24, "everyMonths", at: place)
            try require(agenda.noticeDays, in: 0...365, "noticeDays", at: place)
        }
        try unique((agendas ?? []).map(\.title), at: "agendas")
        for (index, paper) in (minutes ?? []).enumerated() {
            let place = "minutes, número \(index + 1)"
            for count in paper.counts ?? [] {
                try require(count.people, in: 0...1_000_000, "people", at: place)
            }
            for decision in paper.decisions ?? [] {
                for (votes, name) in [
                    (decision.inFavor, "inFavor"), (decision.against, "against"),
                    (decision.abstained, "abstained"),
                ] { try require(votes, in: 0...1_000_000, name, at: place) }
            }
        }
    }
}

extension SourceFile.Plan {
    fileprivate func check() throws(SourceError) {
        try require(year, in: 2000...2100, "year", at: "plan")
        try require(title, "title", at: "plan")
        for (index, axis) in axes.enumerated() {
            try require(axis.number, in: 1...5, "number", at: "plan, axes, número \(index + 1)")
        }
        try unique(axes.map { "Eje \($0.number)" }, at: "plan, axes")
        try unique(axes.flatMap(\.activities).map(\.number), at: "plan, axes, activities")
    }
}

private func require(_ text: String, _ field: String, at place: String) throws(SourceError) {
    guard text.trimmedOrNil == text else {
        throw .wrongValue(field, at: place, expected: "un texto sin espacios al principio ni al final")
    }
}

private func require(
    _ number: Int?, in range: ClosedRange<Int>, _ field: String, at place: String
) throws(SourceError) {
    guard number.map(range.contains) ?? true else {
        throw .wrongValue(
            field, at: place,
            expected: "un número entre \(range.lowerBound) y \(SpanishFormat.number(range.upperBound))")
    }
}

private func unique(_ values: [String], at place: String) throws(SourceError) {
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted { throw .repeated(value, at: place) }
}

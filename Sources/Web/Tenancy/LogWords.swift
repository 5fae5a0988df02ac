import Foundation
import Kernel
import Tenancy

/// What an event of the log says in plain Spanish.
///
/// A sentence may name details of the event in braces, `{name}`; where one is missing the shorter sentence is taken.
struct LogWords: Sendable {
    private let names: [String: String]
    private let titles: [String: String]

    /// Knows the names that events mention by their identifiers, and in `titles` what their subjects are called, as far
    /// as the reader may see them.
    init(
        users: [User], alliances: [Alliance], processes: [(id: String, name: String)] = [],
        titles: [String: String] = [:]
    ) {
        self.titles = titles
        var names = Dictionary(
            users.map { ($0.id.description, $0.name) }, uniquingKeysWith: { first, _ in first })
        for alliance in alliances { names[alliance.id.description] = alliance.name }
        for process in processes { names[process.id] = process.name }
        self.names = names
    }

    /// What was done, as a sentence without its subject: «Invitó a Ana Prueba».
    func sentence(of event: LoggedEvent) -> String {
        let details = Self.details(of: event)
        guard let (long, short) = Self.sentences[event.action] else { return Self.guess(event.action) }
        guard !long.isEmpty else { return short }
        var sentence = long
        for name in Self.names(in: long) {
            let told = name == "subject" ? event.subject : details[name] ?? title(of: event, for: name)
            guard let value = told.flatMap({ word(for: $0, of: name, in: event.action) }) else {
                return short
            }
            sentence = sentence.replacing("{\(name)}", with: value)
        }
        return sentence
    }

    /// What an action is, whoever did it and whatever it holds: «Invitó a una persona».
    static func sentence(of action: String) -> String { sentences[action]?.short ?? guess(action) }

    /// The details of an event, each with what it is called, in the order of their names.
    func facts(of event: LoggedEvent) -> [(name: String, value: String)] {
        Self.details(of: event).sorted { $0.key < $1.key }.compactMap { key, value in
            word(for: value, of: key, in: event.action).map { (Self.labels[key] ?? Self.plain(key), $0) }
        }
    }

    /// Who acted.
    func actor(of event: LoggedEvent) -> String {
        switch event.actorKind {
        case "terminal": "Administración del servidor"
        case "system": "El sistema"
        default: event.actorName ?? "Un usuario"
        }
    }

    // MARK: Values

    private static func details(of event: LoggedEvent) -> [String: String] {
        guard let text = event.details,
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
        else { return [:] }
        return object.filter { !$0.value.isEmpty }
    }

    /// What the subject of an event is called, where the event itself does not say it.
    private func title(of event: LoggedEvent, for name: String) -> String? {
        name == "title" ? event.subject.flatMap { titles[$0] } : nil
    }

    /// A value as people read it; `nil` for an identifier that says nothing to anybody.
    private func word(for value: String, of key: String, in action: String) -> String? {
        if let coded = Self.coded.first(where: { $0.detail == key && action.hasPrefix($0.action) }) {
            let words = value.split(separator: " ").compactMap { coded.words[String($0)] }
            if !words.isEmpty { return SpanishFormat.list(words) }
        }
        if let name = names[value] { return name }
        if ["role", "roles"].contains(key) {
            let roles = value.split(separator: " ").compactMap { Role(rawValue: String($0))?.title }
            if !roles.isEmpty { return SpanishFormat.list(roles) }
        }
        if key == "way", let way = IdentityConfirmation.Way(rawValue: value) { return way.title }
        if key.hasPrefix("state"), let state = Alliance.State(rawValue: value) { return state.title }
        if UUID(uuidString: value) != nil { return nil }
        if let day = CalendarDate(value) { return SpanishFormat.date(day) }
        if let instant = try? Date(value, strategy: .iso8601), value.contains("T") {
            return SpanishFormat.longDateAndTime(instant)
        }
        return Self.words[value] ?? value
    }

    private static func names(in sentence: String) -> [String] {
        sentence.matches(of: /\{([a-z_]+)\}/).map { String($0.output.1) }
    }

    /// An action without words of its own: its parts, so that nothing is hidden.
    private static func guess(_ action: String) -> String {
        "Hizo «\(action.split(separator: ".").dropFirst().map { plain(String($0)) }.joined(separator: ": "))»"
    }

    private static func plain(_ key: String) -> String {
        let words = key.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// What is done in the log, by the part of the product, as the filter names it.
enum LogSubject: String, PathValue, CaseIterable {
    case users = "usuarios"
    case access = "ingresos"
    case settings = "datos"
    case members = "asociados"
    case governance = "gobierno"
    case elections = "elecciones"
    case documents = "documentos"
    case work = "tareas"
    case refused = "rechazos"

    /// The name of the part.
    var title: String {
        switch self {
        case .users: "Usuarios y funciones"
        case .access: "Ingresos y contraseñas"
        case .settings: "Datos de entidad y alianzas"
        case .members: "Afiliados y asociados"
        case .governance: "Gobierno, planes y actas"
        case .elections: "Elecciones"
        case .documents: "Documentos y archivos"
        case .work: "Tareas y cumplimiento"
        case .refused: "Intentos rechazados y lecturas"
        }
    }

    /// The beginnings of its actions.
    var actions: [String] {
        switch self {
        case .users: ["tenancy.user.", "tenancy.role."]
        case .access:
            [
                "tenancy.invitation.", "tenancy.password.", "tenancy.recovery_codes.",
                "tenancy.second_factor.", "tenancy.session.",
            ]
        case .settings: ["tenancy.alliance.", "tenancy.organization.", "tenancy.settings."]
        case .members: ["membership."]
        case .governance: ["governance."]
        case .elections: ["elections."]
        case .documents: ["tenancy.document.", "tenancy.file.", "tenancy.retention_term."]
        case .work: ["tenancy.job.", "tenancy.log.", "reporting."]
        case .refused: ["tenancy.attempt.", "tenancy.personal_data."]
        }
    }
}

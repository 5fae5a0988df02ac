public import Kernel

/// Why a source document is not read or imported.
///
/// Who writes such a file works on it in an editor, so that each says the place in the file and what to write there.
public enum SourceError: UserFacingError, Hashable {
    /// There is nothing in the file.
    case empty
    /// The file is no JSON; the line near which it stops being so, where that is known.
    case notJSON(line: Int?)
    /// A field that has to be there is not.
    case missing(String, at: String)
    /// A field that the form does not know, such as a misspelt one.
    case unknownField(String, at: String)
    /// A value is not of the sort, or none of the words, that its field asks for.
    case wrongValue(String, at: String, expected: String)
    /// A code or number stands twice.
    case repeated(String, at: String)
    /// The document has neither plan, meetings, minutes, agendas nor text.
    case holdsNothing
    /// A date is none.
    case unknownDate(String, at: String)
    /// Hours are none.
    case unknownHours(String, at: String)
    /// A meeting of it is refused.
    case badMeeting(String, at: String)
    /// Another version of the document was imported.
    case changed(String)
    /// The alliance has another standing agenda of that name.
    case agendaTaken(String)

    /// The stable code.
    public var code: String {
        switch self {
        case .empty: "governance.source.empty"
        case .notJSON: "governance.source.not_json"
        case .missing: "governance.source.missing_field"
        case .unknownField: "governance.source.unknown_field"
        case .wrongValue: "governance.source.wrong_value"
        case .repeated: "governance.source.repeated"
        case .holdsNothing: "governance.source.holds_nothing"
        case .unknownDate: "governance.source.unknown_date"
        case .unknownHours: "governance.source.unknown_hours"
        case .badMeeting: "governance.source.bad_meeting"
        case .changed: "governance.source.changed"
        case .agendaTaken: "governance.source.agenda_taken"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .changed, .agendaTaken: .conflict
        default: .invalid
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .empty: "El archivo está vacío. Revise que sea el documento que quería cargar."
        case .notJSON(let line):
            "El archivo no es JSON\(line.map { ": deja de leerse cerca de la línea \($0)" } ?? ""). Revise comas, comillas y llaves."
        case .missing(let field, let place):
            "Falta el dato «\(field)» en \(place). Compárelo con los archivos de sql/data/sources."
        case .unknownField(let field, let place):
            "No se conoce el dato «\(field)» en \(place). Quítelo o corrija su nombre."
        case .wrongValue(let field, let place, let expected):
            "El dato «\(field)» en \(place) no sirve: debe ser \(expected)."
        case .repeated(let value, let place): "«\(value)» está dos veces en \(place). Deje uno solo."
        case .holdsNothing:
            "El documento no trae plan, reuniones, actas, órdenes del día ni texto. Agregue lo que haya."
        case .unknownDate(let text, let place):
            "En «\(place)», «\(text)» no es una fecha. Escríbala como «Viernes 13 marzo 2026»."
        case .unknownHours(let text, let place):
            "En «\(place)», «\(text)» no son horas. Escríbalas como «09:00 a.m. a 10:00 a.m.»."
        case .badMeeting(let reason, let place): "En «\(place)»: \(reason)"
        case .changed(let code):
            "El documento «\(code)» ya se cargó con otro contenido. Lo cargado no se cambia: use otro código."
        case .agendaTaken(let title):
            "La alianza ya tiene un orden del día «\(title)». Use otro título."
        }
    }
}

public import Kernel

/// Why something of an oversight exercise is refused.
public enum OversightError: UserFacingError, Hashable {
    /// There is none of that identifier.
    case notFound
    /// It does not say what is watched.
    case titleMissing
    /// It does not say why.
    case reasonMissing
    /// It does not say whose service it is.
    case entityMissing
    /// Its end lies before its beginning.
    case endsBeforeItBegins
    /// The registration does not say before whom.
    case authorityMissing
    /// The registration has no number.
    case numberMissing
    /// It says nothing at its end.
    case conclusionMissing
    /// It was closed.
    case closed
    /// Somebody else wrote it meanwhile.
    case changedMeanwhile
    /// It is shared already.
    case alreadyShared
    /// It has to be shared first.
    case reserved
    /// Only the board keeps something to itself.
    case notOnBoard
    /// An indicator without a name, or without what is expected.
    case indicatorIncomplete
    /// The indicator is none of the exercise's, or is looked at no more.
    case indicatorNotFound
    /// Nobody is named.
    case nameMissing
    /// The document is nobody's in the register.
    case personNotFound
    /// The person is in the team already.
    case alreadyIn
    /// The person is not in the team.
    case notIn
    /// The visit says no place.
    case placeMissing
    /// Nobody of the team went.
    case nobodyWent
    /// Nothing tells what was measured.
    case measureMissing
    /// There is no such visit, or it was withdrawn.
    case visitNotFound
    /// Findings rest on the visit.
    case visitHasFindings
    /// The finding says nothing.
    case findingMissing
    /// There is no such finding.
    case findingNotFound
    /// A step that tells nothing.
    case noteMissing
    /// It does not follow from where the finding stands.
    case outOfTurn
    /// The finding led on already.
    case ledOnAlready
    /// The day lies in the future, or before the exercise.
    case dayOutOfPlace
    /// The exercise has that file already.
    case fileKnown

    /// The stable code.
    public var code: String { "governance.oversight.\(words.code)" }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .visitNotFound, .findingNotFound: .notFound
        case .closed, .changedMeanwhile, .alreadyShared, .reserved, .alreadyIn, .notIn, .outOfTurn,
            .ledOnAlready, .visitHasFindings, .fileKnown:
            .conflict
        case .notOnBoard: .forbidden
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? { words.field }

    /// The words for the person.
    public var message: String { words.message }

    private var words: (code: String, field: String?, message: String) {
        switch self {
        case .notFound: ("not_found", nil, "No encontramos esa veeduría. Vuelva a la lista.")
        case .titleMissing: ("title_missing", "title", "Diga qué se vigila.")
        case .reasonMissing: ("reason_missing", "reason", "Cuente por qué se hace.")
        case .entityMissing:
            ("entity_missing", "entity", "Diga a quién se le hace: la EPS, la IPS, la farmacia.")
        case .endsBeforeItBegins:
            ("ends_before_it_begins", "ends_on", "No puede terminar antes de empezar. Corrija las fechas.")
        case .authorityMissing:
            (
                "authority_missing", "authority",
                "Diga ante quién se inscribió: la personería o la cámara de comercio."
            )
        case .numberMissing: ("number_missing", "number", "Escriba el número de la inscripción.")
        case .conclusionMissing: ("conclusion_missing", "conclusion", "Escriba a qué se llegó.")
        case .closed: ("closed", nil, "Esta veeduría ya se cerró.")
        case .changedMeanwhile:
            (
                "changed_meanwhile", nil,
                "Otra persona la cambió mientras usted escribía. Ábrala de nuevo y revise."
            )
        case .alreadyShared: ("already_shared", nil, "Esta veeduría ya está compartida con la entidad.")
        case .reserved:
            ("reserved", nil, "Primero comparta la veeduría: lo que sale de ella lo ve la entidad.")
        case .notOnBoard: ("not_on_board", nil, "Solo la junta tiene espacio propio.")
        case .indicatorIncomplete:
            ("indicator_incomplete", "name", "Escriba qué se mira y qué se espera.")
        case .indicatorNotFound:
            ("indicator_not_found", nil, "Ese indicador ya no se mide. Abra la veeduría de nuevo.")
        case .nameMissing: ("name_missing", "person", "Escriba el nombre o el documento.")
        case .personNotFound:
            (
                "person_not_found", "person",
                "Ese documento no está en el padrón. Escriba el nombre, o «CC 123»."
            )
        case .alreadyIn: ("already_in", "person", "Esa persona ya está en el equipo.")
        case .notIn: ("not_in", nil, "Esa persona ya no está en el equipo.")
        case .placeMissing: ("place_missing", "place", "Diga qué lugar se visitó.")
        case .nobodyWent: ("nobody_went", "visitors", "Marque quiénes del equipo fueron.")
        case .measureMissing:
            ("measure_missing", nil, "Escriba qué se midió o qué se observó, o marque que no se pudo ver.")
        case .visitNotFound: ("visit_not_found", nil, "No encontramos esa visita, o se retiró.")
        case .visitHasFindings:
            ("visit_has_findings", nil, "De esta visita salieron hallazgos: ya no se puede retirar.")
        case .findingMissing: ("finding_missing", "account", "Cuente qué se encontró.")
        case .findingNotFound:
            ("finding_not_found", nil, "No encontramos ese hallazgo. Vuelva a la veeduría.")
        case .noteMissing: ("note_missing", "note", "Cuente en una frase qué pasó.")
        case .outOfTurn:
            (
                "out_of_turn", nil,
                "Eso no sigue del estado en que está el hallazgo. Vuelva a su página y mire qué falta."
            )
        case .ledOnAlready: ("led_on_already", nil, "De este hallazgo ya salió una. Ábrala desde su página.")
        case .dayOutOfPlace:
            ("day_out_of_place", "day", "Esa fecha todavía no llega, o es anterior al comienzo. Corríjala.")
        case .fileKnown: ("file_known", "file", "Ese archivo ya está en la veeduría.")
        }
    }
}

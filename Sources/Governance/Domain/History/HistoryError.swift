public import Kernel

/// Why history from paper is not taken in, or not taken back.
public enum HistoryError: UserFacingError, Hashable {
    /// Something is wrong with the sheet.
    case sheetHasProblems
    /// Nothing of the sheet is new.
    case nothingNew
    /// A row is refused by a rule.
    case rowRefused(row: Int, reason: String)
    /// The scan of a row was not sent.
    case scanMissing(row: Int, name: String)
    /// A file is named by no row that awaits its scan.
    case scanNotAwaited
    /// A row came in before.
    case alreadyIn
    /// There is no such import, or it was undone.
    case notFound
    /// Something rests on what came in.
    case inUse
    /// Minutes that were numbered here go on from those of the paper.
    case numbersFollow
    /// No reason was given.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .sheetHasProblems: "governance.history.sheet_has_problems"
        case .nothingNew: "governance.history.nothing_new"
        case .rowRefused: "governance.history.row_refused"
        case .scanMissing: "governance.history.scan_missing"
        case .scanNotAwaited: "governance.history.scan_not_awaited"
        case .alreadyIn: "governance.history.already_in"
        case .notFound: "governance.history.not_found"
        case .inUse: "governance.history.in_use"
        case .numbersFollow: "governance.history.numbers_follow"
        case .reasonMissing: "governance.history.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .sheetHasProblems, .nothingNew, .rowRefused, .scanMissing, .reasonMissing: .invalid
        case .alreadyIn, .scanNotAwaited: .conflict
        case .notFound: .notFound
        case .inUse, .numbersFollow: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .scanMissing, .scanNotAwaited: "scans"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .sheetHasProblems: "La hoja tiene errores. Corríjalos y envíela otra vez."
        case .nothingNew: "Todo lo de la hoja ya estaba. No hay nada que agregar."
        case .rowRefused(let row, let reason): "Fila \(row): \(reason)"
        case .scanMissing(let row, let name):
            "Fila \(row): falta el archivo «\(name)». Envíelo con los demás, o deje vacía la celda."
        case .scanNotAwaited:
            "Uno de los archivos ya no hace falta: su registro tiene escaneo. Envíelos otra vez sin ese."
        case .alreadyIn: "Una de las filas entró hace un momento. Envíe la hoja otra vez."
        case .notFound: "No encontramos esa importación, o ya se deshizo. Vuelva a la historia de la alianza."
        case .inUse:
            "Ya no se puede deshacer: algo de lo que entró se usó después. Corrija cada registro en su página."
        case .numbersFollow:
            "Ya no se puede deshacer: las actas hechas aquí siguen la numeración de estas. Corrija con un acta posterior."
        case .reasonMissing: "Diga por qué se deshace la importación."
        }
    }
}

public import Kernel

/// Why a file of affiliates cannot be read at all.
public enum AffiliateFileError: UserFacingError, Hashable {
    /// No byte, or nothing but empty lines.
    case empty
    /// The byte order mark, or a null byte in the header, says UTF-16 or UTF-32.
    case wideCharacters
    /// The first bytes are those of a workbook of a spreadsheet.
    case workbook
    /// The first line names none of the columns.
    case noHeader(found: String)
    /// The header cannot be split: a quote that is not closed, or text behind a closing one.
    case unreadableHeader
    /// The header holds a byte that is not of the encoding of the file.
    case foreignBytesInHeader(FileEncoding)
    /// Columns without which nobody can be registered.
    case missingColumns([AffiliateColumn])
    /// Columns that the header names more than once.
    case repeatedColumns([AffiliateColumn])

    /// The stable code, `membership.import.…`.
    public var code: String {
        switch self {
        case .empty: "membership.import.empty"
        case .wideCharacters: "membership.import.wide_characters"
        case .workbook: "membership.import.workbook"
        case .noHeader: "membership.import.no_header"
        case .unreadableHeader: "membership.import.unreadable_header"
        case .foreignBytesInHeader: "membership.import.foreign_bytes_in_header"
        case .missingColumns: "membership.import.missing_columns"
        case .repeatedColumns: "membership.import.repeated_columns"
        }
    }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong with the file and how to mend it.
    public var message: String {
        switch self {
        case .empty:
            "El archivo está vacío. Expórtelo de nuevo y revise que traiga el encabezado y los afiliados."
        case .wideCharacters:
            "El archivo está en UTF-16, que aquí no se lee. Guárdelo como «CSV UTF-8 (delimitado por comas)» y vuelva a subirlo."
        case .workbook:
            "El archivo es un libro de cálculo. Ábralo, guárdelo como «CSV UTF-8 (delimitado por comas)» y suba ese archivo."
        case .noHeader(let found):
            "La primera línea no trae los nombres de las columnas: dice «\(found)». Agregue el encabezado que empieza por tipo_documento;numero_documento."
        case .unreadableHeader:
            "Las comillas del encabezado no cierran bien. Corrija la primera línea del archivo."
        case .foreignBytesInHeader:
            "El encabezado tiene letras que no se pueden leer. Guarde el archivo completo como «CSV UTF-8 (delimitado por comas)»."
        case .missingColumns(let columns):
            columns.count == 1
                ? "Falta la columna \(Self.list(columns)). Agréguela al encabezado y a cada fila."
                : "Faltan las columnas \(Self.list(columns)). Agréguelas al encabezado y a cada fila."
        case .repeatedColumns(let columns):
            columns.count == 1
                ? "La columna \(Self.list(columns)) está repetida en el encabezado. Deje una sola."
                : "Las columnas \(Self.list(columns)) están repetidas en el encabezado. Deje una de cada una."
        }
    }

    /// Those that go away where the spreadsheet saves the file as CSV.
    public static let askingForCSV: [Self] = [.workbook, .wideCharacters]

    private static func list(_ columns: [AffiliateColumn]) -> String {
        columns.map(\.header).joined(separator: ", ")
    }
}

/// What the office should know of a file that can be read.
public enum AffiliateFileNotice: Sendable, Hashable {
    /// Columns that the product does not know and does not keep.
    case ignoredColumns([String])
    /// Columns that may be absent, and are: what is known of them stays.
    case absentColumns([AffiliateColumn])

    /// The notice in Spanish.
    public var message: String {
        switch self {
        case .ignoredColumns(let names):
            "Estas columnas no se guardan: \(names.map { $0.isEmpty ? "(sin nombre)" : $0 }.joined(separator: ", "))."
        case .absentColumns(let columns):
            "El archivo no trae \(columns.map(\.header).joined(separator: ", ")): se conserva lo que ya había."
        }
    }
}

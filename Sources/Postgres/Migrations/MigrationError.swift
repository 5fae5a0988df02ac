public import Kernel

/// Why the schema could not be brought up to date. The words are for who operates the server.
public enum MigrationError: UserFacingError {
    /// The folder or a file in it cannot be read as UTF-8.
    case unreadable(String)
    /// The name does not begin with four digits and an underscore.
    case badName(String)
    /// Two files have the same number.
    case sameNumber(String, String)
    /// A file that was applied is no longer there.
    case missing(String)
    /// A file that was applied is not what it was.
    case edited(String)
    /// A file that was not applied stands in front of one that was.
    case outOfOrder(String, behind: String)
    /// The database refused a statement, which begins in that line.
    case failed(String, line: Int, PostgresError)
    /// The database could not be reached, or does not let the owner in.
    case database(PostgresError)

    /// The stable code.
    public var code: String {
        switch self {
        case .unreadable: "postgres.migration.unreadable"
        case .badName: "postgres.migration.bad_name"
        case .sameNumber: "postgres.migration.same_number"
        case .missing: "postgres.migration.missing"
        case .edited: "postgres.migration.edited"
        case .outOfOrder: "postgres.migration.out_of_order"
        case .failed: "postgres.migration.failed"
        case .database: "postgres.migration.database"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        if case .database = self { .unavailable } else { .refused }
    }

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .unreadable(let path):
            "No se pueden leer las migraciones en \(path). Revise que la carpeta exista y que sus archivos estén en UTF-8."
        case .badName(let name):
            "El archivo \(name).sql no empieza por un número de cuatro cifras y un guion bajo. Cámbiele el nombre, por ejemplo 0012_elections_slates.sql."
        case .sameNumber(let first, let second):
            "Los archivos \(first).sql y \(second).sql tienen el mismo número. Dele otro al que aún no se haya aplicado."
        case .missing(let name):
            "La migración \(name) está aplicada en la base de datos, pero su archivo no está. Instale la versión del programa que la trae, o una posterior."
        case .edited(let name):
            "La migración \(name) ya se aplicó y después alguien cambió su archivo. Devuelva el archivo a como estaba y haga el cambio en una migración nueva."
        case .outOfOrder(let name, let last):
            "La migración \(name) va antes de \(last), que ya se aplicó. Dele un número mayor."
        case .failed(let name, let line, let error):
            "La migración \(name) falló en la instrucción que empieza en la línea \(line), y de ella no quedó nada: \(error.description)"
        case .database(let error):
            "No se pudo preparar la base de datos para migrar: \(error.description)"
        }
    }
}

public import Kernel

/// A file of affiliates that is, or may be, merged into the register as a whole.
public enum ImportBatch {}

/// What became of the rows of a file; they add up.
public struct AffiliateImportSummary: Sendable, Hashable, Codable {
    /// The records of the file, the header not counted: the sum of the others.
    public let read: Int
    /// People whom the register did not have.
    public let new: Int
    /// People of whom the file says something else than the register did.
    public let changed: Int
    /// People of whom it says the same.
    public let unchanged: Int
    /// Records that were refused.
    public let refused: Int

    /// The summary of `refused` records and of those that were compared with the register.
    public init(new: Int, changed: Int, unchanged: Int, refused: Int) {
        read = new + changed + unchanged + refused
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
        self.refused = refused
    }
}

/// A file whose rows were checked and wait to be merged: what the merge has to know of it.
public struct StagedAffiliates: Sendable, Hashable, Codable {
    /// Identifies the batch.
    public let batch: ID<ImportBatch>
    /// The name of the file, without its folder.
    public let fileName: String
    /// The SHA-256 of the file.
    public let digest: [UInt8]
    /// The rows that wait.
    public let accepted: Int
    /// The records that were refused.
    public let refused: Int
    /// The columns that the file has; of the others, what the register says stays.
    let columns: Set<String>

    func has(_ column: AffiliateColumn) -> Bool { columns.contains(column.header) }
}

/// How far an import is.
public struct AffiliateImportProgress: Sendable, Hashable {
    /// What is being done.
    public enum Phase: Sendable, Hashable {
        /// The file is read and each row checked.
        case checking
        /// The rows are compared with the register.
        case comparing
        /// The register is written.
        case merging
    }

    /// What is being done.
    public let phase: Phase
    /// The bytes of the file read so far.
    public let bytesRead: Int
    /// The records read so far.
    public let read: Int
    /// Those refused among them.
    public let refused: Int
}

/// Why a file of affiliates cannot be merged, or a merge not be undone.
public enum AffiliateImportError: UserFacingError, Hashable {
    /// The register has been brought to a later day by another file.
    case olderThanRegister(cutoff: CalendarDate, latest: CalendarDate)
    /// The rows that were to be merged are gone: the server was restarted, or a day went by.
    case rowsLost
    /// There is no such import, or it was undone.
    case batchNotFound
    /// A later import builds on it.
    case notTheLatest
    /// People whom it brought are members, candidates or users meanwhile.
    case peopleInUse
    /// The day of which the file tells is still to come.
    case cutoffToCome(CalendarDate)
    /// The register changed between check and confirmation, and the merge would do something else.
    case registerChanged
    /// The file that was sent is not on the server any more.
    case fileLost
    /// The file is not at the step that is asked for: somebody else went on, or gave it up.
    case wrongStep
    /// Many people would change, and nobody said that it is right.
    case unconfirmedMagnitude

    /// The stable code, `membership.import.…`.
    public var code: String {
        switch self {
        case .olderThanRegister: "membership.import.older_than_register"
        case .rowsLost: "membership.import.rows_lost"
        case .batchNotFound: "membership.import.batch_not_found"
        case .notTheLatest: "membership.import.not_the_latest"
        case .peopleInUse: "membership.import.people_in_use"
        case .cutoffToCome: "membership.import.cutoff_to_come"
        case .registerChanged: "membership.import.register_changed"
        case .fileLost: "membership.import.file_lost"
        case .wrongStep: "membership.import.wrong_step"
        case .unconfirmedMagnitude: "membership.import.unconfirmed_magnitude"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .olderThanRegister, .notTheLatest, .peopleInUse, .unconfirmedMagnitude: .refused
        case .cutoffToCome: .invalid
        case .rowsLost, .registerChanged, .fileLost, .wrongStep: .conflict
        case .batchNotFound: .notFound
        }
    }

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .olderThanRegister(let cutoff, let latest):
            """
            El archivo tiene corte del \(SpanishFormat.date(cutoff)) y el padrón ya está al \
            \(SpanishFormat.date(latest)). Importe un archivo con un corte igual o posterior.
            """
        case .rowsLost:
            "Las filas revisadas ya no están en el servidor y no se cambió nada. Vuelva a subir el archivo."
        case .batchNotFound:
            "Esa importación no existe o ya se deshizo. No hay nada que deshacer."
        case .notTheLatest:
            "Después de esa importación hubo otra. Deshaga primero la más reciente."
        case .peopleInUse:
            "Personas que llegaron en esa importación ya son asociadas, candidatas o usuarias. Por eso no se puede deshacer: importe un archivo corregido."
        case .cutoffToCome(let cutoff):
            "El \(SpanishFormat.date(cutoff)) aún no llega. Indique el día del que habla el archivo, hoy o antes."
        case .registerChanged:
            "El padrón cambió después de la revisión y el resultado sería otro. Revise el archivo de nuevo y confirme."
        case .fileLost:
            "El archivo ya no está en el servidor y no se cambió nada. Vuelva a subirlo."
        case .wrongStep:
            "Esta importación ya pasó de ese paso, o alguien la descartó. Mire abajo en qué quedó."
        case .unconfirmedMagnitude:
            "El archivo cambia a muchas personas. Revise los cambios y marque que son correctos."
        }
    }

    /// The question of the form that it is about.
    public var field: String? {
        switch self {
        case .olderThanRegister, .cutoffToCome: "cutoff"
        default: nil
        }
    }
}

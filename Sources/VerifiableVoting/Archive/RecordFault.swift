/// Why the bytes of a file are not an archive from some record on.
public struct RecordFault: Error, Hashable, Sendable {
    /// What is wrong with the record.
    public enum Reason: Hashable, Sendable {
        /// The file does not begin as an archive does.
        case noArchive
        /// It is of a version of the format that we do not know.
        case otherVersion(Int)
        /// The file ends within the record; so many bytes are missing.
        case truncated(missing: Int)
        /// The header is not the one that its name, its size and the time of the archive give.
        case header
        /// The name is neither that of data nor that of an event.
        case name
        /// The record is larger than one in this place may be, in bytes.
        case tooLarge(size: Int, limit: Int)
        /// The name is not the hash of the content.
        case notItsHash
        /// The bytes after the content are not zeros.
        case padding
        /// Data stand where the event has to follow.
        case unexpectedData
    }

    /// The byte at which the record begins.
    public let offset: Int
    /// What is wrong with it.
    public let reason: Reason

    /// A fault of the record that begins at a byte.
    public init(at offset: Int, _ reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    /// What is wrong, in Spanish, as a sentence.
    public var sentence: String {
        switch reason {
        case .noArchive:
            "El archivo no empieza como una urna electrónica: no es un archivo .bel."
        case .otherVersion(let version):
            "La urna es de la versión \(version) del formato, y este programa conoce la 1."
        case .truncated(let missing):
            "El archivo está cortado: al registro que empieza en el byte \(offset) le faltan \(missing) bytes."
        case .header:
            "El encabezado del registro que empieza en el byte \(offset) no es el que corresponde."
        case .name:
            "El registro que empieza en el byte \(offset) no tiene nombre de dato ni de evento."
        case .tooLarge(let size, let limit):
            "El registro que empieza en el byte \(offset) ocupa \(size) bytes; ahí se admiten \(limit)."
        case .notItsHash:
            "El contenido del registro que empieza en el byte \(offset) no es el de su huella: fue cambiado."
        case .padding:
            "Después del registro que empieza en el byte \(offset) hay bytes que no deberían estar."
        case .unexpectedData:
            "En el byte \(offset) hay un dato que ningún evento usa."
        }
    }
}

/// Why an event may not stand where it stands.
public enum OrderFault: Error, Hashable, Sendable {
    /// The event may not follow at this stage.
    case outOfOrder(EventType, ArchiveStage)
    /// Its parent is not the event before it.
    case parent
    /// Its height is not one more than that of the event before it.
    case height(expected: Int)
    /// The data that it needs are not all directly before it.
    case missingData(found: Int, needed: Int)
    /// What it names is not what stands before it.
    case payload
    /// A record that binds others names other ones than those that stand before it.
    case otherData
    /// Data stand at the end without the event that would use them.
    case unusedData

    /// What is wrong, in Spanish, as a sentence.
    public var sentence: String {
        switch self {
        case .outOfOrder(let type, let stage):
            "No puede haber un evento «\(type.rawValue)» \(stage.moment)."
        case .parent: "El evento no está unido al anterior: se quitó, se cambió o se añadió algo."
        case .height(let expected): "El evento debía ser el número \(expected)."
        case .missingData(let found, let needed):
            "El evento necesita \(needed) datos justo antes de él y hay \(found)."
        case .payload: "El evento nombra un dato que no es el que está antes de él."
        case .otherData: "Los datos que están antes del evento no son los que se nombran."
        case .unusedData: "El archivo termina con datos que ningún evento usa."
        }
    }
}

extension ArchiveStage {
    fileprivate var moment: String {
        switch self {
        case .empty: "antes de que empiece la elección"
        case .voting: "mientras se vota"
        case .closed: "cuando se acaba de cerrar la votación"
        case .tallied: "cuando se acaban de sumar los votos cifrados"
        case .decrypting: "durante el descifrado"
        case .finished: "después del resultado"
        }
    }
}

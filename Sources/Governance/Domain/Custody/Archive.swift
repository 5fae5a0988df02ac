import Foundation
import Kernel

/// One entry of a copy, as its manifest names it.
public struct ArchiveEntry: Sendable, Hashable, Codable {
    /// Its path in the archive.
    public let path: String
    /// Its size.
    public let bytes: Int
    /// The SHA-256 of its content, in hexadecimal digits.
    public let sha256: String
    /// How many rows it has, of a table.
    public let rows: Int?

    enum CodingKeys: String, CodingKey {
        case path = "ruta"
        case bytes = "octetos"
        case sha256
        case rows = "filas"
    }
}

/// The manifest of a copy: what it holds, of whom, and where its chains of events ended.
public struct ArchiveManifest: Sendable, Codable {
    /// The last link of a chain.
    public struct Chain: Sendable, Codable {
        /// The chain.
        public let stream: String
        /// `office`, `alliance` or `process`.
        public let kind: String
        /// How many links it has.
        public let links: Int
        /// The hash of the last, in hexadecimal digits.
        public let head: String
        /// Where its links are.
        public let path: String

        enum CodingKeys: String, CodingKey {
            case stream = "cadena"
            case kind = "clase"
            case links = "eslabones"
            case head = "cabeza"
            case path = "ruta"
        }
    }

    /// Where the manifest lies.
    public static let path = "manifiesto.json"
    /// Where the digests lie that `sha256sum -c` reads.
    public static let sumsPath = "SUMAS-SHA256.txt"
    /// What the form of a copy is called.
    public static let format = "alianzas-copia/1"

    /// The form.
    public let format: String
    /// The tenant.
    public let organization: String
    /// Its name.
    public let organizationName: String
    /// The alliance.
    public let alliance: String
    /// Its name.
    public let allianceName: String
    /// When it was made, ISO 8601.
    public let madeAt: String
    /// Its chains of events.
    public let chains: [Chain]
    /// All that it holds, but for the manifest and the digests.
    public let entries: [ArchiveEntry]

    enum CodingKeys: String, CodingKey {
        case format = "formato"
        case organization = "entidad"
        case organizationName = "nombre_de_la_entidad"
        case alliance = "alianza"
        case allianceName = "nombre_de_la_alianza"
        case madeAt = "hecha"
        case chains = "cadenas"
        case entries = "entradas"
    }
}

/// What does not hold of a copy.
public struct ArchiveFault: Sendable, Hashable {
    /// The sorts of faults.
    public enum Kind: Sendable, Hashable {
        /// The archive cannot be read, or has no manifest.
        case unreadable
        /// The manifest names an entry that is not there.
        case missing
        /// An entry is there that the manifest does not name.
        case added
        /// An entry is not what the manifest says.
        case altered
        /// A chain of events does not hold, from a link on.
        case chain(link: Int)
    }

    /// Its sort.
    public let kind: Kind
    /// Where.
    public let path: String

    /// In words.
    public var words: String {
        switch kind {
        case .unreadable: "«\(path)» no se puede leer, o no es una copia de Alianzas"
        case .missing: "falta «\(path)»"
        case .added: "sobra «\(path)»"
        case .altered: "«\(path)» fue cambiado"
        case .chain(let link): "la cadena «\(path)» no se sostiene desde el eslabón \(link)"
        }
    }
}

/// The check sum of ZIP archives (CRC-32, ISO 3309).
struct CheckSum {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private var state = UInt32.max

    mutating func append(_ bytes: [UInt8]) {
        for byte in bytes { state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8) }
    }

    var value: UInt32 { ~state }
}

import Foundation
public import Kernel
public import Tenancy

/// What the credential authority works from (`electores.json`): for which election, and for whom. The page's module and
/// the terminal read the same, so that slips are alike however they were made.
public struct CredentialOrder: Codable, Sendable {
    /// An elector as a slip names them.
    public struct Elector: Codable, Sendable {
        /// Identifies them to the server, which gets it back with the public half.
        public let person: String
        /// Their name on the roll.
        public let name: String
        /// Their document, most of it hidden.
        public let document: String
        /// Where they vote: "Mesa 3"; `nil` where they have no table.
        public let table: String?
        /// Where that table stands; `nil` where it is not told.
        public let place: String?

        /// An elector.
        public init(
            person: ID<Person>, name: String, document: String, table: String?, place: String? = nil
        ) {
            self.person = person.description
            self.name = name
            self.document = document
            self.table = table
            self.place = place
        }
    }

    /// The identifier of the election, from which keys are derived (`verifiable-voting.md` §4.6).
    public let uuid: String
    /// The group's name.
    public let group: String
    /// The address of the booth, to which a code is added after a # that browsers keep to themselves.
    public let booth: String
    /// Which box of the process it is, as slips name it: «Urna n.º 2».
    public let box: String
    /// What is elected.
    public let title: String
    /// The alliance.
    public let alliance: String
    /// Whether it is a rehearsal.
    public let mock: Bool
    /// When it is voted, as a sentence.
    public let hours: String
    /// Whether it is voted from afar: the slip then says which page to open.
    public let remote: Bool
    /// Whether it is voted in booths at tables: the slip is what people take home, and tells them where to go.
    public let kiosk: Bool
    /// Where the booth is for whoever has no table on their slip: the only place; `nil` where there are several.
    public let place: String?
    /// Which making of slips this is, from 1: those that were handed in before are worth nothing.
    public let making: Int
    /// Who gets one, by table and name.
    public let electors: [Elector]

    /// An order.
    public init(
        for box: BallotBox, booth: String, title: String, alliance: String, hours: String, place: String?,
        making: Int, electors: [Elector]
    ) {
        uuid = box.uuid
        group = box.choices.group.rawValue
        self.booth = booth
        self.box = box.title
        self.title = title
        self.alliance = alliance
        mock = box.isMock
        self.hours = hours
        remote = box.choices.allowsRemote
        kiosk = box.choices.allowsKiosk
        self.place = place
        self.making = making
        self.electors = electors
    }
}

/// A line of the file of public halves (`claves-publicas.json`), as the page and the terminal write it.
public struct CredentialLine: Codable, Sendable {
    /// S(g^s), as the format writes it.
    public let credential: String
    /// The elector, as the order names them; `nil` where the slip belongs to nobody yet.
    public let person: String?
    /// What stands on the outside of a slip without a name.
    public let serial: String?
    /// Whether it is kept for who loses theirs.
    public let isSpare: Bool?

    /// A public half.
    public init(_ credential: String, person: String? = nil, serial: String? = nil, isSpare: Bool? = nil) {
        self.credential = credential
        self.person = person
        self.serial = serial
        self.isSpare = isSpare
    }

    /// Writes a file of public halves.
    public static func file(of lines: [Self]) throws -> [UInt8] {
        let writer = JSONEncoder()
        writer.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try lines.flatMap { try writer.encode($0) + [UInt8(ascii: "\n")] }
    }

    /// Reads a file of public halves.
    ///
    /// - Throws: ``CredentialFileError``.
    public static func read(_ bytes: [UInt8]) throws(CredentialFileError) -> [BoxCredential] {
        let reader = JSONDecoder()
        var credentials: [BoxCredential] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let line = try? reader.decode(CredentialLine.self, from: Data(line)) else {
                throw .unreadable(line: index + 1)
            }
            let person = line.person.flatMap { ID<Person>($0) }
            guard (person == nil) == (line.person == nil) else { throw .unreadable(line: index + 1) }
            credentials.append(
                BoxCredential(
                    line.credential, serial: line.serial, of: person, isSpare: line.isSpare ?? false))
        }
        guard !credentials.isEmpty else { throw .empty }
        return credentials
    }
}

/// Why a file of public halves is not read.
public enum CredentialFileError: UserFacingError, Hashable {
    /// A line is none of such a file.
    case unreadable(line: Int)
    /// It holds nothing.
    case empty

    /// The stable code.
    public var code: String {
        switch self {
        case .unreadable: "elections.credentials.unreadable"
        case .empty: "elections.credentials.empty"
        }
    }
    /// The sort of refusal.
    public var kind: ErrorKind { .invalid }
    /// The form field.
    public var field: String? { "credentials" }
    /// The words for the person.
    public var message: String {
        switch self {
        case .unreadable(let line):
            "La línea \(line) del archivo no es una clave pública. Entregue el archivo tal como se hizo."
        case .empty: "El archivo no tiene claves. Hágalas de nuevo."
        }
    }
}

import Crypto
public import Foundation
public import Kernel
public import Tenancy

/// What became of the members when the provisional roll was made.
public struct ProvisionalRoll: Sendable, Hashable {
    /// The number of the publication, 1 being the first.
    public let version: Int
    /// The day as of which eligibility was read.
    public let cutoffOn: CalendarDate
    /// How many may vote.
    public let eligible: Int
    /// How many may not.
    public let ineligible: Int
    /// Of how many it is not proven.
    public let unproven: Int
    /// When it was published.
    public let publishedAt: Date
    /// Until when claims are taken, but for extensions; `nil` where that was not kept with it, or no calendar says it.
    public let claimsUntil: Date?

    /// Makes a publication.
    public init(
        version: Int, cutoffOn: CalendarDate, eligible: Int, ineligible: Int, unproven: Int,
        publishedAt: Date, claimsUntil: Date?
    ) {
        self.version = version
        self.cutoffOn = cutoffOn
        self.eligible = eligible
        self.ineligible = ineligible
        self.unproven = unproven
        self.publishedAt = publishedAt
        self.claimsUntil = claimsUntil
    }
}

/// A frozen roll (`censo definitivo`): its seal tells it from any other.
public struct Roll: Sendable, Hashable {
    /// How many may vote.
    public let electors: Int
    /// The salt of its entries, 32 bytes.
    public let salt: [UInt8]
    /// The SHA-256 over its canonical text; see ``RollSeal``.
    public let sha256: [UInt8]
    /// When it was frozen.
    public let frozenAt: Date

    /// Makes a roll.
    public init(electors: Int, salt: [UInt8], sha256: [UInt8], frozenAt: Date) {
        self.electors = electors
        self.salt = salt
        self.sha256 = sha256
        self.frozenAt = frozenAt
    }
}

/// An elector of a frozen roll, as the seal is taken over them.
public struct RollEntry: Sendable, Hashable {
    /// The person.
    public let person: ID<Person>
    /// The place in the order of names, 1 being the first.
    public let position: Int
    /// The type of the document.
    public let documentType: String
    /// The number of the document.
    public let documentNumber: String
    /// The name on that day.
    public let name: String
    /// The municipality, by its code.
    public let municipality: String

    /// Makes an entry.
    public init(
        person: ID<Person>, position: Int, documentType: String, documentNumber: String, name: String,
        municipality: String
    ) {
        self.person = person
        self.position = position
        self.documentType = documentType
        self.documentNumber = documentNumber
        self.name = name
        self.municipality = municipality
    }
}

/// The seal of a frozen roll, reckoned again by whoever has the roll and its salt.
///
/// Each entry has a leaf: SHA-256 of SHA-256(salt ‖ identifier of the person) followed by the canonical list of
/// position, document type, document number, name and municipality. The seal is SHA-256 of `alianzas roll 1`, the
/// identifier of the process, the number of electors, the moment of freezing in microseconds since 1970, and the
/// leaves in hexadecimal, sorted, each followed by a line feed. Two rolls that differ in a comma have other seals, and
/// a leaf alone tells nothing of its person to who does not have the salt. `RollSeal.md` has the form, byte by byte.
public enum RollSeal {
    /// The leaf of an entry.
    public static func leaf(of entry: RollEntry, salt: [UInt8]) -> [UInt8] {
        let pseudonym = SHA256.hash(data: salt + Array(entry.person.description.utf8))
        let text = HashChain.canonicalList([
            String(entry.position), entry.documentType, entry.documentNumber, entry.name, entry.municipality,
        ])
        return Array(SHA256.hash(data: Array(pseudonym) + Array(text.utf8)))
    }

    /// The seal of a roll.
    public static func seal(
        of process: ID<ElectoralProcess>, entries: [RollEntry], salt: [UInt8], frozenAt: Date
    ) -> [UInt8] {
        let leaves = entries.map { Hex.encode(leaf(of: $0, salt: salt)) }.sorted()
        let microseconds = Int((frozenAt.timeIntervalSince1970 * 1_000_000).rounded())
        let lines =
            ["alianzas roll 1", process.description, String(entries.count), String(microseconds)] + leaves
        return Array(SHA256.hash(data: Array((lines.joined(separator: "\n") + "\n").utf8)))
    }
}

/// Why a roll is not published or frozen.
public enum RollError: UserFacingError, Hashable {
    /// The alliance has no members.
    case noMembers
    /// Claims of these numbers wait for their decision.
    case claimsOpen([Int])
    /// Claims are taken until then.
    case claimsStillTaken(until: Date)
    /// By a correction two people would have the same document.
    case documentTwice
    /// Nobody is in the roll.
    case nobody
    /// The process is not at that step.
    case notNow(ProcessState)

    /// The stable code.
    public var code: String {
        switch self {
        case .noMembers: "elections.roll.no_members"
        case .claimsOpen: "elections.roll.claims_open"
        case .claimsStillTaken: "elections.roll.claims_still_taken"
        case .documentTwice: "elections.roll.document_twice"
        case .nobody: "elections.roll.nobody"
        case .notNow: "elections.roll.not_now"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .refused }

    /// The words for the person.
    public var message: String {
        switch self {
        case .noMembers: "La alianza no tiene asociados. Inscríbalos antes de publicar el censo."
        case .claimsOpen(let numbers):
            numbers.count == 1
                ? "Falta decidir la reclamación \(numbers[0]). Decídala antes de congelar el censo."
                : "Faltan por decidir \(numbers.count) reclamaciones: las números \(SpanishFormat.list(numbers.prefix(20).map(String.init))). Decídalas antes de congelar el censo."
        case .claimsStillTaken(let end):
            "\(SpanishFormat.sentence("Las reclamaciones se reciben hasta el \(SpanishFormat.moment(end))")) El censo se congela después: nadie pierde los días que se anunciaron."
        case .documentTwice:
            "Con las correcciones aceptadas, dos personas quedarían con el mismo documento. Revise las reclamaciones de corrección."
        case .nobody: "Nadie quedaría en el censo. Revise los requisitos y las reclamaciones."
        case .notNow(let state): "La elección está en «\(state.title)»; este paso no corresponde ahora."
        }
    }
}

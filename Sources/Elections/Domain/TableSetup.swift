public import Foundation
public import Kernel
public import Tenancy

/// A voting table as it is prepared: where it stands, when it receives votes, who votes at it, and its jurors.
public struct TableSetup: Sendable, Hashable {
    /// Identifies the table.
    public let id: ID<VotingTable>
    /// Its number in the process, 1 being the first.
    public let number: Int
    /// The place: a school, a hall.
    public let place: String
    /// How to get there.
    public let address: String
    /// The municipality in which it stands, by its code.
    public let municipality: String
    /// When it opens.
    public let opensAt: Date
    /// When it closes.
    public let closesAt: Date
    /// Who votes at it; without any, whoever votes at no other, where it is the only one.
    public let slices: [TableSlice]
    /// Its jurors, those relieved left out.
    public let jurors: [Juror]

    /// Makes a table.
    public init(
        id: ID<VotingTable>, number: Int, place: String, address: String, municipality: String,
        opensAt: Date, closesAt: Date, slices: [TableSlice], jurors: [Juror]
    ) {
        self.id = id
        self.number = number
        self.place = place
        self.address = address
        self.municipality = municipality
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.slices = slices
        self.jurors = jurors
    }

    /// How many jurors it still needs: two count apart.
    public var missingJurors: Int { max(0, 2 - jurors.count) }
}

/// Which electors vote at a table: those of a municipality, or of the surnames from one to another in it.
public struct TableSlice: Sendable, Hashable {
    /// The municipality, by its code.
    public let municipality: String
    /// The first surname, folded; empty for the first there is.
    public let from: String
    /// The surname before which the slice ends, folded; `nil` for the end of the alphabet.
    public let to: String?

    /// A slice by what the database keeps.
    public init(municipality: String, from: String = "", to: String? = nil) {
        self.municipality = municipality
        self.from = from
        self.to = to
    }

    /// A slice by what somebody typed: from a surname or letter, included, to another, not included.
    ///
    /// - Throws: ``TableError/surnamesOutOfOrder``.
    public init(municipality: String, from: String?, before: String?) throws(TableError) {
        let first = Self.letters(from)
        let end = Self.letters(before)
        guard end.isEmpty || first < end else { throw .surnamesOutOfOrder }
        self.init(municipality: municipality, from: first, to: end.isEmpty ? nil : end)
    }

    /// The surnames in words: «desde Arrieta hasta antes de Montes».
    public var words: String {
        switch (from.isEmpty, to) {
        case (true, nil): "todos los apellidos"
        case (true, let to?): "hasta antes de \(to.capitalizedWords)"
        case (false, nil): "desde \(from.capitalizedWords)"
        case (false, let to?): "desde \(from.capitalizedWords) hasta antes de \(to.capitalizedWords)"
        }
    }

    /// Whether somebody could vote in both.
    func overlaps(_ other: Self) -> Bool {
        guard municipality == other.municipality else { return false }
        return (other.to.map { from < $0 } ?? true) && (to.map { other.from < $0 } ?? true)
    }

    /// A text as names are ordered by: folded letters and blanks.
    static func letters(_ text: String?) -> String {
        String((text ?? "").folded.filter { $0 == " " || $0.isASCII && $0.isLetter })
            .split(separator: " ").joined(separator: " ")
    }
}

extension String {
    /// Each word with a capital.
    fileprivate var capitalizedWords: String {
        split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}

/// A juror of a table (`jurado de mesa`): enters the count of one of its two juries, apart from the other.
public struct Juror: Sendable, Hashable {
    /// Identifies the appointment.
    public let id: ID<Juror>
    /// The table.
    public let table: ID<VotingTable>
    /// Which of the two juries, 1 or 2.
    public let jury: Int
    /// Who signs in as the juror.
    public let user: ID<User>
    /// The name.
    public let name: String

    /// Makes a juror.
    public init(id: ID<Juror>, table: ID<VotingTable>, jury: Int, user: ID<User>, name: String) {
        self.id = id
        self.table = table
        self.jury = jury
        self.user = user
        self.name = name
    }
}

/// How the tables of a process cover those who vote, one municipality each.
public struct Coverage: Sendable, Hashable {
    /// The municipality, by its code.
    public let municipality: String
    /// Its name.
    public let name: String
    /// How many electors live there: of the frozen roll, the provisional one, or the members, whichever is the latest.
    public let electors: Int
    /// How many of them have no table.
    public let unassigned: Int
    /// Whether a table stands there.
    public let hasTable: Bool
    /// Whether it is of the alliance's own territory.
    public let isOfTerritory: Bool
    /// Why none stands there, where somebody said it.
    public let exception: String?

    /// Whether the call has to wait for something here.
    public var isMissing: Bool {
        electors > 0 && (unassigned > 0 || isOfTerritory && !hasTable && exception == nil)
    }

    /// Makes a row.
    public init(
        municipality: String, name: String, electors: Int, unassigned: Int, hasTable: Bool,
        isOfTerritory: Bool, exception: String?
    ) {
        self.municipality = municipality
        self.name = name
        self.electors = electors
        self.unassigned = unassigned
        self.hasTable = hasTable
        self.isOfTerritory = isOfTerritory
        self.exception = exception
    }
}

/// Why a table is not set up, or a juror not appointed.
public enum TableError: UserFacingError, Hashable {
    /// The process has no such table.
    case notFound
    /// Place or address are missing.
    case placeMissing
    /// Where it stands is no municipality of the catalogue.
    case unknownMunicipality
    /// The surnames end before they begin.
    case surnamesOutOfOrder
    /// Another table has these electors already.
    case slicesOverlap(table: Int)
    /// The vote has begun.
    case votingBegan
    /// After the call, what was published changes only with a reason.
    case reasonMissing
    /// The table was used already.
    case inUse
    /// Electors of some municipalities have no table.
    case notCovered([String])
    /// There is one table only.
    case nothingToSplit
    /// The table has both its jurors.
    case juriesComplete
    /// Whoever is a juror serves at one table.
    case alreadyJuror(String)
    /// Whoever stands, runs or guarantees the election does not count it.
    case otherCapacity(String)
    /// The juror is unknown or was relieved.
    case jurorNotFound
    /// Every vote was taken: jurors stay.
    case votesTaken
    /// The table has no vote to take.
    case nothingToOmit
    /// What the table has to vote was voted at no other: without the table it would have none.
    case notVotedElsewhere

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.table.not_found"
        case .placeMissing: "elections.table.place_missing"
        case .unknownMunicipality: "elections.table.unknown_municipality"
        case .surnamesOutOfOrder: "elections.table.surnames_out_of_order"
        case .slicesOverlap: "elections.table.slices_overlap"
        case .votingBegan: "elections.table.voting_began"
        case .reasonMissing: "elections.table.reason_missing"
        case .inUse: "elections.table.in_use"
        case .notCovered: "elections.table.not_covered"
        case .nothingToSplit: "elections.table.nothing_to_split"
        case .juriesComplete: "elections.juror.juries_complete"
        case .alreadyJuror: "elections.juror.already"
        case .otherCapacity: "elections.juror.other_capacity"
        case .jurorNotFound: "elections.juror.not_found"
        case .votesTaken: "elections.juror.votes_taken"
        case .nothingToOmit: "elections.table.nothing_to_omit"
        case .notVotedElsewhere: "elections.table.not_voted_elsewhere"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .jurorNotFound: .notFound
        case .placeMissing, .unknownMunicipality, .surnamesOutOfOrder, .slicesOverlap, .reasonMissing:
            .invalid
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .placeMissing: "place"
        case .unknownMunicipality: "municipality"
        case .surnamesOutOfOrder: "before"
        case .slicesOverlap: "from"
        case .reasonMissing: "reason"
        case .alreadyJuror, .otherCapacity: "user"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Esa mesa no está en la elección. Vuelva a la lista de mesas."
        case .placeMissing: "Escriba el lugar y la dirección donde estará la mesa."
        case .unknownMunicipality: "Escoja el municipio donde estará la mesa."
        case .surnamesOutOfOrder: "El último apellido va antes que el primero. Corrija las letras."
        case .slicesOverlap(let table):
            "Esas personas ya votan en la mesa \(table). Corrija las letras o los municipios de una de las dos."
        case .votingBegan:
            "La votación ya empezó: las mesas no cambian. Si hay un problema, registre una novedad."
        case .reasonMissing:
            "La convocatoria ya dijo dónde se vota. Escriba el motivo del cambio: queda en la cronología."
        case .inUse: "Esa mesa ya se usó y no se puede quitar. Registre una novedad."
        case .notCovered(let names):
            "Hay electores sin mesa en \(SpanishFormat.list(names)). Agregue una mesa, repártalos o diga por qué no hay mesa allí."
        case .nothingToSplit: "Hay una sola mesa: todos votan en ella y no hay qué repartir."
        case .juriesComplete:
            "La mesa ya tiene sus dos jurados. Releve a uno antes de nombrar a otra persona."
        case .alreadyJuror(let name): "\(name) ya es jurado de una mesa. Nombre a otra persona."
        case .otherCapacity(let name):
            "\(name) es candidato, garante o del comité en esta elección y no puede ser jurado. Nombre a otra persona."
        case .jurorNotFound: "Ese jurado no está en la mesa o ya se relevó."
        case .votesTaken: "Ya se votó y se contó en todas las mesas: sus jurados no cambian."
        case .nothingToOmit: "Esa mesa no tiene votaciones pendientes. Vuelva a la jornada."
        case .notVotedElsewhere:
            "Eso todavía no se ha votado en ninguna mesa. Instale otra sesión donde se pueda votar; si no se puede en ninguna, proponga que se anule o declárelo desierto."
        }
    }
}

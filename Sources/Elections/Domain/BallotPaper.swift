public import Foundation
public import Kernel

/// The ballot paper of a contest (`tarjetón`): what a person marks at the table.
public struct BallotPaper: Sendable, Hashable {
    /// What can be marked beside the blank vote.
    public struct Option: Sendable, Hashable {
        /// Its number, 1 being the first.
        public let number: Int
        /// Its name: of the slate, or of the person.
        public let name: String
        /// The principals, in their order.
        public let principals: [String]
        /// The alternates, in their order.
        public let alternates: [String]
    }

    /// Why there is nothing to print.
    public enum Obstacle: Sendable, Hashable {
        /// The call is not published.
        case notCalled
        /// Slates are taken until then.
        case nominationsOpen(until: Date)
        /// So many slates wait for their decision.
        case undecided(Int)
        /// Nobody stands.
        case nobodyStands
        /// People do not vote on paper.
        case notOnPaper
        /// Who goes to the second vote is not known yet.
        case runoffUnknown
        /// The election stands still.
        case suspended
        /// It was voted, or will not be.
        case over

        /// The words for the person: what is missing.
        public var message: String {
            switch self {
            case .notCalled: "El tarjetón se imprime después de la convocatoria y de la inscripción."
            case .nominationsOpen(let end):
                SpanishFormat.sentence(
                    "La inscripción sigue abierta hasta el \(SpanishFormat.moment(end))")
                    + " El tarjetón se imprime cuando cierre, para que nadie quede por fuera."
            case .undecided(1):
                "Falta decidir una candidatura inscrita: la que queda sin decidir no sale en el tarjetón."
            case .undecided(let count):
                "Faltan por decidir \(count) candidaturas inscritas: las que quedan sin decidir no salen en el tarjetón."
            case .nobodyStands: "Ninguna candidatura está admitida: no hay qué poner en el tarjetón."
            case .notOnPaper: "No se vota en papel."
            case .runoffUnknown: "Falta saber quiénes pasan a la segunda vuelta."
            case .suspended: "La elección está suspendida. Imprima el tarjetón cuando se reanude."
            case .over: "Esta votación ya terminó."
            }
        }
    }

    /// The contest.
    public let contest: Contest
    /// The round that is due.
    public let round: Int
    /// How many options a ballot may have marked.
    public let marks: Int
    /// The options, in the order in which the count has them.
    public let options: [Option]
    /// Whether several stand whose order can still be drawn: printed before it, ballots are of the order of registration.
    public let isOrderOpen: Bool
    /// Why it is not printed; `nil` for one that is.
    public let obstacle: Obstacle?

    /// Whether its options are settled, so that a table can count them.
    public var isSettled: Bool { obstacle == nil || obstacle == .notOnPaper }

    /// How many ballots a table needs beside those of its electors, for those that are spoiled: one for each twenty
    /// electors, and five at least (a usual measure, of no norm).
    public static func reserve(for electors: Int) -> Int {
        max(5, electors / 20 + (electors % 20 > 0 ? 1 : 0))
    }
}

/// A voting table with what is printed for it.
public struct PaperTable: Sendable, Hashable {
    /// The table.
    public let setup: TableSetup
    /// The municipality in which it stands, by name.
    public let municipality: String
    /// Electors of the frozen roll who vote there; 0 while it is not frozen.
    public let electors: Int
    /// The jury of the table to which the reader belongs; `nil` for anybody else.
    public let jury: Int?
    /// The witnesses who may come to it, with their slates.
    public let witnesses: [Witness]

    /// A witness at a table.
    public struct Witness: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The slate.
        public let slate: String
    }
}

/// All that is printed for the tables of a process, as one person may print it.
public struct PapersFile: Sendable {
    /// The process.
    public let process: ElectionProcess
    /// The frozen roll; `nil` while there is none.
    public let roll: Roll?
    /// The ballot of each contest, in their order.
    public let ballots: [BallotPaper]
    /// The tables: all of them, or a juror's own.
    public let tables: [PaperTable]
    /// Whether the reader prints ballots, and the papers of all tables.
    public let isWhole: Bool

    /// A table that the reader prints papers for.
    ///
    /// - Throws: ``TableError/notFound``.
    public func table(_ id: ID<VotingTable>) throws(TableError) -> PaperTable {
        guard let found = tables.first(where: { $0.setup.id == id }) else { throw .notFound }
        return found
    }
}

/// An elector on the list that people sign at a table.
public struct TableElector: Sendable, Hashable {
    /// Surnames and names.
    public let name: String
    /// The document.
    public let document: IdentityDocument
}

/// Writes names as lists of electors have them.
enum RosterName {
    /// A name as people say it, with the surnames first, as the folded text that orders it has them: «Ana María Ruiz Paz»
    /// with «ruiz paz ana maria» is «Ruiz Paz Ana María». Where both do not have the same words the name stays as it is.
    static func surnameFirst(_ name: String, folded: String) -> String {
        let words = name.split(separator: " ")
        for start in words.indices {
            let turned = (words[start...] + words[..<start]).joined(separator: " ")
            if turned.folded == folded { return turned }
        }
        return name
    }
}

/// Why a paper is not printed.
public enum PaperError: UserFacingError, Hashable {
    /// The roll is not frozen.
    case rollNotFrozen
    /// The ballot is not settled, or not one of paper.
    case ballot(BallotPaper.Obstacle)
    /// Nothing is counted at the tables.
    case nothingToCount
    /// Nobody was proclaimed.
    case notProclaimed

    /// The stable code.
    public var code: String {
        switch self {
        case .rollNotFrozen: "elections.paper.roll_not_frozen"
        case .ballot: "elections.paper.ballot_not_settled"
        case .nothingToCount: "elections.paper.nothing_to_count"
        case .notProclaimed: "elections.paper.not_proclaimed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .refused }

    /// The words for the person.
    public var message: String {
        switch self {
        case .rollNotFrozen: "La lista de cada mesa sale del censo congelado. Congele primero el censo."
        case .ballot(let obstacle): obstacle.message
        case .nothingToCount: "Todavía no hay candidaturas definidas para contar en las mesas."
        case .notProclaimed: "Las credenciales se expiden después de la proclamación."
        }
    }
}

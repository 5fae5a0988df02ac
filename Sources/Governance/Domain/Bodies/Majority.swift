import Kernel

/// The votes of a decision.
public struct DecisionVotes: Sendable, Hashable {
    /// In favour.
    public let inFavor: Int
    /// Against.
    public let against: Int
    /// In blank.
    public let blank: Int
    /// Present without voting.
    public let abstained: Int

    /// Takes votes.
    public init(inFavor: Int, against: Int = 0, blank: Int = 0, abstained: Int = 0) {
        self.inFavor = inFavor
        self.against = against
        self.blank = blank
        self.abstained = abstained
    }

    /// Votes that were cast; who abstains casts none.
    public var cast: Int { inFavor + against + blank }
    /// Those who voted or abstained.
    public var voters: Int { cast + abstained }
}

/// How many votes a decision needs, and of what.
public struct Majority: Sendable, Hashable {
    /// The kinds of majorities.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// More votes in favour than against.
        case simple
        /// The half plus one.
        case absolute
        /// At least a share.
        case qualified
        /// All.
        case unanimous

        /// The name on screens.
        public var title: String {
            switch self {
            case .simple: "Simple: más a favor que en contra"
            case .absolute: "Absoluta: la mitad más uno"
            case .qualified: "Calificada: una parte, como 2/3"
            case .unanimous: "Unánime"
            }
        }
    }

    /// What a majority is of.
    public enum Base: String, Sendable, Hashable, CaseIterable {
        /// Votes that were cast.
        case votes
        /// Those present who have a vote.
        case present
        /// All who have a vote, whether they came or not.
        case entitled

        /// The name on screens.
        public var title: String {
            switch self {
            case .votes: "De los votos emitidos"
            case .present: "De los presentes con voto"
            case .entitled: "De todos los que tienen voto"
            }
        }

        fileprivate var words: String {
            switch self {
            case .votes: "de los votos emitidos"
            case .present: "de los presentes con voto"
            case .entitled: "de todos los que tienen voto"
            }
        }
    }

    /// Its kind.
    public let kind: Kind
    /// The share of a qualified one.
    public let share: Quorum.Share?
    /// What it is of.
    public let base: Base

    /// A majority.
    ///
    /// - Throws: ``DecisionError/shareMissing`` where a qualified one has no share.
    public init(_ kind: Kind, of base: Base = .votes, share: Quorum.Share? = nil) throws(DecisionError) {
        guard kind != .qualified || share.map({ $0.numerator > 0 }) == true else { throw .shareMissing }
        self.kind = kind
        self.share = kind == .qualified ? share : nil
        // More for than against is of the votes that were cast, whatever else is meant.
        self.base = kind == .simple ? .votes : base
    }

    private init(unanimousOf base: Base) {
        kind = .unanimous
        share = nil
        self.base = base
    }

    /// What consensus is: nobody there is against.
    static let consensus = Majority(unanimousOf: .present)

    /// How many votes in favour are needed, at least 1.
    public func needed(_ votes: DecisionVotes, present: Int, entitled: Int) -> Int {
        let whole =
            switch base {
            case .votes: votes.cast
            case .present: present
            case .entitled: entitled
            }
        return switch kind {
        case .simple: votes.against + 1
        case .absolute: whole / 2 + 1
        case .qualified: share.map { Quorum.Requirement.atLeast($0).people(of: whole) } ?? max(1, whole)
        case .unanimous: max(1, whole)
        }
    }

    /// In words: «mayoría absoluta de los presentes con voto».
    public var words: String {
        switch kind {
        case .simple: "mayoría simple"
        case .absolute: "mayoría absoluta \(base.words)"
        case .qualified:
            "mayoría calificada, \(share.map { "\($0.numerator)/\($0.denominator)" } ?? "") \(base.words)"
        case .unanimous: "unanimidad \(base.words)"
        }
    }
}

extension Bylaws {
    /// The majority that they order for decisions, `nil` where they are silent.
    public var majority: Majority? {
        guard let word = choice(.decisionMajority) else { return nil }
        let base: Majority.Base =
            switch choice(.decisionMajorityOf) {
            case "presentes": .present
            case "habilitados": .entitled
            default: .votes
            }
        let share = share(.decisionMajorityShare).flatMap { Quorum.Share($0.numerator, of: $0.denominator) }
        let kind: Majority.Kind =
            switch word {
            case "absoluta": .absolute
            case "calificada": .qualified
            case "unanime": .unanimous
            default: .simple
            }
        return try? Majority(kind, of: base, share: share)
    }
}

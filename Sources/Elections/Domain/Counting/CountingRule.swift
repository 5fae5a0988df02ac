/// How votes become seats. The bylaws adopt one; none of these norms binds an alliance by itself.
public enum CountingRule: String, Hashable, Sendable, CaseIterable {
    /// Simple majority (`mayoría simple`): the contender with most votes takes every seat of the contest.
    ///
    /// With one seat that is the person with most votes; with several it is the slate that wins whole, which
    /// is also how a single list (`lista única`) is voted. Where persons stand one by one for several seats
    /// the rule is ``atLarge``.
    case simpleMajority = "mayoria"

    /// Absolute majority with a runoff (`mayoría absoluta, segunda vuelta`): as ``simpleMajority``, but the
    /// first must have more than half of the votes, or the first two are voted again.
    ///
    /// More than half is ⌊n ÷ 2⌋ + 1 also of an odd number: 5 of 9 and not 6 (Corte Constitucional, C-784 de
    /// 2014; confirmed in a summary of a ruling that applies it, not in its own text).
    case absoluteMajority = "mayoria_absoluta"

    /// Plurality at large (`plurinominal`): persons stand one by one, and as many are elected as there are
    /// seats, those with most votes.
    case atLarge = "plurinominal"

    /// Electoral quotient with largest remainder (`cuociente electoral y residuo mayor`).
    ///
    /// Valid votes, blank ones included, divided by the seats give the quotient; each slate has as many seats
    /// as the quotient fits into its votes, and what is left goes to the highest residues. Código de Comercio,
    /// art. 197 (confirmed; it binds companies, alliances only where their bylaws adopt it).
    case quotient = "cuociente"

    /// Distributing figure (`cifra repartidora`, D'Hondt): the votes of each slate are divided by 1, 2, 3…,
    /// and the highest results have the seats. Constitución Política, art. 263 (confirmed).
    case distributingFigure = "cifra"

    /// Whether seats are shared among slates in proportion, so that a threshold has a meaning.
    public var isProportional: Bool { self == .quotient || self == .distributingFigure }

    /// The rule in words.
    public var title: String {
        switch self {
        case .simpleMajority: "Mayoría simple"
        case .absoluteMajority: "Mayoría absoluta, con segunda vuelta"
        case .atLarge: "Los más votados (plurinominal)"
        case .quotient: "Cuociente electoral y mayor residuo"
        case .distributingFigure: "Cifra repartidora"
        }
    }
}

/// What an absolute majority is more than half of.
public enum MajorityBase: String, Hashable, Sendable, CaseIterable {
    /// Votes for contenders and blank votes. The usual base in Colombian elections, where a blank vote is a
    /// valid one (Constitución Política, arts. 190 and 258; general knowledge, not confirmed), and ours where
    /// the bylaws say nothing.
    case validVotes = "valid"
    /// Votes for contenders alone.
    case contenderVotes = "contenders"
}

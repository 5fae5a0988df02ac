/// The public key *y* of an election, with what checking many ballots needs of it.
public struct ElectionKey<Group: VotingGroup>: Sendable {
    /// *y*, of order *q*.
    public let element: Group.Element
    private let powers: Group.FixedBase

    /// Prepares the powers of a key, whose order is tested: `nil` where it is not *q*.
    public init?(_ element: Group.Element) {
        guard Group.hasGroupOrder(element) else { return nil }
        self.element = element
        powers = Group.fixedBase(element)
    }

    /// The power of *y* times another of *g*, which is often 0. Variable time.
    func publicPower(
        _ exponent: Group.Scalar, timesGeneratorTo other: Group.Scalar
    ) -> Group.Element {
        let power = Group.publicPower(of: powers, to: exponent)
        guard other != .zero else { return power }
        return Group.product(power, Group.publicPower(of: Group.generatorPowers, to: other))
    }
}

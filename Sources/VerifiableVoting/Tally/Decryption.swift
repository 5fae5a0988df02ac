/// The sums of an election once enough trustees have taken their part off them (§4.10): each is a g^n whose *n* is the
/// number of votes.
public struct Decryption<Group: VotingGroup>: Sendable {
    /// V = β/F of each sum.
    public let powers: [[Group.Element]]

    /// Puts partial decryptions together, which were checked.
    ///
    /// - Parameters:
    ///   - parts: By their owners, counted from 1 over all members of all entries. Of an entry with a threshold T the
    ///     first T members count that have decrypted.
    ///   - tally: The sums.
    ///   - trustees: Whose entries all have to be satisfied.
    /// - Throws: That too few have decrypted, or somebody else or something else.
    public init(
        _ parts: [Int: PartialDecryption<Group>], of tally: EncryptedTally<Group>,
        by trustees: Trustees<Group>
    ) throws(DecryptionFault) {
        if let owner = parts.keys.sorted().first(where: { !(1...trustees.keys.count).contains($0) }) {
            throw .unknownOwner(owner)
        }
        guard parts.values.allSatisfy({ $0.factors.map(\.count) == tally.sums.map(\.count) }) else {
            throw .shape
        }
        let terms = try Self.terms(parts, trustees)
        powers = tally.sums.indices.map { question in
            tally.sums[question].indices.map { choice in
                terms.reduce(tally.sums[question][choice].beta) { value, term in
                    let factor = term.part.factors[question][choice]
                    return Group.product(value, Group.publicPower(of: factor, to: -term.exponent))
                }
            }
        }
    }

    private typealias Term = (part: PartialDecryption<Group>, exponent: Group.Scalar)

    /// The partial decryptions that count, with the exponents of their factors in F.
    private static func terms(
        _ parts: [Int: PartialDecryption<Group>], _ trustees: Trustees<Group>
    ) throws(DecryptionFault) -> [Term] {
        var terms: [Term] = []
        var first = 1
        for entry in trustees.entries {
            switch entry {
            case .single:
                guard let part = parts[first] else { throw .notEnough }
                terms.append((part, .one))
            case .pedersen(let keys):
                let members = (1...entry.keys.count).filter { parts[first + $0 - 1] != nil }
                    .prefix(keys.threshold)
                guard members.count == keys.threshold else { throw .notEnough }
                for member in members {
                    guard let part = parts[first + member - 1] else { throw .notEnough }
                    terms.append((part, lagrangeCoefficient(of: member, among: Array(members))))
                }
            }
            first += entry.keys.count
        }
        return terms
    }

    /// λ_d = Π k/(k − d) over the other members k.
    private static func lagrangeCoefficient(of member: Int, among members: [Int]) -> Group.Scalar {
        members.filter { $0 != member }.reduce(.one) { product, other in
            product * Group.Scalar(other) * Group.Scalar(other - member).inverse
        }
    }

    /// Whether these are the numbers of votes, which needs no logarithm: V = g^n for each.
    public func holds(_ result: ElectionResult) -> Bool {
        guard result.counts.map(\.count) == powers.map(\.count) else { return false }
        return zip(powers.joined(), result.counts.joined()).allSatisfy { power, count in
            count >= 0 && Group.publicPower(of: Group.generatorPowers, to: Group.Scalar(count)) == power
        }
    }

    /// The numbers of votes, `nil` where one is not from 0 to the total weight.
    public func result(totalWeight: Int) -> ElectionResult? {
        let logarithms = SmallLogarithms<Group>(upTo: totalWeight)
        var counts: [[Int]] = []
        for powers in powers {
            let found = powers.compactMap(logarithms.logarithm(of:))
            guard found.count == powers.count else { return nil }
            counts.append(found)
        }
        return ElectionResult(counts: counts)
    }
}

/// Logarithms to the base *g* of small numbers, by Shanks's baby steps and giant steps.
struct SmallLogarithms<Group: VotingGroup> {
    private let limit: Int
    private let stride: Int
    private let babySteps: [[UInt8]: Int]
    /// g^−stride.
    private let giantStep: Group.Element

    /// Prepares √`limit` powers.
    init(upTo limit: Int) {
        self.limit = limit
        stride = Int(Double(limit).squareRoot()) + 1
        var power = Group.identity
        var powers: [Group.Element] = []
        for _ in 0..<stride {
            powers.append(power)
            power = Group.product(power, Group.generator)
        }
        giantStep = Group.publicInverse(of: power)
        babySteps = Dictionary(
            zip(Group.texts(of: powers), 0..<stride), uniquingKeysWith: { first, _ in first })
    }

    /// The n from 0 to the limit with g^n = `power`, `nil` where there is none.
    func logarithm(of power: Group.Element) -> Int? {
        var rest = power
        for step in 0...limit / stride {
            if let small = babySteps[Group.text(of: rest)] {
                let logarithm = step * stride + small
                return logarithm <= limit ? logarithm : nil
            }
            rest = Group.product(rest, giantStep)
        }
        return nil
    }
}

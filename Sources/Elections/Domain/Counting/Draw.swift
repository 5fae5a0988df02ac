public import Kernel

/// A draw (`sorteo`) that anyone can repeat from its public seed.
///
/// Those drawn are put in the order of their names' bytes in UTF-8 and numbered from 0. As long as somebody is
/// left, the next number of the seed, modulo how many are left, says who is taken out; the others keep their
/// order and are numbered anew. The order in which they were taken out is the order of the draw, and the
/// first ones have the places.
///
/// A number modulo *n* would favour the first few where 2⁶⁴ is no multiple of *n*; numbers from the largest
/// multiple of *n* upwards are therefore dropped and the next is used (rejection sampling), so that every order
/// has exactly the same chance for a seed that nobody can foresee. Somebody with the seed, this text and any
/// implementation of SHA-256 gets the same order.
///
/// - SeeAlso: Código de Comercio, art. 197: lots decide between equal residues.
public struct Draw: Hashable, Sendable {
    /// What the draw is made from.
    public let seed: DrawSeed
    /// Those who are drawn, in the order of their names.
    public let among: [Contender]
    /// How many are drawn.
    public let places: Int
    /// All of them in the order drawn; the first ``places`` win.
    public let order: [Contender]
    /// The draw as it would be repeated by hand.
    public let steps: [DrawStep]

    /// Those who have the places, in the order drawn.
    public var winners: [Contender] { Array(order.prefix(places)) }

    /// The most contenders of one draw.
    public static let maximumContenders = 10_000

    /// Draws.
    ///
    /// - Parameters:
    ///   - among: At least one, in any order; names are compared in Unicode's composed form (NFC).
    ///   - places: At least 1; as many as those drawn where the whole order is wanted, as on a ballot.
    ///   - seed: Known to nobody before those tied were.
    /// - Throws: The first of these conditions that does not hold.
    public init(among: [Contender], places: Int, seed: DrawSeed) throws(DrawError) {
        guard (1...Self.maximumContenders).contains(among.count) else { throw .contenders(among.count) }
        guard (1...among.count).contains(places) else { throw .places(places, among: among.count) }
        let names = among.map { $0.composed }
        var left = names.sorted()
        for (one, next) in zip(left, left.dropFirst()) where one == next {
            throw .repeatedContender(one)
        }
        self.seed = seed
        self.among = left
        self.places = places

        var numbers = DrawNumbers(seed)
        var steps: [DrawStep] = [.seed(seed), .numbered(left)]
        // The names go back as they came, whatever their Unicode form.
        let asGiven = Dictionary(zip(names, among)) { first, _ in first }
        order = Self.takeOut(&left, by: { numbers.next() }, steps: &steps).map { asGiven[$0] ?? $0 }
        self.steps = steps
    }

    /// Takes one after the other out of those left, each as the next fair number says.
    static func takeOut(
        _ left: inout [Contender], by next: () -> UInt64, steps: inout [DrawStep]
    ) -> [Contender] {
        var order: [Contender] = []
        while !left.isEmpty {
            let count = UInt64(left.count)
            // 2⁶⁴ mod n: how many of the highest numbers lie above the last full multiple of n.
            let surplus = (UInt64.max % count + 1) % count
            var number = next()
            while number > UInt64.max - surplus {
                steps.append(.dropped(number: number, left: left.count))
                number = next()
            }
            let drawn = left.remove(at: Int(number % count))
            steps.append(.taken(drawn, place: order.count + 1, number: number, left: left.count + 1))
            order.append(drawn)
        }
        return order
    }
}

/// One step of a draw, as values.
public enum DrawStep: Hashable, Sendable {
    /// The seed and its digest.
    case seed(DrawSeed)
    /// Those who are drawn, numbered from 0.
    case numbered([Contender])
    /// A number too high to be fair among those left.
    case dropped(number: UInt64, left: Int)
    /// Who was taken out, as which, by which number among how many.
    case taken(Contender, place: Int, number: UInt64, left: Int)
}

/// Why a draw cannot be made.
public enum DrawError: Error, Hashable {
    /// A seed without any part.
    case noSeed
    /// A part of the seed that is empty or has a control character.
    case partUnreadable(String)
    /// None, or too many.
    case contenders(Int)
    /// A contender that stands twice.
    case repeatedContender(Contender)
    /// No place, or more than contenders.
    case places(Int, among: Int)
}

extension DrawError: UserFacingError {
    /// A stable code, `elections.draw.…`.
    public var code: String {
        switch self {
        case .noSeed: "elections.draw.no_seed"
        case .partUnreadable: "elections.draw.part_unreadable"
        case .contenders: "elections.draw.contenders"
        case .repeatedContender: "elections.draw.repeated_contender"
        case .places: "elections.draw.places"
        }
    }

    /// The input breaks a rule of its form.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it, in Spanish.
    public var message: String {
        switch self {
        case .noSeed:
            "Falta la semilla del sorteo. Escriba sus partes en el orden del acta."
        case .partUnreadable(let part):
            """
            La parte «\(part)» de la semilla está vacía o tiene saltos de línea. Escríbala en una sola línea, \
            tal como está en el acta.
            """
        case .contenders(let count):
            """
            El sorteo tiene \(count) participantes. Escriba de 1 a \(Draw.maximumContenders.spanish).
            """
        case .repeatedContender(let contender):
            "«\(contender)» aparece dos veces en el sorteo. Escríbala una sola vez."
        case .places(let places, let count):
            """
            Se pidieron \(places) puestos para \(count) participantes. Escriba un número de 1 a \(count).
            """
        }
    }
}

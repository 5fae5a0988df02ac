public import Foundation
import Kernel

/// How many people have to be present for an assembly to decide, as its bylaws order it.
///
/// No norm was found that sets a quorum for alliances: these are the figures of the bylaws, and without bylaws
/// there is none to assume. The base is always the eligible roll, those who may take part, and never those who
/// came. Quorum is asked for anew before each vote, from those present at that moment.
public struct Quorum: Hashable, Sendable {
    /// How many of the roll are enough.
    public enum Requirement: Hashable, Sendable {
        /// At least a share of the roll, rounded up to whole people: a third of 10 is 4.
        case atLeast(Share)
        /// More than a share of the roll. Of one half it is «la mitad más uno»: ⌊n ÷ 2⌋ + 1, which is 6 of 10
        /// and also 5 of 9, the first whole number above the half, and not one more than it rounded up
        /// (Corte Constitucional, C-784 de 2014; confirmed in a summary of a ruling that applies it).
        case moreThan(Share)
        /// A number of people, whatever the roll.
        case people(Int)
        /// At least a share of the roll, as ``atLeast(_:)`` has it, and at least a number of people.
        case atLeastBoth(Share, people: Int)
        /// Whoever comes (`cualquier número plural de asistentes`, where the bylaws say so): one is enough here,
        /// since an alliance that asks for two says two.
        case any
    }

    /// A share of the roll, between nothing and all of it.
    public struct Share: Hashable, Sendable {
        /// From 0 to the denominator.
        public let numerator: Int
        /// From 1 to a million, so that its product with any roll fits 64 bits.
        public let denominator: Int

        /// A share such as one half, `Share(1, of: 2)`, or 30 %, `Share(30, of: 100)`.
        ///
        /// The result is `nil` for a share that is negative, more than the whole, or of none or more than a
        /// million parts.
        public init?(_ numerator: Int, of denominator: Int) {
            guard (1...1_000_000).contains(denominator), (0...denominator).contains(numerator) else {
                return nil
            }
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    /// One of the two times at which the same assembly may be called to order.
    public enum Call: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// At the hour of the call (`primera convocatoria`).
        case first = 1
        /// After the wait (`segunda convocatoria`).
        case second = 2

        /// Whether one comes before the other.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A second call and what it asks for.
    public struct SecondCall: Hashable, Sendable {
        /// Whole minutes after the hour of the call, at least 0.
        public let waitMinutes: Int
        /// What is enough then.
        public let requirement: Requirement

        /// A second call; a wait below 0 is none.
        public init(waitMinutes: Int, requirement: Requirement) {
            self.waitMinutes = max(0, waitMinutes)
            self.requirement = requirement
        }
    }

    /// What the first call asks for.
    public let first: Requirement
    /// The second call, `nil` where the bylaws know none.
    public let second: SecondCall?

    /// The quorum of an assembly.
    public init(first: Requirement, second: SecondCall? = nil) {
        self.first = first
        self.second = second
    }
}

extension Quorum.Requirement {
    /// Returns how many people are enough of a roll of `base`, at least 1: nobody decides in an empty room.
    ///
    /// It may be more than the roll has, where the bylaws ask for a number; then no assembly is possible, and
    /// the number is not lowered to what there is.
    public func people(of base: Int) -> Int {
        let base = max(0, base)
        return switch self {
        case .atLeast(let share): max(1, share.rounded(up: true, of: base))
        case .moreThan(let share): share.rounded(up: false, of: base) + 1
        case .people(let number): max(1, number)
        case .atLeastBoth(let share, let number): max(1, number, share.rounded(up: true, of: base))
        case .any: 1
        }
    }
}

extension Quorum.Share {
    /// The share of a number, in whole people. The product is kept in full, so that no roll is too large.
    fileprivate func rounded(up: Bool, of base: Int) -> Int {
        let product = UInt(numerator).multipliedFullWidth(by: UInt(base))
        let (whole, rest) = UInt(denominator).dividingFullWidth(product)
        return Int(whole) + (up && rest > 0 ? 1 : 0)
    }
}

// MARK: - Now

extension Quorum {
    /// Whether there is a quorum at one moment, with the figures that say so.
    public struct Check: Hashable, Sendable {
        /// The call whose requirement applies.
        public let call: Call
        /// What it asks for.
        public let requirement: Requirement
        /// The eligible roll (`censo habilitado`), in people.
        public let base: Int
        /// Those of the roll who are present, in people.
        public let present: Int
        /// How many have to be present.
        public let required: Int
        /// Whether the hour of the call has come; before it nothing can be decided, however many came.
        public let hasBegun: Bool
        /// When the second call opens, `nil` where it is open, there is none, or the session is open already.
        public let secondCallAt: Date?

        /// Whether the assembly can decide now.
        public var isMet: Bool { hasBegun && present >= required }
        /// How many more have to come; 0 where enough are present.
        public var missing: Int { max(0, required - present) }
        /// Whether everybody of the roll together would be enough.
        public var isAttainable: Bool { base >= required }
    }

    /// When the second call opens, `nil` where there is none.
    public func secondCallAt(after calledFor: Date) -> Date? {
        second.map { calledFor.addingTimeInterval(TimeInterval($0.waitMinutes * 60)) }
    }

    /// Returns how many of a roll of `base` have to vote where a vote is open from afar for hours and nobody is called to a
    /// room: what the call asks for that asks for less. `nil` where whoever votes is enough.
    public func fewestVoters(of base: Int) -> Int? {
        let fewest = min(first.people(of: base), second?.requirement.people(of: base) ?? .max)
        return fewest > 1 ? fewest : nil
    }

    /// Returns whether there is a quorum now.
    ///
    /// Which requirement applies is a matter of the clock until the session opens: the first call's until the
    /// wait is over, then the second call's. A session that has opened keeps the requirement of the call in
    /// which it opened: people who leave do not turn an assembly of the first call into one of the second,
    /// which is another assembly, with its own opening.
    ///
    /// - Parameters:
    ///   - base: The eligible roll, in people.
    ///   - present: Those of the roll who are present at `now`, in people.
    ///   - calledFor: The hour of the call.
    ///   - now: The moment for which it is asked.
    ///   - opened: The call in which the session opened, `nil` before that.
    /// - Returns: The figures, whether they are enough or not.
    public func check(
        base: Int, present: Int, calledFor: Date, now: Date, openedIn opened: Call? = nil
    ) -> Check {
        let secondCallAt = secondCallAt(after: calledFor)
        let isSecondCallOpen = secondCallAt.map { now >= $0 } ?? false
        let call = opened ?? (isSecondCallOpen ? .second : .first)
        let requirement = call == .second ? second?.requirement ?? first : first
        return Check(
            call: call, requirement: requirement, base: base, present: present,
            required: requirement.people(of: base), hasBegun: opened != nil || now >= calledFor,
            secondCallAt: opened == nil && !isSecondCallOpen ? secondCallAt : nil)
    }
}

extension Quorum.Check {
    /// The arithmetic as one Spanish sentence without its full stop, for the minutes and the page.
    ///
    /// «Hay quórum: bastan 5 personas y hay 7 presentes. Segunda convocatoria, con al menos 10 % de 44 personas
    /// habilitadas».
    public var sentence: String {
        let people = SpanishFormat.count(required, "persona", "personas")
        let here = "hay \(SpanishFormat.count(present, "presente", "presentes"))"
        let verdict =
            if !hasBegun {
                "Todavía no es la hora de la convocatoria: \(required == 1 ? "hará" : "harán") falta \(people) y \(here)"
            } else if isMet {
                "Hay quórum: \(required == 1 ? "basta" : "bastan") \(people) y \(here)"
            } else {
                "No hay quórum: \(required == 1 ? "hace" : "hacen") falta \(people) y \(here), \(missing == 1 ? "falta" : "faltan") \(SpanishFormat.number(missing))"
            }
        return "\(verdict). \(rule)"
    }

    /// Which call it is and what it asks for, without its full stop: «Segunda convocatoria, con al menos 10 % de 44
    /// personas habilitadas».
    public var rule: String {
        let roll = SpanishFormat.count(base, "persona habilitada", "personas habilitadas")
        let share =
            switch requirement {
            case .atLeast(let share): "al menos \(share.text) de \(roll)"
            case .moreThan(let share) where share.isHalf: "la mitad más uno de \(roll)"
            case .moreThan(let share): "más de \(share.text) de \(roll)"
            case .people: "un número fijo, de \(roll)"
            case .atLeastBoth(let share, let number):
                "al menos \(share.text) y no menos de \(SpanishFormat.number(number)) de \(roll)"
            case .any: "cualquier número de \(roll)"
            }
        return "\(call == .first ? "Primera" : "Segunda") convocatoria, con \(share)"
    }
}

extension Quorum.Share {
    fileprivate var isHalf: Bool { 2 * numerator == denominator }

    /// «30 %» where it is a whole percentage, otherwise «1/3».
    fileprivate var text: String {
        100 % denominator == 0
            ? "\(numerator * (100 / denominator)) %"
            : "\(SpanishFormat.number(numerator))/\(SpanishFormat.number(denominator))"
    }
}

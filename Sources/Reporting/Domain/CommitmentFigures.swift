/// What is open of the commitments of an alliance and for how long, by who answers for them. It names nobody.
public struct CommitmentFigures: Sendable, Hashable, Codable {
    /// Who answers, as far as it is told to others.
    public enum Side: String, Sendable, Hashable, Codable, CaseIterable {
        /// The entity.
        case entity
        /// The alliance: one of its bodies, or somebody of it.
        case alliance
        /// Anybody else: a body outside, a clinic, the town hall.
        case outside

        /// The name on screens.
        public var title: String {
            switch self {
            case .entity: "La entidad"
            case .alliance: "La alianza"
            case .outside: "Otra entidad"
            }
        }
    }

    /// For how long a commitment has been open.
    public enum Age: String, Sendable, Hashable, Codable, CaseIterable {
        case month, quarter, half, longer

        /// The last day of it, `nil` where it has no end.
        public var lastDay: Int? {
            switch self {
            case .month: 30
            case .quarter: 90
            case .half: 180
            case .longer: nil
            }
        }

        /// The name on screens.
        public var title: String {
            switch self {
            case .month: "Hasta 30 días"
            case .quarter: "De 31 a 90"
            case .half: "De 91 a 180"
            case .longer: "Más de 180"
            }
        }
    }

    /// What one side has.
    public struct Line: Sendable, Hashable, Codable {
        /// Who answers.
        public let side: Side
        /// How many are open.
        public let open: Int
        /// How many of them are past their day.
        public let overdue: Int
        /// How many of them have no day.
        public let undated: Int
        /// The open ones by age, in the order of the ages.
        public let ages: [Int]
        /// How many were done within ``CommitmentFigures/closedDays``.
        public let done: Int
        /// How many were given up within them.
        public let dropped: Int
        /// In how many days half of those done were done; `nil` where none was.
        public let medianDays: Int?

        /// How many of the open ones are of an age.
        public func open(for age: Age) -> Int {
            Age.allCases.firstIndex(of: age).flatMap { ages.indices.contains($0) ? ages[$0] : nil } ?? 0
        }
    }

    /// Over how many days what was closed is counted.
    public static let closedDays = 365

    /// A line of each side that has something.
    public let lines: [Line]
}

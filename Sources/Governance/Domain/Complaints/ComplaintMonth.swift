import Kernel

/// Figures that are told to others: one that is small, and one by which it could be reckoned, is held back.
public enum GuardedFigure: Sendable, Hashable {
    /// A figure that tells of nobody.
    case known(Int)
    /// One that might: from 1 to one less than ``threshold``, or such that a small one could be told from it.
    case held

    /// From how many on a figure is told.
    public static let threshold = 5

    /// Guards a row of parts and their sum. A part that is small is held; where it could be had from the others and the
    /// sum, the least of the others is held too; where there is no other, the sum is.
    public static func guarding(_ parts: [Int]) -> (parts: [Self], total: Self) {
        let total = parts.reduce(0, +)
        var held = Set(parts.indices.filter { (1..<threshold).contains(parts[$0]) })
        let hiddenSum = held.reduce(0) { $0 + parts[$1] }
        if held.count == 1 || (!held.isEmpty && hiddenSum < threshold) {
            let other = parts.indices.filter { !held.contains($0) && parts[$0] > 0 }.min {
                (parts[$0], $0) < (parts[$1], $1)
            }
            if let other {
                held.insert(other)
            } else {
                return (parts.indices.map { held.contains($0) ? .held : .known(parts[$0]) }, .held)
            }
        }
        return (parts.indices.map { held.contains($0) ? .held : .known(parts[$0]) }, .known(total))
    }

    /// As people read it.
    public var words: String {
        switch self {
        case .known(let figure): SpanishFormat.number(figure)
        case .held: "reservado"
        }
    }
}

extension GuardedFigure: Codable {
    /// A number, or nothing where it is held back.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .held : .known(try container.decode(Int.self))
    }

    /// Writes the number, or nothing where it is held back.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .known(let figure): try container.encode(figure)
        case .held: try container.encodeNil()
        }
    }
}

/// What came of complaints in a month, by what they were about.
public struct ComplaintMonth: Sendable, Hashable {
    /// What is counted of a category.
    public struct Line: Sendable, Hashable {
        /// The category.
        public let category: Complaint.Category
        /// How many were filed.
        public let filed: Int
        /// How many were passed on.
        public let transferred: Int
        /// How many were answered.
        public let answered: Int
        /// How many the alliance found corrected, whole or in part.
        public let corrected: Int

        /// Describes a line.
        public init(
            category: Complaint.Category, filed: Int, transferred: Int, answered: Int, corrected: Int
        ) {
            self.category = category
            self.filed = filed
            self.transferred = transferred
            self.answered = answered
            self.corrected = corrected
        }
    }

    /// A line as it may be told.
    public struct GuardedLine: Sendable, Hashable {
        /// The category; `nil` for all of them.
        public let category: Complaint.Category?
        /// Filed, passed on, answered, corrected.
        public let figures: [GuardedFigure]
    }

    /// What the figures of a line count, in their order.
    public static let titles = ["Radicadas", "Trasladadas", "Respondidas", "Corregidas, en todo o en parte"]

    /// The categories of which there was something.
    public let lines: [Line]

    /// Takes what was counted.
    public init(_ lines: [Line]) {
        self.lines = lines
    }

    /// The lines and their sum as they may be told: small figures are held back, column by column.
    public var guarded: [GuardedLine] {
        let columns: [(Line) -> Int] = [{ $0.filed }, { $0.transferred }, { $0.answered }, { $0.corrected }]
        let guardedColumns = columns.map { column in GuardedFigure.guarding(lines.map(column)) }
        return lines.indices.map { index in
            GuardedLine(category: lines[index].category, figures: guardedColumns.map { $0.parts[index] })
        } + [GuardedLine(category: nil, figures: guardedColumns.map(\.total))]
    }

    /// Whether something is held back.
    public var isHeld: Bool { guarded.contains { $0.figures.contains(.held) } }
}

/// What an entity has open of what was complained of, and for how long.
public struct ComplaintAgeing: Sendable, Hashable {
    /// The entity.
    public let entity: String
    /// How many are open.
    public let open: Int
    /// For how many days the oldest has been.
    public let oldestDays: Int
    /// How many are past a confirmed term.
    public let late: Int
    /// How many wait for the alliance itself: to be passed on, or checked.
    public let ours: Int
}

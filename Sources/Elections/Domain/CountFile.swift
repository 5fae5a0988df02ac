public import Foundation
public import Kernel

/// The count of a contest at a table, as one person may see it.
///
/// Two juries count apart: until both have entered, each juror sees their own sheet and nobody any other.
public struct CountFile: Sendable {
    /// An option of the ballot.
    public struct Option: Sendable, Hashable {
        /// The slate.
        public let slate: ID<Slate>
        /// Its name on the ballot.
        public let name: String
    }

    /// One figure of the sheet as each side has it.
    public struct Row: Sendable, Hashable {
        /// The name of the figure in forms: `votes.<slate>`, `blank`, `null`, `unmarked`, `voters`.
        public let key: String
        /// Its words.
        public let title: String
        /// What the first jury counted.
        public let first: Int
        /// What the second jury counted.
        public let second: Int
        /// What both agreed on; `nil` while they have not.
        public let agreed: Int?

        /// Whether the juries differ.
        public var differs: Bool { first != second }
    }

    /// The options in the order of the ballot.
    public let options: [Option]
    /// The jury of the table to which the reader belongs; `nil` for anybody else.
    public let jury: Int?
    /// How many juries count: two on paper, one where hands are raised.
    public let required: Int
    /// The juries that have entered.
    public let entered: [Int]
    /// What the reader entered.
    public let own: TableFigures?
    /// What the first jury entered, once all have.
    public let first: TableFigures?
    /// What the second jury entered, once all have; the first's where one jury is enough.
    public let second: TableFigures?
    /// What both agreed on.
    public let agreed: TableFigures?
    /// Why.
    public let reason: String?
    /// What does not add up in the figures that would be frozen now.
    public let findings: [Reconciliation.Finding]
    /// The frozen count.
    public let frozen: TableFigures?
    /// When it was frozen.
    public let frozenAt: Date?

    /// Whether all juries have entered.
    public var isComplete: Bool { entered.count >= required }

    /// Each figure as both juries have it; empty until both have entered.
    public var rows: [Row] {
        guard let first, let second else { return [] }
        func row(_ key: String, _ title: String, _ figure: (TableFigures) -> Int) -> Row {
            Row(
                key: key, title: title, first: figure(first), second: figure(second),
                agreed: (frozen ?? agreed).map(figure))
        }
        return options.map { option in
            row("votes.\(option.slate)", option.name) { $0.votes[option.slate] ?? 0 }
        } + [
            row("blank", "Votos en blanco", \.blank), row("null", "Votos nulos", \.null),
            row("unmarked", "Tarjetones no marcados", \.unmarked),
            row("voters", "Personas que votaron", \.voters),
        ]
    }

    /// Whether the juries differ and have not agreed yet.
    public var needsAgreement: Bool { agreed == nil && frozen == nil && rows.contains { $0.differs } }
}

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
        /// The name of the figure in forms: `votes.<slate>`, `blank`, `null`, `unmarked`, `ballots`, `voters`.
        public let key: String
        /// Its words.
        public let title: String
        /// What the first jury counted.
        public let first: Int
        /// What the second jury counted.
        public let second: Int
        /// What both agreed on, or what one of them wrote as agreed; `nil` while nobody has.
        public let agreed: Int?

        /// Whether the juries differ.
        public var differs: Bool { first != second }
    }

    /// What one person wrote as agreed and another has to confirm.
    public struct Proposal: Sendable, Hashable {
        /// Which of the proposals it is, 1 being the first.
        public let number: Int
        /// The figures.
        public let figures: TableFigures
        /// Why.
        public let reason: String
        /// Whether the reader wrote it, who then cannot confirm it.
        public let isOwn: Bool
    }

    /// The options in the order of the ballot.
    public let options: [Option]
    /// The jury of the table to which the reader belongs; `nil` for anybody else.
    public let jury: Int?
    /// How many juries count: two on paper, one where hands are raised.
    public let required: Int
    /// Whether the ballots of the urn are counted beside what they bear.
    public let countsBallots: Bool
    /// Electors who vote at the table.
    public let electors: Int
    /// Those of them who were in at some time while the contest was voted there, and did not vote in a box beside it.
    public let checkedIn: Int
    /// Those who were in and voted in the electronic box beside it.
    public let inBox: Int
    /// The urns of the vote, which tell whether that of the table may be opened; none where hands are raised.
    public let urns: VoteUrns
    /// The table.
    public let table: ID<VotingTable>
    /// Whether the reader counted the signatures of the table, who then does not carry its ballots away.
    public let hasCountedSignatures: Bool
    /// The juries that have entered all that their sheet asks for.
    public let entered: [Int]
    /// What the reader entered, also where the sheet asks for more by now.
    public let own: TableFigures?
    /// What the first jury entered, once all have.
    public let first: TableFigures?
    /// What the second jury entered, once all have; the first's where one jury is enough and one entered.
    public let second: TableFigures?
    /// What was agreed and confirmed.
    public let agreed: TableFigures?
    /// What was written as agreed and waits for somebody else to confirm it.
    public let proposal: Proposal?
    /// Why it was agreed so, or the figures depart.
    public let reason: String?
    /// What does not add up in the figures that would be frozen now.
    public let findings: [Reconciliation.Finding]
    /// The frozen count.
    public let frozen: TableFigures?
    /// When it was frozen.
    public let frozenAt: Date?

    /// Whether the urn of the table may be opened.
    public var standing: VoteUrns.Standing { urns.standing(of: table) }

    /// Whether all juries have entered.
    public var isComplete: Bool { entered.count >= required }

    /// Whether the reader enters a count, or corrects theirs: a juror, until both have entered.
    public var mayEnter: Bool { jury != nil && frozen == nil && entered.count < 2 }

    /// Whether the reader may write down other figures than those of both juries, for somebody else to confirm.
    public var mayAgree: Bool { jury != nil && frozen == nil && agreed == nil && isComplete && !mayEnter }

    /// Whether the reader counted before the ballots were to be counted apart.
    public var lacksBallots: Bool { countsBallots && own.map { $0.ballots == nil } == true }

    /// Each figure as both juries have it; empty until both have entered.
    public var rows: [Row] {
        guard let first, let second else { return [] }
        func row(_ key: String, _ title: String, _ figure: (TableFigures) -> Int) -> Row {
            Row(
                key: key, title: title, first: figure(first), second: figure(second),
                agreed: (frozen ?? agreed ?? proposal?.figures).map(figure))
        }
        return options.map { option in
            row("votes.\(option.slate)", option.name) { $0.votes[option.slate] ?? 0 }
        } + [
            row("blank", "Votos en blanco", \.blank), row("null", "Votos nulos", \.null),
            row("unmarked", "Tarjetones no marcados", \.unmarked),
        ] + (countsBallots ? [row("ballots", "Tarjetones que salieron de la urna") { $0.ballots ?? 0 }] : [])
            + [
                row("voters", "Personas que votaron", \.voters)
            ]
    }

    /// Whether the juries differ and have not agreed yet.
    public var needsAgreement: Bool { agreed == nil && frozen == nil && rows.contains { $0.differs } }
}

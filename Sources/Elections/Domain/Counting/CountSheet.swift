/// What a jury of a table counted for one contest, as it was written down: figures that do not add up are kept.
public struct CountSheet: Hashable, Sendable {
    /// Valid votes: those for each contender and the blank ones.
    public let tally: Tally
    /// Ballots that say nothing that counts, or too much (`votos nulos`).
    public let null: Int
    /// Ballots without any mark (`tarjetas no marcadas`).
    public let unmarked: Int
    /// Ballots taken out of the urn, counted before they were unfolded; `nil` where nobody counted them apart,
    /// and their number is that of the sorted ones.
    public let ballots: Int?
    /// People who were checked in to vote at this table.
    public let voters: Int
    /// How many marks a ballot may bear: 1, or the seats where people vote at large.
    public let marksPerBallot: Int

    /// A sheet as it was written down.
    ///
    /// `ballots` is left out where the urn's ballots were not counted before sorting. It throws
    /// ``CountSheetError`` for a figure that no sheet can have: below 0 or above 10¹².
    public init(
        _ tally: Tally, null: Int, unmarked: Int, ballots: Int? = nil, voters: Int, marksPerBallot: Int = 1
    ) throws(CountSheetError) {
        let figures: [(SheetRow, Int)] = [
            (.null, null), (.unmarked, unmarked), (.ballots, ballots ?? 0), (.voters, voters),
        ]
        for (row, figure) in figures where !(0...Tally.maximumVotes).contains(figure) {
            throw .figureOutOfRange(row, figure)
        }
        guard marksPerBallot >= 1 else { throw .noMarks }
        self.tally = tally
        self.null = null
        self.unmarked = unmarked
        self.ballots = ballots
        self.voters = voters
        self.marksPerBallot = marksPerBallot
    }
}

/// A row of a count sheet.
public enum SheetRow: Hashable, Sendable {
    /// The votes of a contender.
    case contender(Contender)
    /// Blank votes, which are valid.
    case blank
    /// Null votes.
    case null
    /// Unmarked ballots.
    case unmarked
    /// Ballots taken out of the urn.
    case ballots
    /// People checked in.
    case voters
}

extension CountSheet {
    /// The rows in the order of the sheet with their figures; ballots only where they were counted apart.
    public var rows: [(row: SheetRow, figure: Int)] {
        tally.entries.map { (.contender($0.contender), $0.votes) }
            + [(.blank, tally.blank), (.null, null), (.unmarked, unmarked)]
            + (ballots.map { [(.ballots, $0)] } ?? [])
            + [(.voters, voters)]
    }

    /// Returns the rows in which this sheet and another differ, in the order of the sheets.
    ///
    /// A row that only one of them has differs from nothing, which is not the same as 0.
    public func differences(from other: CountSheet) -> [SheetDifference] {
        let mine = rows
        let theirs = Dictionary(other.rows.map { ($0.row, $0.figure) }) { first, _ in first }
        let shared = mine.compactMap { row, figure in
            theirs[row] == figure
                ? nil : SheetDifference(row: row, first: figure, second: theirs[row])
        }
        let known = Set(mine.map(\.row))
        let added = other.rows.filter { !known.contains($0.row) }
            .map { SheetDifference(row: $0.row, first: nil, second: $0.figure) }
        return shared + added
    }
}

/// A row in which two juries differ.
public struct SheetDifference: Hashable, Sendable {
    /// The row.
    public let row: SheetRow
    /// What the first jury wrote, `nil` where it left the row out.
    public let first: Int?
    /// What the second jury wrote, `nil` where it left the row out.
    public let second: Int?
}

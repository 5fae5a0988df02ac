/// What a count sheet's figures say about each other.
public struct Reconciliation: Hashable, Sendable {
    /// The sheet.
    public let sheet: CountSheet
    /// Everything that does not add up, none if all is well.
    public let findings: [Finding]

    /// One thing that does not add up.
    public enum Finding: Hashable, Sendable {
        /// Rows and ballots of the urn differ.
        case rowsDifferFromBallots(rows: Int, ballots: Int)
        /// Where a ballot may bear several marks: the marks are fewer than the marked ballots, or more than
        /// these can bear.
        case marksDoNotFit(marks: Int, markedBallots: Int, marksPerBallot: Int)
        /// More ballots than people who voted.
        case moreBallotsThanVoters(ballots: Int, voters: Int)
        /// Fewer ballots than people who voted: somebody kept theirs.
        case fewerBallotsThanVoters(ballots: Int, voters: Int)
        /// More people voted than the table's part of the roll has.
        case moreVotersThanRoll(voters: Int, roll: Int)
        /// Other people voted than came in while the table received votes.
        case votersDifferFromCheckIns(voters: Int, checkedIn: Int)

        /// Whether a reason is enough to close the sheet. Ballots that were taken away cannot be brought back
        /// and change no vote; who came in need not vote in each contest, and who was let in by hand voted.
        /// Everything else is an error of counting or worse: the figures have to be corrected, by counting again or
        /// by taking the surplus out of the urn before witnesses.
        public var isMendedByReason: Bool {
            switch self {
            case .fewerBallotsThanVoters, .votersDifferFromCheckIns: true
            default: false
            }
        }
    }

    /// Compares the figures of a sheet.
    ///
    /// - Parameters:
    ///   - sheet: The figures as they were written down.
    ///   - roll: People of the roll who vote at the table; `nil` where it is not known.
    ///   - checkedIn: Those of them who were in while the table received votes; `nil` where it is not known.
    public init(_ sheet: CountSheet, roll: Int? = nil, checkedIn: Int? = nil) {
        self.sheet = sheet
        var findings: [Finding] = []
        let tally = sheet.tally
        let otherBallots = tally.blank + sheet.null + sheet.unmarked
        let ballots: Int
        if sheet.marksPerBallot == 1 {
            let rows = tally.contenderVotes + otherBallots
            ballots = sheet.ballots ?? rows
            if rows != ballots { findings.append(.rowsDifferFromBallots(rows: rows, ballots: ballots)) }
        } else {
            // Marks do not tell how many ballots bear them. Without a count of the urn, the fewest that can.
            let marks = tally.contenderVotes
            let fewest = marks / sheet.marksPerBallot + (marks % sheet.marksPerBallot > 0 ? 1 : 0)
            ballots = sheet.ballots ?? fewest + otherBallots
            let marked = ballots - otherBallots
            if marked < 0 {
                findings.append(.rowsDifferFromBallots(rows: otherBallots, ballots: ballots))
            } else if marked > marks || fewest > marked {
                findings.append(
                    .marksDoNotFit(
                        marks: marks, markedBallots: marked, marksPerBallot: sheet.marksPerBallot))
            }
        }
        if ballots > sheet.voters {
            findings.append(.moreBallotsThanVoters(ballots: ballots, voters: sheet.voters))
        }
        // Without a count of the urn, marks that could fill fewer ballots do not say that any is missing.
        if ballots < sheet.voters, sheet.marksPerBallot == 1 || sheet.ballots != nil {
            findings.append(.fewerBallotsThanVoters(ballots: ballots, voters: sheet.voters))
        }
        if let roll, sheet.voters > roll {
            findings.append(.moreVotersThanRoll(voters: sheet.voters, roll: roll))
        }
        if let checkedIn, sheet.voters != checkedIn {
            findings.append(.votersDifferFromCheckIns(voters: sheet.voters, checkedIn: checkedIn))
        }
        self.findings = findings
    }
}

/// The count of a table that can no longer change: its figures add up, and two juries stand behind them.
public struct ClosedSheet: Hashable, Sendable {
    /// The figures that count.
    public let sheet: CountSheet
    /// Where the juries differed, and the figures above are what was agreed.
    public let differences: [SheetDifference]
    /// Why the differences were settled so, ballots are missing or others voted than came in; `nil` where none is the
    /// case.
    public let reason: String?

    /// Closes the count of a table.
    ///
    /// - Parameters:
    ///   - first: What the first jury counted.
    ///   - second: What the second jury counted, without having seen the first.
    ///   - agreed: What both agreed on after comparing; needed where they differ, and only then may be another
    ///     than theirs, unless both had the same error and say so in the reason.
    ///   - reason: Why; needed where they differ, where the agreed sheet is neither of theirs, where ballots are
    ///     missing, and where other people voted than came in.
    ///   - roll: People of the roll who vote at the table; `nil` where it is not known.
    ///   - checkedIn: Those of them who were in while the table received votes; `nil` where it is not known.
    /// - Throws: The first reason for which the sheet stays open: differences without an agreed sheet, figures
    ///   that do not add up, or a missing reason.
    public init(
        first: CountSheet, second: CountSheet, agreed: CountSheet? = nil, reason: String? = nil,
        roll: Int? = nil, checkedIn: Int? = nil
    ) throws(CountSheetError) {
        let differences = first.differences(from: second)
        guard let sheet = agreed ?? (differences.isEmpty ? first : nil) else {
            throw .juriesDiffer(differences)
        }
        let findings = Reconciliation(sheet, roll: roll, checkedIn: checkedIn).findings
        if let finding = findings.first(where: { !$0.isMendedByReason }) { throw .doesNotAddUp(finding) }
        let isChanged = !differences.isEmpty || sheet != first
        let given = reason.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
        guard given != nil || (findings.isEmpty && !isChanged) else {
            throw .reasonMissing(findings.first)
        }
        self.sheet = sheet
        self.differences = differences
        self.reason = given
    }
}

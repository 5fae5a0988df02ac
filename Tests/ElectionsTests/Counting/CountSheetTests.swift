import Testing

@testable import Elections

@Suite struct CountSheetTests {
    private func sheet(
        _ votes: KeyValuePairs<Contender, Int> = ["A": 20, "B": 10], blank: Int = 3, null: Int = 2,
        unmarked: Int = 1,
        ballots: Int? = 36, voters: Int = 36, marksPerBallot: Int = 1
    ) throws -> CountSheet {
        try CountSheet(
            Tally(votes.map { .init($0.key, votes: $0.value) }, blank: blank), null: null, unmarked: unmarked,
            ballots: ballots, voters: voters, marksPerBallot: marksPerBallot)
    }

    // MARK: - One sheet

    @Test func `a sheet whose rows, ballots and voters agree has nothing to mend`() throws {
        #expect(Reconciliation(try sheet(), roll: 36).findings.isEmpty)
        #expect(Reconciliation(try sheet(ballots: nil)).findings.isEmpty)
    }

    @Test func `the 32 ballots that Maicao never explained are found`() throws {
        // 248, 190 and 5 votes, and 475 people voted (Maicao, 2011).
        let maicao = try sheet(
            ["1": 248, "2": 190, "3": 5], blank: 0, null: 0, unmarked: 0, ballots: 475, voters: 475)
        #expect(Reconciliation(maicao).findings == [.rowsDifferFromBallots(rows: 443, ballots: 475)])
        #expect(
            Reconciliation(maicao).findings[0].message
                == "Las filas suman 443 y de la urna salieron 475 tarjetones: faltan 32. Cuenten otra vez.")
        #expect(throws: CountSheetError.doesNotAddUp(.rowsDifferFromBallots(rows: 443, ballots: 475))) {
            try ClosedSheet(first: maicao, second: maicao, reason: "Así quedó")
        }
        let uncounted = try sheet(
            ["1": 248, "2": 190, "3": 5], blank: 0, null: 0, unmarked: 0, ballots: nil, voters: 475)
        #expect(Reconciliation(uncounted).findings == [.fewerBallotsThanVoters(ballots: 443, voters: 475)])
    }

    @Test func `ballots and voters are compared, and voters with the roll`() throws {
        #expect(
            Reconciliation(try sheet(voters: 35)).findings == [
                .moreBallotsThanVoters(ballots: 36, voters: 35)
            ])
        #expect(
            Reconciliation(try sheet(voters: 37)).findings == [
                .fewerBallotsThanVoters(ballots: 36, voters: 37)
            ])
        #expect(
            Reconciliation(try sheet(), roll: 35).findings == [.moreVotersThanRoll(voters: 36, roll: 35)])
        #expect(
            Reconciliation(try sheet(ballots: 40, voters: 38), roll: 37).findings == [
                .rowsDifferFromBallots(rows: 36, ballots: 40),
                .moreBallotsThanVoters(ballots: 40, voters: 38),
                .moreVotersThanRoll(voters: 38, roll: 37),
            ])
    }

    @Test(arguments: [
        // 10 marked ballots with up to 3 marks bear from 10 to 30.
        (marks: 9, fits: false), (marks: 10, fits: true), (marks: 30, fits: true), (marks: 31, fits: false),
    ])
    func `where a ballot bears several marks they have to fit the marked ballots`(
        marks: Int, fits: Bool
    ) throws {
        let sheet = try sheet(["A": marks], ballots: 16, voters: 16, marksPerBallot: 3)
        #expect(
            Reconciliation(sheet).findings
                == (fits ? [] : [.marksDoNotFit(marks: marks, markedBallots: 10, marksPerBallot: 3)]))
    }

    @Test func `where nobody counted the urn, marks only bound the ballots`() throws {
        // 31 marks need 11 ballots, with the 6 others 17.
        #expect(
            Reconciliation(try sheet(["A": 31], ballots: nil, voters: 16, marksPerBallot: 3)).findings
                == [.moreBallotsThanVoters(ballots: 17, voters: 16)])
        #expect(
            Reconciliation(try sheet(["A": 31], ballots: nil, voters: 30, marksPerBallot: 3)).findings.isEmpty
        )
        #expect(
            Reconciliation(try sheet(["A": 3], ballots: 5, voters: 5, marksPerBallot: 3)).findings
                == [.rowsDifferFromBallots(rows: 6, ballots: 5)])
    }

    @Test func `figures that no sheet can have are refused with their row`() {
        #expect(throws: CountSheetError.figureOutOfRange(.null, -1)) { try sheet(null: -1) }
        #expect(throws: CountSheetError.figureOutOfRange(.unmarked, -1)) { try sheet(unmarked: -1) }
        #expect(throws: CountSheetError.figureOutOfRange(.ballots, -1)) { try sheet(ballots: -1) }
        #expect(throws: CountSheetError.figureOutOfRange(.voters, 1_000_000_000_001)) {
            try sheet(voters: 1_000_000_000_001)
        }
        #expect(throws: CountSheetError.noMarks) { try sheet(marksPerBallot: 0) }
    }

    // MARK: - Two juries

    @Test func `two sheets differ row by row`() throws {
        let first = try sheet()
        #expect(first.differences(from: first).isEmpty)
        #expect(
            first.differences(from: try sheet(["B": 11, "A": 20], blank: 2, voters: 35)) == [
                SheetDifference(row: .contender("B"), first: 10, second: 11),
                SheetDifference(row: .blank, first: 3, second: 2),
                SheetDifference(row: .voters, first: 36, second: 35),
            ])
        #expect(
            first.differences(from: try sheet(["A": 20, "C": 0], ballots: nil)) == [
                SheetDifference(row: .contender("B"), first: 10, second: nil),
                SheetDifference(row: .ballots, first: 36, second: nil),
                SheetDifference(row: .contender("C"), first: nil, second: 0),
            ])
    }

    @Test func `equal sheets that add up close without a word`() throws {
        let closed = try ClosedSheet(first: sheet(), second: sheet())
        #expect(closed.sheet == (try sheet()) && closed.differences.isEmpty && closed.reason == nil)
    }

    @Test func `juries that differ close only with an agreed sheet that adds up and a reason`() throws {
        let (first, second) = (try sheet(), try sheet(["A": 19, "B": 11]))
        let differences = first.differences(from: second)
        #expect(throws: CountSheetError.juriesDiffer(differences)) {
            try ClosedSheet(first: first, second: second, reason: "Un tarjetón mal leído")
        }
        #expect(throws: CountSheetError.reasonMissing(nil)) {
            try ClosedSheet(first: first, second: second, agreed: second, reason: " \n")
        }
        let wrong = try sheet(["A": 19, "B": 10])
        #expect(throws: CountSheetError.doesNotAddUp(.rowsDifferFromBallots(rows: 35, ballots: 36))) {
            try ClosedSheet(first: first, second: second, agreed: wrong, reason: "Un tarjetón mal leído")
        }
        let closed = try ClosedSheet(
            first: first, second: second, agreed: second, reason: "Un tarjetón mal leído")
        #expect(closed.sheet == second && closed.differences == differences)
        #expect(closed.reason == "Un tarjetón mal leído")
    }

    @Test func `an error of both juries is mended with a reason`() throws {
        let wrong = try sheet(["A": 19, "B": 10])
        #expect(throws: CountSheetError.reasonMissing(nil)) {
            try ClosedSheet(first: wrong, second: wrong, agreed: sheet())
        }
        #expect(
            try ClosedSheet(first: wrong, second: wrong, agreed: sheet(), reason: "Doblada").sheet == sheet())
    }

    @Test func `ballots that were taken away need a reason, and too many have none`() throws {
        let missing = try sheet(voters: 37)
        #expect(throws: CountSheetError.reasonMissing(.fewerBallotsThanVoters(ballots: 36, voters: 37))) {
            try ClosedSheet(first: missing, second: missing)
        }
        #expect(try ClosedSheet(first: missing, second: missing, reason: "Se la llevó").sheet == missing)
        let surplus = try sheet(voters: 35)
        #expect(throws: CountSheetError.doesNotAddUp(.moreBallotsThanVoters(ballots: 36, voters: 35))) {
            try ClosedSheet(first: surplus, second: surplus, reason: "Sobra una")
        }
    }
}

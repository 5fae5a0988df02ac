import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The count of a table` {
    private func closedPoll() async throws -> Assembly {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        return assembly
    }

    @Test func `is blind until both juries have entered`() async throws {
        let assembly = try await closedPoll()
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        let one = assembly.figures([12, 3, 3], blank: 2)
        let other = assembly.figures([12, 4, 3], blank: 1)
        try await assembly.runner.run(
            EnterCount(one, of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        let own = try await assembly.runner.fetch(query, as: assembly.jurors[0])
        #expect(own.own == one && own.jury == 1 && own.rows.isEmpty)
        for reader in [assembly.jurors[1], assembly.committee, assembly.guarantor] {
            let seen = try await assembly.runner.fetch(query, as: reader)
            #expect(seen.own == nil && seen.first == nil && seen.second == nil && seen.rows.isEmpty)
            #expect(seen.findings.isEmpty && seen.entered == [1])
        }
        try await assembly.runner.run(
            EnterCount(other, of: assembly.poll, in: assembly.place), as: assembly.jurors[1])
        let both = try await assembly.runner.fetch(query, as: assembly.committee)
        #expect(both.first == one && both.second == other && both.needsAgreement)
        #expect(both.rows.filter(\.differs).map(\.key) == ["votes.\(assembly.slates[1])", "blank"])
    }

    @Test func `is entered by its jurors alone, after the vote has closed`() async throws {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        let entry = EnterCount(
            assembly.figures([12, 3, 3], blank: 2), of: assembly.poll, in: assembly.place)
        await #expect(throws: TableCountError.pollIsOpen) {
            try await assembly.runner.run(entry, as: assembly.jurors[0])
        }
        await #expect(throws: AccessError.self) {
            try await assembly.runner.run(entry, as: assembly.committee)
        }
        let stranger = try await assembly.tenants.principal(
            .juror, of: assembly.organization,
            in: .process(assembly.place.process, of: assembly.place.alliance))
        await #expect(throws: TableCountError.notYourTable) {
            try await assembly.runner.run(entry, as: stranger)
        }
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        await #expect(throws: TableCountError.notOnBallot) {
            try await assembly.runner.run(
                EnterCount(
                    TableFigures(votes: [ID(): 1], blank: 0, null: 0, unmarked: 0, voters: 1),
                    of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        }
    }

    @Test func `takes both juries at once, and nothing after them`() async throws {
        let assembly = try await closedPoll()
        let entry = EnterCount(
            assembly.figures([12, 3, 3], blank: 2), of: assembly.poll, in: assembly.place)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for juror in assembly.jurors {
                group.addTask { try await assembly.runner.run(entry, as: juror) }
            }
            try await group.waitForAll()
        }
        for juror in assembly.jurors {
            await #expect(throws: TableCountError.bothEntered) {
                try await assembly.runner.run(entry, as: juror)
            }
        }
    }

    @Test func `is corrected by a jury until the other has entered`() async throws {
        let assembly = try await closedPoll()
        for votes in [[11, 4, 3], [12, 3, 3]] {
            try await assembly.runner.run(
                EnterCount(assembly.figures(votes, blank: 2), of: assembly.poll, in: assembly.place),
                as: assembly.jurors[0])
        }
        let attempts: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select count(*) from elections.count_sheets
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(attempts == 2)
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        #expect(file.own?.votes[assembly.slates[0]] == 12)
    }

    @Test func `that both juries had wrong is mended with a reason, and then frozen for good`() async throws {
        let assembly = try await closedPoll()
        // 22 ballots of 20 people: kept as counted, and no way to close.
        let wrong = assembly.figures([12, 5, 3], blank: 2)
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(wrong, of: assembly.poll, in: assembly.place), as: juror)
        }
        let close = CloseTable(assembly.poll, in: assembly.place)
        await #expect(throws: CountSheetError.self) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        let right = assembly.figures([12, 3, 3], blank: 2)
        func reconcile(_ figures: TableFigures, because reason: String) async throws {
            try await assembly.runner.run(
                ReconcileCount(figures, of: assembly.poll, in: assembly.place, because: reason),
                as: assembly.jurors[1])
        }
        await #expect(throws: TableCountError.reasonMissing) { try await reconcile(right, because: "") }
        await #expect(throws: CountSheetError.self) { try await reconcile(wrong, because: "Así fue") }
        try await reconcile(right, because: "Se contó dos veces un paquete")
        // Both counted the same: what one of them makes of it counts once the other has confirmed it.
        await #expect(throws: CountSheetError.self) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        try await assembly.runner.run(
            ConfirmAgreement(1, of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        await #expect(throws: TableCountError.reconciledAlready) {
            try await reconcile(assembly.figures([11, 4, 3], blank: 2), because: "Otra vez")
        }
        try await assembly.runner.run(close, as: assembly.committee)
        await #expect(throws: TableCountError.closedAlready) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        await #expect(throws: TableCountError.closedAlready) {
            try await reconcile(assembly.figures([10, 5, 3], blank: 2), because: "Tarde")
        }
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.guarantor)
        #expect(file.frozen == right)
    }

    @Test func `with ballots missing is closed only with a reason`() async throws {
        let assembly = try await closedPoll()
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(assembly.figures([12, 3, 3], blank: 1), of: assembly.poll, in: assembly.place),
                as: juror)
        }
        await #expect(throws: CountSheetError.self) {
            try await assembly.runner.run(
                CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        }
        try await assembly.runner.run(
            CloseTable(assembly.poll, in: assembly.place, departingBecause: "Alguien se llevó la suya"),
            as: assembly.committee)
        let missing: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select unreturned from elections.table_counts
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(missing == 1)
    }

    @Test func `of several marks on a ballot adds up in ballots`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "plurinominal", slates: 4))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        func enter(_ votes: [Int], ballots: Int?) async throws {
            for juror in assembly.jurors {
                try await assembly.runner.run(
                    EnterCount(
                        assembly.figures(votes, blank: 2, ballots: ballots), of: assembly.poll,
                        in: assembly.place), as: juror)
            }
        }
        await #expect(throws: TableCountError.ballotsMissing) {
            try await enter([15, 12, 9, 3], ballots: nil)
        }
        // 18 marked ballots bear at most 54 marks.
        try await enter([18, 18, 16, 3], ballots: 20)
        let close = CloseTable(assembly.poll, in: assembly.place)
        await #expect(
            throws: CountSheetError.doesNotAddUp(
                .marksDoNotFit(marks: 55, markedBallots: 18, marksPerBallot: 3))
        ) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        try await assembly.runner.run(
            ReconcileCount(
                assembly.figures([18, 18, 15, 3], blank: 2, ballots: 20), of: assembly.poll,
                in: assembly.place, because: "Una marca se leyó dos veces"), as: assembly.jurors[0])
        try await assembly.runner.run(
            ConfirmAgreement(1, of: assembly.poll, in: assembly.place), as: assembly.committee)
        try await assembly.runner.run(close, as: assembly.committee)
        let result = try await assembly.canvass()
        #expect(result.outcome == .elected && result.allocations.map(\.seats) == [1, 1, 1, 0])
        #expect(try await assembly.report().unreturned == 0)
    }

    @Test func `of raised hands takes one sheet, of either juror`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", mode: "show_of_hands"))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.runner.run(
            EnterCount(assembly.figures([12, 5, 3], blank: 0), of: assembly.poll, in: assembly.place),
            as: assembly.jurors[1])
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.jurors[1])
        #expect(try await assembly.canvass().outcome == .elected)
    }

    @Test func `rests while the process is suspended, and for good once it is annulled`() async throws {
        let assembly = try await closedPoll()
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        let right = assembly.figures([12, 3, 3], blank: 2)
        let entry = EnterCount(right, of: assembly.poll, in: assembly.place)
        let agreement = ReconcileCount(
            assembly.figures([11, 4, 3], blank: 2), of: assembly.poll, in: assembly.place, because: "Otra vez"
        )
        let close = CloseTable(assembly.poll, in: assembly.place)
        try await assembly.runner.run(entry, as: assembly.jurors[0])
        try await assembly.runner.run(
            SuspendProcess(process, of: alliance, until: nil, because: "Se denunció un fraude"),
            as: assembly.committee)
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(entry, as: assembly.jurors[1])
        }
        try await assembly.runner.run(
            ResumeProcess(process, of: alliance, because: "Se aclaró"), as: assembly.committee)
        try await assembly.runner.run(entry, as: assembly.jurors[1])
        try await assembly.runner.run(agreement, as: assembly.jurors[0])
        try await assembly.runner.run(
            SuspendProcess(process, of: alliance, until: nil, because: "Se denunció otra vez"),
            as: assembly.committee)
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(agreement, as: assembly.jurors[0])
        }
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(
                ConfirmAgreement(1, of: assembly.poll, in: assembly.place), as: assembly.jurors[1])
        }
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(close, as: assembly.jurors[0])
        }
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(
                ExtendPoll(
                    assembly.table, in: assembly.place, until: assembly.clock.now + 7200, because: "Filas"),
                as: assembly.committee)
        }
        let act = try await assembly.runner.run(
            ProposeAnnulment(of: process, of: alliance, because: "Hubo fraude"), as: assembly.committee)
        try await assembly.runner.run(
            SettleAnnulment(act, .second, of: process, of: alliance), as: assembly.guarantor)
        await #expect(throws: ProcessError.over(.annulled)) {
            try await assembly.runner.run(close, as: assembly.jurors[0])
        }
    }

    @Test func `of raised hands is corrected by its juror until the table is closed`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", mode: "show_of_hands"))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        for votes in [[3, 12, 5], [12, 3, 5]] {
            try await assembly.runner.run(
                EnterCount(assembly.figures(votes, blank: 0), of: assembly.poll, in: assembly.place),
                as: assembly.jurors[1])
            // One count is enough to close the table, and until then it is the juror's.
            let file = try await assembly.runner.fetch(query, as: assembly.jurors[1])
            #expect(file.isComplete && file.mayEnter && !file.mayAgree && file.entered == [2])
        }
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.jurors[1])
        let closed = try await assembly.runner.fetch(query, as: assembly.jurors[1])
        #expect(closed.frozen?.votes[assembly.slates[0]] == 12 && !closed.mayEnter)
    }

    @Test func `that both juries had wrong though it adds up is theirs to mend`() async throws {
        let assembly = try await closedPoll()
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        for juror in assembly.jurors {
            #expect(!(try await assembly.runner.fetch(query, as: juror).mayAgree))
            try await assembly.runner.run(
                EnterCount(assembly.figures([3, 12, 3], blank: 2), of: assembly.poll, in: assembly.place),
                as: juror)
        }
        for juror in assembly.jurors {
            let file = try await assembly.runner.fetch(query, as: juror)
            #expect(file.mayAgree && !file.mayEnter && file.findings.isEmpty)
        }
        #expect(!(try await assembly.runner.fetch(query, as: assembly.committee).mayAgree))
        try await assembly.runner.run(
            ReconcileCount(
                assembly.figures([12, 3, 3], blank: 2), of: assembly.poll, in: assembly.place,
                because: "Se cambiaron dos filas"), as: assembly.jurors[0])
        try await assembly.runner.run(
            ConfirmAgreement(1, of: assembly.poll, in: assembly.place), as: assembly.jurors[1])
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
    }

    @Test func `that was entered before ballots were counted apart is entered anew with them`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "plurinominal", slates: 4))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        let figures = assembly.figures([18, 18, 15, 3], blank: 2, ballots: 20)
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(figures, of: assembly.poll, in: assembly.place), as: juror)
        }
        // As an upgraded installation has it.
        try await assembly.tenants.database.script(
            "update elections.count_sheets set ballots = null", as: TestCluster.superuser)
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        for juror in assembly.jurors {
            let file = try await assembly.runner.fetch(query, as: juror)
            #expect(file.lacksBallots && file.mayEnter && !file.isComplete && file.rows.isEmpty)
            try await assembly.runner.run(
                EnterCount(figures, of: assembly.poll, in: assembly.place), as: juror)
        }
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        let closed = try await assembly.runner.fetch(query, as: assembly.committee)
        #expect(closed.frozen?.ballots == 20)
    }

    @Test(arguments: ["paper", "single_list"])
    func `of ballots takes two, in the database too`(mode: String) async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", slates: 1, mode: mode))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        let figures = assembly.figures([20], blank: 0)
        try await assembly.runner.run(
            EnterCount(figures, of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        await #expect(throws: TableCountError.juryMissing) {
            try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) { transaction in
                let options = try await transaction.options(of: assembly.contest, round: 1)
                let terms = try await transaction.sheetTerms(of: assembly.contest)
                let sheet = try figures.sheet(of: options, under: terms)
                try await transaction.freeze(
                    ClosedSheet(first: sheet, second: sheet), of: assembly.poll, options: options,
                    at: assembly.clock.now)
            }
        }
    }

    @Test func `is held against the electors of the table and those who came in`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people.prefix(18), to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 25), as: assembly.committee)
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        let close = CloseTable(assembly.poll, in: assembly.place, departingBecause: "Así se contó")
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(
                    assembly.figures([300, 150, 30], blank: 20, voters: 500), of: assembly.poll,
                    in: assembly.place), as: juror)
        }
        await #expect(throws: CountSheetError.doesNotAddUp(.moreVotersThanRoll(voters: 500, roll: 20))) {
            try await assembly.runner.run(close, as: assembly.committee)
        }
        let query = ReadCount(of: assembly.poll, in: assembly.place)
        #expect(
            try await assembly.runner.fetch(query, as: assembly.committee).findings == [
                .moreVotersThanRoll(voters: 500, roll: 20),
                .votersDifferFromCheckIns(voters: 500, checkedIn: 18),
            ])
        // One voted whom nobody let in: kept with its reason.
        try await assembly.runner.run(
            ReconcileCount(
                assembly.figures([10, 5, 2], blank: 2, voters: 19), of: assembly.poll, in: assembly.place,
                because: "Se leyó mal el total, y entró una persona sin registrar"), as: assembly.jurors[0])
        try await assembly.runner.run(
            ConfirmAgreement(1, of: assembly.poll, in: assembly.place), as: assembly.jurors[1])
        try await assembly.runner.run(
            CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        let kept: [Int] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select unnest(array[electors, checked_in, voters]) from elections.table_counts
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(kept == [20, 18, 19])
    }

    @Test func `with other voters than came in is closed only with a reason`() async throws {
        let assembly = try await closedPoll()
        for juror in assembly.jurors {
            try await assembly.runner.run(
                EnterCount(
                    assembly.figures([12, 3, 3], blank: 1, voters: 19), of: assembly.poll,
                    in: assembly.place), as: juror)
        }
        await #expect(
            throws: CountSheetError.reasonMissing(.votersDifferFromCheckIns(voters: 19, checkedIn: 20))
        ) {
            try await assembly.runner.run(
                CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        }
        try await assembly.runner.run(
            CloseTable(assembly.poll, in: assembly.place, departingBecause: "Una persona no votó"),
            as: assembly.committee)
    }

    @Test func `is agreed on by two people, the second another than the first`() async throws {
        let assembly = try await closedPoll()
        for (juror, votes) in zip(assembly.jurors, [[12, 3, 3], [12, 4, 2]]) {
            try await assembly.runner.run(
                EnterCount(assembly.figures(votes, blank: 2), of: assembly.poll, in: assembly.place),
                as: juror)
        }
        func agree(_ votes: [Int], as juror: Principal) async throws {
            try await assembly.runner.run(
                ReconcileCount(
                    assembly.figures(votes, blank: 2), of: assembly.poll, in: assembly.place,
                    because: "Recuento"), as: juror)
        }
        func confirm(_ number: Int, as principal: Principal) async throws {
            try await assembly.runner.run(
                ConfirmAgreement(number, of: assembly.poll, in: assembly.place), as: principal)
        }
        await #expect(throws: TableCountError.nothingToConfirm) {
            try await confirm(1, as: assembly.jurors[1])
        }
        try await agree([12, 3, 3], as: assembly.jurors[0])
        await #expect(throws: TableCountError.ownAgreement) { try await confirm(1, as: assembly.jurors[0]) }
        let stranger = try await assembly.tenants.principal(
            .juror, of: assembly.organization,
            in: .process(assembly.place.process, of: assembly.place.alliance))
        await #expect(throws: TableCountError.notYourTable) { try await confirm(1, as: stranger) }
        // The other juror wants it otherwise, which the first then has to confirm.
        try await agree([12, 4, 2], as: assembly.jurors[1])
        await #expect(throws: TableCountError.nothingToConfirm) {
            try await confirm(1, as: assembly.committee)
        }
        await #expect(throws: TableCountError.ownAgreement) { try await confirm(2, as: assembly.jurors[1]) }
        let seen = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.jurors[0])
        #expect(seen.agreed == nil && seen.proposal?.number == 2 && seen.proposal?.isOwn == false)
        try await confirm(2, as: assembly.jurors[0])
        await #expect(throws: TableCountError.notYourTable) {
            try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: stranger)
        }
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.jurors[0])
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: assembly.place), as: assembly.committee)
        #expect(file.frozen?.votes[assembly.slates[1]] == 4 && file.reason == "Recuento")
    }
}

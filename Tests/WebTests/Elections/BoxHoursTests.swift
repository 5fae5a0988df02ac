import Foundation
import Kernel
import Testing

@testable import Elections
@testable import Web

@Suite struct `The hours of a box` {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let end = start + 14_400

    private static let told: [(BallotBox.State, TimeInterval, String)] = [
        (.preparing, -1, "Recibe votos"), (.sealed, -1, "Recibe votos"), (.open, 0, "Recibe votos"),
        (.open, 14_399, "Recibe votos"), (.open, 14_400, "Su horario era"),
        (.sealed, 14_400, "Su horario era"),
        (.closed, 3_600, "Su horario era"), (.counted, 86_400, "Su horario era"),
        (.annulled, -1, "Su horario era"),
    ]

    @Test(arguments: told)
    func `are told as they stand now, also where nobody closed it`(
        state: BallotBox.State, after seconds: TimeInterval, beginning: String
    ) {
        let hours = BoxHours(from: Self.start, until: Self.end)
        #expect(hours.told(in: state, at: Self.start + seconds).hasPrefix("\(beginning) el "))
    }

    private func board(_ state: BallotBox.State, isRemote: Bool = true) -> BoxBoard {
        BoxBoard(
            id: ID(), number: 1, isMock: false, state: state, uuid: "zymqGpFnrePsu9", group: .ed25519,
            trustees: 3,
            threshold: 2, allowsRemote: isRemote, opensAt: Self.start, closesAt: Self.end, fingerprint: "",
            ballots: 0, credentials: 8, archive: 0, head: BoxHead(events: 1, digest: HashDigest(of: "")))
    }

    private static let doors: [(BallotBox.State, TimeInterval, String)] = [
        (.sealed, -1, "La votación todavía no empieza."), (.open, -1, "La votación todavía no empieza."),
        (.sealed, 60, "La urna todavía no se ha abierto."), (.sealed, 14_400, "La votación ya cerró:"),
        (.open, 14_400, "La votación ya cerró:"), (.counted, 60, "La votación ya cerró:"),
        (.annulled, -1, "Esta urna se anuló:"), (.annulled, 60, "Esta urna se anuló:"),
    ]

    @Test(arguments: doors)
    func `are told at a door that lets nobody in, and an annulled box says what it is`(
        state: BallotBox.State, after seconds: TimeInterval, beginning: String
    ) throws {
        let board = board(state)
        let words = try #require(board.closedDoor(at: Self.start + seconds))
        #expect(words.hasPrefix(beginning) && !board.isOpenFromAfar(at: Self.start + seconds))
        #expect(state == .annulled || words.contains(board.hours.words))
    }

    @Test func `open the door from afar, and the board says from when on`() throws {
        let open = board(.open)
        #expect(open.isOpenFromAfar(at: Self.start) && open.isOpenFromAfar(at: Self.end - 1))
        #expect(open.comingDoor(at: Self.start) == nil)
        #expect(try #require(open.comingDoor(at: Self.start - 1)).hasPrefix("Se vota a distancia desde el "))
        let atTables = board(.open, isRemote: false)
        #expect(!atTables.isOpenFromAfar(at: Self.start) && atTables.comingDoor(at: Self.start - 1) == nil)
        #expect(try #require(atTables.closedDoor(at: Self.start)).hasPrefix("Se vota en la mesa el "))
        // A slip that is read later sends nobody to a table that is over.
        #expect(try #require(atTables.closedDoor(at: Self.end)).hasPrefix("La votación ya cerró:"))
        for (state, words) in [
            (BallotBox.State.counted, "La votación ya cerró:"), (.annulled, "Esta urna se anuló:"),
        ] {
            let over = board(state, isRemote: false)
            #expect(try #require(over.closedDoor(at: Self.start)).hasPrefix(words))
        }
    }
}

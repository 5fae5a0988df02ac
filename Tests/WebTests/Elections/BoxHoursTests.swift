import Elections
import Foundation
import Kernel
import Testing

@testable import Web

@Suite struct `The hours of a box` {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let end = start + 14_400

    private static let told: [(BallotBox.State, TimeInterval, String)] = [
        (.preparing, -1, "Recibe votos"), (.sealed, -1, "Recibe votos"), (.open, 0, "Recibe votos"),
        (.open, 14_399, "Recibe votos"), (.open, 14_400, "Su horario era"),
        (.sealed, 14_400, "Su horario era"),
        (.closed, 3_600, "Recibió votos"), (.counted, 86_400, "Recibió votos"),
        (.annulled, -1, "Su horario era"),
    ]

    @Test(arguments: told)
    func `are told as they stand now, also where nobody closed it`(
        state: BallotBox.State, after seconds: TimeInterval, beginning: String
    ) {
        let hours = BoxHours(from: Self.start, until: Self.end)
        #expect(hours.told(in: state, at: Self.start + seconds).hasPrefix("\(beginning) el "))
    }
}

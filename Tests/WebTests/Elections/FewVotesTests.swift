import Elections
import Foundation
import Testing

@testable import Web

@Suite struct `The fewest votes that are opened` {
    @Test func `are as many for a trustee's browser as for the server`() throws {
        let module = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Web/Assets/voting/check.js")
        let code = try String(contentsOf: module, encoding: .utf8)
        #expect(code.contains("const FEWEST_BALLOTS = \(BallotBox.fewest);"))
        let sentence = TrusteeDeskPage.sentences.first { $0.key == "few_ballots" }?.value
        #expect(sentence?.contains("menos de \(BallotBox.fewestInWords) votos") == true)
    }
}

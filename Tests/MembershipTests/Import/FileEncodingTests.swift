import Testing

@testable import Membership

@Suite struct FileEncodingTests {
    /// What the survey says of a file, whatever the pieces in which it comes.
    private func encoding(of bytes: [UInt8]) -> FileEncoding? {
        let answers = (1...max(1, min(bytes.count, 9))).map { size in
            var survey = EncodingSurvey()
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                survey.look(at: piece.span)
            }
            return survey.encoding
        }
        return Set(answers).count == 1 ? answers.first : nil
    }

    @Test(arguments: [
        ([], FileEncoding.windows1252),
        (Array("solo ASCII".utf8), .windows1252),
        (Array("Muñoz".utf8), .utf8),
        ([0xEF, 0xBB, 0xBF] + Array("a;b".utf8), .utf8),
        ([0x4D, 0x75, 0xF1, 0x6F, 0x7A], .windows1252),
        // One true sequence outweighs any number of other high bytes, before and after it.
        ([0xF1, 0x6F, 0xE1, 0xC3, 0xB1, 0xF1], .utf8),
        ([0xE1, 0xC3, 0xB1], .utf8),
        // Overlong forms, surrogates and what lies beyond Unicode are no sequences.
        ([0xC0, 0xAF, 0xC1, 0xBF], .windows1252),
        ([0xE0, 0x9F, 0xBF], .windows1252),
        ([0xED, 0xA0, 0x80], .windows1252),
        ([0xF0, 0x8F, 0xBF, 0xBF], .windows1252),
        ([0xF4, 0x90, 0x80, 0x80], .windows1252),
        ([0xF5, 0x80, 0x80, 0x80], .windows1252),
        ([0xE2, 0x82, 0xAC], .utf8),
        ([0xF0, 0x9F, 0x98, 0x80], .utf8),
        // A sequence that the file cuts off is none.
        ([0x41, 0xC3], .windows1252),
        ([0xF0, 0x9F, 0x98], .windows1252),
    ])
    func `a file is UTF-8 where it holds one sequence of several bytes`(
        bytes: [UInt8], expected: FileEncoding
    ) {
        #expect(encoding(of: bytes) == expected)
    }

    @Test func `the automaton agrees with the standard library on every pair, and on triples and quadruples`()
    {
        var random = SeededRandom(seed: 1252)
        func agree(_ bytes: [UInt8]) -> Bool {
            (UTF8Automaton.firstInvalid(in: bytes.span, 0..<bytes.count) == nil)
                == (String(validating: bytes, as: UTF8.self) != nil)
        }
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max where !agree([first, second]) {
                Issue.record("\([first, second])")
            }
        }
        let edges: [UInt8] = [
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
            0xF3,
            0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<100_000 {
            let bytes = (0..<Int.random(in: 3...6, using: &random)).map { _ in
                edges.randomElement(using: &random) ?? 0
            }
            if !agree(bytes) { Issue.record("\(bytes)") }
        }
    }

    @Test func `Windows-1252 becomes the text that the standard says, and its five holes stay foreign bytes`()
    {
        let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        for byte in UInt8.min...UInt8.max {
            var text: [UInt8] = []
            Windows1252.transcode([byte].span, into: &text)
            let decoded = String(validating: text, as: UTF8.self)
            #expect((decoded == nil) == undefined.contains(byte))
        }
        var text: [UInt8] = []
        let bytes: [UInt8] = [0x80, 0x20, 0x4D, 0x75, 0xF1, 0x6F, 0x7A, 0x20, 0x93, 0x99, 0x9F, 0xC1, 0xFF]
        Windows1252.transcode(bytes.span, into: &text)
        #expect(String(decoding: text, as: UTF8.self) == "€ Muñoz “™ŸÁÿ")
    }
}

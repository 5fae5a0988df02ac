import Testing

@testable import Elections

@Suite struct LineSplitterTests {
    private func lines(of chunks: [[UInt8]], limit: Int) -> [LineSplitter.Line] {
        var splitter = LineSplitter(limit: limit)
        var lines: [LineSplitter.Line] = []
        for chunk in chunks { splitter.take(chunk[...]) { lines.append($0) } }
        splitter.finish { lines.append($0) }
        return lines
    }

    private func line(_ text: String) -> LineSplitter.Line { .bytes(Array(text.utf8)) }

    @Test(arguments: [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("a\r\n", ["a\r"]),
        ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]),
    ])
    func `lines end in a line feed, and the last one with the stream`(text: String, expected: [String]) {
        #expect(lines(of: [Array(text.utf8)], limit: 100) == expected.map(line))
    }

    @Test func `a line that is too long is reported once, and the next one is read`() {
        let text = "12345\n123456\n\(String(repeating: "x", count: 5000))\n12345"
        #expect(
            lines(of: [Array(text.utf8)], limit: 5) == [line("12345"), .overlong, .overlong, line("12345")])
    }

    @Test func `a line that is too long and never ends is reported too`() {
        #expect(lines(of: [[1, 2, 3], [4, 5, 6]], limit: 5) == [.overlong])
    }

    @Test func `where the chunks are cut changes nothing`() {
        var (seed, random) = Seeded.printingSeed("chunks")
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                random.pick([UInt8(ascii: "\n"), 0xEF, 0xBB, 0xBF, UInt8(ascii: "a")])
            }
            let whole = lines(of: [bytes], limit: 6)
            var chunks: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...4, using: &random)
                chunks.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(lines(of: chunks, limit: 6) == whole, "seed \(seed): \(chunks)")
        }
    }
}

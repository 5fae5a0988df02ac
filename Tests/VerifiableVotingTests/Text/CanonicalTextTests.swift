import Testing

@testable import VerifiableVoting

@Suite("Canonical text")
struct CanonicalTextTests {
    @Test
    func `text is escaped in one way and read back`() throws {
        var writer = CanonicalWriter()
        writer.string("a/b\"\\\n\u{1}\u{7F}ñ")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #""a/b\"\\\n\u0001\u007fñ""#)
        var reader = CanonicalReader(writer.bytes)
        #expect(try reader.string(maximumBytes: 100) == "a/b\"\\\n\u{1}\u{7F}ñ")
        try reader.end()
    }

    @Test(arguments: [
        #""a\/b""#, #""\u0041""#, #""\u001F""#, #""\u000a""#, "\"\n\"", #""abc"#, "\"\\", "\"\u{7F}\"",
    ])
    func `text in another form is refused`(text: String) {
        var reader = CanonicalReader(Array(text.utf8))
        #expect(throws: TextFault.self) { try reader.string(maximumBytes: 100) }
    }

    @Test
    func `text that is no UTF-8 is refused`() {
        var reader = CanonicalReader([0x22, 0xC3, 0x22])
        #expect(throws: TextFault.self) { try reader.string(maximumBytes: 100) }
    }

    @Test(arguments: ["01", "00", "-1", "+1", "1.0", "1e2", "", "x", "7", "99999999999999999999999999"])
    func `a number out of form or range is refused`(text: String) {
        #expect(throws: TextFault.self) {
            var reader = CanonicalReader(Array(text.utf8))
            _ = try reader.integer(in: 0...6)
            try reader.end()
        }
    }

    @Test(arguments: [#""01""#, #""""#, #""-1""#, #""1"#, "1", #""12345""#, #"" 1""#])
    func `a decimal out of form is refused`(text: String) {
        #expect(throws: TextFault.self) {
            var reader = CanonicalReader(Array(text.utf8))
            _ = try reader.decimal(maximumDigits: 4)
        }
    }

    @Test
    func `what stands there is read with the literals that wrote it`() throws {
        var writer = CanonicalWriter()
        writer.literal(#"{"alpha":"#)
        writer.quoted("120".utf8)
        writer.literal(#","list":"#)
        writer.array([1, 2, 3]) { $0.integer($1) }
        writer.literal(#","none":"#)
        writer.array([Int]()) { $0.integer($1) }
        writer.literal("}")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"alpha":"120","list":[1,2,3],"none":[]}"#)
        var reader = CanonicalReader(writer.bytes)
        try reader.expect(#"{"alpha":"#)
        #expect(try Array(writer.bytes[reader.decimal(maximumDigits: 3)]) == Array("120".utf8))
        try reader.expect(#","list":"#)
        #expect(
            try reader.array(atMost: 3) { r throws(TextFault) in try r.integer(in: 0...9) } == [1, 2, 3])
        #expect(throws: TextFault(at: 29, expected: "«}»")) { try reader.expect("}") }
        try reader.expect(#","none":"#)
        #expect(try reader.array(atMost: 0) { r throws(TextFault) in try r.integer(in: 0...9) } == [])
        #expect(throws: TextFault(at: 39, expected: "el final del texto")) { try reader.end() }
        try reader.expect("}")
        try reader.end()
    }

    @Test
    func `an array that is too long is refused`() {
        var reader = CanonicalReader(Array("[1,2,3]".utf8))
        #expect(throws: TextFault.self) {
            try reader.array(atMost: 2) { r throws(TextFault) in try r.integer(in: 0...9) }
        }
    }

    @Test
    func `any JSON is read exactly`() throws {
        let text = ##"{ "a" : [1, -2.50e+3, true, null, "\u00f1\ud83d\ude00\/"], "b": {}, "c": [] }"##
        let node = try JSONNode(Array(text.utf8))
        #expect(
            node
                == .object([
                    .init(
                        name: "a",
                        value: .array([
                            .number("1"), .number("-2.50e+3"), .bool(true), .null, .string("ñ😀/"),
                        ])),
                    .init(name: "b", value: .object([])), .init(name: "c", value: .array([])),
                ]))
        #expect(node["a"]?.array?[0].integer == 1)
        #expect(node["a"]?.array?[1].integer == nil)
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "[1,]", "[01]", "[1 2]", #"["\ud800"]"#,
        #"["\udc00\ud800"]"#,
        "[1", "{", #"{"a"}"#, "", "1 1", "nul", "[.5]", "[1.]", "[1e]", "[-]", #"["\x"]"#, #"["\u+041"]"#,
        "[\"\u{1}\"]",
        "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
    ])
    func `what is no JSON, or says something twice, is refused`(text: String) {
        #expect(throws: TextFault.self) { try JSONNode(Array(text.utf8)) }
    }
}

import Foundation
import Testing

@testable import Elections

@Suite struct CountRequestTests {
    private func answer(to line: String) -> String {
        String(decoding: CountRequest.answer(to: Array(line.utf8)), as: UTF8.self)
    }

    @Test func `an answer has the members that the order asks for, and steps with their text`() throws {
        let line = #"{"id":7,"rule":"cuociente","seats":3,"votes":{"A":40,"B":40,"C":10},"blank":0}"#
        #expect(
            answer(to: line).hasPrefix(
                #"{"id":7,"outcome":"tie","seats":{"A":1,"B":1,"C":0},"ties":[{"among":["A","B","C"],"seats":1}],"#
                    + #""vacant":0,"quotient":"30/1","steps":[{"kind":"valid_votes","contenders":90,"#))
        let decoded = try #require(
            try JSONSerialization.jsonObject(with: Data(answer(to: line).utf8)) as? [String: Any])
        let steps = try #require(decoded["steps"] as? [[String: Any]])
        #expect(steps.allSatisfy { $0["kind"] is String && $0["text"] is String })
        #expect(steps.contains { $0["text"] as? String == "A: 40 ÷ 30 = 1 puesto, residuo 10" })
    }

    @Test(arguments: [
        "0", "-1", "1.50", "1e3", "123456789012345678901234567890", "true", "false", "null", #""""#, #""a""#,
        #""caf\u00e9 \"x\" \/ ñ""#, #""\ud800""#,
    ])
    func `the id goes back as it came`(id: String) {
        #expect(
            answer(to: #"{"votes":{"A":1},"seats":1,"id":  \#(id) ,"rule":"mayoria"}"#)
                .hasPrefix(#"{"id":\#(id),"outcome":"elected","seats":{"A":1}"#))
        #expect(answer(to: #"{"votes":{"A":-1},"id":\#(id)}"#).hasPrefix(#"{"id":\#(id),"error":"#))
    }

    /// Each broken line, the id that goes back, and something that its message has to say.
    static let refusals: [(line: String, id: String, says: String)] = [
        ("", "null", "vacía"),
        (" \t\r", "null", "vacía"),
        ("hola", "null", "byte 1."),
        ("[]", "null", "objeto JSON"),
        ("7", "null", "objeto JSON"),
        (#"{"id":1"#, "null", "JSON válido"),
        (#"{"id":1}}"#, "null", "JSON válido"),
        (#"{"id":1,}"#, "null", "JSON válido"),
        (#"{'id':1}"#, "null", "JSON válido"),
        (#"{"id":01}"#, "null", "JSON válido"),
        (#"{"id":1.}"#, "null", "JSON válido"),
        (#"{"id":"\x"}"#, "null", "JSON válido"),
        (#"{"id":"\u12g4"}"#, "null", "JSON válido"),
        (#"{"id":NaN}"#, "null", "JSON válido"),
        ("{\"id\":\"a\tb\"}", "null", "JSON válido"),
        (String(repeating: #"{"a":"#, count: 100), "null", "JSON válido"),
        (String(repeating: "[", count: 100_000), "null", "JSON válido"),
        (#"{"rule":"mayoria","seats":1,"votes":{"A":1}}"#, "null", "Falta «id»"),
        (#"{"id":[1],"rule":"mayoria","seats":1,"votes":{"A":1}}"#, "null", "lista"),
        (#"{"id":{},"rule":"mayoria","seats":1,"votes":{"A":1}}"#, "null", "objeto"),
        (#"{"id":1,"id":2,"rule":"mayoria","seats":1,"votes":{"A":1}}"#, "null", "«id» aparece dos veces"),
        (#"{"id":1,"seats":1,"votes":{"A":1}}"#, "1", "Falta «rule»"),
        (#"{"id":1,"rule":"mayoria","votes":{"A":1}}"#, "1", "Falta «seats»"),
        (#"{"id":1,"rule":"mayoria","seats":1}"#, "1", "Falta «votes»"),
        (#"{"id":1,"rule":"sorteo","seats":1,"votes":{"A":1}}"#, "1", "La regla no existe"),
        (#"{"id":1,"rule":"Mayoria","seats":1,"votes":{"A":1}}"#, "1", "La regla no existe"),
        (#"{"id":1,"rule":7,"seats":1,"votes":{"A":1}}"#, "1", "La regla no existe"),
        (#"{"id":1,"rule":null,"seats":1,"votes":{"A":1}}"#, "1", "La regla no existe"),
        (#"{"id":1,"rule":"mayoria","seats":0,"votes":{"A":1}}"#, "1", "No hay puestos"),
        (#"{"id":1,"rule":"mayoria","seats":-1,"votes":{"A":1}}"#, "1", "«seats» vale -1"),
        (#"{"id":1,"rule":"mayoria","seats":1.0,"votes":{"A":1}}"#, "1", "«seats» vale 1.0"),
        (#"{"id":1,"rule":"mayoria","seats":"1","votes":{"A":1}}"#, "1", "«seats» vale"),
        (#"{"id":1,"rule":"mayoria","seats":1000000000001,"votes":{"A":1}}"#, "1", "«seats» vale"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":60.0}}"#, "1", "«votes.A» vale 60.0"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":60.5}}"#, "1", "«votes.A» vale 60.5"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1e3}}"#, "1", "«votes.A» vale 1e3"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":"60"}}"#, "1", "«votes.A» vale"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":-0}}"#, "1", "«votes.A» vale -0"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":true}}"#, "1", "«votes.A» vale true"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":null}}"#, "1", "«votes.A» vale null"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1000000000001}}"#, "1", "«votes.A» vale"),
        (
            #"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":99999999999999999999999}}"#, "1",
            "«votes.A» vale"
        ),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":[]}}"#, "1", "«votes.A» vale […]"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":[60,28]}"#, "1", "«votes» no es un objeto"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1,"A":2}}"#, "1", "«A» aparece dos veces"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"é":1,"e\u0301":2}}"#, "1", "aparece dos veces"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"\udc00":1}}"#, "1", "escape"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"\ud800\u0041":1}}"#, "1", "escape"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1},"blank":-2}"#, "1", "«blank» vale -2"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1},"treshold":"1/2"}"#, "1", "«treshold»"),
        (#"{"id":1,"rule":"mayoria","seats":1,"seats":2,"votes":{"A":1}}"#, "1", "«seats» aparece dos veces"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"threshold":0.5}"#, "1", "umbral"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"threshold":1}"#, "1", "umbral"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"threshold":"-1/2"}"#, "1", "umbral"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"threshold":"1/0"}"#, "1", "umbral"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"threshold":"1000000000001"}"#, "1", "umbral"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"sizes":[3]}"#, "1", "«sizes» no es un objeto"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"sizes":{"A":-1}}"#, "1", "«sizes.A» vale -1"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"sizes":{"B":1}}"#, "1", "nombra a «B»"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"sizes":{"A":1,"A":1}}"#, "1", "dos veces"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"blank_majority":"true"}"#, "1", "true o false"),
        (#"{"id":1,"rule":"cifra","seats":1,"votes":{"A":1},"blank_majority":1}"#, "1", "true o false"),
        (#"{"id":1,"rule":"mayoria","seats":1,"votes":{"A":1},"majority_of":"all"}"#, "1", "majority_of"),
    ]

    @Test(arguments: refusals)
    func `a line that cannot be counted is answered with its id and what to mend`(
        line: String, id: String, says: String
    ) throws {
        let answer = answer(to: line)
        #expect(answer.hasPrefix(#"{"id":\#(id),"error":"#), "\(answer)")
        let decoded = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        #expect(decoded.keys.sorted() == ["error", "id"])
        #expect((decoded["error"] as? String)?.contains(says) == true, "\(answer)")
        #expect((decoded["error"] as? String)?.hasSuffix(".") == true, "\(answer)")
    }

    @Test func `bytes that are no UTF-8 are refused, and the id goes back if it is text`() {
        let line = { (id: [UInt8], name: [UInt8]) in
            Array(#"{"id":""#.utf8) + id + Array(#"","rule":"mayoria","seats":1,"votes":{""#.utf8) + name
                + Array(#"":1}}"#.utf8)
        }
        let broken = CountRequest.answer(to: line(Array("x".utf8), [0xFF]))
        #expect(
            String(decoding: broken, as: UTF8.self).hasPrefix(
                #"{"id":"x","error":"La línea no está en UTF-8"#))
        let brokenID = CountRequest.answer(to: line([0xC3, 0x28], Array("A".utf8)))
        #expect(String(decoding: brokenID, as: UTF8.self).hasPrefix(#"{"id":null,"error":"La línea no está"#))
    }

    @Test func `what is optional may be missing or null, and no contender is no vote`() {
        #expect(
            answer(
                to: """
                    {"id":1,"rule":"cifra","seats":2,"votes":{},"blank":null,"threshold":null,"sizes":null,\
                    "blank_majority":null,"majority_of":null}
                    """
            ).hasPrefix(
                #"{"id":1,"outcome":"void","seats":{},"ties":[],"vacant":2,"quotient":"0/1","steps":["#))
    }

    @Test func `names come back whole, whatever they are made of`() throws {
        let name = #"Plancha \"1\" \\ \n\u0000 ñ \ud83d\ude00"#
        let answer = answer(to: #"{"id":1,"rule":"mayoria","seats":1,"votes":{"\#(name)":3}}"#)
        let decoded = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        #expect((decoded["seats"] as? [String: Int]) == ["Plancha \"1\" \\ \n\u{0} ñ 😀": 1])
    }

    @Test func `thousands of lines are answered as a program in another language answers them`() throws {
        var (seed, random) = Seeded.printingSeed("count.py")
        var lines: [String] = []
        for number in 0..<2000 {
            let contest = GeneratedContest(contenders: 0...7, seats: 1...20, using: &random)
            lines.append(contest.line(id: number))
        }
        let expected = try python("count.py", lines: lines)
        try #require(expected.count == lines.count)
        for (line, expected) in zip(lines, expected) {
            #expect(try members(of: answer(to: line)) == members(of: expected), "seed \(seed): \(line)")
        }
    }

    /// What an answer says, without its steps; the order of a runoff is none.
    private func members(of answer: String) throws -> NSDictionary {
        var members = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        members["steps"] = nil
        if let runoff = members["runoff"] as? [String] { members["runoff"] = runoff.sorted() }
        return members as NSDictionary
    }
}

extension GeneratedContest {
    /// The contest as a line of `alianzas election count`.
    fileprivate func line(id: Int) -> String {
        let object = { (members: [(Contender, Int)]) in
            "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        }
        return """
            {"id":\(id),"rule":"\(rule.rawValue)","seats":\(seats),"votes":\(object(votes)),"blank":\(blank),\
            "threshold":\(threshold.map { "\"\($0)\"" } ?? "null"),\
            "sizes":\(object(sizes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),\
            "blank_majority":\(blankMajority),"majority_of":"\(majorityBase.rawValue)"}
            """
    }
}

import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

@Suite("Description of an election")
struct ElectionDescriptionTests {
    @Test
    func `the tool's election is read, and written again in the same bytes`() throws {
        let election = try Sample.basic.election()
        #expect(election.uuid == "zymqGpFnrePsu9" && election.group == "BELENIOS-2048")
        #expect(election.questions.map(\.choiceCount) == [11, 2])
        #expect(election.questions[0].allowedSums == 1...3 && election.terms == nil)
        let again = try ElectionDescription(
            uuid: election.uuid, name: election.name, description: election.description,
            group: election.group,
            publicKey: election.publicKey, questions: election.questions,
            administrator: election.administrator, credentialAuthority: election.credentialAuthority)
        #expect(again == election)
    }

    @Test
    func `our terms come back as they were written`() throws {
        let written = try Self.election(terms: Self.terms())
        let read = try ElectionDescription(reading: written.text)
        #expect(read == written)
        #expect(read.terms == Self.terms())
        let text = String(decoding: written.text, as: UTF8.self)
        #expect(
            text.contains(
                #""opens":"2026-11-22T13:00:00Z","closes":"2026-11-22T21:00:00Z","quorum":40,"questions":"#))
        #expect(
            text.contains(
                #""count":{"rule":"cuociente","seats":3,"threshold":"1/2","sizes":{"Uno":3},"blank_majority":true}"#
            ))
    }

    @Test(arguments: [
        (#""version":1,"process""#, #""version":2,"process""#, ElectionFault.termsVersion(2)),
        (#","quorum":40"#, #","quorums":40"#, .terms("questions")),
        (#","quorum":40"#, #","quorum":101"#, .terms("quorum")),
        (#","quorum":40"#, #","quorum":"40""#, .terms("quorum")),
        (#""electors":100"#, #""electors":0"#, .terms("electors")),
        (#""electors":100"#, #""electors":100,"x":1"#, .unknownTerm("x", in: "roll")),
        (#""seats":3"#, #""seats":0"#, .terms("seats")),
        (#""number":2"#, #""number":1"#, .terms("number")),
        (#""contender":"Uno""#, #""contender":"Otra""#, .otherContender("Otra", answer: "Uno")),
        (#""contender":"Dos""#, #""contender":"Uno""#, .terms("options")),
        (#""sizes":{"Uno":3}"#, #""sizes":{"Tres":3}"#, .terms("sizes")),
        ("13:00:00Z", "13:00:00+00:00", .terms("opens")),
        ("13:00:00Z", "22:00:00Z", .terms("opens")),
        (#""min":1"#, #""min":0"#, .terms("blank")),
        (#""max":1"#, #""max":2"#, .terms("rule")),
        (#""rule":"cuociente""#, #""rule":"plurinominal""#, .terms("rule")),
        (#","blank":true"#, "", .terms("blank")),
        (#""simulacro":true"#, #""simulacro":false"#, .terms("simulacro")),
        (#""version":1,"description""#, #""version":2,"description""#, .version(2)),
        (#""max":1"#, #""max":3"#, .choiceLimits(minimum: 1, maximum: 3)),
        (#"{"answers""#, #"{"type":"NonHomomorphic","answers""#, .questionType("NonHomomorphic")),
        (#""uuid":"z"#, #""uuid":"0"#, .member("uuid")),
        (#""uuid":"z"#, #""uuid":"\#(String(repeating: "z", count: 88))"#, .member("uuid")),
        (#""alianzas""#, #""Alianzas""#, .misspeltTerms("Alianzas")),
        (#""alianzas""#, #""ALIANZAS":1,"alianzas""#, .misspeltTerms("ALIANZAS")),
    ])
    func `a description that means something else is refused`(
        old: String, new: String, fault: ElectionFault
    ) throws {
        let text = String(decoding: try Self.election(terms: Self.terms(isMock: true)).text, as: UTF8.self)
        let changed = text.replacingOccurrences(of: old, with: new)
        #expect(changed != text)
        #expect(throws: fault) { try ElectionDescription(reading: Array(changed.utf8)) }
    }

    @Test
    func `votes are counted for the name that is read, byte for byte`() throws {
        func fault(_ answers: [String], _ options: [ContestTerms.Option]) throws -> ElectionFault? {
            let question = try HomomorphicQuestion(
                question: "¿Quién?", answers: answers, allowsBlank: true, minimum: 1, maximum: 1)
            do {
                try ContestTerms(contest: "c", round: 1, options: options, count: nil).check(
                    against: question)
                return nil
            } catch { return error }
        }
        func option(_ number: Int, _ contender: String) -> ContestTerms.Option {
            .init(number: number, slate: "s\(number)", contender: contender)
        }
        #expect(try fault(["Uno", "Dos"], [option(1, "Uno"), option(2, "Dos")]) == nil)
        #expect(
            try fault(["Uno", "Dos"], [option(1, "Dos"), option(2, "Uno")])
                == .otherContender("Dos", answer: "Uno"))
        #expect(try fault(["Uno", "Dos"], [option(2, "Uno"), option(1, "Dos")]) == .terms("number"))
        // The same word to Swift, and not to who compares bytes.
        #expect(
            try fault(["Caf\u{E9}"], [option(1, "Cafe\u{301}")])
                == .otherContender("Cafe\u{301}", answer: "Caf\u{E9}"))
    }

    @Test
    func `members that we do not know are allowed and are part of the fingerprint`() throws {
        let election = try Sample.basic.election()
        let text = Array(#"{"x":[1.5,null],"#.utf8) + election.text.dropFirst()
        let read = try ElectionDescription(reading: text)
        #expect(read.questions == election.questions && read.fingerprint != election.fingerprint)
    }

    @Test
    func `names are the same where their bytes are`() throws {
        let election = try Sample.basic.election()
        // A letter in two forms, and a sign that looks like one.
        let text =
            Array(#"{"\#u{E9}":1,"e\#u{301}":2,"K":3,"\#u{212A}":4,"#.utf8) + election.text.dropFirst()
        #expect(try ElectionDescription(reading: text).questions == election.questions)
        let node = try JSONNode(text)
        #expect(node["K"] == .number("3") && node["\u{212A}"] == .number("4"))
        #expect(throws: TextFault.self) { try JSONNode(Array(#"{"\#u{E9}":1,"\u00e9":2}"#.utf8)) }
    }

    @Test
    func `a description of more values than any election has is refused`() throws {
        let election = try Sample.basic.election()
        func read(_ count: Int) throws -> ElectionDescription {
            let list = String(repeating: "0,", count: count)
            return try ElectionDescription(
                reading: Array(#"{"x":[\#(list)0],"#.utf8) + election.text.dropFirst())
        }
        #expect(try read(200_000).questions == election.questions)
        let fault = #expect(throws: ElectionFault.self) { try read(300_000) }
        guard case .text? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(try read(300_000 - 60_000).text.count < ElectionDescription.longestText)
    }

    @Test
    func `votes are put to the engine in the words of the command`() throws {
        let contest = Self.terms().contests[0]
        let seats = try #require(contest.count)
        let count = try SeatCount(contest, seats, votes: [30, 10], blank: 5, ballots: 45) { line in
            let text = String(decoding: line, as: UTF8.self)
            #expect(
                text == #"""
                    {"id":"c1","rule":"cuociente","seats":3,"threshold":"1/2","sizes":{"Uno":3},"blank_majority":true,"votes":{"Uno":30,"Dos":10},"blank":5,"marked_ballots":40}
                    """#)
            return Array(
                #"{"id":"c1","outcome":"tie","seats":{"Uno":2,"Dos":0},"ties":[{"among":["Uno","Dos"],"seats":1}],"vacant":0,"quotient":"15","steps":[{"kind":"x","text":"Un paso"}]}"#
                    .utf8)
        }
        #expect(count.outcome == "tie" && count.ties == [SeatCount.Tie(among: ["Uno", "Dos"], seats: 1)])
        #expect(count.allocations.map(\.seats) == [2, 0] && count.steps == ["Un paso"])
        #expect(throws: SeatCountFault(sentence: "No.")) {
            try SeatCount(contest, seats, votes: [1, 2], blank: 0, ballots: 3) { _ in
                Array(#"{"id":null,"error":"No."}"#.utf8)
            }
        }
    }

    static func terms(isMock: Bool = false) -> ElectionTerms {
        ElectionTerms(
            process: "0192", isMock: isMock, rollSeal: HashDigest(of: "roll"), electors: 100,
            trustees: HashDigest(of: "[]"), credentials: HashDigest(of: "[]"),
            opensAt: Date(timeIntervalSince1970: 1_795_352_400),
            closesAt: Date(timeIntervalSince1970: 1_795_381_200),
            quorum: 40,
            contests: [
                ContestTerms(
                    contest: "c1", round: 1,
                    options: [
                        .init(number: 1, slate: "s1", contender: "Uno"),
                        .init(number: 2, slate: "s2", contender: "Dos"),
                    ],
                    count: SeatTerms(
                        rule: "cuociente", seats: 3, threshold: "1/2",
                        sizes: [.init(contender: "Uno", candidates: 3)], blankMajority: true))
            ])
    }

    static func election(terms: ElectionTerms?) throws -> ElectionDescription {
        try ElectionDescription(
            uuid: "zymqGpFnrePsu9", name: "Junta", description: "", group: "BELENIOS-2048",
            publicKey: Array("4".utf8),
            questions: [
                HomomorphicQuestion(
                    question: "¿Quién?", answers: ["Uno", "Dos"], allowsBlank: true, minimum: 1, maximum: 1)
            ], terms: terms)
    }
}

extension Sample {
    /// What it is an election of.
    func election() throws -> ElectionDescription {
        let first = try #require(try steps().first)
        guard case .setup(let text, _, _) = first.content else { throw OrderFault.unusedData }
        return try ElectionDescription(reading: text)
    }
}

import Foundation
import Governance
import Testing

@testable import Web

@Suite struct LogWordsTests {
    /// The sources of a module, with what is written between the brackets of each call that makes an event.
    struct Module {
        static let names = ["Tenancy", "Membership", "Governance", "Elections", "Reporting"]

        let prefix: String
        let calls: [(file: String, text: Substring)]
        let texts: [String]

        init(_ name: String) throws {
            prefix = name.lowercased()
            let folder = packageRoot.appendingPathComponent("Sources/\(name)")
            let found = try #require(
                FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            let files = try found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map {
                (name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8))
            }
            texts = files.map(\.text)
            calls = files.flatMap { file in
                file.text.matches(of: /(?:AuditEvent|event|note)\(/).map {
                    (file.name, Self.bracketed(file.text[$0.range.upperBound...]))
                }
            }
        }

        private static func bracketed(_ text: Substring) -> Substring {
            var depth = 1
            for index in text.indices {
                if text[index] == "(" { depth += 1 }
                if text[index] == ")" { depth -= 1 }
                if depth == 0 { return text[..<index] }
            }
            return text
        }
    }

    /// Actions whose last word is that of a step.
    static let families: [String: [String]] = [
        // A reminder is sent by the server and is no act of anybody.
        "governance.commitment.": CommitmentStep.Kind.allCases.filter { $0 != .reminded }.map(\.rawValue),
        "governance.complaint.": ComplaintStep.Kind.allCases.filter { $0 != .analysis }.map(\.rawValue),
        "governance.finding.": FindingStep.Kind.allCases.map(\.rawValue),
        "governance.handover.": ["checked", "dropped", "signed", "signed_on_paper", "excused", "done"],
        "governance.improvement.": ImprovementStep.Kind.allCases.map(\.rawValue),
        "governance.life.registry_": RegistryStep.Kind.allCases.map(\.rawValue),
        "governance.plan.": ["described", "activities_added", "activity_changed", "activity_removed"],
        "governance.service.": ["accepted", "refused", "followed"],
        "governance.support.": ["granted", "refused", "delivered"],
    ]

    /// An event is made by `AuditEvent("module.thing.done", …)`; a command about a meeting leaves the module to
    /// `event("thing.done", …)`, and chooses by a switch where it does one of several things.
    @Test(arguments: Module.names)
    func `every act that a module records is told in plain Spanish`(_ name: String) throws {
        let module = try Module(name)
        var actions: Set<String> = []
        for call in module.calls {
            for match in call.text.matches(of: /"([a-z_]+(?:\.[a-z_]+){1,2})"/) {
                let action = String(match.output.1)
                actions.insert(action.hasPrefix("\(module.prefix).") ? action : "\(module.prefix).\(action)")
            }
        }
        for text in module.texts {
            for match in text.matches(of: /case \.\w+: "((?:point|word)\.[a-z_]+)"/) {
                actions.insert("\(module.prefix).\(match.output.1)")
            }
        }
        #expect(!actions.isEmpty)
        #expect(actions.subtracting(LogWords.sentences.keys).sorted() == [])
    }

    @Test func `every step of what goes on is told in plain Spanish`() throws {
        var stems: Set<String> = []
        for name in Module.names {
            for call in try Module(name).calls {
                for match in call.text.matches(of: /"([a-z]+\.[a-z_]+[a-z_.]*)\\\(/) {
                    stems.insert(String(match.output.1))
                }
            }
        }
        // An action that is put together in another way has to be listed.
        #expect(stems.sorted() == Self.families.keys.sorted())
        for (stem, steps) in Self.families {
            #expect(steps.filter { LogWords.sentences["\(stem)\($0)"] == nil } == [], "\(stem)")
        }
    }

    @Test func `every detail that an event holds has a name in Spanish`() throws {
        var unnamed: Set<String> = []
        for name in Module.names {
            for call in try Module(name).calls {
                for match in call.text.matches(of: /"([a-z_0-9]+)":/)
                where LogWords.labels[String(match.output.1)] == nil {
                    unnamed.insert("\(match.output.1) (\(call.file))")
                }
            }
        }
        #expect(unnamed.sorted() == [])
    }

    @Test func `no sentence names a detail that has no end`() {
        for (action, words) in LogWords.sentences {
            #expect(!words.short.isEmpty, "\(action)")
            #expect(!words.short.contains("{"), "\(action)")
            #expect(
                words.long.filter { $0 == "{" }.count == words.long.filter { $0 == "}" }.count, "\(action)")
        }
    }
}

import Foundation
import TestSupport
import Testing

/// Reads what every source imports: a module uses the modules before it and the libraries that are its own business, and
/// what holds values and rules knows neither database nor network.
@Suite struct ArrowsTests {
    @Test func `every module imports only what stands before it`() throws {
        let sources = TestDatabase.repository.appending(path: "Sources")
        var read = 0
        for module in try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted() {
            for (path, text) in try swiftFiles(in: sources.appending(path: module)) {
                read += 1
                let found = Arrows.forbidden(in: text, at: path, of: module)
                #expect(found == [], "\(module)/\(path)")
            }
        }
        // The reader of sources found them.
        #expect(read > 400)
    }

    @Test(arguments: [
        ("Tenancy", "Store/UserStore.swift", "public import Membership", ["Membership"]),
        ("Membership", "Store/PersonStore.swift", "public import Tenancy", []),
        ("Governance", "Domain/Quorum.swift", "internal import Postgres", ["Postgres"]),
        ("Governance", "Store/BodyStore.swift", "  import Postgres", []),
        ("Elections", "Domain/Tally.swift", "@preconcurrency import Hummingbird", ["Hummingbird"]),
        ("Elections", "Store/SlateStore.swift", "import struct Hummingbird.Request", ["Hummingbird"]),
        ("Reporting", "Commands/Review.swift", "import Web", ["Web"]),
        ("Web", "Server/Site.swift", "import Hummingbird; import CLibpq", ["CLibpq"]),
        ("Web", "Server/Site.swift", "// import CLibpq", []),
        ("Kernel", "ID.swift", "import Postgres", ["Postgres"]),
        ("Mandates", "Mandate.swift", "import Foundation", ["Foundation"]),
    ])
    func `an import that points the wrong way is told`(
        module: String, path: String, text: String, forbidden: [String]
    ) {
        #expect(Arrows.forbidden(in: text, at: path, of: module) == forbidden)
    }

    private func swiftFiles(in folder: URL) throws -> [(path: String, text: String)] {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            (path, try String(contentsOf: folder.appending(path: path), encoding: .utf8))
        }
    }
}

/// The arrows of Documentation/Architecture.md.
private enum Arrows {
    /// The modules in their order, each with the libraries that are its own business.
    static let modules: KeyValuePairs<String, Set<String>> = [
        "Kernel": ["Synchronization", "Crypto"],
        "Postgres": ["CLibpq", "CSpawn", "Glibc", "Synchronization", "DequeModule", "Crypto", "Logging"],
        "VerifiableVoting": ["COpenSSL", "Synchronization", "Crypto"],
        "Tenancy": ["CSodium", "Synchronization", "Crypto", "Logging"],
        "Membership": ["Synchronization", "Crypto"],
        "Governance": [],
        "Elections": ["Crypto"],
        "Reporting": ["Logging"],
        "Web": [
            "Hummingbird", "HTTPTypes", "NIOCore", "CXLSXWriter", "CMinizip", "CExpat", "CQRencode", "CZlib",
            "Synchronization",
            "Crypto", "Logging",
        ],
        "Alianzas": ["ArgumentParser", "Hummingbird", "CCurl", "Glibc", "Synchronization", "Logging"],
    ]

    /// What a folder of values and rules may use beside the modules before its own; of those never the database.
    static let rules: Set<String> = ["Foundation", "Crypto", "CSodium", "Synchronization"]

    /// What a file of a module imports and may not, in the order of the file.
    static func forbidden(in text: String, at path: String, of module: String) -> [String] {
        guard let place = modules.firstIndex(where: { $0.key == module }) else { return imports(of: text) }
        var allowed = Set(modules[..<place].map(\.key)).union(modules[place].value).union(["Foundation"])
        if path.hasPrefix("Domain/") {
            allowed.remove("Postgres")
            allowed.formIntersection(rules.union(modules.map(\.key)))
        }
        return imports(of: text).filter { !allowed.contains($0) }
    }

    /// The modules that a source imports, with or without attributes, access and kind of what is imported.
    private static func imports(of text: String) -> [String] {
        let declaration =
            /(?:^|;)[ \t]*(?:@\w+(?:\([^)]*\))?[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?import[ \t]+(?:(?:typealias|struct|class|enum|protocol|let|var|func|actor)[ \t]+)?(\w+)/
            .anchorsMatchLineEndings()
        return text.matches(of: declaration).map { String($0.output.1) }
    }
}

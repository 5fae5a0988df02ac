import Foundation
import Kernel

/// The browser's half of the voting protocol: readable modules that are served as they are, under an address that holds
/// their digest, so that whoever audits an election can tell which code its voters ran.
struct VotingCode: Sendable {
    /// One of its files.
    struct Module: Sendable {
        /// Its name, such as "ballot.js".
        let name: String
        /// The SHA-256 of what is served.
        let sha256: HashDigest
        let file: Assets.File
    }

    /// The files in the order of their names.
    let modules: [Module]
    /// The SHA-256 of the list of all files as `sha256sum *` prints it in the C locale: anybody who saved the files into
    /// a folder reckons it again with `sha256sum * | sha256sum`.
    let digest: HashDigest
    /// The booth's module with all that it needs as one script, and its style.
    let booth: (script: String, style: String)

    /// Reads the files of a folder.
    init(folder: URL) throws {
        modules = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .compactMap { url in
                guard let mediaType = Assets.mediaTypes[url.pathExtension] else { return nil }
                let bytes = [UInt8](try Data(contentsOf: url))
                return Module(
                    name: url.lastPathComponent, sha256: HashDigest(of: bytes),
                    file: Assets.File(bytes, mediaType: mediaType))
            }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        digest = HashDigest(of: modules.map { "\($0.sha256)  \($0.name)\n" }.joined())
        let texts = Dictionary(
            uniqueKeysWithValues: modules.map { ($0.name, String(decoding: $0.file.bytes, as: UTF8.self)) })
        booth = (Self.joined("booth.js", of: texts), texts["booth.css"] ?? "")
    }

    /// A module after all that it imports, as one script: the lines of import and export are left out, which each module
    /// keeps whole on a line, and no name is used twice over modules (the head of sha256.js).
    private static func joined(_ name: String, of texts: [String: String]) -> String {
        var seen: Set<String> = []
        var lines: [Substring] = []
        func add(_ name: String) {
            guard seen.insert(name).inserted, let text = texts[name] else { return }
            let own = text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in own {
                if let imported = line.firstMatch(of: /^import .* from "\.\/([^"]+)";$/) {
                    add(String(imported.1))
                }
            }
            lines += own.filter { $0.firstMatch(of: /^(?:import|export) .*;$/) == nil }
        }
        add(name)
        return lines.joined(separator: "\n")
    }

    /// The address of a file. Modules find each other beside it.
    func path(_ name: String) -> Path {
        assert(self[name] != nil, "there is no voting module \(name)")
        return .votingModule(AssetName(rawValue: digest.description), AssetName(rawValue: name))
    }

    /// The file of a name.
    subscript(_ name: String) -> Module? { modules.first { $0.name == name } }
}

extension Path {
    /// A module of the code that votes.
    static let votingModule = Route<AssetName, AssetName>("/recursos/voto/{digest}/{name}")
}

import Foundation
import Kernel
import Testing

@testable import Web

@Suite struct VotingCodeTests {
    private let folder = packageRoot.appending(path: "Sources/Web/Assets/voting")

    @Test func `anybody reckons the digest of the code again with sha256sum`() throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "LC_ALL=C; export LC_ALL; sha256sum * | sha256sum"]
        shell.currentDirectoryURL = folder
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let printed = try output.fileHandleForReading.readToEnd().map { String(decoding: $0, as: UTF8.self) }
        shell.waitUntilExit()
        let code = try VotingCode(folder: folder)
        #expect(printed == "\(code.digest)  -\n")
    }

    @Test func `the address of a module holds the digest, and its neighbours stand beside it`() throws {
        let code = try VotingCode(folder: folder)
        #expect(code.path("qr.js").text(in: nil) == "/recursos/voto/\(code.digest)/qr.js")
        #expect(code["no-hay.js"] == nil)
    }

    @Test func `the booth is one script with each module after those that it needs`() throws {
        let code = try VotingCode(folder: folder)
        let script = code.booth.script
        let lines = script.split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("import ") || $0.hasPrefix("export ") })
        // What a module declares stands before the first use outside of functions: the last module is the booth itself.
        let names = ["const BLOCK_BYTES", "function makeBallot", "function castBallot", "class Booth {"]
        let places = names.compactMap { script.range(of: $0)?.lowerBound }
        #expect(places.count == names.count && places == places.sorted())
        // None comes twice, and nothing of the desks of trustees and authority comes along.
        #expect(script.components(separatedBy: "class Booth {").count == 2)
        #expect(!script.contains("data-ceremony") && !script.contains("trustee_key|"))
        #expect(code.booth.style.hasPrefix("/* The booth"))
    }
}

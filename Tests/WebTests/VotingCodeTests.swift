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
}

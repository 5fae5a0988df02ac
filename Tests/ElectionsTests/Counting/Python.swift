import Foundation

/// Runs a script that stands beside this file, in a language that shares nothing with ours.
func python(_ script: String, lines: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
        "python3", URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path(),
    ]
    // A file, not a pipe: a pipe that nobody reads while it is written would stop both sides.
    let input = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = output
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONUTF8": "1"]) { $1 }
    try process.run()
    let answers = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    struct Failed: Error {
        let status: Int32
    }
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return String(decoding: answers, as: UTF8.self).split(separator: "\n").map(String.init)
}

import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct GalleryTests {
    /// Every component through the real server in a real browser, at three widths: axe, well-formed markup, no
    /// sideways scrolling, keyboard, weight, and without scripts. `ALIANZAS_SHOTS=FOLDER` keeps pictures.
    @Test(.timeLimit(.minutes(20))) func `no page of the gallery has a fault that a browser can see`()
        async throws
    {
        let site = try await Site.gallery()
        try await site.galleryApplication().test(.live) { client in
            let port = try #require(client.port)
            let shots = ProcessInfo.processInfo.environment["ALIANZAS_SHOTS"].map { [$0] } ?? []
            let report = try await Self.python("Tests/Browser/gallery.py", ["\(port)"] + shots)
            #expect(report.status == 0, "\(report.output)")
        }
    }

    /// Runs a script with the Python that `deploy/test` prepares.
    private static func python(_ script: String, _ arguments: [String]) async throws -> (
        status: Int32, output: String
    ) {
        let process = Process()
        process.executableURL = packageRoot.appendingPathComponent(".venv-test/bin/python")
        process.arguments = [packageRoot.appendingPathComponent(script).path] + arguments
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(
            "gallery-\(UUID().uuidString).txt")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, try String(contentsOf: output, encoding: .utf8))
    }
}

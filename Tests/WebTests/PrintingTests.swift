import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PrintingTests {
    /// Prints with a program in place of WeasyPrint, which finds how often it ran before in `$runs`.
    private func print(by script: String) async throws -> (pdf: Result<[UInt8], any Error>, runs: Int) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let scratch = try ScratchFolder(emptying: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = scratch.place()
        let told = scratch.place()
        let lines = """
            #!/bin/sh
            for output; do :; done
            echo >> '\(told.path)'
            runs=$(wc -l < '\(told.path)')
            \(script)
            """
        try Data(lines.utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
        let assets = try Assets(
            folder: packageRoot.appendingPathComponent("Sources/Web/Assets"),
            fonts: packageRoot.appendingPathComponent(".build/fonts"),
            pictures: packageRoot.appendingPathComponent("Documentation/manual/imagenes"))
        let renderer = PDFRenderer(executable: program, assets: assets, scratch: scratch)
        let pdf: Result<[UInt8], any Error>
        do {
            pdf = .success(try await renderer.render(Certificate(words: "Consta que sí.")))
        } catch {
            pdf = .failure(error)
        }
        return (pdf, try Data(contentsOf: told).count)
    }

    @Test func `a document is printed where the program crashed by chance`() async throws {
        let (pdf, runs) = try await print(by: #"[ $runs = 2 ] || kill -SEGV $$; echo '%PDF-1.7' > "$output""#)
        #expect(try pdf.get().starts(with: "%PDF-".utf8))
        #expect(runs == 2)
    }

    @Test func `a program that always crashes is run twice`() async throws {
        let (pdf, runs) = try await print(by: "kill -SEGV $$")
        #expect(throws: PDFFailure.notPrinted(status: 11)) { try pdf.get() }
        #expect(runs == 2)
    }

    @Test func `a program that says that it failed is run once`() async throws {
        let (pdf, runs) = try await print(by: "exit 3")
        #expect(throws: PDFFailure.notPrinted(status: 3)) { try pdf.get() }
        #expect(runs == 1)
    }
}

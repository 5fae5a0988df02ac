import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

/// Lists as files, of more rows than are read at once.
@Suite struct ExportTests {
    private static let visitor: HTTPFields = [.cookie: "sesion=rosa"]
    private static let count = 2 * ListQuery<TablesPage.Sort>.pieceSize + 345

    @Test func `a file has all rows of a list, once each and in their order`() async throws {
        let site = try await Site.gallery()
        try await site.galleryApplication().test(.router) { client in
            let path = "/o/mutual-ser/galeria/muchas-mesas"
            let csv = try await client.execute(
                uri: "\(path)?mesas=\(Self.count)&formato=csv", method: .get, headers: Self.visitor)
            let lines = String(buffer: csv.body).split(separator: "\r\n").dropFirst()
            let numbers = lines.compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
            #expect(numbers.count == Self.count && numbers.elementsEqual(1...Self.count))
            let json = try await client.execute(
                uri: "\(path)?mesas=\(Self.count)&formato=json", method: .get, headers: Self.visitor)
            let rows = try JSONSerialization.jsonObject(with: Data(json.body.readableBytesView)) as? [Any]
            #expect(rows?.count == Self.count)
            let xlsx = try await client.execute(
                uri: "\(path)?mesas=\(Self.count)&formato=xlsx", method: .get, headers: Self.visitor)
            #expect(try Self.rows(ofWorkbook: Data(xlsx.body.readableBytesView)) == Self.count + 1)
            // And the page still shows its fifty.
            let page = try await client.execute(
                uri: "\(path)?mesas=\(Self.count)", method: .get, headers: Self.visitor)
            #expect(String(buffer: page.body).contains("1 a 50 de 10.345"))
        }
    }

    @Test func `a list that no sheet holds says what to do`() async throws {
        let site = try await Site.gallery()
        try await site.galleryApplication().test(.router) { client in
            let path = "/o/mutual-ser/galeria/muchas-mesas"
            let answer = try await client.execute(
                uri: "\(path)?mesas=\(Workbook.rowLimit + 1)&formato=xlsx", method: .get,
                headers: Self.visitor)
            #expect(answer.status == .unprocessableContent)
            let text = String(buffer: answer.body)
            #expect(text.contains("1.048.576") && text.contains("1.048.575") && text.contains("CSV"))
        }
    }

    /// The rows of the first sheet of a workbook.
    private static func rows(ofWorkbook data: Data) throws -> Int {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml').count(b'<row '))",
            file.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}

/// Where files lie that are on their way.
@Suite struct ScratchFolderTests {
    @Test func `what a killed server left is gone at the start, and nobody else reads what comes`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try ScratchFolder(emptying: folder)
        try Data("CC;1001".utf8).write(to: before.place())
        try FileManager.default.createDirectory(at: before.place(), withIntermediateDirectories: true)
        let scratch = try ScratchFolder(emptying: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(scratch.place() != scratch.place())
    }

    @Test func `a file is received there, and goes with whoever holds it`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scratch = try ScratchFolder(emptying: folder)
        var receiver = try UploadedFile.Receiver(named: "padron.csv", upTo: 100, in: scratch)
        try receiver.write([1, 2, 3])
        var file: UploadedFile? = try receiver.finish()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
        #expect(file?.byteCount == 3)
        file = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}

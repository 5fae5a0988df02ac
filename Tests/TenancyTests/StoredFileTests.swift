import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

/// A ZIP archive of empty entries: local headers, central directory, end record.
private func archive(_ names: [String], comment: String = "") -> [UInt8] {
    func bytes(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var local: [UInt8] = []
    var central: [UInt8] = []
    for name in names {
        let text = Array(name.utf8)
        let offset = local.count
        local += bytes(0x0403_4B50, 4) + [UInt8](repeating: 0, count: 22) + bytes(text.count, 2) + bytes(0, 2)
        local += text
        central += bytes(0x0201_4B50, 4) + [UInt8](repeating: 0, count: 24) + bytes(text.count, 2)
        central += bytes(3, 2) + [UInt8](repeating: 0, count: 10) + bytes(offset, 4) + text + [1, 2, 3]
    }
    let end =
        bytes(0x0605_4B50, 4) + bytes(0, 4) + bytes(names.count, 2) + bytes(names.count, 2)
        + bytes(central.count, 4) + bytes(local.count, 4) + bytes(comment.utf8.count, 2) + Array(comment.utf8)
    return local + central + end
}

@Suite struct StoredFileTests {
    private let day = CalendarDate(dayNumber: 20_525)

    @Test(arguments: [
        ("acta.exe", Array("%PDF-1.7\n%…".utf8), MediaType.pdf, "acta.pdf"),
        ("foto.pdf", [0xFF, 0xD8, 0xFF, 0xE0, 0], .jpeg, "foto.jpg"),
        ("x", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png, "x.png"),
        ("padrón.CSV", Array("a;b\n1;2\n".utf8), .csv, "padrón.csv"),
        ("notas", Array("hola\r\n".utf8), .text, "notas.txt"),
        ("viejo.csv", [0xF1, 0x3B, 0x41, 0x0A], .csv, "viejo.csv"),
        ("../../etc/passwd", Array("x".utf8), .text, "passwd.txt"),
        (
            "C:\\Mis documentos\\Acta 1.docx", archive(["[Content_Types].xml", "word/document.xml"]), .docx,
            "Acta 1.docx"
        ),
        (
            "libro.xlsx", archive(["[Content_Types].xml", "xl/workbook.xml"], comment: "nota"), .xlsx,
            "libro.xlsx"
        ),
        ("...", Array("x".utf8), .text, "archivo.txt"),
    ])
    func `the content decides what a file is, and its name follows`(
        name: String, content: [UInt8], type: MediaType, stored: String
    ) throws {
        let file = try StoredFile(name: name, content: content, effectiveOn: day)
        #expect(file.mediaType == type)
        #expect(file.name == stored)
    }

    @Test(arguments: [
        ("programa.pdf", [0x4D, 0x5A, 0x90, 0x00, 0x03]),
        ("pagina.txt", Array("  <script>alert(1)</script>".utf8)),
        ("pagina.csv", Array("\u{FEFF}<html>".utf8)), ("zip.zip", archive(["a.txt"])),
        ("macros.xlsx", archive(["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"])),
        ("cortado.xlsx", Array(archive(["[Content_Types].xml", "xl/workbook.xml"]).prefix(40))),
        ("nulos.txt", [0x41, 0x00]), ("imagen.svg", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
    ])
    func `what might run, or is nothing that is kept, is refused whatever its name`(
        name: String, content: [UInt8]
    ) {
        #expect(throws: StoredFileError.typeNotAccepted(Set(MediaType.allCases))) {
            try StoredFile(name: name, content: content, effectiveOn: day)
        }
    }

    @Test func `empty and too large files are refused`() {
        #expect(throws: StoredFileError.empty) { try StoredFile(name: "x", content: [], effectiveOn: day) }
        let large = [UInt8](repeating: 0x41, count: StoredFile.maximumSize + 1)
        #expect(throws: StoredFileError.tooLarge(bytes: large.count)) {
            try StoredFile(name: "x.txt", content: large, effectiveOn: day)
        }
    }

    @Test func `any bytes at all are judged without a trap`() {
        var random = SystemRandomNumberGenerator()
        let whole = archive(["[Content_Types].xml", "xl/workbook.xml", "word/document.xml"])
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] = .random(in: .min ... .max)
            }
            _ = try? StoredFile(
                name: "x", content: Array(bytes.prefix(Int.random(in: 1...bytes.count))), effectiveOn: day)
        }
    }

    @Test func `a file is kept with its digest, once, and never changed or removed`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let terminal = Principal.terminal(in: insurer.id)
        let content = Array("%PDF-1.7 prueba".utf8)
        let first = try await tenants.runner.run(
            StoreFile(
                try StoredFile(name: "a.pdf", content: content, effectiveOn: day), as: .entity, in: .office),
            as: terminal)
        let again = try await tenants.runner.run(
            StoreFile(
                try StoredFile(name: "a.pdf", content: content, effectiveOn: day), as: .entity, in: .office),
            as: terminal)
        #expect(first == again)
        let scope = TenantScope(.system(in: insurer.id))
        let (record, stored) = try await tenants.database.read(scope) { transaction in
            (try await transaction.file(first), try await transaction.content(of: first))
        }
        #expect(stored == content)
        #expect(record?.sha256 == HashDigest(of: content).bytes)
        #expect(record?.effectiveOn == day)
        #expect(record?.storedAt == tenants.clock.now)
        for statement: SQL in ["delete from tenancy.files", "update tenancy.files set name = 'b.pdf'"] {
            let error = await #expect(throws: PostgresError.self) {
                try await tenants.database.execute(statement, in: scope)
            }
            #expect(error?.sqlState == "42501")
        }
    }
}

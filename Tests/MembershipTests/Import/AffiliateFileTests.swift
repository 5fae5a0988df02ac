import Kernel
import Testing

@testable import Membership

/// Bytes that are no file of affiliates, and why.
struct BadFile {
    let bytes: [UInt8]
    let error: AffiliateFileError

    init(_ bytes: [UInt8], _ error: AffiliateFileError) {
        (self.bytes, self.error) = (bytes, error)
    }

    init(_ text: String, _ error: AffiliateFileError) {
        self.init(Array(text.utf8), error)
    }
}

@Suite struct AffiliateFileTests {
    private func refusal(of bytes: [UInt8]) -> AffiliateFileError? {
        do {
            _ = try ReadFile(bytes)
            return nil
        } catch {
            return error as? AffiliateFileError
        }
    }

    private static let header = AffiliateFiles.columns.joined(separator: ";")

    @Test(arguments: [
        BadFile("", .empty),
        BadFile("\n\r\n  \n", .empty),
        BadFile([0xEF, 0xBB, 0xBF], .empty),
        BadFile([0xFF, 0xFE, 0x74, 0x00], .wideCharacters),
        BadFile([0xFE, 0xFF, 0x00, 0x74], .wideCharacters),
        BadFile(header.utf8.flatMap { [$0, 0] }, .wideCharacters),
        BadFile([0x50, 0x4B, 0x03, 0x04, 0x14], .workbook),
        BadFile([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .workbook),
        BadFile("CC;1067843521;Pérez\n", .noHeader(found: "CC 1067843521 Pérez")),
        BadFile("nada\n", .noHeader(found: "nada")),
        BadFile("\"tipo_documento;numero_documento", .unreadableHeader),
        BadFile(Array(header.utf8) + [0x3B, 0xF1, 0x0A, 0xC3, 0xB1], .foreignBytesInHeader(.utf8)),
        BadFile(header.replacing(";sexo", with: ""), .missingColumns([.sex])),
        BadFile(
            header.replacing("primer_nombre", with: "nombre").replacing("sexo;", with: ""),
            .missingColumns([.firstName, .sex])),
        BadFile("\(header);SEXO;Correo", .repeatedColumns([.sex, .email])),
    ])
    func `a file that cannot be read is refused with what to do`(bad: BadFile) {
        #expect(refusal(of: bad.bytes) == bad.error)
        #expect(bad.error.message.hasSuffix("."))
        #expect(bad.error.code.hasPrefix("membership.import."))
    }

    @Test func `a header without rows is a file of nobody`() throws {
        for text in [Self.header, Self.header + "\r\n", "\n\n" + Self.header + "\n\n"] {
            let file = try ReadFile(text)
            #expect((file.readCount, file.refusedCount, file.rows.count) == (0, 0, 0))
        }
    }

    @Test(arguments: [",", ";", "|", "\t"] as [Character], ["\n", "\r\n", "\r"])
    func `any separator and line break is understood`(separator: Character, lineBreak: String) throws {
        let line = AffiliateFiles.line().replacing(";", with: String(separator))
        let header = Self.header.replacing(";", with: String(separator))
        let file = try ReadFile([header, line, ""].joined(separator: lineBreak))
        #expect(file.format.separator == separator)
        #expect(file.rows.map(\.line) == [2])
        #expect(file.rows.first?.values[.email] == "maria@correo.co")
    }

    @Test func `columns come in any order, with names written as people write them`() throws {
        let names = [
            "\"Código Municipio\"", "SEXO", "Número documento", "tipo  documento", "Nota",
            "ESTADO_AFILIACIÓN",
        ]
        let rest = ["Fecha nacimiento", "primer nombre", "PRIMER-APELLIDO", ""]
        let file = try ReadFile(
            Array(
                ((names + rest).joined(separator: ",") + "\n05001,F,1067843521,CC,x,AC,1980-12-31,Ana,Díaz,\n")
                    .utf8
            ), rules: AffiliateFiles.rules(insurers: ["EPS001"]))
        #expect(file.rows.first?.values[.documentNumber] == "1067843521")
        #expect(file.rows.first?.values[.firstSurname] == "Díaz")
        #expect(file.rows.first?.values[.secondSurname] == nil)
        #expect(
            file.format.notices == [
                .ignoredColumns(["Nota", ""]),
                .absentColumns([.secondSurname, .secondName, .regime, .phone, .email, .insurer]),
            ])
    }

    @Test func `the byte order mark is no part of the first name`() throws {
        let bytes = [0xEF, 0xBB, 0xBF] + AffiliateFiles.file(AffiliateFiles.line())
        for longestPiece in [1, 2, 3, 1000] {
            let file = try ReadFile(
                TornBytes(bytes, longestPiece: longestPiece), rules: AffiliateFiles.rules())
            #expect(file.format.hasByteOrderMark)
            #expect(file.format.columns.first?.name == "tipo_documento")
            #expect(file.rows.count == 1)
        }
    }

    @Test func `one accent at the end of a long file decides its encoding`() throws {
        let plain = (0..<3000).map {
            AffiliateFiles.line([
                .documentNumber: "\(100_000 + $0)", .firstSurname: "Perez", .secondSurname: "Gomez",
                .firstName: "Maria",
            ])
        }
        let ending = AffiliateFiles.line([
            .documentNumber: "99999", .firstSurname: "Perez", .secondSurname: "Gomez", .firstName: "Anai",
        ])
        let text = ([Self.header] + plain + [ending]).joined(separator: "\n")
        let utf8 = try ReadFile(text.replacing("Anai", with: "Anaí"))
        #expect(utf8.format.encoding == .utf8)
        #expect(utf8.rows.last?.values[.firstName] == "Anaí")
        let windows = try ReadFile(
            Array(text.replacing("Anai", with: "Ana~").utf8).map { $0 == 0x7E ? 0xED : $0 })
        #expect(windows.format.encoding == .windows1252)
        #expect(windows.rows.last?.values[.firstName] == "Anaí")
        #expect(windows.rows.count == 3001)
    }

    @Test func `the report is a CSV that says where and why, and that no spreadsheet runs`() throws {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .secondName: "=HYPERLINK(1)"]),
                AffiliateFiles.line([.documentNumber: "1002", .sex: "\"a;\"\"b\"\"\""]),
                AffiliateFiles.line([.documentNumber: "1003", .secondName: "\"\t@x\""])))
        var report = RefusalReport.beginning
        for refusal in file.refusals { RefusalReport.append(refusal, to: &report) }
        let text = String(decoding: report, as: UTF8.self)
        let lines = text.split(separator: "\r\n").map(String.init)
        #expect(report.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(lines[0] == "\u{FEFF}linea;columna;valor;motivo")
        #expect(lines[1].hasPrefix("2;segundo_nombre;'=HYPERLINK(1);El valor empieza como una fórmula"))
        #expect(lines[2].hasPrefix("3;sexo;\"a;\"\"b\"\"\";El sexo se escribe"))
        #expect(lines[3].hasPrefix("4;segundo_nombre;␉@x;El valor empieza"))
        #expect(lines.count == 4)
    }
}

import Foundation
import Kernel
import Testing

@testable import Membership

/// What is wrong with one value, and nothing else in the row.
struct BadValue: CustomTestStringConvertible {
    let column: AffiliateColumn
    let value: String
    let fault: RowFault

    init(_ column: AffiliateColumn, _ value: String, _ fault: RowFault) {
        (self.column, self.value, self.fault) = (column, value, fault)
    }

    var testDescription: String { "\(column.header) «\(value)»" }
}

/// A value and what becomes of it.
struct GoodValue: CustomTestStringConvertible {
    let column: AffiliateColumn
    let value: String
    let kept: String?

    init(_ column: AffiliateColumn, _ value: String, _ kept: String?) {
        (self.column, self.value, self.kept) = (column, value, kept)
    }

    var testDescription: String { "\(column.header) «\(value)»" }
}

@Suite struct AffiliateRowTests {
    @Test func `a good row is accepted with its values in their normal form`() throws {
        let file = try ReadFile(AffiliateFiles.file(AffiliateFiles.line()))
        #expect(file.refusals.isEmpty)
        #expect(
            file.rows == [
                .init(
                    line: 2,
                    values: [
                        .documentType: "CC", .documentNumber: "1067843521", .firstSurname: "Pérez",
                        .secondSurname: "Gómez", .firstName: "María", .secondName: "Luisa",
                        .birthDate: "1980-12-31", .sex: "F", .municipality: "23672", .regime: "subsidiado",
                        .state: "active", .phone: "+57 310 4567890", .email: "maria@correo.co",
                        .insurer: "ESS207",
                    ])
            ])
    }

    @Test(arguments: [
        BadValue(.documentType, "XX", .document(.unknownType)),
        BadValue(.documentType, "NIT", .document(.unknownType)),
        BadValue(.documentType, "", .empty),
        BadValue(.documentNumber, "10678A3521", .document(.hasLetters(.cedula))),
        BadValue(.documentNumber, "", .empty),
        BadValue(.documentNumber, "   ", .empty),
        BadValue(.documentNumber, "0000", .document(.numberMissing(.cedula))),
        BadValue(.documentNumber, "106784352199", .document(.wrongLength(.cedula))),
        BadValue(.documentNumber, "1067843521067843521067843521067", .overlong(longest: 30)),
        BadValue(.documentNumber, "10678*3521", .document(.strangeSign(.cedula))),
        BadValue(.documentNumber, "-1067843521", .formula),
        BadValue(.firstSurname, "", .empty),
        BadValue(.firstSurname, "\u{A0}", .empty),
        BadValue(.firstName, "", .empty),
        BadValue(.firstName, "123", .noName),
        BadValue(.firstName, "...", .noName),
        BadValue(.firstName, String(repeating: "ñ", count: 61), .overlong(longest: 60)),
        BadValue(.firstName, "Ma\u{7}ría", .controlCharacter),
        BadValue(.firstName, "Ma\u{0}ría", .controlCharacter),
        BadValue(.firstName, "Ma\u{81}ría", .controlCharacter),
        BadValue(.secondSurname, "=1+1", .formula),
        BadValue(.secondSurname, "+Gómez", .formula),
        BadValue(.secondSurname, "-", .formula),
        BadValue(.secondSurname, "@Gómez", .formula),
        BadValue(.secondSurname, "\tGómez", .formula),
        BadValue(.secondSurname, "\"\r=1\"", .formula),
        BadValue(.secondSurname, "  =1+1", .formula),
        BadValue(.secondSurname, "\u{200B}=HYPERLINK(1)", .formula),
        BadValue(.secondSurname, "\u{2003}@Gómez", .formula),
        BadValue(.secondSurname, "\u{FEFF}+Gómez", .formula),
        BadValue(.secondSurname, "\u{AD}-Gómez", .formula),
        BadValue(.birthDate, "", .empty),
        BadValue(.birthDate, "31/02/1980", .impossibleDate),
        BadValue(.birthDate, "29/02/1900", .impossibleDate),
        BadValue(.birthDate, "1980-13-01", .impossibleDate),
        BadValue(.birthDate, "12/31/1980", .impossibleDate),
        BadValue(.birthDate, "00/01/1980", .impossibleDate),
        BadValue(.birthDate, "31/12/80", .impossibleDate),
        BadValue(.birthDate, "ayer", .noDate),
        BadValue(.birthDate, "1980-12-31 00:00", .noDate),
        BadValue(.birthDate, "22/11/2026", .futureDate),
        BadValue(.birthDate, "2027-01-01", .futureDate),
        BadValue(.birthDate, "31/12/1880", .birthTooLongAgo),
        BadValue(.sex, "", .empty),
        BadValue(.sex, "H", .unknownSex),
        BadValue(.municipality, "", .empty),
        BadValue(.municipality, "San Antero", .municipality(.malformed)),
        BadValue(.regime, "Z", .unknownRegime),
        BadValue(.state, "", .empty),
        BadValue(.state, "ACTIVO", .unknownState),
        BadValue(.phone, "no tiene", .noPhone),
        BadValue(.phone, "12345", .noPhone),
        BadValue(.phone, "+cmd|' /C calc'!A0", .formula),
        BadValue(.phone, "=3104567890", .formula),
        BadValue(.email, "no tiene", .noEmail),
        BadValue(.email, "maria@", .noEmail),
        BadValue(.email, "@correo.co", .formula),
        BadValue(.email, "maria@correo", .noEmail),
        BadValue(.email, "maria@@correo.co", .noEmail),
        BadValue(.email, "maria@correo..co", .noEmail),
        BadValue(.email, "maría@correo.co", .noEmail),
        BadValue(.insurer, "MUTUAL SER", .noInsurerCode),
        BadValue(.insurer, "ESS20", .noInsurerCode),
    ])
    func `a bad value is refused with its line, column, value and reason`(bad: BadValue) throws {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "111111"]),
                AffiliateFiles.line([bad.column: bad.value])))
        let refusal = try #require(file.refusals.first)
        #expect(file.refusals.count == 1)
        #expect(refusal.line == 3)
        #expect(refusal.column == bad.column.header)
        #expect(refusal.fault == bad.fault)
        #expect(!refusal.value.isEmpty || bad.value.isEmpty || bad.value == "\u{A0}")
        #expect(refusal.fault.reason.hasSuffix(".") || refusal.fault.reason.hasSuffix(")."))
        #expect((file.readCount, file.refusedCount, file.rows.count) == (2, 1, 1))
    }

    @Test func `a municipality that lost its zero, or was retired, is refused with the code that was meant`()
        throws
    {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .municipality: "5001"]),
                AffiliateFiles.line([.documentNumber: "1002", .municipality: "94663"]),
                AffiliateFiles.line([.documentNumber: "1003", .municipality: "98001"]),
                AffiliateFiles.line([.documentNumber: "1004", .municipality: "05001"])))
        #expect(file.refusals.map(\.line) == [2, 3, 4])
        #expect(file.refusals.allSatisfy { $0.column == "codigo_municipio" })
        #expect(file.refusals[0].fault.reason.contains("05001 es Medellín"))
        #expect(file.refusals[1].fault.reason.contains("ya no se usa"))
        #expect(file.refusals[2].fault.reason.contains("No hay un departamento"))
    }

    @Test(arguments: [
        GoodValue(.documentType, "cc", "CC"),
        GoodValue(.documentType, "C.C.", "CC"),
        GoodValue(.documentType, "Cédula de ciudadanía", "CC"),
        GoodValue(.documentType, "PAS", "PA"),
        GoodValue(.documentNumber, "1.067.843.521", "1067843521"),
        GoodValue(.documentNumber, " 0001067843521 ", "1067843521"),
        GoodValue(.documentNumber, "1067843521.0", "1067843521"),
        GoodValue(.firstSurname, "  De la\u{A0} Hoz ", "De la Hoz"),
        GoodValue(.firstSurname, "Nuñez", "Nuñez"),
        GoodValue(.firstSurname, "Nun\u{303}ez", "Nuñez"),
        GoodValue(.firstSurname, "\"Pérez\nGómez\"", "Pérez Gómez"),
        GoodValue(.firstSurname, "\"Pérez; \"\"Lucho\"\"\"", "Pérez; \"Lucho\""),
        GoodValue(.firstSurname, "D'Angelo", "D'Angelo"),
        GoodValue(.firstSurname, "Šimić", "Šimić"),
        GoodValue(.firstName, String(repeating: "ñ", count: 60), String(repeating: "ñ", count: 60)),
        GoodValue(.secondSurname, "", nil),
        GoodValue(.secondName, "\"\"", nil),
        GoodValue(.birthDate, "1980-12-31", "1980-12-31"),
        GoodValue(.birthDate, "1/2/1980", "1980-02-01"),
        GoodValue(.birthDate, "29/02/2000", "2000-02-29"),
        GoodValue(.birthDate, "21/11/2026", "2026-11-21"),
        GoodValue(.sex, "masculino", "M"),
        GoodValue(.sex, "i", "I"),
        GoodValue(.municipality, " 05001 ", "05001"),
        GoodValue(.regime, "Contributivo", "contributivo"),
        GoodValue(.regime, "e", "especial"),
        GoodValue(.regime, "", "subsidiado"),
        GoodValue(.state, "su", "suspended"),
        GoodValue(.state, "RE", "retired"),
        GoodValue(.state, "AF", "deceased"),
        GoodValue(.phone, "", nil),
        GoodValue(.phone, "6017654321 ext. 12", "6017654321 ext. 12"),
        GoodValue(.phone, "(604) 444-4444", "(604) 444-4444"),
        GoodValue(.email, "m.p+x@correo.edu.co", "m.p+x@correo.edu.co"),
        GoodValue(.insurer, "", "ESS207"),
        GoodValue(.insurer, "ess-c07", "ESSC07"),
        GoodValue(.insurer, "EPS001", "EPS001"),
    ])
    func `a value in another guise is kept in its normal form`(good: GoodValue) throws {
        let file = try ReadFile(AffiliateFiles.file(AffiliateFiles.line([good.column: good.value])))
        #expect(file.refusals.isEmpty)
        let row = try #require(file.rows.first)
        #expect(row.values[good.column] == good.kept)
    }

    @Test func `all faults of a row are told, and the row counts once`() throws {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "12X4", .firstName: "", .birthDate: "31/02/1980"])))
        #expect(file.refusals.map(\.column) == ["numero_documento", "primer_nombre", "fecha_nacimiento"])
        #expect((file.readCount, file.refusedCount) == (1, 1))
    }

    @Test func `a row with columns too few or too many is refused`() throws {
        let whole = AffiliateFiles.line()
        let short = whole.split(separator: ";", omittingEmptySubsequences: false).dropLast().joined(
            separator: ";")
        let file = try ReadFile(AffiliateFiles.file(short, "\(whole);sobra", whole, "solo"))
        #expect(
            file.refusals.map(\.fault) == [
                .missingColumns(found: 13, expected: 14), .extraColumns(found: 15, expected: 14),
                .missingColumns(found: 1, expected: 14),
            ])
        #expect(file.refusals.map(\.column) == ["eps", "15", "numero_documento"])
        #expect(file.refusals.map(\.value) == ["", "sobra", ""])
        #expect(file.rows.count == 1)
    }

    @Test func `a document that comes twice names the line on which it came first, however it is written`()
        throws
    {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1067843521"]),
                AffiliateFiles.line([.documentNumber: "1.067.843.521"]),
                AffiliateFiles.line([.documentType: "CE", .documentNumber: "1067843521"]),
                AffiliateFiles.line([.documentType: "MS", .documentNumber: "08001S8125"]),
                AffiliateFiles.line([.documentType: "msi", .documentNumber: "08001s8125"]),
                // A row with another fault takes its document's place all the same.
                AffiliateFiles.line([.documentNumber: "777777", .sex: "?"]),
                AffiliateFiles.line([.documentNumber: "777777"])))
        #expect(
            file.refusals.map(\.fault) == [
                .documentSeen(line: 2), .documentSeen(line: 5), .unknownSex, .documentSeen(line: 7),
            ])
        #expect(file.refusals.map(\.line) == [3, 6, 7, 8])
        #expect(file.refusals[0].column == "numero_documento")
        #expect(file.refusals[0].value == "1.067.843.521")
    }

    @Test func `insurer and regime are told from one another, and asked for where nothing tells`() throws {
        func read(_ changes: [AffiliateColumn: String], insurers: [String]) throws -> ReadFile {
            try ReadFile(
                AffiliateFiles.file(AffiliateFiles.line(changes)),
                rules: AffiliateFiles.rules(insurers: insurers))
        }
        let contributor = try read([.regime: "C", .insurer: ""], insurers: ["ESS207", "ESSC07"])
        #expect(contributor.rows.first?.values[.insurer] == "ESSC07")
        let single = try read([.regime: "", .insurer: ""], insurers: ["EPS001"])
        #expect(single.rows.first?.values[.regime] == "contributivo")
        let ambiguous = try read([.regime: "", .insurer: ""], insurers: ["ESS207", "ESSC07"])
        #expect(ambiguous.refusals.map(\.column) == ["regimen"])
        let provider = try read([.insurer: ""], insurers: [])
        #expect(provider.refusals.map(\.column) == ["eps"])
        let uninsured = try read([.regime: "N", .insurer: ""], insurers: [])
        #expect(uninsured.rows.first?.values[.regime] == "no_asegurado")
        #expect(uninsured.rows.first?.values[.insurer] == nil)
    }

    @Test func `line breaks within quotes count as lines of the file`() throws {
        let file = try ReadFile(
            AffiliateFiles.file(
                AffiliateFiles.line([.documentNumber: "1001", .firstName: "\"Ana\r\nMaría\""]),
                AffiliateFiles.line([.documentNumber: "1002", .sex: "?"]),
                AffiliateFiles.line([.documentNumber: "1003", .firstName: "\"Ana\""]),
                AffiliateFiles.line([.documentNumber: "1004", .firstName: "\"Ana\"x"]),
                AffiliateFiles.line([.documentNumber: "1005", .firstName: "\"Ana"])))
        #expect(file.rows.map(\.line) == [2, 5])
        #expect(file.refusals.map(\.line) == [4, 6, 7])
        #expect(
            file.refusals.map(\.fault) == [
                .unknownSex, .textAfterClosingQuote, .unclosedQuote(openedOn: 7),
            ])
        #expect(file.refusals.map(\.column) == ["sexo", "primer_nombre", "primer_nombre"])
        #expect(file.readCount == 5)
    }

    @Test func `in a UTF-8 file a foreign byte is a fault of its row, also in a column that is passed over`()
        throws
    {
        func bytes(_ text: String) -> [UInt8] {
            // «¬» marks the place of a byte of Windows-1252.
            Array(text.utf8).split(separator: Array("¬".utf8), omittingEmptySubsequences: false)
                .joined(separator: [0xF1]).map(\.self)
        }
        let header = AffiliateFiles.columns.joined(separator: ";") + ";nota\n"
        let file = try ReadFile(
            bytes(
                header + AffiliateFiles.line([.documentNumber: "1001", .firstSurname: "Mu¬oz"]) + ";\n"
                    + AffiliateFiles.line([.documentNumber: "1002"]) + ";ni¬o\n"
                    + AffiliateFiles.line([.documentNumber: "1003", .firstSurname: "Muñoz"]) + ";niño\n"))
        #expect(file.format.encoding == .utf8)
        #expect(file.refusals.map(\.fault) == [.foreignByte(0xF1, .utf8), .foreignByte(0xF1, .utf8)])
        #expect(file.refusals.map(\.column) == ["primer_apellido", "nota"])
        #expect(file.refusals.map(\.value) == ["Mu\u{FFFD}oz", "ni\u{FFFD}o"])
        #expect(file.rows.map(\.line) == [4])
    }

    @Test func `a Windows-1252 file is read as such, and its undefined bytes are faults`() throws {
        let ascii = AffiliateFiles.line([
            .documentNumber: "1001", .firstSurname: "Mu~oz", .secondSurname: "Gomez", .firstName: "Maria",
        ])
        let bad = AffiliateFiles.line([
            .documentNumber: "1002", .firstSurname: "Mu^oz", .secondSurname: "Gomez", .firstName: "Maria",
        ])
        let bytes = AffiliateFiles.file(ascii, bad).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "~"): 0xF1
            case UInt8(ascii: "^"): 0x81
            default: byte
            }
        }
        let file = try ReadFile(bytes)
        #expect(file.format.encoding == .windows1252)
        #expect(file.rows.first?.values[.firstSurname] == "Muñoz")
        #expect(file.refusals.map(\.fault) == [.foreignByte(0x81, .windows1252)])
    }
}

import Foundation
import Kernel
import Testing

@Suite struct IdentityDocumentTests {
    @Test(arguments: [
        ("CC", "cedula"), ("C.C.", "cedula"), ("c c", "cedula"), ("CEDULA", "cedula"),
        ("Cédula de Ciudadanía", "cedula"),
        ("CE", "foreignerCedula"), ("Cédula de extranjería", "foreignerCedula"), ("CD", "diplomaticCard"),
        ("PA", "passport"), ("PAS", "passport"), ("Pasaporte", "passport"), ("SC", "safeConduct"),
        ("PT", "temporaryProtectionPermit"), ("PTP", "temporaryProtectionPermit"),
        ("P.P.T.", "temporaryProtectionPermit"), ("PE", "specialStayPermit"), ("PEP", "specialStayPermit"),
        ("RC", "civilRegistry"), ("Registro Civil", "civilRegistry"), ("TI", "identityCard"),
        ("T.I", "identityCard"),
        ("Tarjeta de identidad", "identityCard"), ("CN", "liveBirthCertificate"),
        ("NV", "liveBirthCertificate"),
        ("MS", "unidentifiedMinor"), ("MSI", "unidentifiedMinor"), ("AS", "unidentifiedAdult"),
        ("ASI", "unidentifiedAdult"),
    ])
    func `a type is read as files and people write it`(text: String, type: String) throws {
        #expect(String(describing: try #require(DocumentType(variant: text))) == type)
    }

    @Test(arguments: ["", " ", "NUIP", "SI", "NIT", "X", "C", "CCC", "12", "-"])
    func `what is no type, or could be several, is refused`(text: String) {
        #expect(DocumentType(variant: text) == nil)
    }

    @Test func `every type reads its own code and its own name`() {
        for type in DocumentType.allCases {
            #expect(DocumentType(variant: type.rawValue) == type)
            #expect(DocumentType(variant: type.name) == type)
        }
        #expect(Set(DocumentType.allCases.map(\.name)).count == 12)
    }

    @Test(arguments: [
        ("CC 12.345.678", "CC 12345678", "CC 12.345.678", "CC ******678"),
        ("c.c. No. 12345678", "CC 12345678", "CC 12.345.678", "CC ******678"),
        ("CC0012345678", "CC 12345678", "CC 12.345.678", "CC ******678"),
        ("Cédula de ciudadanía # 1 020 304 050", "CC 1020304050", "CC 1.020.304.050", "CC ******050"),
        ("CC 12345678.0", "CC 12345678", "CC 12.345.678", "CC ******678"),
        ("CC 12.345.670", "CC 12345670", "CC 12.345.670", "CC ******670"),
        ("CC 1234", "CC 1234", "CC 1.234", "CC ******34"),
        ("CE 0345678", "CE 345678", "CE 345.678", "CE ******678"),
        ("TI 02051412345", "TI 02051412345", "TI 02051412345", "TI ******345"),
        ("TI 1.034.567.890", "TI 1034567890", "TI 1.034.567.890", "TI ******890"),
        ("RC p6c0253454", "RC P6C0253454", "RC P6C0253454", "RC ******454"),
        ("AS 08001S8125", "AS 08001S8125", "AS 08001S8125", "AS ******125"),
        ("pasaporte AB-123456", "PA AB123456", "PA AB123456", "PA ******456"),
        ("PPT 5234567", "PT 5234567", "PT 5.234.567", "PT ******567"),
    ])
    func `a document is read, said and masked`(
        text: String, description: String, formatted: String, masked: String
    ) throws {
        let document = try IdentityDocument(parsing: text)
        #expect(document.description == description)
        #expect(document.formatted == formatted)
        #expect(document.masked == masked)
        #expect(try IdentityDocument(parsing: description) == document)
        #expect(try IdentityDocument(parsing: formatted) == document)
    }

    @Test func `what has a digit is a document, and what has none is a name`() throws {
        #expect(try IdentityDocument.unlessName("Ana Prueba") == nil)
        #expect(try IdentityDocument.unlessName("CC 1.001")?.description == "CC 1001")
        #expect(throws: IdentityDocumentError.typeMissing) { try IdentityDocument.unlessName("1001") }
        #expect(throws: IdentityDocumentError.hasLetters(.cedula)) {
            try IdentityDocument.unlessName("CC 12A456")
        }
    }

    @Test(arguments: [
        ("", IdentityDocumentError.typeMissing), ("12345678", .typeMissing), ("XX 12345678", .unknownType),
        ("NUIP 12345678", .unknownType), ("CC", .numberMissing(.cedula)), ("CC 000", .numberMissing(.cedula)),
        ("CC -", .numberMissing(.cedula)), ("CC 1234A678", .hasLetters(.cedula)),
        ("CC 1,23E+09", .strangeSign(.cedula)), ("TI 10345S7890", .hasLetters(.identityCard)),
        ("CC 12", .wrongLength(.cedula)), ("CC 12345678901", .wrongLength(.cedula)),
        ("TI 123456789", .wrongLength(.identityCard)), ("CC 1234567Ñ", .strangeSign(.cedula)),
        ("CC 1234567\u{FFFD}", .strangeSign(.cedula)), ("PA 000", .numberMissing(.passport)),
    ])
    func `what is no document is refused with its reason`(text: String, error: IdentityDocumentError) {
        #expect(throws: error) { try IdentityDocument(parsing: text) }
        #expect(IdentityDocument(text) == nil)
        #expect(error.message.hasSuffix(".") && error.kind == .invalid)
        #expect(error.code.split(separator: ".").count == 3)
    }

    @Test func `an error never repeats the number`() throws {
        let error = try #require(
            #expect(throws: IdentityDocumentError.self) {
                try IdentityDocument(type: .cedula, number: "98765A")
            })
        #expect(!error.message.contains("98765") && !String(reflecting: error).contains("98765"))
    }

    @Test func `generated numbers mean the same however they are typed, and show at most half when masked`()
        throws
    {
        var random = Seeded()
        for _ in 0..<2000 {
            let digits = String(Int.random(in: 100...9_999_999_999, using: &random))
            let type: DocumentType = Bool.random(using: &random) ? .cedula : .foreignerCedula
            let document = try IdentityDocument(type: type, number: digits)
            var typed = String(repeating: "0", count: .random(in: 0...3, using: &random))
            for digit in digits {
                typed.append(digit)
                typed += [".", " ", "-", "", "", "\u{A0}"].randomElement(using: &random) ?? ""
            }
            // «12345670.0» is a spreadsheet's number, and its dot no typed separator.
            guard typed.wholeMatch(of: /[0-9]+\.0\s*/) == nil else { continue }
            #expect(
                try IdentityDocument(type: type, number: typed) == document, "seed \(random.seed): \(typed)")
            let shown = document.masked.drop { $0 != "*" }.filter(\.isNumber)
            #expect(shown.count <= min(3, digits.count / 2) && digits.hasSuffix(shown), "seed \(random.seed)")
        }
    }

    @Test(arguments: [
        ("CN", "2026-01-14", nil), ("CN", "2026-01-13", 0), ("RC", "2019-03-14", nil),
        ("RC", "2019-03-13", 7),
        ("TI", "2019-03-13", nil), ("TI", "2019-03-14", 6), ("TI", "2008-03-14", nil),
        ("TI", "2008-03-13", 18),
        ("CC", "2008-03-13", nil), ("CC", "2008-03-14", 17), ("AS", "2008-03-14", 17),
        ("MS", "2008-03-13", 18),
        ("MS", "2026-03-13", nil), ("PA", "1930-01-01", nil), ("PA", "2026-03-14", -1),
        ("CC", "2027-01-01", -1),
    ])
    func `a document that people of an age seldom hold is warned of`(code: String, birth: String, age: Int?)
        throws
    {
        let type = try #require(DocumentType(rawValue: code))
        let day = try #require(CalendarDate("2026-03-13"))
        let warning = type.ageWarning(bornOn: try #require(CalendarDate(birth)), on: day)
        #expect(warning?.age == age)
        #expect(warning?.message.hasSuffix(".") != false)
    }

    @Test func `the documents of minors are those that E02 refuses`() {
        #expect(DocumentType.allCases.filter(\.isOfMinors).map(\.rawValue) == ["RC", "TI", "CN", "MS"])
    }

    @Test func `a document travels as text`() throws {
        let document = try IdentityDocument(parsing: "CC 12.345.678")
        let json = try JSONEncoder().encode([document])
        #expect(String(decoding: json, as: UTF8.self) == #"["CC 12345678"]"#)
        #expect(try JSONDecoder().decode([IdentityDocument].self, from: json) == [document])
    }
}

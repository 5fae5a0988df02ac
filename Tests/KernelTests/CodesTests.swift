import Foundation
import Kernel
import Testing

@Suite struct CodesTests {
    @Test(arguments: [
        ("EPS001", "EPS001"), ("eps 001", "EPS001"), ("ESS-207", "ESS207"), ("essc07", "ESSC07"),
        ("EPSIC1", "EPSIC1"),
        (" EPS048 ", "EPS048"), ("EPS01", nil), ("EPS0001", nil), ("001EPS", nil), ("EPSICX", nil),
        ("ÉPS001", nil),
        ("", nil), ("EP0001", nil), ("EPS00A", nil),
    ])
    func `the code of an insurer is read as people write it`(text: String, code: String?) {
        #expect(InsurerCode(variant: text)?.rawValue == code)
    }

    @Test(arguments: [
        ("0500100123", "0500100123", "05001", nil), ("050010012301", "0500100123", "05001", "01"),
        ("11001 00456-12", "1100100456", "11001", "12"),
    ])
    func `the code of a provider has municipality, provider and site`(
        text: String, provider: String, municipality: String, site: String?
    ) throws {
        let code = try ProviderCode(parsing: text)
        #expect(code.provider.rawValue == provider && code.site == site)
        #expect(
            code.municipality?.rawValue == municipality
                && code.municipality?.department.rawValue == String(municipality.prefix(2)))
    }

    @Test(arguments: [
        ("500100123", "0500100123"), ("50010012301", "050010012301"), ("12345", nil), ("05001001A3", nil),
        ("", nil),
        ("0500100123012", nil),
    ])
    func `what is no code of a provider is refused, a lost zero being noticed`(
        text: String, suggestion: String?
    ) throws {
        let error = try #require(#expect(throws: ProviderCodeError.self) { try ProviderCode(parsing: text) })
        #expect(error.suggestion?.rawValue == suggestion)
        #expect(error.message.contains(suggestion ?? "Revíselo."))
    }

    @Test func `codes of places have digits, and order as their texts`() throws {
        #expect(MunicipalityCode(rawValue: "05001") != nil && DepartmentCode(rawValue: "05") != nil)
        for wrong in ["5001", "050011", "0500A", "", "０５００１", " 05001"] {
            #expect(MunicipalityCode(rawValue: wrong) == nil)
        }
        for wrong in ["5", "005", "A5", ""] { #expect(DepartmentCode(rawValue: wrong) == nil) }
        let json = try JSONEncoder().encode([MunicipalityCode(rawValue: "05001")])
        #expect(String(decoding: json, as: UTF8.self) == #"["05001"]"#)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([MunicipalityCode].self, from: Data(#"["5001"]"#.utf8))
        }
    }
}

@Suite struct DivipolaTests {
    let divipola: Divipola

    init() throws {
        divipola = try Catalogues.divipola()
    }

    @Test func `the catalogue has the figures that its page tells`() {
        #expect(divipola.municipalities.count == 1122)
        #expect(divipola.departments.count == 33)
        let kinds = Dictionary(grouping: divipola.municipalities, by: \.kind).mapValues(\.count)
        #expect(kinds == [.municipality: 1103, .nonMunicipalArea: 18, .island: 1])
        let areas = Dictionary(
            grouping: divipola.municipalities.filter { $0.kind == .nonMunicipalArea }, by: \.department.name)
        #expect(areas.mapValues(\.count) == ["Amazonas": 9, "Guainía": 6, "Vaupés": 3])
        #expect(divipola.municipalities.map(\.code) == divipola.municipalities.map(\.code).sorted())
        #expect(divipola.retired.map(\.code.rawValue) == ["27086", "94663"])
    }

    @Test func `every code finds its municipality, and every department its own`() throws {
        var counted = 0
        for department in divipola.departments {
            for municipality in divipola.municipalities(of: department.code) {
                #expect(municipality.department == department)
                #expect(divipola[municipality.code] == municipality)
                #expect(try divipola.municipality(code: municipality.code.rawValue) == municipality)
                counted += 1
            }
        }
        #expect(counted == 1122)
    }

    @Test func `every code that lost its zero is recognised, and none of them is another's`() {
        var lost = 0
        for municipality in divipola.municipalities where municipality.code.rawValue.hasPrefix("0") {
            #expect(throws: MunicipalityCodeError.lostZero(municipality)) {
                try divipola.municipality(code: String(municipality.code.rawValue.dropFirst()))
            }
            lost += 1
        }
        #expect(lost == 148)
    }

    @Test(arguments: [
        ("5001", "municipality.code.lost_zero", "05001 es Medellín (Antioquia)"),
        ("5.001", "municipality.code.lost_zero", "05001 es Medellín (Antioquia)"),
        ("94663", "municipality.code.retired", "Use 94343, Barrancominas (Guainía)."),
        ("27086", "municipality.code.retired", "Use 27493, Nuevo Belén de Bajirá (Chocó)."),
        ("05003", "municipality.code.unknown", "En Antioquia no hay un municipio con el código 05003."),
        ("00001", "municipality.code.unknown", "No hay un departamento con el código 00."),
        ("500", "municipality.code.malformed", "5 dígitos"),
        ("Medellín", "municipality.code.malformed", "5 dígitos"),
        ("", "municipality.code.malformed", "5 dígitos"),
        ("9999", "municipality.code.malformed", "5 dígitos"),
    ])
    func `a wrong code says which was probably meant`(text: String, code: String, hint: String) throws {
        let error = try #require(
            #expect(throws: MunicipalityCodeError.self) { try divipola.municipality(code: text) })
        #expect(error.code == code && error.message.contains(hint) && error.kind == .invalid)
    }

    @Test(arguments: [
        ("SAN ANTERO", nil, ["23672"]), ("Cúcuta", nil, ["54001"]), ("bogota", nil, ["11001"]),
        ("Cali", nil, ["76001"]),
        ("Cartagena", nil, ["13001", "18150"]), ("Cartagena", "13", ["13001"]), ("Argelia", "19", ["19050"]),
        ("Argelia", nil, ["05055", "19050", "76054"]), ("Buga", nil, ["76111"]), ("Mompox", nil, ["13468"]),
        ("", nil, []), ("   ", nil, []), ("Macondo", nil, []), ("Cali", "05", []),
    ])
    func `a name finds the municipalities that people mean by it`(
        name: String, department: String?, codes: [String]
    ) {
        let found = divipola.municipalities(
            named: name, in: department.flatMap(DepartmentCode.init(rawValue:)))
        #expect(found.map(\.code.rawValue) == codes)
    }

    @Test func `every municipality is found by its own name in its own department`() {
        for municipality in divipola.municipalities {
            #expect(
                divipola.municipalities(
                    named: municipality.name.uppercased(), in: municipality.department.code)
                    == [municipality])
        }
        #expect(Set(divipola.municipalities.map(\.fullName)).count == 1122)
    }

    @Test(arguments: [
        ("5001,Medellín,05,Antioquia,municipio", CatalogueError.malformed(line: 2, column: "code")),
        ("05001,Medellín,08,Antioquia,municipio", .malformed(line: 2, column: "department_code")),
        ("05001,Medellín,05,Antioquia,ciudad", .malformed(line: 2, column: "type")),
        ("05001,Medellín,05,Antioquia", .malformed(line: 2, column: nil)),
        (
            "05001,\"A\nB\",05,X,municipio\n05002,C,05,Y,municipio",
            .malformed(line: 4, column: "department_code")
        ),
        ("05001,A,05,X,municipio\n05001,B,05,X,municipio", .repeated(line: 3, value: "05001")),
        ("05001,\"Medellín,05,Antioquia,municipio", .malformed(line: 2, column: nil)),
        ("05001,\"Mede\"llín,05,Antioquia,municipio", .malformed(line: 2, column: nil)),
    ])
    func `a broken file is refused at its first broken line`(rows: String, error: CatalogueError) {
        #expect(throws: error) { try Divipola(csv: Self.header + rows, retired: Self.retiredHeader) }
    }

    @Test(arguments: [
        ("", CatalogueError.empty), ("code,municipality\n05001,Medellín", .missingColumn("department_code")),
        ("code,code\n1,2", .malformed(line: 1, column: "code")),
    ])
    func `a file without its columns is refused`(csv: String, error: CatalogueError) {
        #expect(throws: error) { try Divipola(csv: csv, retired: Self.retiredHeader) }
    }

    @Test func `a retired code has to lead somewhere and not be in use`() {
        let csv = Self.header + "05001,\"Mede \"\"la\"\" llín\",05,Antioquia,municipio\r\n"
        #expect(throws: CatalogueError.unknown(line: 2, value: "05002")) {
            try Divipola(csv: csv, retired: Self.retiredHeader + "05003,X,05002,Ley,si")
        }
        #expect(throws: CatalogueError.repeated(line: 2, value: "05001")) {
            try Divipola(csv: csv, retired: Self.retiredHeader + "05001,X,05001,Ley,si")
        }
        #expect(throws: Never.self) {
            let one = try Divipola(csv: "\u{FEFF}" + csv, retired: Self.retiredHeader)
            #expect(one.municipalities.map(\.name) == ["Mede \"la\" llín"])
        }
    }

    private static let header = "code,municipality,department_code,department,type\n"
    private static let retiredHeader = "code,municipality,successor,norm,confirmed\n"
}

@Suite struct InsurerCatalogueTests {
    let catalogue: InsurerCatalogue

    init() throws {
        catalogue = try InsurerCatalogue(csv: Catalogues.text("eps.csv"))
    }

    @Test func `one insurer has many codes`() throws {
        let mutualSER = try #require(InsurerCode(rawValue: "ESS207").flatMap { catalogue[$0] })
        #expect(mutualSER.codes.map(\.code.rawValue).sorted() == ["EPS048", "EPSS48", "ESS207", "ESSC07"])
        #expect(mutualSER.nit?.formatted == "806.008.394-7" && mutualSER.isNITVerified)
        for entry in mutualSER.codes { #expect(catalogue[entry.code] == mutualSER) }
        #expect(catalogue.insurer(nit: try NIT(parsing: "830.113.831-0"))?.brand == "ALIANSALUD")
        #expect(InsurerCode(rawValue: "EPS999").flatMap { catalogue[$0] } == nil)
    }

    @Test func `every code of the file is there, with what is unverified marked`() {
        let codes = catalogue.insurers.flatMap(\.codes)
        #expect(codes.count == 118 && Set(codes.map(\.code)).count == 118)
        #expect(codes.count { !$0.isVerified } == 20)
        #expect(catalogue.insurers.filter { $0.status == .inForce }.flatMap(\.codes).count == 76)
        #expect(catalogue.insurers.allSatisfy { $0.nit != nil || !$0.isNITVerified })
        #expect(catalogue.insurers.filter(\.isNITVerified).flatMap(\.codes).count == 56)
        let numbers = catalogue.insurers.compactMap(\.nit)
        #expect(Set(numbers).count == numbers.count)
    }

    @Test func `rows of one insurer that contradict each other are refused`() {
        let header = "codigo,nombre,grupo,regimen,clase,nit,estado,codigo_verificado,nit_verificado,nota\n"
        let row = "EPS001,Una EPS,UNA,contributivo,habilitacion,830113831,vigente,si,si,\n"
        #expect(throws: CatalogueError.malformed(line: 3, column: "grupo")) {
            try InsurerCatalogue(
                csv: header + row + "EPSS01,Una EPS,UNA,subsidiado,movilidad,800130907,vigente,si,si,")
        }
        #expect(throws: CatalogueError.repeated(line: 3, value: "EPS001")) {
            try InsurerCatalogue(csv: header + row + row)
        }
        #expect(throws: CatalogueError.malformed(line: 2, column: "codigo_verificado")) {
            try InsurerCatalogue(csv: header + row.replacing("vigente,si", with: "vigente,quizá"))
        }
    }
}

import Foundation
import Kernel
import TestSupport
import Testing

@testable import Membership

@Suite struct InventedPeopleTests {
    private static let figures = Result { () throws -> InventedPeople.Figures in
        func text(_ name: String) throws -> String {
            try String(
                contentsOf: TestDatabase.repository.appending(path: "sql/data/\(name)"), encoding: .utf8)
        }
        return try InventedPeople.Figures(
            names: text("nombres.csv"), surnames: text("apellidos.csv"), ages: text("age_pyramid_2024.csv"),
            populations: text("municipality_population_2024.csv"))
    }

    private func people(
        _ count: Int, seed: UInt64 = 1, in places: Set<MunicipalityCode> = []
    ) throws -> [InventedPerson] {
        Array(
            try InventedPeople(
                Self.figures.get(), seed: seed, today: AffiliateFiles.date("2026-11-21"), in: places
            ).prefix(count))
    }

    @Test func `a seed gives the same people, another seed others`() throws {
        #expect(try people(100) == people(100))
        #expect(try people(100) != people(100, seed: 2))
    }

    @Test func `nobody can be reached, and no two have one document`() throws {
        let people = try people(20_000)
        #expect(Set(people.map(\.documentNumber)).count == people.count)
        #expect(people.allSatisfy { $0.documentNumber.hasPrefix("19") && $0.documentNumber.count == 10 })
        #expect(people.allSatisfy { $0.phone?.hasPrefix("399") != false })
        #expect(people.allSatisfy { $0.email?.hasSuffix("@correo.example") != false })
    }

    @Test func `they are as old, and of the sexes and places, as Colombia is`() throws {
        let people = try people(20_000)
        let adults = people.count { $0.birthDate.completedYears(on: CalendarDate(dayNumber: 20_778)) >= 18 }
        #expect((14_000...15_600).contains(adults))
        #expect((9_800...10_600).contains(people.count { $0.sex == .female }))
        // Bogotá has some 15 % of the people.
        #expect((2_700...3_400).contains(people.count { $0.municipality.rawValue == "11001" }))
        #expect(
            people.allSatisfy {
                !($0.documentType == .cedula && $0.birthDate > CalendarDate(dayNumber: 14_600))
            })
    }

    @Test func `they live where they are asked to`() throws {
        let place = try #require(MunicipalityCode(rawValue: "23672"))
        #expect(try people(50, in: [place]).allSatisfy { $0.municipality == place })
        let nowhere = try #require(MunicipalityCode(rawValue: "99998"))
        #expect(throws: CatalogueError.empty) { try people(1, in: [nowhere]) }
    }

    @Test func `a file of them is read without a fault`() throws {
        var text = AffiliateFileWriter.header
        for person in try people(5_000) { text += AffiliateFileWriter.line(of: person, insurer: "ESS207") }
        let file = try ReadFile(text)
        #expect(file.refusals.isEmpty)
        #expect(file.rows.count == 5_000)
    }
}

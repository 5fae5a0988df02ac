import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

@Suite struct ObligationCatalogueTests {
    @Test func `the file has each obligation that the rules know, once`() throws {
        let codes = try ObligationCatalogue(folder: catalogues).obligations.map(\.code)
        #expect(codes == Obligation.Code.allCases)
    }

    @Test(arguments: Obligation.Code.allCases)
    func `each obligation has the figures that its rule reads`(code: Obligation.Code) throws {
        let expected: [ObligationParameters.Name: Int] =
            switch code {
            case .constitution: [.signers: 2]
            case .terms: [.warningDays: 180]
            case .accountability, .managementReport: [.perYear: 1]
            case .planFollowUp: [.followUps: 12, .reports: 2, .graceDays: 30]
            case .meetings: [.gapDays: 62, .noticeDays: 7]
            case .convening, .registration, .bylaws, .election: [:]
            }
        #expect(try Obligation.of(code).parameters.figures == expected)
    }

    @Test func `what is loaded is what is read, and loading again changes nothing`() async throws {
        let database = try await TestDatabase.make()
        let catalogue = try ObligationCatalogue(folder: catalogues)
        #expect(try await catalogue.load(into: database) == catalogue.obligations.count)
        #expect(try await catalogue.load(into: database) == 0)
        let read = try await database.read(PublicScope()) { try await $0.obligations() }
        #expect(read == catalogue.obligations)
    }

    @Test(arguments: [
        #"{"gap_days": 0}"#, #"{"gap_days": 367}"#, #"{"dias": 3}"#, #"{"gap_days": "62"}"#,
    ])
    func `figures that make no sense are refused`(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONText(rawValue: text).decoded(as: ObligationParameters.self)
        }
    }
}

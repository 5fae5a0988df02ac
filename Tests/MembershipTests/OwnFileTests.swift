import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

/// What a member reads of themselves: by the document of their account, and of nobody else.
@Suite struct OwnFileTests {
    @Test func `a member reads their own file and nobody else's`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.publishText()
        try await place.register("91000001", "91000002", "91000003")
        try await place.enrol("91000001", "91000002")
        func own(_ number: String?) async throws -> OwnFile? {
            let member = try await place.tenants.principal(
                .member, of: place.organization, in: .alliance(place.alliance.id),
                document: try number.map { try place.document($0) })
            return try await place.tenants.runner.fetch(ReadOwnFile(in: place.alliance.id), as: member)
        }
        let file = try #require(try await own("91000001"))
        #expect(file.file.document.number == "91000001")
        #expect(file.file.registered != nil && file.file.isMember(on: place.today))
        #expect(file.dossier.person == file.file.person && file.dossier.target == .elector)
        #expect(file.consents.map(\.text.purpose) == [.personalData])
        #expect(file.consents.first?.withdrawnOn == nil)
        // Registered and no member; nobody of the register; no document at all.
        #expect(try await own("91000003") == nil)
        #expect(try await own("91000099") == nil)
        #expect(try await own(nil) == nil)
    }

    @Test func `the office reads nobody's file as its own`() async throws {
        let place = try await EligibleAlliance.make()
        let office = try await place.tenants.principal(.office, of: place.organization)
        await #expect(throws: AccessError.notPermitted(.seeOwnFile)) {
            try await place.tenants.runner.fetch(ReadOwnFile(in: place.alliance.id), as: office)
        }
    }
}

import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

extension EligibleAlliance {
    /// Asks to join as somebody on the public page does, and gives the code.
    @discardableResult
    fileprivate func join(
        _ number: String, bornOn birthDate: String = "1980-01-02", sensitive: Bool = false
    ) async throws -> ReadableCode {
        let texts = try await tenants.runner.fetch(
            ReadConsentTextsInUse(in: alliance.id), as: .system(in: organization.id))
        let code = ReadableCode.random(groups: 4)
        try await run(
            RequestToJoin(
                JoinRequest.Typed(
                    document: try document(number), name: "Ana Inventada Prueba",
                    birthDate: try #require(CalendarDate(birthDate)), phone: "3001234567", email: nil),
                to: alliance.id,
                agreeing: JoinRequest.Agreement(
                    personal: try #require(texts.personal?.id),
                    sensitive: sensitive ? try #require(texts.sensitive?.id) : nil),
                code: code), as: .system(in: organization.id))
        return code
    }

    fileprivate func receipt(_ code: ReadableCode) async throws -> JoinReceipt? {
        try await tenants.runner.fetch(
            FollowJoinRequest(by: code, in: alliance.id), as: .system(in: organization.id))
    }

    fileprivate func waiting() async throws -> [ListJoinRequests.Line] {
        try await tenants.runner.fetch(ListJoinRequests(of: alliance.id), as: recorder)
    }

    fileprivate func applications() async throws -> [ApplicationSummary] {
        try await tenants.runner.fetch(ListApplications(of: alliance.id), as: recorder).applications
    }
}

@Suite struct JoinRequestTests {
    @Test func `whoever the register has becomes an applicant at once, and joins by what they agreed to`()
        async throws
    {
        let place = try await EligibleAlliance.make()
        try await place.register("2001")
        try await place.publishText()
        let sensitive = "La entidad guarda, aparte, que usted es de la alianza, si usted lo autoriza."
        try await place.run(PublishConsentText(sensitive, for: .sensitiveData, from: place.today - 50))
        let code = try await place.join("2001", sensitive: true)
        #expect(try await place.waiting().isEmpty)
        let application = try #require(try await place.applications().first).application
        #expect(application.channel == .web)
        #expect(try await place.receipt(code)?.state == .pending)
        // Nobody says again how the authorisation was given: it was, on the page.
        try await place.run(
            DecideApplication(.accept(through: nil), on: application.id, of: place.alliance.id))
        #expect(try await place.members() == ["2001"])
        #expect(try await place.receipt(code)?.state == .accepted)
        let person = try await place.person("2001")
        let today = place.today
        let given = try await place.tenants.database.read(place.scope) {
            try await $0.consents(of: person, on: today)
        }
        #expect(given == [.personalData, .sensitiveData])
    }

    @Test func `a stranger is answered the same whether the register has the document or not`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("2001", "2002", "2003")
        try await place.publishText()
        try await place.enrol("2003")
        var receipts: Set<JoinReceipt> = []
        // The person themselves, somebody with their document, nobody, a member, and the person once more.
        for (number, birthDate) in [
            ("2001", "1980-01-02"), ("2002", "1990-05-05"), ("9999", "1980-01-02"), ("2003", "1980-01-02"),
            ("2001", "1980-01-02"),
        ] {
            let code = try await place.join(number, bornOn: birthDate)
            receipts.insert(try #require(try await place.receipt(code)))
        }
        #expect(receipts.count == 1)
        let findings = try await place.waiting().map(\.finding)
        #expect(
            findings == [
                .otherBirthDate(try await place.person("2002")), .unknown,
                .alreadyMember(try await place.person("2003")),
                .alreadyPending(try await place.person("2001")),
            ])
        #expect(try await place.applications().count == 1)
    }

    @Test func `the office says who it is, or closes it with a reason that its author reads`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("2002")
        try await place.publishText()
        let known = try await place.join("2002", bornOn: "1990-05-05")
        let unknown = try await place.join("9999")
        let lines = try await place.waiting()
        let (first, second) = (try #require(lines.first), try #require(lines.last))
        await #expect(throws: JoinRequestError.notIdentifiable) {
            try await place.run(IdentifyJoinRequest(second.request.id, of: place.alliance.id))
        }
        try await place.run(IdentifyJoinRequest(first.request.id, of: place.alliance.id))
        #expect(try await place.applications().count == 1)
        #expect(throws: JoinRequestError.reasonMissing) {
            try CloseJoinRequest(second.request.id, of: place.alliance.id, because: "  ")
        }
        let reason = "No pudimos hablar con usted"
        try await place.run(
            CloseJoinRequest(second.request.id, of: place.alliance.id, because: reason))
        await #expect(throws: JoinRequestError.notWaiting) {
            try await place.run(IdentifyJoinRequest(second.request.id, of: place.alliance.id))
        }
        #expect(try await place.receipt(known)?.state == .pending)
        #expect(try await place.receipt(unknown)?.state == .refused)
        #expect(try await place.receipt(unknown)?.reason == reason)
    }

    @Test func `who takes it back has what they typed erased, and the application withdrawn`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.register("2001")
        try await place.publishText()
        for number in ["2001", "9999"] {
            let code = try await place.join(number)
            try await place.run(
                WithdrawJoinRequest(by: code, in: place.alliance.id), as: .system(in: place.organization.id))
            #expect(try await place.receipt(code)?.isErased == true)
            await #expect(throws: JoinRequestError.erasedAlready) {
                try await place.run(
                    WithdrawJoinRequest(by: code, in: place.alliance.id),
                    as: .system(in: place.organization.id))
            }
        }
        #expect(try await place.applications().map(\.application.state) == [.withdrawn])
        #expect(try await place.waiting().isEmpty)
        let kept: Int? = try await place.tenants.database.read(place.scope) {
            try await $0.value(
                """
                select count(*) from membership.join_requests
                where num_nonnulls(document_type, document_number, name, birth_date, phone, email) > 0
                """)
        }
        #expect(kept == 0)
        await #expect(throws: JoinRequestError.receiptNotFound) {
            try await place.run(
                WithdrawJoinRequest(by: .random(groups: 4), in: place.alliance.id),
                as: .system(in: place.organization.id))
        }
    }

    @Test func `nothing is kept under a text that is not the one in use`() async throws {
        let place = try await EligibleAlliance.make()
        try await place.publishText()
        let typed = try JoinRequest.Typed(
            document: try place.document("2001"), name: "Ana Inventada",
            birthDate: try #require(CalendarDate("1980-01-02")), phone: nil, email: "ana@ejemplo.co")
        await #expect(throws: JoinRequestError.textChanged) {
            try await place.run(
                RequestToJoin(
                    typed, to: place.alliance.id,
                    agreeing: JoinRequest.Agreement(personal: ID(), sensitive: nil),
                    code: .random(groups: 4)), as: .system(in: place.organization.id))
        }
    }

    @Test func `there has to be a way to answer`() throws {
        let document = try IdentityDocument(type: .cedula, number: "2001")
        let birthDate = try #require(CalendarDate("1980-01-02"))
        func typed(_ name: String, _ phone: String?, _ email: String?) throws -> JoinRequest.Typed {
            try JoinRequest.Typed(
                document: document, name: name, birthDate: birthDate, phone: phone, email: email)
        }
        #expect(throws: JoinRequestError.nameMissing) { try typed(" ", "3001234567", nil) }
        #expect(throws: JoinRequestError.contactMissing) { try typed("Ana", " ", nil) }
        #expect(throws: JoinRequestError.phoneTooShort) { try typed("Ana", "300", nil) }
        #expect(throws: JoinRequestError.emailWithoutAt) { try typed("Ana", nil, "ana") }
        #expect(try typed(" Ana ", "300 123 4567", "").name == "Ana")
    }
}

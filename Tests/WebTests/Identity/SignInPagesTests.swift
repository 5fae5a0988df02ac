import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Web

private let phrase = "cuatro gallinas en el solar"
private let email = "ana@ejemplo.invalid"

@Suite struct SignInPagesTests {
    /// A user who chose a password, and the entity where they work.
    private func user(
        _ role: Role = .office, in test: TestSite, of organization: Organization? = nil, email: String = email
    ) async throws -> (organization: Organization, invitation: Invitation) {
        let host: Organization =
            if let organization { organization } else { try await test.tenants.insurer() }
        let space: Grant.Space =
            role.needsAlliance
            ? .alliance(try await test.tenants.alliance(in: host).id) : .organization
        let invitation = try await test.tenants.invite(role, of: host, in: space, email: email)
        _ = try await test.tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase,
            from: Visitor(address: "192.0.2.1", userAgent: nil))
        return (host, invitation)
    }

    @Test func `who knows the password comes in, and back to where they were going`() async throws {
        let test = try await TestSite.make()
        let host = try await user(in: test).organization
        try await test.visit { client in
            let browser = Browser(client)
            let asked = try await browser.open("/o/\(host.slug)/alianzas")
            #expect(asked.status == .seeOther || asked.status == .unauthorized)
            try await browser.open("/entrar?volver=%2Fo%2F\(host.slug)%2Falianzas")
            let entered = try await browser.send(
                ["login": email, "secret.password": phrase],
                to: "/entrar?volver=%2Fo%2F\(host.slug)%2Falianzas")
            #expect(entered.location == "/o/\(host.slug)/alianzas")
            #expect(try await browser.open("/o/\(host.slug)/alianzas").status == .ok)
            // Nowhere but within the site.
            let other = Browser(client)
            try await other.open("/entrar")
            let led = try await other.send(
                ["login": email, "secret.password": phrase], to: "/entrar?volver=%2F%2Fmalo.example")
            #expect(led.location == "/o/\(host.slug)")
        }
    }

    @Test func `after five wrong passwords even the right one waits`() async throws {
        let test = try await TestSite.make()
        let host = try await user(in: test).organization
        try await test.visit { client in
            let browser = Browser(client)
            for _ in 0..<5 {
                let refused = try await browser.signIn(email, "otra cosa cualquiera")
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("no son correctos"))
                #expect(!refused.text.contains("otra cosa cualquiera"), "a password never comes back")
            }
            let locked = try await browser.signIn(email, phrase)
            #expect(locked.status == .tooManyRequests)
            #expect(locked.text.contains("15 minutos"))
            // A login that nobody has is answered alike.
            for _ in 0..<5 { try await browser.signIn("nadie@ejemplo.invalid", "x") }
            #expect(try await browser.signIn("nadie@ejemplo.invalid", "x").status == .tooManyRequests)
            test.tenants.clock.advance(by: 901)
            #expect(try await browser.signIn(email, phrase).location == "/o/\(host.slug)")
        }
    }

    @Test func `a code of the second step is good once, and a recovery code once`() async throws {
        let test = try await TestSite.make()
        let host = try await user(.electionCommittee, in: test).organization
        try await test.visit { client in
            let browser = Browser(client)
            #expect(try await browser.signIn(email, phrase).location == "/entrar/segundo-paso")
            // Nothing is open before it is set up.
            #expect(try await browser.open("/o/\(host.slug)").status != .ok)
            let page = try await browser.open("/entrar/segundo-paso")
            let typed = try #require(page.text.firstMatch(of: /la clave: <code>([^<]+)<\/code>/)?.output.1)
            let secret = try #require(TOTPSecret(typed: String(typed)))
            let first = secret.code(at: test.tenants.clock.now)
            let codes = try await browser.send(["secret.code": first], to: "/entrar/segundo-paso")
            #expect(codes.status == .ok)
            let recovery = codes.text.matches(of: /<li><code>([^<]+)<\/code><\/li>/).map {
                String($0.output.1)
            }
            #expect(recovery.count == 10)
            #expect(try await browser.open("/o/\(host.slug)").status == .ok)

            func enters(_ code: String) async throws -> Bool {
                let other = Browser(client)
                #expect(try await other.signIn(email, phrase).location == "/entrar/codigo")
                #expect(try await other.open("/o/\(host.slug)").status != .ok)
                try await other.open("/entrar/codigo")
                return try await other.send(["secret.code": code], to: "/entrar/codigo").status == .seeOther
            }
            #expect(try await !enters(first), "the code that set it up was used")
            test.tenants.clock.advance(by: 30)
            let next = secret.code(at: test.tenants.clock.now)
            #expect(try await enters(next))
            #expect(try await !enters(next), "a code overheard is worth nothing")
            #expect(try await enters(recovery[0]))
            #expect(try await !enters(recovery[0]))
            #expect(try await enters(recovery[1].uppercased()))
        }
    }

    @Test func `an invitation opens once and within its week`() async throws {
        let test = try await TestSite.make()
        let host = try await test.tenants.insurer()
        let invitation = try await test.tenants.invite(.office, of: host, email: email)
        let late = try await test.tenants.invite(.office, of: host, email: "beto@ejemplo.invalid")
        try await test.visit { client in
            let browser = Browser(client)
            let path = "/invitacion/\(invitation.code)"
            #expect(try await browser.open(path).text.contains("Ana Prueba"))
            let weak = try await browser.send(
                ["secret.password": "corta", "secret.repeated": "corta"], to: path)
            #expect(weak.status == .unprocessableContent)
            let other = try await browser.send(
                ["secret.password": phrase, "secret.repeated": phrase + "."], to: path)
            #expect(other.status == .unprocessableContent)
            let opened = try await browser.send(
                ["secret.password": phrase, "secret.repeated": phrase], to: path)
            #expect(opened.location == "/o/\(host.slug)")
            #expect(try await browser.open(path).status == .notFound)
            test.tenants.clock.advance(by: 604_801)
            #expect(try await Browser(client).open("/invitacion/\(late.code)").status == .notFound)
            #expect(try await Browser(client).open("/invitacion/abcde-fghjk-mnpqr-stuvw").status == .notFound)
        }
    }

    @Test func `the address decides in which entity who works in two of them acts`() async throws {
        let test = try await TestSite.make()
        let host = try await user(in: test).organization
        let other = try await test.tenants.insurer("Otra EPS de prueba")
        let stranger = try await test.tenants.insurer("Tercera EPS de prueba")
        let joined = try await test.tenants.invite(.officeAdministrator, of: other, email: email)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open("/invitacion/\(joined.code)")
            let sum = try await browser.send(["join": "1"], to: "/invitacion/\(joined.code)")
            #expect(sum.location == "/o/\(other.slug)")
            // Back and forth, each with its own rights.
            #expect(try await browser.open("/o/\(other.slug)/usuarios").status == .ok)
            #expect(try await browser.open("/o/\(host.slug)/usuarios").status == .forbidden)
            #expect(try await browser.open("/o/\(host.slug)/alianzas").status == .ok)
            #expect(try await browser.open("/o/\(other.slug)/usuarios").status == .ok)
            // What is no entity of theirs is as if it were not there.
            #expect(try await browser.open("/o/\(stranger.slug)").status == .notFound)
            #expect(try await browser.open("/o/no-existe").status == .notFound)
        }
    }

    @Test func `a form without the proof of a page of ours does nothing`() async throws {
        let test = try await TestSite.make()
        let (host, _) = try await user(.officeAdministrator, in: test)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            let path = "/o/\(host.slug)/usuarios/invitar"
            try await browser.open(path)
            let fields = [
                "name": "Beto Prueba", "email": "beto@ejemplo.invalid", "office_title": "Cargo",
                "role": "oficina", "alliance": "entidad",
            ]
            // The token of a page of somebody else's browser.
            let other = Browser(client)
            let foreign = try await other.open("/entrar").text.firstMatch(of: /name="_ficha" value="([^"]+)"/)
            for token in ["", "nada", String(try #require(foreign).output.1)] {
                let refused = try await browser.send(fields, to: path, token: token)
                #expect(![.ok, .seeOther].contains(refused.status), "\(token)")
            }
            func users() async throws -> Int {
                try await test.tenants.database.read(TenantScope(.system(in: host.id))) {
                    try await $0.users()
                }.count
            }
            #expect(try await users() == 1)
            try await browser.open(path)
            #expect(try await browser.send(fields, to: path).status == .ok)
            #expect(try await users() == 2)
        }
    }

    @Test func `signing out ends the session for whoever kept its cookie`() async throws {
        let test = try await TestSite.make()
        let host = try await user(in: test).organization
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open("/cuenta")
            let stolen = try #require(await browser.session)
            try await browser.send([:], to: "/salir")
            let answer = try await client.execute(
                uri: "/o/\(host.slug)", method: .get, headers: [.cookie: "sesion=\(stolen)"])
            #expect(answer.status != .ok)
        }
    }
}

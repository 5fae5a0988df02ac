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

@Suite struct SessionPagesTests {
    /// An entity whose administrator chose a password.
    private func host(of test: TestSite) async throws -> Organization {
        let host = try await test.tenants.insurer()
        let invitation = try await test.tenants.invite(.officeAdministrator, of: host, email: email)
        _ = try await test.tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase,
            from: Visitor(address: "192.0.2.1", userAgent: nil))
        return host
    }

    private let invited = [
        "name": "Beto Prueba", "email": "beto@ejemplo.invalid", "office_title": "Profesional",
        "role": "oficina", "alliance": "entidad",
    ]

    @Test func `what was typed outlives the session, and is sent once its owner is back`() async throws {
        let test = try await TestSite.make()
        let host = try await host(of: test)
        let path = "/o/\(host.slug)/usuarios/invitar"
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open(path)
            test.tenants.clock.advance(by: Double(test.tenants.identity.limits.idleSeconds) + 1)
            let kept = try await browser.send(invited, to: path)
            #expect(kept.status == .unauthorized)
            #expect(kept.text.contains("guardado en esta página"))
            for value in invited.values { #expect(kept.text.contains("value=\"\(value)\"")) }
            // In another tab they come in; this page asks once more, and then it is done.
            try await browser.signIn(email, phrase)
            let asked = try await browser.send(invited, to: path, token: "de la sesión anterior")
            #expect(asked.status == .conflict)
            #expect(asked.text.contains("value=\"Beto Prueba\""))
            #expect(try await browser.send(invited, to: path).status == .ok)
            let users = try await test.tenants.database.read(TenantScope(.system(in: host.id))) {
                try await $0.users()
            }
            #expect(users.count == 2)
        }
    }

    @Test func `a password is not kept with the rest of a form whose session ended`() async throws {
        let test = try await TestSite.make()
        _ = try await host(of: test)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open("/cuenta/contrasena")
            test.tenants.clock.advance(by: Double(test.tenants.identity.limits.idleSeconds) + 1)
            let kept = try await browser.send(
                ["secret.current": phrase, "secret.password": "otra frase", "nota": "sí"],
                to: "/cuenta/contrasena")
            #expect(kept.status == .unauthorized)
            #expect(kept.text.contains("value=\"sí\""))
            #expect(!kept.text.contains(phrase) && !kept.text.contains("otra frase"))
        }
    }

    @Test func `two windows in two entities do not take each other's page away`() async throws {
        let test = try await TestSite.make()
        let host = try await host(of: test)
        let other = try await test.tenants.insurer("Otra EPS de prueba")
        let joined = try await test.tenants.invite(.officeAdministrator, of: other, email: email)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open("/invitacion/\(joined.code)")
            try await browser.send(["join": "1"], to: "/invitacion/\(joined.code)")
            let found = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for number in 0..<60 {
                    let slug = number.isMultiple(of: 2) ? host.slug : other.slug
                    group.addTask { try await browser.open("/o/\(slug)/usuarios").status }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(found == [.ok: 60])
        }
    }

    @Test func `who looks in from outside leaves the trace of entering where they enter, once`() async throws
    {
        let test = try await TestSite.make()
        let host = try await host(of: test)
        let alliance = try await test.tenants.alliance(in: host)
        let other = try await test.tenants.insurer("Otra EPS de prueba")
        let guarantor = try await test.tenants.invite(
            .guarantor, of: host, in: .alliance(alliance.id), name: "Cira Prueba",
            email: "cira@ejemplo.invalid")
        _ = try await test.tenants.identity.accept(
            guarantor.code, password: phrase, repeated: phrase,
            from: Visitor(address: "192.0.2.1", userAgent: nil))
        let joined = try await test.tenants.invite(.office, of: other, email: "cira@ejemplo.invalid")
        @Sendable func entered() async throws -> Int {
            try await test.tenants.database.read(TenantScope(.system(in: host.id))) { transaction in
                try await transaction.events(
                    of: .office, matching: LogFilter(action: "tenancy.session.entered"))
            }.count
        }
        let before = try await entered()
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn("cira@ejemplo.invalid", phrase)
            try await browser.open("/invitacion/\(joined.code)")
            try await browser.send(["join": "1"], to: "/invitacion/\(joined.code)")
            try await browser.send([:], to: "/salir")
            try await browser.signIn("cira@ejemplo.invalid", phrase)
            let after = try await entered()
            try await browser.open("/publico/\(host.slug)/\(alliance.slug)")
            #expect(try await entered() == after, "a page for everybody is no entering")
            for slug in [host.slug, other.slug, host.slug, other.slug, host.slug] {
                #expect(try await browser.open("/o/\(slug)").status == .ok)
            }
            #expect(try await entered() == after + 1)
            #expect(after > before)
        }
    }

    @Test func `a page that renews itself keeps no session open`() async throws {
        let test = try await TestSite.make()
        let host = try await host(of: test)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            let session = try #require(await browser.session)
            let idle = Double(test.tenants.identity.limits.idleSeconds)
            let renewal = try #require(HTTPField.Name("Alianzas-Renewal"))
            for _ in 0..<3 {
                test.tenants.clock.advance(by: idle / 3)
                _ = try await client.execute(
                    uri: "/o/\(host.slug)/tareas", method: .get,
                    headers: [.cookie: "sesion=\(session)", renewal: "1"])
            }
            #expect(try await browser.open("/o/\(host.slug)/tareas").status == .seeOther)
        }
    }

    @Test func `a session that cannot be read ends no other`() async throws {
        let test = try await TestSite.make()
        _ = try await host(of: test)
        try await test.visit { client in
            let other = Browser(client)
            try await other.signIn(email, phrase)
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            try await browser.open("/cuenta")
            let refused = try await browser.send(["session": "ninguna"], to: "/cuenta/sesiones/cerrar")
            #expect(refused.status != .seeOther)
            #expect(try await other.open("/cuenta").status == .ok)
            try await browser.open("/cuenta")
            try await browser.send([:], to: "/cuenta/sesiones/cerrar")
            #expect(try await other.open("/cuenta").status != .ok)
        }
    }

    @Test func `a request for the head of a page opens nothing that leaves a trace`() async throws {
        let test = try await TestSite.make()
        let host = try await host(of: test)
        let administrator = try await test.tenants.principal(
            .officeAdministrator, of: host, name: "Beto Prueba")
        let file = try await test.tenants.runner.run(
            StoreFile(
                try StoredFile(
                    name: "acta.txt", content: Array("Acta".utf8),
                    effectiveOn: CalendarDate(dayNumber: 20_525)), as: .entity, in: .office),
            as: administrator)
        try await test.visit { client in
            let browser = Browser(client)
            try await browser.signIn(email, phrase)
            let session = try #require(await browser.session)
            let answer = try await client.execute(
                uri: "/o/\(host.slug)/archivos/\(file)/contenido", method: .head,
                headers: [.cookie: "sesion=\(session)"])
            #expect(answer.status == .methodNotAllowed)
            #expect(try await client.execute(uri: "/", method: .head).status == .ok)
        }
        let log = try await test.tenants.database.read(TenantScope(.system(in: host.id))) { transaction in
            try await transaction.events(of: .office, matching: LogFilter(action: "tenancy.file.opened"))
        }
        #expect(log.isEmpty)
    }

    @Test(arguments: ["%00", "a%00b", "%01%02", "%1Fx%7F"])
    func `signs that no keyboard has are left out of what is asked`(text: String) async throws {
        let test = try await TestSite.make()
        try await test.visit { client in
            let answer = try await Browser(client).open("/?q=\(text)")
            #expect(answer.status == .ok)
        }
        #expect(QueryItem.list(of: "q=a\(text)%0Ab%09c").first?.value.contains("\n") == true)
        #expect(
            QueryItem.list(of: "q=\(text)").allSatisfy { item in
                item.value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            })
    }
}

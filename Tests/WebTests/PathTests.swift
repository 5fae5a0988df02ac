import Hummingbird
import Kernel
import Testing

@testable import Web

private enum Process {}

extension Path {
    fileprivate static let slates = Route<ID<Process>>("/o/{tenant}/procesos/{process}/planchas")
    fileprivate static let office = FixedRoute("/o/{tenant}")
    fileprivate static let start = FixedRoute("/")
    fileprivate static let day = Route<CalendarDate, Int>("/calendario/{day}/actos/{number}")
}

@Suite struct PathTests {
    private let process = ID<Process>("0190a0b0-c0d0-7000-8000-000000000001")
    private let mutual = TenantSlug(rawValue: "mutual-ser")

    @Test func `a tenant's place is that of the page, or of the tenant that is named`() throws {
        let process = try #require(process)
        let other = try #require(TenantSlug(rawValue: "aliansalud"))
        let path: Path = .slates(process)
        #expect(path.text(in: mutual) == "/o/mutual-ser/procesos/\(process)/planchas")
        #expect(path.of(other).text(in: mutual) == "/o/aliansalud/procesos/\(process)/planchas")
        #expect(Path.office().text(in: mutual) == "/o/mutual-ser")
        #expect(Path.start().text(in: mutual) == "/")
    }

    @Test func `a link is written where it is named`() throws {
        var html = HTML(in: Surroundings(tenant: mutual))
        html.a("Planchas", .href(.slates(try #require(process))))
        #expect(html.string.hasPrefix(#"<a href="/o/mutual-ser/procesos/"#))
    }

    @Test func `query and anchor are encoded`() {
        let path = Path.start().with("q", "peña & cía").with("orden", nil).at(anchor: "fila 3")
        #expect(path.text(in: nil) == "/?q=pe%C3%B1a%20%26%20c%C3%ADa#fila%203")
        #expect(path.with("q", nil).text(in: nil) == "/#fila%203")
    }

    @Test func `what a link prints the router's values read back`() throws {
        let day = try #require(CalendarDate("2026-03-13"))
        #expect(Path.day(day, 4).text(in: nil) == "/calendario/2026-03-13/actos/4")
        let values = try Path.day.values(in: ["day": "2026-03-13", "number": "4"])
        #expect(values.0 == day && values.1 == 4)
        #expect(throws: NoSuchPage.self) {
            try Path.day.values(in: ["day": "2026-02-30", "number": "4"])
        }
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,<p>", "vbscript:x", "//evil.example", "/\\evil.example", "https://", "mailto:", "",
        "https://a b", "http://a\\b", "file:///etc/passwd",
    ])
    func `no address but of web, mail and telephone is one`(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `addresses of web, mail and telephone are`() {
        #expect(WebAddress("https://www.example.com/a?b=c#d")?.text == "https://www.example.com/a?b=c#d")
        #expect(WebAddress(mail: "oficina@example.com")?.text == "mailto:oficina@example.com")
        #expect(WebAddress(mail: "a@b?cc=c@d") == nil)
        #expect(WebAddress(telephone: "+57 (601) 555 01 00")?.text == "tel:+576015550100")
    }

    @Test(arguments: [
        "", "-", "a--b", "-a", "Mutual", "mutual ser", "ñ", "a/b", String(repeating: "a", count: 61),
    ])
    func `what is no slug is refused`(text: String) {
        #expect(TenantSlug(rawValue: text) == nil)
    }
}

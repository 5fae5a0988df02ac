import Kernel
import Reporting
import Tenancy

/// A public statement as anybody reads it: what it says, to whom it went, and what each of them answered.
struct PublicStatementPage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    let statement: PublishedStatement
    let today: CalendarDate

    var title: String { statement.subject }
    var lead: String? {
        "Comunicado público \(statement.number) · \(alliance.name) · \(SpanishFormat.longDate(statement.issuedOn))"
    }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.article(.class("call")) { text in
            text.paragraphs(of: statement.body)
            text.p { $0.strong(statement.signers.joined(separator: "; ")) }
        }
        guard !statement.addressees.isEmpty else { return }
        html.section("A quién se dirigió y qué respondió", id: "respuestas") { part in
            part.ul(.class("dossier")) { list in
                for addressee in statement.addressees {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3(addressee.name)
                            head.status(addressee.status(on: today))
                        }
                        if let answer = addressee.answer { item.blockquote(answer) }
                        if let day = addressee.deliveredOn {
                            item.p("Lo recibió el \(SpanishFormat.longDate(day)).", .class("form-text"))
                        }
                    }
                }
            }
        }
    }
}

extension PublishedStatement.Addressee {
    /// How they stand on a day as a chip: what they answered, or since when nothing came.
    func status(on today: CalendarDate) -> Status {
        if let answeredOn { return Status("Respondió el \(SpanishFormat.shortDate(answeredOn))", .met) }
        guard let deliveredOn else { return Status("Sin constancia de entrega", .open) }
        let days = today - deliveredOn
        return Status(
            days == 0
                ? "Lo recibió hoy" : "Sin respuesta desde hace \(SpanishFormat.count(days, "día", "días"))",
            .due)
    }
}

extension PublishedStatement {
    /// How many answered, in words.
    func answersInWords(on today: CalendarDate) -> String {
        guard let only = addressees.first else { return "Para todo el público" }
        if addressees.count == 1 { return only.status(on: today).word }
        let answered = addressees.count { $0.answeredOn != nil }
        return "\(answered == 1 ? "Respondió" : "Respondieron") \(answered) de \(addressees.count)"
    }
}

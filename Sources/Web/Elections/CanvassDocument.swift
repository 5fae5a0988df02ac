import Elections
import Foundation
import Kernel
import Tenancy

/// The acta de escrutinio of a contest, printed from what its page shows.
struct CanvassDocument: PrintedDocument {
    /// The kind under which it is issued, about its contest.
    static let kind = "acta-de-escrutinio"
    /// The kind under which what anybody may read of it is issued.
    static let publicKind = "acta-de-escrutinio-publica"

    let report: CanvassReport
    let entity: Organization
    /// Whether it is for anybody: the report leaves out the names of those who only served.
    var isPublic = false

    var title: String {
        "Acta de escrutinio\(isPublic ? ", versión pública" : "") · \(report.contest)"
    }
    private var record: CanvassReport.Record? { report.records.last }
    var control: ControlHeader {
        ControlHeader(
            issuer: report.alliance, code: "Acta de escrutinio \(record.map { String($0.number) } ?? "")",
            version: report.proclaimedOn != nil || report.isFinal ? "Definitiva" : "Provisional",
            date: ColombianTime.date(at: record?.sealedAt ?? report.madeAt))
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, report.alliance)
        html.p(preamble)
        html.p(.class("result-sentence")) { $0.strong(report.sentence) }
        if let proclaimedOn = report.proclaimedOn {
            html.p("Las personas elegidas fueron proclamadas el \(SpanishFormat.longDate(proclaimedOn)).")
        }
        html.canvass(report, onPaper: true)
        guard !isPublic else {
            return html.p(
                "Esta versión es para el público: no lleva los nombres de jurados, testigos y quienes firman. El acta firmada la guarda la alianza.",
                .class("form-text"))
        }
        html.section(.class("part whole")) { part in
            part.h2("Firmas")
            part.signatures(report.signers.map { ($0.name, $0.role) })
        }
    }

    /// What was done, where and when.
    private var preamble: String {
        let places = report.places
        let day = report.beganAt
        let held = places.isEmpty ? "" : ", en \(SpanishFormat.list(places))"
        return SpanishFormat.sentence(
            "\(report.process). La votación de «\(report.contest)» se hizo el \(SpanishFormat.longDate(ColombianTime.date(at: day)))\(held). El comité electoral hizo el escrutinio el \(SpanishFormat.longDateAndTime(report.madeAt))"
        )
    }
}

/// What anybody may read of the result of an election.
struct PublicElectionPage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let process: ID<ElectoralProcess>
    let alliance: String
    let results: [PublishedResult]
    /// The printed actas that count.
    let documents: [IssuedDocument]

    var title: String { results.first?.report.process ?? "Elección" }
    var lead: String? { alliance }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "verificar-un-resultado" }

    func body(_ html: inout HTML) {
        for result in results {
            let report = result.report
            html.article(.class("published-result"), .id("eleccion-\(result.contest)")) { part in
                part.h2(report.contest)
                part.p(.class("result-sentence")) { line in
                    line.status(report.status)
                    line.text(" \(report.sentence)")
                }
                if !report.records.isEmpty {
                    part.p {
                        $0.action(
                            "Acta en PDF", to: .publicActa(tenant, slug, process, result.contest),
                            icon: .document)
                    }
                }
                part.canvass(report)
                part.boxBoards(of: report, in: tenant)
                if let record = report.records.last {
                    part.section("Texto sellado del acta") { seal in
                        seal.p(
                            "Guarde este texto en un archivo, tal cual y con un salto de línea al final, y calcule su SHA-256: debe dar el sello completo de arriba.",
                            .class("form-text"))
                        seal.details { details in
                            details.summary("Ver el texto")
                            details.pre(record.text, .class("document-text"))
                        }
                    }
                }
            }
        }
        if !documents.isEmpty {
            html.section("Actas impresas", id: "actas") { part in
                part.p("Con el código, cualquiera comprueba que un acta en papel es la que se emitió aquí.")
                part.ul { list in
                    for document in documents {
                        list.li { item in
                            item.text("\(document.title): código ")
                            item.a(
                                document.code,
                                .href(Path.verify().with(VerificationPage.marking.name, document.code)))
                        }
                    }
                }
            }
        }
    }
}

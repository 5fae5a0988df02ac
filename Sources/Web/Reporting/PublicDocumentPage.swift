import Kernel
import Reporting
import Tenancy

/// A document that an alliance published, as anybody reads it, with how to tell that it is the one.
struct PublicDocumentPage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    let content: PublishedContent
    /// The page itself, for whoever has it on paper.
    let address: WebAddress?

    private var document: PublishedDocument { content.document }

    var title: String { document.title }
    var lead: String? { "\(alliance.organizationName) · \(alliance.name)" }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "verificar" }

    func body(_ html: inout HTML) {
        html.p(
            SpanishFormat.sentence("Publicado el \(SpanishFormat.longDateAndTime(document.publishedAt))"),
            .class("form-text"))
        if content.mediaType.hasPrefix("text/plain") {
            let text = String(decoding: content.bytes, as: UTF8.self)
            html.article(.class("call")) {
                $0.call(text.withoutHead(alliance.name, alliance.organizationName))
            }
        }
        html.section("Cómo comprobar que es este") { part in
            part.p {
                $0.a("Descargar el archivo publicado", .href(.publicFile(tenant, slug, document.id)))
            }
            part.p(
                "El archivo tiene el texto tal como se publicó. Su huella (SHA-256) es:", .class("form-text"))
            part.p(.class("seal")) { $0.code(document.sha256.description, .class("digest")) }
            part.p { line in
                line.a(
                    "Verificar esta huella",
                    .href(
                        Path.verify().with(VerificationPage.marking.name, document.sha256.description)))
                line.text(". Quien tenga una copia en papel llega a esta página con el código:")
            }
            if let address, let code = try? QRCode(address.text) {
                part.qrCode(code, "Código que lleva a esta página")
            }
        }
    }
}

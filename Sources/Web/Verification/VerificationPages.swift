import Elections
import Foundation
import Kernel
import Reporting
import Tenancy

extension Path {
    /// What is known of the document that bears a code.
    static let verifyCode = Route<DocumentCode>("/verificar/{code}")
    /// Reckons the SHA-256 of a file, to look it up.
    static let verifyFile = FixedRoute("/verificar/archivo")
}

extension DocumentCode: PathValue {
    init?(pathText: String) { self.init(typed: pathText) }
    var pathText: String { description }
}

/// What somebody holds of a document: its code, or the SHA-256 of its file.
enum DocumentMarking: Sendable, Hashable {
    case code(DocumentCode)
    case digest(HashDigest)

    /// Reads what was typed, pasted or scanned: a code, a digest, or the address that a QR held.
    init?(_ text: String) {
        let last = text.split(separator: "/").last.map(String.init) ?? text
        let plain = last.filter { !$0.isWhitespace }
        if plain.count == 64, let digest = HashDigest(plain.lowercased()) {
            self = .digest(digest)
        } else if let code = DocumentCode(typed: last) {
            self = .code(code)
        } else {
            return nil
        }
    }
}

/// What was found of a document.
struct FoundDocuments: Sendable {
    /// Documents of the register.
    var issued: [Issued] = []
    /// Documents that are published, words and all.
    var publications: [FoundPublication] = []
    /// Actas and rolls whose seal it is.
    var seals: [(seal: PublishedSeal, address: PublicAddress)] = []

    /// A document of the register.
    struct Issued: Sendable {
        let document: IssuedDocument
        /// The name of its entity.
        let entity: String
        /// Where it is published now.
        let place: Path?
        /// What of it does not hold any more.
        var faults: [String] = []
    }

    /// Whether nothing was found.
    var isEmpty: Bool { issued.isEmpty && publications.isEmpty && seals.isEmpty }
}

/// Where anybody learns whether a document was issued here.
struct VerificationPage: Page {
    /// The question for a code or a digest.
    static let marking = Field.text(
        "codigo", "Código o huella del documento", max: 200,
        hint:
            "El código está al final del documento, como «k7m2p-9xq4r-hd3tw». La huella (SHA-256) tiene 64 letras y números."
    )
    /// The question for a file.
    static let file = Field.file(
        "file", "El archivo", accepting: [.pdf, .png, .jpeg, .csv, .xlsx, .json], megabytes: megabytes,
        hint: "Se compara y no se guarda.")
    static let megabytes = 25

    /// What was asked for.
    enum Question: Sendable {
        case nothing
        case unreadable(String)
        case asked(String, FoundDocuments)
    }

    let question: Question
    var form = FormState()

    var title: String {
        switch question {
        case .nothing, .unreadable: "Verificar un documento"
        case .asked(_, let found):
            found.isEmpty ? "No encontramos ese documento" : "Resultado de la verificación"
        }
    }
    var lead: String? {
        switch question {
        case .nothing: "Compruebe si un acta, un censo o un informe fue emitido aquí y si sigue vigente."
        case .unreadable, .asked: nil
        }
    }
    var trail: [Crumb] {
        switch question {
        case .nothing, .unreadable: [Crumb("Alianzas de usuarios", .start())]
        case .asked: [Crumb("Alianzas de usuarios", .start()), Crumb("Verificar un documento", .verify())]
        }
    }
    var help: HelpTopic { "verificar" }

    func body(_ html: inout HTML) {
        switch question {
        case .nothing: break
        case .unreadable(let text):
            html.note(
                .problem,
                "«\(text.prefix(60))» no es un código ni una huella. Cópielo del final del documento, con sus guiones o sin ellos."
            )
        case .asked(let marking, let found):
            if found.isEmpty { missing(marking, &html) } else { results(found, &html) }
        }
        questions(&html)
    }

    private func missing(_ marking: String, _ html: inout HTML) {
        html.note(.problem, "Nada de lo emitido aquí lleva esa marca") { note in
            note.p { line in
                line.text("Buscamos ")
                line.code(marking)
                line.text(".")
            }
            note.ul { list in
                list.li("Revise que copió el código completo.")
                list.li(
                    "Si comparó un archivo: basta que cambie una letra, o que se guarde de nuevo, para que ya no sea el mismo."
                )
                list.li("Si el documento dice venir de una alianza, pregunte en ella antes de confiar en él.")
            }
        }
    }

    private func results(_ found: FoundDocuments, _ html: inout HTML) {
        for document in found.issued { issued(document, &html) }
        for publication in found.publications { published(publication, &html) }
        for (seal, address) in found.seals { sealed(seal, at: address, &html) }
    }

    private func issued(_ found: FoundDocuments.Issued, _ html: inout HTML) {
        let (document, faults) = (found.document, found.faults)
        html.article(.class("verified")) { box in
            box.h2(document.title)
            box.p { $0.status(faults.isEmpty ? document.status : Status("Alterado", .overdue)) }
            if !faults.isEmpty {
                box.note(
                    .problem,
                    "Lo que se guarda aquí ya no es lo que se emitió: \(SpanishFormat.list(faults)). No confíe en una copia descargada hoy; una anterior se comprueba con su huella."
                )
            } else if let withdrawal = document.withdrawal {
                box.p(
                    "Se anuló el \(SpanishFormat.longDate(ColombianTime.date(at: withdrawal.at))): \(withdrawal.reason)"
                )
            } else if document.isSuperseded {
                box.p(
                    "Fue emitido aquí, pero después se emitió otra versión que lo reemplaza. Pida la más nueva."
                )
            } else {
                box.p("Fue emitido aquí y es la última versión.")
            }
            box.facts(
                Fact("De", document.issuer), Fact("Entidad", found.entity),
                Fact("Fecha del documento", document.datedOn),
                Fact("Emitido", SpanishFormat.longDateAndTime(document.issuedAt)),
                Fact("Versión", document.version),
                Fact("Código") { $0.code(document.code) },
                Fact("Huella del archivo (SHA-256)") { $0.code(document.sha256?.description ?? "") })
            if let place = found.place {
                box.action("Ver lo publicado", to: place)
            }
        }
    }

    private func published(_ found: FoundPublication, _ html: inout HTML) {
        html.article(.class("verified")) { box in
            box.h2(found.document.title)
            box.p { $0.status(Status("Publicado aquí", .met)) }
            box.p("El archivo es, letra por letra, el que publicó la alianza.")
            box.facts(
                Fact("De", found.address.allianceName), Fact("Entidad", found.address.organizationName),
                Fact("Publicado", SpanishFormat.longDateAndTime(found.document.publishedAt)),
                Fact("Huella (SHA-256)") { $0.code(found.document.sha256.description) })
            if let (tenant, alliance) = found.address.slugs {
                box.action("Abrir el documento", to: .publicDocument(tenant, alliance, found.document.id))
            }
        }
    }

    private func sealed(_ seal: PublishedSeal, at address: PublicAddress, _ html: inout HTML) {
        html.article(.class("verified")) { box in
            box.h2(
                seal.record.map { "Acta de escrutinio \($0) · \(seal.contestName)" }
                    ?? "Censo electoral · \(seal.processName)")
            box.p { $0.status(Status("Sello publicado aquí", .met)) }
            box.p(
                seal.record == nil
                    ? "Es el sello del censo congelado con el que se votó."
                    : "Es el sello del acta que publicó la alianza.")
            box.facts(
                Fact("De", address.allianceName), Fact("Entidad", address.organizationName),
                Fact("Elección", seal.processName))
            if let (tenant, alliance) = address.slugs {
                box.action("Ver el resultado publicado", to: .publicElection(tenant, alliance, seal.process))
            }
        }
    }

    private func questions(_ html: inout HTML) {
        html.section("Con el código o la huella") { part in
            var state = FormState()
            if case .unreadable(let text) = question { state = state.filling(Self.marking, with: text) }
            part.queryForm(at: .verify(), state) { form in
                form.field(Self.marking)
                form.submit("Verificar")
            }
        }
        html.section("Con el archivo") { part in
            part.form(to: .verifyFile(), form, hasFiles: true) { form in
                form.field(Self.file)
                form.submit("Comparar el archivo", .secondary)
            }
        }
    }
}

extension IssuedDocument {
    /// Where the document stands, as a chip.
    fileprivate var status: Status {
        if withdrawal != nil { return Status("Anulado", .overdue) }
        return isSuperseded ? Status("Reemplazado", .due) : Status("Auténtico y vigente", .met)
    }
}

extension PublicAddress {
    /// The parts of the address of the alliance's public page.
    fileprivate var slugs: (TenantSlug, AllianceSlug)? {
        guard let tenant = TenantSlug(rawValue: organizationSlug),
            let alliance = AllianceSlug(rawValue: allianceSlug)
        else { return nil }
        return (tenant, alliance)
    }
}

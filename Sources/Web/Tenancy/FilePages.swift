import Foundation
import Governance
import Hummingbird
import Kernel
import Tenancy

extension Path {
    /// What is known of a file that the entity keeps.
    static let file = Route<ID<StoredFile>>("/o/{tenant}/archivos/{file}")
    /// Keeps a file as something else.
    static let fileClass = Route<ID<StoredFile>>("/o/{tenant}/archivos/{file}/clase")
    /// The content of a file; each opening is recorded.
    static let fileContent = Route<ID<StoredFile>>("/o/{tenant}/archivos/{file}/contenido")
}

/// What is known of a file that the entity keeps.
struct FilePage: Page {
    let file: FileRecord
    let storedBy: String?
    /// Where it belongs, in words.
    let place: String
    /// Where it is told how long it is kept, for whoever may see that.
    let retention: Path?
    let mayReclassify: Bool

    var title: String { file.name }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "verificar" }

    func actions(_ html: inout HTML) {
        if mayReclassify { html.action("Cambiar la clase de conservación", to: .fileClass(file.id)) }
        guard file.disposedAt == nil else { return }
        html.action("Abrir el archivo", to: .fileContent(file.id), .primary, icon: .download)
    }

    func body(_ html: inout HTML) {
        if let disposedAt = file.disposedAt {
            html.note(
                .info,
                "Su contenido se eliminó el \(SpanishFormat.longDate(ColombianTime.date(at: disposedAt))), después de su término de conservación. Su huella sigue probando cuál era."
            )
        }
        html.facts(
            Fact("Pertenece a", place), Fact("Tipo", file.mediaType.suffix.uppercased()),
            Fact("Tamaño", "\(SpanishFormat.number((file.byteCount + 1023) / 1024)) kB"),
            Fact("Fecha del documento", file.effectiveOn),
            Fact("Guardado", SpanishFormat.longDateAndTime(file.storedAt)), Fact("Guardado por", storedBy),
            Fact("Clase de conservación") { fact in
                fact.text(file.retention.title, leadingTo: retention)
                if let reason = file.reclassification {
                    fact.text(". Se cambió: \(SpanishFormat.sentence(reason))")
                }
            },
            Fact("Huella (SHA-256)") { $0.code(Hex.encode(file.sha256)) })
        html.note(
            .info, "Cada vez que alguien abre un archivo queda en el registro, con su nombre y la hora.")
    }
}

/// The files that an entity keeps, each for those of its space.
struct FileRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.file) { context, id in
            let file = try await context.file(id)
            return try await context.read(
                .openFiles, in: file.space, showing: Disclosure(of: id, details: ["fields": "file name"])
            ) { transaction in
                let storedBy = file.storedBy
                let alliance = file.space.alliance
                let known =
                    alliance == nil ? nil : try await transaction.alliances().first { $0.id == alliance }
                return FilePage(
                    file: file,
                    storedBy: storedBy == nil
                        ? nil : try await transaction.users().first { $0.id == storedBy }?.user.name,
                    place: alliance == nil ? "La entidad" : known?.name ?? "Una alianza",
                    retention: context.may(.seeDocuments, in: file.space)
                        ? known.flatMap { AllianceSlug(rawValue: $0.slug) }.map {
                            .fileRetention($0, file.id)
                        }
                        : nil,
                    mayReclassify: file.mayChangeClass && context.may(.reclassifyFiles, in: file.space))
            }
        }
        tenant.form(Path.fileClass, show: show, act: reclassify)
        tenant.get(Path.fileContent) { context, id in
            let opened = try await context.visit.site.runner.run(
                OpenFile(try await context.file(id)), as: context.principal)
            return Download(
                name: opened.record.name, mediaType: opened.record.mediaType.rawValue, bytes: opened.content,
                isInline: [.pdf, .png, .jpeg].contains(opened.record.mediaType))
        }
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ id: ID<StoredFile>
    ) async throws -> FileClassPage {
        let file = try await context.file(id)
        return try await context.read(
            .reclassifyFiles, in: file.space, showing: Disclosure(of: id, details: ["fields": "file name"])
        ) { _ in FileClassPage(file: file, form: state) }
    }

    @Sendable private func reclassify(
        _ context: TenantContext, _ form: Submission, _ id: ID<StoredFile>
    ) async throws -> Redirect {
        let file = try await context.file(id)
        let (retention, reason) = try form.read(FileClassPage.retention, FileClassPage.reason)
        try await context.run(ReclassifyFile(file, as: retention, because: reason), form)
        return Redirect(to: .file(id), "El archivo se conserva ahora como «\(retention.title)».")
    }
}

extension FileRecord {
    /// What is of an election is electoral, whatever it is called.
    fileprivate var mayChangeClass: Bool { if case .process = space { false } else { true } }
}

/// Keeps a file as something else than what follows from what it proves.
struct FileClassPage: Page {
    static let retention = Field.choice(
        "class", "Se conserva como", RetentionClass.allCases, title: \.title, style: .menu)
    static let reason = Field.text(
        "reason", "Por qué", max: 300, hint: "Por ejemplo: «Es la lista de asistencia, no un soporte».")

    let file: FileRecord
    let form: FormState

    var title: String { "Cambiar la clase de conservación" }
    var lead: String? { "«\(file.name)», que hoy se conserva como «\(file.retention.title)»." }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb(file.name, .file(file.id))] }
    var help: HelpTopic { "conservacion" }

    func body(_ html: inout HTML) {
        html.p(
            "La clase sale de lo que el archivo prueba. Cámbiela solo si no es eso: de ella depende cuánto se conserva."
        )
        html.form(
            to: .fileClass(file.id), form.isTyped ? form : form.filling(Self.retention, with: file.retention)
        ) {
            form in
            form.field(Self.retention)
            form.field(Self.reason)
            form.submit("Cambiar la clase", orBackTo: .file(file.id))
        }
    }
}

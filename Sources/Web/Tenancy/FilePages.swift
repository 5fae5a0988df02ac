import Foundation
import Hummingbird
import Kernel
import Tenancy

extension Path {
    /// What is known of a file that the entity keeps.
    static let file = Route<ID<StoredFile>>("/o/{tenant}/archivos/{file}")
    /// The content of a file; each opening is recorded.
    static let fileContent = Route<ID<StoredFile>>("/o/{tenant}/archivos/{file}/contenido")
}

/// What is known of a file that the entity keeps.
struct FilePage: Page {
    let file: FileRecord
    let storedBy: String?
    /// Where it belongs, in words.
    let place: String

    var title: String { file.name }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "verificar" }

    func actions(_ html: inout HTML) {
        html.action("Abrir el archivo", to: .fileContent(file.id), .primary, icon: .download)
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Pertenece a", place), Fact("Tipo", file.mediaType.suffix.uppercased()),
            Fact("Tamaño", "\(SpanishFormat.number((file.byteCount + 1023) / 1024)) kB"),
            Fact("Fecha del documento", file.effectiveOn),
            Fact("Guardado", SpanishFormat.longDateAndTime(file.storedAt)), Fact("Guardado por", storedBy),
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
                return FilePage(
                    file: file,
                    storedBy: storedBy == nil
                        ? nil : try await transaction.users().first { $0.id == storedBy }?.user.name,
                    place: alliance == nil
                        ? "La entidad"
                        : try await transaction.alliances().first { $0.id == alliance }?.name ?? "Una alianza"
                )
            }
        }
        tenant.get(Path.fileContent) { context, id in
            let opened = try await context.visit.site.runner.run(
                OpenFile(try await context.file(id)), as: context.principal)
            return Download(
                name: opened.record.name, mediaType: opened.record.mediaType.rawValue, bytes: opened.content,
                isInline: [.pdf, .png, .jpeg].contains(opened.record.mediaType))
        }
    }
}

import Foundation
import Governance
import Hummingbird
import Kernel
import NIOCore
import Tenancy

/// The copies of all that an alliance has: asked for, followed, taken away.
struct ExportsPage: Page {
    let heading: AllianceHeading
    let exports: [AllianceExport]
    let now: Date

    var title: String { "Copia completa de la alianza" }
    var lead: String? {
        "Lo que la alianza tiene aquí, en un solo archivo que se comprueba sin internet."
    }
    var trail: [Crumb] { heading.trail(from: .documents) }
    var help: HelpTopic { "documentos" }
    var refreshes: Int? { isMoving ? 5 : nil }

    private var isMoving: Bool { exports.contains(where: \.isUnderWay) }

    private enum Order: String, SortKey {
        case moment = "fecha"
        static let initial = Self.moment
    }

    /// What no copy holds, in the order in which people ask for it.
    private static let withheld = [
        "Las elecciones en curso: de ellas va solo lo ya publicado. Van completas cuando terminan, para que nadie sepa antes de tiempo lo que todavía es secreto.",
        "Quién llegó a votar, los reclamos del censo y los expedientes de los candidatos: los ve el comité electoral.",
        "Lo que respondió cada persona en una consulta: van los resultados de las que cerraron, sin desglose si respondieron muy pocas.",
        "Quién presentó cada queja: se ve una por una, diciendo para qué.",
        "Teléfonos y correos de quienes ya no son asociados o retiraron su autorización.",
        "La información que la entidad entregó bajo reserva: se devuelve o se destruye, y no se copia.",
        "El padrón de la entidad, sus cuentas y los códigos de un solo uso.",
    ]

    func body(_ html: inout HTML) {
        html.p(
            "La alianza vive en la plataforma de la entidad que vigila; esta copia es suya y no depende de nadie. Trae las tablas en JSON, los archivos, el registro de actuaciones y un manifiesto con la huella de cada cosa."
        )
        html.note(.warning, "Contiene datos personales") { note in
            note.p(
                "Nombres y documentos de los asociados, los teléfonos y correos de quienes lo son hoy, y lo que es solo de la junta. Guárdela con cuidado. Cada descarga queda en el registro."
            )
        }
        html.live(isOpen: isMoving) { part in
            if let current = exports.first(where: \.isUnderWay) {
                part.progress(
                    WorkProgress(
                        title: "Haciendo la copia", phase: current.phase, done: current.done,
                        total: current.total, state: current.state == .waiting ? .waiting : .running))
            } else {
                part.action("Pedir una copia", posting: .exports(heading.slug), .primary, icon: .download)
            }
            guard !exports.isEmpty else { return }
            part.section("Copias pedidas") { part in
                let slug = heading.slug
                let columns: [Column<AllianceExport, Order>] = [
                    .instant("Pedida") { $0.requestedAt },
                    .status("Estado") { $0.status(at: now) },
                    .text("Tamaño") {
                        $0.byteCount.map {
                            "\(SpanishFormat.number(($0 + 99_999) / 100_000, decimals: 1)) MB"
                        }
                    },
                    .integer("Archivos") { $0.entryCount },
                    .text("Huella del manifiesto") {
                        $0.manifestDigest.map { String($0.description.prefix(16)) }
                    },
                    .custom("Descargar") { html, export in
                        guard export.isThere(at: now) else {
                            let end = export.finishedAt == nil ? "" : "Se borró a los siete días"
                            return html.text(export.failure ?? end)
                        }
                        html.action(
                            "Descargar", posting: .export(slug, export.id), icon: .download, small: true)
                    },
                ]
                part.table("Copias pedidas", columns, exports)
            }
        }
        html.section("Qué no trae, y por qué") { part in
            part.ul { list in for line in Self.withheld { list.li(line) } }
            part.p("LEAME.txt, dentro de la copia, lo dice tabla por tabla.")
        }
        html.section("Cómo se comprueba") { part in
            part.p(
                "Dentro de la copia, LEAME.txt lo explica paso a paso. Con las huellas de SUMAS-SHA256.txt basta cualquier computador; la del manifiesto tiene que ser la que dice el registro de la alianza."
            )
        }
    }
}

extension AllianceExport {
    /// How it stands, as a chip.
    fileprivate func status(at now: Date) -> Status {
        guard finishedAt != nil else { return state.status }
        return isThere(at: now) ? Status("Lista", .met) : Status("Borrada", .plain)
    }
}

/// A file on disk, sent as it is read.
struct SentFile: Answer {
    let location: URL
    let name: String
    let mediaType: String
    let byteCount: Int

    func response(to visit: Visit) async throws -> Response {
        let location = location
        return Response(
            status: .ok, headers: .download(name, mediaType: mediaType),
            body: ResponseBody(contentLength: byteCount) { writer in
                let handle = try FileHandle(forReadingFrom: location)
                defer { try? handle.close() }
                while let bytes = try handle.read(upToCount: 128 * 1024), !bytes.isEmpty {
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }
}

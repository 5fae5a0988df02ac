import Elections
import Foundation
import Kernel
import Reporting
import Tenancy

extension Path {
    /// What anybody may see of an electronic box, while people vote and after.
    static let boxBoard = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}")
    /// The archive of a box as it goes on.
    static let boardArchive = Route<
        TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ArchiveName
    >(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/archivo/{archive}")
    /// Where a slip leads, short enough for a QR code that is read from paper in any light.
    static let slip = Route<TenantSlug, ElectionUUID>("/v/{tenant}/{election}")
    /// Where a receipt leads.
    static let receipt = Route<TenantSlug, ElectionUUID>("/v/{tenant}/{election}/tablero")
    /// Where a slip leads to: the way into the booth.
    static let boothDoor = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/votar")
}

/// The identifier of an election in its archive.
struct ElectionUUID: PathValue, RawRepresentable {
    let rawValue: String
}

/// The name of an archive's file: the identifier of its election, and for the one in which ballots were excluded, or as
/// it was before, which of them it is.
struct ArchiveName: PathValue, Hashable {
    let uuid: String
    /// 0 as the box was filled; a later one where ballots were excluded.
    let archive: Int

    var pathText: String { archive == 0 ? "\(uuid).bel" : "\(uuid).\(archive).bel" }

    init(_ uuid: String, _ archive: Int) {
        self.uuid = uuid
        self.archive = archive
    }

    init?(pathText: String) {
        let parts = pathText.split(separator: ".")
        guard parts.last == "bel", parts.count == 2 || parts.count == 3, let uuid = parts.first else {
            return nil
        }
        guard parts.count == 3 else {
            self.init(String(uuid), 0)
            return
        }
        guard let archive = Int(parts[1]), archive > 0 else { return nil }
        self.init(String(uuid), archive)
    }
}

/// Where the public page of a box stands.
struct BoothDoor: Sendable {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    let organization: ID<Organization>
    let process: ID<ElectoralProcess>
    let processName: String
    let board: BoxBoard

    var path: Path { path(for: .vote) }
    var boardPath: Path { .boxBoard(tenant, slug, process, board.id) }
    var trail: [Crumb] {
        [
            Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug)),
        ]
    }

    /// The door for a purpose.
    func path(for purpose: DoorPurpose) -> Path {
        .boothDoor(tenant, slug, process, board.id).with(DoorPurpose.name, purpose.query)
    }

    /// Where a code is asked for on the way to a purpose.
    func codePath(for purpose: DoorPurpose) -> Path {
        .votingCode(tenant, slug, process, board.id).with(DoorPurpose.name, purpose.query)
    }
}

extension BoxBoard {
    /// What the box is called in public.
    var title: String { isMock ? "Simulacro n.º \(number)" : "Urna electrónica n.º \(number)" }
}

/// The public board of a box: its keys, its ballots by their trackers, its archive, and how anybody verifies it.
struct BoxBoardPage: ListPage {
    /// What is answered to who looks for a tracker.
    enum TrackerAnswer {
        case found(BoardBallot)
        case missing
        /// What was typed is not as long as a tracker: so many signs.
        case incomplete(Int)
    }

    static var columns: [Column<BoardBallot, NoSort>] {
        [
            .integer("N.º") { $0.number },
            .text("Número de seguimiento") { $0.tracker.tracker },
            .text("Nota") { $0.isExcluded ? "Excluida antes de contar" : nil },
        ]
    }
    /// Ballots are excluded from few boxes.
    var shownColumns: [Column<BoardBallot, NoSort>] {
        board.archive > 0 ? Self.columns : Self.columns.dropLast()
    }

    let door: BoothDoor
    let rollSeal: String?
    let code: VotingCode
    /// The booth as one file, where ballots can be handed in from afar.
    let offline: OfflineBooth?
    /// What the archive says that came out; nothing before it is counted.
    let results: [BoardResult]
    /// Whether the order of the options was drawn.
    let isOrderDrawn: Bool
    /// What two people did with it, and the archives that it left.
    let history: BoxHistory?
    let query: ListQuery<NoSort>
    let found: Found<BoardBallot>
    /// What was typed into the search.
    let words: String
    /// The ballot that somebody looked for by its tracker; `nil` where nobody asked.
    let answer: TrackerAnswer?
    let now: Date

    var board: BoxBoard { door.board }

    var title: String { board.title }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "verificar-un-resultado" }
    var votingCode: [String] { ["board.js"] }

    func actions(_ html: inout HTML) {
        if board.isOpenFromAfar(at: now) { html.action("Votar a distancia", to: door.path) }
        html.action("Descargar el archivo de la urna", to: path(of: board.archive), icon: .download)
    }

    /// The archive that goes on, or one that it was derived from.
    func name(of archive: Int? = nil) -> ArchiveName { ArchiveName(board.uuid, archive ?? board.archive) }

    func path(of archive: Int) -> Path {
        .boardArchive(door.tenant, door.slug, door.process, board.id, name(of: archive))
    }

    func body(_ html: inout HTML) {
        if board.isMock { html.note(.warning, "Esto es un simulacro: nada de aquí cuenta en la elección.") }
        writeStanding(&html)
        writeSearch(&html)
        for result in results { writeResult(result, &html) }
        writeBallots(&html)
        writeFacts(&html)
        BoxTrust(trustees: board.trustees, threshold: board.threshold).write(&html)
        writeVerification(&html)
        writeCode(&html)
        if let offline { writeOffline(offline, &html) }
    }

    /// Where the box stands, since when, and by whom.
    private func writeStanding(_ html: inout HTML) {
        html.p { line in
            line.status(Status(board.state.title, board.state == .open ? .open : .sealed))
            line.text(" \(standingWords)")
        }
        if board.state == .annulled {
            html.note(.warning, "Esta urna se anuló") { note in
                note.p(annulmentWords)
                if let reason = history?.annulment { note.p(SpanishFormat.sentence("Motivo: \(reason)")) }
            }
        } else if let words = board.comingDoor(at: now) {
            html.p(words)
        }
    }

    private var standingWords: String {
        let hours = board.hours
        let closed = history?.step(.close)?.doneAt
        guard let opened = history?.step(.open)?.doneAt, let closed else {
            return SpanishFormat.sentence(hours.told(in: board.state, at: now))
        }
        // What was announced stands beside what was: a box may be closed before its hour.
        let received = SpanishFormat.sentence("Recibió votos \(BoxHours(from: opened, until: closed).words)")
        return "\(received) \(SpanishFormat.sentence("Su horario era \(hours.words)"))"
    }

    private var annulmentWords: String {
        guard let step = history?.step(.annul), let proposer = step.proposer else {
            return "Sus votos no cuentan, y su archivo queda aquí."
        }
        return
            "\(SpanishFormat.sentence("Fue el \(SpanishFormat.longDateAndTime(step.doneAt))")) Lo propuso una persona (\(proposer.role.lowercasedFirst)) y lo confirmó otra (\(step.doer.role.lowercasedFirst)). Sus votos no cuentan, y su archivo queda aquí."
    }

    /// All ballots, folded: what most come for is above and below them.
    private func writeBallots(_ html: inout HTML) {
        html.section("Papeletas recibidas") { part in
            part.p(
                "\(SpanishFormat.count(board.ballots, "papeleta", "papeletas")), con las de quienes cambiaron su voto. De cada persona cuenta la última. Quiénes votaron no se publica."
            )
            writeFigures(&part)
            let empty = EmptyState("Todavía no hay ninguna.")
            if board.ballots == 0 {
                part.list(self, empty: empty)
            } else {
                part.details(.class("more"), .open(query.page > 1)) { details in
                    details.summary("Ver los números de seguimiento de todas")
                    details.list(self, empty: empty)
                }
            }
            if board.archive > 0 {
                part.p { line in
                    line.text(
                        "Antes de contar se excluyeron papeletas: están marcadas en la lista. El archivo como estaba antes es "
                    )
                    line.a(name(of: 0).pathText, .href(path(of: 0)))
                    line.text(", y no cambia más. El que se cuenta es ")
                    line.a(name().pathText, .href(path(of: board.archive)))
                    line.text(".")
                }
            }
        }
    }

    /// From the ballots to the votes that count, once nothing is added any more.
    private func writeFigures(_ html: inout HTML) {
        guard let history, history.archives.last?.closing != nil else { return }
        let replaced = board.ballots - history.voters
        html.facts(
            [
                Fact("Personas que votaron", history.voters),
                Fact("Papeletas que su votante reemplazó", replaced),
                Fact(
                    "Votos excluidos antes de contar",
                    history.excluded == 0
                        ? "Ninguno"
                        : "\(SpanishFormat.number(history.excluded)), con \(SpanishFormat.count(history.excludedBallots, "papeleta", "papeletas"))"
                ),
                history.excluded > 0 ? Fact("Votos que cuentan", history.voters - history.excluded) : nil,
            ].compactMap(\.self))
    }

    private func writeSearch(_ html: inout HTML) {
        html.section("¿Está mi voto?") { part in
            part.queryForm(at: door.boardPath, FormState(), .class("search"), .role("search")) { form in
                form.div(.class("field")) { field in
                    field.label("Número de seguimiento", .class("form-label"), .for("tracker"))
                    field.input(
                        .type("text"), .id("tracker"), .name("seguimiento"), .value(words),
                        .class("form-control"), .autocomplete("off"), .maxLength(60))
                }
                form.div(.class("form-end")) {
                    $0.button("Buscar", .type("submit"), .class("btn btn-primary"))
                }
            }
            switch answer {
            case .found(let ballot):
                part.note(
                    ballot.isExcluded ? .warning : .done,
                    ballot.isExcluded
                        ? "Está en la urna, y dos personas la excluyeron antes de contar. El motivo está en el acta."
                        : "Sí: es la papeleta n.º \(ballot.number) de la urna.")
            case .missing:
                part.note(
                    .problem,
                    "Ninguna papeleta de la urna tiene el número «\(words)». Revíselo signo por signo, con sus mayúsculas y minúsculas; si es el que le mostraron, avise a un testigo o al comité electoral."
                )
            case .incomplete(0):
                part.note(
                    .warning,
                    "No escribió nada. Escriba el número de su comprobante, o lea su cuadro con la cámara del teléfono."
                )
            case .incomplete(let count):
                part.note(
                    .info,
                    count < HashDigest.trackerLength
                        ? "Lleva \(count) de \(HashDigest.trackerLength) signos. Escríbalos todos, con sus mayúsculas y minúsculas."
                        : "Escribió \(count) signos, y el número tiene \(HashDigest.trackerLength). Quite los que sobran."
                )
            case nil: break
            }
        }
    }

    private func writeResult(_ result: BoardResult, _ html: inout HTML) {
        html.section("Resultado de la urna: \(result.question)") { part in
            let columns: [Column<BoardResult.Line, NoSort>] = [
                .text("Opción") { $0.option ?? "Voto en blanco" }, .integer("Votos") { $0.votes },
            ]
            part.div(.class("figures")) {
                $0.table("Votos de la urna en \(result.question)", columns, result.lines)
            }
            part.p { line in
                line.text("Es lo que dice su archivo. ")
                line.a(
                    "El resultado de la elección",
                    .href(.publicElection(door.tenant, door.slug, door.process)))
                line.text(" suma además las mesas de papel, si las hubo.")
            }
        }
    }

    private func writeFacts(_ html: inout HTML) {
        html.section("Lo que quedó sellado") { part in
            part.facts(
                [
                    rollSeal.map { seal in Fact("Sello del censo") { $0.code(seal, .class("digest")) } },
                    Fact("Huella de la elección") { fact in
                        fact.code(board.fingerprint, .class("digest"))
                        fact.p {
                            $0.text("En voz alta: ")
                            $0.code(board.spokenFingerprint, .class("digest"))
                        }
                    },
                    closing,
                    Fact("Último eslabón") { fact in
                        fact.code(board.head.digest.grouped, .class("digest"))
                        if board.archive > 0 { fact.p("Es el de \(name().pathText).", .class("form-text")) }
                    },
                    Fact("Eventos del archivo", board.head.events),
                    isOrderDrawn && !board.isMock
                        ? Fact("Orden de las opciones") {
                            $0.a(
                                "Se sorteó; cómo repetir el sorteo",
                                .href(.publicSlates(door.tenant, door.slug, door.process)))
                        } : nil,
                    Fact("Claves públicas", board.credentials),
                    Fact("Custodios de la llave", "\(board.trustees); bastan \(board.threshold) para contar"),
                ].compactMap(\.self))
        }
    }

    /// The link with which the box was closed, which moves no more: the trustees read it to each other. An archive without
    /// the ballots that were left out has one of its own.
    private var closing: Fact? {
        guard let history, let counted = history.archives.last, let digits = counted.closing else {
            return nil
        }
        return Fact("Cierre de la urna") { fact in
            fact.code(linked(digits), .class("digest"))
            let hour = history.step(.close).map { "Se cerró el \(SpanishFormat.longDateAndTime($0.doneAt))" }
            if let hour { fact.p(SpanishFormat.sentence(hour), .class("form-text")) }
            guard counted.number > 0, let first = history.archives.first?.closing else { return }
            fact.p(
                "Es el de \(name(of: counted.number).pathText), el archivo que se cuenta y el que leen los custodios. El de \(name(of: 0).pathText), antes de excluir, era:",
                .class("form-text"))
            fact.code(linked(first), .class("digest"))
        }
    }

    private func writeOffline(_ booth: OfflineBooth, _ html: inout HTML) {
        html.section("Votar sin confiar en esta página", id: "sin-conexion") { part in
            part.p(
                "Quien no quiera votar con la página que le manda el servidor puede bajar la cabina antes, en un solo archivo, comprobar su huella, desconectarse y votar con ella. Le guarda un archivo cifrado, que después entrega."
            )
            part.p { line in
                line.a(
                    "Descargar la cabina sin conexión",
                    .href(.offlineBooth(door.tenant, door.slug, door.process, board.id)))
            }
            part.p("Su huella (SHA-256) debe ser esta, también para quien la baje desde otro lugar:")
            part.p { $0.code(booth.sha256.description, .class("digest")) }
            part.command("sha256sum \(booth.name)")
            part.p { line in
                line.text("Cuando tenga su voto: ")
                line.a("Entregar un voto hecho sin conexión", .href(door.path(for: .handIn)))
            }
        }
    }

    private func writeCode(_ html: inout HTML) {
        html.section("El programa con que se vota") { part in
            part.p(
                "Es este, y no otro: sus archivos se pueden leer, y la huella de todos juntos es la que está en su dirección."
            )
            part.p { $0.code(code.digest.description, .class("digest")) }
            part.details(.class("technical")) { details in
                details.summary("Sus archivos")
                details.ul { list in
                    for module in code.modules {
                        list.li { item in
                            item.a(module.name, .href(code.path(module.name)))
                            item.text(" ")
                            item.code(module.sha256.description, .class("digest"))
                        }
                    }
                }
                details.p("Guardados en una carpeta, la huella sale con: LC_ALL=C sha256sum * | sha256sum")
            }
        }
    }
}

import Elections
import Foundation
import Kernel

/// Takes in a ballot that was made without connection. It needs no script: whoever does not trust the page runs none of it.
struct HandInPage: Page {
    static let file = Field.file(
        "file", "El archivo del voto", accepting: [.json], megabytes: megabytes,
        hint: "El que le guardó la cabina sin conexión. Su nombre empieza con «voto-».", tellsLimit: false
    ).conditional()
    static let text = Field.paragraphs(
        "ballot", "O el voto como texto", max: 400_000, rows: 4,
        hint: "Cópielo entero de la cabina y péguelo aquí.", tellsLimit: false
    ).conditional()
    private static let megabytes = 4

    /// How much is read of the form: the longest ballot, as a file and as text, with the white space that messages put
    /// into it; and the form's own fields.
    static func limit(longestBallot: Int) -> Submission.Limit {
        let most = longestBallot + longestBallot / 8
        return Submission.Limit(text: most + 4_096, file: most, filesOfOne: 1, allFiles: most)
    }

    let door: BoothDoor
    /// Whether who asks was let in.
    let isLetIn: Bool
    let form: FormState

    var title: String { "Entregar un voto hecho sin conexión" }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "votar-con-clave" }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        guard isLetIn else {
            html.emptyState(
                EmptyState(
                    "Primero compruebe que es usted.", next: "Escribir mi documento",
                    to: door.path(for: .handIn)))
            return
        }
        html.p("El voto está cifrado: al entregarlo nadie ve por quién votó.")
        html.form(
            to: .handInBallot(door.tenant, door.slug, door.process, door.board.id), form, hasFiles: true
        ) { form in
            form.field(Self.file)
            form.field(Self.text)
            form.submit("Entregar el voto")
        }
    }

    /// The text of the ballot that was sent. Mail and messages break long lines, and a ballot has no white space of its own.
    static func ballot(in form: Submission) throws -> [UInt8] {
        let (file, text) = try form.read(file, text)
        guard let ballot = try file?.content() ?? text.map({ Array($0.utf8) }) else {
            throw InvalidInput([
                .init(field: Self.file.name, message: "Elija el archivo del voto, o pegue el texto.")
            ])
        }
        let dense = ballot.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        // Whoever picked another file is not told that their vote was damaged.
        guard dense.starts(with: Self.beginning.utf8) else {
            throw InvalidInput([
                .init(
                    field: file == nil ? Self.text.name : Self.file.name,
                    message:
                        "Eso no es el que le guardó la cabina sin conexión. Escoja el archivo cuyo nombre empieza con «voto-», o pegue el texto entero."
                )
            ])
        }
        return dense
    }

    /// With what every ballot begins.
    private static let beginning = "{\"election_uuid\":"

    /// Words for who comes with a file: they vote in another booth than this page's.
    static func refusal(of error: CastError) -> any Error {
        switch error {
        case .notCanonical, .otherElection, .falseProof:
            InvalidInput([
                .init(
                    field: file.name,
                    message:
                        "El voto llegó dañado, o es de otra urna, y no se guardó. Escoja el archivo otra vez. Si vuelve a pasar, haga otro en la cabina sin conexión."
                )
            ])
        default: error
        }
    }
}

/// The receipt of a ballot that was handed in.
struct HandedInPage: Page {
    let door: BoothDoor
    let receipt: CastReceipt

    var title: String { "Su voto quedó en la urna" }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "votar-con-clave" }
    var frame: Frame { .narrow }

    private var groups: [String] {
        let signs = Array(receipt.tracker.tracker)
        return stride(from: 0, to: signs.count, by: 4).map { String(signs[$0..<min($0 + 4, signs.count)]) }
    }

    func body(_ html: inout HTML) {
        if door.board.isMock { html.note(.warning, "Esto es un simulacro: este voto no cuenta.") }
        if receipt.isReplacement { html.p("Reemplaza el voto que usted había enviado antes.") }
        html.h2("Su número de seguimiento")
        // In groups, as the booth shows it, to be compared by eye.
        html.p(.class("tracker")) { line in
            for group in groups { line.span(group) }
        }
        html.p(
            "Debe ser el mismo que le mostró la cabina sin conexión. Si es otro, avise al comité electoral. No dice por quién votó."
        )
        html.p(
            "Anótelo o tómele una foto: con él puede ver en el tablero público que su voto está en la urna.")
        // Behind a #, so that the server does not learn who looks up which ballot.
        html.p {
            $0.a("Abrir el tablero público", .href(door.boardPath.at(anchor: receipt.tracker.tracker)))
        }
    }
}

import Governance
import Kernel
import Tenancy

extension Path {
    /// The letters of an alliance.
    static let letters = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/cartas")
    /// In how long letters are answered.
    static let letterTerms = FixedRoute("/o/{tenant}/plazos-de-cartas")
    /// Confirms a term of answer.
    static let letterTerm = Route<CatalogueCode>("/o/{tenant}/plazos-de-cartas/{code}")
    /// Takes the confirmation of a term back.
    static let letterTermWithdrawal = Route<CatalogueCode>("/o/{tenant}/plazos-de-cartas/{code}/retirar")
    /// Begins a letter that is to go out.
    static let newLetter = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/cartas/nueva")
    /// Records a letter that came in.
    static let receiveLetter = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/cartas/recibida")
    /// A letter.
    static let letter = Route<AllianceSlug, ID<Letter>>("/o/{tenant}/alianzas/{alliance}/cartas/{letter}")
    /// The letter as a document.
    static let letterDocument = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/pdf")
    /// Changes a draft.
    static let editLetter = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/editar")
    /// Gives a letter its number.
    static let issueLetter = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/numerar")
    /// Keeps a file with a letter.
    static let attachLetterFile = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/archivo")
    /// Says how a letter that came in was dealt with, or why a draft is given up.
    static let settleLetter = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/cerrar")
    /// Shares a letter of the board's own space.
    static let shareLetter = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/compartir")
    /// Puts a public statement on the citizen's page.
    static let publishStatement = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/publicar")
    /// Takes it off that page.
    static let withdrawStatement = Route<AllianceSlug, ID<Letter>>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/retirar-publicacion")
    /// Records that somebody got a letter, or answered.
    static let followLetter = Route<AllianceSlug, ID<Letter>, Int, LetterTask>(
        "/o/{tenant}/alianzas/{alliance}/cartas/{letter}/destinatarios/{position}/{task}")
}

/// What is recorded of an addressee, as addresses name it.
enum LetterTask: String, PathValue, CaseIterable {
    case delivery = "entrega"
    case answer = "respuesta"

    var title: String {
        switch self {
        case .delivery: "Anotar la entrega"
        case .answer: "Anotar la respuesta"
        }
    }
}

extension Letter.Kind: PathValue {}
extension Letter.Direction: PathValue {}

extension LetterAddressee {
    /// How they stand on a day as a chip.
    func status(on day: CalendarDate) -> Status {
        switch standing(on: day) {
        case .toDeliver: Status("Por entregar", .due)
        case .waiting: Status("Entregada, sin plazo", .open)
        case .unconfirmed: Status("En plazo, sin confirmar", .unproven)
        case .unanswered: Status("Sin respuesta; plazo sin confirmar", .unproven)
        case .onTime: Status("En plazo", .open)
        case .near(let until): Status("Vence el \(SpanishFormat.shortDate(until))", .due)
        case .late(let since): Status("Vencida desde el \(SpanishFormat.shortDate(since))", .overdue)
        case .answered: Status("Respondió", .met)
        }
    }
}

extension ReadLetters.Line {
    /// Where the letter stands on a day as a chip.
    func status(on day: CalendarDate) -> Status {
        switch letter.state {
        case .draft: return Status("Borrador", .plain)
        case .dropped: return Status("Descartada", .sealed)
        case .received:
            if isAnswered { return Status("Respondida", .met) }
            if letter.settlement != nil { return Status("Atendida", .met) }
            return waitsForUs ? Status("Por responder", .due) : Status("Recibida", .plain)
        case .issued: break
        }
        guard !addressees.isEmpty else { return Status("Publicado", .met) }
        if answers == addressees.count { return Status("Respondida", .met) }
        if answers > 0 { return Status("Respondieron \(answers) de \(addressees.count)", .partial) }
        let delivered = addressees.count { $0.delivery != nil }
        if delivered > 0, delivered < addressees.count {
            return Status("Entregada a \(delivered) de \(addressees.count)", .partial)
        }
        // The one that stands worst tells of all.
        let order: [Status.Tone] = [.overdue, .due, .unproven, .open]
        let statuses = addressees.map { $0.status(on: day) }
        return order.lazy.compactMap { tone in statuses.first { $0.tone == tone } }.first
            ?? Status("Enviada", .open)
    }

    /// With whom it is exchanged.
    var partner: String {
        if let arrival = letter.arrival { return arrival.sender }
        let names = addressees.isEmpty ? letter.content.addressees : addressees.map(\.name)
        guard let first = names.first else { return "Público" }
        return names.count == 1 ? first : "\(first) y \(names.count - 1) más"
    }
}

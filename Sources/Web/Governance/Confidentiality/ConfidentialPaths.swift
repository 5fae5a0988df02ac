import Governance
import Kernel
import Tenancy

extension Path {
    /// What the entity handed to the board under confidentiality.
    static let confidential = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/informacion-reservada")
    /// Hands something over.
    static let giveConfidential = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/entregar")
    /// Who read what.
    static let confidentialReads = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/lecturas")
    /// Signs the undertaking.
    static let undertakeConfidentiality = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/compromiso")
    /// Sends a code to sign it with.
    static let undertakingCode = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/compromiso/codigo")
    /// The undertaking as a sheet to sign.
    static let undertakingSheet = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/compromiso/pdf")
    /// Keeps an undertaking that was signed on paper.
    static let bindUndertaking = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/compromiso/papel")
    /// Says that an undertaking holds no longer.
    static let withdrawUndertaking = Route<AllianceSlug, ID<ConfidentialityUndertaking>>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/compromisos/{undertaking}/retirar")
    /// Something that was handed over.
    static let confidentialItem = Route<AllianceSlug, ID<ConfidentialItem>>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/{item}")
    /// Adds a file to it.
    static let addConfidentialFile = Route<AllianceSlug, ID<ConfidentialItem>>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/{item}/archivo")
    /// Says that it may be read no longer.
    static let endConfidential = Route<AllianceSlug, ID<ConfidentialItem>>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/{item}/retirar")
    /// Reads a file of it.
    static let readConfidential = Route<AllianceSlug, ID<ConfidentialItem>, ID<ConfidentialFile>>(
        "/o/{tenant}/alianzas/{alliance}/informacion-reservada/{item}/archivos/{file}/leer")
    /// The words of the undertaking.
    static let confidentialityText = FixedRoute("/o/{tenant}/compromiso-de-confidencialidad")
}

extension ConfidentialItem {
    /// Where it stands as a chip.
    func status(on day: CalendarDate) -> Status {
        if end != nil { return Status("Retirada", .sealed) }
        return untilOn < day ? Status("Terminó su plazo", .sealed) : Status("Se puede leer", .open)
    }
}

extension ConfidentialityUndertaking {
    /// Where it stands as a chip.
    func status(on day: CalendarDate) -> Status {
        if withdrawal != nil { return Status("Retirado", .sealed) }
        if endsOn < day { return Status("Terminó el \(SpanishFormat.shortDate(endsOn))", .overdue) }
        return Status("Vigente hasta el \(SpanishFormat.shortDate(endsOn))", .met)
    }

    /// How and when it was signed, in words.
    var signedInWords: String {
        let day = SpanishFormat.date(startsOn)
        return switch signature {
        case .drawn: "Firma dibujada en pantalla, el \(SpanishFormat.longDateAndTime(signedAt))"
        case .code(let address):
            "Firma con el código enviado a \(address), el \(SpanishFormat.longDateAndTime(signedAt))"
        case .paper: "Firma en papel del \(day), con su copia guardada"
        }
    }
}

import Governance
import Kernel
import Tenancy

extension Path {
    /// The life of an alliance.
    static let life = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/vida")
    /// Records its call.
    static let newAllianceCall = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/vida/convocatoria")
    /// Records a step before the authority.
    static let newRegistryStep = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/vida/tramite")
    /// Begins a renewal.
    static let beginRenewal = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/vida/renovacion")
    /// Notes members who confirm.
    static let confirmMembers = Route<AllianceSlug, ID<Renewal>>(
        "/o/{tenant}/alianzas/{alliance}/vida/renovaciones/{renewal}/asociados")
    /// Notes members who confirm, by a list of documents on paper.
    static let confirmDocuments = Route<AllianceSlug, ID<Renewal>>(
        "/o/{tenant}/alianzas/{alliance}/vida/renovaciones/{renewal}/asociados/documentos")
    /// Ends a renewal.
    static let finishRenewal = Route<AllianceSlug, ID<Renewal>>(
        "/o/{tenant}/alianzas/{alliance}/vida/renovaciones/{renewal}/terminar")
    /// Gives a renewal up.
    static let dropRenewal = Route<AllianceSlug, ID<Renewal>>(
        "/o/{tenant}/alianzas/{alliance}/vida/renovaciones/{renewal}/descartar")
}

extension AllianceCall.Caller: PathValue {}
extension RegistryStep.Kind: PathValue {}

extension LifePeriod {
    /// Where the period stands, as a chip.
    func status(on day: CalendarDate) -> Status {
        switch standing(on: day) {
        case .running: Status("Vigente", .met)
        case .ending: .due
        case .over: terms.isConfirmed ? .overdue : Status("Sin confirmar", .unproven)
        }
    }

    /// Where it stands, in a sentence.
    func words(on day: CalendarDate) -> String {
        let source =
            terms.source.isEmpty
            ? "" : " (\(terms.source), \(terms.isConfirmed ? "confirmado" : "sin confirmar"))"
        let end = SpanishFormat.longDate(endsOn)
        return switch standing(on: day) {
        case .running(let days), .ending(let days, _):
            days == 0
                ? "El período de la alianza termina hoy\(source)."
                : "El período de la alianza termina el \(end), en \(SpanishFormat.count(days, "día", "días"))\(source)."
        case .over(let days):
            "El período de la alianza terminó el \(end), hace \(SpanishFormat.count(days, "día", "días"))\(source)."
        }
    }

    /// Whether people are to be told of its end.
    func isAlarming(on day: CalendarDate) -> Bool {
        if case .running = standing(on: day) { false } else { true }
    }
}

extension HTML {
    /// Writes the alarm of a period that ends soon or ended; nothing while it runs.
    mutating func lifeAlarm(_ period: LifePeriod?, on day: CalendarDate, of slug: AllianceSlug) {
        guard let period, period.isAlarming(on: day) else { return }
        note(.warning, "La alianza se renueva") { note in
            note.p { line in
                line.text(period.words(on: day))
                line.text(" ")
                line.a("Renovarla", .href(.life(slug)))
            }
        }
    }
}

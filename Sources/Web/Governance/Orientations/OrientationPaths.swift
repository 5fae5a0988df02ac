import Governance
import Kernel
import Tenancy

extension Path {
    /// What an alliance does between meetings.
    static let between = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/entre-reuniones")
    /// The orientations of an alliance.
    static let orientations = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/orientaciones")
    /// Records an orientation that somebody gave.
    static let newOrientation = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/orientaciones/nueva")
    /// How many orientations of each topic were given in each month of a year.
    static let orientationYear = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/orientaciones/resumen/{year}")
    /// An orientation.
    static let orientation = Route<AllianceSlug, ID<Orientation>>(
        "/o/{tenant}/alianzas/{alliance}/orientaciones/{orientation}")
    /// Records another orientation like one, given today.
    static let repeatOrientation = Route<AllianceSlug, ID<Orientation>>(
        "/o/{tenant}/alianzas/{alliance}/orientaciones/{orientation}/otra")
    /// Tells what was done for an orientation later.
    static let followOrientation = Route<AllianceSlug, ID<Orientation>>(
        "/o/{tenant}/alianzas/{alliance}/orientaciones/{orientation}/seguimiento")
    /// Takes an orientation that was recorded by mistake out of what counts.
    static let withdrawOrientation = Route<AllianceSlug, ID<Orientation>>(
        "/o/{tenant}/alianzas/{alliance}/orientaciones/{orientation}/quitar")
    /// The orientations that one gave.
    static let ownOrientations = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mis-orientaciones")
    /// Records an orientation that one gave.
    static let newOwnOrientation = Route<AllianceSlug>(
        "/o/{tenant}/alianzas/{alliance}/mis-orientaciones/nueva")
}

extension Orientation.Channel: PathValue {}
extension Orientation.Outcome: PathValue {}
extension Orientation.Capacity: PathValue {}

/// The code of a row of a catalogue (a topic, a term), as forms and addresses name it.
struct CatalogueCode: PathValue, Hashable, RawRepresentable {
    let rawValue: String

    init(rawValue: String) { self.rawValue = rawValue }
}

extension Orientation {
    /// Where it stands as a chip: what came of it, and whether something is to be done yet.
    func status(on today: CalendarDate) -> Status {
        if withdrawal != nil { return Status("No cuenta", .sealed) }
        if let followUp, followUp.doneOn == nil {
            return followUp.dueOn < today
                ? Status("Seguimiento atrasado", .overdue) : Status("Falta el seguimiento", .due)
        }
        return Status(outcome.title, outcome == .solved ? .met : .plain)
    }
}

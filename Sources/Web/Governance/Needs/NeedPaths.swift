import Governance
import Kernel
import Tenancy

extension Path {
    /// The needs that an alliance was told of.
    static let needs = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/necesidades")
    /// Records one.
    static let newNeed = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/necesidades/nueva")
    /// Those of a topic, with what they can lead to.
    static let needTopic = Route<AllianceSlug, Complaint.Category>(
        "/o/{tenant}/alianzas/{alliance}/necesidades/temas/{topic}")
    /// Puts those of a topic on an agenda.
    static let needsToMeeting = Route<AllianceSlug, Complaint.Category>(
        "/o/{tenant}/alianzas/{alliance}/necesidades/temas/{topic}/reunion")
    /// Says which activity those of a topic led to.
    static let needsToActivity = Route<AllianceSlug, Complaint.Category>(
        "/o/{tenant}/alianzas/{alliance}/necesidades/temas/{topic}/actividad")
    /// Says what came of one.
    static let answerNeed = Route<AllianceSlug, ID<Need>>(
        "/o/{tenant}/alianzas/{alliance}/necesidades/{need}/respuesta")
}

extension Need.State: PathValue {}

extension Need {
    /// Where it stands as a chip; an open one says what it waits for.
    var status: Status {
        switch state {
        case .open:
            meeting != nil
                ? Status("En el orden del día", .open)
                : activity != nil ? Status("En el plan", .open) : Status(state.title, .due)
        case .attended: Status(state.title, .met)
        case .dropped: Status(state.title, .sealed)
        }
    }
}

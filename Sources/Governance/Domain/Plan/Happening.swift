public import Foundation
public import Kernel

/// Something that happened in an alliance and that fulfils what it planned.
///
/// Nobody ticks an activity: what was held, signed, given or done counts by itself, and each figure opens the rows
/// that it is made of.
public struct Happening: Sendable, Hashable {
    /// What can happen. Each kind has one counter, in the store of happenings; a kind that is added needs no more than
    /// its words here, its counter there and its page.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A meeting of the board with the entity's office was held.
        case boardMeeting = "meeting.board"
        /// An assembly was held.
        case assembly = "meeting.assembly"
        /// The members met with the entity.
        case encounter = "meeting.encounter"
        /// Accounts were rendered.
        case accountability = "meeting.accountability"
        /// A public hearing was held.
        case publicHearing = "meeting.public_hearing"
        /// The alliance's own meeting was held.
        case groupMeeting = "meeting.group"
        /// People were told of the alliance.
        case socialization = "meeting.socialization"
        /// Another meeting was held.
        case otherMeeting = "meeting.other"
        /// A training was held.
        case training = "training.held"
        /// Somebody came to a training.
        case trainedPerson = "training.attended"
        /// Minutes were sealed, or their signed paper was kept.
        case sealedMinutes = "minutes.sealed"
        /// A report was given.
        case report = "report.given"
        /// Somebody became a member.
        case newMember = "member.joined"
        /// A commitment was kept.
        case keptCommitment = "commitment.done"
        /// Somebody was visited, or told, to spread a call.
        case outreachVisit = "outreach.visit"
        /// A work group was charged.
        case workGroup = "group.charged"
        /// A work group gave its report.
        case groupReport = "group.reported"
        /// Somebody was accompanied with what they complained of.
        case accompaniedComplaint = "complaint.accompanied"
        /// Users were told what to do.
        case orientation = "orientation.given"
        /// Somebody was told what to do.
        case orientedPerson = "orientation.person"
        /// A campaign or bulletin was sent.
        case campaign = "campaign.sent"
        /// Somebody was reached by a campaign.
        case campaignReach = "campaign.reached"
        /// A letter was sent.
        case letter = "letter.sent"
        /// An improvement was made.
        case doneImprovement = "improvement.done"
        /// An oversight exercise visited somebody.
        case oversightVisit = "oversight.visit"
        /// An oversight exercise was closed with what it came to.
        case closedOversight = "oversight.closed"
        /// A need of users was attended.
        case attendedNeed = "need.attended"
        /// A quick poll was held.
        case heldPoll = "poll.held"
        /// The members approved a plan.
        case approvedPlan = "plan.approved"
        /// Bylaws were approved.
        case approvedBylaws = "bylaws.approved"

        /// What it is called where it is chosen.
        public var title: String {
            switch self {
            case .boardMeeting: "Reunión de junta realizada"
            case .assembly: "Asamblea realizada"
            case .encounter: "Encuentro con la entidad realizado"
            case .accountability: "Rendición de cuentas realizada"
            case .publicHearing: "Audiencia pública realizada"
            case .groupMeeting: "Reunión de la alianza realizada"
            case .socialization: "Sesión de socialización realizada"
            case .otherMeeting: "Otra reunión realizada"
            case .training: "Capacitación realizada"
            case .trainedPerson: "Asistencia a una capacitación"
            case .sealedMinutes: "Acta firmada"
            case .report: "Informe presentado"
            case .newMember: "Asociado que ingresa"
            case .keptCommitment: "Compromiso cumplido"
            case .outreachVisit: "Visita de difusión"
            case .workGroup: "Grupo de trabajo conformado"
            case .groupReport: "Informe de un grupo de trabajo"
            case .accompaniedComplaint: "Usuario acompañado en su queja"
            case .orientation: "Orientación dada"
            case .orientedPerson: "Persona orientada"
            case .campaign: "Campaña o boletín enviado"
            case .campaignReach: "Persona alcanzada por una campaña"
            case .letter: "Carta o comunicado enviado"
            case .doneImprovement: "Oportunidad de mejora realizada"
            case .oversightVisit: "Visita de veeduría realizada"
            case .closedOversight: "Veeduría cerrada con su informe"
            case .attendedNeed: "Necesidad de los usuarios atendida"
            case .heldPoll: "Sondeo realizado"
            case .approvedPlan: "Plan de trabajo aprobado"
            case .approvedBylaws: "Estatutos aprobados"
            }
        }

        /// The kind of a meeting that was held.
        public init(_ kind: Meeting.Kind) {
            self =
                switch kind {
                case .board: .boardMeeting
                case .assembly: .assembly
                case .encounter: .encounter
                case .accountability: .accountability
                case .publicHearing: .publicHearing
                case .group: .groupMeeting
                case .socialization: .socialization
                case .training: .training
                case .other: .otherMeeting
                }
        }

        /// The meetings that are of the kind, `nil` where it is none of meetings.
        public var meeting: Meeting.Kind? { Meeting.Kind.allCases.first { Self($0) == self } }
    }

    /// What happened.
    public let kind: Kind
    /// The identifier of what happened: of the meeting, the report, the commitment.
    public let id: UUID
    /// The day.
    public let day: CalendarDate
    /// What it is called. Nobody is named.
    public let title: String
    /// How much it counts: one, or how many people came.
    public let amount: Int
    /// The activity that it was done for; `nil` where it counts for each activity of its kind.
    public let activity: ID<WorkPlan.Activity>?

    /// Tells what happened.
    public init(
        _ kind: Kind, id: UUID, on day: CalendarDate, title: String, amount: Int = 1,
        for activity: ID<WorkPlan.Activity>? = nil
    ) {
        self.kind = kind
        self.id = id
        self.day = day
        self.title = title
        self.amount = amount
        self.activity = activity
    }
}

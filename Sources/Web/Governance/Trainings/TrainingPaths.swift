import Governance
import Kernel
import Tenancy

extension Path {
    /// The trainings of a year.
    static let trainings = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/capacitaciones")
    /// Proposes a topic.
    static let newTopic = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/capacitaciones/temas/nuevo")
    /// Proposes the topics of a plan.
    static let proposePlanTopics = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/temas/plan/{year}")
    /// Answers a topic.
    static let answerTopic = Route<AllianceSlug, Int, ID<TopicProposal>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/temas/{year}/{topic}")
    /// Adds a training to the programme.
    static let newTraining = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/programa/{year}")
    /// A training.
    static let training = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}")
    /// Puts a training on the calendar.
    static let scheduleTraining = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/reunion")
    /// Takes a training out of the programme.
    static let dropTraining = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/quitar")
    /// Enters an evaluation from paper.
    static let evaluateTraining = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/evaluacion")
    /// Evaluates a training that one was in.
    static let evaluateOwnTraining = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/mi-evaluacion")
    /// The form of the evaluation, to print.
    static let evaluationSheet = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/formato")
    /// The certificate of somebody who stayed.
    static let trainingCertificate = Route<AllianceSlug, ID<Training>, ID<Attendance>>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/certificados/{stay}")
    /// The certificates of all who stayed, from so many on.
    static let trainingCertificates = Route<AllianceSlug, ID<Training>, Int>(
        "/o/{tenant}/alianzas/{alliance}/capacitaciones/{training}/todos-los-certificados/{part}")
    /// One's own certificate of a training.
    static let ownTrainingCertificate = Route<AllianceSlug, ID<Training>>(
        "/o/{tenant}/alianzas/{alliance}/mi-alianza/certificados/{training}")
}

extension WorkPlan.Audience: PathValue {}
extension TopicProposal.Origin: PathValue {}

extension Training {
    /// Where it stands as a chip, given in some meeting or in none yet.
    func status(in meeting: Meeting?, on today: CalendarDate) -> Status {
        if dropReason != nil { return Status("Se quitó", .sealed) }
        if let meeting { return meeting.state.status }
        return (year, month) < (today.components.year, today.components.month)
            ? Status("Sin programar", .overdue) : Status("Por programar", .open)
    }
}

extension TopicProposal {
    /// What the entity answered as a chip.
    var status: Status {
        guard let answer else { return Status("Sin respuesta", .due) }
        return answer.isAccepted ? Status("Aceptado", .met) : Status("No se dará", .sealed)
    }
}

import Governance
import Kernel
import Tenancy

extension Path {
    /// The polls of an alliance.
    static let polls = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/sondeos")
    /// Begins one.
    static let newPoll = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/sondeos/nuevo")
    /// A poll with what came of it.
    static let poll = Route<AllianceSlug, ID<Poll>>("/o/{tenant}/alianzas/{alliance}/sondeos/{poll}")
    /// What came of it, as a file.
    static let pollResult = Route<AllianceSlug, ID<Poll>>(
        "/o/{tenant}/alianzas/{alliance}/sondeos/{poll}/resultado")
    /// Closes it.
    static let endPoll = Route<AllianceSlug, ID<Poll>>(
        "/o/{tenant}/alianzas/{alliance}/sondeos/{poll}/cierre")
    /// The sheet to fill in on paper.
    static let pollSheet = Route<AllianceSlug, ID<Poll>>(
        "/o/{tenant}/alianzas/{alliance}/sondeos/{poll}/hoja/pdf")
    /// Adds sheets of paper that were counted.
    static let countPoll = Route<AllianceSlug, ID<Poll>>(
        "/o/{tenant}/alianzas/{alliance}/sondeos/{poll}/conteo")
    /// Takes a count back.
    static let withdrawPollTally = Route<AllianceSlug, ID<Poll>, ID<PollTally>>(
        "/o/{tenant}/alianzas/{alliance}/sondeos/{poll}/conteos/{tally}/retirar")
    /// Answers a poll from one's account.
    static let answerPoll = Route<AllianceSlug, ID<Poll>>(
        "/o/{tenant}/alianzas/{alliance}/mis-sondeos/{poll}")
    /// Answers a poll by its link.
    static let publicPoll = Route<TenantSlug, AllianceSlug, PollCode>(
        "/publico/{tenant}/{alliance}/sondeos/{code}")
}

/// What the link of a poll ends in.
struct PollCode: PathValue {
    let pathText: String

    init(_ code: String) {
        pathText = code
    }

    init?(pathText: String) {
        guard (4...40).contains(pathText.utf8.count) else { return nil }
        self.pathText = pathText
    }
}

extension Poll.Question.Kind: PathValue {}

extension Poll {
    /// Where it stands as a chip.
    func status(on day: CalendarDate) -> Status {
        switch standing(on: day) {
        case .ahead: Status("No ha empezado", .plain)
        case .open: Status("Recibe respuestas", .open)
        case .toClose: Status("Por cerrar", .due)
        case .closed: Status("Cerrado", .sealed)
        }
    }

    /// That it decides nothing; stands wherever it is answered or read.
    static let notAVote =
        "Un sondeo sirve para conocer opiniones. No es una votación: no decide ni elige, y no se controla quién responde como en una elección."
}

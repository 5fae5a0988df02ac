public import Kernel

/// Where an alliance stands on something that is due: the six states that the whole product uses.
public enum ObligationState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Shown to be met (`cumple`).
    case met
    /// A part is shown (`parcial`).
    case partial
    /// The time for it runs (`por vencer`).
    case due
    /// A confirmed deadline passed (`vencido`).
    case overdue
    /// Nothing shows it, and no confirmed deadline says that it is late (`sin probar`).
    case unproven
    /// Not asked of this alliance, or not yet (`no aplica`).
    case notApplicable = "not_applicable"

    /// The word on screens.
    public var title: String {
        switch self {
        case .met: "Cumple"
        case .partial: "Parcial"
        case .due: "Por vencer"
        case .overdue: "Vencido"
        case .unproven: "Sin probar"
        case .notApplicable: "No aplica"
        }
    }

    /// How much it asks for attention: the greatest first.
    public var urgency: Int {
        switch self {
        case .overdue: 5
        case .due: 4
        case .unproven: 3
        case .partial: 2
        case .met: 1
        case .notApplicable: 0
        }
    }
}

/// How many obligations of an alliance are in each state: counted here once, and said alike on every page.
public struct ObligationTally: Sendable, Hashable {
    private let counts: [ObligationState: Int]

    /// Counts states, one of each obligation.
    public init(_ states: some Sequence<ObligationState>) {
        counts = Dictionary(states.map { ($0, 1) }, uniquingKeysWith: +)
    }

    /// Takes counts that were made elsewhere.
    public init(_ counts: [ObligationState: Int]) {
        self.counts = counts
    }

    /// How many are in a state.
    public subscript(state: ObligationState) -> Int { counts[state] ?? 0 }

    /// How many are asked of the alliance.
    public var asked: Int { counts.reduce(0) { $1.key == .notApplicable ? $0 : $0 + $1.value } }

    /// How many are met, of those asked: «2 de 8».
    public var met: String { "\(self[.met]) de \(asked)" }

    /// The states that ask for something, with how many are in each and the words for them, the most urgent first.
    public var open: [(state: ObligationState, count: Int, words: String)] {
        ObligationState.allCases.filter { ![.met, .notApplicable].contains($0) }
            .sorted { $0.urgency > $1.urgency }
            .map { ($0, self[$0], $0.words(of: self[$0])) }
    }

    /// The whole in a sentence: «2 de 8 obligaciones cumplidas, 1 por vencer y 3 sin probar».
    public var words: String {
        guard asked > 0 else { return "Cumplimiento por calcular" }
        let rest = open.filter { $0.count > 0 }.map { "\($0.count) \($0.words)" }
        let met = "\(met) obligaciones cumplidas"
        return rest.isEmpty ? met : "\(met), \(SpanishFormat.list(rest))"
    }
}

extension ObligationState {
    /// The word for so many obligations.
    fileprivate func words(of count: Int) -> String {
        switch self {
        case .met: count == 1 ? "cumplida" : "cumplidas"
        case .partial: count == 1 ? "parcial" : "parciales"
        case .due: "por vencer"
        case .overdue: count == 1 ? "vencida" : "vencidas"
        case .unproven: "sin probar"
        case .notApplicable: count == 1 ? "no aplica" : "no aplican"
        }
    }
}

/// What is said of one obligation of one alliance on one day.
public struct Assessment: Sendable, Hashable {
    /// The obligation, with the terms that counted.
    public let terms: ObligationTerms
    /// Where it stands.
    public let state: ObligationState
    /// Since when, where the facts themselves tell.
    public let since: CalendarDate?
    /// The day by which it is to be done, confirmed or not.
    public let dueOn: CalendarDate?
    /// Whether that deadline is confirmed: by the terms, or by what the facts themselves bring, as a body its limit.
    /// Nothing is overdue on one that is not.
    public let deadlineIsConfirmed: Bool
    /// Why, in a sentence or two.
    public let finding: String
    /// What to do next; `nil` where nothing is missing.
    public let next: NextStep?
    /// What shows it.
    public let evidence: [Evidence]

    /// Says where an obligation stands; its deadline is as confirmed as the terms unless told otherwise.
    init(
        _ terms: ObligationTerms, _ state: ObligationState, _ finding: String, since: CalendarDate? = nil,
        dueOn: CalendarDate? = nil, deadlineIsConfirmed: Bool? = nil, next: NextStep? = nil,
        evidence: [Evidence] = []
    ) {
        self.terms = terms
        self.state = state
        self.finding = finding
        self.since = since
        self.dueOn = dueOn
        self.deadlineIsConfirmed = deadlineIsConfirmed ?? terms.deadlineIsConfirmed
        self.next = next
        self.evidence = evidence
    }
}

/// What to do so that an obligation is met, and the part of the alliance's pages where it is done.
public struct NextStep: Sendable, Hashable, Codable {
    /// A form or a part of the alliance's pages. The raw values are kept with what was reckoned.
    public enum Place: String, Sendable, Hashable, Codable, CaseIterable {
        /// The alliance itself.
        case alliance
        /// Its bodies, seats and mandates.
        case governance
        /// Where a body is made.
        case newBody = "new_body"
        /// Where a constitution assembly is recorded.
        case constitution
        /// Where the minutes of the constitution are attached.
        case constitutionMinutes = "constitution_minutes"
        /// What is recorded of constitution and registration, to be completed there.
        case founding
        /// Where a registration is recorded.
        case registration
        /// Where bylaws are registered.
        case bylaws
        /// Where the minutes that approved bylaws are attached; the subject is their version.
        case bylawsMinutes = "bylaws_minutes"
        /// Where an election is prepared.
        case newElection = "new_election"
        /// An election, which is the subject.
        case elections
        /// Meetings and minutes.
        case meetings
        /// Where a meeting is put on the calendar.
        case newMeeting = "new_meeting"
        /// Where it is recorded how a meeting, the subject, was called.
        case meetingCall = "meeting_call"
        /// Where the work plan of a year, the subject, is registered.
        case plan
        /// Where the approval of the plan of a year, the subject, is recorded.
        case planApproval = "plan_approval"
        /// Where the plan of a year, the subject, is followed up.
        case planFollowUp = "plan_follow_up"
        /// Where a report of a year, the subject, is recorded.
        case report
    }

    /// What to do, beginning with a verb.
    public let words: String
    /// Where.
    public let place: Place
    /// Of what, as the place needs it.
    public let subject: String?

    /// Names a step.
    public init(_ words: String, in place: Place, of subject: (some CustomStringConvertible)?) {
        self.words = words
        self.place = place
        self.subject = subject.map { String(describing: $0) }
    }

    /// Names a step at a place that needs no subject.
    public init(_ words: String, in place: Place) {
        self.init(words, in: place, of: String?.none)
    }
}

/// A thing that shows something of an obligation. It names no person.
public struct Evidence: Sendable, Hashable, Codable {
    /// What sort of thing.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The alliance's own state.
        case alliance
        /// The constitution.
        case constitution
        /// A registration before an authority.
        case registration
        /// A version of the bylaws.
        case bylaws
        /// The holding of a seat.
        case mandate
        /// An electoral process.
        case process
        /// A meeting with its minutes.
        case meeting
        /// A work plan.
        case plan
        /// A report.
        case report
    }

    /// What sort of thing it is.
    public let kind: Kind
    /// Its identifier, for the link.
    public let subject: String?
    /// What it is called.
    public let title: String
    /// Its effective date.
    public let date: CalendarDate?
    /// What else is to be told of it.
    public let detail: String?

    /// Names a thing.
    public init(
        _ kind: Kind, _ title: String, subject: (some CustomStringConvertible)?, date: CalendarDate? = nil,
        detail: String? = nil
    ) {
        self.kind = kind
        self.title = title
        self.subject = subject.map { String(describing: $0) }
        self.date = date
        self.detail = detail
    }

    /// Names a thing that has no place of its own.
    public init(_ kind: Kind, _ title: String, date: CalendarDate? = nil, detail: String? = nil) {
        self.init(kind, title, subject: String?.none, date: date, detail: detail)
    }
}

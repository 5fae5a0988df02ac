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
        self.next = next
        self.evidence = evidence
    }
}

/// What to do so that an obligation is met, and the part of the alliance's pages where it is done.
public struct NextStep: Sendable, Hashable, Codable {
    /// A part of the alliance's pages.
    public enum Place: String, Sendable, Hashable, Codable {
        /// The alliance itself.
        case alliance
        /// Bylaws, bodies, constitution, registration.
        case governance
        /// Electoral processes.
        case elections
        /// Meetings and minutes.
        case meetings
        /// The work plan and its reports.
        case plan
    }

    /// What to do, beginning with a verb.
    public let words: String
    /// Where.
    public let place: Place

    /// Names a step.
    public init(_ words: String, in place: Place) {
        self.words = words
        self.place = place
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

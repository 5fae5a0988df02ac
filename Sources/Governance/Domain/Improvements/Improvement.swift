public import Kernel
public import Tenancy

/// Something that could be better (`oportunidad de mejora`), from where it was found until it is done.
public struct Improvement: Sendable, Hashable {
    /// Where it was found.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        case meeting, visit, complaint, other

        /// The name on screens.
        public var title: String {
            switch self {
            case .meeting: "En una reunión"
            case .visit: "En una visita"
            case .complaint: "Por una queja"
            case .other: "De otra manera"
            }
        }
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case found, analysed, approved, rejected, done

        /// The name on screens.
        public var title: String {
            switch self {
            case .found: "Por analizar"
            case .analysed: "Analizada, por aprobar"
            case .approved: "Aprobada, en ejecución"
            case .rejected: "No aprobada"
            case .done: "Ejecutada"
            }
        }

        /// The state after a step; `nil` where the step does not follow.
        func after(_ step: ImprovementStep.Kind) -> Self? {
            switch (self, step) {
            case (.found, .analysed), (.analysed, .analysed): .analysed
            case (.analysed, .approved): .approved
            case (.analysed, .rejected), (.found, .rejected): .rejected
            case (.approved, .progress): .approved
            case (.approved, .done): .done
            case (.done, .reopened): .approved
            case (.rejected, .reopened): .found
            default: nil
            }
        }
    }

    /// Identifies it.
    public let id: ID<Improvement>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Where it was found.
    public let source: Source
    /// The meeting in which it was.
    public let meeting: ID<Meeting>?
    /// The complaint by which it was.
    public let complaint: ID<Complaint>?
    /// The day on which it was.
    public let foundOn: CalendarDate
    /// What could be better.
    public let title: String
    /// The unit that it is of.
    public let unit: String?
    /// Where it stands.
    public let state: State
    /// Who approved it.
    public let approvedBy: String?
    /// The day of the approval.
    public let approvedOn: CalendarDate?
    /// Until when it is to be done.
    public let dueOn: CalendarDate?
    /// The day on which it was done.
    public let doneOn: CalendarDate?

    /// Describes an improvement opportunity.
    ///
    /// - Throws: ``ImprovementError``.
    public init(
        id: ID<Improvement> = ID(), alliance: ID<Alliance>, source: Source, meeting: ID<Meeting>? = nil,
        complaint: ID<Complaint>? = nil, foundOn: CalendarDate, title: String, unit: String? = nil,
        state: State = .found, approvedBy: String? = nil, approvedOn: CalendarDate? = nil,
        dueOn: CalendarDate? = nil, doneOn: CalendarDate? = nil
    ) throws(ImprovementError) {
        guard let title = title.trimmedOrNil else { throw .titleMissing }
        self.id = id
        self.alliance = alliance
        self.source = source
        self.meeting = source == .meeting ? meeting : nil
        self.complaint = source == .complaint ? complaint : nil
        self.foundOn = foundOn
        self.title = title
        self.unit = unit?.trimmedOrNil
        self.state = state
        self.approvedBy = approvedBy
        self.approvedOn = approvedOn
        self.dueOn = dueOn
        self.doneOn = doneOn
    }

    /// Whether it is approved, not done, and its day has passed.
    public func isLate(on day: CalendarDate) -> Bool {
        state == .approved && (dueOn.map { $0 < day } ?? false)
    }
}

/// What became of an improvement opportunity, step by step.
public struct ImprovementStep: Sendable, Hashable {
    /// The sorts of steps.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case found, analysed, approved, rejected, progress, done, reopened

        /// The name on screens.
        public var title: String {
            switch self {
            case .found: "Se identificó"
            case .analysed: "Se analizó"
            case .approved: "Se aprobó"
            case .rejected: "No se aprobó"
            case .progress: "Avance"
            case .done: "Se ejecutó"
            case .reopened: "Se retomó"
            }
        }
    }

    /// Its sort.
    public let kind: Kind
    /// What is told of it.
    public let note: String
    /// Who did it: the management, a unit.
    public let who: String?
    /// The day.
    public let happenedOn: CalendarDate
    /// Its evidence.
    public let file: ID<StoredFile>?

    /// Describes a step.
    public init(
        kind: Kind, note: String = "", who: String? = nil, happenedOn: CalendarDate,
        file: ID<StoredFile>? = nil
    ) {
        self.kind = kind
        self.note = note
        self.who = who
        self.happenedOn = happenedOn
        self.file = file
    }
}

/// What became of improvement opportunities in a year, for its report.
public struct ImprovementYear: Sendable {
    /// An opportunity with the last that was told of it.
    public struct Line: Sendable, Hashable {
        /// The opportunity.
        public let improvement: Improvement
        /// What was told of it last.
        public let last: ImprovementStep?
    }

    /// The year.
    public let year: Int
    /// Those that were found in it, or that were open when it began.
    public let lines: [Line]

    /// How many of them stand in a state.
    public func count(_ state: Improvement.State) -> Int { lines.count { $0.improvement.state == state } }
}

/// Why an improvement opportunity is refused.
public enum ImprovementError: UserFacingError, Hashable {
    /// It is none of this alliance's.
    case notFound
    /// It says nothing.
    case titleMissing
    /// A step that tells nothing.
    case noteMissing
    /// Nobody is said to have approved it.
    case whoMissing
    /// Nothing shows that it was done.
    case evidenceMissing
    /// The day lies in the future, or before it was found.
    case dayOutOfPlace
    /// It does not follow from where it stands.
    case outOfTurn
    /// The meeting or complaint is none of the alliance's.
    case originNotFound

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.improvement.not_found"
        case .titleMissing: "governance.improvement.title_missing"
        case .noteMissing: "governance.improvement.note_missing"
        case .whoMissing: "governance.improvement.who_missing"
        case .evidenceMissing: "governance.improvement.evidence_missing"
        case .dayOutOfPlace: "governance.improvement.day_out_of_place"
        case .outOfTurn: "governance.improvement.out_of_turn"
        case .originNotFound: "governance.improvement.origin_not_found"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .outOfTurn: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .titleMissing: "title"
        case .noteMissing: "note"
        case .whoMissing: "who"
        case .evidenceMissing: "evidence"
        case .dayOutOfPlace: "day"
        case .originNotFound: "source"
        case .notFound, .outOfTurn: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa oportunidad de mejora. Vuelva a la lista y escójala de nuevo."
        case .titleMissing: "Diga qué se puede mejorar."
        case .noteMissing: "Cuente en una frase qué se hizo."
        case .whoMissing: "Diga quién la aprobó: la gerencia o la unidad."
        case .evidenceMissing: "Adjunte la evidencia de lo que se hizo: una foto, un oficio, un informe."
        case .dayOutOfPlace:
            "Esa fecha todavía no llega, o es anterior al día en que se identificó. Corríjala."
        case .outOfTurn: "Eso no sigue del estado en que está. Vuelva a su página y mire qué falta."
        case .originNotFound: "Escoja una reunión o una queja de esta alianza."
        }
    }
}

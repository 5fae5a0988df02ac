public import Tenancy

/// What a norm or an entity's own procedure asks (`obligación`), as the catalogue has it: a row, never a
/// constant, with its norm and whether somebody confirmed it.
public struct Obligation: Sendable, Hashable, Identifiable {
    /// The obligations that the product can see met in the work of alliances. The raw values are those of the
    /// compliance catalogue.
    public enum Code: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
        /// The entity convenes its users to constitute an alliance.
        case convening = "C01"
        /// The minutes of constitution are signed.
        case constitution = "C03"
        /// The alliance is registered before an authority.
        case registration = "C04"
        /// The alliance has bylaws of its own.
        case bylaws = "C05"
        /// Representatives hold their seats no longer than the limit.
        case terms = "C07"
        /// Representatives are elected by and among members.
        case election = "C08"
        /// The association accounts to members and citizens.
        case accountability = "C21"
        /// The work plan is followed up.
        case planFollowUp = "C22"
        /// The alliance meets every two months, with call and minutes.
        case meetings = "C23"
        /// The user care office reports to the management.
        case managementReport = "C24"

        /// A name short enough for the head of a column.
        public var shortTitle: String {
            switch self {
            case .convening: "Convocar"
            case .constitution: "Acta"
            case .registration: "Registro"
            case .bylaws: "Estatutos"
            case .terms: "Períodos"
            case .election: "Elección"
            case .accountability: "Rendición"
            case .planFollowUp: "Plan"
            case .meetings: "Reuniones"
            case .managementReport: "Gerencia"
            }
        }

        /// The figures that its rule reads, which an entity may confirm for itself.
        public var parameterNames: [ObligationParameters.Name] {
            switch self {
            case .convening, .bylaws, .election: []
            case .constitution: [.signers]
            case .registration: [.days]
            case .terms: [.warningDays]
            case .accountability, .managementReport: [.perYear]
            case .planFollowUp: [.followUps, .reports, .graceDays]
            case .meetings: [.gapDays, .noticeDays]
            }
        }

        /// In the order of the catalogue.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// Which obligation it is.
    public let code: Code
    /// Its short name on screens.
    public let title: String
    /// What has to be done, in plain words.
    public let duty: String
    /// Who is bound by it.
    public let bound: String
    /// The norm or procedure that asks it.
    public let norm: String
    /// Whether somebody read the text of the norm and confirmed that it asks this.
    public let normIsConfirmed: Bool
    /// Where the norm was seen.
    public let source: String
    /// What shows that it was met.
    public let evidence: String
    /// The kinds of entity whose alliances it is asked of.
    public let appliesTo: Set<Organization.Kind>
    /// Its figures.
    public let parameters: ObligationParameters
    /// Whether its deadline is confirmed. On one that is not, nothing is ever overdue.
    public let deadlineIsConfirmed: Bool

    /// The code.
    public var id: Code { code }

    /// Describes an obligation.
    public init(
        code: Code, title: String, duty: String, bound: String, norm: String, normIsConfirmed: Bool,
        source: String, evidence: String, appliesTo: Set<Organization.Kind>,
        parameters: ObligationParameters, deadlineIsConfirmed: Bool
    ) {
        self.code = code
        self.title = title
        self.duty = duty
        self.bound = bound
        self.norm = norm
        self.normIsConfirmed = normIsConfirmed
        self.source = source
        self.evidence = evidence
        self.appliesTo = appliesTo
        self.parameters = parameters
        self.deadlineIsConfirmed = deadlineIsConfirmed
    }
}

/// The figures of an obligation by name: days, months, numbers of things.
public struct ObligationParameters: Sendable, Hashable {
    /// What a figure is about. The raw values are the keys in the catalogue.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// People who sign the minutes of constitution, at least.
        case signers
        /// Days before the end of a term from which the obligation is due.
        case warningDays = "warning_days"
        /// Days within which a thing has to be done after the constitution.
        case days
        /// Times in a calendar year.
        case perYear = "per_year"
        /// Monthly follow-ups of the plan in a calendar year.
        case followUps = "follow_ups"
        /// Consolidated reports in a calendar year.
        case reports
        /// Days after a month or a semester of the plan in which its follow-up or report is still in time.
        case graceDays = "grace_days"
        /// Days between one meeting and the next, at most.
        case gapDays = "gap_days"
        /// Days between the call and the meeting, at least.
        case noticeDays = "notice_days"

        /// The name on screens.
        public var title: String {
            switch self {
            case .signers: "Personas que firman el acta, como mínimo"
            case .warningDays: "Días de aviso antes de que termine el período"
            case .days: "Días para hacerlo después de la constitución"
            case .perYear: "Veces por año"
            case .followUps: "Seguimientos por año"
            case .reports: "Informes consolidados por año"
            case .graceDays: "Días para anotarlos después de cerrado el mes o el semestre"
            case .gapDays: "Días entre una reunión y la siguiente, como máximo"
            case .noticeDays: "Días de anticipación de la convocatoria, como mínimo"
            }
        }

        /// The figures that make sense.
        public var range: ClosedRange<Int> {
            switch self {
            case .signers: 1...1000
            case .warningDays, .days: 1...730
            case .perYear, .reports: 1...12
            case .followUps: 1...12
            case .gapDays: 1...366
            case .noticeDays, .graceDays: 0...90
            }
        }
    }

    /// The figures.
    public let figures: [Name: Int]

    /// Gathers figures.
    public init(_ figures: [Name: Int] = [:]) {
        self.figures = figures
    }

    /// A figure, `nil` where nothing says it.
    public subscript(name: Name) -> Int? { figures[name] }

    /// The same with some figures replaced.
    public func replaced(by others: Self) -> Self {
        Self(figures.merging(others.figures) { $1 })
    }
}

extension ObligationParameters: Codable {
    /// Reads an object with the names as keys.
    ///
    /// - Throws: `DecodingError` for a name that the product does not know, or a figure out of range.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let pairs = try container.decode([String: Int].self).map { key, figure in
            guard let name = Name(rawValue: key), name.range.contains(figure) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(key): \(figure)")
            }
            return (name, figure)
        }
        figures = Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Writes an object with the names as keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: figures.map { ($0.key.rawValue, $0.value) }))
    }
}

/// An obligation as it counts for one alliance: the catalogue's, with what the entity confirmed for itself.
public struct ObligationTerms: Sendable, Hashable {
    /// The obligation.
    public let obligation: Obligation
    /// The figures that count.
    public let parameters: ObligationParameters
    /// The norm or procedure that says so.
    public let norm: String
    /// Whether that norm is confirmed.
    public let normIsConfirmed: Bool
    /// Whether something may be called overdue.
    public let deadlineIsConfirmed: Bool
    /// Whether the entity set these terms itself.
    public let areOwn: Bool

    /// The terms of the catalogue, replaced by those that an entity confirmed for itself.
    public init(_ obligation: Obligation, own: OwnTerms? = nil) {
        self.obligation = obligation
        parameters = own.map { obligation.parameters.replaced(by: $0.parameters) } ?? obligation.parameters
        norm = own?.norm ?? obligation.norm
        normIsConfirmed = own != nil || obligation.normIsConfirmed
        deadlineIsConfirmed = own != nil || obligation.deadlineIsConfirmed
        areOwn = own != nil
    }
}

extension ObligationTerms {
    /// A figure that a rule cannot do without.
    ///
    /// - Throws: ``MissingFigure`` where neither catalogue nor entity says it: no figure is law because the program
    ///   has it.
    func figure(_ name: ObligationParameters.Name) throws(MissingFigure) -> Int {
        guard let figure = parameters[name] else { throw MissingFigure(name: name) }
        return figure
    }
}

/// A figure that a rule needs and nobody says.
public struct MissingFigure: Error, Hashable {
    /// Which.
    public let name: ObligationParameters.Name
}

/// The figures that an entity confirmed for an obligation of its alliances, with the norm or procedure that
/// orders them.
public struct OwnTerms: Sendable, Hashable {
    /// The figures.
    public let parameters: ObligationParameters
    /// The norm or procedure.
    public let norm: String

    /// Makes own terms.
    public init(parameters: ObligationParameters, norm: String) {
        self.parameters = parameters
        self.norm = norm
    }
}

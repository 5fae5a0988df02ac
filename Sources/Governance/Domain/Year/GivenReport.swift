public import Kernel
public import Tenancy

/// A report that was given: to members and citizens, to the entity, to its management.
public struct GivenReport: Sendable, Hashable {
    /// The kinds of reports.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Accountability of the alliance to members and citizens (`rendición de cuentas`).
        case accountability
        /// The consolidated follow-up of six months (`consolidado semestral`).
        case consolidated
        /// The yearly report of the SIAU office to management (`informe anual a Gerencia`).
        case management

        /// The name on screens.
        public var title: String {
            switch self {
            case .accountability: "Rendición de cuentas a asociados y ciudadanía"
            case .consolidated: "Consolidado semestral del plan"
            case .management: "Informe anual a Gerencia"
            }
        }
    }

    /// Identifies it.
    public let id: ID<GivenReport>
    /// Its kind.
    public let kind: Kind
    /// Its title.
    public let title: String
    /// The day on which it was given.
    public let givenOn: CalendarDate
    /// The year that it is of.
    public let year: Int
    /// To whom.
    public let audience: String
    /// The document.
    public let file: ID<StoredFile>?

    /// Makes a report.
    public init(
        id: ID<GivenReport>, kind: Kind, title: String, givenOn: CalendarDate, year: Int,
        audience: String, file: ID<StoredFile>?
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.givenOn = givenOn
        self.year = year
        self.audience = audience
        self.file = file
    }
}

public import Kernel

/// How long a class of files is kept, since when, and what comes then, with what orders it.
public struct RetentionTerm: Sendable, Hashable {
    /// What a term runs from.
    public enum Start: String, Sendable, Hashable, CaseIterable {
        /// The day of the document.
        case document
        /// The last day of the year of the document.
        case yearEnd = "year_end"
        /// The end of what it belongs to.
        case closing

        /// The name on screens.
        public var title: String {
            switch self {
            case .document: "La fecha del documento"
            case .yearEnd: "El fin del año del documento"
            case .closing: "El cierre del asunto"
            }
        }
    }

    /// What comes when a term has passed.
    public enum Disposition: String, Sendable, Hashable, CaseIterable {
        /// It never passes.
        case keep
        /// People look at each file and decide.
        case review

        /// The name on screens.
        public var title: String {
            switch self {
            case .keep: "Se conserva siempre"
            case .review: "Al pasar el término se revisa y se decide"
            }
        }
    }

    /// Which files.
    public let retention: RetentionClass
    /// How many years; `nil` for what is kept for ever.
    public let years: Int?
    /// What it runs from.
    public let start: Start
    /// What orders it.
    public let norm: String
    /// Whether somebody confirmed it: nothing passes a term that nobody did.
    public let isConfirmed: Bool
    /// Whether the entity confirmed it for itself.
    public let isOwn: Bool
    /// Where it was seen; `nil` for one that the entity confirmed.
    public let source: String?

    /// What comes when it has passed.
    public var disposition: Disposition { years == nil ? .keep : .review }

    /// Describes a term.
    public init(
        of retention: RetentionClass, years: Int?, from start: Start, norm: String, isConfirmed: Bool,
        isOwn: Bool = false, source: String? = nil
    ) {
        self.retention = retention
        self.years = years
        self.start = start
        self.norm = norm
        self.isConfirmed = isConfirmed
        self.isOwn = isOwn
        self.source = source
    }

    /// How long it is, in words.
    public var length: String {
        guard let years else { return "Siempre" }
        let length = SpanishFormat.count(years, "año", "años")
        return switch start {
        case .document: "\(length) desde la fecha del documento"
        case .yearEnd: "\(length) desde el fin del año del documento"
        case .closing: "\(length) desde que \(retention.closing ?? "termine el asunto")"
        }
    }
}

/// Why a term of retention is not confirmed or taken back.
public enum RetentionTermError: UserFacingError, Hashable {
    /// Nothing says what orders it.
    case normMissing
    /// Nothing says why it counts no more.
    case reasonMissing
    /// Nothing says how many years, of what is not kept for ever.
    case yearsMissing
    /// What is kept so has no closing.
    case closingUnknown
    /// Nothing was confirmed.
    case notConfirmed

    /// The stable code.
    public var code: String {
        switch self {
        case .normMissing: "tenancy.retention_term.norm_missing"
        case .reasonMissing: "tenancy.retention_term.reason_missing"
        case .yearsMissing: "tenancy.retention_term.years_missing"
        case .closingUnknown: "tenancy.retention_term.closing_unknown"
        case .notConfirmed: "tenancy.retention_term.not_confirmed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { self == .notConfirmed ? .notFound : .invalid }

    /// The form field.
    public var field: String? {
        switch self {
        case .normMissing: "norm"
        case .reasonMissing: "reason"
        case .yearsMissing: "years"
        case .closingUnknown: "start"
        case .notConfirmed: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .normMissing:
            "Cite la tabla de retención o la norma que ordena el término, con su versión, serie o artículo."
        case .reasonMissing: "Diga por qué el término deja de contar."
        case .yearsMissing: "Escriba cuántos años se conserva, de 1 a 100."
        case .closingUnknown:
            "Los archivos de esta clase no tienen un cierre que la plataforma conozca. Escoja otro comienzo."
        case .notConfirmed: "La entidad no ha confirmado un término para esa clase. Vuelva a la lista."
        }
    }
}

public import Foundation
public import Kernel
public import Tenancy

/// What became of a complaint, step by step.
public struct ComplaintStep: Sendable, Hashable {
    /// The sorts of steps.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case filed, classified, transferred, answered, checked, reopened, closed, progress, analysis

        /// Those that take a complaint from one state to the next; the others are told on the way.
        static let moving: [Self] = [.filed, .transferred, .answered, .checked, .reopened, .closed]

        /// The name on screens.
        public var title: String {
            switch self {
            case .filed: "Se radicó"
            case .classified: "Se clasificó de nuevo"
            case .transferred: "Se trasladó a la entidad"
            case .answered: "La entidad respondió"
            case .checked: "La alianza verificó"
            case .reopened: "Se reabrió"
            case .closed: "Se cerró"
            case .progress: "Seguimiento"
            case .analysis: "Análisis de la junta"
            }
        }
    }

    /// Identifies it.
    public let id: ID<ComplaintStep>
    /// Its sort.
    public let kind: Kind
    /// What is told of it.
    public let note: String
    /// When it happened.
    public let happenedAt: Date
    /// When it was recorded, once it is.
    public let recordedAt: Date?
    /// To whom it was passed on.
    public let addressee: String?
    /// The number that the entity gave.
    public let reference: String?
    /// Until when the entity is to answer, reckoned when it was passed on.
    public let dueAt: Date?
    /// The term, with its norm.
    public let term: String?
    /// Whether somebody confirmed that norm.
    public let termIsConfirmed: Bool?
    /// What was found, or how it ended.
    public let verdict: Complaint.Outcome?
    /// Its proof.
    public let file: ID<StoredFile>?
    /// Whether the board keeps it to itself: what it analyses, until it shares it.
    public let isReserved: Bool

    /// Describes a step; an analysis is the board's own unless it was shared.
    public init(
        id: ID<ComplaintStep> = ID(), kind: Kind, note: String = "", happenedAt: Date,
        recordedAt: Date? = nil, addressee: String? = nil, reference: String? = nil, dueAt: Date? = nil,
        term: String? = nil, termIsConfirmed: Bool? = nil, verdict: Complaint.Outcome? = nil,
        file: ID<StoredFile>? = nil, isReserved: Bool? = nil
    ) {
        self.id = id
        self.kind = kind
        self.note = note
        self.happenedAt = happenedAt
        self.recordedAt = recordedAt
        self.addressee = addressee
        self.reference = reference
        self.dueAt = dueAt
        self.term = term
        self.termIsConfirmed = termIsConfirmed
        self.verdict = verdict
        self.file = file
        self.isReserved = isReserved ?? (kind == .analysis)
    }
}

/// Who complains, as they authorised it to be kept.
public struct Complainant: Sendable, Hashable {
    /// How somebody authorised that their name be kept.
    public enum Authorisation: String, Sendable, Hashable, CaseIterable {
        case paper, inPerson = "in_person", phone, page

        /// The name on screens.
        public var title: String {
            switch self {
            case .paper: "En papel, firmada"
            case .inPerson: "De palabra, ante quien anota"
            case .phone: "Por teléfono"
            case .page: "Por la página"
            }
        }
    }

    /// The name.
    public let name: String
    /// The document, as it was written.
    public let document: String?
    /// Telephone or mail.
    public let contact: String?
    /// The day of the authorisation.
    public let authorisedOn: CalendarDate
    /// How it was given.
    public let authorisedHow: Authorisation

    /// Takes what a person authorised.
    ///
    /// - Throws: ``ComplaintError/nameMissing``.
    public init(
        name: String, document: String? = nil, contact: String? = nil, authorisedOn: CalendarDate,
        authorisedHow: Authorisation
    ) throws(ComplaintError) {
        guard let name = name.trimmedOrNil else { throw .nameMissing }
        self.name = name
        self.document = document?.trimmedOrNil
        self.contact = contact?.trimmedOrNil
        self.authorisedOn = authorisedOn
        self.authorisedHow = authorisedHow
    }
}

/// In how long an entity answers, with the norm that orders it.
public struct ComplaintTerm: Sendable, Hashable {
    /// How it is counted.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// Hours of the clock, on holidays too.
        case hours
        /// Business days; the day of the transfer does not count.
        case businessDays = "business_days"

        /// The name on screens.
        public var title: String {
            switch self {
            case .hours: "Horas corridas"
            case .businessDays: "Días hábiles"
            }
        }
    }

    /// The kind of complaint.
    public let kind: Complaint.Kind
    /// Its risk.
    public let risk: Complaint.Risk
    /// How it is counted.
    public let unit: Unit
    /// How many.
    public let amount: Int
    /// What orders it.
    public let norm: String
    /// Whether somebody confirmed it.
    public let isConfirmed: Bool
    /// Where it was seen; `nil` for one that the entity confirmed.
    public let source: String?
    /// Whether the entity confirmed it for itself.
    public let isOwn: Bool

    /// Describes a term.
    public init(
        kind: Complaint.Kind, risk: Complaint.Risk, unit: Unit, amount: Int, norm: String, isConfirmed: Bool,
        source: String? = nil, isOwn: Bool = false
    ) {
        self.kind = kind
        self.risk = risk
        self.unit = unit
        self.amount = amount
        self.norm = norm
        self.isConfirmed = isConfirmed
        self.source = source
        self.isOwn = isOwn
    }

    /// How long it is, in words.
    public var length: String {
        switch unit {
        case .hours: SpanishFormat.count(amount, "hora", "horas")
        case .businessDays: SpanishFormat.count(amount, "día hábil", "días hábiles")
        }
    }

    /// When it is over: hours run on; business days end with the last of them (Ley 4 de 1913, art. 62).
    ///
    /// - Throws: `HolidayCalendarError` where it leaves the years whose holidays are known.
    public func end(from start: Date) throws(HolidayCalendarError) -> Date {
        switch unit {
        case .hours: start.addingTimeInterval(Double(amount) * 3600)
        case .businessDays:
            ColombianTime.endOfDay(
                try HolidayCalendar.adding(businessDays: amount, to: ColombianTime.date(at: start)))
        }
    }
}

extension [ComplaintTerm] {
    /// The term of a complaint; `nil` where there is none, as of praise.
    public func term(of kind: Complaint.Kind, _ risk: Complaint.Risk) -> ComplaintTerm? {
        first { $0.kind == kind && $0.risk == risk }
    }
}

extension SpanishFormat {
    /// The end of a term as people say it: one that runs through a day ends with that day, and not with the first moment
    /// of the next.
    public static func lastMoment(_ end: Date) -> String {
        let day = ColombianTime.date(at: end)
        return ColombianTime.time(at: end) == .midnight ? longDate(day - 1) : longDateAndTime(end)
    }
}

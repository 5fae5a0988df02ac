public import Kernel
public import Tenancy

/// How long a document is kept, and what was decided where its term passed.
public struct DocumentRetention: Sendable, Hashable {
    /// How it stands on a day.
    public enum Standing: Sendable, Hashable {
        /// Nobody knows its term.
        case unknown
        /// It is kept for ever.
        case always
        /// Its term runs from something that has not come.
        case open
        /// Its term runs.
        case running(until: CalendarDate)
        /// Its term has passed, and nobody confirmed that term: nothing follows from it.
        case guiding(until: CalendarDate)
        /// Its term has passed; it is sealed, issued or of an election, and stays.
        case bound
        /// Its term has passed: people are to decide.
        case passed(on: CalendarDate)
        /// It was decided to keep it until another day.
        case postponed(until: CalendarDate)
        /// It was proposed to let it go, and a second person is to confirm it.
        case proposed
        /// Its content was let go.
        case disposed(on: CalendarDate)
    }

    /// What it is kept as.
    public let retention: RetentionClass
    /// The last day of its term; `nil` for ever, or while what it runs from has not come.
    public let until: CalendarDate?
    /// Whether it is kept for ever; `nil` where no term of its class is known.
    public let isAlways: Bool?
    /// Whether somebody confirmed the term.
    public let isConfirmed: Bool
    /// The day until which it was decided to keep it.
    public let postponedUntil: CalendarDate?
    /// Whether it was proposed to let it go.
    public let isProposed: Bool
    /// When its content was let go.
    public let disposedOn: CalendarDate?
    /// Whether it is sealed, issued with a code, the signature of something sealed, or of an election.
    public let isBound: Bool

    /// Describes how long a document is kept.
    public init(
        as retention: RetentionClass, until: CalendarDate?, isAlways: Bool?, isConfirmed: Bool,
        postponedUntil: CalendarDate? = nil, isProposed: Bool = false, disposedOn: CalendarDate? = nil,
        isBound: Bool = false
    ) {
        self.retention = retention
        self.until = until
        self.isAlways = isAlways
        self.isConfirmed = isConfirmed
        self.postponedUntil = postponedUntil
        self.isProposed = isProposed
        self.disposedOn = disposedOn
        self.isBound = isBound
    }

    /// How it stands on a day; a term's last day is still of it.
    public func standing(on day: CalendarDate) -> Standing {
        if let disposedOn { return .disposed(on: disposedOn) }
        guard let isAlways else { return .unknown }
        if isAlways { return .always }
        guard let until else { return .open }
        guard until < day else { return .running(until: until) }
        guard isConfirmed else { return .guiding(until: until) }
        if isBound { return .bound }
        if isProposed { return .proposed }
        if let postponedUntil, postponedUntil >= day { return .postponed(until: postponedUntil) }
        return .passed(on: until)
    }
}

/// One of the two sides that decide together what becomes of an alliance's files.
public enum RetentionSide: String, Sendable, Hashable {
    /// The entity's office.
    case office
    /// The alliance's board.
    case board

    /// The side of somebody who may decide in a space; `nil` for whoever holds that right by no role.
    init?(of principal: Principal, in stream: AuditStream) {
        let roles = principal.roles(for: .decideRetention, in: stream)
        guard !roles.isEmpty else { return nil }
        self = roles.contains(.board) ? .board : .office
    }

    /// The name on screens.
    public var title: String { self == .board ? "la junta" : "la oficina" }
    /// The other one.
    public var other: Self { self == .board ? .office : .board }
}

/// What was decided about a file whose term passed.
public struct RetentionDecision: Sendable, Hashable, Identifiable {
    /// The sorts of decisions.
    public enum Kind: String, Sendable, Hashable {
        /// It is kept until another day.
        case keep
        /// Its content is let go.
        case dispose
    }

    /// Identifies it.
    public let id: Kernel.ID<RetentionDecision>
    /// Its sort.
    public let kind: Kind
    /// Until when it is kept.
    public let keepUntil: CalendarDate?
    /// Why.
    public let reason: String
    /// When it was decided.
    public let decidedOn: CalendarDate
    /// By whom.
    public let decidedBy: String?
    /// Whether the person who reads it decided it.
    public let isOwn: Bool
    /// Of which side.
    public let side: RetentionSide
    /// When a second person confirmed it.
    public let secondedOn: CalendarDate?
    /// Who.
    public let secondedBy: String?
    /// Why it was taken back, where it was.
    public let withdrawal: String?

    /// Whether it waits for its second person.
    public var isOpen: Bool { kind == .dispose && secondedOn == nil && withdrawal == nil }
}

/// Why nothing is decided about a file.
public enum RetentionError: UserFacingError, Hashable {
    /// It is none of the alliance's, or the board's own.
    case notFound
    /// Its confirmed term has not passed, or it is to be kept longer.
    case termNotPassed
    /// It is sealed, issued or of an election.
    case bound
    /// Nothing says why.
    case reasonMissing
    /// The day is not to come.
    case dayNotToCome
    /// It was proposed to let it go already.
    case proposedAlready
    /// There is no proposal that waits.
    case notProposed
    /// The second person is of the same side, or the same.
    case sameSide

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.retention.not_found"
        case .termNotPassed: "governance.retention.term_not_passed"
        case .bound: "governance.retention.bound"
        case .reasonMissing: "governance.retention.reason_missing"
        case .dayNotToCome: "governance.retention.day_not_to_come"
        case .proposedAlready: "governance.retention.proposed_already"
        case .notProposed: "governance.retention.not_proposed"
        case .sameSide: "governance.retention.same_side"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .proposedAlready, .notProposed: .conflict
        case .termNotPassed, .bound, .sameSide: .refused
        case .reasonMissing, .dayNotToCome: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .reasonMissing: "reason"
        case .dayNotToCome: "until"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound:
            "Sobre ese archivo no se puede decidir: no es de esta alianza, o la junta lo tiene como propio. Vuelva a la lista."
        case .termNotPassed:
            "El término confirmado de ese archivo no ha pasado, o se decidió conservarlo más. No se puede eliminar."
        case .bound:
            "Ese archivo está sellado, emitido con código, firmado o es de una elección: se conserva siempre."
        case .reasonMissing: "Escriba el motivo: queda en el registro."
        case .dayNotToCome: "Escriba un día que no haya llegado."
        case .proposedAlready: "Ya se propuso eliminarlo. Falta que lo confirme la otra parte, o retirarlo."
        case .notProposed: "Esa propuesta ya no espera: se confirmó o se retiró. Vuelva a la lista."
        case .sameSide:
            "Quien propone y quien confirma tienen que ser personas distintas: una de la oficina y otra de la junta."
        }
    }
}

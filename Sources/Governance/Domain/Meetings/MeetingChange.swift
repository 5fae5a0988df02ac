public import Kernel
public import Tenancy

/// Who alone may move a meeting or call it off, and who has to be told before.
///
/// The hearing in which an EPS renders accounts is moved by the EPS alone, after it told the Superintendencia (plan of
/// Aliansalud's association, 2026; Circular Única).
public struct MoveRule: Sendable, Hashable {
    /// Whether the entity's office alone may.
    public let isEntityOnly: Bool
    /// The authority that has to be told before the day that is moved; `nil` where none has to.
    public let authority: String?

    /// Makes a rule; `nil` where nothing is ruled.
    public init?(isEntityOnly: Bool, authority: String?) {
        let authority = authority?.trimmedOrNil
        guard isEntityOnly || authority != nil else { return nil }
        self.isEntityOnly = isEntityOnly
        self.authority = authority
    }
}

/// That an authority was told that a meeting is moved.
public struct AuthorityNotice: Sendable, Hashable {
    /// The filing number (`radicado`).
    public let number: String
    /// The day on which it was filed.
    public let filedOn: CalendarDate
    /// Its copy.
    public let file: ID<StoredFile>?

    /// Describes a notice.
    ///
    /// - Throws: ``MeetingError/authorityNotTold(_:)`` without a number.
    public init(number: String, filedOn: CalendarDate, file: ID<StoredFile>? = nil) throws(MeetingError) {
        guard let number = number.trimmedOrNil else { throw .authorityNotTold("la autoridad") }
        self.number = number
        self.filedOn = filedOn
        self.file = file
    }
}

/// That a meeting was moved or called off, and why.
public struct MeetingChange: Sendable, Hashable {
    /// The day before.
    public let dayBefore: CalendarDate
    /// When it would have begun.
    public let startedAt: TimeOfDay?
    /// The day after it; `nil` where it was called off.
    public let dayAfter: CalendarDate?
    /// Why, and with whom it was agreed.
    public let reason: String
    /// The notice to the authority.
    public let notice: AuthorityNotice?

    /// Describes a change.
    public init(
        dayBefore: CalendarDate, startedAt: TimeOfDay?, dayAfter: CalendarDate?, reason: String,
        notice: AuthorityNotice?
    ) {
        self.dayBefore = dayBefore
        self.startedAt = startedAt
        self.dayAfter = dayAfter
        self.reason = reason
        self.notice = notice
    }
}

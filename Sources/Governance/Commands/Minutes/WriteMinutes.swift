public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Keeps what a person adds to what happened, as long as the minutes are not approved.
public struct WriteMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What is kept.
    public let free: MinutesDraft.Free

    /// Takes what a person wrote.
    public init(_ free: MinutesDraft.Free, of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.free = free
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let draft = try await transaction.openMinutes(of: meeting, in: alliance, at: now)
        guard draft.state == .draft || draft.state == .circulated else { throw MinutesError.closed }
        try await transaction.save(free, in: draft.id, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.written", subject: draft.id, details: ["meeting": meeting.id.description])
        )
    }
}

/// Circulates minutes for observations: their text is kept as it is now, with its digest, and is what people observe,
/// approve and sign. After observations another version follows.
public struct CirculateMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Until when observations are asked for.
    public let observeUntil: CalendarDate?
    /// Whether somebody said that the likeness with earlier minutes is right.
    public let likenessIsRight: Bool

    /// Takes what a person decided.
    public init(
        _ meeting: ID<Meeting>, in alliance: ID<Alliance>, until day: CalendarDate?,
        likenessIsRight: Bool = false
    ) {
        self.alliance = alliance
        self.meeting = meeting
        observeUntil = day
        self.likenessIsRight = likenessIsRight
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps the version.
    ///
    /// - Returns: Its number.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        // What is decided after its text went out would not be in it.
        guard meeting.state == .held else { throw MinutesError.notHeld }
        if let observeUntil, observeUntil < ColombianTime.date(at: now) { throw MinutesError.dayPassed }
        let draft = try await transaction.openMinutes(of: meeting, in: alliance, at: now)
        guard draft.state == .draft || draft.state == .circulated else { throw MinutesError.closed }
        let waiting = try await transaction.minutesObservations(of: draft.id).count { $0.isAccepted == nil }
        guard waiting == 0 else { throw MinutesError.unanswered(waiting) }
        var signers = try await transaction.minutesSigners(of: draft.id)
        if signers.isEmpty {
            signers = try await transaction.proposedSigners(
                of: meeting, in: alliance,
                facilitator: draft.free.facilitator.map { ($0, draft.free.facilitatorPost) })
            try await transaction.replace(signers: signers, of: draft, at: now)
        }
        let text = try await transaction.minutesFacts(
            of: meeting, in: alliance, free: draft.free, signers: signers
        ).text
        let likeness = TextLikeness.findings(
            in: text.narrative, among: try await transaction.earlierMinutes(before: meeting.id, of: alliance))
        if let most = likeness.first, most.percent >= TextLikeness.threshold, !likenessIsRight {
            throw MinutesError.resembles(percent: most.percent)
        }
        let words = try text.canonical()
        let version = draft.version + 1
        try await transaction.circulate(words, as: version, of: draft, until: observeUntil, at: now)
        return Audited(
            version,
            AuditEvent(
                "governance.minutes.circulated", subject: draft.id,
                details: [
                    "meeting": meeting.id.description, "version": String(version),
                    "sha256": HashDigest(of: words).description,
                    "likeness": likeness.first.map { String($0.percent) } ?? "0",
                ]))
    }
}

/// Asks for a change in circulated minutes.
public struct ObserveMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.observeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The section.
    public let section: String
    /// What is asked.
    public let observation: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/emptyObservation``.
    public init(
        _ observation: String, on section: String, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) throws(MinutesError) {
        guard let observation = observation.trimmedOrNil else { throw .emptyObservation }
        self.alliance = alliance
        self.meeting = meeting
        self.section = section
        self.observation = observation
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard try await transaction.meeting(meeting, of: alliance) != nil,
            let draft = try await transaction.lockedMinutes(of: meeting)
        else { throw MinutesError.notFound }
        switch draft.state {
        case .draft: throw MinutesError.notCirculated
        case .approved, .sealed: throw MinutesError.closed
        case .circulated: break
        }
        let principal = transaction.scope.principal
        if !principal.holds(.writeMinutes, in: stream) {
            guard try await transaction.wasIn(meeting) else { throw MinutesError.wasNotThere }
        }
        var name = "La administración del servidor"
        if let user = principal.user, let found = try await transaction.user(user) { name = found.name }
        try await transaction.insert(observation: observation, on: section, of: draft, by: name, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.observed", subject: draft.id,
                details: ["meeting": meeting.description, "section": section]))
    }
}

/// Answers an observation: it is taken up, or not and why.
public struct AnswerMinutesObservation: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The observation.
    public let observation: UUID
    /// Whether it is taken up.
    public let isAccepted: Bool
    /// The answer.
    public let answer: String?

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/refusalUnreasoned``.
    public init(
        _ observation: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>, isAccepted: Bool,
        answer: String?
    ) throws(MinutesError) {
        let answer = answer?.trimmedOrNil
        guard isAccepted || answer != nil else { throw .refusalUnreasoned }
        self.alliance = alliance
        self.meeting = meeting
        self.observation = observation
        self.isAccepted = isAccepted
        self.answer = answer
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps the answer.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard try await transaction.meeting(meeting, of: alliance) != nil,
            let draft = try await transaction.lockedMinutes(of: meeting)
        else { throw MinutesError.notFound }
        guard draft.state == .circulated else { throw MinutesError.closed }
        guard
            try await transaction.answer(
                observation, of: draft.id, accepted: isAccepted, answer, at: now)
        else { throw MinutesError.notFound }
        return Audited(
            AuditEvent(
                "governance.minutes.observation_answered", subject: draft.id,
                details: ["meeting": meeting.description, "accepted": String(isAccepted)]))
    }
}

/// Sets the control header of the entity's minutes from a day on.
public struct SetDocumentFormat: Command {
    /// Who may do it.
    public static let permission = Permission.setDocumentFormats
    /// The format.
    public let format: DocumentFormat

    /// Takes what a person wrote.
    public init(_ format: DocumentFormat) { self.format = format }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError/formatTaken``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.insert(format, for: "minutes", at: now)
        return Audited(
            AuditEvent(
                "governance.format.set",
                details: [
                    "code": format.code, "version": format.version, "from": format.validFrom.description,
                ]))
    }
}

/// The control headers of the entity's minutes.
public struct ReadDocumentFormats: Query {
    /// Who may do it.
    public static let permission = Permission.setDocumentFormats

    /// Asks for them.
    public init() {}

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads them, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [DocumentFormat] {
        try await transaction.documentFormats("minutes")
    }
}

extension Transaction where Scope == TenantScope {
    /// Whether who acts was in a meeting.
    func wasIn(_ meeting: ID<Meeting>) async throws -> Bool {
        guard let user = scope.principal.user, let person = try await person(of: user) else { return false }
        return try await attended(meeting, person)
    }
}

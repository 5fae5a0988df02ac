public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Notes that circulated minutes were approved, and gives them the next number of their book.
public struct ApproveMinutes: Command {
    /// By what they were approved.
    public enum Act: Sendable, Hashable {
        /// By a decision that says so, of a later meeting or of the same.
        case decision(UUID)
        /// By a commission, on a day.
        case commission(String, on: CalendarDate)
    }

    /// Who may do it.
    public static let permission = Permission.approveMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting whose minutes they are.
    public let meeting: ID<Meeting>
    /// By what.
    public let act: Act

    /// Takes what a person chose.
    ///
    /// - Throws: ``MinutesError/commissionUntold``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, by act: Act
    ) throws(MinutesError) {
        if case .commission(let note, _) = act, note.trimmedOrNil == nil { throw .commissionUntold }
        self.alliance = alliance
        self.meeting = meeting
        self.act = act
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Approves them.
    ///
    /// - Returns: Their number.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting.id)
        else { throw MinutesError.notFound }
        let observations = try await transaction.minutesObservations(of: draft.id)
        let waiting = observations.count { $0.isAccepted == nil }
        guard waiting == 0 else { throw MinutesError.unanswered(waiting) }
        // What was accepted is in a later version, or it was not accepted.
        let owed = observations.count { $0.isAccepted == true && $0.version == draft.version }
        guard owed == 0 else { throw MinutesError.notTakenUp(owed) }
        let number: Int
        let how: MinutesDraft.Approval
        switch act {
        case .decision(let id):
            guard
                let decision = try await transaction.approvingDecisions(of: draft).first(where: {
                    $0.id == id
                })
            else { throw MinutesError.notTheDecision }
            try await transaction.hold(decision: id)
            how = decision.meeting == meeting.id ? .sameSession : .meeting
            number = try await transaction.approve(draft, on: decision.day, how: how, note: nil, by: id)
        case .commission(let note, let day):
            guard day >= meeting.day, day <= ColombianTime.date(at: now) else {
                throw MeetingError.notYetHeld
            }
            // A meeting hears observations itself; a commission waits until those who were asked have had their time.
            if let until = draft.observeUntil, until >= ColombianTime.date(at: now) {
                throw MinutesError.stillObserved(until: until)
            }
            how = .commission
            number = try await transaction.approve(draft, on: day, how: how, note: note.trimmedOrNil, by: nil)
        }
        return Audited(
            number,
            AuditEvent(
                "governance.minutes.approved", subject: draft.id,
                details: [
                    "meeting": meeting.id.description, "number": String(number), "how": how.rawValue,
                    "version": String(draft.version),
                ]))
    }
}

/// Says who signs minutes, as long as nobody who is taken out has signed: holders of seats, and who led the meeting.
public struct ChooseMinutesSigners: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The seats whose present holders sign.
    public let seats: [ID<Seat>]
    /// Whether who led the meeting signs.
    public let facilitatorSigns: Bool

    /// Takes what a person chose.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, seats: [ID<Seat>], facilitatorSigns: Bool
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.seats = seats
        self.facilitatorSigns = facilitatorSigns
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps them.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let draft = try await transaction.openMinutes(of: meeting, in: alliance, at: now)
        guard draft.state != .sealed else { throw MinutesError.closed }
        let signed = try await transaction.minutesSigners(of: draft.id).filter { $0.signature != nil }
        var next = (signed.map(\.position).max() ?? 0) + 1
        var chosen: [MinutesSigner] = []
        let bodies = try await transaction.seatedBodies(of: alliance, on: ColombianTime.date(at: now))
        for seating in bodies.flatMap(\.seatings) where seats.contains(seating.seat.id) {
            guard let mandate = seating.principal?.mandate,
                !signed.contains(where: { $0.seat == seating.seat.id && $0.person == mandate.person })
            else { continue }
            chosen.append(
                MinutesSigner(
                    position: next, office: seating.seat.title, seat: seating.seat.id,
                    person: mandate.person, name: mandate.holderName))
            next += 1
        }
        if facilitatorSigns, let name = draft.free.facilitator,
            !signed.contains(where: { $0.seat == nil && $0.name == name })
        {
            let facilitator = try await transaction.proposedSigners(
                of: meeting, in: alliance, facilitator: (name, draft.free.facilitatorPost)
            ).first { $0.seat == nil }
            let accounts = try await transaction.users().filter { $0.user.name.folded == name.folded }
            chosen.append(
                MinutesSigner(
                    position: next, office: draft.free.facilitatorPost ?? "Facilitador",
                    user: facilitator?.user ?? (accounts.count == 1 ? accounts[0].user.id : nil), name: name))
        }
        guard !chosen.isEmpty || !signed.isEmpty else { throw MinutesError.noSigners }
        try await transaction.replace(signers: chosen, of: draft, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.signers_chosen", subject: draft.id,
                details: ["meeting": meeting.id.description, "signers": String(chosen.count + signed.count)]))
    }
}

/// Notes what a later meeting decided to correct in sealed minutes. They stay as they are, and say who corrects them.
public struct CorrectMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.sealMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting whose minutes they are.
    public let meeting: ID<Meeting>
    /// The decision.
    public let decision: UUID
    /// What they say.
    public let says: String
    /// What they should say.
    public let shouldSay: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/correctionEmpty``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, by decision: UUID, says: String, shouldSay: String
    ) throws(MinutesError) {
        guard let says = says.trimmedOrNil, let shouldSay = shouldSay.trimmedOrNil else {
            throw .correctionEmpty
        }
        self.alliance = alliance
        self.meeting = meeting
        self.decision = decision
        self.says = says
        self.shouldSay = shouldSay
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting.id)
        else { throw MinutesError.notFound }
        guard draft.state == .sealed else { throw MinutesError.notSealed }
        guard
            try await transaction.correctingDecisions(of: draft, after: meeting).contains(where: {
                $0.id == decision
            })
        else { throw MinutesError.correctionNotLater }
        try await transaction.correct(draft, by: decision, says: says, shouldSay: shouldSay, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.corrected", subject: draft.id,
                details: [
                    "meeting": meeting.id.description,
                    "number": draft.approved.map { String($0.number) } ?? "",
                ]))
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

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

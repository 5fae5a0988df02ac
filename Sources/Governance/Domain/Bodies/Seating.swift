public import Kernel
public import Tenancy

/// Who sits on a seat on a day, and who sat there before.
public struct Seating: Sendable, Hashable {
    /// A mandate and where it stands on the day.
    public struct Holding: Sendable, Hashable {
        /// The mandate.
        public let mandate: MandateSummary
        /// Where it stands.
        public let standing: MandateStanding
    }

    /// The seat.
    public let seat: Seat
    /// The day for which it is told.
    public let day: CalendarDate
    /// Every mandate of the seat, from the latest to the first, principals before alternates.
    public let holdings: [Holding]

    /// Tells who sits on a seat on a day. `mandates` are all of the seat, in any order.
    public init(of seat: Seat, mandates: [MandateSummary], on day: CalendarDate) {
        self.seat = seat
        self.day = day
        holdings = mandates.sorted { ($1.startsOn, $0.rank) < ($0.startsOn, $1.rank) }
            .map { Holding(mandate: $0, standing: $0.standing(on: day)) }
    }

    /// The principal on the day, `nil` where the seat is empty.
    public var principal: Holding? {
        holdings.first { $0.mandate.rank == 0 && $0.standing.isHeld }
    }

    /// The alternates on the day, in the order in which they are called.
    public var alternates: [Holding] {
        holdings.filter { $0.mandate.rank > 0 && $0.standing.isHeld }
            .sorted { $0.mandate.rank < $1.mandate.rank }
    }

    /// Those who wait for their first day, their appointment or their `posesión`.
    public var awaited: [Holding] { holdings.filter { $0.standing == .pending } }

    /// Those whose time is over.
    public var past: [Holding] { holdings.filter { $0.standing == .ended || $0.standing == .expired } }

    /// Whether nobody sits there as principal.
    public var isVacant: Bool { principal == nil }

    /// The first day on which nobody sat there, `nil` where somebody does or nobody ever did.
    public var vacantSince: CalendarDate? {
        guard isVacant else { return nil }
        return holdings.filter { $0.mandate.rank == 0 && $0.mandate.held != nil && $0.standing != .pending }
            .map { $0.mandate.lastDay + 1 }.max()
    }
}

/// A body with its seats and who sits on them on a day.
public struct SeatedBody: Sendable, Hashable {
    /// The body.
    public let body: Body
    /// Its seats in their order.
    public let seatings: [Seating]

    /// How many of the seats that the alliance elects nobody holds.
    public var vacancies: Int { seatings.count { $0.seat.isElected && $0.isVacant } }

    /// The last day of the mandate in force that ends first, `nil` where none is.
    public var endsOn: CalendarDate? {
        seatings.compactMap { $0.principal?.mandate.endsOn }.min()
    }
}

/// An alliance as a list of the whole tenant names it.
public struct AllianceName: Sendable, Hashable {
    /// The alliance.
    public let id: ID<Alliance>
    /// Its name.
    public let name: String
    /// The last part of its address.
    public let slug: String
}

/// A mandate that ends soon, or went past its end, somewhere in the tenant.
public struct MandateEnding: Sendable, Hashable {
    /// The alliance, `nil` for a body of none.
    public let alliance: AllianceName?
    /// The body.
    public let body: ID<Body>
    /// Its name.
    public let bodyName: String
    /// The name of the seat.
    public let seatTitle: String
    /// The mandate.
    public let mandate: ID<Mandate>
    /// The holder's name.
    public let holderName: String
    /// The last day.
    public let endsOn: CalendarDate
    /// Where it stands: ending, acting or expired.
    public let standing: MandateStanding
    /// Whether somebody is to follow already.
    public let hasSuccessor: Bool
}

/// A seat that an alliance elects and nobody holds, somewhere in the tenant.
public struct Vacancy: Sendable, Hashable {
    /// The alliance, `nil` for a body of none.
    public let alliance: AllianceName?
    /// The body.
    public let body: ID<Body>
    /// Its name.
    public let bodyName: String
    /// The seat.
    public let seat: ID<Seat>
    /// The name of the seat.
    public let seatTitle: String
    /// The first day without a holder; `nil` where nobody ever held it here.
    public let since: CalendarDate?
    /// Whether somebody waits for appointment or `posesión`.
    public let isAwaited: Bool
    /// Whether an alternate is next in order for it.
    public let hasAlternate: Bool
}

public import Kernel
public import Tenancy

extension MandateSummary {
    /// Whether its holder may act by it on a day: sign, vote, receive, deliver.
    ///
    /// It is the one rule for every right that a mandate gives. It counts from the first day, or the `posesión` where that
    /// came later; past the last day only where the body says that who ends goes on until replaced, and only until somebody
    /// is. Nobody acts past their right.
    public func mayAct(on day: CalendarDate) -> Bool { standing(on: day).isHeld }
}

extension Seating {
    /// Whether a person, `nil` for somebody whom the register does not know, acts for the seat on the day: as its
    /// principal under that name, by a mandate that lets them.
    public func mayAct(_ person: ID<Person>?, named name: String) -> Bool {
        guard let mandate = principal?.mandate else { return false }
        return mandate.person == person && mandate.holderName == name && mandate.mayAct(on: day)
    }

    /// Who is next in order where the principal leaves: the first alternate who is known and whose period still runs.
    public var next: MandateSummary? {
        alternates.map(\.mandate).first { $0.person != nil && $0.endsOn >= day }
    }
}

extension SeatedBody {
    /// Which period in a row the holder of a mandate is in, 1 for the first; `nil` for an alternate, or where it was never
    /// held.
    ///
    /// Periods on any seat of the body count, with no more than so many days between them, as the limit of periods counts
    /// them (E15); those that run beside each other count once.
    public func term(of mandate: MandateSummary, gap: Int) -> Int? {
        guard mandate.rank == 0, let held = mandate.held else { return nil }
        let earlier = seatings.flatMap(\.holdings).map(\.mandate).filter { other in
            other.rank == 0 && other.id != mandate.id && other.held != nil
                && other.person == mandate.person
                && (mandate.person != nil || other.holderName == mandate.holderName)
                && other.actsFrom < held.from
        }.sorted { $0.actsFrom > $1.actsFrom }
        var count = 1
        var first = held.from
        for other in earlier where other.lastDay < first {
            guard first - other.lastDay - 1 <= gap else { break }
            count += 1
            first = other.actsFrom
        }
        return count
    }
}

/// A holder of whom the register says that they lost what the seat asks for: who died, is no affiliate any more, or left
/// the alliance.
public struct LapsedHolder: Sendable, Hashable {
    /// The alliance, `nil` for a body of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let body: ID<Body>
    /// The mandate.
    public let mandate: ID<Mandate>
    /// The holder's name.
    public let holderName: String
    /// What the register says: a death, or that the affiliation is lost.
    public let reason: MandateSummary.EndReason
    /// Since when it says so.
    public let since: CalendarDate
}

import Foundation
import Kernel

/// How a version of a calendar came about.
public enum CalendarKind: String, Sendable, Hashable, CaseIterable {
    /// Reckoned from the rules.
    case computed
    /// Moved by hand in the draft.
    case edited
    /// Put off after the call.
    case postponement
    /// A period that was made longer after the call.
    case extension_ = "extension"
}

extension ElectoralCalendar {
    /// The calendar with one date elsewhere; what depends on it is checked.
    ///
    /// Who moves a date away from where the rules put it says why; who moves it back need not.
    ///
    /// - Parameters:
    ///   - kind: Which date.
    ///   - opensAt: When it happens or begins.
    ///   - closesAt: When it ends; taken only where it lasts.
    ///   - reason: Why, where it departs from the reckoning.
    ///   - reckoned: The calendar as the rules give it for the same vote.
    /// - Returns: The calendar, its other dates where they were.
    /// - Throws: ``CalendarError``.
    func moving(
        _ kind: Milestone.Kind, to opensAt: Date, until closesAt: Date?, because reason: String?,
        reckoned: Self
    ) throws(CalendarError) -> Self {
        guard let milestone = self[kind], let original = reckoned[kind] else { throw .missing }
        guard kind != .voting else { throw .votingMovesAll }
        let closesAt = milestone.closesAt == nil ? nil : closesAt ?? milestone.closesAt
        if let closesAt, closesAt < opensAt { throw .closesBeforeItOpens(kind) }
        let departs = opensAt != original.opensAt || closesAt != original.closesAt
        let reason = reason?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        if departs, reason.isEmpty { throw .reasonMissing }
        let moved = Milestone(
            kind: kind, opensAt: opensAt, closesAt: closesAt,
            rule: departs ? "\(original.rule). Se movió: \(reason)" : original.rule, source: original.source,
            isConfirmed: original.isConfirmed, isEdited: departs,
            countsBusinessDays: original.countsBusinessDays)
        let calendar = Self(milestones: milestones.map { $0.kind == kind ? moved : $0 })
        try calendar.checkOrder()
        return calendar
    }

    /// Checks that no step comes before what it waits for.
    ///
    /// - Throws: ``CalendarError/outOfOrder(_:before:)`` with the first that does.
    func checkOrder() throws(CalendarError) {
        for rule in Self.order {
            guard let first = self[rule.first], let second = self[rule.second] else { continue }
            let end = rule.waitsForTheEnd ? first.closesAt ?? first.opensAt : first.opensAt
            guard end <= second.opensAt else { throw .outOfOrder(rule.second, before: rule.first) }
        }
    }

    /// What waits for what: for its beginning, or for its end.
    private static let order: [(first: Milestone.Kind, second: Milestone.Kind, waitsForTheEnd: Bool)] = [
        (.call, .nominations, false), (.call, .provisionalRoll, false), (.provisionalRoll, .claims, false),
        (.claims, .claimDecisions, true), (.claimDecisions, .rollFreeze, true),
        (.nominations, .voting, true), (.rollFreeze, .voting, true), (.voting, .provisionalResult, true),
        (.provisionalResult, .challenges, false), (.challenges, .challengeDecisions, true),
        (.challengeDecisions, .proclamation, true),
    ]

    /// The calendar with everything that has not begun put off by so many seconds.
    ///
    /// What has ended stays. What is under way keeps its beginning, and ends later.
    ///
    /// - Throws: ``CalendarError``.
    func postponed(by seconds: TimeInterval, at now: Date) throws(CalendarError) -> Self {
        guard seconds > 0 else { throw .notLater }
        let calendar = Self(
            milestones: milestones.map { milestone in
                guard (milestone.closesAt ?? milestone.opensAt) > now else { return milestone }
                return Milestone(
                    kind: milestone.kind,
                    opensAt: milestone.opensAt > now ? milestone.opensAt + seconds : milestone.opensAt,
                    closesAt: milestone.closesAt.map { $0 + seconds },
                    unextendedCloseAt: milestone.unextendedCloseAt.map { $0 + seconds },
                    rule: milestone.rule, source: milestone.source, isConfirmed: milestone.isConfirmed,
                    isEdited: true, countsBusinessDays: milestone.countsBusinessDays)
            })
        try calendar.checkOrder()
        return calendar
    }

    /// The calendar with a period that ends later.
    ///
    /// - Parameters:
    ///   - kind: Which period.
    ///   - closesAt: When it ends now.
    ///   - reason: Why.
    ///   - running: When it ends in fact, where that is not what the calendar says: a term to claim or to
    ///     challenge runs from what is published.
    ///   - now: The moment.
    /// - Returns: The calendar, with what waits for the period moved.
    /// - Throws: ``CalendarError``.
    func extending(
        _ kind: Milestone.Kind, until closesAt: Date, because reason: String,
        endingSoFar running: Date? = nil,
        at now: Date
    ) throws(CalendarError) -> Self {
        guard let milestone = self[kind], let end = milestone.closesAt else { throw .missing }
        let endSoFar = running ?? end
        guard closesAt > endSoFar else { throw endSoFar == end ? .notLater : .runsUntil(endSoFar) }
        guard closesAt > milestone.opensAt, closesAt > now else { throw .notLater }
        let longer = Milestone(
            kind: kind, opensAt: milestone.opensAt, closesAt: closesAt,
            unextendedCloseAt: milestone.unextendedCloseAt ?? end,
            rule: "\(milestone.rule). Se prorrogó: \(reason)", source: milestone.source,
            isConfirmed: milestone.isConfirmed, isEdited: true,
            countsBusinessDays: milestone.countsBusinessDays)
        let shift = closesAt.timeIntervalSince(end)
        let calendar = Self(
            milestones: milestones.map { other in
                switch (kind, other.kind) {
                case (_, kind): longer
                // Decisions begin when the period ends; those on claims end before the roll is frozen all the same.
                case (.claims, .claimDecisions): other.moved(opening: shift, closing: 0)
                case (.challenges, .challengeDecisions), (.challenges, .proclamation):
                    other.moved(opening: shift, closing: shift)
                default: other
                }
            })
        try calendar.checkOrder()
        return calendar
    }

    /// The calendar with all that follows the vote put off until its last place has closed; `nil` where nothing has to
    /// wait.
    func waiting(untilVotesClose closing: Date) -> Self? {
        guard let voting = self[.voting], let end = voting.closesAt, closing > end else { return nil }
        let shift = closing.timeIntervalSince(end)
        return Self(
            milestones: milestones.map { milestone in
                switch milestone.kind {
                case .voting: milestone.moved(opening: 0, closing: shift)
                case .provisionalResult, .challenges, .challengeDecisions, .proclamation:
                    milestone.moved(opening: shift, closing: shift)
                default: milestone
                }
            })
    }
}

extension Milestone {
    /// The same step, later.
    fileprivate func moved(opening: TimeInterval, closing: TimeInterval) -> Self {
        Self(
            kind: kind, opensAt: opensAt + opening, closesAt: closesAt.map { $0 + closing },
            unextendedCloseAt: unextendedCloseAt.map { $0 + closing }, rule: rule, source: source,
            isConfirmed: isConfirmed, isEdited: true, countsBusinessDays: countsBusinessDays)
    }
}

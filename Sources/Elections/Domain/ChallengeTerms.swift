public import Foundation
public import Kernel

/// When challenges to a result are taken: from the canvass on, for as long as the calendar gives.
public struct ChallengeWindow: Sendable, Hashable {
    /// The moment of the result.
    public let opensAt: Date
    /// The end of the term.
    public let closesAt: Date

    /// Reckons the window of a result.
    ///
    /// The term has the length that the calendar gives it and runs from when the result is known, so that a late
    /// result takes no days from anybody; it never ends before the day that was announced. A vote that was held
    /// before its day takes its term with it. An extension gives a moment to end at, and no greater length.
    ///
    /// - Parameters:
    ///   - resultAt: When the result was published.
    ///   - calendar: The calendar; without its terms the window is of two days, the usual one.
    ///   - known: The last day that was reckoned when the result was published, where it was kept.
    public init(resultAt: Date, calendar: ElectoralCalendar?, reckonedThen known: CalendarDate? = nil) {
        let term = calendar?[.challenges]
        let extended = term.flatMap { $0.unextendedCloseAt == nil ? nil : $0.closesAt }
        let run = ColombianTime.endOfDay(
            known ?? term?.lastDay(beginningAt: resultAt) ?? ColombianTime.date(at: resultAt) + 2)
        let announced = calendar?[.voting].flatMap { voting in
            resultAt >= voting.opensAt ? term?.closesAt : nil
        }
        opensAt = resultAt
        closesAt = max(run, announced ?? run, extended ?? run)
    }

    /// A window between two moments.
    init(from opensAt: Date, to closesAt: Date) {
        self.opensAt = opensAt
        self.closesAt = closesAt
    }

    /// The last day on which challenges are taken, whole.
    public var lastDay: CalendarDate { ColombianTime.date(at: closesAt.addingTimeInterval(-1)) }

    /// Whether a challenge can be filed at a moment.
    public func isOpen(at now: Date) -> Bool { opensAt <= now && now < closesAt }
}

/// The terms to challenge the results of a process, a contest each. A term runs from the last canvass of its contest, so
/// that a runoff, a later contest or a new count has its own.
public struct ChallengeTerms: Sendable, Hashable {
    private let windows: [ID<Contest>: ChallengeWindow]
    private let open: Set<ID<Contest>>

    /// Reckons the terms.
    ///
    /// - Parameters:
    ///   - canvasses: The last canvass of each contest that has one.
    ///   - contests: The contests of the process.
    ///   - calendar: The calendar of the process.
    public init(of canvasses: [CanvassHeading], in contests: [Contest], calendar: ElectoralCalendar?) {
        windows = Dictionary(
            canvasses.map { canvass in
                let window = ChallengeWindow(
                    resultAt: canvass.madeAt, calendar: calendar, reckonedThen: canvass.challengesUntil)
                return (canvass.contest, window)
            }
        ) { first, _ in first }
        open = Set(contests.filter { $0.state == .open }.map(\.id))
    }

    /// The window of a contest, or of the whole process: from its first result until the last term is over. `nil` while
    /// there is no result.
    public func window(of contest: ID<Contest>? = nil) -> ChallengeWindow? {
        if let contest { return windows[contest] }
        let left = windows.filter { open.contains($0.key) }
        let all = (left.isEmpty ? windows : left).values
        guard let first = all.map(\.opensAt).min(), let last = all.map(\.closesAt).max() else { return nil }
        return ChallengeWindow(from: first, to: last)
    }

    /// Whether a challenge to a contest, or to the whole process, can be filed at a moment: a contest that ended has
    /// nothing left to challenge.
    public func isOpen(for contest: ID<Contest>? = nil, at now: Date) -> Bool {
        guard !open.isEmpty, contest.map(open.contains) != false else { return false }
        return window(of: contest)?.isOpen(at: now) == true
    }
}

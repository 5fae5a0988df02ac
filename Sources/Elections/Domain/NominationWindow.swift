public import Foundation
public import Kernel

/// When slates are taken (`período de inscripción`), and the day as of which their candidates are looked at.
public struct NominationWindow: Sendable, Hashable {
    /// The first moment.
    public let opensAt: Date
    /// The last moment.
    public let closesAt: Date

    /// Makes a window.
    public init(opensAt: Date, closesAt: Date) {
        self.opensAt = opensAt
        self.closesAt = closesAt
    }

    /// The window of a calendar. Nominations are taken from the call on: where it was published before the day that
    /// had been computed for it, from then, unless somebody set the day by hand.
    init?(of calendar: ElectoralCalendar?, calledAt: Date?) {
        guard let milestone = calendar?[.nominations], let closesAt = milestone.closesAt, let calledAt else {
            return nil
        }
        opensAt = milestone.isEdited ? milestone.opensAt : min(milestone.opensAt, calledAt)
        self.closesAt = closesAt
    }

    /// The day as of which candidates have to meet what is asked of them: the last of nominations, the same for all,
    /// so that nobody gains or loses by handing in early.
    public var checkDay: CalendarDate { ColombianTime.date(at: closesAt) }

    /// Whether slates are taken.
    public func isOpen(at now: Date) -> Bool { opensAt <= now && now <= closesAt }

    /// Refuses what comes outside of the window.
    ///
    /// - Throws: ``SlateError``.
    func require(openAt now: Date) throws(SlateError) {
        guard now >= opensAt else { throw .registrationNotOpen(from: opensAt) }
        guard now <= closesAt else { throw .registrationClosed(at: closesAt) }
    }
}

extension ProcessState {
    /// Whether slates are registered, changed and decided in this state: between the call and the vote.
    public var takesNominations: Bool {
        switch self {
        case .called, .provisionalRoll, .claims, .frozenRoll, .nominations: true
        default: false
        }
    }

    /// Whether a candidate can be kept out: from the call until somebody is proclaimed.
    var decidesCandidacies: Bool {
        switch self {
        case .draft, .suspended, .proclaimed, .void, .annulled: false
        default: true
        }
    }
}

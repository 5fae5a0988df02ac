import Elections
import Foundation
import Kernel

extension MilestoneStanding {
    /// The standing as a chip, the same wherever a calendar is shown.
    var status: Status {
        switch self {
        case .done: Status(title, .met)
        case .underWay, .today: Status(title, .open)
        case .late: Status(title, .overdue)
        case .toCome: Status(title, .plain)
        }
    }
}

extension ProcessFile {
    /// When a date is and was, in words.
    func words(for milestone: Milestone, at now: Date) -> String {
        standing(of: milestone, at: now).words(
            from: milestone.opensAt, until: milestone.closesAt, since: progress[milestone.kind]?.begunAt,
            isVoting: milestone.kind == .voting)
    }
}

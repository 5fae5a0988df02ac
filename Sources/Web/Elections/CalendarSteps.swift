import Elections
import Foundation
import Kernel

/// Where a date of an electoral calendar stands: what was done, not only what day it is.
extension ProcessFile {
    /// The state of a date as a chip.
    func status(of milestone: Milestone, at now: Date) -> Status {
        switch milestone.kind {
        case .call: done(call != nil, milestone, at: now)
        case .provisionalRoll: done(provisionalRoll != nil, milestone, at: now)
        case .rollFreeze: done(roll != nil, milestone, at: now)
        case .voting:
            process.state == .voting
                ? Status("En curso", .open) : done(hasReached(.count), milestone, at: now)
        case .provisionalResult: done(hasReached(.provisionalResult), milestone, at: now)
        case .proclamation: done(process.state == .proclaimed, milestone, at: now)
        case .nominations: term(milestone, begun: call != nil, ended: hasReached(.voting), at: now)
        case .claims: term(milestone, begun: provisionalRoll != nil, ended: roll != nil, at: now)
        case .claimDecisions: term(milestone, begun: now >= milestone.opensAt, ended: roll != nil, at: now)
        case .challenges:
            term(
                milestone, begun: hasReached(.provisionalResult), ended: process.state == .proclaimed, at: now
            )
        case .challengeDecisions:
            term(
                milestone, begun: hasReached(.provisionalResult) && now >= milestone.opensAt,
                ended: process.state == .proclaimed, at: now)
        }
    }

    /// The first date that is open or late, while the process goes on: where it stands today.
    func current(at now: Date) -> Milestone.Kind? {
        guard process.state != .draft, !process.state.isOver else { return nil }
        return calendar?.milestones.first {
            ![.met, .plain].contains(status(of: $0, at: now).tone)
        }?.kind
    }

    /// Whether the process went as far as a state of its course; unknown, so no, of one that was broken off.
    private func hasReached(_ state: ProcessState) -> Bool {
        let course = ProcessState.allCases.prefix { $0 != .suspended }
        guard let here = course.firstIndex(of: process.state),
            let there = course.firstIndex(of: state)
        else { return false }
        return here >= there
    }

    /// An act that is done once: done, late or to come.
    private func done(_ isDone: Bool, _ milestone: Milestone, at now: Date) -> Status {
        if isDone { return Status("Hecho", .met) }
        let isAwaited = !process.state.isOver && process.state != .suspended
        return isAwaited && (milestone.closesAt ?? milestone.opensAt) < now
            ? Status("Atrasado", .overdue) : Status("Por llegar", .plain)
    }

    /// A term that something opens and something else ends, before its last day or on it.
    private func term(_ milestone: Milestone, begun: Bool, ended: Bool, at now: Date) -> Status {
        if ended || (begun && (milestone.closesAt ?? milestone.opensAt) < now) {
            return Status("Cerrado", .met)
        }
        return begun ? Status("Abierto", .open) : Status("Por llegar", .plain)
    }
}

import Governance
import Kernel
import Tenancy

extension AllianceFacts {
    /// What was so by the end of a past day, by the dates of the facts as they are known today: what was recorded late
    /// counts from its own day. What has no date is left out, except the standing agenda. The `acts` are those that
    /// dissolved the alliance or put that right, the latest first.
    func known(by day: CalendarDate, after acts: [Dissolution]) -> AllianceFacts {
        var facts = self
        for act in acts where act.decidedOn > day { facts.state = act.before }
        facts.constitution = constitution.flatMap { $0.heldOn <= day ? $0 : nil }
        if facts.constitution == nil, constitution != nil, facts.state != .dissolved {
            // Today's state is that of an alliance which was constituted since.
            facts.state = .enrolling
        }
        facts.registrations = registrations.filter { $0.registeredOn.map { $0 <= day } ?? false }
        facts.bylaws = bylaws.filter { $0.approvedOn <= day }
        facts.elections = elections.compactMap { $0.known(by: day) }
        let proclaimed = Set(facts.elections.filter { $0.proclaimedOn != nil }.map(\.id))
        facts.seats = seats.map { seat in
            var seat = seat
            seat.holdings.removeAll { $0.process.map { !proclaimed.contains($0) } ?? false }
            return seat
        }
        facts.meetings = meetings.filter { $0.heldOn <= day }
        facts.plannedMeetings = plannedMeetings.filter { $0.day >= day }
        facts.plans = plans.compactMap { $0.known(by: day) }
        facts.reports = reports.filter { $0.givenOn <= day }
        return facts
    }

    /// Whether it was known here, or constituted, by a day.
    func existed(by day: CalendarDate) -> Bool {
        enteredOn <= day || constitution.map { $0.heldOn <= day } ?? false
    }
}

extension AllianceFacts.Election {
    /// What of it was so by the end of a day; `nil` before its call.
    fileprivate func known(by day: CalendarDate) -> Self? {
        guard let calledOn, calledOn <= day else { return nil }
        var election = self
        if let brokenOffOn, brokenOffOn > day { election.isUnderWay = true }
        if let proclaimedOn, proclaimedOn > day {
            election.isUnderWay = true
            election.proclaimedOn = nil
            election.electors = nil
            election.contests = []
        }
        return election
    }
}

extension AllianceFacts.Plan {
    /// What of it was so by the end of a day; `nil` before its year.
    fileprivate func known(by day: CalendarDate) -> Self? {
        let today = day.components
        guard year <= today.year else { return nil }
        var plan = self
        if year == today.year { plan.monthsFollowedUp = monthsFollowedUp.filter { $0 <= today.month } }
        if let startsOn, startsOn > day {
            plan.isApproved = false
            plan.startsOn = nil
        }
        return plan
    }
}

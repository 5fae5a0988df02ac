import Foundation
import Kernel
import Reporting
import Tenancy

extension CalendarFeed {
    /// What an alliance tells everybody of its dates: its open meetings, and the calendar of its elections.
    ///
    /// It is made of what its page shows and of nothing else.
    init(of alliance: PublishedAlliance, at page: Path, _ visit: Visit) {
        let address = visit.site.origin + page.text(in: nil)
        let today = ColombianTime.date(at: visit.now)
        let meetings = (alliance.profile.meetings ?? []).compactMap { Event($0, at: address) }
        let dates = alliance.profile.elections.flatMap { election in
            election.entries(of: alliance.id, on: today).map {
                Event($0, detail: $0.detail, address: address)
            }
        }
        self.init(
            name: alliance.name, events: meetings + dates,
            host: URL(string: visit.site.origin)?.host() ?? "alianzas", now: visit.now)
    }
}

extension CalendarFeed.Event {
    /// An open meeting; `nil` where the server wrote it before it told which it is.
    fileprivate init?(_ meeting: AllianceProfile.Meeting, at address: String) {
        guard let id = meeting.id else { return nil }
        self.init(
            id: "reunion-\(id)", day: meeting.day, hours: meeting.startsAt.map { ($0, meeting.endsAt) },
            title: meeting.title, place: meeting.place, detail: nil, address: address,
            changes: meeting.changes ?? 0, isCalledOff: meeting.isCalledOff ?? false)
    }
}

extension AllianceProfile.Election {
    /// The dates of its calendar; those that are ahead of one that was given up are called off.
    fileprivate func entries(of alliance: ID<Alliance>, on today: CalendarDate) -> [AgendaEntry] {
        guard let process = ID<ElectoralProcess>(id) else { return [] }
        let isGivenUp = !isUnderWay && proclaimedOn == nil
        return steps.flatMap { step in
            AgendaEntry.entries(
                of: step.milestone, process: process, named: name, in: alliance, from: step.opensAt,
                until: step.closesAt, changes: version ?? 0
            ) { day in isGivenUp && step.doneAt == nil && day >= today ? .notApplicable : .due }
        }
    }
}

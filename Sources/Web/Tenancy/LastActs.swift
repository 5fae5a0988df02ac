import Elections
import Foundation
import Governance
import Kernel
import Membership
import Reporting
import Tenancy

/// What was done last, for the home of who works here: who did what, where, with the way there.
enum LastActs {
    /// One act, or the same act that somebody repeated at once.
    struct Line: Sendable {
        let words: String
        /// Who acted; `nil` for who is told no names.
        let actor: String?
        let place: String
        let happenedAt: Date
        /// Where it can be looked at, for who may open it.
        let path: Path?
    }

    /// Acts read for each line shown: repeated ones make one.
    fileprivate static let readForEach = 6

    /// Puts the same act of the same person on the same thing together, where nothing came between.
    fileprivate static func joined(_ acts: [LastAct]) -> [(act: LastAct, times: Int)] {
        acts.reduce(into: []) { joined, act in
            if let last = joined.last?.act, last.stream == act.stream, last.event.action == act.event.action,
                last.event.subject == act.event.subject, last.event.actorKind == act.event.actorKind,
                last.event.actorName == act.event.actorName
            {
                joined[joined.count - 1].times += 1
            } else {
                joined.append((act, 1))
            }
        }
    }
}

extension HTML {
    /// Writes what was done last.
    mutating func lastActs(_ acts: [LastActs.Line]) {
        ol(.class("last-acts")) { list in
            for act in acts {
                list.li { item in
                    item.span { $0.text(act.words, leadingTo: act.path) }
                    item.span(
                        [act.actor, act.place, SpanishFormat.longDateAndTime(act.happenedAt)]
                            .compactMap(\.self).joined(separator: " · "), .class("form-text"))
                }
            }
        }
    }
}

extension TenantContext {
    /// The last acts in the chains that the person may look at, the latest first; none for who may look at none.
    func lastActs(_ count: Int) async throws -> [LastActs.Line] {
        let scene = try await logScene()
        let streams = scene.streams(at: nil)
        guard !streams.isEmpty else { return [] }
        let isNaming = !streams.contains { principal.looksInFromOutside(by: .seeAudit, in: $0) }
        let acts = try await fetch(
            ReadLastActs(of: streams, count: count * LastActs.readForEach, isNaming: isNaming))
        let joined = LastActs.joined(acts).prefix(count)
        let titles = try await meetingTitles(joined.map(\.act))
        let words = LogWords(
            users: scene.users, alliances: scene.alliances,
            processes: scene.processes.map { ($0.id.description, $0.name) },
            titles: Dictionary(uniqueKeysWithValues: titles.map { ($0.key.description, $0.value) }))
        let meetings = Set(titles.keys)
        return joined.map { act, times in
            let sentence = words.sentence(of: act.event)
            return LastActs.Line(
                words: times > 1 ? "\(sentence) (\(times) veces)" : sentence,
                actor: isNaming ? words.actor(of: act.event) : nil, place: scene.name(of: act.stream),
                happenedAt: act.event.happenedAt, path: path(to: act, in: scene, meetings))
        }
    }

    /// What the meetings are called that acts are about and that the person may see: what a board keeps to itself is
    /// neither named nor linked.
    private func meetingTitles(_ acts: [LastAct]) async throws -> [ID<Meeting>: String] {
        let ids = acts.compactMap(\.meeting)
        let streams = Set(acts.compactMap { act in act.meeting.map { _ in act.stream } })
            .map { AuditStream.alliance(ID(rawValue: $0)) }.filter { may(.readGovernance, in: $0) }
        guard !ids.isEmpty, !streams.isEmpty else { return [:] }
        return try await read(.readGovernance, in: streams) { try await $0.meetingTitles(ids) }
    }

    /// Where an act can be looked at; `nil` where the person may not, or there is nothing to look at.
    private func path(to act: LastAct, in scene: LogScene, _ meetings: Set<ID<Meeting>>) -> Path? {
        let action = act.event.action
        if let alliance = scene.alliances.first(where: { $0.id.rawValue == act.stream }),
            let heading = heading(of: alliance)
        {
            return path(to: act, of: heading, meetings)
        }
        if let process = scene.processes.first(where: { $0.id.rawValue == act.stream }) {
            guard let alliance = scene.alliances.first(where: { $0.id == process.alliance }),
                let heading = heading(of: alliance), heading.path(to: .elections) != nil
            else { return nil }
            return .process(heading.slug, process.id)
        }
        if action.hasPrefix("tenancy.alliance."),
            let alliance = scene.alliances.first(where: { $0.id.description == act.event.subject })
        {
            return heading(of: alliance).map { .alliance($0.slug) }
        }
        if action.hasPrefix("tenancy.user.") || action.hasPrefix("tenancy.role.") {
            return may(.administerUsers) ? .users() : nil
        }
        return action.hasPrefix("membership.import.") && may(.seeAffiliates) ? .affiliates() : nil
    }

    private func path(
        to act: LastAct, of heading: AllianceHeading, _ meetings: Set<ID<Meeting>>
    ) -> Path? {
        if let meeting = act.meeting, meetings.contains(meeting) {
            // Minutes from paper stand on the page of their meeting.
            let isComposed =
                act.event.action.hasPrefix("governance.minutes.")
                && act.event.action != "governance.minutes.recorded"
            return isComposed ? .minutes(heading.slug, meeting) : .meeting(heading.slug, meeting)
        }
        if act.event.action.hasPrefix("governance.body."),
            let body = act.event.subject.flatMap({ ID<Body>($0) }),
            heading.path(to: .governance) != nil
        {
            return .body(heading.slug, body)
        }
        return AllianceTab(ofAction: act.event.action).flatMap { heading.path(to: $0) }
    }
}

extension LastAct {
    /// The meeting that it is about, by what its event is about or names.
    fileprivate var meeting: Kernel.ID<Meeting>? {
        guard event.action.hasPrefix("governance.") else { return nil }
        let details = event.details.flatMap {
            try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String]
        }
        if let named = details?["meeting"].flatMap({ Kernel.ID<Meeting>($0) }) { return named }
        let subjects = [
            "governance.meeting.", "governance.agenda.", "governance.notice.", "governance.call_sheet.",
            "governance.support.", "governance.session.", "governance.attendance.", "governance.decision.",
            "governance.evidence.",
        ]
        return subjects.contains { event.action.hasPrefix($0) }
            ? event.subject.flatMap { Kernel.ID<Meeting>($0) } : nil
    }
}

extension AllianceTab {
    /// The page of an alliance on which what an action did is found.
    init?(ofAction action: String) {
        let pages: [(beginning: String, tab: Self)] = [
            ("tenancy.alliance.", .summary), ("membership.", .members), ("elections.", .elections),
            ("reporting.", .compliance), ("governance.plan.", .plan), ("governance.training.", .plan),
            ("governance.duty.", .plan), ("governance.report.", .plan),
            ("governance.complaint.", .complaints),
            ("governance.improvement.", .complaints), ("governance.delivery.", .documents),
            ("governance.export.", .documents), ("governance.paper.", .documents),
            ("governance.orientation.", .between), ("governance.campaign.", .between),
            ("governance.letter.", .between), ("governance.oversight.", .between),
            ("governance.finding.", .between), ("governance.need.", .between), ("governance.poll.", .between),
            ("governance.commitment.", .meetings), ("governance.minutes.", .meetings),
            ("governance.meeting.", .meetings), ("governance.series.", .meetings),
            ("governance.", .governance),
        ]
        guard let page = pages.first(where: { action.hasPrefix($0.beginning) }) else { return nil }
        self = page.tab
    }
}

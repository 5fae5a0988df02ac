import Foundation
import Kernel

@testable import Membership

/// A person with random facts, and what these say, reckoned in plain Swift from the words of the requirements and
/// from nothing of the product's SQL.
struct OraclePerson: Sendable {
    struct State: Sendable {
        let value: String
        let from: CalendarDate
    }

    /// Where a fact was recorded, as seen from the alliance and the election that are asked about.
    enum Place: Sendable, CaseIterable {
        case everywhere, here, hereInThisElection, hereInAnotherElection, elsewhere

        /// Whether it counts for the alliance and the election.
        var counts: Bool { [.everywhere, .here, .hereInThisElection].contains(self) }
    }

    struct Paper: Sendable {
        let kind: String
        let value: String
        let from: CalendarDate
        var until: CalendarDate?
        var happenedAt: Date?
        /// `nil` where none is needed.
        var review: String?
        var place = Place.everywhere
        /// Recorded, and taken back.
        var isCancelled = false
        /// Recorded after the moment for which the answer is given.
        var isLate = false
        /// Reviewed after that moment.
        var isReviewedLate = false

        /// The review as it stands at the moment of the answer.
        var reviewThen: String? { review == nil ? nil : isReviewedLate ? "pending" : review }
        /// Whether it is there at all for who asks.
        var isKnown: Bool { !isCancelled && !isLate && place.counts }
        /// Whether nobody has to review it any more.
        var isGood: Bool { reviewThen == nil || reviewThen == "accepted" }

        func isInForce(on day: CalendarDate) -> Bool { from <= day && (until.map { $0 > day } ?? true) }
    }

    let documentType: String
    let documentNumber: String
    let birth: CalendarDate
    let municipality: String
    /// The states of the affiliation, the first first; each holds until the next begins.
    let states: [State]
    let consent: (given: CalendarDate, withdrawn: CalendarDate?)?
    let papers: [Paper]
    let isListed: Bool
    /// The body whose periods are limited to two in a row.
    static let body = "junta"
    /// The day of the only list of employees.
    static let staffListDay = EligibleAlliance.day - 10

    /// Draws a person around a day.
    init(_ number: Int, around day: CalendarDate, using random: inout SeededRandom) {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func before(_ days: Int) -> CalendarDate { day - Int.random(in: 0...days, using: &random) }
        documentType = ["CC", "CC", "CC", "TI", "CE", "PT", "RC"].randomElement(using: &random) ?? "CC"
        documentNumber = String(1_000_000_000 + number)
        // Many around their eighteenth birthday, on 29 February too.
        birth =
            chance(30)
            ? day.addingMonths(-12 * 18) + Int.random(in: -3...3, using: &random)
            : chance(5)
                ? CalendarDate(year: 2008, month: 2, day: 29) ?? day : day.addingMonths(-12 * 40) - number
        municipality = ["23672", "23672", "23417", "13001"].randomElement(using: &random) ?? "23672"
        var states: [State] = []
        var start = day - 900 - Int.random(in: 0...400, using: &random)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            states.append(
                State(
                    value: ["active", "active", "suspended", "retired"].randomElement(using: &random) ?? "",
                    from: start))
            start = start + Int.random(in: 1...500, using: &random)
        }
        self.states = states
        let given = before(500)
        let withdrawn = max(given, day + Int.random(in: -5...5, using: &random))
        consent = chance(80) ? (given, chance(20) ? withdrawn : nil) : nil
        isListed = chance(15)
        var papers: [Paper] = []
        func paper(_ kind: String, _ values: [String], reviewed: Bool, within days: Int) {
            guard chance(60) else { return }
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                // One a day of each kind, so that "the latest" is never in doubt.
                let from = before(days)
                guard !papers.contains(where: { $0.kind == kind && $0.from == from }) else { continue }
                var paper = Paper(
                    kind: kind, value: values.randomElement(using: &random) ?? "", from: from,
                    until: chance(20) ? from + Int.random(in: 1...300, using: &random) : nil,
                    review: reviewed
                        ? ["pending", "accepted", "accepted", "rejected"].randomElement(using: &random)
                        : nil)
                // A paper is always of an alliance.
                paper.place =
                    (reviewed ? Array(Place.allCases.dropFirst()) : Place.allCases).randomElement(
                        using: &random) ?? .here
                if chance(50) { paper.place = reviewed ? .here : .everywhere }
                (paper.isCancelled, paper.isLate, paper.isReviewedLate) = (
                    chance(10), chance(10), chance(10)
                )
                papers.append(paper)
            }
        }
        paper("service_used", ["consulta", "urgencias"], reviewed: false, within: 700)
        paper("service_used", ["atención"], reviewed: true, within: 700)
        paper("residence", ["23672", "23417"], reviewed: true, within: 400)
        paper("employment", ["employed", "not_employed"], reviewed: true, within: 150)
        paper("affiliated_since", ["afiliación"], reviewed: true, within: 700)
        paper("identity_shown", ["clear", "not_shown"], reviewed: true, within: 3)
        paper("no_elected_office", ["clear", "holds_or_seeks"], reviewed: true, within: 500)
        paper("legal_certificates", ["clear", "disqualified"], reviewed: true, within: 200)
        paper("sector_interests", ["clear", "has_interests"], reviewed: true, within: 500)
        paper("no_contracts", ["clear", "has_contracts"], reviewed: true, within: 200)
        paper("committee_year", ["clear", "less_than_a_year"], reviewed: true, within: 900)
        paper("sanction", ["suspensión"], reviewed: true, within: 200)
        // Periods in two bodies, one after the other with longer and shorter gaps, or beside each other; the last may
        // go on, and some were annulled.
        var begin = day - Int.random(in: 500...2500, using: &random)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let end = begin + Int.random(in: 200...730, using: &random)
            papers.append(
                Paper(
                    kind: "mandate", value: chance(75) ? Self.body : "otro", from: begin,
                    until: end > day && chance(50) ? nil : end, isCancelled: chance(10)))
            begin =
                chance(20)
                ? begin + Int.random(in: 1...199, using: &random)
                : end + Int.random(in: 1...360, using: &random)
        }
        // Sessions of two days: the first failed, and some check-ins were undone.
        for session in [day - 40, day] where chance(70) {
            let arrival =
                ColombianTime.startOfDay(session)
                + Double(Int.random(in: 6 * 60...9 * 60, using: &random)) * 60
            let isUndone = chance(20)
            papers.append(
                Paper(
                    kind: "presence", value: "in", from: session, happenedAt: arrival,
                    place: .hereInThisElection, isCancelled: isUndone))
            if isUndone, chance(60) {
                papers.append(
                    Paper(
                        kind: "presence", value: "in", from: session, happenedAt: arrival + 1200,
                        place: .hereInThisElection))
            }
            if !isUndone, chance(30) {
                papers.append(
                    Paper(
                        kind: "presence", value: "out", from: session, happenedAt: arrival + 3600,
                        place: .hereInThisElection))
            }
        }
        self.papers = papers
    }

    /// The window of services that one of the switches fixes.
    static let window = (from: EligibleAlliance.day - 300, until: EligibleAlliance.day - 30)

    /// The verdict on a requirement of the catalogue on a day; services in the last year, or within the fixed window.
    func verdict(on code: String, _ day: CalendarDate, inWindow: Bool = false) -> Verdict {
        switch code {
        case "E01": return state(on: day).map { $0 == "active" ? .pass : .fail } ?? .unproven
        case "E02":
            if ["RC", "TI", "CN", "MS"].contains(documentType) { return .fail }
            let (year, month, dayOfMonth) = birth.components
            let coming =
                CalendarDate(year: year + 18, month: month, day: dayOfMonth)
                ?? CalendarDate(year: year + 18, month: 2, day: 28)
            return coming.map { $0 <= day ? .pass : .fail } ?? .unproven
        case "E03":
            // Each of the two that is there, with its day; the later decides, on the same day the worse.
            var answers: [(day: CalendarDate, isEmployed: Bool)] = []
            if day >= Self.staffListDay { answers.append((Self.staffListDay, isListed)) }
            if let paper = latest("employment", on: day), paper.from >= day - 90 {
                answers.append((paper.from, paper.value == "employed"))
            }
            guard let last = answers.map(\.day).max() else { return .unproven }
            return answers.contains { $0.day == last && $0.isEmployed } ? .fail : .pass
        case "E04":
            if let paper = latest("residence", on: day), paper.from >= day - 180 {
                return paper.value == "23672" ? .pass : .fail
            }
            // Known since the last change that the register saw.
            return states.contains { $0.from <= day } ? (municipality == "23672" ? .pass : .fail) : .unproven
        case "E05":
            let last = inWindow ? min(day, Self.window.until) : day
            let first = inWindow ? Self.window.from : day.addingMonths(-12)
            let used = papers.filter {
                $0.kind == "service_used" && $0.isKnown && $0.isGood && $0.from <= last
            }
            return used.map(\.from).max().map { $0 >= first ? .pass : .fail } ?? .unproven
        case "E06":
            let limit = day.addingMonths(-12)
            if let linked = latest("affiliated_since", on: day) {
                return linked.from <= limit ? .pass : .fail
            }
            var since: CalendarDate?
            for state in states where state.from <= day {
                if state.value != "active" { since = nil } else if since == nil { since = state.from }
            }
            return since.map { $0 <= limit ? .pass : .unproven } ?? .unproven
        case "E07":
            let last = presences(on: day).max {
                ($0.happenedAt ?? .distantPast) < ($1.happenedAt ?? .distantPast)
            }
            return last.map { $0.value == "in" ? .pass : .fail } ?? .unproven
        case "E08":
            return paper("identity_shown", adverse: "not_shown", days: nil, on: day) {
                $0.place == .hereInThisElection
            }
        case "E09":
            let arrivals = presences(on: day).filter { $0.value == "in" }.compactMap(\.happenedAt)
            guard let first = arrivals.min() else { return .unproven }
            let time = ColombianTime.time(at: first)
            return (450...510).contains(time.minutesSinceMidnight) ? .pass : .fail
        case "E10": return paper("no_elected_office", adverse: "holds_or_seeks", days: 365, on: day)
        case "E11": return paper("legal_certificates", adverse: "disqualified", days: 90, on: day)
        case "E12": return paper("sector_interests", adverse: "has_interests", days: 365, on: day)
        case "E13": return paper("no_contracts", adverse: "has_contracts", days: 90, on: day)
        case "E14": return paper("committee_year", adverse: "less_than_a_year", days: nil, on: day)
        case "E15":
            var (periods, next) = (0, CalendarDate?.none)
            let held = papers.filter {
                $0.kind == "mandate" && $0.value == Self.body && $0.isKnown && $0.from <= day
            }
            for period in held.sorted(by: { $0.from > $1.from }) {
                guard (next ?? day) - (period.until ?? day) <= 180 else { break }
                // Who still held it when the next began held both at once.
                let isBeside = next.map { next in period.until.map { $0 > next } ?? true } ?? false
                if !isBeside { periods += 1 }
                next = period.from
            }
            return periods < 2 ? .pass : .fail
        case "E16": return latest("sanction", on: day) == nil ? .pass : .fail
        case "E17":
            guard let consent, consent.given <= day, consent.withdrawn.map({ $0 > day }) ?? true else {
                return .fail
            }
            return .pass
        default: return .pass
        }
    }

    private func state(on day: CalendarDate) -> String? { states.last { $0.from <= day }?.value }

    private func presences(on day: CalendarDate) -> [Paper] {
        papers.filter { $0.kind == "presence" && $0.isKnown && $0.from == day }
    }

    /// The latest fact of a kind that is in force and needs no review any more.
    private func latest(_ kind: String, on day: CalendarDate) -> Paper? {
        papers.filter { $0.kind == kind && $0.isKnown && $0.isGood && $0.isInForce(on: day) }.max {
            $0.from < $1.from
        }
    }

    private func paper(
        _ kind: String, adverse: String, days: Int?, on day: CalendarDate,
        where counts: (Paper) -> Bool = { _ in true }
    ) -> Verdict {
        let accepted = papers.filter {
            $0.kind == kind && $0.isKnown && $0.reviewThen == "accepted" && $0.isInForce(on: day)
                && counts($0)
        }
        guard let paper = accepted.max(by: { $0.from < $1.from }) else { return .unproven }
        if paper.value == adverse { return .fail }
        if let days, paper.from < day - days { return .unproven }
        return .pass
    }
}

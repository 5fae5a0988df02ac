public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Approved minutes that the person who looks is to sign.
public struct OwnSignatures: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever signs minutes.
    public var permission: Permission { .signMinutes }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        Dictionary(grouping: try await transaction.minutesToSign(), by: \.alliance).map { alliance, found in
            PendingItem(.ownSignature, count: found.count, in: .alliance(alliance))
        }
    }
}

/// Meetings that passed and have no minutes, minutes that were begun and not approved, approved ones that wait for
/// signatures, and minutes recorded here that lack their signed paper.
public struct MinutesToComplete: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever records minutes.
    public var permission: Permission { .recordMinutes }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.meetingsWithoutMinutes(before: today).map { $0.item(.minutesToRecord) }
            + transaction.minutesToFinish().map { $0.item(.minutesToFinish) }
            + transaction.signaturesToGather().map { $0.item(.signaturesToGather) }
            + transaction.minutesWithoutPaper().map { $0.item(.minutesToSign) }
    }
}

/// Meetings of the coming days that are not called, or lack their agenda or where they are held.
public struct MeetingsToPrepare: PendingSource {
    /// How many days ahead a meeting is asked for; those whose bylaws ask for more are asked for with that time to spare.
    static let aheadDays = 15

    /// Tells of them.
    public init() {}

    /// Whoever plans meetings.
    public var permission: Permission { .planMeetings }

    /// Reads them, each by its name with what is missing, by the last day on which it may still be called.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let coming = try await transaction.meetingsToPrepare(in: today...(today + 2 * Self.aheadDays))
        let days = Dictionary(coming.map { ($0.alliance, $0.day) }) { first, _ in first }
        let bylaws = days.isEmpty ? [:] : try await transaction.bylaws(ofEach: days)
        return coming.compactMap { meeting in
            let notice = NoticeRequirement(bylaws: bylaws[meeting.alliance], agendas: [])
            let latest = meeting.isCalled ? nil : notice?.latestDay(for: meeting.day)
            // A call that comes too late for the bylaws may still be made, and says why.
            let dueOn = latest.flatMap { $0 < today ? nil : $0 } ?? meeting.day
            guard dueOn <= today + Self.aheadDays else { return nil }
            return PendingItem(
                .meetingToPrepare, count: 1, in: .alliance(meeting.alliance), dueOn: dueOn,
                names: [meeting.words(on: today, callable: latest)], subject: meeting.id.description)
        }
    }
}

/// Minutes that were handed round and that who looks, who was in the meeting, may still observe.
public struct MinutesToObserve: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever may observe minutes.
    public var permission: Permission { .observeMinutes }

    /// Reads them, each until its day.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        guard let user = transaction.scope.principal.user,
            let person = try await transaction.person(of: user)
        else { return [] }
        return try await transaction.minutesToObserve(by: person, on: today).map { minutes in
            PendingItem(
                .minutesToObserve, count: 1, in: .alliance(minutes.alliance), dueOn: minutes.until,
                names: [
                    minutes.version == 1
                        ? "el acta de «\(minutes.title)»"
                        : "la versión \(minutes.version) del acta de «\(minutes.title)»"
                ], subject: minutes.meeting.description)
        }
    }
}

/// Sealed minutes of which nobody decided whether they are published.
public struct MinutesToPublish: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever publishes minutes.
    public var permission: Permission { .publishMinutes }

    /// Reads them, each by its number and meeting; what the board had kept to itself is asked of the board alone.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let principal = transaction.scope.principal
        return try await transaction.minutesToPublish().compactMap { minutes in
            let stream = AuditStream.alliance(minutes.alliance)
            guard !minutes.isOfBoard || principal.mayReserve(in: stream) else { return nil }
            return PendingItem(
                .minutesToPublish, count: 1, in: stream, since: minutes.sealedAt,
                names: ["el acta n.º \(minutes.number) de «\(minutes.title)»"],
                subject: minutes.meeting.description)
        }
    }
}

extension ComingMeeting {
    /// What it is called, when it is, and what is missing.
    fileprivate func words(on today: CalendarDate, callable latest: CalendarDate?) -> String {
        let late = latest.map {
            $0 < today ? " (el plazo de los estatutos pasó el \(SpanishFormat.date($0)))" : ""
        }
        let missing = [
            isCalled ? nil : "convocarla\(late ?? "")", hasAgenda ? nil : "el orden del día",
            hasPlace ? nil : "el lugar o el enlace",
        ].compactMap(\.self)
        let when =
            switch day - today {
            case 0: "hoy"
            case 1: "mañana"
            default: "el \(SpanishFormat.longDate(day))"
            }
        return "«\(title)», \(when): falta \(SpanishFormat.list(missing))"
    }
}

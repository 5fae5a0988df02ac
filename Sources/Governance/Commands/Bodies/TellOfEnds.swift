public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Tells by mail of mandates and periods of alliances that end, as the days of alarm come: the office of all of them, each
/// board of its own. Each alarm goes off once, and whoever is told of several gets one mail a day.
public struct TellOfEnds: Sendable {
    /// Tells.
    public init() {}

    /// Writes the mails of a day.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        let today = ColombianTime.date(at: now)
        let ends =
            try await Self.mandates(in: transaction, on: today)
            + Self.alliances(in: transaction, on: today)
        guard !ends.isEmpty, let host = try await transaction.organization(transaction.organization) else {
            return
        }
        let addressees = try await transaction.addressees(at: now)
        let concerned = addressees.filter { !$0.ends(among: ends).isEmpty }
        let news = try await transaction.noteTold(ends, toSoMany: concerned.count, at: now)
        let messages = try concerned.compactMap { addressee -> OutboxMessage? in
            let own = addressee.ends(among: news)
            guard !own.isEmpty else { return nil }
            let path =
                addressee.holds(.hearOfEnds, in: .office)
                ? "/o/\(host.slug)/vencimientos" : "/o/\(host.slug)/alianzas"
            return try OutboxMessage(
                Mailing(tellingOf: own, to: addressee.email, on: today, path: path), about: addressee.user)
        }
        transaction.post(messages, at: now)
    }

    /// Mandates that end within an alarm of their body, or ended; none that somebody is to follow.
    private static func mandates(
        in transaction: borrowing TenantTransaction, on today: CalendarDate
    ) async throws -> [ComingEnd] {
        let alarms = try await transaction.alarmDays()
        let horizon = alarms.values.compactMap(\.days.first).max() ?? 0
        return try await transaction.mandateEndings(on: today, within: horizon).compactMap { ending in
            guard !ending.hasSuccessor, let days = alarms[ending.body] ?? alarms[nil],
                let alarm = days.alarm(on: today, endingOn: ending.endsOn)
            else { return nil }
            return ComingEnd(
                subject: "mandate:\(ending.mandate)", alliance: ending.alliance?.id,
                named: ending.alliance?.name ?? "Sin alianza", body: ending.bodyName,
                seat: ending.seatTitle, endsOn: ending.endsOn, alarm: alarm, remark: ending.standing.remark)
        }
    }

    /// Alliances whose own period ends within an alarm, or ended.
    private static func alliances(
        in transaction: borrowing TenantTransaction, on today: CalendarDate
    ) async throws -> [ComingEnd] {
        var ends: [ComingEnd] = []
        for living in try await transaction.alliancesInLife() where living.state != .convened {
            guard let period = try await transaction.lifePeriod(of: living.id),
                let alarm = try AlarmDays(period.terms.alarms).alarm(on: today, endingOn: period.endsOn),
                let alliance = try await transaction.alliance(living.id)
            else { continue }
            ends.append(
                ComingEnd(
                    subject: "alliance:\(alliance.id)", alliance: alliance.id, named: alliance.name,
                    body: "El período de la alianza", seat: nil, endsOn: period.endsOn, alarm: alarm,
                    remark: period.terms.isConfirmed ? nil : "El plazo está sin confirmar"))
        }
        return ends
    }
}

extension Addressee {
    /// What concerns them of some ends.
    fileprivate func ends(among ends: [ComingEnd]) -> [ComingEnd] {
        ends.filter { holds(.hearOfEnds, in: .of($0.alliance)) }
    }
}

extension MandateStanding {
    fileprivate var remark: String? {
        switch self {
        case .acting: "Sigue en funciones hasta que lo reemplacen"
        case .expired: "El puesto está vacío"
        case .pending, .inForce, .ending, .ended: nil
        }
    }
}

extension Mailing {
    /// What somebody is told of ends.
    public init(tellingOf ends: [ComingEnd], to email: String, on today: CalendarDate, path: String) {
        let alliances = Set(ends.map(\.allianceName))
        let subject =
            alliances.count == 1
            ? "Períodos que terminan en \(alliances.first ?? "")"
            : "Períodos que terminan en \(alliances.count) alianzas"
        self.init(
            to: email, subject: subject,
            text: """
                Cordial saludo:

                \(ends.lines(on: today).joined(separator: "\n"))
                Para que ningún puesto quede vacío, convoque a tiempo la elección o la renovación. Cada aviso se envía una \
                sola vez.
                """, path: path)
    }
}

/// Says how many days before the end of a mandate of a body people are told of it.
public struct SetAlarmDays: Command {
    /// Who may do it.
    public static let permission = Permission.createBodies
    /// The alliance that the body belongs to.
    public let alliance: ID<Alliance>?
    /// The body.
    public let body: ID<Body>
    /// The days; `nil` for those of the catalogue.
    public let days: AlarmDays?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``AlarmError``.
    public init(_ text: String?, of body: ID<Body>, in alliance: ID<Alliance>?) throws(AlarmError) {
        self.body = body
        self.alliance = alliance
        if let text = text?.trimmedOrNil { days = try AlarmDays(written: text) } else { days = nil }
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Writes them.
    ///
    /// - Throws: ``BodyError/notFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        _ = try await transaction.body(body, in: alliance)
        try await transaction.setAlarmDays(days, of: body)
        return Audited(
            AuditEvent(
                "governance.body.alarms_set", subject: body,
                details: ["days": days.map { $0.days.map(String.init).joined(separator: ", ") } ?? ""]))
    }
}

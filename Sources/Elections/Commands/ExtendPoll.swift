public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Lets a table receive votes for longer (`amplía el cierre`), with a reason that goes into the acta.
public struct ExtendPoll: Command {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The table, with all that is voted there.
    public let table: ID<VotingTable>
    /// The new hour.
    public let until: Date
    /// Why.
    public let reason: String

    /// A later closing.
    public init(_ table: ID<VotingTable>, in place: ProcessPlace, until: Date, because reason: String) {
        self.place = place
        self.table = table
        self.until = until
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Extends every vote that is open at the table.
    ///
    /// - Throws: ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !reason.isEmpty else { throw VotingDayError.reasonMissing }
        try await transaction.extend(table, of: place, until: until, because: reason, at: now)
        return Audited(
            AuditEvent("elections.poll.extended", subject: table, details: ["until": "\(until)"]))
    }
}

/// What kind of thing happened that was not meant to.
public enum IncidentKind: String, Sendable, Hashable, CaseIterable {
    /// Disorder, threats.
    case publicOrder = "public_order"
    /// Ballots, urns, sheets.
    case materials
    /// Somebody could not come in.
    case access
    /// The roll.
    case roll
    /// The secret of the vote.
    case secrecy
    /// Ballots that were damaged or taken away.
    case ballots
    /// Rain, flood.
    case weather
    /// Anything else.
    case other

    /// The words on screens.
    public var title: String {
        switch self {
        case .publicOrder: "Orden público"
        case .materials: "Materiales de la votación"
        case .access: "Acceso al lugar"
        case .roll: "Censo"
        case .secrecy: "Secreto del voto"
        case .ballots: "Tarjetones"
        case .weather: "Clima"
        case .other: "Otro"
        }
    }
}

/// Tells what happened that was not meant to; it goes into the acta.
public struct RecordIncident: Command {
    /// Who may do it.
    public static let permission = Permission.recordIncidents
    /// The process.
    public let place: ProcessPlace
    /// The table, where it happened at one.
    public let table: ID<VotingTable>?
    /// What kind of thing.
    public let kind: IncidentKind
    /// What happened.
    public let account: String

    /// An incident as it was told.
    public init(
        in place: ProcessPlace, at table: ID<VotingTable>? = nil, _ kind: IncidentKind, account: String
    ) {
        self.place = place
        self.table = table
        self.kind = kind
        self.account = account.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it.
    ///
    /// - Throws: ``VotingDayError/reasonMissing``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !account.isEmpty else { throw VotingDayError.reasonMissing }
        try await transaction.insertIncident(kind, account, at: table, of: place, now: now)
        return Audited(
            AuditEvent(
                "elections.incident.recorded", subject: place.process, details: ["kind": kind.rawValue]))
    }
}

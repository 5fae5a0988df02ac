public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins an oversight exercise.
public struct OpenOversight: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The exercise.
    public let oversight: Oversight
    /// What its visits look at.
    public let indicators: [OversightIndicator]

    /// Takes what a person filled in.
    public init(_ oversight: Oversight, looking indicators: [OversightIndicator] = []) {
        self.oversight = oversight
        self.indicators = indicators
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(oversight.alliance) }

    /// Begins it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Oversight>> {
        try await transaction.clinicalFilter().check([
            ("title", oversight.title), ("reason", oversight.reason),
        ])
        try transaction.requireBoard(toReserve: oversight.isReserved, in: oversight.alliance)
        try await transaction.insert(oversight, at: now)
        try await transaction.insert(indicators, of: oversight, at: now)
        return Audited(
            oversight.id,
            AuditEvent(
                "governance.oversight.opened", subject: oversight.id,
                words: ["title": oversight.title], isReserved: oversight.isReserved))
    }
}

/// Writes anew what an exercise is for and until when.
public struct EditOversight: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The exercise as it is to be, with the version that was edited.
    public let oversight: Oversight

    /// Takes what a person filled in.
    public init(_ oversight: Oversight) {
        self.oversight = oversight
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(oversight.alliance) }

    /// Writes it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.openOversight(oversight.id, of: oversight.alliance)
        guard found.version == oversight.version else { throw OversightError.changedMeanwhile }
        try await transaction.clinicalFilter().check([
            ("title", oversight.title), ("reason", oversight.reason),
        ])
        try await transaction.update(oversight)
        return Audited(AuditEvent("governance.oversight.edited", subject: oversight.id))
    }
}

/// Shares with the entity an exercise that the board kept to itself, with all that hangs on it.
public struct ShareOversight: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>

    /// Names an exercise.
    public init(_ id: ID<Oversight>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedOversight(id, of: alliance)
        guard found.isReserved else { throw OversightError.alreadyShared }
        try await transaction.share(id)
        return Audited(
            AuditEvent("governance.oversight.shared", subject: id, details: ["title": found.title]))
    }
}

/// Records before whom an exercise is registered.
public struct RegisterOversight: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// Its registration.
    public let registration: Oversight.Registration
    /// The certificate.
    public let certificate: StoredFile?

    /// Takes what a person filled in.
    public init(
        _ id: ID<Oversight>, of alliance: ID<Alliance>, as registration: Oversight.Registration,
        certificate: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.id = id
        self.registration = registration
        self.certificate = certificate
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard registration.day <= ColombianTime.date(at: now) else { throw OversightError.dayOutOfPlace }
        let found = try await transaction.lockedOversight(id, of: alliance)
        var file = found.registration?.file
        if let certificate {
            file = try await transaction.store(
                certificate, as: .oversight, in: stream, isReserved: found.isReserved, at: now)
        }
        try await transaction.register(
            id,
            try Oversight.Registration(
                before: registration.authority, number: registration.number, on: registration.day, file: file)
        )
        return Audited(
            AuditEvent(
                "governance.oversight.registered", subject: id,
                words: ["authority": registration.authority, "number": registration.number],
                isReserved: found.isReserved))
    }
}

/// Closes an exercise with what it comes to. What waits for a reply is followed still.
public struct CloseOversight: Command {
    /// Who may do it.
    public static let permission = Permission.concludeOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// How it ends.
    public let end: Oversight.End

    /// Takes what a person filled in.
    public init(_ id: ID<Oversight>, of alliance: ID<Alliance>, _ end: Oversight.End) {
        self.alliance = alliance
        self.id = id
        self.end = end
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Closes it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.openOversight(id, of: alliance)
        let visits = try await transaction.visits(of: id).map(\.visit.day)
        guard end.day <= ColombianTime.date(at: now), end.day >= found.startsOn,
            visits.allSatisfy({ $0 <= end.day })
        else { throw OversightError.dayOutOfPlace }
        try await transaction.clinicalFilter().check([("conclusion", end.conclusion)])
        try await transaction.close(id, end)
        return Audited(
            AuditEvent("governance.oversight.closed", subject: id, details: ["day": end.day.description]))
    }
}

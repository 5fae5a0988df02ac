public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records an orientation that somebody of the alliance gave.
public struct RecordOrientation: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What was given.
    public let orientation: Orientation

    /// Takes what a person filled in.
    public init(_ orientation: Orientation, of alliance: ID<Alliance>) {
        self.orientation = orientation
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OrientationError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Orientation>
    > {
        try await transaction.record(orientation, of: alliance, by: nil, at: now)
    }
}

/// Records an orientation that whoever records it gave themselves, under the name of their account.
public struct RecordOwnOrientation: Undertaking {
    /// Who may do it.
    public static let permission = Permission.recordOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What was given; who gave it is known.
    public let orientation: Orientation

    /// Takes what a person filled in.
    public init(_ orientation: Orientation, of alliance: ID<Alliance>) {
        self.orientation = orientation
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OrientationError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Orientation>
    > {
        let principal = transaction.scope.principal
        guard let user = principal.user, let account = try await transaction.user(user) else {
            throw OrientationError.giverMissing
        }
        let isOnBoard = principal.roles(for: Self.permission, in: stream).contains(.board)
        let capacity: Orientation.Capacity =
            orientation.giver.capacity == .representative ? .representative : isOnBoard ? .board : .member
        let own = try Orientation(
            id: orientation.id, givenOn: orientation.givenOn, topic: orientation.topic,
            otherTopic: orientation.otherTopic, entity: orientation.entity, channel: orientation.channel,
            people: orientation.people, outcome: orientation.outcome, note: orientation.note,
            giver: Orientation.Giver(account.name, as: capacity), followUp: orientation.followUp)
        return try await transaction.record(own, of: alliance, by: user, at: now)
    }
}

/// Tells what was done for an orientation that waited for it.
public struct FollowOrientation: Command {
    /// Who may do it: of others, whoever keeps them; of their own, whoever gave them.
    public static let permission = Permission.recordOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The orientation.
    public let id: ID<Orientation>
    /// What was done.
    public let note: String
    /// The day.
    public let day: CalendarDate

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OrientationError/noteMissing``.
    public init(
        _ id: ID<Orientation>, of alliance: ID<Alliance>, on day: CalendarDate, note: String
    ) throws(OrientationError) {
        guard let note = note.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.note = note
        self.day = day
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OrientationError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let orientation = try await transaction.orientationToChange(id, of: alliance, in: stream)
        guard orientation.waits else { throw OrientationError.nothingWaits }
        guard day <= ColombianTime.date(at: now), day >= orientation.givenOn else {
            throw OrientationError.dayOutOfPlace
        }
        try await transaction.clinicalFilter().check([("note", note)])
        try await transaction.follow(id, on: day, note: note)
        return Audited(AuditEvent("governance.orientation.followed", subject: id))
    }
}

/// Takes an orientation that was recorded by mistake out of what counts. It stays in the list, with why.
public struct WithdrawOrientation: Command {
    /// Who may do it: of others, whoever keeps them; of their own, whoever gave them.
    public static let permission = Permission.recordOrientations
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The orientation.
    public let id: ID<Orientation>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OrientationError/noteMissing``.
    public init(
        _ id: ID<Orientation>, of alliance: ID<Alliance>, because reason: String
    ) throws(OrientationError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``OrientationError/notFound``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        _ = try await transaction.orientationToChange(id, of: alliance, in: stream)
        try await transaction.clinicalFilter().check([("note", reason)])
        try await transaction.withdraw(id, because: reason, at: now)
        return Audited(
            AuditEvent("governance.orientation.withdrawn", subject: id))
    }
}

/// Orientations for which something is to be done.
public struct OrientationsToFollow: PendingSource {
    /// For how many days before its day a follow-up is told.
    static let aheadDays = 3

    /// Tells of them.
    public init() {}

    /// Whoever keeps them.
    public var permission: Permission { .keepOrientations }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.orientationsToFollow(by: today + Self.aheadDays).map {
            $0.item(.orientationsToFollow)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// For how many days back an orientation may be recorded: what happened in the year before, and no earlier.
    private static var daysBack: Int { 730 }

    /// Keeps an orientation once nothing in it tells of somebody's health or who they are.
    fileprivate func record(
        _ orientation: Orientation, of alliance: ID<Alliance>, by user: ID<User>?, at now: Date
    ) async throws -> Audited<ID<Orientation>> {
        let today = ColombianTime.date(at: now)
        guard orientation.givenOn <= today, orientation.givenOn >= today - Self.daysBack else {
            throw OrientationError.dayOutOfPlace
        }
        try await clinicalFilter().check([
            ("other_topic", orientation.otherTopic), ("entity", orientation.entity),
            ("note", orientation.note), ("giver", orientation.giver.name),
        ])
        try await insert(orientation, of: alliance, by: user, at: now)
        return Audited(
            orientation.id,
            AuditEvent(
                "governance.orientation.given", subject: orientation.id,
                details: [
                    "day": orientation.givenOn.description, "topic": orientation.topic,
                    "people": String(orientation.people),
                ]))
    }

    /// An orientation that whoever asks may change: any of the alliance for whoever keeps them, else one's own.
    ///
    /// - Throws: ``OrientationError/notFound``.
    fileprivate func orientationToChange(
        _ id: ID<Orientation>, of alliance: ID<Alliance>, in stream: AuditStream
    ) async throws -> Orientation {
        guard let orientation = try await orientation(id, of: alliance), orientation.withdrawal == nil else {
            throw OrientationError.notFound
        }
        if scope.principal.holds(.keepOrientations, in: stream) { return orientation }
        guard let user = scope.principal.user, try await isOwn(id, of: user) else {
            throw OrientationError.notFound
        }
        return orientation
    }
}

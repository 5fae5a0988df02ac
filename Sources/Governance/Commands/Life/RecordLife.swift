public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records the call to constitute an alliance, by the entity or by the users themselves: it is convened from then on.
public struct RecordAllianceCall: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The call.
    public let call: AllianceCall
    /// The call as it went out.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LifeError``.
    public init(
        of alliance: ID<Alliance>, by calledBy: AllianceCall.Caller, named caller: String,
        on calledOn: CalendarDate, to addressedTo: String, through channels: String, paper: StoredFile? = nil
    ) throws(LifeError) {
        guard let caller = caller.trimmedOrNil else { throw .callerMissing }
        guard let addressedTo = addressedTo.trimmedOrNil, let channels = channels.trimmedOrNil else {
            throw .callUntold
        }
        self.alliance = alliance
        self.paper = paper
        call = AllianceCall(
            calledBy: calledBy, caller: caller, calledOn: calledOn, addressedTo: addressedTo,
            channels: channels, file: nil)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``LifeError/inFuture``, ``LifeError/calledTooLate(constituted:)``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard call.calledOn <= ColombianTime.date(at: now) else { throw LifeError.inFuture }
        if let constituted = try await transaction.constitutions(of: alliance).map(\.heldOn).max(),
            call.calledOn > constituted
        {
            throw LifeError.calledTooLate(constituted: constituted)
        }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .constitution, in: stream, at: now) }
        let id = try await transaction.insert(
            AllianceCall(
                calledBy: call.calledBy, caller: call.caller, calledOn: call.calledOn,
                addressedTo: call.addressedTo, channels: call.channels, file: file), of: alliance, at: now)
        // A call makes what was being prepared public; an alliance that went further stays where it is.
        if try await transaction.alliance(alliance)?.state == .draft {
            try await transaction.move(alliance, to: .convened)
        }
        return Audited(
            AuditEvent(
                "governance.life.called", subject: ID<AllianceCall>(rawValue: id),
                details: ["called_by": call.calledBy.rawValue, "called_on": call.calledOn.description]))
    }
}

/// Records a step before the authority that registers alliances: what was filed, asked, answered, refused.
public struct RecordRegistryStep: Command {
    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The step.
    public let step: RegistryStep
    /// Its document.
    public let paper: StoredFile?

    /// Takes a step.
    public init(_ step: RegistryStep, of alliance: ID<Alliance>, paper: StoredFile? = nil) {
        self.alliance = alliance
        self.step = step
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``LifeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard step.happenedOn <= ColombianTime.date(at: now) else { throw LifeError.inFuture }
        guard let constituted = try await transaction.constitutions(of: alliance).map(\.heldOn).min() else {
            throw LifeError.notConstituted
        }
        guard step.happenedOn >= constituted else { throw LifeError.beforeBeginning(constituted) }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .constitution, in: stream, at: now) }
        let id = try await transaction.insert(step, file: file, of: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.life.registry_\(step.kind.rawValue)", subject: ID<RegistryStep>(rawValue: id),
                details: [
                    "authority": step.authority, "number": step.number ?? "",
                    "day": step.happenedOn.description,
                ]))
    }
}

/// Begins the renewal of an alliance, for members to confirm that they go on.
public struct BeginRenewal: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it today.
    ///
    /// - Throws: ``LifeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Renewal>> {
        guard try await transaction.lifePeriod(of: alliance) != nil else { throw LifeError.notConstituted }
        let id = ID<Renewal>()
        try await transaction.insert(
            renewal: id, of: alliance, on: ColombianTime.date(at: now), at: now)
        return Audited(id, AuditEvent("governance.renewal.begun", subject: id))
    }
}

/// Ends a renewal with the minutes of the assembly that renewed the alliance: a new period begins on its day.
public struct FinishRenewal: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The renewal.
    public let renewal: ID<Renewal>
    /// The day of the assembly.
    public let renewedOn: CalendarDate
    /// Its minutes, by number and date.
    public let minutes: String
    /// Their scan.
    public let paper: StoredFile?
    /// What the authority registered of it.
    public let registration: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LifeError/minutesMissing``.
    public init(
        _ renewal: ID<Renewal>, of alliance: ID<Alliance>, on renewedOn: CalendarDate, minutes: String,
        paper: StoredFile? = nil, registration: String? = nil
    ) throws(LifeError) {
        guard let minutes = minutes.trimmedOrNil else { throw .minutesMissing }
        self.alliance = alliance
        self.renewal = renewal
        self.renewedOn = renewedOn
        self.minutes = minutes
        self.paper = paper
        self.registration = registration?.trimmedOrNil
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it; the alliance goes on by its new period.
    ///
    /// - Throws: ``LifeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let today = ColombianTime.date(at: now)
        guard renewedOn <= today else { throw LifeError.inFuture }
        let open = try await transaction.openRenewal(renewal, of: alliance)
        guard open.confirmed > 0 else { throw LifeError.nobodyConfirmed }
        guard let period = try await transaction.lifePeriod(of: alliance), renewedOn > period.startsOn else {
            throw LifeError.dayOutOfPlace
        }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .constitution, in: stream, at: now) }
        try await transaction.finish(
            Renewal(
                id: renewal, state: .done, begunOn: open.begunOn, renewedOn: renewedOn, minutes: minutes,
                file: file, registration: registration, confirmed: open.confirmed),
            registration: registration, file: file, at: now)
        try await FollowLives.follow(alliance, in: transaction, on: today, at: now)
        return Audited(
            AuditEvent(
                "governance.renewal.done", subject: renewal,
                details: [
                    "renewed_on": renewedOn.description, "confirmed": String(open.confirmed),
                    "minutes": minutes, "registration": registration ?? "",
                ]))
    }
}

/// Gives a renewal up.
public struct DropRenewal: Command {
    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The renewal.
    public let renewal: ID<Renewal>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``LifeError/reasonMissing``.
    public init(
        _ renewal: ID<Renewal>, of alliance: ID<Alliance>, because reason: String
    ) throws(LifeError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.renewal = renewal
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Gives it up.
    ///
    /// - Throws: ``LifeError/renewalNotFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.openRenewal(renewal, of: alliance)
        try await transaction.drop(renewal, because: reason, at: now)
        return Audited(
            AuditEvent("governance.renewal.dropped", subject: renewal, details: ["reason": reason]))
    }
}

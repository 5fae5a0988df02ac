public import Foundation
public import Kernel
public import Tenancy

/// Takes the request of somebody who joins by themselves on the public page. Where the register has the same document with
/// the same date of birth it becomes an application at once; otherwise it waits for the office. Whoever sends it is answered
/// the same in either case: nobody finds out by it who is of the entity.
public struct RequestToJoin: Undertaking {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who asks.
    public let typed: JoinRequest.Typed
    /// What they agreed to.
    public let agreement: JoinRequest.Agreement
    /// The code by which they follow it.
    public let code: ReadableCode

    /// Takes what a person filled in.
    public init(
        _ typed: JoinRequest.Typed, to alliance: ID<Alliance>, agreeing agreement: JoinRequest.Agreement,
        code: ReadableCode
    ) {
        self.alliance = alliance
        self.typed = typed
        self.agreement = agreement
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``JoinRequestError/textChanged``, `AllianceError/isDissolved`.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let today = ColombianTime.date(at: now)
        try await transaction.requireUndissolved(alliance)
        guard try await transaction.consentText(for: .personalData, on: today)?.id == agreement.personal
        else { throw JoinRequestError.textChanged }
        if let sensitive = agreement.sensitive {
            guard try await transaction.consentText(for: .sensitiveData, on: today)?.id == sensitive
            else { throw JoinRequestError.textChanged }
        }
        let id = ID<JoinRequest>()
        var application: ID<Application>?
        if case .same(let person) = try await transaction.finding(about: typed, for: alliance, on: today) {
            let made = Application(
                id: ID(), alliance: alliance, person: person, requestedOn: today, channel: .web,
                state: .pending)
            try await transaction.insert(made, at: now)
            application = made.id
        }
        try await transaction.insert(
            typed, as: id, agreeing: agreement, of: alliance, receipt: code, application: application, at: now
        )
        return Audited(AuditEvent("membership.join_request.received", subject: id))
    }
}

/// Says, once somebody of the office knows it, that a request that waits is of the person of the register who has its document.
public struct IdentifyJoinRequest: Command {
    /// Who may do it.
    public static let permission = Permission.identifyApplicants
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The request.
    public let request: ID<JoinRequest>

    /// Identifies a request.
    public init(_ request: ID<JoinRequest>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.request = request
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes it an application.
    ///
    /// - Throws: ``JoinRequestError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Application>> {
        guard let found = try await transaction.joinRequest(request, of: alliance), found.isWaiting,
            let typed = found.typed
        else { throw JoinRequestError.notWaiting }
        let finding = try await transaction.finding(
            about: typed, for: alliance, on: ColombianTime.date(at: now))
        guard let person = finding.identifiable else { throw JoinRequestError.notIdentifiable }
        let application = Application(
            id: ID(), alliance: alliance, person: person, requestedOn: found.requestedOn, channel: .web,
            state: .pending)
        try await transaction.insert(application, at: now)
        try await transaction.identify(request, as: application.id)
        return Audited(
            application.id,
            AuditEvent(
                "membership.join_request.identified", subject: request,
                details: ["application": application.id.description]))
    }
}

/// Closes a request that waits and becomes no application, with the reason that its author reads.
public struct CloseJoinRequest: Command {
    /// Who may do it.
    public static let permission = Permission.identifyApplicants
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The request.
    public let request: ID<JoinRequest>
    /// Why.
    public let reason: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``JoinRequestError/reasonMissing``.
    public init(
        _ request: ID<JoinRequest>, of alliance: ID<Alliance>, because reason: String
    ) throws(JoinRequestError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .reasonMissing }
        self.alliance = alliance
        self.request = request
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Closes it.
    ///
    /// - Throws: ``JoinRequestError/notWaiting``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.joinRequest(request, of: alliance) != nil else {
            throw JoinRequestError.notWaiting
        }
        try await transaction.close(request, because: reason, on: ColombianTime.date(at: now))
        return Audited(AuditEvent("membership.join_request.closed", subject: request))
    }
}

/// Takes a request back, by its code, and erases what was typed (Ley 1581 de 2012, article 8, e). Of one that was answered
/// only the typing goes: who was accepted is a member, and takes that back in the office.
public struct WithdrawJoinRequest: Command {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The code.
    public let code: ReadableCode

    /// Takes a request back.
    public init(by code: ReadableCode, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends and erases it.
    ///
    /// - Throws: ``JoinRequestError/receiptNotFound``, ``JoinRequestError/erasedAlready``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.joinRequest(by: code, of: alliance) else {
            throw JoinRequestError.receiptNotFound
        }
        let today = ColombianTime.date(at: now)
        if let id = found.application {
            if try await transaction.application(id)?.state == .pending {
                try await transaction.decide(id, as: .withdrawn, on: today, because: nil)
            }
        } else if found.isWaiting {
            try await transaction.close(found.id, because: "La persona la retiró.", on: today)
        }
        try await transaction.eraseTyped(of: found.id, on: today)
        return Audited(AuditEvent("membership.join_request.withdrawn", subject: found.id))
    }
}

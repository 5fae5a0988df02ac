public import Foundation
public import Kernel
public import Tenancy

/// Accepts or refuses a request to join. Who is accepted is a member from that day on.
public struct DecideApplication: Command {
    /// What is decided.
    public enum Decision: Sendable, Hashable {
        /// The person joins, having agreed to the authorisation this way; `nil` for who asked by themselves, and agreed then.
        case accept(through: ConsentChannel?)
        /// The person does not join, for this reason.
        case refuse(because: String)
        /// The person took the request back.
        case withdraw
    }

    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The request.
    public let application: ID<Application>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is decided.
    public let decision: Decision

    /// Takes what a person decided.
    ///
    /// - Throws: ``ApplicationError/reasonMissing``.
    public init(
        _ decision: Decision, on application: ID<Application>, of alliance: ID<Alliance>
    ) throws(ApplicationError) {
        if case .refuse(let reason) = decision, reason.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
        {
            throw .reasonMissing
        }
        self.application = application
        self.alliance = alliance
        self.decision = decision
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Decides the request.
    ///
    /// - Throws: ``ApplicationError``, ``ConsentError``, ``MemberError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let pending = try await transaction.application(application), pending.alliance == alliance,
            pending.state == .pending
        else { throw ApplicationError.notPending }
        let today = ColombianTime.date(at: now)
        let (state, reason): (Application.State, String?) =
            switch decision {
            case .accept: (.accepted, nil)
            case .refuse(let reason): (.refused, reason)
            case .withdraw: (.withdrawn, nil)
            }
        if state == .accepted { try await transaction.requireUndissolved(alliance) }
        try await transaction.decide(application, as: state, on: today, because: reason)
        if case .accept(let channel) = decision {
            let obstacles = try await transaction.obstacles(
                of: [pending.person], to: alliance, on: today, at: now)
            if let requirements = obstacles[pending.person] {
                throw MemberError.notEligible("Esta persona", requirements)
            }
            try await enrol(pending, through: channel, on: today, in: transaction, at: now)
        }
        return Audited(
            AuditEvent(
                "membership.application.decided", subject: application,
                details: ["state": state.rawValue, "reason": reason ?? ""]))
    }

    /// Makes the person a member by the text that they agreed to: when they asked, where they did by themselves; today's
    /// otherwise.
    private func enrol(
        _ pending: Application, through channel: ConsentChannel?, on today: CalendarDate,
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws {
        if let request = try await transaction.joinRequest(of: pending.id) {
            let texts = try await transaction.consentTexts()
            guard let personal = texts.first(where: { $0.id == request.agreement.personal }) else {
                throw ConsentError.noText(.personalData)
            }
            try await transaction.enrol(
                [pending.person], in: alliance, on: today, agreeing: personal, agreedOn: request.requestedOn,
                through: .web, proof: nil, application: pending.id, at: now)
            if let sensitive = texts.first(where: { $0.id == request.agreement.sensitive }) {
                try await transaction.insertConsents(
                    of: [pending.person], to: sensitive, on: request.requestedOn, through: .web, proof: nil,
                    at: now)
            }
            return
        }
        guard let channel else { throw ConsentError.notGiven(.personalData) }
        guard let text = try await transaction.consentText(for: .personalData, on: today) else {
            throw ConsentError.noText(.personalData)
        }
        try await transaction.enrol(
            [pending.person], in: alliance, on: today, agreeing: text, through: channel, proof: nil,
            application: pending.id, at: now)
    }
}

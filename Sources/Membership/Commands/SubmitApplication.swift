public import Foundation
public import Kernel
public import Tenancy

/// Notes that a person of the register asks to join an alliance.
public struct SubmitApplication: Undertaking {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who asks.
    public let document: IdentityDocument
    /// The day on which the request came.
    public let day: CalendarDate
    /// How it came.
    public let channel: Application.Channel

    /// Takes what a person filled in.
    public init(
        of document: IdentityDocument, to alliance: ID<Alliance>, on day: CalendarDate,
        through channel: Application.Channel
    ) {
        self.alliance = alliance
        self.document = document
        self.day = day
        self.channel = channel
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes the request.
    ///
    /// - Throws: ``MemberError``, ``ApplicationError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Application>> {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        let found = try await transaction.affiliates(
            with: [document], memberOf: alliance, on: day
        ).first
        guard let found, let person = found.person else {
            throw MemberError.notInRegister("\(document.type.rawValue) \(document.number)")
        }
        guard !found.isMember else { throw MemberError.alreadyMember(found.name ?? "Esa persona") }
        let application = Application(
            id: ID(), alliance: alliance, person: person, requestedOn: day, channel: channel, state: .pending)
        try await transaction.insert(application, at: now)
        return Audited(
            application.id,
            AuditEvent(
                "membership.application.submitted", subject: application.id,
                details: ["person": person.description, "channel": channel.rawValue]))
    }
}

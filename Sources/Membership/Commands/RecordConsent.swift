public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Notes that a member gave an authorisation of data: that of sensitive data, which nobody has to give and which may
/// come later, or one to a text that took the place of another.
///
/// - SeeAlso: Ley 1581 de 2012, artículos 6 y 9.
public struct RecordConsent: Command {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The person.
    public let person: ID<Person>
    /// What it is for.
    public let purpose: ConsentPurpose
    /// The alliance of which the person is a member.
    public let alliance: ID<Alliance>
    /// The day on which it was given, to the text in use then.
    public let day: CalendarDate
    /// How it was given.
    public let channel: ConsentChannel
    /// The signed authorisation, or the recording's transcript.
    public let proof: StoredFile?

    /// Takes what a person gave.
    public init(
        of person: ID<Person>, for purpose: ConsentPurpose, at alliance: ID<Alliance>, on day: CalendarDate,
        through channel: ConsentChannel, proof: StoredFile? = nil
    ) {
        self.person = person
        self.purpose = purpose
        self.alliance = alliance
        self.day = day
        self.channel = channel
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it.
    ///
    /// - Throws: ``MemberError/inTheFuture``, ``MemberError/notMember``, ``ConsentError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        let isMember = try await transaction.periods(of: person, in: alliance).contains {
            $0.joinedOn <= day && ($0.leftOn.map { $0 > day } ?? true)
        }
        guard isMember else { throw MemberError.notMember }
        guard let text = try await transaction.consentText(for: purpose, on: day) else {
            throw ConsentError.noText(purpose)
        }
        guard try await !transaction.agrees(person, to: text, on: day) else {
            throw ConsentError.givenAlready(purpose)
        }
        var file: ID<StoredFile>?
        if let proof { file = try await transaction.store(proof, as: .consents, in: stream, at: now) }
        try await transaction.insertConsents(
            of: [person], to: text, on: day, through: channel, proof: file, at: now)
        return Audited(
            AuditEvent(
                "membership.consent.given", subject: person,
                details: [
                    "purpose": purpose.rawValue, "day": day.description, "channel": channel.rawValue,
                    "consent_text": text.id.description,
                ]))
    }
}

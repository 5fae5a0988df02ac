public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What an alliance holds of somebody, as they read it themselves.
public struct OwnFile: Sendable, Hashable {
    /// An authorisation that they gave, with the text that they agreed to.
    public struct GivenConsent: Sendable, Hashable {
        /// The text.
        public let text: ConsentText
        /// The day on which they gave it.
        public let givenOn: CalendarDate
        /// How they gave it.
        public let channel: ConsentChannel
        /// The day from which it does not hold any more, where they took it back.
        public let withdrawnOn: CalendarDate?
    }

    /// Who they are, their periods and their papers.
    public let file: PersonFile
    /// What the facts say of their right to vote, before a session.
    public let dossier: Dossier
    /// Their authorisations, the latest first.
    public let consents: [GivenConsent]
}

/// Reads what an alliance holds of whoever asks, and of nobody else: they are who has the document of their account.
public struct ReadOwnFile: Query {
    /// Who may do it.
    public static let permission = Permission.seeOwnFile
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The election in which their right to vote is asked; `nil` for any.
    public let process: ID<ElectoralProcess>?

    /// Asks about oneself.
    public init(in alliance: ID<Alliance>, for process: ID<ElectoralProcess>? = nil) {
        self.alliance = alliance
        self.process = process
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it; `nil` where the account has no document, or one that nobody who is or was of the alliance has.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> OwnFile? {
        guard let user = transaction.scope.principal.user,
            let person = try await transaction.person(of: user),
            try await transaction.hasBeenMember(person, of: alliance),
            let file = try await transaction.personFile(of: person, in: alliance, isOwn: true)
        else { return nil }
        return OwnFile(
            file: file,
            dossier: try await transaction.dossier(
                of: person, as: .elector, in: EligibilitySpace(alliance: alliance, process: process),
                on: ColombianTime.date(at: now), at: now, stage: .preparation),
            consents: try await transaction.givenConsents(of: person))
    }
}

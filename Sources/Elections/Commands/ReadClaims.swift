public import Foundation
public import Kernel
public import Membership
public import Postgres
public import Tenancy

/// Lists the claims of a process in the order in which they came.
public struct ListClaims: Query {
    /// Who may do it.
    public static let permission = Permission.seeClaims
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// What there is.
    public struct Answer: Sendable {
        /// The process.
        public let process: ElectionProcess
        /// Its claims.
        public let claims: [Claim]
        /// When claims are taken; `nil` while no provisional roll is published.
        public let window: ClaimWindow?
    }

    /// Asks about a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "claims"]) }

    /// Reads them.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        let roll = try await transaction.provisionalRoll(of: process)
        let calendar = try await transaction.calendar(of: process)
        return Answer(
            process: found, claims: try await transaction.claims(of: process),
            window: roll.flatMap { ClaimWindow(calendar, of: $0) })
    }
}

/// A claim beside what the register and the facts say, for who decides it.
public struct ClaimFile: Sendable {
    /// The process.
    public let process: ElectionProcess
    /// The claim.
    public let claim: Claim
    /// What the register says of the person; `nil` where it knows nobody by that document.
    public let subject: ClaimSubject?
    /// What the facts say of their right to vote.
    public let dossier: Dossier?
}

/// What the register says of whom a claim is about.
public struct ClaimSubject: Sendable, Hashable {
    /// The person.
    public let person: ID<Person>
    /// The name.
    public let name: String
    /// The document: type and number.
    public let document: String
    /// The date of birth.
    public let birthDate: CalendarDate
    /// The municipality, by name.
    public let municipality: String
    /// Whether they are a member of the alliance.
    public let isMember: Bool
    /// The verdict of the provisional roll; `nil` where they are not on its list.
    public let verdict: String?
}

/// Reads one claim with what helps to decide it.
public struct ReadClaim: Query {
    /// Who may do it.
    public static let permission = Permission.seeClaims
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The claim.
    public let claim: ID<Claim>

    /// Asks for a claim.
    public init(_ claim: ID<Claim>, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
        self.claim = claim
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }
    /// Names, documents and what facts say are shown.
    public var disclosure: Disclosure? { Disclosure(of: claim, details: ["fields": "claim eligibility"]) }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``, ``ClaimError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> ClaimFile {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard let file = try await transaction.claim(claim, of: process) else { throw ClaimError.notFound }
        let person = try await transaction.subject(of: claim, in: process)
        var subject: ClaimSubject?
        var dossier: Dossier?
        if let person {
            subject = try await transaction.claimSubject(person, in: found)
            dossier = try await transaction.dossier(
                of: person, as: .elector, in: EligibilitySpace(alliance: alliance, process: process),
                on: ColombianTime.date(at: now), at: now, stage: .preparation)
        }
        return ClaimFile(process: found, claim: file, subject: subject, dossier: dossier)
    }
}

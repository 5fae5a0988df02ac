public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Decides a claim with its reasons. Upheld, the frozen roll will follow it.
public struct DecideClaim: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.decideClaims
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The claim.
    public let claim: ID<Claim>
    /// Whether the claim is right.
    public let isUpheld: Bool
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``ClaimError/reasonMissing``.
    public init(
        _ claim: ID<Claim>, isUpheld: Bool, because reason: String, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) throws(ClaimError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.claim = claim
        self.isUpheld = isUpheld
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the decision.
    ///
    /// - Throws: ``ProcessError``, ``ClaimError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state == .provisionalRoll || found.state == .claims else {
            throw ClaimError.notNow(found.state)
        }
        guard let file = try await transaction.claim(claim, of: process) else { throw ClaimError.notFound }
        guard file.state == .open else { throw ClaimError.decided }
        if let filer = file.filedBy, filer == transaction.scope.principal.user {
            throw ClaimError.ownClaim(others: try await transaction.otherDeciders(of: found, at: now))
        }
        // The register may have come to know them since the claim was filed.
        let person = try await transaction.subject(of: claim, in: process)
        if let person, let user = transaction.scope.principal.user,
            try await transaction.person(of: user) == person
        {
            throw ClaimError.oneself
        }
        if isUpheld {
            guard let person else { throw ClaimError.unknownPerson }
            guard try await transaction.isMember(person, of: alliance) else { throw ClaimError.notMember }
        }
        try await transaction.decide(
            claim, about: person, isUpheld: isUpheld, because: reason, in: process, at: now)
        try await transaction.publishAnswer(to: claim, in: found)
        return Audited(
            AuditEvent(
                "elections.claim.decided", subject: claim,
                details: [
                    "number": String(file.number), "kind": file.kind.rawValue,
                    "state": isUpheld ? "upheld" : "dismissed", "reason": reason,
                ]))
    }
}

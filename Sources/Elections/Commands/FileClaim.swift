public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Files a claim against the provisional roll: a person on the public page, the office or the board on somebody's
/// behalf, or the committee by itself (`de oficio`).
public struct FileClaim: Command {
    /// How a claim comes in.
    public enum Origin: Sendable, Hashable {
        /// Somebody on the public page, who is told nothing of the person it is about.
        case everybody
        /// Whoever works in the alliance, on somebody's behalf.
        case office
        /// The committee, by itself: also after the time for claims, until the roll is frozen.
        case committee
    }

    /// Who may do it.
    public static let permission = Permission.fileClaims
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is claimed.
    public let draft: ClaimDraft
    /// How it comes in.
    public let origin: Origin

    /// Takes what a person handed in.
    public init(
        _ draft: ClaimDraft, in process: ID<ElectoralProcess>, of alliance: ID<Alliance>, from origin: Origin
    ) {
        self.process = process
        self.alliance = alliance
        self.draft = draft
        self.origin = origin
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Takes it in; the first one opens the stage of claims.
    ///
    /// - Returns: The number of the claim, and on the public page the code to follow it by.
    /// - Throws: ``ProcessError``, ``ClaimError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ClaimReceipt> {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state == .provisionalRoll || found.state == .claims,
            let roll = try await transaction.provisionalRoll(of: process)
        else { throw ClaimError.notNow(found.state) }
        let window = ClaimWindow(try await transaction.calendar(of: process), of: roll)
        if let window, !window.isOpen(at: now), origin != .committee {
            throw ClaimError.tooLate(window.closesAt)
        }
        let standing = try await transaction.standing(of: draft.document, in: process, version: roll.version)
        if origin != .everybody {
            switch draft.kind {
            case .include: if standing.verdict == "eligible" { throw ClaimError.alreadyIn }
            case .exclude: if standing.verdict != "eligible" { throw ClaimError.notOnRoll }
            case .correct: if standing.verdict == nil { throw ClaimError.notOnRoll }
            }
        }
        let claim = ID<Claim>()
        let code = origin == .everybody ? ReadableCode.random(groups: 4) : nil
        let number = try await transaction.insert(
            draft, as: claim, about: standing.person, isExOfficio: origin == .committee, against: code,
            in: process, at: now)
        try await transaction.publishAnswer(to: claim, in: found)
        if found.state == .provisionalRoll {
            try await transaction.move(found, to: .claims, at: now)
        }
        return Audited(
            ClaimReceipt(number: number, code: code),
            AuditEvent(
                "elections.claim.filed", subject: claim,
                details: ["number": String(number), "kind": draft.kind.rawValue]))
    }
}

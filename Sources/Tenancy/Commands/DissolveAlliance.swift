public import Foundation
public import Kernel
public import Postgres

/// Dissolves an alliance, by the minutes of those who decided it. From then on nothing is asked of it; what was
/// recorded stays.
public struct DissolveAlliance: Command {
    /// Who may do it.
    public static let permission = Permission.dissolveAlliances
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Why, by which minutes, since when.
    public let grounds: DissolutionGrounds
    /// The signed minutes.
    public let minutes: StoredFile

    /// Takes what a person filled in.
    public init(_ alliance: ID<Alliance>, on grounds: DissolutionGrounds, minutes: StoredFile) {
        self.alliance = alliance
        self.grounds = grounds
        self.minutes = minutes
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(alliance) }

    /// Carries it out.
    ///
    /// - Throws: ``AllianceError/dissolutionDoesNotFit``, ``AllianceError/inFuture``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Dissolution>> {
        guard let current = try await transaction.alliance(alliance) else { throw AllianceError.notFound }
        guard grounds.decidedOn <= ColombianTime.date(at: now) else { throw AllianceError.inFuture }
        guard current.state != .dissolved,
            try await transaction.set(.dissolved, of: alliance, from: [current.state])
        else { throw AllianceError.dissolutionDoesNotFit }
        let act = Dissolution(
            id: ID(), kind: .dissolved, before: current.state, after: .dissolved, reason: grounds.reason,
            act: grounds.act, decidedOn: grounds.decidedOn,
            file: try await transaction.store(minutes, as: .constitution, in: stream, at: now),
            recordedAt: now)
        try await transaction.insert(act, of: alliance)
        return Audited(
            act.id, AuditEvent("tenancy.alliance.dissolved", subject: alliance, details: act.details))
    }
}

/// Puts a mistaken dissolution right: the alliance is again in the state in which it was.
public struct RestoreAlliance: Command {
    /// Who may do it.
    public static let permission = Permission.dissolveAlliances
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Why, by which paper, since when.
    public let grounds: DissolutionGrounds
    /// The paper.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    public init(_ alliance: ID<Alliance>, on grounds: DissolutionGrounds, paper: StoredFile? = nil) {
        self.alliance = alliance
        self.grounds = grounds
        self.paper = paper
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(alliance) }

    /// Carries it out.
    ///
    /// - Throws: ``AllianceError/dissolutionDoesNotFit``, ``AllianceError/inFuture``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Dissolution>> {
        guard grounds.decidedOn <= ColombianTime.date(at: now) else { throw AllianceError.inFuture }
        guard let last = try await transaction.dissolutions(of: alliance).first, last.kind == .dissolved,
            try await transaction.set(last.before, of: alliance, from: [.dissolved])
        else { throw AllianceError.dissolutionDoesNotFit }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .constitution, in: stream, at: now) }
        let act = Dissolution(
            id: ID(), kind: .restored, before: .dissolved, after: last.before, reason: grounds.reason,
            act: grounds.act, decidedOn: grounds.decidedOn, file: file, recordedAt: now)
        try await transaction.insert(act, of: alliance)
        return Audited(
            act.id, AuditEvent("tenancy.alliance.restored", subject: alliance, details: act.details))
    }
}

extension Dissolution {
    /// What the chain holds of the act.
    fileprivate var details: [String: String] {
        [
            "reason": reason, "act": act, "decided_on": decidedOn.description,
            "state_before": before.rawValue,
            "state": after.rawValue, "file": file?.description ?? "",
        ]
    }
}

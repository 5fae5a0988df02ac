public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// What came of a signature or an excuse.
public struct HandoverProgress: Sendable, Hashable {
    /// Whether all have signed, and the rights of those who left ended with it.
    public let isDone: Bool
    /// How many rights ended.
    public let endedRights: Int
    /// How many rights were given to those who came.
    public let givenRights: Int
}

/// Signs a handover on the screen, for oneself.
public struct SignHandover: Command {
    /// Who may do it.
    public static let permission = Permission.signHandovers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The handover.
    public let handover: ID<Handover>
    /// The signer.
    public let signer: ID<HandoverSigner>
    /// The drawing.
    public let drawing: SignatureDrawing

    /// Takes a signature.
    public init(
        _ signer: ID<HandoverSigner>, of handover: ID<Handover>, in alliance: ID<Alliance>,
        drawing: SignatureDrawing
    ) {
        self.alliance = alliance
        self.handover = handover
        self.signer = signer
        self.drawing = drawing
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it; with the last one the handover is over.
    ///
    /// - Throws: ``HandoverError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<HandoverProgress> {
        let found = try await transaction.openHandover(handover, of: alliance)
        guard let signer = try await transaction.signers(of: handover).first(where: { $0.id == signer })
        else { throw HandoverError.signerNotFound }
        guard signer.isAwaited else { throw HandoverError.signedAlready }
        guard let user = transaction.scope.principal.user, let person = signer.person,
            try await transaction.person(of: user) == person
        else { throw HandoverError.notTheSigner }
        try await transaction.requireRight(of: signer, on: ColombianTime.date(at: now))
        let digest = try await transaction.digestToSign(of: found)
        try await transaction.sign(
            signer.id,
            MinutesSigner.Signature(
                way: .drawn, drawing: drawing, proof: nil, paper: nil, digest: digest, version: 1, at: now))
        let progress = try await transaction.finishIfSigned(found, at: now)
        return Audited(progress, progress.event(found, "signed", ["office": signer.office]))
    }
}

/// Binds the sheet that all who had not signed on the screen signed on paper.
public struct SignHandoverOnPaper: Command {
    /// Who may do it.
    public static let permission = Permission.handOver
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The handover.
    public let handover: ID<Handover>
    /// Who signed on the sheet.
    public let signers: [ID<HandoverSigner>]
    /// The scan, whose day is that on which it was signed.
    public let scan: StoredFile

    /// Takes a sheet.
    public init(
        by signers: [ID<HandoverSigner>], of handover: ID<Handover>, in alliance: ID<Alliance>,
        scan: StoredFile
    ) {
        self.alliance = alliance
        self.handover = handover
        self.signers = signers
        self.scan = scan
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it; with the last signature the handover is over.
    ///
    /// - Throws: ``HandoverError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<HandoverProgress> {
        let found = try await transaction.openHandover(handover, of: alliance)
        guard scan.effectiveOn <= ColombianTime.date(at: now),
            scan.effectiveOn >= found.changedOn - PrepareHandover.daysAhead
        else { throw HandoverError.paperOutOfPlace }
        let all = try await transaction.signers(of: handover)
        let chosen = all.filter { signers.contains($0.id) }
        guard !chosen.isEmpty, chosen.count == Set(signers).count else { throw HandoverError.signerNotFound }
        let digest = try await transaction.digestToSign(of: found)
        let file = try await transaction.store(scan, as: .mandates, in: stream, at: now)
        for signer in chosen {
            guard signer.isAwaited else { throw HandoverError.signedAlready }
            try await transaction.requireRight(of: signer, on: scan.effectiveOn)
            try await transaction.sign(
                signer.id,
                MinutesSigner.Signature(
                    way: .paper, drawing: nil, proof: nil, paper: file, digest: digest, version: 1, at: now))
        }
        let progress = try await transaction.finishIfSigned(found, at: now)
        return Audited(
            progress, progress.event(found, "signed_on_paper", ["signers": String(chosen.count)]))
    }
}

/// Notes why somebody does not sign a handover: a death, an absence, a refusal.
public struct ExcuseHandoverSigner: Command {
    /// Who may do it.
    public static let permission = Permission.handOver
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The handover.
    public let handover: ID<Handover>
    /// The signer.
    public let signer: ID<HandoverSigner>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``HandoverError/reasonMissing``.
    public init(
        _ signer: ID<HandoverSigner>, of handover: ID<Handover>, in alliance: ID<Alliance>,
        because reason: String
    ) throws(HandoverError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.handover = handover
        self.signer = signer
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it; where all others have signed the handover is over.
    ///
    /// - Throws: ``HandoverError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<HandoverProgress> {
        let found = try await transaction.openHandover(handover, of: alliance)
        let all = try await transaction.signers(of: handover)
        guard let signer = all.first(where: { $0.id == signer }) else { throw HandoverError.signerNotFound }
        guard all.contains(where: { $0.side == signer.side && $0.id != signer.id && $0.excuse == nil }) else {
            throw HandoverError.sideEmpty
        }
        try await transaction.excuse(signer.id, because: reason)
        let progress = try await transaction.finishIfSigned(found, at: now)
        return Audited(
            progress, progress.event(found, "excused", ["office": signer.office]))
    }
}

extension HandoverProgress {
    fileprivate func event(
        _ handover: Handover, _ verb: String, _ details: [String: String]
    ) -> AuditEvent {
        AuditEvent(
            "governance.handover.\(isDone ? "done" : verb)", subject: handover.id,
            details: details.merging([
                "act": verb, "ended_rights": String(endedRights), "given_rights": String(givenRights),
            ]) { first, _ in first })
    }
}

extension Transaction where Scope == TenantScope {
    /// Asks that who receives holds the seat on a day. Who delivers does so for a right that may be over: to hand over is
    /// what is left of it.
    ///
    /// - Throws: ``HandoverError/rightOver(name:office:)``.
    fileprivate func requireRight(of signer: HandoverSigner, on day: CalendarDate) async throws {
        guard signer.side == .incoming else { return }
        guard try await mayAct(signer.person, named: signer.name, for: signer.seat, on: day) else {
            throw HandoverError.rightOver(name: signer.name, office: signer.office)
        }
    }

    /// The digest of the list that is signed: the first signature fixes it, and each other one is of the same.
    ///
    /// - Throws: ``HandoverError/unchecked(_:)``, ``HandoverError/altered``.
    fileprivate func digestToSign(of handover: Handover) async throws -> HashDigest {
        let items = try await items(of: handover.id)
        let unchecked = items.count { $0.state == .pending }
        guard unchecked == 0 else { throw HandoverError.unchecked(unchecked) }
        let digest = HandoverItem.digest(of: items, changedOn: handover.changedOn, in: handover.bodyName)
        guard let fixed = handover.digest else {
            try await fix(digest, of: handover.id)
            return digest
        }
        guard fixed == digest else { throw HandoverError.altered }
        return digest
    }

    /// Ends the handover where nobody is awaited any more: the rights of who does not serve any more end, and those who
    /// came and have an account get theirs, which ends with their mandate.
    fileprivate func finishIfSigned(_ handover: Handover, at now: Date) async throws -> HandoverProgress {
        let all = try await signers(of: handover.id)
        guard all.allSatisfy({ !$0.isAwaited }),
            HandoverSigner.Side.allCases.allSatisfy({ side in
                all.contains { $0.side == side && $0.signature != nil }
            })
        else { return HandoverProgress(isDone: false, endedRights: 0, givenRights: 0) }
        let today = ColombianTime.date(at: now)
        let over = try await boardRights(of: handover.alliance, on: today, at: now).filter { !$0.serves }
        try await endGrants(over.map(\.grant), at: now)
        var given = 0
        for account in try await accountsWithoutRight(
            in: handover.body, of: handover.alliance, on: today, at: now)
        {
            do {
                _ = try await give(
                    .board, in: .alliance(handover.alliance), to: account.user, from: now, until: nil,
                    mandate: account.mandate, at: now)
                given += 1
            } catch is GrantError {
                // Somebody whose other role excludes this one: the office sees that the right lacks.
            }
        }
        try await close(handover.id, droppedBecause: nil, at: now)
        return HandoverProgress(isDone: true, endedRights: over.count, givenRights: given)
    }
}

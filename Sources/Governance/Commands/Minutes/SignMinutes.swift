public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Signs approved minutes: the digest of their text is kept with who signed it, how and when.
public struct SignMinutes: Command {
    /// How somebody signs.
    public enum Hand: Sendable {
        /// With a finger or a mouse.
        case drawn(SignatureDrawing)
        /// By the code that was sent.
        case code(String)
        /// On paper, of which this is the scan that somebody looked at.
        case paper(ID<MinutesScan>)
    }

    /// Who may do it.
    public static let permission = Permission.signMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signer.
    public let signer: UUID
    /// How.
    public let hand: Hand

    /// Takes a signature.
    public init(_ signer: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>, by hand: Hand) {
        self.alliance = alliance
        self.meeting = meeting
        self.signer = signer
        self.hand = hand
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Returns: Whether it was taken: a wrong code counts as an attempt, and so it is no error that would undo that.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Bool> {
        let (draft, signer) = try await transaction.signer(signer, of: meeting, in: alliance)
        guard draft.state == .approved else {
            throw draft.state == .sealed ? MinutesError.signedAlready : MinutesError.notApproved
        }
        guard signer.signature == nil else { throw MinutesError.signedAlready }
        guard
            let version = try await transaction.minutesVersions(of: draft.id).first(where: {
                $0.version == draft.version
            }), HashDigest(of: version.words) == version.sha256
        else { throw MinutesError.altered }
        func signature(
            _ way: MinutesSigner.Way, drawing: SignatureDrawing? = nil, proof: String? = nil,
            paper: ID<StoredFile>? = nil
        ) -> MinutesSigner.Signature {
            MinutesSigner.Signature(
                way: way, drawing: drawing, proof: proof, paper: paper, digest: version.sha256,
                version: version.version, at: now)
        }
        let today = ColombianTime.date(at: now)
        switch hand {
        case .drawn(let drawing):
            try await transaction.requireRight(of: signer, on: today)
            try await transaction.sign(signer.id, signature(.drawn, drawing: drawing))
        case .code(let typed):
            try await transaction.requireRight(of: signer, on: today)
            guard let code = try await transaction.signingCode(of: signer.id, at: now),
                code.attempts < OneTimeCodes.mostAttempts
            else { return Audited(false, event("governance.minutes.code_refused", draft, signer)) }
            guard ReadableCode(typed: typed).digest == code.digest else {
                try await transaction.tried(code.id)
                return Audited(false, event("governance.minutes.code_refused", draft, signer))
            }
            try await transaction.use(code.id, at: now)
            try await transaction.sign(signer.id, signature(.code, proof: code.sentTo))
        case .paper(let id):
            try transaction.scope.principal.require(.writeMinutes, in: stream)
            guard let scan = try await transaction.minutesScans(of: signer.id).waiting, scan.id == id else {
                throw MinutesError.scanNotFound
            }
            try await transaction.requireMandate(of: signer, on: scan.datedOn)
            try await transaction.confirm(scan: scan.id, at: now)
            try await transaction.sign(signer.id, signature(.paper, paper: scan.file))
        }
        return Audited(true, event("governance.minutes.signed", draft, signer))
    }

    private func event(_ action: String, _ draft: MinutesDraft, _ signer: MinutesSigner) -> AuditEvent {
        let way =
            switch hand {
            case .drawn: MinutesSigner.Way.drawn
            case .code: MinutesSigner.Way.code
            case .paper: MinutesSigner.Way.paper
            }
        return AuditEvent(
            action, subject: draft.id,
            details: [
                "meeting": meeting.description, "office": signer.office, "way": way.rawValue,
                "number": draft.approved.map { String($0.number) } ?? "",
            ])
    }
}

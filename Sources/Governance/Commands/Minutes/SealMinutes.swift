public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Seals minutes that all have signed: the file and its redacted twin are issued, and the minutes stand in the register
/// of all minutes. None of it is ever changed.
public struct SealMinutes: Command {
    /// Who may do it: whoever signs, since the last signature seals, and whoever may seal what all have signed.
    public static let permission = Permission.signMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signed minutes.
    public let document: NewDocument
    /// What everybody may read of them.
    public let redacted: NewDocument

    /// Takes what was printed.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, document: NewDocument, redacted: NewDocument
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.document = document
        self.redacted = redacted
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Seals them.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting,
            let draft = try await transaction.lockedMinutes(of: meeting.id)
        else { throw MinutesError.notFound }
        guard draft.state != .sealed else { throw AccessError.alreadyDone }
        guard draft.state == .approved, let approved = draft.approved else { throw MinutesError.notApproved }
        let signers = try await transaction.minutesSigners(of: draft.id)
        try await transaction.requireSealing(by: signers, in: stream)
        guard !signers.isEmpty else { throw MinutesError.noSigners }
        guard
            let version = try await transaction.minutesVersions(of: draft.id).first(where: {
                $0.version == draft.version
            })
        else { throw MinutesError.notFound }
        let words = HashDigest(of: version.words)
        guard signers.allSatisfy({ $0.signature != nil }) else { throw MinutesError.notAllSigned }
        guard words == version.sha256, signers.allSatisfy({ $0.signature?.digest == words }),
            document.wordsDigest == words
        else { throw MinutesError.altered }
        let text = try MinutesText(canonical: version.words)
        let issued = try await transaction.issue(
            document, in: stream, isReserved: draft.isReserved, at: now)
        let twin = try await transaction.issue(
            redacted, in: stream, isReserved: draft.isReserved, at: now)
        try await transaction.seal(
            draft, words: words, document: (issued, document), redacted: (twin, redacted), at: now)
        let file = try await transaction.minutesSeal(of: draft.id)?.file
        try await transaction.insert(
            text.registered(as: draft, number: approved.number, of: meeting, file: file), of: alliance,
            from: nil, at: now, composedAs: draft)
        return Audited(
            AuditEvent(
                "governance.minutes.sealed", subject: draft.id,
                details: [
                    "meeting": meeting.id.description, "number": String(approved.number),
                    "code": document.code.description, "words": words.description,
                    "sha256": Hex.encode(document.file.sha256),
                    "redacted_sha256": Hex.encode(redacted.file.sha256),
                ]))
    }
}

extension Transaction where Scope == TenantScope {
    /// Asks that who seals is one of those who signed, or may seal.
    ///
    /// - Throws: ``AccessError/notPermitted(_:)``.
    fileprivate func requireSealing(by signers: [MinutesSigner], in stream: AuditStream) async throws {
        for signer in signers where signer.signature != nil {
            if try await isOwn(signer) { return }
        }
        try scope.principal.require(.sealMinutes, in: stream)
    }
}

extension MinutesText {
    /// The minutes as the register of all minutes has them: without the names of people.
    func registered(as draft: MinutesDraft, number: Int, of meeting: Meeting, file: ID<StoredFile>?)
        -> Minutes
    {
        Minutes(
            id: draft.id, meeting: meeting.id, number: String(number), datedOn: day,
            days: day...max(day, lastDay),
            municipality: control.municipality, activity: activity, facilitator: facilitator,
            company: company,
            audience: audience, narrative: narrative, followUp: followUp, attachments: attachments,
            counts: counts,
            decisions: decisions.filter(\.isAdopted).map {
                Minutes.Decision(
                    decision: $0.published, inFavor: $0.inFavor, against: $0.against, abstained: $0.abstained)
            },
            commitments: commitments, file: file)
    }
}

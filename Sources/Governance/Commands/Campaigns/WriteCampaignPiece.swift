public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Writes the piece of a campaign: the next version, whatever was sent before stays known.
public struct WriteCampaignPiece: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>
    /// The version that was read; 0 where there was none.
    public let known: Int
    /// The text.
    public let words: String?
    /// The file, which replaces that of the version before.
    public let file: StoredFile?
    /// Whether the file of the version before goes with this one where there is no other.
    public let keepsFile: Bool

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CampaignError/pieceMissing``.
    public init(
        of id: ID<Campaign>, in alliance: ID<Alliance>, after known: Int, words: String?, file: StoredFile?,
        keepsFile: Bool
    ) throws(CampaignError) {
        let words = words?.trimmedOrNil
        guard words != nil || file != nil || keepsFile else { throw .pieceMissing }
        self.alliance = alliance
        self.id = id
        self.known = known
        self.words = words
        self.file = file
        self.keepsFile = keepsFile
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Int
    > {
        let found = try await transaction.openCampaign(id, of: alliance)
        guard (found.version ?? 0) == known else { throw CampaignError.changedMeanwhile }
        var kept: ID<StoredFile>?
        if let file {
            kept = try await transaction.store(
                file, as: .activities, in: stream, isReserved: found.campaign.isReserved, at: now)
        } else if keepsFile {
            kept = try await transaction.pieces(of: id).first?.file
        }
        guard words != nil || kept != nil else { throw CampaignError.pieceMissing }
        try await transaction.insert(
            words: words, file: kept, as: known + 1, of: found.campaign, in: alliance, at: now)
        return Audited(
            known + 1,
            AuditEvent(
                "governance.campaign.written", subject: id,
                details: [
                    "version": String(known + 1),
                    "sha256": words.map { HashDigest(of: Array($0.utf8)).description } ?? "",
                    "file": kept?.description ?? "",
                ].filter { !$0.value.isEmpty }))
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Plans a campaign or bulletin. Its board may keep it to itself until it shares it.
public struct PlanCampaign: Undertaking {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is planned.
    public let campaign: Campaign

    /// Takes what a person filled in.
    public init(_ campaign: Campaign, of alliance: ID<Alliance>) {
        self.campaign = campaign
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Plans it.
    ///
    /// - Throws: ``CampaignError/notOnBoard``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Campaign>
    > {
        if campaign.isReserved, !transaction.scope.principal.mayReserve(in: stream) {
            throw CampaignError.notOnBoard
        }
        try await transaction.insert(campaign, of: alliance, at: now)
        return Audited(
            campaign.id,
            AuditEvent(
                "governance.campaign.planned", subject: campaign.id, details: campaign.details,
                words: ["title": campaign.title], isReserved: campaign.isReserved))
    }
}

/// Changes what a campaign is; what was written and sent of it stays.
public struct EditCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign as it is to be, with the revision that was read.
    public let campaign: Campaign

    /// Takes what a person filled in.
    public init(_ campaign: Campaign, of alliance: ID<Alliance>) {
        self.campaign = campaign
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let found = try await transaction.openCampaign(campaign.id, of: alliance)
        try await transaction.update(campaign)
        return Audited(
            AuditEvent(
                "governance.campaign.edited", subject: campaign.id, details: campaign.details,
                words: ["title": campaign.title], isReserved: found.campaign.isReserved))
    }
}

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

/// Records that a campaign was sent, by one channel on one day, with how many it reached.
public struct RecordSending: Undertaking {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>
    /// By what.
    public let channel: MeetingCall.Kind
    /// The day.
    public let sentOn: CalendarDate
    /// How many it reached.
    public let reached: Int?
    /// What is told of it.
    public let note: String?
    /// Its evidence.
    public let evidence: StoredFile?

    /// Takes what a person filled in.
    public init(
        of id: ID<Campaign>, in alliance: ID<Alliance>, by channel: MeetingCall.Kind,
        on sentOn: CalendarDate, reached: Int?, note: String?, evidence: StoredFile?
    ) {
        self.alliance = alliance
        self.id = id
        self.channel = channel
        self.sentOn = sentOn
        self.reached = reached
        self.note = note
        self.evidence = evidence
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<CampaignSending>
    > {
        let found = try await transaction.openCampaign(id, of: alliance)
        guard !found.campaign.isReserved else { throw CampaignError.reserved }
        guard let version = found.version else { throw CampaignError.pieceMissing }
        guard sentOn <= ColombianTime.date(at: now) else { throw CampaignError.dayOutOfPlace }
        var file: ID<StoredFile>?
        if let evidence { file = try await transaction.store(evidence, as: .activities, in: stream, at: now) }
        let sending = CampaignSending(
            version: version, channel: channel, sentOn: sentOn, reached: reached, note: note, file: file)
        try await transaction.insert(sending, of: id, in: alliance, at: now)
        return Audited(
            sending.id,
            AuditEvent(
                "governance.campaign.sent", subject: id,
                details: [
                    "channel": channel.title, "day": sentOn.description, "version": String(version),
                    "reached": reached.map(String.init) ?? "",
                ].filter { !$0.value.isEmpty }))
    }
}

/// Takes a sending that was recorded by mistake out of what counts.
public struct WithdrawSending: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let campaign: ID<Campaign>
    /// The sending.
    public let id: ID<CampaignSending>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CampaignError/noteMissing``.
    public init(
        _ id: ID<CampaignSending>, of campaign: ID<Campaign>, in alliance: ID<Alliance>,
        because reason: String
    ) throws(CampaignError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.campaign = campaign
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``CampaignError/notFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.campaign(campaign, of: alliance) else {
            throw CampaignError.notFound
        }
        try await transaction.withdraw(id, of: campaign, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.campaign.sending_withdrawn", subject: campaign, words: ["reason": reason],
                isReserved: found.campaign.isReserved))
    }
}

/// Ends a campaign: what came of it, or why it was not sent.
public struct CloseCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>
    /// What came of it.
    public let words: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CampaignError/noteMissing``.
    public init(_ id: ID<Campaign>, of alliance: ID<Alliance>, _ words: String) throws(CampaignError) {
        guard let words = words.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.words = words
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        _ = try await transaction.openCampaign(id, of: alliance)
        try await transaction.close(id, on: ColombianTime.date(at: now), words)
        return Audited(AuditEvent("governance.campaign.closed", subject: id))
    }
}

/// Shares a campaign of the board's own space with the entity. It is not taken back.
public struct ShareCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>

    /// Names a campaign.
    public init(_ id: ID<Campaign>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedCampaign(id, of: alliance)?.campaign else {
            throw CampaignError.notFound
        }
        guard found.isReserved else { throw CampaignError.alreadyShared }
        try await transaction.share(id)
        return Audited(
            AuditEvent("governance.campaign.shared", subject: id, details: ["title": found.title]))
    }
}

extension Campaign {
    /// What its events tell beside its name.
    fileprivate var details: [String: String] {
        ["kind": kind.title, "axis": String(axis.rawValue), "from": planned.lowerBound.description]
    }
}

extension Transaction where Scope == TenantScope {
    /// A campaign that is not over.
    fileprivate func openCampaign(
        _ id: ID<Campaign>, of alliance: ID<Alliance>
    ) async throws -> CampaignSummary {
        guard let found = try await lockedCampaign(id, of: alliance) else { throw CampaignError.notFound }
        guard found.campaign.closing == nil else { throw CampaignError.closed }
        return found
    }
}

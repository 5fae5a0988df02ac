import Foundation
import Kernel
public import Postgres
import Tenancy

extension Campaign.Kind: SQLValue {}

extension Campaign: RowDecodable {
    /// Reads a row of `governance.campaigns`.
    public init(row: Row) throws(RowError) {
        let id: ID<Campaign> = try row["campaign_id"]
        let kind: Kind = try row["kind"]
        let title: String = try row["title"]
        let axis: Int = try row["axis"]
        let audience: String = try row["audience"]
        let channels: [String] = try row["channels"]
        let from: CalendarDate = try row["planned_from"]
        let to: CalendarDate = try row["planned_to"]
        let isReserved: Bool = try row["is_reserved"]
        let revision: Int = try row["revision"]
        let closedOn: CalendarDate? = try row["closed_on"]
        let closing: String? = try row["closing"]
        do {
            try self.init(
                id: id, kind: kind, title: title, axis: PolicyAxis(rawValue: axis) ?? .institution,
                audience: audience, channels: channels.compactMap(MeetingCall.Kind.init), from: from, to: to,
                isReserved: isReserved, revision: revision,
                closing: closedOn.map { Closing(day: $0, words: closing ?? "") })
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}

extension CampaignSummary: RowDecodable {
    /// Reads a row with what was counted of it.
    public init(row: Row) throws(RowError) {
        self.init(
            campaign: try Campaign(row: row), version: try row["version"], sendings: try row["sendings"],
            reach: try row["reach"], firstSentOn: try row["first_sent_on"])
    }

    fileprivate static func query(_ organization: ID<Organization>, of alliance: ID<Alliance>) -> SQL {
        """
        select campaigns.campaign_id, campaigns.kind, campaigns.title, campaigns.axis, campaigns.audience,
            campaigns.channels, campaigns.planned_from, campaigns.planned_to, campaigns.is_reserved,
            campaigns.revision, campaigns.closed_on, campaigns.closing,
            (
                select max(pieces.version) from governance.campaign_pieces as pieces
                where pieces.organization_id = \(organization)
                    and pieces.campaign_id = campaigns.campaign_id
            ) as version,
            coalesce(sent.sendings, 0) as sendings, coalesce(sent.reach, 0) as reach, sent.first_sent_on
        from governance.campaigns
        left join lateral (
            select count(*) as sendings, sum(sendings.reached)::bigint as reach,
                min(sendings.sent_on) as first_sent_on
            from governance.campaign_sendings as sendings
            where sendings.organization_id = \(organization)
                and sendings.campaign_id = campaigns.campaign_id and sendings.withdrawn_at is null
        ) as sent on true
        where campaigns.organization_id = \(organization) and campaigns.alliance_id = \(alliance)
        """
    }
}

extension CampaignPiece: RowDecodable {
    /// Reads a row of `governance.campaign_pieces` with the digest of its file.
    public init(row: Row) throws(RowError) {
        version = try row["version"]
        words = try row["words"]
        file = try row["file_id"]
        let bytes: [UInt8]? = try row["sha256"]
        digest = bytes.flatMap { HashDigest(bytes: $0) }
        writtenAt = try row["written_at"]
    }
}

extension CampaignSending: RowDecodable {
    /// Reads a row of `governance.campaign_sendings`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["sending_id"], version: try row["version"], channel: try row["channel"],
            sentOn: try row["sent_on"], reached: try row["reached"], note: try row["note"],
            file: try row["file_id"], withdrawal: try row["withdrawal_reason"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The campaigns of an alliance that the scope may see, those planned last first.
    func campaigns(of alliance: ID<Alliance>) async throws -> [CampaignSummary] {
        try await rows(
            """
            \(fragment: CampaignSummary.query(organization, of: alliance))
            order by campaigns.planned_from desc, campaigns.campaign_id
            """)
    }

    /// A campaign of an alliance.
    func campaign(_ id: ID<Campaign>, of alliance: ID<Alliance>) async throws -> CampaignSummary? {
        try await row(
            """
            \(fragment: CampaignSummary.query(organization, of: alliance))
            and campaigns.campaign_id = \(id)
            """)
    }

    /// A campaign of an alliance, held fast until the transaction ends: whether it is the board's own is so for its pieces,
    /// too.
    func lockedCampaign(_ id: ID<Campaign>, of alliance: ID<Alliance>) async throws -> CampaignSummary? {
        try await execute(
            """
            select from governance.campaigns
            where organization_id = \(organization) and campaign_id = \(id)
            for no key update
            """)
        return try await campaign(id, of: alliance)
    }

    /// The versions of the piece of a campaign, the last first.
    func pieces(of campaign: ID<Campaign>) async throws -> [CampaignPiece] {
        try await rows(
            """
            select pieces.version, pieces.words, pieces.file_id, files.sha256, pieces.written_at
            from governance.campaign_pieces as pieces
            left join tenancy.files on files.organization_id = \(organization)
                and files.file_id = pieces.file_id
            where pieces.organization_id = \(organization) and pieces.campaign_id = \(campaign)
            order by pieces.version desc
            """)
    }

    /// What was sent of a campaign, the last first.
    func sendings(of campaign: ID<Campaign>) async throws -> [CampaignSending] {
        try await rows(
            """
            select sending_id, version, channel, sent_on, reached, note, file_id, withdrawal_reason
            from governance.campaign_sendings
            where organization_id = \(organization) and campaign_id = \(campaign)
            order by sent_on desc, recorded_at desc, sending_id
            """)
    }

    /// Adds a campaign.
    func insert(_ campaign: Campaign, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.campaigns (
                organization_id, campaign_id, alliance_id, is_reserved, kind, title, axis, audience, channels,
                planned_from, planned_to, revision, recorded_at, recorded_by)
            values (
                \(organization), \(campaign.id), \(alliance), \(campaign.isReserved), \(campaign.kind),
                \(campaign.title), \(campaign.axis.rawValue), \(campaign.audience), \(campaign.channels),
                \(campaign.planned.lowerBound), \(campaign.planned.upperBound), 1, \(now),
                \(scope.principal.user))
            """)
    }

    /// Writes what a campaign is, where nobody changed it since it was read.
    ///
    /// - Throws: ``CampaignError/changedMeanwhile``.
    func update(_ campaign: Campaign) async throws {
        let written = try await execute(
            """
            update governance.campaigns
            set kind = \(campaign.kind), title = \(campaign.title), axis = \(campaign.axis.rawValue),
                audience = \(campaign.audience), channels = \(campaign.channels),
                planned_from = \(campaign.planned.lowerBound), planned_to = \(campaign.planned.upperBound),
                revision = revision + 1
            where organization_id = \(organization) and campaign_id = \(campaign.id)
                and revision = \(campaign.revision) and closed_on is null
            """)
        guard written == 1 else { throw CampaignError.changedMeanwhile }
    }

    /// Writes that a campaign is over.
    ///
    /// - Throws: ``CampaignError/closed``.
    func close(_ campaign: ID<Campaign>, on day: CalendarDate, _ words: String) async throws {
        let written = try await execute(
            """
            update governance.campaigns
            set closed_on = \(day), closing = \(words), revision = revision + 1
            where organization_id = \(organization) and campaign_id = \(campaign) and closed_on is null
            """)
        guard written == 1 else { throw CampaignError.closed }
    }

    /// Adds a version of the piece of a campaign.
    ///
    /// - Throws: ``CampaignError/changedMeanwhile`` where somebody else wrote it first.
    func insert(
        words: String?, file: ID<StoredFile>?, as version: Int, of campaign: Campaign,
        in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.campaign_pieces (
                organization_id, campaign_id, version, alliance_id, is_reserved, words, file_id, written_at,
                written_by)
            values (
                \(organization), \(campaign.id), \(version), \(alliance), \(campaign.isReserved), \(words),
                \(file), \(now), \(scope.principal.user))
            """,
            refusals: ["campaign_pieces_pkey": CampaignError.changedMeanwhile])
    }

    /// Adds what was sent of a campaign.
    func insert(
        _ sending: CampaignSending, of campaign: ID<Campaign>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.campaign_sendings (
                organization_id, sending_id, campaign_id, alliance_id, campaign_is_reserved, version, channel,
                sent_on, reached, note, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(sending.id), \(campaign), \(alliance), false, \(sending.version),
                \(sending.channel), \(sending.sentOn), \(sending.reached), \(sending.note), \(sending.file),
                \(now), \(scope.principal.user))
            """,
            refusals: [
                "campaign_sendings_shared_fkey": CampaignError.reserved,
                "campaign_sendings_piece_fkey": CampaignError.pieceMissing,
            ])
    }

    /// Takes a sending out of what counts.
    ///
    /// - Throws: ``CampaignError/notFound``.
    func withdraw(
        _ sending: ID<CampaignSending>, of campaign: ID<Campaign>, because reason: String, at now: Date
    ) async throws {
        let written = try await execute(
            """
            update governance.campaign_sendings
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and campaign_id = \(campaign)
                and sending_id = \(sending) and withdrawn_at is null
            """)
        guard written == 1 else { throw CampaignError.notFound }
    }

    /// Lifts the reserve from a campaign, its pieces and their files.
    func share(_ campaign: ID<Campaign>) async throws {
        try await lift(
            """
            select file_id from governance.campaign_pieces
            where organization_id = \(organization) and campaign_id = \(campaign) and file_id is not null
            """)
        try await pipeline([
            """
            update governance.campaign_pieces set is_reserved = false
            where organization_id = \(organization) and campaign_id = \(campaign)
            """,
            """
            update governance.campaigns set is_reserved = false
            where organization_id = \(organization) and campaign_id = \(campaign)
            """,
        ])
    }
}

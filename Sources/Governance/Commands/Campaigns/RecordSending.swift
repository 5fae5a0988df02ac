public import Foundation
public import Kernel
public import Postgres
public import Tenancy

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

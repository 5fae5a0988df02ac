public import Foundation
public import Kernel
public import Tenancy

/// What an alliance tells people (`campaña`, `boletín`): for whom, by which channels, and when.
public struct Campaign: Sendable, Hashable {
    /// The sorts of campaigns.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case campaign, bulletin

        /// The name on screens.
        public var title: String {
            switch self {
            case .campaign: "Campaña"
            case .bulletin: "Boletín"
            }
        }
    }

    /// Identifies it.
    public let id: ID<Campaign>
    /// Its sort.
    public let kind: Kind
    /// What it is called.
    public let title: String
    /// The axis of the policy that it serves.
    public let axis: PolicyAxis
    /// For whom it is.
    public let audience: String
    /// By which channels it is to be sent, in their order.
    public let channels: [MeetingCall.Kind]
    /// The days in which it is to be sent.
    public let planned: ClosedRange<CalendarDate>
    /// Whether the board keeps it to itself.
    public let isReserved: Bool
    /// How often it was changed; the first is 1.
    public let revision: Int
    /// What came of it, once it is over.
    public let closing: Closing?

    /// How a campaign ended.
    public struct Closing: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// What came of it, or why it was not sent.
        public let words: String
    }

    /// Describes a campaign.
    ///
    /// - Throws: ``CampaignError``.
    public init(
        id: ID<Campaign> = ID(), kind: Kind, title: String, axis: PolicyAxis, audience: String,
        channels: [MeetingCall.Kind], from start: CalendarDate, to end: CalendarDate? = nil,
        isReserved: Bool = false, revision: Int = 1, closing: Closing? = nil
    ) throws(CampaignError) {
        guard let title = title.trimmedOrNil else { throw .titleMissing }
        guard let audience = audience.trimmedOrNil else { throw .audienceMissing }
        guard !channels.isEmpty else { throw .channelMissing }
        let end = end ?? start
        guard start <= end else { throw .daysOutOfOrder }
        self.id = id
        self.kind = kind
        self.title = title
        self.axis = axis
        self.audience = audience
        self.channels = MeetingCall.Kind.allCases.filter(channels.contains)
        planned = start...end
        self.isReserved = isReserved
        self.revision = revision
        self.closing = closing
    }
}

/// The piece of a campaign (`pieza`) in one of its versions: what was sent stays known.
public struct CampaignPiece: Sendable, Hashable {
    /// Its version, from 1.
    public let version: Int
    /// Its text.
    public let words: String?
    /// Its file: a picture, a leaflet.
    public let file: ID<StoredFile>?
    /// The SHA-256 of the file.
    public let digest: HashDigest?
    /// When it was written.
    public let writtenAt: Date
}

/// What was sent of a campaign, by one channel on one day.
public struct CampaignSending: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<CampaignSending>
    /// The version of the piece.
    public let version: Int
    /// By what.
    public let channel: MeetingCall.Kind
    /// The day.
    public let sentOn: CalendarDate
    /// How many people it reached, where that is known.
    public let reached: Int?
    /// What is told of it.
    public let note: String?
    /// Its evidence.
    public let file: ID<StoredFile>?
    /// Why it does not count, where it was recorded by mistake.
    public let withdrawal: String?

    /// Describes a sending.
    public init(
        id: ID<CampaignSending> = ID(), version: Int, channel: MeetingCall.Kind, sentOn: CalendarDate,
        reached: Int? = nil, note: String? = nil, file: ID<StoredFile>? = nil, withdrawal: String? = nil
    ) {
        self.id = id
        self.version = version
        self.channel = channel
        self.sentOn = sentOn
        self.reached = reached
        self.note = note?.trimmedOrNil
        self.file = file
        self.withdrawal = withdrawal
    }
}

/// A campaign with how far it got.
public struct CampaignSummary: Sendable, Hashable {
    /// Where a campaign stands on a day.
    public enum Standing: Sendable, Hashable {
        /// It has no piece yet.
        case withoutPiece
        /// It has its piece, and its days are to come or have begun.
        case toSend
        /// Its days are over, and nothing was sent.
        case late
        /// Something was sent.
        case sent
        /// It is over.
        case closed
    }

    /// The campaign.
    public let campaign: Campaign
    /// The last version of its piece; `nil` without one.
    public let version: Int?
    /// How often it was sent.
    public let sendings: Int
    /// How many people it reached, as far as that is known.
    public let reach: Int
    /// The day on which it was sent first.
    public let firstSentOn: CalendarDate?

    /// Where it stands on a day.
    public func standing(on day: CalendarDate) -> Standing {
        if campaign.closing != nil { return .closed }
        if sendings > 0 { return .sent }
        if campaign.planned.upperBound < day { return .late }
        return version == nil ? .withoutPiece : .toSend
    }
}

/// Why a campaign is refused.
public enum CampaignError: UserFacingError, Hashable {
    /// It is none of this alliance's, or the person may not see it.
    case notFound
    /// It has no name.
    case titleMissing
    /// It is for nobody.
    case audienceMissing
    /// It is to be sent by nothing.
    case channelMissing
    /// It ends before it begins.
    case daysOutOfOrder
    /// Somebody else changed it meanwhile.
    case changedMeanwhile
    /// It is over.
    case closed
    /// A piece that says nothing.
    case pieceMissing
    /// It is the board's own, and nothing of it is sent.
    case reserved
    /// It is shared already.
    case alreadyShared
    /// Who reserves it is not on the board.
    case notOnBoard
    /// The day lies in the future, or before its piece was written.
    case dayOutOfPlace
    /// What came of it is not told.
    case noteMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.campaign.not_found"
        case .titleMissing: "governance.campaign.title_missing"
        case .audienceMissing: "governance.campaign.audience_missing"
        case .channelMissing: "governance.campaign.channel_missing"
        case .daysOutOfOrder: "governance.campaign.days_out_of_order"
        case .changedMeanwhile: "governance.campaign.changed_meanwhile"
        case .closed: "governance.campaign.closed"
        case .pieceMissing: "governance.campaign.piece_missing"
        case .reserved: "governance.campaign.reserved"
        case .alreadyShared: "governance.campaign.already_shared"
        case .notOnBoard: "governance.campaign.not_on_board"
        case .dayOutOfPlace: "governance.campaign.day_out_of_place"
        case .noteMissing: "governance.campaign.note_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .changedMeanwhile, .closed, .reserved, .alreadyShared: .conflict
        case .notOnBoard: .forbidden
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .titleMissing: "title"
        case .audienceMissing: "audience"
        case .channelMissing: "channels"
        case .daysOutOfOrder: "until"
        case .pieceMissing: "words"
        case .dayOutOfPlace: "day"
        case .noteMissing: "note"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa campaña. Vuelva a la lista y escójala de nuevo."
        case .titleMissing: "Póngale un nombre a la campaña o al boletín."
        case .audienceMissing: "Diga para quién es: los asociados, los usuarios de una sede."
        case .channelMissing: "Marque al menos un medio por el que se enviará."
        case .daysOutOfOrder: "La última fecha es anterior a la primera. Corríjalas."
        case .changedMeanwhile:
            "Otra persona la cambió mientras tanto. Vuelva a su página, mire cómo quedó y haga su cambio otra vez."
        case .closed: "La campaña ya terminó y no se cambia más."
        case .pieceMissing: "Escriba el texto de la pieza, o adjunte el archivo."
        case .reserved: "Es del espacio propio de la junta. Compártala antes de anotar que se envió."
        case .alreadyShared: "La campaña ya está compartida."
        case .notOnBoard: "Solo la junta de la alianza puede guardar algo en su espacio propio."
        case .dayOutOfPlace: "Esa fecha todavía no llega. Corríjala."
        case .noteMissing: "Cuente en una frase en qué quedó."
        }
    }
}

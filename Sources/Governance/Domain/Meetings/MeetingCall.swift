public import Kernel
public import Tenancy

/// How a meeting was called, by one channel: the proof of its notice.
public struct MeetingCall: Sendable, Hashable {
    /// The channels that the product knows.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `afiche`.
        case poster
        /// A message on WhatsApp.
        case whatsapp
        /// A text message.
        case sms
        /// `perifoneo`, or a loudspeaker in a waiting room.
        case loudspeaker
        /// Mail.
        case mail
        /// Calls by telephone.
        case phone
        /// `volantes`.
        case leaflet
        /// A visit to an insurer or a service.
        case visit
        /// The local press or radio.
        case press
        /// A page or a social network.
        case web
        /// Any other.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .poster: "Afiche"
            case .whatsapp: "WhatsApp"
            case .sms: "Mensaje de texto (SMS)"
            case .loudspeaker: "Perifoneo"
            case .mail: "Correo"
            case .phone: "Llamada telefónica"
            case .leaflet: "Volantes"
            case .visit: "Visita"
            case .press: "Prensa o radio local"
            case .web: "Página, canal de video o red social"
            case .other: "Otro medio"
            }
        }
    }

    /// The day.
    public let sentOn: CalendarDate
    /// By what: telephone, poster, WhatsApp, local press.
    public let channel: String
    /// Which of the channels that is.
    public let kind: Kind
    /// How many people it reached, where that is known.
    public let reached: Int?
    /// What is told of it.
    public let note: String?
    /// The notice that was sent by it.
    public let notice: ID<MeetingNotice>?
    /// Its proof: a photograph, a list, a screen.
    public let proof: ID<StoredFile>?
    /// Whether it counts the sheet of calls, which is counted once; calls that were made otherwise are told beside it.
    public let isOfSheet: Bool

    /// Makes a call.
    ///
    /// - Throws: ``MeetingError/channelMissing``.
    public init(
        sentOn: CalendarDate, channel: String, kind: Kind = .other, reached: Int? = nil, note: String? = nil,
        notice: ID<MeetingNotice>? = nil, proof: ID<StoredFile>? = nil, isOfSheet: Bool = false
    ) throws(MeetingError) {
        guard let channel = channel.trimmedOrNil else { throw .channelMissing }
        self.sentOn = sentOn
        self.channel = channel
        self.kind = kind
        self.reached = reached
        self.note = note?.trimmedOrNil
        self.notice = notice
        self.proof = proof
        self.isOfSheet = isOfSheet
    }

    /// The call with its notice and proof.
    func with(notice: ID<MeetingNotice>?, proof: ID<StoredFile>?) throws(MeetingError) -> MeetingCall {
        try MeetingCall(
            sentOn: sentOn, channel: channel, kind: kind, reached: reached, note: note, notice: notice,
            proof: proof, isOfSheet: isOfSheet)
    }
}

public import Foundation
public import Kernel
public import Tenancy

/// Minutes on their way from the end of the meeting to their seal: what a person adds to what happened.
public struct MinutesDraft: Sendable, Hashable {
    /// Where minutes stand.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Being written.
        case draft
        /// Sent to those who were there, for observations.
        case circulated
        /// Approved, with their number.
        case approved
        /// Signed by all and sealed.
        case sealed

        /// The name on screens.
        public var title: String {
            switch self {
            case .draft: "Borrador"
            case .circulated: "En observaciones"
            case .approved: "Aprobada, en firmas"
            case .sealed: "Sellada"
            }
        }
    }

    /// The boxes of the format of the offices.
    public enum Activity: String, Sendable, Hashable, CaseIterable {
        /// `conformación de grupo`.
        case groupFormation = "group_formation"
        /// `seguimiento a cronograma de actividades`.
        case scheduleFollowUp = "schedule_follow_up"
        /// `capacitación`, with its topic.
        case training
        /// `otros`, with which.
        case other
        /// None is marked.
        case unmarked

        /// The boxes, in the order of the format.
        public static let boxes: [Self] = [.groupFormation, .scheduleFollowUp, .training, .other]

        /// The name on the format.
        public var title: String {
            switch self {
            case .groupFormation: "Conformación de grupo"
            case .scheduleFollowUp: "Seguimiento a cronograma de actividades"
            case .training: "Capacitación"
            case .other: "Otros"
            case .unmarked: "Sin marcar"
            }
        }

        /// Whether the box asks for words beside it.
        public var asksWhich: Bool { self == .training || self == .other }
    }

    /// How minutes were approved.
    public enum Approval: String, Sendable, Hashable, CaseIterable {
        /// By a decision of a later meeting.
        case meeting
        /// By a commission that the meeting named for it.
        case commission
        /// Before the meeting itself ended.
        case sameSession = "same_session"

        /// The name on screens.
        public var title: String {
            switch self {
            case .meeting: "En una reunión posterior"
            case .commission: "Por la comisión designada para aprobarla"
            case .sameSession: "En la misma sesión"
            }
        }
    }

    /// What a person writes: all else follows from what happened.
    public struct Free: Sendable, Hashable {
        /// The box that is marked.
        public let activity: Activity
        /// The topic of a training, or which other activity.
        public let activityNote: String?
        /// The name of who led it.
        public let facilitator: String?
        /// Their post.
        public let facilitatorPost: String?
        /// Their entity.
        public let company: String?
        /// Whom it was for.
        public let audience: String?
        /// What happened beside the points of the agenda, a paragraph a line.
        public let narrative: String
        /// `seguimiento a cronograma de actividades`.
        public let scheduleFollowUp: String
        /// What is attached, beside what the product knows.
        public let attachments: [String]

        /// Takes what a person wrote.
        ///
        /// - Throws: ``MinutesError/activityUntold``.
        public init(
            activity: Activity, activityNote: String? = nil, facilitator: String? = nil,
            facilitatorPost: String? = nil, company: String? = nil, audience: String? = nil,
            narrative: String = "", scheduleFollowUp: String = "", attachments: [String] = []
        ) throws(MinutesError) {
            let note = activityNote?.trimmedOrNil
            guard !activity.asksWhich || note != nil else { throw .activityUntold }
            self.activity = activity
            self.activityNote = activity.asksWhich ? note : nil
            self.facilitator = facilitator?.trimmedOrNil
            self.facilitatorPost = facilitatorPost?.trimmedOrNil
            self.company = company?.trimmedOrNil
            self.audience = audience?.trimmedOrNil
            self.narrative = narrative.trimmedOrNil ?? ""
            self.scheduleFollowUp = scheduleFollowUp.trimmedOrNil ?? ""
            self.attachments = attachments.compactMap(\.trimmedOrNil)
        }
    }

    /// That they were approved.
    public struct Approved: Sendable, Hashable {
        /// Their number in the book.
        public let number: Int
        /// The day.
        public let on: CalendarDate
        /// How.
        public let how: Approval
        /// Who, or in which act, where a commission did.
        public let note: String?
        /// The decision that approved them.
        public let decision: UUID?
    }

    /// Identifies the minutes, now and once they are sealed.
    public let id: ID<Minutes>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Whether they are the board's own.
    public let isReserved: Bool
    /// The book that they get their number from.
    public let book: UUID
    /// Where they stand.
    public let state: State
    /// What a person wrote.
    public let free: Free
    /// The latest version that was circulated; 0 before the first.
    public let version: Int
    /// Until when observations are asked for.
    public let observeUntil: CalendarDate?
    /// That they were approved.
    public let approved: Approved?
    /// When they were last saved.
    public let savedAt: Date
    /// When they were sealed.
    public let sealedAt: Date?
}

/// A version of minutes as it was circulated.
public struct MinutesVersion: Sendable, Hashable {
    /// Its number, from 1.
    public let version: Int
    /// The canonical text.
    public let words: String
    /// Its digest as it was kept.
    public let sha256: HashDigest
    /// When it was circulated.
    public let madeAt: Date
}

/// What somebody asked to change in circulated minutes.
public struct MinutesObservation: Sendable, Hashable {
    /// Identifies it.
    public let id: UUID
    /// The version that it is about.
    public let version: Int
    /// The section.
    public let section: String
    /// What is asked.
    public let observation: String
    /// When.
    public let madeAt: Date
    /// Who asked.
    public let madeBy: String
    /// Whether it was taken up; `nil` before an answer.
    public let isAccepted: Bool?
    /// The answer.
    public let answer: String?
}

/// That minutes are sealed.
public struct MinutesSeal: Sendable, Hashable {
    /// Their number.
    public let number: Int
    /// The version that was signed.
    public let version: Int
    /// The digest of its text.
    public let wordsDigest: HashDigest
    /// The register entry of the sealed file.
    public let document: ID<IssuedDocument>
    /// The code that stands on it.
    public let code: String
    /// The sealed file.
    public let file: ID<StoredFile>
    /// Its digest.
    public let fileDigest: HashDigest
    /// The redacted twin.
    public let redactedFile: ID<StoredFile>?
    /// Its digest.
    public let redactedDigest: HashDigest?
    /// When.
    public let sealedAt: Date
}

/// What a later meeting decided to correct in sealed minutes.
public struct MinutesCorrection: Sendable, Hashable {
    /// The minutes that are corrected.
    public let minutes: ID<Minutes>
    /// What they say.
    public let says: String
    /// What they should say.
    public let shouldSay: String
    /// The meeting that decided it.
    public let meeting: ID<Meeting>
    /// Its title.
    public let meetingTitle: String
    /// Its day.
    public let day: CalendarDate
}

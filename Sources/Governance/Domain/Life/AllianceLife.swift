public import Kernel
public import Tenancy

/// How long the period of an alliance lasts, and when its end is told of: data, with where each comes from.
public struct LifeTerms: Sendable, Hashable {
    /// The months of the period.
    public let months: Int
    /// Where that is ordered: an article of the bylaws, or the norm.
    public let source: String
    /// Whether somebody checked it. On a term that nobody confirmed an alliance is never told to be expired.
    public let isConfirmed: Bool
    /// The days before the end at which people are told, from the first to the last.
    public let alarms: [Int]

    /// Makes terms.
    public init(months: Int, source: String, isConfirmed: Bool, alarms: [Int]) {
        self.months = months
        self.source = source
        self.isConfirmed = isConfirmed
        self.alarms = alarms.sorted(by: >)
    }

    /// The period that begins on a day.
    func period(from day: CalendarDate) -> LifePeriod {
        LifePeriod(startsOn: day, endsOn: day.addingMonths(months) - 1, terms: self)
    }
}

/// The period of an alliance that runs, from its constitution or its last renewal.
public struct LifePeriod: Sendable, Hashable {
    /// Where a period stands on a day.
    public enum Standing: Sendable, Hashable {
        /// Its end is further away than the first alarm.
        case running(days: Int)
        /// Its end is near: the days left, and the alarm that they are within.
        case ending(days: Int, alarm: Int)
        /// It is over since so many days.
        case over(days: Int)
    }

    /// The first day.
    public let startsOn: CalendarDate
    /// The last day.
    public let endsOn: CalendarDate
    /// What it is reckoned by.
    public let terms: LifeTerms

    /// Where it stands on a day.
    public func standing(on day: CalendarDate) -> Standing {
        let days = endsOn - day
        if days < 0 { return .over(days: -days) }
        guard let alarm = terms.alarms.last(where: { days <= $0 }) else { return .running(days: days) }
        return .ending(days: days, alarm: alarm)
    }

    /// The state that a day brings an alliance to that was at work; `nil` where it stays as it is.
    ///
    /// Within the first alarm it is to be renewed. Past the end it is expired, but only by a term that somebody confirmed.
    func state(of before: Alliance.State, on day: CalendarDate) -> Alliance.State? {
        guard [.active, .renewalDue, .expired].contains(before) else { return nil }
        let after: Alliance.State =
            switch standing(on: day) {
            case .running: .active
            case .ending: .renewalDue
            case .over: terms.isConfirmed ? .expired : .renewalDue
            }
        return after == before ? nil : after
    }
}

/// The call to constitute an alliance.
public struct AllianceCall: Sendable, Hashable {
    /// Who calls.
    public enum Caller: String, Sendable, Hashable, CaseIterable {
        /// The entity.
        case entity
        /// The users themselves (`autoconvocatoria`).
        case users

        /// The name on screens.
        public var title: String {
            switch self {
            case .entity: "La entidad"
            case .users: "Los mismos usuarios (autoconvocatoria)"
            }
        }
    }

    /// Who calls.
    public let calledBy: Caller
    /// By whose name: the manager, or the first of the users who sign.
    public let caller: String
    /// The day.
    public let calledOn: CalendarDate
    /// Who is called: the users of the last year, those of a municipality.
    public let addressedTo: String
    /// How they are told.
    public let channels: String
    /// The call as it went out.
    public let file: ID<StoredFile>?
}

/// A step before the authority that registers alliances.
public struct RegistryStep: Sendable, Hashable {
    /// What sort of step.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request was filed.
        case filed
        /// The authority asked for something.
        case asked
        /// What it asked was answered.
        case answered
        /// The authority refused.
        case refused

        /// The name on screens.
        public var title: String {
            switch self {
            case .filed: "Se radicó la solicitud"
            case .asked: "La autoridad pidió algo"
            case .answered: "Se respondió a la autoridad"
            case .refused: "La autoridad negó el registro"
            }
        }
    }

    /// What sort of step.
    public let kind: Kind
    /// The authority.
    public let authority: String
    /// The filing number (`radicado`).
    public let number: String?
    /// The day.
    public let happenedOn: CalendarDate
    /// What was asked, answered or refused.
    public let note: String
    /// The document.
    public let file: ID<StoredFile>?

    /// Tells a step.
    ///
    /// - Throws: ``LifeError``.
    public init(
        _ kind: Kind, before authority: String, number: String?, on happenedOn: CalendarDate, note: String,
        file: ID<StoredFile>? = nil
    ) throws(LifeError) {
        guard let authority = authority.trimmedOrNil else { throw .authorityMissing }
        let number = number?.trimmedOrNil
        guard kind != .filed || number != nil else { throw .numberMissing }
        guard kind == .filed || note.trimmedOrNil != nil else { throw .noteMissing }
        self.kind = kind
        self.authority = authority
        self.number = number
        self.happenedOn = happenedOn
        self.note = note.trimmedOrNil ?? ""
        self.file = file
    }
}

/// A renewal of an alliance.
public struct Renewal: Sendable, Hashable, Identifiable {
    /// Where a renewal stands.
    public enum State: String, Sendable, Hashable {
        /// Members are confirming.
        case open
        /// The assembly renewed the alliance.
        case done
        /// It was given up.
        case dropped
    }

    /// Identifies it.
    public let id: Kernel.ID<Renewal>
    /// Where it stands.
    public let state: State
    /// The day on which it began.
    public let begunOn: CalendarDate
    /// The day of the assembly.
    public let renewedOn: CalendarDate?
    /// Its minutes, by number and date.
    public let minutes: String?
    /// Their scan.
    public let file: Kernel.ID<StoredFile>?
    /// What the authority registered of it.
    public let registration: String?
    /// How many members confirmed.
    public let confirmed: Int
}

/// The life of an alliance, from what happened.
public struct AllianceLife: Sendable {
    /// Where it stands, as it is kept.
    public let state: Alliance.State
    /// Its call; `nil` where none is known.
    public let call: AllianceCall?
    /// The sessions before its constitution that were held, and how many are needed; `nil` where there is no series.
    public let sessions: (held: Int, needed: Int, series: ID<MeetingSeries>)?
    /// How many asked to join.
    public let applicants: Int
    /// How many are members today.
    public let members: Int
    /// Its constitutions, the latest first.
    public let constitutions: [Constitution]
    /// Its registrations, the latest first.
    public let registrations: [Registration]
    /// The steps before the authority, the first first.
    public let registrySteps: [RegistryStep]
    /// Its renewals, the latest first.
    public let renewals: [Renewal]
    /// The period that runs; `nil` before a constitution.
    public let period: LifePeriod?
    /// Today.
    public let today: CalendarDate

    /// The renewal that goes on.
    public var openRenewal: Renewal? { renewals.first { $0.state == .open } }
}

public import Foundation
import Governance
public import Kernel

/// A period of days that an election takes, with where its length comes from.
public struct ElectoralTerm: Sendable, Hashable {
    /// The periods that a calendar is made of.
    public enum Name: String, Sendable, Hashable, CaseIterable, Codable {
        /// Between the call and the vote, at least.
        case notice
        /// For nominations, from the call on.
        case nominations
        /// For claims against the provisional roll.
        case claims
        /// For deciding the claims.
        case claimDecisions = "claim_decisions"
        /// Between the freezing of the roll and the vote, at least.
        case freezeLead = "freeze_lead"
        /// For challenges to the provisional result.
        case challenges
        /// For deciding the challenges.
        case challengeDecisions = "challenge_decisions"

        /// The parameter of the bylaws that gives it, where there is one.
        var parameter: BylawParameter.Name? {
            switch self {
            case .notice: .noticeDays
            case .nominations: .nominationDays
            case .claims: .claimDays
            case .challenges: .challengeDays
            case .claimDecisions, .freezeLead, .challengeDecisions: nil
            }
        }
    }

    /// Which one.
    public let name: Name
    /// How many days.
    public let days: Int
    /// Whether only business days count.
    public let isInBusinessDays: Bool
    /// The article, norm or proposal behind it.
    public let source: String
    /// Whether somebody checked it against the text.
    public let isConfirmed: Bool

    /// Makes a term.
    public init(name: Name, days: Int, isInBusinessDays: Bool, source: String, isConfirmed: Bool) {
        self.name = name
        self.days = days
        self.isInBusinessDays = isInBusinessDays
        self.source = source
        self.isConfirmed = isConfirmed
    }

    /// The term as the bylaws have it, where they say something.
    func ordered(by bylaws: Bylaws?) -> Self {
        guard let bylaws, let parameter = name.parameter.flatMap({ bylaws.parameters[$0] }),
            case .integer(let days) = parameter.value
        else { return self }
        return Self(
            name: name, days: days, isInBusinessDays: bylaws.allows(.daysAreBusinessDays),
            source: parameter.article.map { "\(bylaws.title), artículo \($0)" } ?? parameter.norm
                ?? bylaws.title,
            isConfirmed: parameter.isConfirmed)
    }

    /// The length in words: «3 días hábiles».
    public var words: String {
        SpanishFormat.count(
            days, isInBusinessDays ? "día hábil" : "día", isInBusinessDays ? "días hábiles" : "días")
    }

    /// The day so many days after another, or before it where the count is negative.
    func date(_ sign: Int, from day: CalendarDate) throws(HolidayCalendarError) -> CalendarDate {
        isInBusinessDays ? try HolidayCalendar.adding(businessDays: sign * days, to: day) : day + sign * days
    }
}

/// A date of a calendar, with the rule that gave it.
public struct Milestone: Sendable, Hashable {
    /// What happens then; in the order of the process.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case call, nominations
        case provisionalRoll = "provisional_roll"
        case claims
        case claimDecisions = "claim_decisions"
        case rollFreeze = "roll_freeze"
        case voting
        case provisionalResult = "provisional_result"
        case challenges
        case challengeDecisions = "challenge_decisions"
        case proclamation

        /// The name on screens.
        public var title: String {
            switch self {
            case .call: "Convocatoria"
            case .nominations: "Inscripción de candidaturas"
            case .provisionalRoll: "Censo provisional"
            case .claims: "Reclamaciones al censo"
            case .claimDecisions: "Decisión de las reclamaciones"
            case .rollFreeze: "Censo definitivo"
            case .voting: "Votación"
            case .provisionalResult: "Resultado provisional"
            case .challenges: "Impugnaciones"
            case .challengeDecisions: "Decisión de las impugnaciones"
            case .proclamation: "Proclamación"
            }
        }
    }

    /// What happens.
    public let kind: Kind
    /// When it happens or begins.
    public let opensAt: Date
    /// When it ends, for what lasts.
    public let closesAt: Date?
    /// When it would have ended, where it was extended. An extension gives a day to end on; the length that the rule
    /// gives stays what it was.
    public let unextendedCloseAt: Date?
    /// The rule, in words.
    public let rule: String
    /// The article, norm or proposal behind it.
    public let source: String?
    /// Whether somebody checked it against the text.
    public let isConfirmed: Bool
    /// Whether somebody moved it from where the rule had put it.
    public let isEdited: Bool
    /// Whether its length is in business days.
    public let countsBusinessDays: Bool

    /// Makes a milestone.
    public init(
        kind: Kind, opensAt: Date, closesAt: Date? = nil, unextendedCloseAt: Date? = nil, rule: String,
        source: String?, isConfirmed: Bool, isEdited: Bool = false, countsBusinessDays: Bool = false
    ) {
        self.kind = kind
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.unextendedCloseAt = unextendedCloseAt
        self.rule = rule
        self.source = source
        self.isConfirmed = isConfirmed
        self.isEdited = isEdited
        self.countsBusinessDays = countsBusinessDays
    }

    /// The last day of a term that begins at another moment than was planned: it keeps its length, and the day on which
    /// it begins does not count. An extension gave it a later end and no greater length.
    ///
    /// - Returns: The day; `nil` for what does not last.
    func lastDay(beginningAt moment: Date) -> CalendarDate? {
        guard let end = unextendedCloseAt ?? closesAt else { return nil }
        let planned = (first: ColombianTime.date(at: opensAt), last: ColombianTime.date(at: end))
        let day = ColombianTime.date(at: moment)
        if countsBusinessDays {
            // Outside the years whose holidays are known, every day counts.
            let days = try? HolidayCalendar.businessDays(from: planned.first, to: planned.last)
            if let days, let last = try? HolidayCalendar.adding(businessDays: days, to: day) { return last }
        }
        return day + (planned.last - planned.first)
    }
}

/// The calendar of a process, from the call to the proclamation.
public struct ElectoralCalendar: Sendable, Hashable {
    /// The dates, in the order in which they begin.
    public let milestones: [Milestone]

    /// Takes dates.
    public init(milestones: [Milestone]) {
        self.milestones = milestones.sorted { ($0.opensAt, $0.kind.place) < ($1.opensAt, $1.kind.place) }
    }

    /// The date of a kind.
    public subscript(_ kind: Milestone.Kind) -> Milestone? { milestones.first { $0.kind == kind } }

    /// Computes the calendar around the day of the vote, from the terms of the bylaws and, where they are silent, the
    /// usual ones: backwards to a call early enough for all that comes before the vote, and forwards from it.
    ///
    /// - Parameters:
    ///   - day: The day of the vote.
    ///   - opening: When the vote opens.
    ///   - closing: When it closes.
    ///   - terms: The length of each period.
    /// - Returns: The calendar, each date with the rule that gave it.
    /// - Throws: ``CalendarError``, `HolidayCalendarError`.
    public static func computed(
        votingOn day: CalendarDate, from opening: TimeOfDay, until closing: TimeOfDay, terms: [ElectoralTerm]
    ) throws -> Self {
        guard opening < closing else { throw CalendarError.votingClosesBeforeItOpens }
        let known = Dictionary(terms.map { ($0.name, $0) }) { first, _ in first }
        func term(_ name: ElectoralTerm.Name) throws(CalendarError) -> ElectoralTerm {
            guard let term = known[name] else { throw .termMissing(name) }
            return term
        }
        let (notice, nominations, lead) = (try term(.notice), try term(.nominations), try term(.freezeLead))
        let (claims, claimDecisions) = (try term(.claims), try term(.claimDecisions))
        let (challenges, challengeDecisions) = (try term(.challenges), try term(.challengeDecisions))
        let freeze = try lead.date(-1, from: day)
        let claimsEnd = try claimDecisions.date(-1, from: freeze)
        let rollDay = try claims.date(-1, from: claimsEnd)
        // With the claims: until the roll is frozen there is time to decide the slates and to print the ballots.
        let nominationsEnd = claimsEnd
        // The call comes before everything that needs time, and no later than the notice asks.
        let call = min(
            try notice.date(-1, from: day), rollDay, try nominations.date(-1, from: nominationsEnd))
        let challengesEnd = try challenges.date(1, from: day)
        let decisionsEnd = try challengeDecisions.date(1, from: challengesEnd)
        return Self(
            milestones: [
                Milestone(
                    kind: .call, opensAt: ColombianTime.startOfDay(call),
                    rule: "Al menos \(notice.words) antes de la votación, y con tiempo para los demás pasos",
                    source: notice.source, isConfirmed: notice.isConfirmed),
                Milestone(
                    kind: .nominations, opensAt: ColombianTime.startOfDay(call),
                    closesAt: ColombianTime.lastMinute(of: nominationsEnd),
                    rule: "Desde la convocatoria, al menos \(nominations.words)", source: nominations.source,
                    isConfirmed: nominations.isConfirmed),
                Milestone(
                    kind: .provisionalRoll, opensAt: ColombianTime.startOfDay(rollDay),
                    rule: "Antes de las reclamaciones", source: claims.source, isConfirmed: claims.isConfirmed
                ),
                Milestone(
                    kind: .claims, opensAt: ColombianTime.startOfDay(rollDay),
                    closesAt: ColombianTime.lastMinute(of: claimsEnd),
                    rule: "Al menos \(claims.words) desde que se publica el censo provisional",
                    source: claims.source,
                    isConfirmed: claims.isConfirmed, countsBusinessDays: claims.isInBusinessDays),
                Milestone(
                    kind: .claimDecisions, opensAt: ColombianTime.lastMinute(of: claimsEnd),
                    closesAt: ColombianTime.lastMinute(of: freeze),
                    rule: "\(claimDecisions.words) desde que cierran las reclamaciones",
                    source: claimDecisions.source, isConfirmed: claimDecisions.isConfirmed),
                Milestone(
                    kind: .rollFreeze, opensAt: ColombianTime.lastMinute(of: freeze),
                    rule: "\(lead.words) antes de la votación", source: lead.source,
                    isConfirmed: lead.isConfirmed),
                Milestone(
                    kind: .voting, opensAt: ColombianTime.instant(day, opening),
                    closesAt: ColombianTime.instant(day, closing),
                    rule: "El día y las horas que se escogieron",
                    source: nil, isConfirmed: true),
                Milestone(
                    kind: .provisionalResult, opensAt: ColombianTime.instant(day, closing),
                    rule: "Al terminar el escrutinio", source: nil, isConfirmed: true),
                Milestone(
                    kind: .challenges, opensAt: ColombianTime.instant(day, closing),
                    closesAt: ColombianTime.lastMinute(of: challengesEnd),
                    rule: "\(challenges.words) desde la votación", source: challenges.source,
                    isConfirmed: challenges.isConfirmed, countsBusinessDays: challenges.isInBusinessDays),
                Milestone(
                    kind: .challengeDecisions, opensAt: ColombianTime.lastMinute(of: challengesEnd),
                    closesAt: ColombianTime.lastMinute(of: decisionsEnd),
                    rule: "\(challengeDecisions.words) desde que cierran las impugnaciones",
                    source: challengeDecisions.source, isConfirmed: challengeDecisions.isConfirmed),
                Milestone(
                    kind: .proclamation, opensAt: ColombianTime.lastMinute(of: decisionsEnd),
                    rule: "Con las impugnaciones decididas", source: nil, isConfirmed: true),
            ])
    }
}

extension ColombianTime {
    /// The last minute of a day: what ends with a day is told with that day's date.
    static func lastMinute(of day: CalendarDate) -> Date { endOfDay(day).addingTimeInterval(-60) }
}

extension Milestone.Kind {
    /// The place in the order of a process, for what begins at the same moment.
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Why a calendar cannot be.
public enum CalendarError: UserFacingError, Hashable {
    /// The catalogue has no length for a period.
    case termMissing(ElectoralTerm.Name)
    /// The hours of the vote are the wrong way round.
    case votingClosesBeforeItOpens
    /// The call would have had to be published before today; with the first day on which there is time for all that
    /// comes before the vote, where one is near.
    case tooSoon(call: CalendarDate, first: CalendarDate?)
    /// The process has no calendar yet, or the calendar no such date.
    case missing
    /// A step would come before what it waits for.
    case outOfOrder(Milestone.Kind, before: Milestone.Kind)
    /// A period would end before it begins.
    case closesBeforeItOpens(Milestone.Kind)
    /// The day of the vote moves all others with it, and is chosen elsewhere.
    case votingMovesAll
    /// A date that departs from the rules needs its reason.
    case reasonMissing
    /// A postponement or extension leads to no later moment.
    case notLater
    /// The period that is to be extended runs longer already, since it began late.
    case runsUntil(Date)
    /// The call would have been published before today.
    case inThePast

    /// The stable code.
    public var code: String {
        switch self {
        case .termMissing: "elections.calendar.term_missing"
        case .votingClosesBeforeItOpens: "elections.calendar.voting_closes_before_it_opens"
        case .tooSoon: "elections.calendar.too_soon"
        case .missing: "elections.calendar.missing"
        case .outOfOrder: "elections.calendar.out_of_order"
        case .closesBeforeItOpens: "elections.calendar.closes_before_it_opens"
        case .votingMovesAll: "elections.calendar.voting_moves_all"
        case .reasonMissing: "elections.calendar.reason_missing"
        case .notLater: "elections.calendar.not_later"
        case .runsUntil: "elections.calendar.runs_until"
        case .inThePast: "elections.calendar.in_the_past"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .termMissing: .unavailable
        case .missing, .votingMovesAll: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .votingClosesBeforeItOpens: "until"
        case .tooSoon: "day"
        case .outOfOrder, .inThePast: "opens"
        case .closesBeforeItOpens, .notLater, .runsUntil: "closes"
        case .reasonMissing: "reason"
        case .termMissing, .missing, .votingMovesAll: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .termMissing(let name):
            "Falta el plazo «\(name.rawValue)» en el catálogo. Ejecute «alianzas migrate»."
        case .votingClosesBeforeItOpens: "La votación cierra antes de abrir. Corrija las horas."
        case .tooSoon(let call, let first):
            "Para votar ese día la convocatoria tendría que haber salido el \(SpanishFormat.date(call)). "
                + (first.map { "El primer día posible es el \(SpanishFormat.longDate($0))." }
                    ?? "Escoja un día más tarde.")
        case .missing: "Falta el calendario. Escoja primero el día de la votación."
        case .outOfOrder(let kind, let other):
            "«\(kind.title)» quedaría antes de «\(other.title)», de la que depende. Mueva primero la otra o escoja otra fecha."
        case .closesBeforeItOpens(let kind):
            "«\(kind.title)» terminaría antes de empezar. Corrija las fechas."
        case .votingMovesAll:
            "El día de la votación mueve todo el calendario: cámbielo en «Cambiar el día de la votación»."
        case .reasonMissing:
            "Escriba por qué la fecha se aparta de lo que dan los estatutos: queda en la convocatoria."
        case .inThePast: "Esa fecha ya pasó. Escoja la de hoy o una posterior."
        case .notLater: "Escoja un momento más tarde que el que ya estaba."
        case .runsUntil(let end):
            "Ese plazo ya corre hasta el \(SpanishFormat.longDateAndTime(end)), porque empezó más tarde que lo previsto. Escoja un momento posterior."
        }
    }
}

public import Foundation
public import Kernel

/// How long before a meeting it has to be called, and where that is ordered.
public struct NoticeRequirement: Sendable, Hashable {
    /// How many days, at least.
    public let days: Int
    /// Whether they are business days of Colombia.
    public let areBusinessDays: Bool
    /// The article or the procedure that asks for them.
    public let source: String

    /// Describes a requirement.
    public init(days: Int, areBusinessDays: Bool, source: String) {
        self.days = days
        self.areBusinessDays = areBusinessDays
        self.source = source
    }

    /// What is asked of a meeting: what the bylaws of its day order; where they are silent, what the alliance's
    /// standing agenda does; where neither says anything, nothing.
    public init?(bylaws: Bylaws?, agendas: [AgendaTemplate]) {
        if let bylaws, let days = bylaws.integer(.noticeDays) {
            let parameter = bylaws.parameters[.noticeDays]
            let place = parameter?.article.map { "artículo \($0)" } ?? parameter?.norm
            self.init(
                days: days, areBusinessDays: bylaws.allows(.daysAreBusinessDays),
                source: [place, bylaws.title].compactMap(\.self).joined(separator: ", "))
        } else if let agenda = agendas.first(where: { $0.noticeDays != nil }), let days = agenda.noticeDays {
            self.init(
                days: days, areBusinessDays: false, source: "orden del día permanente, «\(agenda.title)»")
        } else {
            return nil
        }
    }

    /// The days in words: «8 días», «5 días hábiles».
    public var words: String { Self.words(days, areBusinessDays: areBusinessDays) }

    /// The last day on which a meeting of a day may be called.
    public func latestDay(for day: CalendarDate) -> CalendarDate {
        guard areBusinessDays else { return day - days }
        return (try? HolidayCalendar.adding(businessDays: -days, to: day)) ?? day - days
    }

    /// So many days in words.
    static func words(_ days: Int, areBusinessDays: Bool) -> String {
        areBusinessDays
            ? SpanishFormat.count(days, "día hábil", "días hábiles")
            : SpanishFormat.count(days, "día", "días")
    }
}

/// Whether a meeting that is called on a day is called in time.
public struct NoticeCheck: Sendable, Hashable {
    /// What is asked; `nil` where nothing is.
    public let requirement: NoticeRequirement?
    /// How many days lie between the call and the meeting, as they are counted: the day of the call counts and that
    /// of the meeting does not.
    public let given: Int

    /// Counts the days from a call to a meeting that is not before it.
    public init(_ requirement: NoticeRequirement?, calledOn: CalendarDate, for day: CalendarDate) {
        self.requirement = requirement
        given =
            requirement?.areBusinessDays == true
            ? (try? -HolidayCalendar.businessDays(from: day, to: calledOn)) ?? 0 : day - calledOn
    }

    /// A check as it was made.
    init(requirement: NoticeRequirement?, given: Int) {
        self.requirement = requirement
        self.given = given
    }

    /// Whether as many days are given as are asked for.
    public var isMet: Bool { given >= requirement?.days ?? 0 }

    /// The check as those who are called are told it: what nobody asks for is no matter of theirs.
    public var told: String {
        requirement == nil
            ? "Se convoca con \(SpanishFormat.count(given, "día", "días")) de anticipación." : words
    }

    /// The check in a sentence, for who calls.
    public var words: String {
        guard let requirement else {
            return
                "\(told) Ni los estatutos ni un orden del día permanente piden un mínimo."
        }
        let given = NoticeRequirement.words(given, areBusinessDays: requirement.areBusinessDays)
        return
            "Se convoca con \(given) de anticipación; se piden \(requirement.words) (\(requirement.source))."
    }
}

/// A call (`convocatoria`) as it was issued. It is not changed: a meeting that changes is called anew, in another
/// version.
public struct MeetingNotice: Sendable, Hashable {
    /// Identifies the notice.
    public let id: ID<MeetingNotice>
    /// 1 for the first of its meeting.
    public let version: Int
    /// The day on which it was issued.
    public let issuedOn: CalendarDate
    /// Who calls, by office.
    public let caller: String
    /// How to ask or object.
    public let contact: String
    /// Its words.
    public let words: String
    /// Whether enough days were given.
    public let check: NoticeCheck
    /// Why it was issued with fewer days than are asked for; the minutes print it.
    public let shortNoticeReason: String?
    /// When it was issued.
    public let issuedAt: Date

    /// The hash of the words.
    public var digest: HashDigest { HashDigest(of: words) }

    /// Its words for who was not called: where a remote session is entered is for those who are.
    public var wordsWithoutLink: String {
        let label = MeetingInvitation.linkLabel
        return words.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(label) ? label + "se da a quienes se convoca" : String($0) }
            .joined(separator: "\n")
    }

    /// Whether what it says of a meeting is still so.
    public func isOf(_ invitation: MeetingInvitation) -> Bool { words.hasPrefix(invitation.core + "\n") }
}

extension MeetingInvitation {
    /// The words of a notice: what is called, then who asks and how, then the days that were given.
    func words(version: Int, check: NoticeCheck, shortNotice reason: String?, on day: CalendarDate) -> String
    {
        let lines = [
            core, "Para preguntar, proponer u objetar: \(contact)", "Convoca: \(caller)",
            "Convocatoria \(version), del \(SpanishFormat.longDate(day)). \(check.told)",
            reason.map { "Se convoca con menos días por esta razón: \($0)" },
        ]
        return lines.compactMap(\.self).joined(separator: "\n") + "\n"
    }
}

/// Why a meeting is not called.
public enum NoticeError: UserFacingError, Hashable {
    /// Fewer days than are asked for, and no reason.
    case shortWithoutReason(String)
    /// The hour is not set.
    case withoutHour
    /// Nobody knows where it is.
    case withoutPlace
    /// It has no agenda.
    case withoutAgenda
    /// Who calls is not told.
    case withoutCaller
    /// Nobody is told how to ask.
    case withoutContact
    /// The notice in force says just this.
    case unchanged
    /// Nothing was issued yet.
    case notIssued
    /// The meeting is another than the notice says.
    case outdated
    /// The notice went by mail already.
    case mailedAlready
    /// None of those who are called has an address.
    case nobodyHasMail

    /// The stable code.
    public var code: String {
        switch self {
        case .shortWithoutReason: "governance.notice.short_without_reason"
        case .withoutHour: "governance.notice.without_hour"
        case .withoutPlace: "governance.notice.without_place"
        case .withoutAgenda: "governance.notice.without_agenda"
        case .withoutCaller: "governance.notice.without_caller"
        case .withoutContact: "governance.notice.without_contact"
        case .unchanged: "governance.notice.unchanged"
        case .notIssued: "governance.notice.not_issued"
        case .outdated: "governance.notice.outdated"
        case .mailedAlready: "governance.notice.mailed_already"
        case .nobodyHasMail: "governance.notice.nobody_has_mail"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .shortWithoutReason, .withoutCaller, .withoutContact: .invalid
        case .withoutHour, .withoutPlace, .withoutAgenda, .nobodyHasMail: .refused
        case .unchanged, .notIssued, .outdated, .mailedAlready: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .shortWithoutReason: "short_notice_reason"
        case .withoutCaller: "caller"
        case .withoutContact: "contact"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .shortWithoutReason(let words):
            "\(words) Diga por qué se convoca con menos días: el acta lo mostrará."
        case .withoutHour: "La reunión no tiene hora. Póngala en «Reprogramar» antes de convocar."
        case .withoutPlace: "La reunión no tiene lugar ni enlace. Póngalo en «Editar» antes de convocar."
        case .withoutAgenda: "El orden del día está vacío. Agregue al menos un punto antes de convocar."
        case .withoutCaller: "Diga quién convoca: un cargo, una oficina o un organismo."
        case .withoutContact: "Diga cómo preguntar u objetar: un teléfono, un correo o una oficina."
        case .unchanged: "La convocatoria vigente ya dice exactamente esto. No hace falta otra."
        case .notIssued: "Primero emita la convocatoria: las piezas salen de ella."
        case .outdated:
            "La reunión cambió y la convocatoria ya no coincide. Emita otra antes de usar las piezas."
        case .mailedAlready: "Esta convocatoria ya se envió por correo. No se envía dos veces."
        case .nobodyHasMail: "Ninguna de las personas convocadas tiene correo. Use otro medio."
        }
    }
}

import Foundation
import Governance
import Kernel
import Tenancy

extension Attendance.Capacity {
    /// Those of a capacity, as a heading.
    var heading: String {
        switch self {
        case .entitled: "Con voto"
        case .user: "Usuarios sin voto"
        case .guest: "Invitados"
        case .guarantor: "Garantes"
        case .entity: "De la entidad"
        case .facilitator: "Facilitan"
        }
    }
}

extension AgendaItem.State: PathValue {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .pending: Status(title, .plain)
        case .open: Status(title, .open)
        case .treated: Status(title, .met)
        case .postponed: Status(title, .due)
        }
    }
}

extension MeetingDecision {
    /// What became of it, as a chip.
    var status: Status {
        if withdrawnAt != nil { return Status("Retirada", .sealed) }
        return isAdopted ? Status("Aprobada", .met) : Status("No aprobada", .overdue)
    }
}

extension HTML {
    /// Writes text of several lines, a paragraph each.
    mutating func paragraphs(of text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            p(String(line))
        }
    }

    /// Writes the quorum of a session in one line: how many are there, of how many, and whether that is enough.
    mutating func sessionQuorum(_ presence: SessionPresence) {
        p(.class("quorum-line"), .role("status")) { line in
            let noun = presence.meeting.electorate.noun
            guard presence.meeting.electorate.decides else {
                line.strong(SpanishFormat.number(presence.attendees))
                line.text(
                    presence.attendees == 1 ? " persona presente. " : " personas presentes. ")
                return line.status(Status("No se exige quórum: se decide por consenso", .plain))
            }
            line.strong(SpanishFormat.number(presence.present))
            line.text(" de \(SpanishFormat.number(presence.base))")
            // Of a telephone's line the figures alone are seen, and the words heard.
            line.span(
                " \(presence.base == 1 ? noun.one : noun.many) con voto \(presence.present == 1 ? "presente" : "presentes")",
                .class("bar-words"))
            line.text(" ")
            guard let check = presence.quorum?.check else {
                return line.status(Status("Los estatutos no fijan quórum", .plain))
            }
            line.text("· quórum: \(SpanishFormat.number(check.required)) ")
            guard !check.isMet else { return line.status(Status("Hay quórum", .met)) }
            line.status(
                Status(
                    check.missing == 0
                        ? "Aún no es la hora"
                        : "\(check.missing == 1 ? "Falta" : "Faltan") \(SpanishFormat.number(check.missing))",
                    .due))
            if let second = check.secondCallAt { line.text(" · segunda convocatoria a las \(hour(second))") }
        }
    }
}

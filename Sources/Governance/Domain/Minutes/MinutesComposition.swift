import Foundation
import Kernel
import Tenancy

extension MinutesFacts {
    /// The minutes of what happened: the same facts always give the same words.
    var text: MinutesText {
        MinutesComposition(self).text
    }

    /// What the minutes still lack, in the order in which they would tell it.
    var gaps: [MinutesGap] {
        var gaps: [MinutesGap] = []
        if format == nil { gaps.append(.format) }
        if meeting.session?.closedAt == nil, meeting.startsAt == nil || meeting.endsAt == nil {
            gaps.append(.session)
        }
        if free.activity == .unmarked { gaps.append(.activity) }
        if free.facilitator == nil || free.facilitatorPost == nil { gaps.append(.facilitator) }
        if free.audience == nil { gaps.append(.audience) }
        if notice == nil, calls.isEmpty { gaps.append(.call) }
        if attendances.isEmpty { gaps.append(.attendance) }
        if scans.isEmpty, attendances.contains(where: { !$0.isRemote }) { gaps.append(.sheet) }
        // A quorum is looked at while people are there.
        if !decisions.isEmpty, checks.isEmpty, meeting.session?.closedAt == nil { gaps.append(.quorum) }
        if agenda.contains(where: { $0.state == .treated && $0.isTold && $0.notes.trimmedOrNil == nil }),
            free.narrative.isEmpty
        {
            gaps.append(.notes)
        }
        if questions.contains(where: { $0.answer == nil }) { gaps.append(.answers) }
        if commitments.contains(where: { $0.dueOn == nil }) { gaps.append(.dueDates) }
        if signers.isEmpty { gaps.append(.signers) }
        return gaps
    }
}

extension AgendaItem {
    /// Whether something has to be told of a point: greetings, breaks and what other parts of the minutes tell need
    /// no words of their own.
    fileprivate var isTold: Bool {
        ![.opening, .quorum, .commitments, .questions, .break, .closing].contains(kind)
    }
}

/// Composes minutes section by section.
struct MinutesComposition {
    typealias Block = MinutesText.Block
    typealias Section = MinutesText.Section
    typealias Line = MinutesText.Line

    let facts: MinutesFacts
    let redact: MinutesRedaction

    init(_ facts: MinutesFacts) {
        self.facts = facts
        var people: [(name: String, replacement: String)] = []
        if let name = facts.free.facilitator {
            people.append((name, facts.free.facilitatorPost ?? "quien facilitó la reunión"))
        }
        people += facts.signers.map { ($0.name, $0.office) }
        people += facts.entitled.map { ($0.name, "quien ocupa «\($0.office)»") }
        people += facts.attendances.map { ($0.name, $0.represents ?? $0.capacity.somebody) }
        people += facts.excuses.map { ($0.name, "una persona asociada") }
        people += facts.speeches.map { ($0.name, "una persona asistente") }
        people += facts.questions.compactMap(\.askedBy).map { ($0, "una persona asistente") }
        for commitment in facts.commitments + facts.reviews.map(\.commitment) {
            switch commitment.ownerKind {
            case .person: people.append((commitment.owner, "una persona asociada"))
            case .outside where !MinutesRedaction.isInstitution(commitment.owner):
                people.append((commitment.owner, "otra persona"))
            case .body, .office, .outside: break
            }
        }
        redact = MinutesRedaction(people)
    }

    var meeting: Meeting { facts.meeting }
    var free: MinutesDraft.Free { facts.free }

    var text: MinutesText {
        MinutesText(
            control: control, meeting: meeting.title, day: meeting.day,
            lastDay: meeting.lastDay ?? meeting.day,
            sections: [
                identification, activity, call, attendance, quorum, course, decisions, questions, commitments,
                followUp, attachments, privacy,
            ].compactMap(\.self),
            decisions: standing.map(decision), counts: counts,
            commitments: facts.commitments.map {
                Minutes.Commitment(
                    activity: redact($0.activity), dueOn: $0.dueOn,
                    responsible: publicOwner($0))
            },
            activity: free.activity == .unmarked
                ? nil
                : [free.activity.title, free.activityNote.map { redact($0) }].compactMap(\.self)
                    .joined(separator: ": "),
            facilitator: free.facilitatorPost, company: free.company.map { redact($0) },
            audience: free.audience.map { redact($0) },
            narrative: narrative.map { redact($0) }, followUp: followUps.map { redact($0) },
            attachments: attachmentLines.map { redact($0) })
    }

    var control: MinutesText.Control {
        MinutesText.Control(
            entity: facts.place.entity.name, nit: facts.place.entity.nit, alliance: facts.place.alliance,
            body: facts.place.body, municipality: facts.place.municipality, code: facts.format?.code,
            version: facts.format?.version, validFrom: facts.format?.validFrom, unit: facts.format?.unit)
    }

    // MARK: The meeting

    var identification: Section {
        var lines = [
            Line("Reunión", "\(meeting.title) (\(meeting.kind.title.lowercased()))"),
            Line("Fecha", dates), Line("Hora de inicio", begin), Line("Hora de cierre", end),
        ]
        if let municipality = facts.place.municipality { lines.append(Line("Municipio", municipality)) }
        lines.append(Line("Modalidad", meeting.mode.title))
        if let place = meeting.place { lines.append(Line("Lugar", place)) }
        let open = lines.map { Line($0.name, Meeting.publicPlace($0.value) ?? "Lugar reservado") }
        if let link = meeting.link { lines.append(Line("Enlace", link)) }
        let (steps, told) = (stepLines(naming: true), stepLines(naming: false))
        return section(
            "identificacion", "Datos de la reunión", [.facts(lines: lines + steps)],
            publishing: [.facts(lines: open + told)])
    }

    /// What was out of the ordinary in how the session was opened and closed: who wrote why is not published.
    private func stepLines(naming: Bool) -> [Line] {
        var closedAt: Date?
        return facts.steps.flatMap { step -> [Line] in
            let without = SpanishFormat.list(
                SessionLack.allCases.filter(step.lacking.contains).compactMap(\.words))
            switch step.kind {
            case .opened:
                return without.isEmpty ? [] : [Line("Apertura", "Se abrió \(without)")]
            case .closed:
                closedAt = step.happenedAt
                return without.isEmpty ? [] : [Line("Cierre", "Se cerró \(without)")]
            case .reopened:
                let closed = closedAt.map { "Se cerró a las \(moment($0)) y se" } ?? "Se"
                let why = naming ? step.reason.map { ": \($0)" } ?? "" : ""
                return [Line("Reapertura", "\(closed) reabrió a las \(moment(step.happenedAt))\(why)")]
            }
        }
    }

    var dates: String {
        meeting.lastDay == nil
            ? SpanishFormat.longDate(meeting.day) : SpanishFormat.sentence(SpanishFormat.dates(meeting.days))
    }

    var begin: String {
        if let opened = meeting.session?.openedAt { return time(opened) }
        return meeting.startsAt.map { "\(SpanishFormat.time($0)) (programada)" } ?? "Sin dato"
    }

    var end: String {
        if let closed = meeting.session?.closedAt { return moment(closed) }
        return meeting.endsAt.map { "\(SpanishFormat.time($0)) (programada)" } ?? "Sin dato"
    }

    /// An hour, with its day where that is not the day of the meeting.
    func moment(_ instant: Date) -> String {
        let day = ColombianTime.date(at: instant)
        return day == meeting.day ? time(instant) : "\(time(instant)) del \(SpanishFormat.date(day))"
    }

    func time(_ moment: Date) -> String { SpanishFormat.time(ColombianTime.time(at: moment)) }

    var activity: Section {
        let boxes = MinutesDraft.Activity.boxes.map { box in
            let note = box.asksWhich && box == free.activity ? free.activityNote : nil
            let which = box == .training ? "Tema" : "¿Cuál?"
            return MinutesText.Box(
                title: note.map { "\(box.title). \(which): \($0)" } ?? box.title,
                isMarked: box == free.activity)
        }
        let lines = [
            Line("Cargo", free.facilitatorPost ?? "Sin dato"), Line("Empresa", free.company ?? "Sin dato"),
            Line("Grupo objetivo", free.audience ?? "Sin dato"),
        ]
        return section(
            "actividad", "Tipo de actividad",
            [
                .boxes(lines: boxes),
                .facts(lines: [Line("Nombre del facilitador", free.facilitator ?? "Sin dato")] + lines),
            ],
            publishing: [.boxes(lines: boxes), .facts(lines: lines)])
    }

    var call: Section? {
        guard facts.notice != nil || !facts.calls.isEmpty else { return nil }
        var blocks: [Block] = []
        if let notice = facts.notice {
            var lines = [Line("Convocada el", SpanishFormat.longDate(notice.issuedOn))]
            let days = notice.countsBusinessDays ? "días hábiles" : "días"
            lines.append(Line("Anticipación", "\(notice.givenDays) \(days)"))
            if let required = notice.requiredDays {
                lines.append(
                    Line("Anticipación exigida", "\(required) \(days) (\(notice.requiredBy ?? "estatutos"))"))
            }
            if let reason = notice.shortNoticeReason { lines.append(Line("Motivo del menor plazo", reason)) }
            blocks.append(.facts(lines: lines))
        }
        if !facts.calls.isEmpty {
            blocks.append(
                .table(
                    columns: ["Medio", "Fecha", "Personas alcanzadas", "Prueba"],
                    rows: facts.calls.map {
                        [
                            $0.channel, SpanishFormat.date($0.sentOn),
                            $0.reached.map { SpanishFormat.number($0) } ?? "Sin dato",
                            $0.hasProof ? "Sí" : "—",
                        ]
                    }))
        }
        return section("convocatoria", "Convocatoria", blocks)
    }

    // MARK: Follow-up and what goes with it

    var reviews: [String] {
        facts.reviews.map { review in
            let step =
                switch review.kind {
                case "done": "cumplido"
                case "dropped": "se retiró"
                case "postponed": "se aplazó al \(due(review.dueAfter))"
                case "reopened": "se reabrió"
                default: "revisado"
                }
            let note = review.note.isEmpty ? "" : ". \(review.note)"
            let commitment = review.commitment
            return
                "\(commitment.activity) (\(commitment.owner), para el \(due(commitment.dueOn))): \(step)\(note)"
        }
    }

    var followUps: [String] {
        reviews + facts.earlier.map(\.words) + free.scheduleFollowUp.paragraphs
    }

    var followUp: Section? {
        var blocks: [Block] = []
        func add(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            blocks += [.heading(text: title), .list(items: items)]
        }
        add("Seguimiento a compromisos anteriores", reviews)
        add("Seguimiento a actas anteriores", facts.earlier.map(\.words))
        add("Seguimiento a cronograma de actividades", free.scheduleFollowUp.paragraphs)
        guard !blocks.isEmpty else { return nil }
        return section("seguimiento", "Seguimiento", blocks)
    }

    var attachmentLines: [String] {
        free.attachments + (facts.scans.isEmpty ? [] : ["Lista de asistencia firmada"])
            + facts.evidence.map { "\($0.title) (SHA-256 \($0.sha256))" }
    }

    var attachments: Section? {
        let lines = attachmentLines
        guard !lines.isEmpty else { return nil }
        return section("anexos", "Anexos", [.list(items: lines)])
    }

    var privacy: Section {
        section(
            "datos", "Datos personales",
            [
                .paragraph(
                    text:
                        "Los nombres que constan en esta acta se tratan solo para probar lo que ocurrió en la reunión (Ley 1581 de 2012). Lo que se publica de ella no lleva nombres de particulares ni números de documento."
                )
            ],
            publishing: [
                .paragraph(
                    text:
                        "Esta es la versión pública del acta: no lleva nombres de particulares ni números de documento. El acta firmada la conserva la alianza."
                )
            ])
    }

    func redacted(_ block: Block) -> Block {
        switch block {
        case .heading(let text): .heading(text: redact(text))
        case .paragraph(let text): .paragraph(text: redact(text))
        case .list(let items): .list(items: items.map { redact($0) })
        case .facts(let lines): .facts(lines: lines.map { Line($0.name, redact($0.value)) })
        case .boxes(let lines):
            .boxes(lines: lines.map { MinutesText.Box(title: redact($0.title), isMarked: $0.isMarked) })
        case .table(let columns, let rows):
            .table(columns: columns, rows: rows.map { $0.map { redact($0) } })
        }
    }

    /// A section; what is published of it, which are its own blocks where nothing else is said, goes without names.
    func section(_ name: String, _ title: String, _ blocks: [Block], publishing published: [Block]? = nil)
        -> Section
    {
        let open = (published ?? blocks).map(redacted)
        return Section(name: name, title: title, blocks: blocks, published: open == blocks ? nil : open)
    }
}

extension String {
    /// The lines that say something.
    var paragraphs: [String] { split(whereSeparator: \.isNewline).compactMap { String($0).trimmedOrNil } }
}

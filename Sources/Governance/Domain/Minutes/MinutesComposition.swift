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
        if !decisions.isEmpty, checks.isEmpty { gaps.append(.quorum) }
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
private struct MinutesComposition {
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
        people += facts.questions.compactMap(\.askedBy).map { ($0, "una persona asistente") }
        people += facts.commitments.filter(\.isPerson).map { ($0.owner, "una persona asociada") }
        people += facts.reviews.map(\.commitment).filter(\.isPerson).map {
            ($0.owner, "una persona asociada")
        }
        redact = MinutesRedaction(people)
    }

    private var meeting: Meeting { facts.meeting }
    private var free: MinutesDraft.Free { facts.free }

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
                    responsible: publicOwner($0.owner, $0.isPerson))
            },
            activity: free.activity == .unmarked
                ? nil : [free.activity.title, free.activityNote].compactMap(\.self).joined(separator: ": "),
            facilitator: free.facilitatorPost, company: free.company, audience: free.audience,
            narrative: narrative.map { redact($0) }, followUp: followUps.map { redact($0) },
            attachments: attachmentLines.map { redact($0) })
    }

    private var control: MinutesText.Control {
        MinutesText.Control(
            entity: facts.place.entity.name, nit: facts.place.entity.nit, alliance: facts.place.alliance,
            body: facts.place.body, municipality: facts.place.municipality, code: facts.format?.code,
            version: facts.format?.version, validFrom: facts.format?.validFrom, unit: facts.format?.unit)
    }

    // MARK: The meeting

    private var identification: Section {
        var lines = [
            Line("Reunión", "\(meeting.title) (\(meeting.kind.title.lowercased()))"),
            Line("Fecha", dates), Line("Hora de inicio", begin), Line("Hora de cierre", end),
        ]
        if let municipality = facts.place.municipality { lines.append(Line("Municipio", municipality)) }
        lines.append(Line("Modalidad", meeting.mode.title))
        if let place = meeting.place { lines.append(Line("Lugar", place)) }
        let open = lines.map { Line($0.name, Meeting.publicPlace($0.value) ?? "Lugar reservado") }
        if let link = meeting.link { lines.append(Line("Enlace", link)) }
        return section("identificacion", "Datos de la reunión", [.facts(lines: lines)], [.facts(lines: open)])
    }

    private var dates: String {
        meeting.lastDay == nil
            ? SpanishFormat.longDate(meeting.day) : SpanishFormat.sentence(SpanishFormat.dates(meeting.days))
    }

    private var begin: String {
        if let opened = meeting.session?.openedAt { return time(opened) }
        return meeting.startsAt.map { "\(SpanishFormat.time($0)) (programada)" } ?? "Sin dato"
    }

    private var end: String {
        if let closed = meeting.session?.closedAt {
            let day = ColombianTime.date(at: closed)
            return day == meeting.day ? time(closed) : "\(time(closed)) del \(SpanishFormat.date(day))"
        }
        return meeting.endsAt.map { "\(SpanishFormat.time($0)) (programada)" } ?? "Sin dato"
    }

    private func time(_ moment: Date) -> String { SpanishFormat.time(ColombianTime.time(at: moment)) }

    private var activity: Section {
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
            [.boxes(lines: boxes), .facts(lines: lines)])
    }

    private var call: Section? {
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
        return section("convocatoria", "Convocatoria", blocks, nil)
    }

    // MARK: Attendance and quorum

    /// Each person once, however often they came and went.
    private var people: [[MinutesFacts.Attendance]] {
        var order: [String] = []
        var grouped: [String: [MinutesFacts.Attendance]] = [:]
        for attendance in facts.attendances {
            let key =
                attendance.person?.uuidString ?? "\(attendance.capacity.rawValue) \(attendance.name.folded)"
            if grouped[key] == nil { order.append(key) }
            grouped[key, default: []].append(attendance)
        }
        return order.compactMap { grouped[$0] }
    }

    private var affiliates: Int { people.count { [.entitled, .user].contains($0[0].capacity) } }

    private var counts: [Minutes.Count] {
        guard !facts.attendances.isEmpty else { return [] }
        return [
            Minutes.Count(label: RecordMinutes.attendeesLabel, people: people.count),
            Minutes.Count(label: "N.º de afiliados en la reunión", people: affiliates),
            Minutes.Count(label: "N.º de afiliados inscritos", people: facts.enrolled),
        ]
    }

    private var attendance: Section? {
        guard !facts.attendances.isEmpty || !facts.excuses.isEmpty || !facts.scans.isEmpty else { return nil }
        let people = people
        var figures: [[String]] = MinutesFacts.Attendance.Capacity.allCases.compactMap { capacity in
            let count = people.count { $0[0].capacity == capacity }
            return count == 0 ? nil : [capacity.many, SpanishFormat.number(count)]
        }
        figures.append(["Total de asistentes", SpanishFormat.number(people.count)])
        figures.append(["N.º de afiliados en la reunión", SpanishFormat.number(affiliates)])
        figures.append(["N.º de afiliados inscritos", SpanishFormat.number(facts.enrolled)])
        let table = Block.table(columns: ["Asistencia", "Personas"], rows: figures)
        var blocks = [table]
        var open = [table]
        if !people.isEmpty {
            blocks.append(
                .table(
                    columns: ["N.º", "Nombre", "Calidad", "Llegó", "Se retiró"],
                    rows: people.enumerated().map { index, stays in
                        [
                            String(index + 1), stays[0].name,
                            [
                                stays[0].capacity.one, stays[0].represents,
                                stays[0].isRemote ? "a distancia" : nil,
                            ]
                            .compactMap(\.self).joined(separator: ", "),
                            stays.map { time($0.arrivedAt) }.joined(separator: "; "),
                            stays.map { $0.leftAt.map(time) ?? "Al cierre" }.joined(separator: "; "),
                        ]
                    }))
        }
        if !facts.excuses.isEmpty {
            blocks.append(.heading(text: "Excusas"))
            blocks.append(.list(items: facts.excuses.map { "\($0.name): \($0.reason)" }))
            open.append(.paragraph(text: "Excusas: \(facts.excuses.count)."))
        }
        if !absent.isEmpty {
            blocks.append(.heading(text: "Ausencias sin excusa"))
            blocks.append(.list(items: absent.map { "\($0.name), \($0.office)" }))
            open.append(.paragraph(text: "Ausencias sin excusa: \(absent.count)."))
        }
        if !facts.scans.isEmpty {
            let scans = facts.scans.map { scan in
                "\(scan.sheet.map { "Lista \($0)" } ?? "Lista firmada"): SHA-256 \(scan.sha256)"
            }
            blocks += [.heading(text: "Listas firmadas que se conservan"), .list(items: scans)]
            open += [.heading(text: "Listas firmadas que se conservan"), .list(items: scans)]
        }
        return section("asistencia", "Asistencia", blocks, open)
    }

    private var absent: [MinutesFacts.Entitled] {
        let came = Set(facts.attendances.compactMap(\.person))
        let excused = Set(facts.excuses.map(\.person))
        return facts.entitled.filter { holder in
            holder.person.map { !came.contains($0) && !excused.contains($0) } ?? false
        }
    }

    private func sentence(_ check: MinutesFacts.Check) -> String {
        let call = check.call == 2 ? ", en segunda convocatoria" : ""
        let source = check.source.isEmpty ? "" : " (\(check.source))"
        return
            "\(check.occasion.words)\(call), \(time(check.checkedAt)): \(check.present) presentes de \(check.base); se exigían \(check.required)\(source). \(check.isMet ? "Hubo quórum." : "No hubo quórum.")"
    }

    private var quorum: Section? {
        guard !facts.checks.isEmpty else { return nil }
        return section("quorum", "Quórum", [.list(items: facts.checks.map(sentence))], nil)
    }

    // MARK: What happened

    private var narrative: [String] {
        free.narrative.paragraphs
            + facts.agenda.flatMap { [.pending].contains($0.state) ? [] : $0.notes.paragraphs }
    }

    private var course: Section? {
        var blocks: [Block] = free.narrative.paragraphs.map { .paragraph(text: $0) }
        for (index, item) in facts.agenda.enumerated() {
            let state: String? =
                switch item.state {
                case .postponed: "aplazado"
                case .pending: "no se trató"
                case .open, .treated: nil
                }
            blocks.append(
                .heading(text: "\(index + 1). \(item.title)\(state.map { " (\($0))" } ?? "")"))
            blocks += item.notes.paragraphs.map { .paragraph(text: $0) }
            if item.kind == .quorum, let check = facts.checks.first(where: { $0.occasion == .opening }) {
                blocks.append(.paragraph(text: sentence(check)))
            }
            for decision in standing where decision.item == item.id {
                blocks.append(
                    .paragraph(
                        text:
                            "Decisión \(decision.position): \(SpanishFormat.sentence(decision.decision)) \(result(of: decision))"
                    ))
            }
            blocks += taken { $0.item == item.id }
        }
        guard !blocks.isEmpty else { return nil }
        return section("desarrollo", "Desarrollo", blocks, blocks.map(redacted))
    }

    /// What was taken on because of a point or a decision, beneath it; the section of commitments tells all of them.
    private func taken(_ isMeant: (MinutesFacts.Commitment) -> Bool) -> [Block] {
        facts.commitments.filter(isMeant).map { commitment in
            let until = commitment.dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? ""
            return .paragraph(
                text: SpanishFormat.sentence(
                    "Compromiso: \(commitment.activity), a cargo de \(commitment.owner)\(until)"))
        }
    }

    private func redacted(_ block: Block) -> Block {
        switch block {
        case .heading(let text): .heading(text: redact(text))
        case .paragraph(let text): .paragraph(text: redact(text))
        case .list(let items): .list(items: items.map { redact($0) })
        case .facts(let lines): .facts(lines: lines.map { Line($0.name, redact($0.value)) })
        case .boxes: block
        case .table(let columns, let rows):
            .table(columns: columns, rows: rows.map { $0.map { redact($0) } })
        }
    }

    // MARK: Decisions

    private var standing: [MinutesFacts.Decision] { facts.decisions.filter { $0.withdrawal == nil } }

    private func result(of decision: MinutesFacts.Decision) -> String {
        guard decision.manner != "consensus" else {
            return decision.isAdopted ? "Se adoptó por consenso." : "No hubo consenso."
        }
        let manner =
            switch decision.manner {
            case "acclamation": "por aclamación"
            case "roll_call": "en votación nominal"
            case "secret": "en votación secreta"
            default: "a mano alzada"
            }
        let majority =
            switch decision.majority {
            case "absolute": "mayoría absoluta"
            case "qualified": "mayoría calificada\(decision.share.map { " de \($0)" } ?? "")"
            case "unanimous": "unanimidad"
            default: "mayoría simple"
            }
        let base =
            switch decision.shareOf {
            case "present": "los presentes"
            case "entitled": "quienes tienen derecho a decidir"
            default: "los votos"
            }
        let source = decision.majoritySource.isEmpty ? "" : ", \(decision.majoritySource)"
        return
            "Se votó \(manner): \(decision.inFavor) a favor, \(decision.against) en contra, \(decision.blank) en blanco y \(SpanishFormat.count(decision.abstained, "abstención", "abstenciones")). Se exigía \(majority) de \(base)\(source): \(decision.needed) a favor. \(decision.isAdopted ? "Se adoptó." : "No se adoptó.")"
    }

    private func quorum(of decision: MinutesFacts.Decision) -> String {
        facts.checks.first { $0.id == decision.check }.map(sentence)
            ?? "\(decision.present) presentes de \(decision.entitled)."
    }

    private func decision(_ decision: MinutesFacts.Decision) -> MinutesText.Decision {
        let isCounted = decision.manner != "consensus"
        return MinutesText.Decision(
            id: decision.id, position: decision.position, decision: decision.decision,
            published: redact(decision.decision), result: result(of: decision), quorum: quorum(of: decision),
            inFavor: isCounted ? decision.inFavor : nil, against: isCounted ? decision.against : nil,
            abstained: isCounted ? decision.blank + decision.abstained : nil, isAdopted: decision.isAdopted)
    }

    private var decisions: Section? {
        guard !facts.decisions.isEmpty else { return nil }
        var blocks: [Block] = []
        for decision in facts.decisions {
            blocks.append(.heading(text: "Decisión \(decision.position)"))
            blocks.append(.paragraph(text: SpanishFormat.sentence(decision.decision)))
            if let proposer = decision.proposedBy {
                blocks.append(.paragraph(text: "La propuso: \(proposer)."))
            }
            blocks.append(.paragraph(text: result(of: decision)))
            blocks.append(.paragraph(text: quorum(of: decision)))
            blocks += taken { $0.decision == decision.id }
            if let withdrawal = decision.withdrawal {
                blocks.append(.paragraph(text: "Se retiró de la reunión: \(withdrawal)"))
            }
        }
        return section("decisiones", "Decisiones", blocks, blocks.map(redacted))
    }

    private var questions: Section? {
        guard !facts.questions.isEmpty else { return nil }
        func rows(_ isPublic: Bool) -> [[String]] {
            facts.questions.map { question in
                let answer = question.answer ?? "Pendiente de respuesta"
                let by = isPublic ? nil : question.answeredBy.map { " (\($0))" }
                return isPublic
                    ? [redact(question.question), redact(answer)]
                    : [question.question, question.askedBy ?? "Sin nombre", answer + (by ?? "")]
            }
        }
        return section(
            "preguntas", "Preguntas y respuestas",
            [.table(columns: ["Pregunta", "Quién preguntó", "Respuesta"], rows: rows(false))],
            [.table(columns: ["Pregunta", "Respuesta"], rows: rows(true))])
    }

    private func publicOwner(_ owner: String, _ isPerson: Bool) -> String {
        isPerson ? "Una persona asociada" : redact(owner)
    }

    private func due(_ day: CalendarDate?) -> String { day.map { SpanishFormat.date($0) } ?? "Sin fecha" }

    private var commitments: Section {
        let columns = ["Actividad", "Fecha", "Responsable"]
        guard !facts.commitments.isEmpty else {
            return section(
                "compromisos", "Compromisos", [.paragraph(text: "No se tomaron compromisos.")], nil)
        }
        return section(
            "compromisos", "Compromisos",
            [
                .table(
                    columns: columns, rows: facts.commitments.map { [$0.activity, due($0.dueOn), $0.owner] })
            ],
            [
                .table(
                    columns: columns,
                    rows: facts.commitments.map {
                        [redact($0.activity), due($0.dueOn), publicOwner($0.owner, $0.isPerson)]
                    })
            ])
    }

    // MARK: Follow-up and what goes with it

    private var reviews: [String] {
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

    private var followUps: [String] {
        reviews + facts.earlier.map(\.words) + free.scheduleFollowUp.paragraphs
    }

    private var followUp: Section? {
        var blocks: [Block] = []
        func add(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            blocks += [.heading(text: title), .list(items: items)]
        }
        add("Seguimiento a compromisos anteriores", reviews)
        add("Seguimiento a actas anteriores", facts.earlier.map(\.words))
        add("Seguimiento a cronograma de actividades", free.scheduleFollowUp.paragraphs)
        guard !blocks.isEmpty else { return nil }
        return section("seguimiento", "Seguimiento", blocks, blocks.map(redacted))
    }

    private var attachmentLines: [String] {
        free.attachments + (facts.scans.isEmpty ? [] : ["Lista de asistencia firmada"])
            + facts.evidence.map { "\($0.title) (SHA-256 \($0.sha256))" }
    }

    private var attachments: Section? {
        let lines = attachmentLines
        guard !lines.isEmpty else { return nil }
        return section(
            "anexos", "Anexos", [.list(items: lines)], [.list(items: lines.map { redact($0) })])
    }

    private var privacy: Section {
        section(
            "datos", "Datos personales",
            [
                .paragraph(
                    text:
                        "Los nombres que constan en esta acta se tratan solo para probar lo que ocurrió en la reunión (Ley 1581 de 2012). Lo que se publica de ella no lleva nombres de particulares ni números de documento."
                )
            ],
            [
                .paragraph(
                    text:
                        "Esta es la versión pública del acta: no lleva nombres de particulares ni números de documento. El acta firmada la conserva la alianza."
                )
            ])
    }

    private func section(_ name: String, _ title: String, _ blocks: [Block], _ published: [Block]?) -> Section
    {
        Section(name: name, title: title, blocks: blocks, published: published == blocks ? nil : published)
    }
}

extension String {
    /// The lines that say something.
    var paragraphs: [String] { split(whereSeparator: \.isNewline).compactMap { String($0).trimmedOrNil } }
}

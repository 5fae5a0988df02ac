import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of the list of those who speak.
enum SpeakingForm {
    static let speaker = Field.text(
        "speaker", "Quién pide la palabra", max: AskForWord.maximum,
        hint: "De quien está entre los presentes basta el botón junto a su nombre.")
    static let minutes = Field.integer(
        "speaking_minutes", "Minutos para cada intervención", in: SpeakingList.minutes,
        hint: "Vacío: sin límite. Vale para quien empiece a hablar desde ahora."
    ).optional()
}

/// The word: who has it, who waits for it, who had it.
extension SessionPage {
    func writeSpeaking(_ pane: inout HTML) {
        let list = file.speaking
        pane.h2("Uso de la palabra")
        if isOpen {
            if let turn = list.speaking { write(speaking: turn, &pane) }
            writeWaiting(list, &pane)
        }
        writeSpoken(list, &pane)
    }

    /// What has a form of its own below the list, which is renewed without it.
    func writeSpeakingForms(_ pane: inout HTML) {
        guard isOpen || [.speaker, .limit].contains(refused?.form) else { return }
        writeForm(.speaker, "Anotar a otra persona", key: "v", &pane) { box in
            box.form(to: .askForWord(slug, meeting.id), refused?.state(of: .speaker) ?? FormState()) { form in
                form.field(SpeakingForm.speaker)
                form.submit("Anotar en la lista")
            }
        }
        let limit = file.speaking.limit
        writeForm(
            .limit, limit.map { "Cada intervención: \($0) min" } ?? "Cada intervención: sin límite", key: "m",
            &pane
        ) { box in
            let state =
                refused?.state(of: .limit) ?? FormState().filling(SpeakingForm.minutes, with: limit)
            box.form(to: .limitSpeaking(slug, meeting.id), state) { form in
                form.field(SpeakingForm.minutes)
                form.submit("Guardar el tiempo")
            }
        }
    }

    private func write(speaking turn: SpeakingTurn, _ pane: inout HTML) {
        pane.div(.class("speech")) { box in
            box.p(.class("speech-name")) { line in
                line.span("Tiene la palabra ", .class("hall-label"))
                line.strong(turn.name)
            }
            box.speechClock(turn, at: now)
            box.div(.class("point-steps")) { steps in
                step("Terminó", .end, of: turn, key: "e", isFirst: file.speaking.waiting.isEmpty, &steps)
                step("Devolver a la lista", .putBack, of: turn, &steps)
            }
        }
    }

    private func writeWaiting(_ list: SpeakingList, _ pane: inout HTML) {
        let waiting = list.waiting
        guard !waiting.isEmpty else {
            guard list.speaking == nil else { return }
            return pane.p("Nadie ha pedido la palabra.", .class("form-text"))
        }
        pane.ol(.class("speakers")) { lines in
            for turn in waiting {
                lines.li { item in
                    item.span(turn.name, .class("speaker-name"))
                    item.div(.class("point-steps")) { steps in
                        let isNext = turn.id == waiting.first?.id
                        step(
                            "Dar la palabra", .give, of: turn, key: isNext ? "l" : nil, isFirst: isNext,
                            &steps)
                        step("Quitar", .withdraw, of: turn, &steps)
                    }
                }
            }
        }
    }

    private func writeSpoken(_ list: SpeakingList, _ pane: inout HTML) {
        let spoken = list.spoken
        guard !spoken.isEmpty else {
            if !isOpen { pane.p("Nadie pidió la palabra aquí.", .class("form-text")) }
            return
        }
        pane.h3("Ya intervinieron (\(SpanishFormat.number(spoken.count)))")
        pane.ul(.class("present")) { lines in
            for turn in isOpen ? spoken.prefix(5) : spoken[...] {
                lines.li { item in
                    item.span(turn.name, .class("speaker-name"))
                    item.span(
                        .class(turn.isOver(at: now) ? "present-hour is-late" : "present-hour")
                    ) { line in
                        line.text(SpeechTime.words(turn.seconds(at: now)))
                        if let limit = turn.minutesAllowed { line.text(" de \(limit) min") }
                        if turn.isOver(at: now) { line.span(" (se pasó)") }
                        let point = turn.item.flatMap { id in file.agenda.firstIndex { $0.id == id } }
                        if let point { line.text(" · punto \(point + 1)") }
                    }
                    guard isOpen else { return }
                    item.div(.class("point-steps")) { steps in
                        if list.speaking == nil, turn.mayGoOn(at: now) {
                            step("No había terminado", .goOn, of: turn, &steps)
                        }
                        step("Quitar", .withdraw, of: turn, &steps)
                    }
                }
            }
        }
        if isOpen, spoken.count > 5 {
            pane.p("Y \(SpanishFormat.number(spoken.count - 5)) antes.", .class("form-text"))
        }
    }

    private func step(
        _ words: String, _ step: SpeakingStep, of turn: SpeakingTurn, key: String? = nil,
        isFirst: Bool = false, _ html: inout HTML
    ) {
        html.form(to: .takeTurn(slug, meeting.id)) { form in
            form.input(.type("hidden"), .name("turn"), .value(turn.id.description))
            form.button(
                .type("submit"), .name("step"), .value(step.rawValue), .data("key", key),
                .class(isFirst ? "btn btn-primary btn-sm" : "btn btn-outline-primary btn-sm")
            ) { button in
                button.text(words)
                button.span(": \(turn.name)", .class("visually-hidden"))
            }
        }
    }
}

/// For how long somebody has spoken.
enum SpeechTime {
    /// Seconds as a clock shows them: «2:07».
    static func words(_ seconds: Int) -> String {
        "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }
}

extension HTML {
    /// Writes for how long somebody speaks: as of now, and with the script by the second.
    mutating func speechClock(_ turn: SpeakingTurn, at now: Date) {
        p(.class(turn.isOver(at: now) ? "point-clock speech-clock is-late" : "point-clock speech-clock")) {
            line in
            line.span(
                SpeechTime.words(turn.seconds(at: now))
                    + (turn.minutesAllowed.map { " de \($0) min" } ?? " min"),
                .data("since", turn.startedAt.map { String(Int($0.timeIntervalSince1970 * 1000)) }),
                .data("now", String(Int(now.timeIntervalSince1970 * 1000))),
                .data("planned", turn.minutesAllowed.map(String.init)))
            line.span(" · se pasó del tiempo", .class("late-words"))
        }
    }
}

/// What the list of those who speak sends.
enum SpeakingRoutes {
    @Sendable static func ask(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let speaker: Speaker
        if let stay = form.entries.first("stay").flatMap({ ID<Attendance>($0) }) {
            speaker = .present(stay)
        } else {
            speaker = .named(try form.read(SpeakingForm.speaker))
        }
        try await context.run(AskForWord(speaker, in: id, of: heading.alliance.id), form)
        return Redirect(to: .session(slug, id), "Quedó en la lista de la palabra.")
    }

    @Sendable static func take(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        guard let turn = form.entries.first("turn").flatMap({ ID<SpeakingTurn>($0) }),
            let step = form.entries.first("step").flatMap(SpeakingStep.init(rawValue:))
        else { throw SpeakingError.notFound }
        try await context.run(TakeTurn(turn, step, in: id, of: heading.alliance.id), form)
        return Redirect(to: .session(slug, id))
    }

    @Sendable static func limit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let minutes = try form.read(SpeakingForm.minutes)
        try await context.run(try LimitSpeaking(to: minutes, in: id, of: heading.alliance.id), form)
        return Redirect(
            to: .session(slug, id),
            minutes.map { "Cada quien habla hasta \(SpanishFormat.count($0, "minuto", "minutos"))." }
                ?? "Las intervenciones no tienen límite.")
    }
}

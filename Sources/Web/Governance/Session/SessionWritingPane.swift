import Foundation
import Governance
import Kernel
import Tenancy

/// What was sent from the page of a session and refused.
struct SessionRefusal {
    /// What the page sends; the raw value names the part of the page.
    enum Form: String {
        case decision = "decision"
        case question = "pregunta"
        case commitment = "compromiso"
        case notes = "notas"
        /// Somebody who asks for the word.
        case speaker = "palabra"
        /// For how long each may speak.
        case limit = "tiempo"
        /// Who left and who came back.
        case people = "presentes"
        /// A button of a point, or that of the quorum.
        case step = "paso"
    }

    let form: Form
    private let state: FormState

    /// What was refused of a form; `nil` of one that nobody sent.
    init?(_ form: Form, _ state: FormState) {
        guard state.isTyped else { return nil }
        self.form = form
        self.state = state
    }

    /// What a form of the page shows again.
    func state(of form: Form) -> FormState? { self.form == form ? state : nil }

    /// Why one was refused that has no place for it: the notes, or a button.
    func words(of form: Form?) -> String? {
        let isHere = form.map { $0 == self.form } ?? [.notes, .step].contains(self.form)
        return isHere ? state.refusal ?? state.problems.first?.message : nil
    }

    /// The notes that were not saved, as they were typed.
    var notes: String? {
        form == .notes ? state.entries.items.first { $0.name == "text" }?.value : nil
    }

    /// The digest of the text from which those were written.
    var notesBase: String? { form == .notes ? state.entries.first("base") : nil }
}

/// The middle of the session: the notes of the point, what is decided, asked and taken on.
extension SessionPage {
    func writeWriting(_ pane: inout HTML) {
        if let item {
            pane.h2("\(item.position). \(item.title)")
            if meeting.session != nil, !file.minutesAreOut {
                writeNotes(of: item, &pane)
            } else {
                pane.paragraphs(of: item.notes)
                if let text = refused?.notes {
                    pane.piece(text, id: "notas-sin-guardar", label: "Lo que escribió, sin guardar", rows: 9)
                }
            }
        }
        writeForm(.decision, "Tomar una decisión", key: "d", &pane, content: writeDecisionForm)
        writeForm(.question, "Anotar una pregunta", key: "p", &pane) { box in
            box.questionForm(
                to: .sessionQuestion(slug, meeting.id), refused?.state(of: .question) ?? FormState(),
                on: item?.id)
        }
        if mayCommit {
            writeForm(.commitment, "Anotar un compromiso", key: "c", &pane) { box in
                let cause = SessionCommitmentForm.cause(in: file)
                let state =
                    refused?.state(of: .commitment)
                    ?? FormState().filling(cause, with: item.map { Commitment.Cause.item($0.id) })
                box.form(to: .sessionCommitment(slug, meeting.id), state) { form in
                    form.field(SessionCommitmentForm.activity)
                    form.div(.class("form-row")) { row in
                        row.field(SessionCommitmentForm.owner)
                        row.field(SessionCommitmentForm.dueOn)
                    }
                    form.field(cause)
                    form.submit("Anotar el compromiso")
                }
            }
        }
        writeEarlier(&pane)
        writeTaken(&pane)
    }

    /// Writes one of the forms of the session. What is half filled in is kept by the script while another one is sent; one
    /// that was refused stands open with what was typed, even where the session ended meanwhile.
    func writeForm(
        _ kind: SessionRefusal.Form, _ words: String, key: String, _ pane: inout HTML,
        content: (inout HTML) -> Void
    ) {
        let isRefused = refused?.form == kind
        guard isOpen || isRefused else { return }
        pane.details(
            .class("session-form"), .id(kind.rawValue), .data("key", key), .open(isRefused),
            .data("draft", "\(meeting.id)"), .data("refused", isRefused ? "si" : nil)
        ) { box in
            box.summary(words)
            content(&box)
        }
    }

    /// What was left to do before, to be looked at one by one.
    private func writeEarlier(_ pane: inout HTML) {
        guard !earlier.isEmpty, meeting.state != .planned else { return }
        pane.details(.class("session-form"), .id("anteriores"), .open(!isReviewed)) { box in
            box.summary("Compromisos anteriores (\(earlier.count))")
            box.ul(.class("session-earlier")) { list in
                for commitment in earlier {
                    list.li { item in
                        item.a(commitment.activity, .href(.commitment(slug, commitment.id)))
                        item.text(". \(commitment.owner.name) ")
                        let isReviewed = file.reviewed.contains(commitment.id)
                        item.status(
                            isReviewed && commitment.state == .open
                                ? Status("Revisado, sigue abierto", .open)
                                : commitment.standing(on: ColombianTime.date(at: now)).status)
                        if mayCommit, isOpen, !isReviewed, commitment.state == .open {
                            item.text(" ")
                            item.a(
                                "Revisar", .class("btn btn-outline-primary btn-sm"),
                                .href(.reviewCommitment(slug, meeting.id, commitment.id)),
                                .aria("label", "Revisar «\(commitment.activity)»"))
                        }
                    }
                }
            }
        }
    }

    private var isReviewed: Bool { earlier.allSatisfy { file.reviewed.contains($0.id) } }

    private func writeNotes(of item: AgendaItem, _ pane: inout HTML) {
        pane.form(to: .writeNotes(slug, meeting.id)) { form in
            form.input(.type("hidden"), .name("item"), .value(item.id.description))
            let base = refused?.notesBase ?? WrittenNotes.digest(of: item.notes).description
            form.input(.type("hidden"), .name("base"), .value(base))
            form.label("Notas de este punto", .for("notas"), .class("form-label"))
            form.element(
                "textarea",
                [
                    .id("notas"), .name("text"), .class("form-control session-notes"), .rows(9),
                    .maxLength(WriteNotes.maximum), .data("notes", item.id.description), .data("key", "n"),
                    .aria("describedby", "guardado"),
                ]
            ) { area in
                area.raw("\n")
                area.text(refused?.notes ?? item.notes)
            }
            form.p(
                refused?.words(of: .notes)
                    ?? (item.notes.isEmpty ? "Un párrafo por línea. Así pasa al acta." : "Guardado."),
                .class("form-text"), .id("guardado"), .role("status"))
            form.button("Guardar las notas", .type("submit"), .class("btn btn-outline-primary btn-sm"))
        }
    }

    private func writeDecisionForm(_ box: inout HTML) {
        if refused?.form != .decision, file.isInformative {
            box.p("La sesión es informativa: no se decide nada hasta que haya quórum.")
        } else if refused?.form != .decision, let check = file.quorum?.check, !check.isMet {
            box.p(SpanishFormat.sentence("\(check.sentence). Sin quórum no se decide"))
        } else {
            box.decisionForm(
                to: .sessionDecision(slug, meeting.id), refused?.state(of: .decision) ?? FormState(),
                of: file,
                on: item?.id)
        }
    }

    private func writeTaken(_ pane: inout HTML) {
        guard !file.decisions.isEmpty || !file.questions.isEmpty || !commitments.isEmpty else { return }
        pane.div(.class("session-taken")) { box in
            if !file.decisions.isEmpty {
                box.h3("Decisiones")
                box.ul { list in
                    for decision in file.decisions.reversed().prefix(5) {
                        list.li { item in
                            item.status(decision.status)
                            item.text(" \(decision.decision). \(decision.arithmetic).")
                        }
                    }
                }
                box.p { $0.a("Ver y corregir las decisiones", .href(.decisions(slug, meeting.id))) }
            }
            if !commitments.isEmpty {
                box.h3("Compromisos")
                box.ul { list in
                    for commitment in commitments {
                        list.li { item in
                            item.a(commitment.activity, .href(.commitment(slug, commitment.id)))
                            item.text(
                                ". \(commitment.owner.name)\(commitment.dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? "")"
                            )
                        }
                    }
                }
            }
            if !file.questions.isEmpty {
                let open = file.questions.count { $0.answer == nil }
                box.p { line in
                    line.a(
                        SpanishFormat.count(file.questions.count, "pregunta anotada", "preguntas anotadas"),
                        .href(.questions(slug, meeting.id)))
                    line.text(open == 0 ? "." : ", \(open) sin responder.")
                }
            }
        }
    }
}

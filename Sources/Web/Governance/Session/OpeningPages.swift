import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of a commitment that is taken on in a session: what, who, until when.
enum SessionCommitmentForm {
    static let activity = Field.text("activity", "Qué se va a hacer", max: 1000)
    static let owner = Field.text(
        "owner", "Quién responde", max: 200, hint: "«Oficina», un organismo, un nombre o un documento.")
    static let dueOn = Field.date("due_on", "Hasta el").optional()
    static let ownerNotFound =
        "Nadie del registro tiene ese documento. Revíselo, o escriba el nombre de quien responde."

    /// What in the session it comes of: the points of the agenda, the decisions that stand.
    static func cause(in file: SessionFile) -> Field<Commitment.Cause?> {
        let points = file.agenda.enumerated().map { index, item in
            Option(Commitment.Cause.item(item.id), "Punto \(index + 1): \(item.title)")
        }
        let decisions = file.decisions.filter { $0.withdrawnAt == nil }.map { decision in
            Option(
                Commitment.Cause.decision(decision.id), "Decisión \(decision.position): \(decision.decision)")
        }
        return Field.choice(
            "cause", "De qué sale", decisions + points, style: .menu, prompt: "De la reunión en general",
            hint: "En el acta queda debajo de ese punto o de esa decisión."
        ).optional()
    }
}

extension Commitment.Cause: PathValue {
    init?(pathText: String) {
        if let id = pathText.split(separator: "-", maxSplits: 1).last.map(String.init) {
            if pathText.hasPrefix("punto-"), let item = ID<AgendaItem>(id) {
                self = .item(item)
                return
            }
            if pathText.hasPrefix("decision-"), let decision = ID<MeetingDecision>(id) {
                self = .decision(decision)
                return
            }
        }
        return nil
    }

    var pathText: String {
        switch self {
        case .item(let id): "punto-\(id)"
        case .decision(let id): "decision-\(id)"
        }
    }
}

// MARK: - Opening and closing

/// The question of an informative session.
enum OpeningForm {
    static let isInformative = Field.checkbox(
        "informative", "Abrirla sin quórum, como sesión informativa",
        hint: "Se informa y se conversa; no se decide nada, y así lo dice el acta.")
}

/// Opens the session.
struct OpenMeetingPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let form: FormState

    var title: String { "Abrir la sesión" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        html.sessionQuorum(file.presence)
        let check = file.quorum?.check
        if let quorum = file.quorum {
            html.p(SpanishFormat.sentence("\(quorum.check.rule). \(quorum.source)"))
        } else if meeting.electorate.decides {
            html.note(
                .warning,
                "Ningún estatuto registrado fija el quórum de ese día: no se supone ninguno y la sesión se abre sin verificarlo."
            )
        }
        html.form(to: .openMeeting(slug, meeting.id), form) { form in
            if check.map({ !$0.isMet }) ?? false { form.field(OpeningForm.isInformative) }
            form.submit("Abrir la sesión", orBackTo: .session(slug, meeting.id))
        }
    }
}

/// Closes the session.
struct CloseMeetingPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let form: FormState

    var title: String { "Cerrar la sesión" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        let pending = file.agenda.filter { $0.state == .pending }
        let questions = file.questions.count { $0.answer == nil }
        html.note(.info, "Al cerrarla") { note in
            note.ul { list in
                list.li(
                    "\(SpanishFormat.count(file.presentStays.count, "persona queda", "personas quedan")) como presentes hasta el final."
                )
                list.li(
                    "Nadie más se registra con el código ni en la puerta; las planillas firmadas sí se ingresan después."
                )
                if !pending.isEmpty {
                    list.li(
                        "Sin tratar: \(SpanishFormat.list(pending.map { "«\($0.title)»" })). Lo que deba tratarse pasa a otra reunión."
                    )
                }
                if questions > 0 {
                    list.li(
                        "\(SpanishFormat.count(questions, "pregunta queda", "preguntas quedan")) sin responder; se pueden responder después."
                    )
                }
            }
        }
        html.form(to: .closeMeeting(slug, meeting.id), form) { form in
            form.submit("Cerrar la sesión", orBackTo: .session(slug, meeting.id), back: "Seguir en sesión")
        }
    }
}

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

/// The questions when a session is opened, closed, and opened again.
enum OpeningForm {
    static let isInformative = Field.checkbox(
        "informative", "Abrirla sin quórum, como sesión informativa",
        hint: "Se informa y se conversa; no se decide nada, y así lo dice el acta.")
    static let opensSo = Field.checkbox("confirmed", "Abrirla así", hint: "El acta lo dice.")
    static let closesSo = Field.checkbox("confirmed", "Cerrarla así", hint: "Queda anotado.")
    static let reason = Field.paragraphs(
        "reason", "Por qué se reabre", max: 500, rows: 3,
        hint: "Por ejemplo: «Faltó tratar las proposiciones». Queda en el acta.")

    /// What somebody confirmed of what the page told them.
    static func confirmed(_ field: Field<Bool>, _ form: Submission) throws -> Set<SessionLack> {
        let lacking = Set(form.entries.all("lacking").compactMap(SessionLack.init(rawValue:)))
        guard try form.read(field) || lacking.isEmpty else {
            throw InvalidInput([
                .init(field: field.name, message: SessionError.unconfirmed(lacking).message)
            ])
        }
        return lacking
    }
}

extension HTML {
    /// Writes the confirmation that something is lacking, with what the page told.
    fileprivate mutating func confirmation(_ field: Field<Bool>, of lacking: Set<SessionLack>) {
        guard !lacking.isEmpty else { return }
        for lack in SessionLack.allCases where lacking.contains(lack) {
            input(.type("hidden"), .name("lacking"), .value(lack.rawValue))
        }
        self.field(field)
    }
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
        let lacking = file.lackingToOpen
        if !lacking.isEmpty {
            html.note(.warning, "Antes de abrirla, revise") { note in
                note.ul { list in
                    if lacking.contains(.people) {
                        list.li { line in
                            line.text("No hay nadie registrado como presente. ")
                            line.a("Registrar asistencia", .href(.meetingDoor(slug, meeting.id)))
                        }
                    }
                    if lacking.contains(.call) {
                        list.li { line in
                            line.text(
                                "No hay constancia de que se haya convocado, y se pide convocar antes. ")
                            line.a("Ver la convocatoria", .href(.meeting(slug, meeting.id)))
                        }
                    }
                }
            }
        }
        html.form(to: .openMeeting(slug, meeting.id), form) { form in
            form.confirmation(OpeningForm.opensSo, of: lacking)
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
        let (untreated, lacking) = (file.untreated, file.lackingToClose)
        let questions = file.questions.count { $0.answer == nil }
        html.note(lacking.isEmpty ? .info : .warning, "Al cerrarla") { note in
            note.ul { list in
                list.li(
                    lacking.contains(.people)
                        ? "No hay nadie registrado como presente."
                        : "\(SpanishFormat.count(file.presentStays.count, "persona queda", "personas quedan")) como presentes hasta el final."
                )
                list.li(
                    "Nadie más se registra con el código ni en la puerta; las planillas firmadas sí se ingresan después."
                )
                if !untreated.isEmpty {
                    list.li(
                        "Sin tratar: \(SpanishFormat.list(untreated.map { "«\($0.title)»" })). Lo que deba tratarse pasa a otra reunión."
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
            form.confirmation(OpeningForm.closesSo, of: lacking)
            form.submit("Cerrar la sesión", orBackTo: .session(slug, meeting.id), back: "Seguir en sesión")
        }
    }
}

/// Opens a closed session again.
struct ReopenMeetingPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let form: FormState
    let now: Date

    var title: String { "Reabrir la sesión" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        html.note(.info, "Al reabrirla") { note in
            note.ul { list in
                if let closed = meeting.session?.closedAt {
                    list.li(
                        SpanishFormat.sentence(
                            "El cierre de las \(hour(closed)) queda anotado, con el motivo"))
                }
                list.li("Vuelve a estar en sesión, con quienes estaban presentes al cierre.")
                list.li("Se puede mientras el acta no circule y no se abra otra sesión del mismo organismo.")
                if !meeting.days.contains(ColombianTime.date(at: now)) {
                    list.li(
                        "La reunión fue \(SpanishFormat.dates(meeting.days)): lo que se decida hoy queda con la fecha y la hora de hoy."
                    )
                }
            }
        }
        html.form(to: .reopenMeeting(slug, meeting.id), form) { form in
            form.field(OpeningForm.reason)
            form.submit("Reabrir la sesión", orBackTo: .meeting(slug, meeting.id))
        }
    }

}

/// Opens a session, closes it, and opens it again.
struct OpeningRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.openMeeting,
            show: { context, state, slug, id in
                let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
                return OpenMeetingPage(heading: heading, file: file, form: state)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug)
                let confirmed = try OpeningForm.confirmed(OpeningForm.opensSo, form)
                let isInformative = try form.read(OpeningForm.isInformative)
                try await context.run(
                    OpenMeeting(
                        id, of: heading.alliance.id, mayBeInformative: isInformative, lacking: confirmed),
                    form)
                return Redirect(to: .session(slug, id), "La sesión quedó abierta.")
            })
        tenant.form(
            Path.closeMeeting,
            show: { context, state, slug, id in
                let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
                return CloseMeetingPage(heading: heading, file: file, form: state)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug)
                try await context.run(
                    CloseMeeting(
                        id, of: heading.alliance.id,
                        lacking: try OpeningForm.confirmed(OpeningForm.closesSo, form)), form)
                return Redirect(to: .meeting(slug, id), "La sesión quedó cerrada.")
            })
        tenant.form(
            Path.reopenMeeting,
            show: { context, state, slug, id in
                let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
                return ReopenMeetingPage(heading: heading, file: file, form: state, now: context.visit.now)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug)
                try await context.run(
                    try ReopenMeeting(
                        id, of: heading.alliance.id, because: try form.read(OpeningForm.reason)), form)
                return Redirect(to: .session(slug, id), "La sesión quedó abierta otra vez.")
            })
    }
}

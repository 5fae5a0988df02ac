import Governance
import Kernel
import Tenancy

extension Path {
    /// Adds what shows that a meeting was held.
    static let addMeetingEvidence = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/evidencias")
}

/// The questions of a file that shows a meeting.
struct MeetingEvidenceForm {
    let title = Field.text(
        "title", "Qué muestra", max: 160, hint: "Por ejemplo: «Fotografía del auditorio» o «Presentación».")
    let day = Field.date("day", "Fecha del archivo")
    let file = Field.paper("file", "El archivo")

    /// What a person sent.
    func read(_ form: Submission) throws -> (title: String, file: StoredFile) {
        let (title, day, file) = try form.read(title, day, file)
        return (title, try file.stored(on: day))
    }
}

/// Adds what shows a meeting, or all meetings of an event.
struct AddEvidencePage: Page {
    /// What it shows.
    let subject: String
    let lead: String?
    let trail: [Crumb]
    /// Where the form is sent.
    let path: Path
    /// Where it is shown.
    let back: Path
    let today: CalendarDate
    let form: FormState

    var title: String { "Evidencia de «\(subject)»" }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MeetingEvidenceForm()
        html.form(
            to: path, form.isTyped ? form : form.filling(fields.day, with: today), hasFiles: true
        ) { form in
            form.field(fields.title)
            form.field(fields.day)
            form.field(fields.file)
            form.submit("Guardar la evidencia", orBackTo: back)
        }
        html.p(
            "Una evidencia no se cambia ni se borra: queda con su huella (SHA-256), que el acta menciona entre sus anexos. No suba documentos con datos de salud.",
            .class("form-text"))
    }
}

extension HTML {
    /// Writes what shows that a meeting was held.
    mutating func evidence(
        _ evidence: [MeetingEvidence], of meeting: Meeting, in alliance: AllianceSlug, mayAdd: Bool,
        mayOpen: Bool
    ) {
        guard meeting.state != .cancelled, mayAdd || !evidence.isEmpty else { return }
        section("Evidencias", id: "evidencias") { part in
            if evidence.isEmpty {
                part.p("Todavía no hay fotografías ni otros archivos que la muestren.")
            }
            part.ul(.class("evidence")) { list in
                for each in evidence {
                    list.li { item in
                        if mayOpen {
                            item.a(each.title, .href(.file(each.file)))
                        } else {
                            item.text(each.title)
                        }
                        item.text(", \(SpanishFormat.date(each.datedOn))")
                    }
                }
            }
            if mayAdd {
                part.p(.class("part-actions")) {
                    $0.action("Agregar una evidencia", to: .addMeetingEvidence(alliance, meeting.id))
                }
            }
        }
    }
}

/// Evidence of meetings.
struct EvidenceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.addMeetingEvidence, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, id in
                let heading = try await context.alliance(slug, toUse: .planMeetings)
                let meeting = try await context.fetch(ReadMeeting(id, of: heading.alliance.id))
                    .summary.meeting
                return AddEvidencePage(
                    subject: meeting.title, lead: SpanishFormat.dates(meeting.days),
                    trail: heading.trail(to: meeting), path: .addMeetingEvidence(slug, id),
                    back: Path.meeting(slug, id).at(anchor: "evidencias"), today: context.today, form: state)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug)
                let (title, file) = try MeetingEvidenceForm().read(form)
                try await context.run(
                    AddEvidence(file, titled: title, of: id, in: heading.alliance.id), form)
                return Redirect(
                    to: Path.meeting(slug, id).at(anchor: "evidencias"), "La evidencia quedó guardada.")
            })
    }
}

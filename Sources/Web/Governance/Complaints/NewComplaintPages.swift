import Foundation
import Governance
import Kernel
import Tenancy

/// Files a complaint for somebody who came, called or wrote.
struct NewComplaintPage: Page {
    static let channel = Field.choice(
        "channel", "Cómo llegó", Complaint.Channel.allCases.filter { $0 != .page }, title: \.title,
        style: .menu)

    let heading: AllianceHeading
    let form: FormState

    var title: String { "Radicar una queja" }
    var lead: String? {
        "De un usuario que vino, llamó o escribió. Queda con su radicado y un código para seguirla."
    }
    var trail: [Crumb] { heading.trail(from: .complaints) }
    var help: HelpTopic { "quejas" }

    func body(_ html: inout HTML) {
        html.form(to: .newComplaint(heading.slug), form) { form in
            ComplaintForm().write(&form)
            form.field(Self.channel)
            ComplainantForm(isDesk: true).write(&form)
            form.submit("Radicar la queja", orBackTo: .complaints(heading.slug))
        }
    }
}

/// A member files their own complaint.
struct NewOwnComplaintPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Presentar una queja" }
    var lead: String? {
        "La alianza la traslada a la entidad y verifica que la corrijan. Usted ve aquí cómo va."
    }
    var trail: [Crumb] {
        heading.trail(from: .own) + [Crumb("Mis quejas", .ownComplaints(heading.slug))]
    }
    var help: HelpTopic { "mis-quejas" }

    func body(_ html: inout HTML) {
        html.form(to: .newOwnComplaint(heading.slug), form) { form in
            ComplaintForm().write(&form)
            ComplainantForm(isDesk: false).write(&form)
            form.submit("Presentar la queja", orBackTo: .ownComplaints(heading.slug))
        }
    }
}

/// Anybody files a complaint, with a name or without.
struct PublicComplaintPage: Page {
    let alliance: String
    let entity: String
    let tenant: TenantSlug
    let slug: AllianceSlug
    let isDissolved: Bool
    let form: FormState

    var title: String { "Presentar una queja" }
    var lead: String? { alliance }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.p(
            "La alianza de usuarios la traslada a \(entity) y verifica que la corrijan. Puede ser anónima: recibe un código para saber cómo va."
        )
        html.p { line in
            line.text("Si hay una urgencia, vaya a urgencias o llame al 123. ")
            line.a("¿Ya presentó una? Sígala con su código", .href(.complaintReceipt(tenant, slug)))
        }
        guard !isDissolved else {
            return html.note(
                .info, "La alianza está disuelta y ya no recibe quejas. Preséntela en la entidad.")
        }
        html.form(to: .publicComplaint(tenant, slug), form) { form in
            ComplaintForm().write(&form)
            ComplainantForm(isDesk: false).write(&form)
            form.submit("Presentar la queja", orBackTo: .publicAlliance(tenant, slug))
        }
    }
}

/// The radicado of a complaint that was just filed, with the code to follow it, which is shown once.
struct FiledComplaintPage: Page {
    let filed: FileComplaint.Filed
    let trail: [Crumb]
    /// Where it is followed by its code.
    let receipt: Path
    /// Its page, for those who may read it.
    let page: Path?

    var title: String { "Quedó radicada: \(filed.number)" }
    var help: HelpTopic { page == nil ? "alianzas-de-usuarios" : "quejas" }

    func body(_ html: inout HTML) {
        html.p(
            "El radicado es \(filed.number). La alianza la traslada a la entidad y verifica que la corrijan.")
        if let code = filed.code {
            html.note(.warning, "Guarde este código") { note in
                note.p(.class("seal")) { $0.code(code.description) }
                note.p(
                    "Con él se sabe cómo va la queja, sin decir quién es. No se vuelve a mostrar: anótelo o tómele una foto."
                )
            }
        }
        html.div(.class("form-end")) { end in
            if let page { end.action("Abrir la queja", to: page, .primary) }
            end.action("Seguir la queja con el código", to: receipt)
        }
    }
}

/// Asks for the code of a complaint.
struct ComplaintReceiptPage: Page {
    static let code = Field.text(
        "code", "Código de la queja", max: 40, hint: "Los cuatro grupos de letras y números que recibió.")

    let alliance: String
    let tenant: TenantSlug
    let slug: AllianceSlug
    let form: FormState
    /// What was found.
    var found: ComplaintReceipt?

    var title: String { found.map { "Queja \($0.number)" } ?? "Seguir una queja" }
    var lead: String? { alliance }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        if let found {
            html.p {
                $0.status(
                    Status(
                        found.outcome?.title ?? found.state.title, found.state == .closed ? .sealed : .open))
            }
            html.facts(
                Fact("Radicada", SpanishFormat.longDateAndTime(found.filedAt)),
                Fact("Se trasladó a la entidad", found.transferredAt.map(SpanishFormat.longDateAndTime)),
                Fact("La entidad respondió", found.answeredAt.map(SpanishFormat.longDateAndTime)),
                Fact("Se cerró", found.closedAt.map(SpanishFormat.longDateAndTime)))
            if found.state == .reopened {
                html.p("La alianza encontró que no se corrigió, y la traslada otra vez.")
            }
            html.p { line in
                line.a("Consultar otra", .href(.complaintReceipt(tenant, slug)))
                line.text(" · ")
                line.a("Borrar mi nombre de una queja", .href(.eraseComplainant(tenant, slug)))
            }
            return
        }
        html.form(to: .complaintReceipt(tenant, slug), form) { form in
            form.field(Self.code)
            form.submit("Consultar", orBackTo: .publicAlliance(tenant, slug))
        }
    }
}

/// Erases one's name from a complaint, by its code.
struct EraseComplainantPage: Page {
    let alliance: String
    let tenant: TenantSlug
    let slug: AllianceSlug
    let form: FormState

    var title: String { "Borrar mi nombre de una queja" }
    var lead: String? { alliance }
    var trail: [Crumb] {
        [
            Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug)),
            Crumb("Seguir una queja", .complaintReceipt(tenant, slug)),
        ]
    }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.confirmation(
            .erasure, to: .eraseComplainant(tenant, slug), form, orBackTo: .complaintReceipt(tenant, slug)
        ) { $0.field(ComplaintReceiptPage.code) }
    }
}

/// Erases one's name from a complaint that one filed as a member.
struct EraseOwnComplainantPage: Page {
    let heading: AllianceHeading
    let complaint: Complaint
    let form: FormState

    var title: String { "Borrar mi nombre de la queja \(complaint.number)" }
    var trail: [Crumb] {
        heading.trail(from: .own) + [Crumb("Mis quejas", .ownComplaints(heading.slug))]
    }
    var help: HelpTopic { "mis-quejas" }

    func body(_ html: inout HTML) {
        html.confirmation(
            .erasure, to: .eraseOwnComplainant(heading.slug, complaint.id), form,
            orBackTo: .ownComplaints(heading.slug))
        html.p("Usted la sigue viendo en «Mis quejas».")
    }
}

/// The complaints that a member filed.
struct OwnComplaintsPage: Page {
    let heading: AllianceHeading
    let complaints: [ReadOwnComplaints.Own]
    let mayFile: Bool
    let now: Date

    var title: String { "Mis quejas" }
    var lead: String? {
        "Solo usted las ve aquí con su cuenta. Para la alianza y la entidad, son anónimas si usted así lo quiso."
    }
    var trail: [Crumb] { heading.trail(from: .own) }
    var help: HelpTopic { "mis-quejas" }

    func actions(_ html: inout HTML) {
        if mayFile {
            html.action("Presentar una queja", to: .newOwnComplaint(heading.slug), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        guard !complaints.isEmpty else {
            return html.emptyState(
                mayFile
                    ? EmptyState(
                        "No ha presentado ninguna.", next: "Presentar una", to: .newOwnComplaint(heading.slug)
                    )
                    : EmptyState("No ha presentado ninguna."))
        }
        for own in complaints {
            let complaint = own.complaint
            html.section(
                "\(complaint.content.kind.title) \(complaint.number)", id: complaint.number.description
            ) { part in
                part.p { $0.status(complaint.standing(at: now).status) }
                part.blockquote(complaint.content.account)
                part.p { line in
                    switch complaint.identity {
                    case .anonymous: line.text("La presentó sin su nombre.")
                    case .erased(let day):
                        line.text("Pidió borrar su nombre el \(SpanishFormat.longDate(day)).")
                    case .kept:
                        line.text("La alianza guarda su nombre, aparte. ")
                        line.a(
                            "Borrar mi nombre",
                            .href(.eraseOwnComplainant(heading.slug, complaint.id)),
                            .aria("label", "Borrar mi nombre de la queja \(complaint.number)"))
                    }
                }
                part.ol(.class("history")) { list in
                    for step in own.steps {
                        list.li { item in
                            item.strong(
                                "\(SpanishFormat.shortDateAndTime(step.happenedAt)): \(step.kind.title)")
                            if let addressee = step.addressee { item.text(", a \(addressee)") }
                            if let verdict = step.verdict { item.text(": \(verdict.title.lowercased())") }
                            item.text(step.note.isEmpty ? "." : ". \(SpanishFormat.sentence(step.note))")
                        }
                    }
                }
            }
        }
    }
}

import Foundation
import Governance
import Hummingbird
import Kernel
import Tenancy

/// Complaints: filed, passed on, answered, checked.
struct ComplaintRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.complaints, complaints)
        tenant.form(Path.newComplaint, show: newComplaint, act: file)
        tenant.get(Path.complaintMonth, month)
        tenant.get(Path.complaint, complaint)
        tenant.get(Path.complaintLetter, letter)
        follow(tenant)
        tenant.get(Path.ownComplaints) { context, slug in
            let heading = try await context.alliance(slug, toUse: .seeOwnComplaints)
            return OwnComplaintsPage(
                heading: heading,
                complaints: try await context.fetch(ReadOwnComplaints(in: heading.alliance.id)),
                mayFile: context.may(.fileComplaints, in: heading.stream), now: context.visit.now)
        }
        tenant.form(Path.newOwnComplaint, show: newOwn, act: fileOwn)
        tenant.form(Path.eraseOwnComplainant, show: toEraseOwn, act: eraseOwn)
        tenant.get(Path.complaintTerms) { context in
            ComplaintTermsPage(
                terms: try await context.fetch(ReadComplaintTerms()),
                mayConfirm: context.may(.confirmComplaintTerms))
        }
        tenant.form(Path.complaintTerm, show: term, act: confirm)
        tenant.form(Path.complaintTermWithdrawal, show: withdrawal, act: withdraw)
        ImprovementRoutes().add(to: tenant)
    }

    // MARK: Reading

    @Sendable private func complaints(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> ComplaintsPage {
        let heading = try await context.alliance(slug)
        return ComplaintsPage(
            query: ListQuery(context.visit), heading: heading,
            complaints: try await context.fetch(ReadComplaints(of: heading.alliance.id)),
            improvements: try await context.fetch(ReadImprovements(of: heading.alliance.id)),
            now: context.visit.now, mayFile: context.may(.fileComplaints, in: heading.stream),
            mayFollow: context.may(.followImprovements, in: heading.stream),
            maySetTerms: context.may(.readComplaints))
    }

    @Sendable private func complaint(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Complaint>
    ) async throws -> ComplaintPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadComplaint(id, of: heading.alliance.id))
        let side = ComplaintSide(of: context.principal, in: heading.stream)
        return ComplaintPage(
            heading: heading, answer: answer,
            tasks: ComplaintTask.allCases.filter { task in
                task.follows(answer.complaint, by: side) && context.may(task.permission, in: heading.stream)
            },
            mayOpen: context.may(.openFiles, in: heading.stream),
            mayImprove: context.may(.followImprovements, in: heading.stream), now: context.visit.now)
    }

    @Sendable private func month(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> ComplaintMonthPage {
        let heading = try await context.alliance(slug)
        let asked = context.visit["mes"].flatMap { CalendarDate("\($0)-01") }
        let first = asked ?? (context.today - (context.today.components.day - 1))
        return ComplaintMonthPage(
            heading: heading, first: first,
            month: try await context.fetch(ReadComplaintMonth(of: first, in: heading.alliance.id)),
            today: context.today)
    }

    @Sendable private func letter(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Complaint>
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadComplaint(id, of: heading.alliance.id))
        let contact = try await context.read(.readComplaints, in: heading.stream) {
            try await $0.contact(of: heading.alliance.id)
        }
        // The letter is of the day of the transfer that stands; until it is passed on, again or at all, of today.
        let isToGo = [.filed, .reopened].contains(answer.complaint.state)
        let sent =
            (isToGo ? nil : answer.complaint.transferredAt.map(ColombianTime.date)) ?? context.today
        let letter = ComplaintLetter(
            complaint: answer.complaint, term: answer.term, alliance: heading.alliance.name,
            entity: context.entry.organization, contact: contact, date: sent)
        return Download(
            name: "\(letter.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(letter, as: ComplaintLetter.kind, of: id, in: heading.stream),
            isInline: true)
    }

    // MARK: Filing

    @Sendable private func newComplaint(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewComplaintPage {
        NewComplaintPage(heading: try await context.alliance(slug, toUse: .readComplaints), form: state)
    }

    @Sendable private func file(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> FiledComplaintPage {
        let heading = try await context.alliance(slug, toUse: .readComplaints)
        let (content, channel, complainant) = try form.together(
            { try ComplaintForm().read($0) }, { try $0.read(NewComplaintPage.channel) },
            { try ComplainantForm(isDesk: true).read($0, on: context.today) })
        let filed: FileComplaint.Filed
        let code = context.visit.receiptCode(of: form, for: "complaint")
        do {
            filed = try await context.run(
                FileComplaint(
                    content, of: heading.alliance.id, through: channel, by: complainant, from: .desk,
                    code: code),
                form)
        } catch AccessError.alreadyDone {
            let first = try await context.fetch(FindFiledComplaint(by: code, in: heading.alliance.id))
            guard let first else { throw AccessError.alreadyDone }
            filed = first
        }
        guard let tenant = TenantSlug(rawValue: context.entry.organization.slug) else { throw NoSuchPage() }
        return FiledComplaintPage(
            filed: filed, trail: heading.trail(from: .complaints), receipt: .complaintReceipt(tenant, slug),
            page: .complaint(slug, filed.id))
    }

    @Sendable private func newOwn(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewOwnComplaintPage {
        NewOwnComplaintPage(
            heading: try await context.alliance(slug, toUse: .seeOwnComplaints), form: state)
    }

    /// The server files it for the member: whoever reads the log is not to learn who complains.
    @Sendable private func fileOwn(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .fileComplaints)
        guard let user = context.principal.user else { throw NoSuchPage() }
        let (content, complainant) = try form.together(
            { try ComplaintForm().read($0) },
            { try ComplainantForm(isDesk: false).read($0, on: context.today) })
        let filed: FileComplaint.Filed
        do {
            filed = try await context.visit.site.runner.run(
                FileComplaint(
                    content, of: heading.alliance.id, through: .page, by: complainant, from: .member(user)),
                as: .system(in: context.principal.organization), key: ID(rawValue: form.key))
        } catch AccessError.alreadyDone {
            return Redirect(to: .ownComplaints(slug), "Su queja ya quedó radicada. Está en esta lista.")
        }
        return Redirect(to: .ownComplaints(slug), "Su queja quedó radicada con el número \(filed.number).")
    }

    @Sendable private func toEraseOwn(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Complaint>
    ) async throws -> EraseOwnComplainantPage {
        let heading = try await context.alliance(slug, toUse: .seeOwnComplaints)
        guard
            let own = try await context.fetch(ReadOwnComplaints(in: heading.alliance.id))
                .first(where: { $0.complaint.id == id })?.complaint
        else { throw ComplaintError.notFound }
        guard own.identity == .kept else { throw ComplaintError.nobodyKnown }
        return EraseOwnComplainantPage(heading: heading, complaint: own, form: state)
    }

    @Sendable private func eraseOwn(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Complaint>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .seeOwnComplaints)
        guard let user = context.principal.user else { throw NoSuchPage() }
        _ = try form.read(Confirmation.erasure.field)
        try await context.visit.site.runner.run(
            EraseComplainant(in: heading.alliance.id, asked: .member(user, id)),
            as: .system(in: context.principal.organization), key: ID(rawValue: form.key))
        return Redirect(to: .ownComplaints(slug), "Ya no se guarda su nombre con esa queja.")
    }

    // MARK: Following

    @Sendable private func taskPage(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Complaint>,
        _ task: ComplaintTask
    ) async throws -> ComplaintTaskPage {
        let heading = try await context.alliance(slug, toUse: task.permission)
        let answer = try await context.fetch(ReadComplaint(id, of: heading.alliance.id))
        let side = ComplaintSide(of: context.principal, in: heading.stream)
        guard task.follows(answer.complaint, by: side) else {
            if [.identity, .erasure].contains(task) { throw ComplaintError.nobodyKnown }
            throw task.follows(answer.complaint, by: .alliance)
                ? ComplaintError.notEntitysToDecide : .outOfTurn
        }
        return ComplaintTaskPage(
            heading: heading, answer: answer, task: task, side: side, form: state, now: context.visit.now)
    }

    private func follow(_ tenant: TenantRoutes) {
        tenant.form(Path.shareAnalysis, show: analysisToShare, act: shareAnalysis)
        tenant.form(
            Path.followComplaint, upTo: .files(megabytes: PaperForm.megabytes), show: taskPage
        ) { context, form, slug, id, task in
            let heading = try await context.alliance(slug, toUse: task.permission)
            guard task == .identity else {
                try await ComplaintTaskForm(task).run(context, form, about: id, of: heading)
                return ComplaintTaskAnswer.recorded(Redirect(to: .complaint(slug, id), task.notice))
            }
            let answer = try await context.fetch(ReadComplaint(id, of: heading.alliance.id))
            let purpose = try form.read(ComplaintTaskForm(task).purpose)
            let complainant = try await context.run(
                OpenComplainant(of: id, in: heading.alliance.id, for: purpose), form)
            return .seen(
                ComplainantPage(heading: heading, complaint: answer.complaint, complainant: complainant))
        }
    }

    @Sendable private func analysisToShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Complaint>,
        _ step: ID<ComplaintStep>
    ) async throws -> ShareOwnPage {
        let heading = try await context.alliance(slug, toUse: .analyseComplaints)
        let answer = try await context.fetch(ReadComplaint(id, of: heading.alliance.id))
        guard let analysis = answer.steps.first(where: { $0.id == step }) else { throw NoSuchPage() }
        guard analysis.isReserved else { throw ComplaintError.analysisNotReserved }
        let number = answer.complaint.number.description
        return ShareOwnPage(
            title: "Compartir el análisis de \(number)",
            trail: heading.trail(from: .complaints) + [Crumb(number, .complaint(slug, id))], help: "quejas",
            path: .shareAnalysis(slug, id, step), back: .complaint(slug, id), form: state,
            lead: "La entidad leerá: «\(analysis.note)». No se puede deshacer.")
    }

    @Sendable private func shareAnalysis(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Complaint>,
        _ step: ID<ComplaintStep>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .analyseComplaints)
        try await context.run(ShareAnalysis(step, of: id, in: heading.alliance.id), form)
        return Redirect(to: .complaint(slug, id), "La entidad ya ve el análisis.")
    }

    // MARK: Terms

    private func found(
        _ context: TenantContext, _ kind: Complaint.Kind, _ risk: Complaint.Risk
    ) async throws -> ComplaintTerm {
        guard context.may(.confirmComplaintTerms) else {
            throw AccessError.notPermitted(.confirmComplaintTerms)
        }
        guard let term = try await context.fetch(ReadComplaintTerms()).term(of: kind, risk) else {
            throw NoSuchPage()
        }
        return term
    }

    @Sendable private func term(
        _ context: TenantContext, _ state: FormState, _ kind: Complaint.Kind, _ risk: Complaint.Risk
    ) async throws -> ComplaintTermPage {
        ComplaintTermPage(term: try await found(context, kind, risk), form: state)
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ kind: Complaint.Kind, _ risk: Complaint.Risk
    ) async throws -> Redirect {
        let (amount, unit, norm) = try form.read(
            ComplaintTermPage.amount, ComplaintTermPage.unit, ComplaintTermPage.norm)
        try await context.run(ConfirmComplaintTerm(kind, risk, amount, unit, norm: norm), form)
        return Redirect(to: .complaintTerms(), "El plazo quedó confirmado.")
    }

    @Sendable private func withdrawal(
        _ context: TenantContext, _ state: FormState, _ kind: Complaint.Kind, _ risk: Complaint.Risk
    ) async throws -> ComplaintTermWithdrawalPage {
        let term = try await found(context, kind, risk)
        guard term.isOwn else { throw NoSuchPage() }
        return ComplaintTermWithdrawalPage(term: term, form: state)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ kind: Complaint.Kind, _ risk: Complaint.Risk
    ) async throws -> Redirect {
        let reason = try form.read(ComplaintTermWithdrawalPage.reason)
        try await context.run(WithdrawComplaintTerm(kind, risk, because: reason), form)
        return Redirect(to: .complaintTerms(), "La confirmación quedó retirada.")
    }
}

/// What comes of a thing that is recorded of a complaint: its page again, or who complained.
enum ComplaintTaskAnswer: Answer {
    case recorded(Redirect)
    case seen(ComplainantPage)

    func response(to visit: Visit) async throws -> Response {
        switch self {
        case .recorded(let redirect): redirect.response(to: visit)
        case .seen(let page): try await page.response(to: visit)
        }
    }
}

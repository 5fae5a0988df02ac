import Elections
import Kernel
import Membership
import Tenancy

/// What an alliance and its elections ask of people.
struct RequirementRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.requirements) { context, slug in
            try await list(context, RequirementPlace(heading: context.alliance(slug), process: nil))
        }
        tenant.form(
            Path.setRequirement,
            show: { context, state, slug, code, target in
                let place = RequirementPlace(heading: try await context.alliance(slug), process: nil)
                return try await form(context, state, place, code, target)
            },
            act: { context, form, slug, code, target in
                let place = RequirementPlace(heading: try await context.alliance(slug), process: nil)
                return try await set(context, form, place, code, target)
            })
        tenant.get(Path.processRequirements) { context, slug, process in
            try await list(context, try await election(process, of: slug, context))
        }
        tenant.form(
            Path.setProcessRequirement,
            show: { context, state, slug, process, code, target in
                let place = try await election(process, of: slug, context)
                return try await form(context, state, place, code, target)
            },
            act: { context, form, slug, process, code, target in
                let place = try await election(process, of: slug, context)
                return try await set(context, form, place, code, target)
            })
        tenant.form(Path.newRequirement, show: newRequirement, act: addRequirement)
    }

    private func election(
        _ process: ID<ElectoralProcess>, of slug: AllianceSlug, _ context: TenantContext
    ) async throws -> RequirementPlace {
        let (heading, file) = try await context.process(process, of: slug)
        return RequirementPlace(heading: heading, process: file.process)
    }

    private func list(_ context: TenantContext, _ place: RequirementPlace) async throws -> RequirementsPage {
        let answer = try await context.fetch(ListRequirements(in: place.space))
        return RequirementsPage(
            place: place, answer: answer,
            maySet: context.may(
                answer.boundAt == nil ? .switchRequirements : .decideInElections, in: place.space.stream),
            mayAdd: place.process == nil && context.may(.switchRequirements),
            mayReview: place.process == nil && context.may(.reviewFacts, in: place.space.stream))
    }

    private func entry(
        of code: RequirementCode, in place: RequirementPlace, _ context: TenantContext
    ) async throws -> ListRequirements.Entry {
        let entries = try await context.fetch(ListRequirements(in: place.space)).entries
        guard let entry = entries.first(where: { $0.requirement.id == code.rawValue }) else {
            throw NoSuchPage()
        }
        return entry
    }

    private func form(
        _ context: TenantContext, _ state: FormState, _ place: RequirementPlace, _ code: RequirementCode,
        _ target: EligibilityTarget
    ) async throws -> SetRequirementPage {
        let entry = try await entry(of: code, in: place, context)
        return SetRequirementPage(
            place: place, requirement: entry.asked[target] ?? entry.requirement, target: target,
            isOn: entry.asked[target] != nil, form: state)
    }

    private func set(
        _ context: TenantContext, _ form: Submission, _ place: RequirementPlace, _ code: RequirementCode,
        _ target: EligibilityTarget
    ) async throws -> Redirect {
        let entry = try await entry(of: code, in: place, context)
        let fields = RequirementForm(for: entry.requirement)
        let (state, reason) = try form.read(fields.state, fields.reason)
        try await context.run(
            SwitchRequirement(
                code.rawValue, for: target, in: place.space, isOn: state == .on,
                parameters: try fields.parameters(form), because: reason), form)
        return Redirect(to: place.path, "El cambio quedó guardado y cuenta desde ahora.")
    }

    @Sendable private func newRequirement(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewRequirementPage {
        guard context.may(.switchRequirements) else { throw AccessError.notPermitted(.switchRequirements) }
        return NewRequirementPage(heading: try await context.alliance(slug), form: state)
    }

    @Sendable private func addRequirement(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let fields = NewRequirementForm()
        let (title, question, proof, amount, norm, cure) = try form.read(
            fields.title, fields.question, fields.proof, fields.amount, fields.norm, fields.cure)
        let requirement = try await context.run(
            AddRequirement(
                title, question: question, proof: try proof.proof(amount), norm: norm, cure: cure), form)
        return Redirect(
            to: .requirements(slug),
            "El requisito \(requirement.id) quedó creado. Diga en la lista a quién se le pide.")
    }
}

import Kernel
import Tenancy

/// New alliances: one, or many from a list.
struct NewAllianceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newAlliance, show: show, act: create)
        tenant.form(
            Path.newAlliances, upTo: .files(megabytes: AlliancesForm.megabytes), show: showSeveral,
            act: createSeveral)
    }

    @Sendable private func show(_ context: TenantContext, _ state: FormState) async throws -> NewAlliancePage
    {
        guard context.may(.createAlliances) else { throw AccessError.notPermitted(.createAlliances) }
        return NewAlliancePage(
            entity: try await context.organization(), municipalities: try await context.municipalities(),
            form: state)
    }

    @Sendable private func create(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let known = MunicipalityList(try await context.municipalities())
        let fields = AllianceForm(for: try await context.organization().kind)
        let alliance = try await context.run(try fields.read(form, known), form)
        return Redirect(
            to: AllianceSlug(rawValue: alliance.slug).map { .alliance($0) } ?? .alliances(),
            "La alianza «\(alliance.name)» quedó creada, en preparación.")
    }

    @Sendable private func showSeveral(
        _ context: TenantContext, _ state: FormState
    ) async throws -> NewAlliancesPage {
        guard context.may(.createAlliances) else { throw AccessError.notPermitted(.createAlliances) }
        return NewAlliancesPage(entity: try await context.organization(), form: state)
    }

    @Sendable private func createSeveral(
        _ context: TenantContext, _ form: Submission
    ) async throws -> Reviewed<ReviewAlliancesPage, NewAlliancesPage> {
        guard context.may(.createAlliances) else { throw AccessError.notPermitted(.createAlliances) }
        let entity = try await context.organization()
        let step = ReviewStep(form)
        if step == .correct {
            return .again(NewAlliancesPage(entity: entity, form: FormState(correcting: form)))
        }
        let (typed, file) = try form.read(AlliancesForm.rows, AlliancesForm.file)
        let rows = try file.map { try Spreadsheet($0) } ?? Spreadsheet(pasted: typed ?? "")
        guard !rows.rows.isEmpty else { throw AllianceError.nothingToCreate }
        let sheet = AllianceSheet(
            rows, municipalities: MunicipalityList(try await context.municipalities()),
            taken: try await context.alliances().map(\.name),
            kinds: AllianceKindChoice.possible(for: entity.kind))
        // What was reviewed is read again: nothing is made that is not whole.
        guard step == .act, sheet.problems.isEmpty else {
            return .review(ReviewAlliancesPage(sheet: sheet, form: form, text: rows.pasteable))
        }
        let made = try await context.run(try CreateAlliances(sheet.entries.map(\.command)), form)
        return .done(
            Redirect(
                to: Path.alliances().with("estado", AllianceStateChoice.draft.rawValue),
                "\(SpanishFormat.count(made.count, "alianza quedó creada", "alianzas quedaron creadas")), en preparación."
            ))
    }
}

import Foundation
import Hummingbird
import Kernel
import Membership
import Tenancy

/// The register of affiliates and its imports.
struct AffiliateRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.affiliates, list)
        tenant.get(Path.affiliate, affiliate)
        tenant.form(
            Path.importAffiliates, upTo: .files(megabytes: AffiliateUploads.maximumSize / 1_048_576),
            show: upload, act: receive)
        tenant.get(Path.sampleOfAffiliates, sample)
        tenant.get(Path.affiliateImports, imports)
        tenant.form(Path.affiliateImport, show: importPage, act: confirm)
        tenant.post(Path.recheckAffiliates) { context, form, batch in
            try await context.run(RecheckAffiliateFile(batch), form)
            return Redirect(to: .affiliateImport(batch))
        }
        tenant.post(Path.discardAffiliates) { context, form, batch in
            try await context.visit.site.uploads.discard(
                batch, as: context.principal, key: ID(rawValue: form.key))
            return Redirect(to: .affiliateImports(), "El archivo quedó descartado y el padrón, como estaba.")
        }
        tenant.get(Path.refusedAffiliates, refused)
        tenant.form(Path.undoAffiliates, show: undoPage, act: undo)
    }

    // MARK: The register

    @Sendable private func list(_ context: TenantContext) async throws -> AffiliatesPage {
        let query = ListQuery<AffiliatesPage.Sort>(context.visit)
        let plain = AffiliatesPage.Filters()
        let filter = ListAffiliates.Filter(
            words: query[plain.words], state: query[plain.state]?.state,
            municipality: context.visit["municipio"].flatMap(MunicipalityCode.init(rawValue:)))
        if let format = query.format {
            try await context.visit.site.runner.run(
                ExportAffiliates(filter, format: format.rawValue), as: context.principal)
        }
        let (affiliates, total, municipalities) = try await context.fetch(
            ListAffiliates(
                filter, order: query.sort == .name ? .name : .document, isDescending: query.isDescending,
                limit: ListQuery<AffiliatesPage.Sort>.pageSize, offset: query.offset))
        return AffiliatesPage(
            query: query, found: Found(page: affiliates, of: total),
            filters: AffiliatesPage.Filters(municipalities),
            all: AffiliatePieces(filter: filter, context: context), cutoff: try await cutoff(context),
            mayImport: context.may(.importAffiliates), mayLoadStaff: context.may(.loadStaffLists))
    }

    private func cutoff(_ context: TenantContext) async throws -> CalendarDate? {
        try await context.read { try await $0.registerCutoff() }
    }

    @Sendable private func affiliate(
        _ context: TenantContext, _ person: ID<Person>
    ) async throws -> AffiliatePage {
        guard let file = try await context.fetch(ReadAffiliate(person)) else { throw NoSuchPage() }
        return AffiliatePage(file: file, mayImport: context.may(.importAffiliates))
    }

    // MARK: A file

    @Sendable private func upload(
        _ context: TenantContext, _ state: FormState
    ) async throws -> ImportAffiliatesPage {
        guard context.may(.importAffiliates) else { throw AccessError.notPermitted(.importAffiliates) }
        return ImportAffiliatesPage(form: state, today: context.today, latest: try await cutoff(context))
    }

    @Sendable private func receive(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = ImportAffiliatesPage.Form()
        let (file, cutoff) = try form.read(fields.file, fields.cutoff)
        let batch = try await context.visit.site.uploads.receive(
            .init(
                location: file.location, name: file.name, byteCount: file.byteCount, digest: file.digest),
            asOf: cutoff, as: context.principal, key: ID(rawValue: form.key))
        return Redirect(to: .affiliateImport(batch))
    }

    @Sendable private func sample(_ context: TenantContext) async throws -> Download {
        Download(
            name: "padron-de-ejemplo.csv", mediaType: FileKind.csv.mediaType,
            bytes: Array("\u{FEFF}\(AffiliateFileWriter.header)\(AffiliateFileWriter.sample)".utf8))
    }

    // MARK: Imports

    @Sendable private func imports(_ context: TenantContext) async throws -> AffiliateImportsPage {
        let query = ListQuery<AffiliateImportsPage.Sort>(context.visit)
        return AffiliateImportsPage(
            query: query,
            found: try await query.found { limit, offset in
                let (imports, total) = try await context.fetch(
                    ListAffiliateImports(limit: limit, offset: offset))
                return (imports, total)
            })
    }

    @Sendable private func importPage(
        _ context: TenantContext, _ state: FormState, _ batch: ID<ImportBatch>
    ) async throws -> AffiliateImportPage {
        let (record, changes, peopleInUse) = try await context.fetch(ReadAffiliateImport(batch))
        return AffiliateImportPage(
            record: record, changes: changes, peopleInUse: peopleInUse, form: state, now: context.visit.now)
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ batch: ID<ImportBatch>
    ) async throws -> Redirect {
        let isAccepted = (try? form.read(AffiliateImportPage.acceptance)) != nil
        do {
            try await context.run(ConfirmAffiliateImport(batch, acceptsWarnings: isAccepted), form)
        } catch AffiliateImportError.unconfirmedMagnitude {
            // Said beside the box that was left.
            _ = try form.read(AffiliateImportPage.acceptance)
        }
        return Redirect(to: .affiliateImport(batch))
    }

    @Sendable private func refused(
        _ context: TenantContext, _ batch: ID<ImportBatch>
    ) async throws -> Download {
        guard
            let report = try await context.visit.site.uploads.report(of: batch, as: context.principal)
        else { throw NoSuchPage() }
        return Download(name: "filas-rechazadas.csv", mediaType: FileKind.csv.mediaType, bytes: report)
    }

    @Sendable private func undoPage(
        _ context: TenantContext, _ state: FormState, _ batch: ID<ImportBatch>
    ) async throws -> UndoAffiliatesPage {
        let (record, _, peopleInUse) = try await context.fetch(ReadAffiliateImport(batch))
        return UndoAffiliatesPage(record: record, peopleInUse: peopleInUse, form: state)
    }

    @Sendable private func undo(
        _ context: TenantContext, _ form: Submission, _ batch: ID<ImportBatch>
    ) async throws -> Redirect {
        let page = try await undoPage(context, FormState(), batch)
        _ = try form.read(page.confirmation.field)
        try await context.run(RequestAffiliateImportUndo(batch), form)
        return Redirect(to: .affiliateImport(batch))
    }
}

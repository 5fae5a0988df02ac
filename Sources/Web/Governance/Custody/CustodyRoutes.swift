import Governance
import Kernel
import Tenancy

/// Documents of an alliance: all of them, what was handed over, and the copy of everything.
struct CustodyRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.documents) { context, slug in
            let heading = try await context.alliance(slug)
            return DocumentsPage(
                query: ListQuery(context.visit), heading: heading,
                answer: try await context.fetch(ReadDocuments(of: heading.alliance.id)),
                mayOpen: context.may(.openFiles, in: heading.stream),
                mayRecord: context.may(.recordDeliveries, in: heading.stream),
                mayExport: context.may(.exportAlliance, in: heading.stream))
        }
        ConfidentialRoutes().add(to: tenant)
        tenant.form(Path.newDelivery, show: newDelivery, act: record)
        tenant.get(Path.delivery) { context, slug, id in
            let heading = try await context.alliance(slug)
            let (delivery, items) = try await context.fetch(ReadDelivery(id, of: heading.alliance.id))
            return DeliveryPage(
                heading: heading, delivery: delivery, items: items,
                mayRecord: context.may(.recordDeliveries, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.get(Path.deliveryIndex, index)
        tenant.form(
            Path.deliveryReceipt, upTo: .files(megabytes: PaperForm.megabytes), show: receipt, act: receive)
        tenant.get(Path.exports) { context, slug in
            let heading = try await context.alliance(slug)
            return ExportsPage(
                heading: heading, exports: try await context.fetch(ReadExports(of: heading.alliance.id)),
                now: context.visit.now)
        }
        tenant.post(Path.exports) { context, form, slug in
            let heading = try await context.alliance(slug)
            try await context.run(RequestExport(of: heading.alliance.id), form)
            return Redirect(to: .exports(slug), "La copia se está haciendo. Puede cerrar esta página.")
        }
        tenant.post(Path.export) { context, _, slug, id in
            let heading = try await context.alliance(slug)
            let taken = try await context.visit.site.exports.take(
                id, of: heading.alliance.id, as: context.principal)
            let day = ColombianTime.date(at: taken.export.requestedAt)
            return SentFile(
                location: taken.location, name: "copia-\(heading.alliance.slug)-\(day).zip",
                mediaType: "application/zip", byteCount: taken.export.byteCount ?? 0)
        }
    }

    /// The documents that were not handed over yet and have a file.
    private func waiting(
        _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> [AllianceDocument] {
        try await context.fetch(ReadDocuments(of: heading.alliance.id)).documents
            .filter {
                $0.file != nil && $0.delivery == nil && !$0.isReserved && $0.retention.disposedOn == nil
            }
    }

    @Sendable private func newDelivery(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewDeliveryPage {
        let heading = try await context.alliance(slug, toUse: .recordDeliveries)
        return NewDeliveryPage(
            heading: heading, documents: try await waiting(heading, context), form: state,
            today: context.today)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordDeliveries)
        let fields = DeliveryForm(try await waiting(heading, context))
        let id = try await context.run(fields.read(form, of: heading.alliance.id), form)
        return Redirect(
            to: .delivery(slug, id), "La entrega quedó anotada. Imprima el índice para que firmen el recibo.")
    }

    @Sendable private func index(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Delivery>
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let (delivery, items) = try await context.fetch(ReadDelivery(id, of: heading.alliance.id))
        let index = DeliveryIndex(
            delivery: delivery, items: items, alliance: heading.alliance.name,
            entity: context.entry.organization)
        return Download(
            name: "\(index.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(index, as: DeliveryIndex.kind, of: id, in: heading.stream),
            isInline: true)
    }

    @Sendable private func receipt(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Delivery>
    ) async throws -> DeliveryReceiptPage {
        let heading = try await context.alliance(slug, toUse: .recordDeliveries)
        return DeliveryReceiptPage(
            heading: heading,
            delivery: try await context.fetch(ReadDelivery(id, of: heading.alliance.id)).delivery,
            form: state, today: context.today)
    }

    @Sendable private func receive(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Delivery>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordDeliveries)
        let (who, day, receipt) = try form.read(
            DeliveryReceiptPage.who, DeliveryReceiptPage.day, DeliveryReceiptPage.receipt)
        try await context.run(
            RecordDeliveryReceipt(
                of: id, in: heading.alliance.id, by: who, on: day, receipt: try receipt.stored(on: day)), form
        )
        return Redirect(to: .delivery(slug, id), "El recibo quedó adjunto.")
    }
}

import Elections
import Foundation
import Hummingbird
import Kernel
import Tenancy

/// The desks of those who keep the key of a box and make its credentials: what their modules read and send.
struct BoxDeskRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.trusteeDesk, trusteeDesk)
        tenant.get(Path.trusteeState) { context, slug, process, box in
            let heading = try await context.alliance(slug)
            let desk = try await context.fetch(
                ReadTrusteeDesk(box, in: ProcessPlace(process, of: heading.alliance.id)))
            let archive = context.visit.tenant.flatMap { tenant in
                context.archive(of: desk.box, slug, process)?.text(in: tenant)
            }
            return try JSONAnswer(TrusteeState(desk, archive: archive ?? ""))
        }
        tenant.post(Path.trusteeMessage, upTo: .files(megabytes: 16)) { context, form, slug, process, box in
            let heading = try await context.alliance(slug)
            guard let kind = form.entries.first("kind").flatMap(TrusteeMessage.Kind.init(rawValue:)),
                let ceremony = form.entries.first("ceremony").flatMap({ Int($0) }),
                let content = form.entries.first("content")
            else { throw BoxError.messageRefused("El mensaje llegó incompleto.") }
            try await context.run(
                PostTrusteeMessage(
                    kind, Array(content.utf8), ceremony: ceremony, to: box,
                    in: ProcessPlace(process, of: heading.alliance.id)),
                form)
            return try JSONAnswer(["kind": kind.rawValue])
        }
        tenant.form(Path.credentialDesk, upTo: .files(megabytes: 100), show: credentials, act: handIn)
        tenant.get(Path.credentialOrder) { context, slug, process, box in
            let (heading, file) = try await context.process(process, of: slug)
            let desk = try await context.fetch(
                ReadCredentialDesk(box, in: ProcessPlace(process, of: heading.alliance.id), limit: .max))
            let booth = context.visit.tenant.map {
                context.visit.site.origin
                    + Path.slip($0, ElectionUUID(rawValue: desk.box.uuid)).text(in: $0)
            }
            let hasBooth = desk.box.choices.allowsKiosk
            return try JSONAnswer(
                CredentialOrder(
                    for: desk.box, booth: booth ?? "", title: file.process.name,
                    alliance: heading.alliance.name,
                    hours: SpanishFormat.sentence("Se vota \(desk.box.hours)"),
                    place: hasBooth && desk.tables.count == 1
                        ? desk.tables.first.map { "Mesa \($0.key), \($0.value)" } : nil,
                    making: desk.handovers.count + 1,
                    electors: desk.electors.sorted {
                        ($0.table ?? .max, $0.name) < ($1.table ?? .max, $1.name)
                    }
                    .map { elector in
                        CredentialOrder.Elector(
                            person: elector.person, name: elector.name,
                            document: elector.document, table: elector.table.map { "Mesa \($0)" },
                            place: hasBooth
                                ? elector.table.flatMap { number in
                                    desk.tables[number].map { "Mesa \(number), \($0)" }
                                } : nil)
                    }))
        }
    }

    @Sendable private func trusteeDesk(
        _ context: TenantContext, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> TrusteeDeskPage {
        let (heading, file) = try await context.process(process, of: slug)
        let desk = try await context.fetch(
            ReadTrusteeDesk(box, in: ProcessPlace(process, of: heading.alliance.id)))
        return TrusteeDeskPage(
            heading: heading, process: file.process, box: desk.box, trustees: desk.trustees,
            own: desk.trustee,
            archive: context.archive(of: desk.box, slug, process),
            board: desk.box.state == .preparing
                ? nil : context.visit.tenant.map { .boxBoard($0, slug, process, box) },
            organization: context.entry.organization.name)
    }

    @Sendable private func credentials(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> CredentialDeskPage {
        let (heading, file) = try await context.process(process, of: slug)
        let desk = try await context.fetch(
            ReadCredentialDesk(box, in: ProcessPlace(process, of: heading.alliance.id), limit: .max))
        let spares = context.visit["reserva"].flatMap { Int($0) } ?? (desk.electors.count + 19) / 20 + 1
        return CredentialDeskPage(
            heading: heading, process: file.process, box: desk.box, electors: desk.electors.count,
            count: desk.credentials, handovers: desk.handovers, spares: min(max(spares, 0), 5000),
            areDrawn: context.visit["sin-nombre"] == "si", form: state)
    }

    @Sendable private func handIn(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let file = try form.read(CredentialDeskPage.file)
        let count = try await context.run(
            UploadCredentials(
                try CredentialLine.read(try file.content()), to: box,
                in: ProcessPlace(process, of: heading.alliance.id)),
            form)
        return Redirect(
            to: .credentialDesk(slug, process, box),
            "Quedaron entregadas \(SpanishFormat.number(count.total)) claves públicas. Las privadas quedan solo en los volantes: borre de este equipo lo que haya guardado de ellos."
        )
    }
}

extension TenantContext {
    /// Where anybody downloads the archive of a box as it stands.
    fileprivate func archive(
        of box: BallotBox, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) -> Path? {
        visit.tenant.map { .boardArchive($0, slug, process, box.id, ArchiveName(box.uuid, box.archive)) }
    }
}

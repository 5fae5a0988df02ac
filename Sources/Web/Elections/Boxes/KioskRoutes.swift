import Elections
import Foundation
import Kernel
import Tenancy

/// Devices that jurors turn into the booth of their table.
struct KioskRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.openKiosk, show: page, act: open)
    }

    @Sendable private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> OpenKioskPage {
        let scene = try await context.scene(slug, process)
        return OpenKioskPage(
            scene: scene, table: try scene.table(table), boxes: try await context.kioskBoxes(of: scene),
            form: state)
    }

    @Sendable private func open(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ table: ID<VotingTable>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        let boxes = try await context.kioskBoxes(of: scene)
        let (box, name, pin, again) = try form.read(
            OpenKioskPage.box(boxes), OpenKioskPage.name, OpenKioskPage.pin, OpenKioskPage.again)
        guard pin == again else {
            throw InvalidInput([
                .init(
                    field: OpenKioskPage.again.name,
                    message: "No es la misma clave. Escríbala dos veces igual.")
            ])
        }
        let site = context.visit.site
        let token = EntranceToken.random()
        let hash = try await site.entrance.hash(pin: pin)
        try await context.run(
            OpenKiosk(name, at: table, of: box, token: token, pin: hash, in: scene.place), form)
        guard let tenant = context.visit.tenant else { throw NoSuchPage() }
        // Whoever votes here must not find the juror's session open.
        if let session = context.visit.admission.session?.session { try await site.identity.signOut(session) }
        // A device that loses its power in the middle of the day is still the booth when it comes back.
        let closes = boxes.first { $0.id == box }?.choices.closesAt ?? context.visit.now
        let rest = Int(closes.timeIntervalSince(context.visit.now))
        return Redirect(to: .kiosk(tenant)).endingSession(at: site)
            .setting(.kiosk, token.text, at: site, lasting: max(rest, 3_600))
    }
}

extension TenantContext {
    /// The boxes that are voted in the booths of tables now.
    fileprivate func kioskBoxes(of scene: DayScene) async throws -> [BallotBox] {
        try await fetch(ReadBoxes(of: scene.place)).filter {
            $0.choices.allowsKiosk && [.sealed, .open].contains($0.state)
        }
    }
}

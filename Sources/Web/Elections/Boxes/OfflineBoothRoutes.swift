import Elections
import Kernel
import Tenancy

extension Path {
    /// The booth of a box as one file.
    static let offlineBooth = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/cabina-sin-conexion")
    /// Where a ballot is handed in that was made without connection.
    static let handInBallot = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/entregar")
    /// The same, short enough to be copied from a screen.
    static let handIn = Route<TenantSlug, ElectionUUID>("/v/{tenant}/{election}/entregar")
}

/// The booth that needs no server, and the slot for its ballots.
struct OfflineBoothRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.offlineBooth) { context, tenant, slug, process, box in
            let door = try await context.boothDoor(box, of: process, slug, tenant)
            guard let booth = try await context.offlineBooth(of: door) else { throw NoSuchPage() }
            // Never shown: in a page of ours the server could change what it does.
            return Download(name: booth.name, mediaType: "text/html; charset=utf-8", bytes: booth.bytes)
        }
        everybody.get(Path.handIn) { context, tenant, election in
            let place = try await context.boxPlace(election, of: tenant)
            return Redirect(
                to: .boothDoor(tenant, place.alliance, place.process, place.box)
                    .with(DoorPurpose.name, DoorPurpose.handIn.query))
        }
        everybody.form(Path.handInBallot, admit: admit, show: page, act: handIn)
    }

    /// Who has no pass from afar has nothing read of what they send, and nobody more than a ballot is long.
    @Sendable private func admit(
        _ context: PublicContext, _ tenant: TenantSlug, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> Submission.Admission {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        guard let token = try await context.passFromAfar(at: door) else {
            return .elsewhere(
                Redirect(
                    to: door.path(for: .handIn),
                    "Se venció el tiempo y el voto no se entregó. Compruebe otra vez que es usted."))
        }
        let slot = try await context.visit.site.intake.slot(by: token, of: door.organization)
        return .upTo(HandInPage.limit(longestBallot: slot.longestBallot))
    }

    @Sendable private func page(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> HandInPage {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        return HandInPage(
            door: door, isLetIn: try await context.passFromAfar(at: door) != nil, form: state)
    }

    @Sendable private func handIn(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> HandedInPage {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        // Whoever was admitted has one; one that runs out meanwhile is refused by the box.
        guard let token = context.visit.passToken.flatMap(EntranceToken.init) else { throw CastError.noPass }
        let ballot = try HandInPage.ballot(in: form)
        do {
            let receipt = try await context.visit.site.intake.cast(ballot, by: token, of: door.organization)
            return HandedInPage(door: door, receipt: receipt)
        } catch let refusal as CastError {
            throw HandInPage.refusal(of: refusal)
        }
    }
}

extension PublicContext {
    /// The token of the pass by which the browser was let in to a box from afar, while it is good.
    fileprivate func passFromAfar(at door: BoothDoor) async throws -> EntranceToken? {
        guard let pass = try await votingPass(of: door.organization), pass.box == door.board.id,
            pass.way == .remote
        else { return nil }
        return visit.passToken.flatMap(EntranceToken.init)
    }

    /// The booth of a box as one file; `nil` where ballots cannot be handed in from afar, or nothing is sealed.
    func offlineBooth(of door: BoothDoor) async throws -> OfflineBooth? {
        guard door.board.allowsRemote,
            let file = try await visit.site.entrance.booth(of: door.board.id, in: door.organization)
        else { return nil }
        let uuid = ElectionUUID(rawValue: door.board.uuid)
        return try OfflineBooth(
            file, board: boardAddress(of: door),
            handIn: visit.site.origin + Path.handIn(door.tenant, uuid).text(in: door.tenant),
            code: visit.site.assets.voting)
    }
}

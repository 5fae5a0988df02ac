import Elections
import Foundation
import Hummingbird
import Kernel
import Postgres
import Reporting
import Tenancy

/// What everybody reaches of a box: its board, the doors to its booth, and the slot for ballots.
struct BoothRoutes {
    func add(to everybody: PublicRoutes) {
        BoxBoardRoutes().add(to: everybody)
        OfflineBoothRoutes().add(to: everybody)
        // Browsers take what stands behind the # of the address along, and tell nobody of it.
        everybody.get(Path.slip) { context, tenant, election in
            let place = try await context.boxPlace(election, of: tenant)
            return Redirect(
                to: .boothDoor(tenant, place.alliance, place.process, place.box))
        }
        everybody.get(Path.receipt) { context, tenant, election in
            let place = try await context.boxPlace(election, of: tenant)
            return Redirect(
                to: .boxBoard(tenant, place.alliance, place.process, place.box))
        }
        everybody.form(Path.boothDoor, show: door, act: enter)
        everybody.form(Path.votingCode, show: door, act: sendCode)
        everybody.get(Path.booth) { context, tenant, slug, process, box in
            let door = try await context.boothDoor(box, of: process, slug, tenant)
            let pass = try await context.votingPass(of: door.organization)
            guard let pass, pass.box == box, pass.way == .remote else {
                return AnyAnswer(Redirect(to: door.path, "Escriba su documento para entrar a votar."))
            }
            return AnyAnswer(try await context.booth(of: pass, at: door))
        }
        KioskDeviceRoutes().add(to: everybody)
        everybody.on(RouterPath(Path.castBallot.pattern), method: .post) { request, context in
            let (tenant, _) = try Path.castBallot.values(in: context.parameters)
            return try await CastAnswer.of(request, of: tenant, context).response(
                to: context.visit)
        }
    }

    // MARK: From afar

    @Sendable private func door(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> BoothDoorPage {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        // What was refused with a code is asked for again with the document that it belongs to.
        let isCodeTyped = state.entries.first(BoothDoorPage.code.name) != nil
        let document: IdentityDocument? =
            isCodeTyped
            ? state.entries.first("document_type").flatMap { type in
                state.entries.first("document").flatMap { try? IdentityDocument(parsing: "\(type) \($0)") }
            } : nil
        return BoothDoorPage(
            door: door, purpose: context.doorPurpose, words: context.visit.site.codeWords, document: document,
            hasCode: isCodeTyped || context.visit[BoothDoorPage.owned] != nil,
            now: context.visit.now, form: state)
    }

    @Sendable private func sendCode(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> BoothDoorPage {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        let document = try DocumentFields().required(form)
        _ = try await context.asking(.claim, about: Self.subject(document, box)) {
            try await context.visit.site.entrance.sendCode(to: document, for: box, of: door.organization)
            return true
        }
        return BoothDoorPage(
            door: door, purpose: context.doorPurpose, words: context.visit.site.codeWords,
            isAnother: form.entries.first(BoothDoorPage.another) != nil, document: document,
            now: context.visit.now, form: FormState())
    }

    @Sendable private func enter(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> AnyAnswer {
        let door = try await context.boothDoor(box, of: process, slug, tenant)
        let document = try DocumentFields().required(form)
        let code = try form.read(BoothDoorPage.code)
        let (_, token) = try await context.visit.site.entrance.redeem(
            code, of: document, for: box, of: door.organization)
        // A village that shares one address of the network votes without using up its attempts.
        let site = context.visit.site
        try await site.identity.confirm(
            .claim, about: Self.subject(document, box), from: context.visit.visitor)
        let answer =
            switch context.doorPurpose {
            case .vote: AnyAnswer(Redirect(to: .booth(tenant, slug, process, box)))
            case .handIn: AnyAnswer(Redirect(to: .handInBallot(tenant, slug, process, box)))
            case .goOn: AnyAnswer(PassRenewedPage(door: door))
            }
        return answer.setting(.pass, token.text, at: site)
    }

    /// What limits on codes are about.
    private static func subject(_ document: IdentityDocument, _ box: ID<BallotBox>) -> String {
        "\(box) \(document)"
    }
}

extension PublicContext {
    /// What brought somebody to the door of a box.
    fileprivate var doorPurpose: DoorPurpose {
        visit[DoorPurpose.name].flatMap(DoorPurpose.init) ?? .vote
    }

    /// The page of a box that everybody sees, and its entity.
    ///
    /// - Throws: ``NoSuchPage``.
    func boothDoor(
        _ box: ID<BallotBox>, of process: ID<ElectoralProcess>, _ slug: AllianceSlug, _ tenant: TenantSlug
    ) async throws -> BoothDoor {
        let (alliance, organization) = try await publishedAlliance(slug, of: tenant)
        let board = try await published { try await $0.boxBoards(of: process, in: organization.id) }
            .first { $0.id == box }
        guard let board,
            let election = alliance.profile.elections.first(where: { $0.id == process.description })
        else { throw NoSuchPage() }
        return BoothDoor(
            tenant: tenant, slug: slug, alliance: alliance, organization: organization.id, process: process,
            processName: election.name, board: board)
    }

    /// Where the public page of a box stands.
    ///
    /// - Throws: ``NoSuchPage``.
    func boxPlace(
        _ election: ElectionUUID, of tenant: TenantSlug
    ) async throws -> (alliance: AllianceSlug, process: ID<ElectoralProcess>, box: ID<BallotBox>) {
        let place = try await published { transaction -> PublishedBoxPlace? in
            guard let organization = try await transaction.organization(slug: tenant.rawValue) else {
                return nil
            }
            return try await transaction.boxPlace(uuid: election.rawValue, in: organization.id)
        }
        guard let place, let alliance = AllianceSlug(rawValue: place.alliance) else { throw NoSuchPage() }
        return (alliance, place.process, place.box)
    }

    /// The pass that the browser has, while it is good.
    func votingPass(of organization: ID<Organization>) async throws -> VotingPass? {
        guard let token = visit.passToken.flatMap(EntranceToken.init) else { return nil }
        return try await visit.site.entrance.pass(token, of: organization)
    }

    /// The booth of who was let in from afar.
    fileprivate func booth(of pass: VotingPass, at door: BoothDoor) async throws -> BoothPage {
        let file = try await visit.site.entrance.booth(of: pass, in: door.organization)
        return try BoothPage(
            file, .remote, of: door.tenant, at: visit.site, next: nil, door: door.path(for: .goOn))
    }

    /// The full address of a public board, short enough for a QR code.
    func boardAddress(of door: BoothDoor) -> String {
        visit.site.origin
            + Path.receipt(door.tenant, ElectionUUID(rawValue: door.board.uuid)).text(in: door.tenant)
    }
}

extension BoothPage {
    /// The booth of a file.
    init(
        _ file: BoothFile, _ mode: Mode, of tenant: TenantSlug, at site: Site, next: Path?, door: Path? = nil
    ) throws {
        let board = Path.receipt(tenant, ElectionUUID(rawValue: file.box.uuid))
        self.init(
            title: file.box.title, mode: mode, facts: try BoothFacts(file).json(),
            cast: .castBallot(tenant, file.box.id), next: next, board: site.origin + board.text(in: tenant),
            door: door)
    }
}

/// What the slot of a box answers to a ballot.
struct CastAnswer: Encodable {
    /// The tracker: the SHA-256 of the ballot's text, as the board shows it.
    let tracker: String
    /// Whether it took the place of an earlier one.
    let replaced: Bool

    /// Takes a ballot in, to the box of the pass.
    static func of(
        _ request: Request, of tenant: TenantSlug, _ context: PublicContext
    ) async throws -> JSONAnswer {
        do {
            let organization = try await context.published {
                try await $0.organization(slug: tenant.rawValue)
            }
            guard let organization, let token = context.visit.passToken.flatMap(EntranceToken.init) else {
                throw CastError.noPass
            }
            // Who has no pass has nothing read of what they send, and nobody more than a ballot is long.
            let intake = context.visit.site.intake
            let slot = try await intake.slot(by: token, of: organization.id)
            var text: [UInt8] = []
            for try await buffer in request.body {
                text += buffer.readableBytesView
                guard text.count <= slot.longestBallot else { throw CastError.notCanonical("") }
            }
            let receipt = try await intake.cast(text, into: slot)
            return try JSONAnswer(Self(tracker: receipt.tracker.tracker, replaced: receipt.isReplacement))
        } catch let refusal as any UserFacingError {
            context.visit.refusal.note(refusal)
            return try JSONAnswer(
                Refusal(code: refusal.code, message: refusal.message), status: refusal.kind.status)
        }
    }

    private struct Refusal: Encodable {
        let code: String
        let message: String
    }
}

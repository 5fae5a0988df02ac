import Elections
import Foundation
import Kernel
import Postgres
import Tenancy
import VerifiableVoting

/// An election of Bogotá's alliance that was voted in an electronic box and counted, so that its public board, its archive
/// and its result can be shown at once. What browsers do, making keys and ballots, is done here by the same mathematics;
/// the keys and credentials are forgotten with the load.
struct DemoBox {
    private typealias Group = Belenios2048

    private static let slates = ["Medicinas a Tiempo", "Turno Digno"]
    /// What is voted: 0 is the blank vote, then the slates as they are named above. The second person changes their mind.
    private static let votes = [1, 2, 1, 1, 0, 2, 1, 2, 1, 1, 2, 0, 1, 2]

    /// The steps that elections share.
    let steps: DemoProcess

    /// What is known once the box is drafted.
    private struct Draft {
        let ready: DemoProcess.Ready
        let box: ID<BallotBox>
        let people: DemoProcess.People
        let trustees: [Principal]
        let members: [CeremonyMember<Group>]
        let authority: Principal

        var place: ProcessPlace { ready.place }
    }

    private func product(at hour: Date) -> CommandRunner { steps.product(at: hour) }

    /// Holds the election.
    func load(with people: DemoProcess.People) async throws {
        let ready = try await steps.prepare(
            DemoProcess.Plan(
                body: "Veeduría de medicamentos", seats: 2, name: "Elección de la veeduría de medicamentos",
                slates: Self.slates,
                // After the board's posts and those who stood for the other committee.
                firstCandidate: 10), on: ColombianTime.date(at: steps.product.runner.now) - 3, by: people)
        let order = try await drawOrder(of: ready, with: people)
        let draft = try await draft(ready, with: people)
        let key = try await makeKey(draft)
        let secrets = try await handIn(draft)
        try await product(at: ready.opens).run(SealBox(draft.box, in: ready.place), as: people.committee)
        try await prove(draft, key)
        let (session, voters) = try await steps.open(ready, to: Self.votes.count, by: people)
        try await act(.open, on: draft, at: ready.opens + 3600)
        try await vote(draft, voters, for: order, with: secrets, at: ready.opens + 3700)
        try await act(.close, on: draft, at: ready.opens + 4 * 3600)
        try await product(at: ready.opens + 4 * 3600 + 300).run(
            CloseSession(session, of: ready.place), as: people.committee)
        try await act(.count, on: draft, at: ready.opens + 4 * 3600 + 600)
        try await decrypt(draft, key, at: ready.opens + 5 * 3600)
        try await product(at: ready.opens + 6 * 3600).run(
            MakeCanvass(of: ready.contest, in: ready.place), as: people.committee)
    }

    // MARK: - Before the vote

    /// Draws the order of the ballot; returns the slates in it.
    private func drawOrder(
        of ready: DemoProcess.Ready, with people: DemoProcess.People
    ) async throws -> [String] {
        let (contest, place, runner) = (ready.contest, ready.place, product(at: ready.opens))
        try await runner.run(
            AnnounceDraw(
                of: contest, in: place, for: .ballotOrder,
                from: "Lo dice en voz alta la delegada de la Secretaría de Salud."), as: people.committee)
        try await runner.run(
            NameDrawNumber(
                "3071", of: contest, in: place, for: .ballotOrder,
                witnesses: "La delegada, que lo leyó, y los testigos de las dos planchas."),
            as: people.committee)
        let draw = try await runner.run(
            ConfirmDraw(1, of: contest, in: place, for: .ballotOrder), as: people.guarantor)
        return draw.winners.map(\.rawValue)
    }

    private func draft(
        _ ready: DemoProcess.Ready, with people: DemoProcess.People
    ) async throws -> Draft {
        let (place, runner) = (ready.place, product(at: ready.opens))
        let box = try await runner.run(
            DraftBox(
                of: [ready.contest],
                BallotBox.Choices(opensAt: ready.opens, closesAt: ready.opens + 4 * 3600), in: place),
            as: people.committee)
        let delegate = try await steps.person(
            "Nelly Esperanza Bermúdez Roa", "delegada.bogota", "Delegada de la alianza", .member,
            at: ready.opens)
        let authority = try await steps.person(
            "Álvaro Hernán Triana Soto", "claves.bogota", "Revisor fiscal", .member, at: ready.opens)
        var trustees: [Principal] = []
        for (trustee, body) in [
            (people.committee, BoxTrustee.Body.committee), (people.guarantor, .control),
            (delegate, .alliance),
        ] {
            guard let user = trustee.user else { throw BoxError.notAppointed }
            try await runner.run(
                AppointTrustee(.user(user), for: body, of: box, in: place), as: people.committee)
            trustees.append(try await steps.principal(of: user, at: ready.opens))
        }
        guard let reviewer = authority.user else { throw BoxError.notAppointed }
        try await runner.run(
            AppointCredentialAuthority(.user(reviewer), of: box, in: place), as: people.committee)
        var random = SystemRandomNumberGenerator()
        return Draft(
            ready: ready, box: box, people: people, trustees: trustees,
            members: (1...3).map { CeremonyMember(index: $0, seed: SecretCode(randomWith: &random)) },
            authority: try await steps.principal(of: reviewer, at: ready.opens))
    }

    /// What a trustee sends.
    private func post(
        _ kind: TrusteeMessage.Kind, _ content: [UInt8], by index: Int, of draft: Draft, at hour: Date
    ) async throws {
        try await product(at: hour).run(
            PostTrusteeMessage(kind, content, ceremony: 1, to: draft.box, in: draft.place),
            as: draft.trustees[index])
    }

    private func desk(_ index: Int, of draft: Draft) async throws -> TrusteeDesk {
        try await product(at: draft.ready.opens).fetch(
            ReadTrusteeDesk(draft.box, in: draft.place), as: draft.trustees[index])
    }

    /// The ceremony of the three; returns the share of each.
    private func makeKey(_ draft: Draft) async throws -> [Group.Scalar] {
        var random = SystemRandomNumberGenerator()
        let (members, hour) = (draft.members, draft.ready.opens)
        let certificates = members.map { $0.certificate(size: 3, threshold: 2, with: &random) }
        let ceremony = try Ceremony(certificates)
        var polynomials: [PolynomialMessage<Group>] = []
        for member in members { polynomials.append(try member.polynomial(in: ceremony, with: &random)) }
        var shares: [Group.Scalar] = []
        for member in members { shares.append(try member.share(in: ceremony, polynomials: polynomials)) }
        for (index, certificate) in certificates.enumerated() {
            try await post(.certificate, certificate.text, by: index, of: draft, at: hour)
        }
        for (index, polynomial) in polynomials.enumerated() {
            try await post(.polynomial, polynomial.text, by: index, of: draft, at: hour)
        }
        for (index, member) in members.enumerated() {
            let key = member.verificationKey(of: shares[index], with: &random)
            try await post(.verificationKey, key.text, by: index, of: draft, at: hour)
        }
        return shares
    }

    /// The credentials of all electors; returns the private halves.
    private func handIn(_ draft: Draft) async throws -> [ID<Person>: Group.Scalar] {
        var random = SystemRandomNumberGenerator()
        let runner = product(at: draft.ready.opens)
        let desk = try await runner.fetch(
            ReadCredentialDesk(draft.box, in: draft.place), as: draft.authority)
        var secrets: [ID<Person>: Group.Scalar] = [:]
        let credentials = desk.electors.enumerated().map { index, elector in
            let secret = Group.Scalar(randomWith: &random)
            secrets[elector.person] = secret
            return BoxCredential(
                String(decoding: Group.text(of: Group.secretPower(to: secret)), as: UTF8.self),
                serial: "\(index + 1)", of: elector.person)
        }
        try await runner.run(
            UploadCredentials(credentials, to: draft.box, in: draft.place), as: draft.authority)
        return secrets
    }

    /// Each trustee decrypts a number that nobody voted.
    private func prove(_ draft: Draft, _ key: [Group.Scalar]) async throws {
        var random = SystemRandomNumberGenerator()
        for index in draft.trustees.indices {
            let desk = try await desk(index, of: draft)
            guard let text = desk.trialNumber, let fingerprint = desk.box.fingerprint else { continue }
            let number = try Group.Scalar(reading: Array(text.utf8)[...])
            let trial = PartialDecryption<Group>(
                of: EncryptedTally(trial: number), with: key[index],
                fingerprint: "trial|\(fingerprint)",
                generator: &random)
            try await post(.trial, trial.text, by: index, of: draft, at: draft.ready.opens)
        }
    }

    // MARK: - The vote and the count

    /// Something that two people of different bodies do.
    private func act(_ kind: BoxAct.Kind, on draft: Draft, at hour: Date) async throws {
        let act = try await product(at: hour).run(
            ProposeBoxAct(kind, of: draft.box, because: "Como se acordó en la asamblea.", in: draft.place),
            as: draft.people.committee)
        try await product(at: hour + 60).run(
            SettleBoxAct(act, seconding: true, of: draft.box, in: draft.place), as: draft.people.guarantor)
    }

    /// Each voter is let in to the booth of the table and casts.
    private func vote(
        _ draft: Draft, _ voters: [ID<Person>], for order: [String],
        with secrets: [ID<Person>: Group.Scalar], at hour: Date
    ) async throws {
        let identity = steps.product.identity
        let database = steps.product.runner.database
        let entrance = VotingEntrance(
            database: database, passwords: identity.passwords, codes: identity.oneTimeCodes, now: { hour })
        let intake = BallotIntake(database: database, now: { hour })
        let (booth, pin, organization) = (EntranceToken.random(), "4826", steps.places.aliansalud.id)
        try await product(at: hour).run(
            OpenKiosk(
                "Cabina 1", at: draft.ready.table, of: draft.box, token: booth,
                pin: try await entrance.hash(pin: pin), in: draft.place), as: draft.people.jurors[0])
        guard let text = try await desk(0, of: draft).election else { return }
        let election = try ElectionDescription(reading: text)
        let maker = BallotMaker<Group>(
            election: election, key: try Group.element(reading: election.publicKey[...]))
        var random = SystemRandomNumberGenerator()
        for (voter, vote) in [(voters[1], 1)] + zip(voters, Self.votes) {
            guard let secret = secrets[voter] else { continue }
            let option = vote == 0 ? 0 : (order.firstIndex(of: Self.slates[vote - 1]) ?? 0) + 1
            let (_, pass) = try await entrance.letIn(voter, to: booth, pin: pin, of: organization)
            let votes = election.questions.map { question in
                (0..<question.choiceCount).map { $0 == option }
            }
            let ballot = maker.ballot(votes: votes, credential: secret, with: &random)
            _ = try await intake.cast(ballot.text, by: pass, of: organization)
            try await entrance.leave(pass, of: organization)
        }
    }

    /// Two of the three decrypt the sums.
    private func decrypt(_ draft: Draft, _ key: [Group.Scalar], at hour: Date) async throws {
        var random = SystemRandomNumberGenerator()
        let report = try await publishedArchive(of: draft)
        guard let tally = report.tally else { return }
        for index in [0, 2] {
            let part = BoundDecryption(
                of: try EncryptedTally<Group>(reading: tally.text), with: key[index],
                fingerprint: report.election.fingerprint, generator: &random)
            try await post(.partialDecryption, part.text, by: index, of: draft, at: hour)
        }
    }

    /// What anybody finds who verifies the archive that is on the public board.
    private func publishedArchive(of draft: Draft) async throws -> VerificationReport {
        let database = steps.product.runner.database
        let archive = try await desk(0, of: draft).box.archive
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).bel")
        defer { try? FileManager.default.removeItem(at: file) }
        var content = Data()
        try await BoxArchive.write { position, limit in
            try await database.read(PublicScope()) { transaction in
                try await transaction.archiveRecords(
                    of: draft.box, archive: archive, from: position, limit: limit,
                    in: steps.places.aliansalud.id)
            }
        } to: {
            content.append(contentsOf: $0)
        }
        try content.write(to: file)
        return try await ArchiveVerifier().verify(ArchiveFile(path: file.path))
    }
}

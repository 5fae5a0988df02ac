import Foundation
import Governance
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

/// An election in an electronic box, with voters and trustees made in Swift: what browsers do is done here.
struct BoxElection<Group: VotingGroup> {
    let assembly: Assembly
    let box: ID<BallotBox>
    let choices: BallotBox.Choices
    let trustees: [Principal]
    let members: [CeremonyMember<Group>]
    let seeds: [SecretCode]
    let authority: Principal
    /// The private halves, which the server never has.
    let secrets: [ID<Person>: Group.Scalar]
    let intake: BallotIntake

    var place: ProcessPlace { assembly.place }
    var runner: CommandRunner { assembly.runner }
    var clock: TestClock { assembly.clock }
    private var random: SystemRandomNumberGenerator { SystemRandomNumberGenerator() }

    /// Drafts a box of a new assembly with its trustees and authority.
    static func prepare(
        electors: Int = 20, trustees: Int = 2, threshold: Int = 2, isMock: Bool = false,
        hasPaper: Bool = false, besides contests: Int = 0,
        terms: Assembly.Terms = Assembly.Terms(), bylaws: [BylawParameter.Name] = [.remoteVoting],
        hasContacts: Bool = true
    ) async throws -> Self {
        var terms = terms
        terms.electors = electors
        let assembly = try await Assembly.make(terms)
        let others = contests == 0 ? [] : try await assembly.addContests(contests)
        try await assembly.adopt(bylaws)
        if hasContacts { try await assembly.freezeContacts() }
        return try await draft(
            of: [assembly.contest] + others.map(\.contest), in: assembly, trustees: trustees,
            threshold: threshold, isMock: isMock, hasPaper: hasPaper,
            allowsRemote: bylaws.contains(.remoteVoting))
    }

    /// Drafts a box of contests of an assembly with its trustees and authority.
    static func draft(
        of contests: [ID<Contest>], in assembly: Assembly, trustees: Int = 2, threshold: Int = 2,
        isMock: Bool = false, hasPaper: Bool = false, allowsRemote: Bool = true
    ) async throws -> Self {
        let (now, place, runner) = (assembly.clock.now, assembly.place, assembly.runner)
        try await assembly.drawOrders()
        let choices = BallotBox.Choices(
            group: try #require(BallotBox.Group(rawValue: Group.name)), trustees: trustees,
            threshold: threshold, hasPaper: hasPaper, allowsRemote: allowsRemote, allowsKiosk: true,
            opensAt: now, closesAt: now + 36_000)
        let box = try await runner.run(
            DraftBox(of: contests, choices, isMock: isMock, in: place), as: assembly.committee)
        var principals: [Principal] = []
        for (index, body) in [BoxTrustee.Body.committee, .control, .alliance, .other, .other].prefix(trustees)
            .enumerated()
        {
            let invited = try await assembly.invite("Custodio \(index + 1)")
            try await runner.run(
                AppointTrustee(.user(invited.user), for: body, of: box, in: place), as: assembly.committee)
            principals.append(
                try await assembly.tenants.principal(of: invited.user, in: assembly.organization))
        }
        let invited = try await assembly.invite("Autoridad")
        try await runner.run(
            AppointCredentialAuthority(.user(invited.user), of: box, in: place), as: assembly.committee)
        let authority = try await assembly.tenants.principal(of: invited.user, in: assembly.organization)
        var random = SystemRandomNumberGenerator()
        let seeds = (0..<trustees).map { _ in SecretCode(randomWith: &random) }
        var secrets: [ID<Person>: Group.Scalar] = [:]
        for person in assembly.people { secrets[person] = Group.Scalar(randomWith: &random) }
        let clock = assembly.clock
        return Self(
            assembly: assembly, box: box, choices: choices, trustees: principals,
            members: seeds.enumerated().map { CeremonyMember(index: $0 + 1, seed: $1) }, seeds: seeds,
            authority: authority, secrets: secrets,
            intake: BallotIntake(database: assembly.tenants.database, now: { clock.now }))
    }

    /// Prepares, makes the key, seals, proves the key files and opens.
    static func open(
        electors: Int = 20, trustees: Int = 2, threshold: Int = 2, isMock: Bool = false,
        hasPaper: Bool = false, besides contests: Int = 0,
        terms: Assembly.Terms = Assembly.Terms(), bylaws: [BylawParameter.Name] = [.remoteVoting]
    ) async throws -> Self {
        let made = try await prepare(
            electors: electors, trustees: trustees, threshold: threshold, isMock: isMock, hasPaper: hasPaper,
            besides: contests, terms: terms, bylaws: bylaws)
        try await made.open()
        return made
    }

    /// Makes all ready and opens.
    func open() async throws {
        try await makeReady()
        try await act(.open)
    }

    /// Makes the key, hands the credentials in, seals and proves the key files.
    func makeReady() async throws {
        try await makeKey()
        try await handIn()
        try await seal()
        try await prove()
    }

    // MARK: Keys

    /// Sends a message for the making of the key that counts, or for another.
    func post(
        _ kind: TrusteeMessage.Kind, _ content: [UInt8], by index: Int, ceremony: Int? = nil
    ) async throws {
        let counts = try await desk(index).box.ceremony
        try await runner.run(
            PostTrusteeMessage(kind, content, ceremony: ceremony ?? counts, to: box, in: place),
            as: trustees[index])
    }

    func desk(_ index: Int) async throws -> TrusteeDesk {
        try await runner.fetch(ReadTrusteeDesk(box, in: place), as: trustees[index])
    }

    /// The messages that a desk shows.
    private func shown(_ kind: TrusteeMessage.Kind) async throws -> [[UInt8]] {
        try await desk(0).messages.filter { $0.kind == kind }.sorted { $0.number < $1.number }.map(\.content)
    }

    private func ceremony() async throws -> Ceremony<Group> {
        try Ceremony(try await shown(.certificate).map { try SignedMessage(reading: $0) })
    }

    /// Each trustee's secret: their own key, or their share of one.
    func secret(_ index: Int) async throws -> Group.Scalar {
        guard choices.threshold < choices.trustees else {
            return TrusteeKey<Group>.singleSecret(of: seeds[index])
        }
        return try members[index].share(
            in: try await ceremony(),
            polynomials: try await shown(.polynomial).map { try PolynomialMessage(reading: $0) })
    }

    /// Makes the key, step by step.
    func makeKey() async throws {
        var random = random
        guard choices.threshold < choices.trustees else {
            for index in trustees.indices {
                let key = TrusteeKey<Group>(single: try await secret(index), with: &random)
                try await post(.singleKey, key.text, by: index)
            }
            return
        }
        for index in trustees.indices {
            let certificate = members[index].certificate(
                size: choices.trustees, threshold: choices.threshold, with: &random)
            try await post(.certificate, certificate.text, by: index)
        }
        let ceremony = try await ceremony()
        for index in trustees.indices {
            try await post(
                .polynomial, try members[index].polynomial(in: ceremony, with: &random).text, by: index)
        }
        for index in trustees.indices {
            let key = members[index].verificationKey(of: try await secret(index), with: &random)
            try await post(.verificationKey, key.text, by: index)
        }
    }

    /// The public halves, with a serial for each and two spares.
    func credentials() -> [BoxCredential] {
        var random = random
        let own = assembly.people.enumerated().map { index, person in
            BoxCredential(credential(of: person), serial: "A\(index)", of: person)
        }
        let spares = (0..<2).map { index in
            BoxCredential(
                text(Group.secretPower(to: Group.Scalar(randomWith: &random))), serial: "R\(index)",
                isSpare: true)
        }
        return own + spares
    }

    private func text(_ element: Group.Element) -> String {
        String(decoding: Group.text(of: element), as: UTF8.self)
    }

    func credential(of person: ID<Person>) -> String {
        secrets[person].map { text(Group.secretPower(to: $0)) } ?? ""
    }

    func handIn() async throws {
        try await runner.run(UploadCredentials(credentials(), to: box, in: place), as: authority)
    }

    func seal() async throws { try await runner.run(SealBox(box, in: place), as: assembly.committee) }

    /// Each trustee decrypts the number that nobody voted.
    func prove() async throws {
        var random = random
        for index in trustees.indices {
            let desk = try await desk(index)
            let number = try Group.Scalar(reading: Array(try #require(desk.trialNumber).utf8)[...])
            let fingerprint = try #require(desk.box.fingerprint)
            let trial = PartialDecryption<Group>(
                of: EncryptedTally(trial: number), with: try await secret(index),
                fingerprint: "trial|\(fingerprint)",
                generator: &random)
            try await post(.trial, trial.text, by: index)
        }
    }

    // MARK: Acts

    /// Has the committee propose something and the guarantor second it.
    func act(_ kind: BoxAct.Kind, because reason: String = "Así se acordó") async throws {
        let act = try await runner.run(
            ProposeBoxAct(kind, of: box, because: reason, in: place), as: assembly.committee)
        try await runner.run(
            SettleBoxAct(act, seconding: true, of: box, in: place), as: assembly.guarantor)
    }

    /// Challenges the box; as its witness, where nobody is named.
    func challenge(as principal: Principal? = nil) async throws -> ID<Challenge> {
        let witness = try await assembly.tenants.principal(
            .witness, of: assembly.organization, in: .process(place.process, of: place.alliance),
            name: "Testigo Uno")
        return try await runner.run(
            FileChallenge(
                in: place, to: box, by: "Testigo", on: .violenceOrFraud, facts: "Votaron por otra persona"),
            as: principal ?? witness)
    }

    /// Leaves a ballot out for a challenge, which is decided after that.
    func exclude(_ tracker: HashDigest, because reason: String = "Así se acordó") async throws {
        let challenge = try await challenge()
        try await act(.exclude(tracker: tracker, challenge: challenge), because: reason)
        try await assembly.decide(challenge, .excludeBallots)
    }

    func file() async throws -> BoxFile {
        try await runner.fetch(ReadBox(box, in: place), as: assembly.committee)
    }

    // MARK: Votes

    /// A pass from afar, as one that a code gave.
    func pass(for person: ID<Person>) async throws -> EntranceToken {
        let token = EntranceToken.random()
        let pass = VotingPass(
            id: UUID(), box: box, way: .remote, expiresAt: clock.now + VotingEntrance.remoteLife,
            person: person)
        try await assembly.tenants.database.transaction(
            TenantScope(.system(in: assembly.organization.id))
        ) { transaction in
            try await transaction.insert(
                pass, of: place.process, token: token.digest, in: nil, at: clock.now)
        }
        return token
    }

    /// What is voted on, as the archive has it.
    func election() async throws -> ElectionDescription {
        try ElectionDescription(reading: try #require(try await desk(0).election))
    }

    /// The ballot of somebody for an option of each question, 0 being the blank vote.
    func ballot(of person: ID<Person>, for option: Int, in election: ElectionDescription) throws -> [UInt8] {
        try ballot(of: person, for: election.questions.map { _ in [option] }, in: election)
    }

    /// The ballot of somebody for options, question by question, 0 being the blank vote.
    func ballot(
        of person: ID<Person>, for options: [[Int]], in election: ElectionDescription
    ) throws -> [UInt8] {
        var random = random
        let maker = BallotMaker<Group>(
            election: election, key: try Group.element(reading: election.publicKey[...]))
        let votes = zip(election.questions, options).map { question, chosen in
            (0..<question.choiceCount).map(chosen.contains)
        }
        return maker.ballot(
            votes: votes, credential: try #require(secrets[person]), with: &random
        ).text
    }

    @discardableResult
    func cast(_ ballot: [UInt8], by token: EntranceToken) async throws -> CastReceipt {
        try await intake.cast(ballot, by: token, of: assembly.organization.id)
    }

    /// Has the first so many people vote for the options in turn.
    func vote(_ options: [Int]) async throws {
        let election = try await election()
        try await vote(ballots: options.map { option in election.questions.map { _ in [option] } })
    }

    /// Has the first so many people vote, each for options question by question.
    func vote(ballots: [[[Int]]]) async throws {
        let election = try await election()
        for (person, options) in zip(assembly.people, ballots) {
            try await cast(
                try ballot(of: person, for: options, in: election), by: try await pass(for: person))
        }
    }

    /// Closes, adds up and decrypts.
    func count(by indices: [Int] = [0, 1]) async throws {
        try await act(.close)
        try await act(.count)
        try await decrypt(indices)
    }

    /// The encrypted sums.
    private func tally() async throws -> EncryptedTally<Group> {
        let box = try await file().box
        let text = try await assembly.read { try await $0.encryptedTally(of: box) }
        return try EncryptedTally(reading: try #require(text))
    }

    /// The trustees that are named decrypt.
    func decrypt(_ indices: [Int]) async throws {
        var random = random
        let tally = try await tally()
        for index in indices {
            let desk = try await desk(index)
            let part = BoundDecryption(
                of: tally,
                with: try await secret(index),
                fingerprint: try #require(desk.box.fingerprint), generator: &random)
            try await post(.partialDecryption, part.text, by: index)
        }
    }

    // MARK: Archive

    /// The archive as anybody downloads it.
    func archive(_ archive: Int = 0) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await BoxArchive.write { position, limit in
            try await assembly.tenants.database.read(PublicScope()) { transaction in
                try await transaction.archiveRecords(
                    of: box, archive: archive, from: position, limit: limit, in: assembly.organization.id)
            }
        } to: {
            bytes += $0
        }
        return bytes
    }
}

extension Assembly {
    /// Invites somebody who is nothing yet, with a document that nobody of the register has.
    func invite(_ name: String, document: IdentityDocument? = nil) async throws -> Invitation {
        try await tenants.invite(
            nil, of: organization, name: name,
            document: try document
                ?? IdentityDocument(type: .passport, number: "\(UUID().uuidString.suffix(12))"))
    }

    /// Has thirteen electors come, of whom the seven who did not vote in the box vote on paper, and counts the table.
    func voteAtTheTable() async throws {
        let session = try await openSession()
        try await letIn(people[..<13], to: session)
        try await vote([slates[0]: 4, slates[1]: 2], blank: 1, at: poll, in: session)
    }

    /// Keeps an address of their own for each elector, as freezing the roll does.
    fileprivate func freezeContacts() async throws {
        try await tenants.database.transaction(TenantScope(.terminal(in: organization.id))) { transaction in
            for (index, person) in people.enumerated() {
                transaction.queue(
                    """
                    insert into elections.roll_contacts (organization_id, process_id, person_id, email)
                    values (\(organization.id), \(place.process), \(person), \("elector\(index)@ejemplo.invalid"))
                    """)
            }
        }
    }

    /// Adopts bylaws that say yes to something.
    fileprivate func adopt(_ names: [BylawParameter.Name]) async throws {
        let today = ColombianTime.date(at: clock.now)
        try await runner.run(
            AdoptBylaws(
                "Reglamento", of: place.alliance, approvedOn: today - 30, inForceFrom: today - 30,
                articles: [BylawArticle(number: "7", heading: "Voto", body: "Se vota en secreto.")],
                parameters: try names.map {
                    try BylawParameter(name: $0, text: "si", article: "7", norm: nil, isConfirmed: true)
                }), as: .terminal(in: organization.id))
    }
}

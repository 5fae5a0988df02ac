import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

/// An alliance of San Antero with the requirements of the catalogue, and what tests put into it.
struct EligibleAlliance {
    static let day = CalendarDate(dayNumber: 20_525)

    let tenants: TestTenants
    let organization: Organization
    let alliance: Alliance
    let recorder: Principal

    static func make() async throws -> Self {
        let tenants = try await TestTenants.make()
        try await RequirementCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: tenants.database)
        let organization = try await tenants.insurer()
        return Self(
            tenants: tenants, organization: organization,
            alliance: try await tenants.alliance(in: organization),
            recorder: try await tenants.principal(.office, of: organization))
    }

    var scope: TenantScope { TenantScope(recorder) }

    /// Writes people with their facts; those who are members among them all joined a year ago.
    func insert(_ people: [(ID<Person>, OraclePerson)]) async throws {
        let text = try await tenants.runner.run(
            PublishConsentText(
                "La entidad trata sus datos para que usted participe en la alianza de usuarios.",
                for: .personalData, from: Self.day - 5000),
            as: recorder)
        let reviewer = try await tenants.principal(.office, of: organization, name: "Otra Persona")
        try await tenants.database.transaction(scope) { transaction in
            let space = (organization.id, alliance.id)
            let batches = (0..<4).map { _ in ID<ImportBatch>() }
            for (index, batch) in batches.enumerated() {
                transaction.queue(
                    """
                    insert into membership.import_batches (
                        organization_id, batch_id, file_name, sha256, cutoff_on, state, read_rows, new_rows,
                        changed_rows, unchanged_rows, refused_rows, imported_at, turn)
                    values (\(space.0), \(batch), 'padron.csv', \([UInt8](repeating: 0, count: 32)), \(Self.day),
                        'merged', 0, 0, 0, 0, 0, \(tenants.clock.now), \(index + 1))
                    """)
            }
            for (id, person) in people {
                let (last, earlier) = (person.states.last, person.states.dropLast())
                guard let last else { continue }
                transaction.queue(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (\(space.0), \(id), \(person.documentType), \(person.documentNumber), 'Prueba', 'Ana',
                        \(person.birth), 'F', \(person.municipality), 'subsidiado', \(last.value), 'EPS048',
                        \(last.from))
                    """)
                for (index, (state, next)) in zip(earlier, person.states.dropFirst()).enumerated() {
                    transaction.queue(
                        """
                        insert into membership.affiliate_versions (
                            organization_id, person_id, valid_from, valid_until, first_surname, first_name,
                            birth_date, sex, municipality_code, regime, affiliation_state, insurer_code,
                            replaced_by)
                        values (\(space.0), \(id), \(state.from), \(next.from), 'Prueba', 'Ana', \(person.birth),
                            'F', \(person.municipality), 'subsidiado', \(state.value), 'EPS048',
                            \(batches[index]))
                        """)
                }
                let consent = ID<ConsentText>()
                let given = person.consent?.given ?? Self.day - 4000
                transaction.queue(
                    """
                    insert into membership.consents (
                        organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel,
                        recorded_at, withdrawn_on)
                    values (\(space.0), \(consent), \(id), \(text.id), 'personal_data', \(given), 'paper',
                        \(tenants.clock.now), \(person.consent == nil ? given : person.consent?.withdrawn))
                    """)
                transaction.queue(
                    """
                    insert into membership.memberships (
                        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
                    values (\(space.0), \(ID<MemberPeriod>()), \(space.1), \(id), \(consent), \(Self.day - 365),
                        \(tenants.clock.now))
                    """)
                for paper in person.papers {
                    let place = self.place(paper.place)
                    let origin = UUID()
                    let fact = FactRecord(
                        person: id, kind: paper.kind, value: paper.value, source: "prueba",
                        validFrom: paper.from, validUntil: paper.until, happenedAt: paper.happenedAt,
                        alliance: place?.alliance, process: place?.process, needsReview: paper.review != nil,
                        origin: origin)
                    let now = tenants.clock.now
                    try await transaction.record(fact, at: paper.isLate ? now + 60 : now)
                    if let review = paper.review, review != "pending", let user = reviewer.user, let place {
                        try await transaction.review(
                            fact.id, in: place, isAccepted: review == "accepted",
                            because: review == "accepted" ? nil : "ilegible", by: user,
                            at: paper.isLate || paper.isReviewedLate ? now + 60 : now)
                    }
                    if paper.isCancelled {
                        try await transaction.cancelFacts(of: origin, because: "prueba", at: now)
                    }
                }
            }
        }
    }

    static let process = ID<ElectoralProcess>()
    private static let otherProcess = ID<ElectoralProcess>()
    private static let otherAlliance = ID<Alliance>()
    var space: EligibilitySpace {
        EligibilitySpace(
            alliance: alliance.id, process: Self.process,
            body: ContestedBody(id: OraclePerson.body, termLimit: 2, norm: "Reglamento, artículo 8"))
    }

    private func place(_ place: OraclePerson.Place) -> EligibilitySpace? {
        switch place {
        case .everywhere: nil
        case .here: EligibilitySpace(alliance: alliance.id)
        case .hereInThisElection: EligibilitySpace(alliance: alliance.id, process: Self.process)
        case .hereInAnotherElection: EligibilitySpace(alliance: alliance.id, process: Self.otherProcess)
        case .elsewhere: EligibilitySpace(alliance: Self.otherAlliance)
        }
    }
}

@Suite struct EligibilityTests {
    @Test func `a dossier and a whole roll say what a reckoning without SQL says`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("semilla de elegibilidad: \(seed)")
        var random = SeededRandom(seed: seed)
        let place = try await EligibleAlliance.make()
        let people = (0..<300).map { number in
            (ID<Person>(), OraclePerson(number, around: EligibleAlliance.day, using: &random))
        }
        try await place.insert(people)
        // As autovacuum, which tests go without, does soon after an import.
        try await place.tenants.database.script("analyze", as: .owner)
        let listed = try people.filter(\.1.isListed).map { person in
            try IdentityDocument(
                type: try #require(DocumentType(rawValue: person.1.documentType)),
                number: person.1.documentNumber)
        }
        try await place.tenants.runner.run(
            LoadStaffList(Set(listed), asOf: OraclePerson.staffListDay), as: place.recorder)
        let own = EligibilitySpace(alliance: place.alliance.id)
        let switched: [(EligibilityTarget, [String])] = [
            (.candidate, ["E05", "E06", "E07", "E08", "E09", "E12", "E13", "E14"]),
            (.holder, ["E05", "E12", "E13", "E14", "E15"]),
        ]
        for (target, codes) in switched {
            for code in codes {
                try await place.tenants.runner.run(
                    SwitchRequirement(
                        code, for: target, in: own, isOn: true,
                        parameters: code == "E05" && target == .holder
                            ? [
                                "from": .text(OraclePerson.window.from.description),
                                "until": .text(OraclePerson.window.until.description),
                            ] : [:],
                        because: "Reglamento, artículo 7"),
                    as: place.recorder)
            }
        }
        let expectations: [(EligibilityTarget, [String])] = [
            (.member, ["E01", "E03", "E04", "E17"]),
            (.elector, ["E01", "E02", "E03", "E04", "E16", "E17"]),
            (
                .candidate,
                [
                    "E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13",
                    "E14", "E15", "E16", "E17",
                ]
            ),
            (.holder, ["E01", "E03", "E04", "E05", "E10", "E11", "E12", "E13", "E14", "E15", "E16", "E17"]),
        ]
        for (target, codes) in expectations {
            for day in [EligibleAlliance.day, EligibleAlliance.day - 1, EligibleAlliance.day - 40] {
                let roll = try await place.tenants.database.read(place.scope) { transaction in
                    try await transaction.rows(
                        try await transaction.verdicts(
                            as: target, in: place.space, on: day, at: place.tenants.clock.now),
                        as: RollRow.self)
                }
                #expect(roll.count == people.count)
                let byPerson = Dictionary(uniqueKeysWithValues: roll.map { ($0.person, $0) })
                for (index, (id, person)) in people.enumerated() {
                    let expected = codes.map {
                        ($0, person.verdict(on: $0, day, inWindow: target == .holder))
                    }
                    let row = try #require(byPerson[id])
                    #expect(
                        row.failed == expected.filter { $0.1 == .fail }.map(\.0),
                        "semilla \(seed), persona \(index), \(target), \(day)")
                    #expect(
                        row.unproven == expected.filter { $0.1 == .unproven }.map(\.0),
                        "semilla \(seed), persona \(index), \(target), \(day)")
                    guard index < 25 else { continue }
                    let dossier = try await place.tenants.database.read(place.scope) { transaction in
                        try await transaction.dossier(
                            of: id, as: target, in: place.space, on: day, at: place.tenants.clock.now)
                    }
                    #expect(
                        dossier.outcomes.map { "\($0.requirement.id) \($0.verdict)" }
                            == expected.map { "\($0.0) \($0.1)" },
                        "semilla \(seed), persona \(index), \(target), \(day)")
                }
            }
        }
    }
}

private struct RollRow: RowDecodable {
    let person: ID<Person>
    let verdict: String
    let failed: [String]
    let unproven: [String]

    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        verdict = try row["verdict"]
        failed = try row["failed"]
        unproven = try row["unproven"]
    }
}

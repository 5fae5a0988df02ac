import Foundation
public import Kernel
import Membership
import Postgres
public import Tenancy

/// What a booth shows its voter, and what their browser encrypts to.
public struct BoothFile: Sendable {
    /// The box.
    public let box: BallotBox
    /// The alliance and the process, for the addresses around the booth.
    public let place: ProcessPlace
    /// What the alliance is called.
    public let alliance: String
    /// `election.json`, byte by byte.
    public let election: [UInt8]
    /// The names of its trustees, by number.
    public let trustees: [String]
    /// What it asks.
    public let questions: [BoxQuestion]
    /// The principals of each slate that can be chosen, in their order.
    public let principals: [ID<Slate>: [String]]
    /// The voter's own public credential, so that another's slip is told before anything is chosen; `nil` where none is
    /// bound to them.
    public let credential: String?
    /// Where it is not known who votes, what a code may lead to: of each public credential the first eight octets of its
    /// SHA-256, in hexadecimal and in their order. They are made of the list that the archive begins with.
    public let credentialMarks: [String]
}

/// A device that is a booth, as it waits for its next voter.
public struct WaitingKiosk: Sendable {
    /// Identifies it.
    public let id: ID<Kiosk>
    /// What the jurors call it.
    public let name: String
    /// The box.
    public let box: BallotBox
    /// The name of the process.
    public let processName: String
    /// The table's number.
    public let table: Int
    /// Whether slips without a name are drawn at it.
    public let hasDrawnSlips: Bool
}

extension VotingEntrance {
    /// The booth of a device that waits for its next voter: the turn of whoever was in it is over.
    ///
    /// - Throws: ``EntranceError/kioskUnknown``.
    public func free(
        _ token: EntranceToken, of organization: ID<Organization>
    ) async throws -> WaitingKiosk {
        let now = clock()
        return try await database.transaction(TenantScope(.system(in: organization))) { transaction in
            guard let known = try await transaction.kiosk(by: token.digest) else {
                throw EntranceError.kioskUnknown
            }
            try await transaction.endPasses(in: known.id, at: now)
            return try await transaction.waiting(known)
        }
    }

    /// The booth of a device, for who knows its PIN.
    ///
    /// - Throws: ``EntranceError``, `SignInError/busy`.
    public func kiosk(
        _ token: EntranceToken, pin: String, of organization: ID<Organization>
    ) async throws -> WaitingKiosk {
        let scope = TenantScope(.system(in: organization))
        let known = try await opened(token, by: pin, in: scope, at: clock())
        return try await database.read(scope) { try await $0.waiting(known) }
    }

    /// Lets an elector in to a booth by the document that they show, binding the slip that they drew, where they did.
    ///
    /// - Returns: The pass, and the token by which the booth casts.
    /// - Throws: ``EntranceError``, ``BoxError``, `SignInError/busy`.
    public func letIn(
        _ document: IdentityDocument, drawing serial: String?, to booth: EntranceToken, pin: String,
        of organization: ID<Organization>
    ) async throws -> (pass: VotingPass, token: EntranceToken) {
        let scope = TenantScope(.system(in: organization))
        // Whoever has no PIN learns of nobody: an unknown document is refused after it.
        let person = try await database.read(scope) { try await $0.person(with: document) } ?? ID<Person>()
        let entered = try await letIn(person, to: booth, pin: pin, of: organization)
        do {
            try await database.transaction(scope) { transaction in
                guard let box = try await transaction.box(entered.pass.box) else {
                    throw EntranceError.notOpen
                }
                try await transaction.ready(person, with: serial.map(BindSlip.normal), in: box)
            }
        } catch {
            try await leave(entered.token, of: organization)
            throw error
        }
        return entered
    }

    /// What the booth of a pass shows.
    ///
    /// - Throws: ``EntranceError/notOpen``.
    public func booth(of pass: VotingPass, in organization: ID<Organization>) async throws -> BoothFile {
        let file = try await database.read(TenantScope(.system(in: organization))) { transaction in
            try await transaction.booth(of: pass.box, for: pass.person)
        }
        guard let file else { throw EntranceError.notOpen }
        return file
    }

    /// What the booth of a box shows whoever votes in it; `nil` before it is sealed.
    public func booth(of box: ID<BallotBox>, in organization: ID<Organization>) async throws -> BoothFile? {
        try await database.read(TenantScope(.system(in: organization))) { transaction in
            try await transaction.booth(of: box, for: nil)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// What the booth of a box shows, with the credential of who votes where that is known.
    fileprivate func booth(of id: ID<BallotBox>, for person: ID<Person>?) async throws -> BoothFile? {
        guard let box = try await box(id), let opening = try await opening(of: box) else { return nil }
        var credential: String?
        if let person { credential = try await usableCredential(of: person, in: id) }
        return BoothFile(
            box: box, place: box.place, alliance: try await allianceName(box.place.alliance),
            election: opening.election,
            trustees: try await trustees(of: box).map(\.name), questions: try await questions(of: id),
            principals: try await principals(asked: id), credential: credential,
            credentialMarks: person == nil ? try await credentialMarks(of: id) : [])
    }

    /// A booth as its device shows it.
    fileprivate func waiting(_ known: KnownKiosk) async throws -> WaitingKiosk {
        guard let box = try await box(known.box), let process = try await process(known.process),
            let kiosk = try await kiosks(of: box.id).first(where: { $0.id == known.id })
        else { throw EntranceError.kioskUnknown }
        return WaitingKiosk(
            id: known.id, name: kiosk.name, box: box, processName: process.name, table: kiosk.tableNumber,
            hasDrawnSlips: try await credentialCount(of: box.id).drawn > 0)
    }

    /// Sees to it that somebody who enters a booth has a slip: their own, or the one that they drew.
    fileprivate func ready(
        _ person: ID<Person>, with serial: String?, in box: BallotBox
    ) async throws {
        let own = try await slip(of: person, in: box.id)
        guard let serial else {
            guard own != nil else { throw EntranceError.noSlip }
            return
        }
        if let own, own.serial == serial { return }
        guard let drawn = try await slip(numbered: serial, in: box.id) else {
            throw BoxError.slipUnknown(serial)
        }
        guard drawn.isUsable else { throw EntranceError.slipReplaced(by: own?.serial) }
        guard own == nil else { throw EntranceError.otherSlip }
        try await bind(serial, to: person, in: box, because: nil)
    }

    private func allianceName(_ alliance: ID<Alliance>) async throws -> String {
        try await value(
            """
            select name from tenancy.alliances where organization_id = \(organization) and alliance_id = \(alliance)
            """) ?? ""
    }

    /// The usable credential of somebody in a box.
    fileprivate func usableCredential(of person: ID<Person>, in box: ID<BallotBox>) async throws -> String? {
        try await value(
            """
            select credential from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box) and person_id = \(person) and is_usable
            """)
    }

    private func credentialMarks(of box: ID<BallotBox>) async throws -> [String] {
        try await values(
            """
            select encode(substring(sha256(convert_to(credential, 'UTF8')) for 8), 'hex')
            from elections.box_credentials
            where organization_id = \(organization) and box_id = \(box)
            order by 1
            """)
    }

    /// The principals of the slates that a box asks about.
    fileprivate func principals(asked box: ID<BallotBox>) async throws -> [ID<Slate>: [String]] {
        let rows = try await rows(
            """
            select options.slate_id, array_agg(candidates.name order by candidates.position) as names
            from elections.box_options as options
            join elections.candidates on candidates.organization_id = options.organization_id
                and candidates.slate_id = options.slate_id
            where options.organization_id = \(organization) and options.box_id = \(box)
                and candidates.state = 'standing' and candidates.role = 'principal'
            group by options.slate_id
            """, as: SlateNames.self)
        return Dictionary(rows.map { ($0.slate, $0.names) }) { first, _ in first }
    }
}

private struct SlateNames: RowDecodable {
    let slate: ID<Slate>
    let names: [String]

    init(row: Row) throws(RowError) {
        slate = try row["slate_id"]
        names = try row["names"]
    }
}

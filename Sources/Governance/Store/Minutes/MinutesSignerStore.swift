import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Who signs minutes, in their order.
    func minutesSigners(of minutes: ID<Minutes>) async throws -> [MinutesSigner] {
        try await rows(
            """
            select signer_id, position, office, seat_id, person_id, user_id, name, way, drawing, proof,
                coalesce(
                    (
                        select scans.file_id from governance.minutes_scans as scans
                        where scans.organization_id = \(organization)
                            and scans.signer_id = minutes_signers.signer_id and scans.confirmed_at is not null
                        order by scans.attached_at desc, scans.scan_id desc limit 1
                    ), paper_file_id) as paper_file_id,
                signed_version, signed_sha256, signed_at
            from governance.minutes_signers
            where organization_id = \(organization) and minutes_id = \(minutes) and removed_at is null
            order by position
            """)
    }

    /// Who would sign the minutes of a meeting: those who held presidency and secretariat of its body on the day, of
    /// the alliance's board where no body met, or else who led the meeting.
    func proposedSigners(
        of meeting: Meeting, in alliance: ID<Alliance>, facilitator: (name: String, post: String?)?
    ) async throws -> [MinutesSigner] {
        let bodies = try await seatedBodies(of: alliance, on: meeting.day).filter { !$0.body.isExternal }
        let seated =
            bodies.first { $0.body.id == meeting.body }
            ?? bodies.first { $0.body.kind == .board }
            ?? bodies.first { $0.body.kind == .organizingCommittee }
        let held = (seated?.seatings ?? []).compactMap { seating in
            seating.principal.map { (seating.seat, $0.mandate) }
        }
        let named = held.filter { MinutesSigner.signs($0.0) }
        // A committee without hierarchy: whoever led the meeting signs, and the first of the committee with them.
        let chosen = named.isEmpty ? Array(held.prefix(facilitator == nil ? 2 : 1)) : named
        var signers = chosen.enumerated().map { index, holder in
            MinutesSigner(
                position: index + 1, office: holder.0.title, seat: holder.0.id, person: holder.1.person,
                name: holder.1.holderName)
        }
        if named.isEmpty, let facilitator {
            signers.append(
                MinutesSigner(
                    position: signers.count + 1, office: facilitator.post ?? "Facilitador",
                    user: try await account(named: facilitator.name), name: facilitator.name))
        }
        return signers
    }

    /// The account of the tenant that bears a name, where just one does.
    private func account(named name: String) async throws -> ID<User>? {
        let found = try await users().filter { $0.user.isActive && $0.user.name.folded == name.folded }
        return found.count == 1 ? found[0].user.id : nil
    }

    /// Takes others for those who have not signed.
    func replace(signers: [MinutesSigner], of draft: MinutesDraft, at now: Date) async throws {
        try await execute(
            """
            update governance.minutes_signers set removed_at = \(now)
            where organization_id = \(organization) and minutes_id = \(draft.id) and signed_at is null
                and removed_at is null
            """)
        for signer in signers where signer.signature == nil {
            try await execute(
                """
                insert into governance.minutes_signers (
                    organization_id, signer_id, minutes_id, alliance_id, is_reserved, position, office,
                    seat_id, person_id, user_id, name)
                values (
                    \(organization), \(signer.id), \(draft.id), \(draft.alliance), \(draft.isReserved),
                    \(signer.position), \(signer.office), \(signer.seat), \(signer.person), \(signer.user),
                    \(signer.name))
                """)
        }
    }

    /// Keeps a signature.
    ///
    /// - Throws: ``MinutesError/signedAlready``.
    func sign(_ signer: UUID, _ signature: MinutesSigner.Signature) async throws {
        let signed = try await execute(
            """
            update governance.minutes_signers
            set way = \(signature.way), drawing = \(signature.drawing?.outline), proof = \(signature.proof),
                paper_file_id = \(signature.paper), signed_version = \(signature.version),
                signed_sha256 = \(signature.digest.bytes), signed_at = \(signature.at),
                signed_by = \(scope.principal.user)
            where organization_id = \(organization) and signer_id = \(signer) and signed_at is null
                and removed_at is null
            """)
        guard signed == 1 else { throw MinutesError.signedAlready }
    }

    /// Whether who acts was in a meeting.
    func wasIn(_ meeting: ID<Meeting>) async throws -> Bool {
        guard let user = scope.principal.user, let person = try await person(of: user) else { return false }
        return try await attended(meeting, person)
    }

    /// The approved minutes that who acts is to sign, the earliest meeting first.
    public func minutesToSign() async throws -> [MinutesToSign] {
        guard let user = scope.principal.user else { return [] }
        let person = try await person(of: user)
        return try await rows(
            """
            select drafts.meeting_id, drafts.alliance_id, alliances.slug
            from governance.minutes_signers as signers
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.minutes_id = signers.minutes_id and drafts.state = 'approved'
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = drafts.alliance_id
            where signers.organization_id = \(organization) and signers.signed_at is null
                and signers.removed_at is null
                and (signers.user_id = \(user) or signers.person_id = \(person))
            order by meetings.day, drafts.meeting_id
            """)
    }

    // MARK: Codes

    /// Keeps the digest of a code.
    func insert(
        code: UUID, digest: [UInt8], for signer: UUID, sentTo address: String, until end: Date, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.minutes_codes (
                organization_id, code_id, signer_id, digest, sent_to, sent_at, expires_at, attempts)
            values (
                \(organization), \(code), \(signer), \(digest), \(address), \(now), \(end), 0)
            """)
    }

    /// The code that was sent last to a signer, while it is good.
    func signingCode(of signer: UUID, at now: Date) async throws -> SigningCodeRow? {
        try await row(
            """
            select code_id, digest, sent_to, sent_at, attempts from governance.minutes_codes
            where organization_id = \(organization) and signer_id = \(signer) and used_at is null
                and expires_at > \(now)
            order by sent_at desc limit 1
            """)
    }

    /// Counts an attempt at a code.
    func tried(_ code: UUID) async throws {
        try await execute(
            """
            update governance.minutes_codes set attempts = attempts + 1
            where organization_id = \(organization) and code_id = \(code)
            """)
    }

    /// Uses a code up.
    func use(_ code: UUID, at now: Date) async throws {
        try await execute(
            """
            update governance.minutes_codes set used_at = \(now)
            where organization_id = \(organization) and code_id = \(code) and used_at is null
            """)
    }
}

/// Approved minutes that wait for the signature of who looks.
public struct MinutesToSign: Sendable, Hashable, RowDecodable {
    /// Their meeting.
    public let meeting: ID<Meeting>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The part of addresses that names it.
    public let slug: String

    /// Reads a row of `governance.minutes_signers` with its minutes.
    public init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        alliance = try row["alliance_id"]
        slug = try row["slug"]
    }
}

/// A code as it is kept.
struct SigningCodeRow: RowDecodable {
    let id: UUID
    let digest: [UInt8]
    let sentTo: String
    let sentAt: Date
    let attempts: Int

    init(row: Row) throws(RowError) {
        id = try row["code_id"]
        digest = try row["digest"]
        sentTo = try row["sent_to"]
        sentAt = try row["sent_at"]
        attempts = try row["attempts"]
    }
}

extension MinutesSigner: RowDecodable {
    /// Reads a row of `governance.minutes_signers`.
    public init(row: Row) throws(RowError) {
        let way: Way? = try row["way"]
        var signature: Signature?
        if let way {
            let outline: String? = try row["drawing"]
            var drawing: SignatureDrawing?
            if let outline {
                do {
                    drawing = try SignatureDrawing(outline)
                } catch {
                    throw RowError(unreadable: "drawing", because: error)
                }
            }
            signature = Signature(
                way: way, drawing: drawing, proof: try row["proof"], paper: try row["paper_file_id"],
                digest: try row.digest("signed_sha256"), version: try row["signed_version"],
                at: try row["signed_at"])
        }
        self.init(
            id: try row["signer_id"], position: try row["position"], office: try row["office"],
            seat: try row["seat_id"], person: try row["person_id"], user: try row["user_id"],
            name: try row["name"], signature: signature)
    }
}

extension MinutesSigner.Way: SQLValue {}

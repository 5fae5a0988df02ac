import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The handovers of a body, the latest change first.
    public func handovers(of body: ID<Body>) async throws -> [Handover] {
        try await rows(
            """
            \(fragment: handoverColumns(organization)) and handovers.body_id = \(body)
            order by handovers.changed_on desc, handovers.prepared_at desc
            """)
    }

    /// A handover of an alliance, `nil` where it has none of that identifier.
    public func handover(_ id: ID<Handover>, of alliance: ID<Alliance>) async throws -> Handover? {
        try await row(
            """
            \(fragment: handoverColumns(organization)) and handovers.alliance_id = \(alliance)
                and handovers.handover_id = \(id)
            """)
    }

    /// A handover that is open, held fast until the transaction ends.
    ///
    /// - Throws: ``HandoverError/notFound``, ``HandoverError/closed``.
    func openHandover(_ id: ID<Handover>, of alliance: ID<Alliance>) async throws -> Handover {
        try await execute(
            """
            select true from governance.handovers
            where organization_id = \(organization) and handover_id = \(id) for no key update
            """)
        guard let found = try await handover(id, of: alliance) else { throw HandoverError.notFound }
        guard found.state == .open else { throw HandoverError.closed }
        return found
    }

    /// The points of a handover, in their order.
    public func items(of handover: ID<Handover>) async throws -> [HandoverItem] {
        try await rows(
            """
            select item_key, kind, title, detail, state, note from governance.handover_items
            where organization_id = \(organization) and handover_id = \(handover)
            order by position, item_key
            """)
    }

    /// Who signs a handover: those who deliver first, each side in its order.
    public func signers(of handover: ID<Handover>) async throws -> [HandoverSigner] {
        try await rows(
            """
            select signer_id, side, position, office, seat_id, mandate_id, person_id, name, excuse, way, drawing,
                paper_file_id, signed_sha256, signed_at
            from governance.handover_signers
            where organization_id = \(organization) and handover_id = \(handover)
            order by side desc, position
            """)
    }

    /// Adds a handover with its signers and points.
    ///
    /// - Throws: ``HandoverError/alreadyOpen``.
    func insert(
        _ handover: Handover, signers: [HandoverSigner], items: [HandoverItem], at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.handovers (
                organization_id, handover_id, alliance_id, body_id, changed_on, state, prepared_at, prepared_by)
            values (
                \(organization), \(handover.id), \(handover.alliance), \(handover.body), \(handover.changedOn),
                'open', \(now), \(scope.principal.user))
            """,
            refusals: ["handovers_one_open_key": HandoverError.alreadyOpen])
        try await execute(
            """
            insert into governance.handover_signers (
                organization_id, signer_id, handover_id, side, position, office, seat_id, mandate_id, person_id,
                name)
            select \(organization), signer_id, \(handover.id), side, position, office, seat_id, mandate_id,
                person_id, name
            from unnest(
                \(signers.map(\.id)), \(signers.map(\.side.rawValue)), \(signers.map(\.position)),
                \(signers.map(\.office)), \(signers.map(\.seat)), \(signers.map(\.mandate)),
                \(signers.map(\.person)), \(signers.map(\.name))
            ) as signers (signer_id, side, position, office, seat_id, mandate_id, person_id, name)
            """)
        try await replace(items: items, of: handover.id)
    }

    /// Writes the points of a handover in the place of those that it has.
    func replace(items: [HandoverItem], of handover: ID<Handover>) async throws {
        try await pipeline([
            """
            delete from governance.handover_items
            where organization_id = \(organization) and handover_id = \(handover)
            """,
            """
            insert into governance.handover_items (
                organization_id, handover_id, item_key, position, kind, title, detail, state, note)
            select \(organization), \(handover), item_key, position, kind, title, detail, state, note
            from unnest(
                \(items.map(\.key)), \(items.map(\.kind.rawValue)), \(items.map(\.title)),
                \(items.map(\.detail)), \(items.map(\.state.rawValue)), \(items.map(\.note))
            ) with ordinality as items (item_key, kind, title, detail, state, note, position)
            """,
        ])
    }

    /// Fixes the digest of the list that is signed.
    func fix(_ digest: HashDigest, of handover: ID<Handover>) async throws {
        try await execute(
            """
            update governance.handovers set words_sha256 = \(digest.bytes)
            where organization_id = \(organization) and handover_id = \(handover) and words_sha256 is null
            """)
    }

    /// Keeps a signature.
    ///
    /// - Throws: ``HandoverError/signedAlready``.
    func sign(_ signer: ID<HandoverSigner>, _ signature: MinutesSigner.Signature) async throws {
        let signed = try await execute(
            """
            update governance.handover_signers
            set way = \(signature.way), drawing = \(signature.drawing?.outline),
                paper_file_id = \(signature.paper), signed_sha256 = \(signature.digest.bytes),
                signed_at = \(signature.at), signed_by = \(scope.principal.user)
            where organization_id = \(organization) and signer_id = \(signer) and signed_at is null
                and excuse is null
            """)
        guard signed == 1 else { throw HandoverError.signedAlready }
    }

    /// Notes why somebody does not sign.
    ///
    /// - Throws: ``HandoverError/signedAlready``.
    func excuse(_ signer: ID<HandoverSigner>, because reason: String) async throws {
        let excused = try await execute(
            """
            update governance.handover_signers set excuse = \(reason)
            where organization_id = \(organization) and signer_id = \(signer) and signed_at is null
                and excuse is null
            """)
        guard excused == 1 else { throw HandoverError.signedAlready }
    }

    /// Ends a handover: signed by all, or given up.
    func close(_ handover: ID<Handover>, droppedBecause reason: String?, at now: Date) async throws {
        try await execute(
            """
            update governance.handovers
            set state = \(reason == nil ? Handover.State.done : .dropped),
                finished_at = \(reason == nil ? now : nil), dropped_reason = \(reason)
            where organization_id = \(organization) and handover_id = \(handover) and state = 'open'
            """)
    }

    // MARK: What waits

    /// The handovers that are open, by alliance.
    func openHandovers() async throws -> [PendingCount] {
        try await rows(
            """
            select handovers.alliance_id, null::uuid as process_id, count(*) as count,
                min(handovers.prepared_at) as since, null::date as due_on
            from governance.handovers
            where handovers.organization_id = \(organization) and handovers.state = 'open'
            group by handovers.alliance_id
            """)
    }

    /// The open handovers whose list was checked and that wait for a person's signature, by alliance.
    func handoversToSign(by person: ID<Person>) async throws -> [PendingCount] {
        try await rows(
            """
            select handovers.alliance_id, null::uuid as process_id, count(*) as count,
                min(handovers.prepared_at) as since, null::date as due_on
            from governance.handover_signers as signers
            join governance.handovers on handovers.organization_id = \(organization)
                and handovers.handover_id = signers.handover_id and handovers.state = 'open'
            where signers.organization_id = \(organization) and signers.person_id = \(person)
                and signers.signed_at is null and signers.excuse is null
                and not exists (
                    select from governance.handover_items as items
                    where items.organization_id = \(organization)
                        and items.handover_id = handovers.handover_id and items.state = 'pending')
            group by handovers.alliance_id
            """)
    }
}

private func handoverColumns(_ organization: ID<Organization>) -> SQL {
    """
    select handovers.handover_id, handovers.alliance_id, handovers.body_id, bodies.name as body_name,
        handovers.changed_on, handovers.state, handovers.words_sha256, handovers.finished_at,
        handovers.dropped_reason
    from governance.handovers
    join governance.bodies on bodies.organization_id = \(organization) and bodies.body_id = handovers.body_id
    where handovers.organization_id = \(organization)
    """
}

// MARK: - Rows

extension Handover: RowDecodable {
    /// Reads a row of `governance.handovers` with the name of its body.
    public init(row: Row) throws(RowError) {
        let digest: [UInt8]? = try row["words_sha256"]
        self.init(
            id: try row["handover_id"], alliance: try row["alliance_id"], body: try row["body_id"],
            bodyName: try row["body_name"], changedOn: try row["changed_on"], state: try row["state"],
            digest: digest.flatMap { HashDigest(bytes: $0) }, finishedAt: try row["finished_at"],
            droppedReason: try row["dropped_reason"])
    }
}

extension HandoverItem: RowDecodable {
    /// Reads a row of `governance.handover_items`.
    public init(row: Row) throws(RowError) {
        self.init(
            key: try row["item_key"], kind: try row["kind"], title: try row["title"],
            detail: try row["detail"], state: try row["state"], note: try row["note"])
    }
}

extension HandoverSigner: RowDecodable {
    /// Reads a row of `governance.handover_signers`.
    public init(row: Row) throws(RowError) {
        let way: MinutesSigner.Way? = try row["way"]
        var signature: MinutesSigner.Signature?
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
            signature = MinutesSigner.Signature(
                way: way, drawing: drawing, proof: nil, paper: try row["paper_file_id"],
                digest: try row.digest("signed_sha256"), version: 1, at: try row["signed_at"])
        }
        self.init(
            id: try row["signer_id"], side: try row["side"], position: try row["position"],
            office: try row["office"], seat: try row["seat_id"], mandate: try row["mandate_id"],
            person: try row["person_id"], name: try row["name"], excuse: try row["excuse"],
            signature: signature)
    }
}

extension Handover.State: SQLValue {}

extension HandoverItem.Kind: SQLValue {}

extension HandoverItem.State: SQLValue {}

extension HandoverSigner.Side: SQLValue {}

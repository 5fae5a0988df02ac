import Foundation
import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    // MARK: Undertakings

    /// The words that are signed now; `nil` where the entity published none.
    public func confidentialityText() async throws -> ConfidentialityText? {
        try await row(
            """
            select text_id, version, words, months from governance.confidentiality_texts
            where organization_id = \(organization)
            order by version desc
            limit 1
            """)
    }

    /// Publishes a version of the words.
    ///
    /// - Throws: ``ConfidentialityError/textChanged`` where somebody else was quicker.
    func publish(_ text: ConfidentialityText, at now: Date) async throws {
        try await execute(
            """
            insert into governance.confidentiality_texts (
                organization_id, text_id, version, words, months, published_at, published_by)
            values (
                \(organization), \(text.id), \(text.version), \(text.words), \(text.months), \(now),
                \(scope.principal.user))
            """,
            refusals: ["confidentiality_texts_version_key": ConfidentialityError.textChanged])
    }

    /// The undertakings of the board of an alliance, the latest first.
    func undertakings(of alliance: ID<Alliance>) async throws -> [ConfidentialityUndertaking] {
        try await rows(
            """
            select undertakings.undertaking_id, texts.version, undertakings.user_id, undertakings.name,
                undertakings.drawing, undertakings.proof, undertakings.paper_file_id,
                undertakings.signed_at, undertakings.starts_on, undertakings.ends_on, undertakings.withdrawn_at,
                undertakings.withdrawal_reason
            from governance.confidentiality_undertakings as undertakings
            join governance.confidentiality_texts as texts on texts.organization_id = \(organization)
                and texts.text_id = undertakings.text_id
            where undertakings.organization_id = \(organization) and undertakings.alliance_id = \(alliance)
            order by undertakings.signed_at desc, undertakings.undertaking_id
            """)
    }

    /// Adds an undertaking to the words of a version.
    ///
    /// - Throws: ``ConfidentialityError/signedAlready``.
    func insert(
        _ undertaking: ConfidentialityUndertaking, to text: ConfidentialityText, in alliance: ID<Alliance>
    ) async throws {
        var (way, drawing, proof, paper) = ("drawn", String?.none, String?.none, ID<StoredFile>?.none)
        switch undertaking.signature {
        case .drawn(let drawn): drawing = drawn.outline
        case .code(let address): (way, proof) = ("code", address)
        case .paper(let file): (way, paper) = ("paper", file)
        }
        try await execute(
            """
            insert into governance.confidentiality_undertakings (
                organization_id, undertaking_id, alliance_id, text_id, user_id, name, way, drawing, proof,
                paper_file_id, words_sha256, signed_at, starts_on, ends_on, recorded_by)
            values (
                \(organization), \(undertaking.id), \(alliance), \(text.id), \(undertaking.user),
                \(undertaking.name), \(way), \(drawing), \(proof), \(paper), \(text.digest.bytes),
                \(undertaking.signedAt), \(undertaking.startsOn), \(undertaking.endsOn),
                \(scope.principal.user))
            """,
            refusals: ["confidentiality_undertakings_current_key": ConfidentialityError.signedAlready])
    }

    /// Writes that an undertaking holds no longer.
    ///
    /// - Throws: ``ConfidentialityError/undertakingNotFound``.
    func withdraw(
        _ undertaking: ID<ConfidentialityUndertaking>, in alliance: ID<Alliance>, because reason: String,
        at now: Date
    ) async throws {
        let written = try await execute(
            """
            update governance.confidentiality_undertakings
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and alliance_id = \(alliance)
                and undertaking_id = \(undertaking) and withdrawn_at is null
            """)
        guard written == 1 else { throw ConfidentialityError.undertakingNotFound }
    }

    /// Alliances on whose board somebody is, that have something to be read, and where they have undertaken nothing that
    /// is in force.
    func undertakingsMissing(of user: ID<User>, on day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select items.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, null::date as due_on
            from governance.confidential_items as items
            where items.organization_id = \(organization) and items.ended_on is null
                and items.until_on >= \(day)
                and not exists (
                    select from governance.confidentiality_undertakings as undertakings
                    where undertakings.organization_id = \(organization)
                        and undertakings.alliance_id = items.alliance_id and undertakings.user_id = \(user)
                        and undertakings.withdrawn_at is null and undertakings.starts_on <= \(day)
                        and undertakings.ends_on >= \(day))
            group by items.alliance_id
            """)
    }

    // MARK: What is handed over

    /// What was handed to the board of an alliance, the latest first.
    func confidentialItems(of alliance: ID<Alliance>) async throws -> [ConfidentialItem] {
        try await rows(
            """
            select item_id, title, giver, purpose, received_on, until_on, ended_on, end_reason
            from governance.confidential_items
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by received_on desc, item_id
            """)
    }

    /// Something that was handed over, kept as it is until the transaction ends.
    ///
    /// - Throws: ``ConfidentialityError/notFound``.
    func lockedConfidentialItem(
        _ id: ID<ConfidentialItem>, of alliance: ID<Alliance>
    ) async throws -> ConfidentialItem {
        let found = try await row(
            """
            select item_id, title, giver, purpose, received_on, until_on, ended_on, end_reason
            from governance.confidential_items
            where organization_id = \(organization) and alliance_id = \(alliance) and item_id = \(id)
            for no key update
            """, as: ConfidentialItem.self)
        guard let found else { throw ConfidentialityError.notFound }
        return found
    }

    /// Adds what was handed over.
    func insert(_ item: ConfidentialItem, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.confidential_items (
                organization_id, item_id, alliance_id, title, giver, purpose, received_on, until_on, recorded_at,
                recorded_by)
            values (
                \(organization), \(item.id), \(alliance), \(item.title), \(item.giver), \(item.purpose),
                \(item.receivedOn), \(item.untilOn), \(now), \(scope.principal.user))
            """)
    }

    /// Writes that something may be read no longer.
    func end(_ item: ID<ConfidentialItem>, _ end: ConfidentialItem.End) async throws {
        try await execute(
            """
            update governance.confidential_items set ended_on = \(end.day), end_reason = \(end.reason)
            where organization_id = \(organization) and item_id = \(item)
            """)
    }

    /// The files that were handed over to the board of an alliance, without their content.
    func confidentialFiles(of alliance: ID<Alliance>) async throws -> [ConfidentialFile] {
        try await rows(
            """
            select file_id, item_id, name, media_type, byte_count, sha256 from governance.confidential_files
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by recorded_at, file_id
            """)
    }

    /// Keeps a file of what was handed over, apart from all other files.
    ///
    /// - Throws: ``ConfidentialityError/fileKnown``.
    func insert(
        _ file: StoredFile, of item: ID<ConfidentialItem>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.confidential_files (
                organization_id, file_id, item_id, alliance_id, name, media_type, byte_count, sha256, content,
                recorded_at, recorded_by)
            values (
                \(organization), \(ID<ConfidentialFile>()), \(item), \(alliance), \(file.name),
                \(file.mediaType), \(file.content.count), \(file.sha256), \(file.content), \(now),
                \(scope.principal.user))
            """,
            refusals: ["confidential_files_once_key": ConfidentialityError.fileKnown])
    }

    /// The content of a file, for whoever of the board undertook it; the database writes that they read it.
    ///
    /// - Throws: ``ConfidentialityError/notUndertaken`` where the database refuses it.
    func readConfidential(_ file: ID<ConfidentialFile>, at now: Date) async throws -> [UInt8]? {
        let today = ColombianTime.date(at: now)
        do {
            return try await value(
                """
                select governance.read_confidential_file(
                    \(organization), \(file), \(ID<ConfidentialRead>()), \(today), \(now))
                """)
        } catch let refused as PostgresError where refused.sqlState == "42501" {
            throw ConfidentialityError.notUndertaken
        }
    }

    /// Who read what was handed over to the board of an alliance, the latest first.
    func confidentialReads(of alliance: ID<Alliance>) async throws -> [ConfidentialRead] {
        try await rows(
            """
            select reads.item_id, items.title, files.name as file, users.name as reader, reads.read_at
            from governance.confidential_reads as reads
            join governance.confidential_items as items on items.organization_id = \(organization)
                and items.item_id = reads.item_id
            join governance.confidential_files as files on files.organization_id = \(organization)
                and files.file_id = reads.file_id
            join tenancy.users on users.organization_id = \(organization) and users.user_id = reads.user_id
            where reads.organization_id = \(organization) and reads.alliance_id = \(alliance)
            order by reads.read_at desc, reads.read_id
            """)
    }
}

// MARK: - Rows

extension ConfidentialityText: RowDecodable {
    /// Reads a row of `governance.confidentiality_texts`.
    public init(row: Row) throws(RowError) {
        let id: ID<ConfidentialityText> = try row["text_id"]
        let version: Int = try row["version"]
        let words: String = try row["words"]
        let months: Int = try row["months"]
        do {
            try self.init(id: id, version: version, words: words, months: months)
        } catch {
            throw RowError(unreadable: "words", because: error)
        }
    }
}

extension ConfidentialityUndertaking: RowDecodable {
    /// Reads a row of `governance.confidentiality_undertakings` with the version of its words.
    public init(row: Row) throws(RowError) {
        id = try row["undertaking_id"]
        version = try row["version"]
        user = try row["user_id"]
        name = try row["name"]
        signedAt = try row["signed_at"]
        startsOn = try row["starts_on"]
        endsOn = try row["ends_on"]
        let withdrawnAt: Date? = try row["withdrawn_at"]
        let reason: String? = try row["withdrawal_reason"]
        withdrawal = if let withdrawnAt, let reason { .init(at: withdrawnAt, reason: reason) } else { nil }
        let outline: String? = try row["drawing"]
        let paper: ID<StoredFile>? = try row["paper_file_id"]
        let proof: String? = try row["proof"]
        if let paper {
            signature = .paper(paper)
        } else if let proof {
            signature = .code(sentTo: proof)
        } else {
            do {
                signature = .drawn(try SignatureDrawing(outline ?? ""))
            } catch {
                throw RowError(unreadable: "drawing", because: error)
            }
        }
    }
}

extension ConfidentialItem: RowDecodable {
    /// Reads a row of `governance.confidential_items`.
    public init(row: Row) throws(RowError) {
        let id: ID<ConfidentialItem> = try row["item_id"]
        let title: String = try row["title"]
        let giver: String = try row["giver"]
        let purpose: String = try row["purpose"]
        let receivedOn: CalendarDate = try row["received_on"]
        let untilOn: CalendarDate = try row["until_on"]
        let endedOn: CalendarDate? = try row["ended_on"]
        let reason: String? = try row["end_reason"]
        var end: End?
        if let endedOn, let reason { end = End(day: endedOn, reason: reason) }
        do {
            try self.init(
                id: id, title: title, giver: giver, purpose: purpose, receivedOn: receivedOn,
                untilOn: untilOn, end: end)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}

extension ConfidentialFile: RowDecodable {
    /// Reads a row of `governance.confidential_files`.
    public init(row: Row) throws(RowError) {
        id = try row["file_id"]
        item = try row["item_id"]
        name = try row["name"]
        mediaType = try row["media_type"]
        byteCount = try row["byte_count"]
        guard let digest = HashDigest(bytes: try row["sha256"]) else {
            throw RowError(unreadable: "sha256", because: ConfidentialityError.notFound)
        }
        sha256 = digest
    }
}

extension ConfidentialRead: RowDecodable {
    /// Reads who read what.
    public init(row: Row) throws(RowError) {
        item = try row["item_id"]
        title = try row["title"]
        file = try row["file"]
        reader = try row["reader"]
        at = try row["read_at"]
    }
}

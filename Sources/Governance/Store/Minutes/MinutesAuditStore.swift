public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Reckons the digests of all sealed minutes of the tenant again.
    ///
    /// - Returns: How many minutes were looked at, and what does not hold.
    /// - Complexity: O(octets), which the database reads; the digests come out of it.
    public func verifyMinutes() async throws -> (count: Int, faults: [MinutesFault]) {
        var (count, faults, last) = (0, [MinutesFault](), nil as ID<Minutes>?)
        while true {
            let page = try await rows(
                """
                \(fragment: sealedColumns(organization))
                and (\(last)::uuid is null or seals.minutes_id > \(last))
                order by seals.minutes_id limit 10
                """, as: SealedRow.self)
            for row in page { faults += row.faults }
            count += page.count
            guard page.count == 10, let end = page.last else { return (count, faults) }
            last = end.minutes
        }
    }

    /// What does not hold of the sealed minutes that a document is of; none for other documents.
    public func minutesFaults(of document: ID<IssuedDocument>) async throws -> [MinutesFault] {
        try await rows(
            """
            \(fragment: sealedColumns(organization))
            and (seals.document_id = \(document) or seals.redacted_document_id = \(document))
            """, as: SealedRow.self
        ).flatMap(\.faults)
    }
}

private func sealedColumns(_ organization: ID<Organization>) -> SQL {
    """
    select seals.minutes_id, alliances.name as alliance, seals.number, seals.words_sha256, seals.file_sha256,
        seals.redacted_sha256, sha256(convert_to(versions.words, 'UTF8')) as words_now,
        sha256(files.content) as file_now, sha256(twins.content) as twin_now,
        documents.sha256 as issued_sha256,
        array(
            select signers.signed_sha256 from governance.minutes_signers as signers
            where signers.organization_id = \(organization) and signers.minutes_id = seals.minutes_id
                and signers.removed_at is null
        ) as signed,
        (
            select details.details from tenancy.audit_events as events
            join tenancy.audit_details as details on details.organization_id = \(organization)
                and details.event_id = events.event_id
            where events.organization_id = \(organization) and events.subject_id = seals.minutes_id::text
                and events.action = 'governance.minutes.sealed'
            order by events.sequence limit 1
        ) as told
    from governance.minutes_seals as seals
    join tenancy.alliances on alliances.organization_id = \(organization)
        and alliances.alliance_id = seals.alliance_id
    join governance.minutes_versions as versions on versions.organization_id = \(organization)
        and versions.minutes_id = seals.minutes_id and versions.version = seals.version
    join tenancy.files on files.organization_id = \(organization) and files.file_id = seals.file_id
    join tenancy.documents on documents.organization_id = \(organization)
        and documents.document_id = seals.document_id
    left join tenancy.files as twins on twins.organization_id = \(organization)
        and twins.file_id = seals.redacted_file_id
    where seals.organization_id = \(organization)
    """
}

private struct SealedRow: RowDecodable {
    let minutes: ID<Minutes>
    let faults: [MinutesFault]

    init(row: Row) throws(RowError) {
        let minutes: ID<Minutes> = try row["minutes_id"]
        let alliance: String = try row["alliance"]
        let number: Int = try row["number"]
        let (words, file) = (try row.digest("words_now"), try row.digest("file_now"))
        let twin: [UInt8]? = try row["twin_now"]
        let redacted: [UInt8]? = try row["redacted_sha256"]
        let signed: [[UInt8]?] = try row["signed"]
        let told: String? = try row["told"]
        let (wordsDigest, fileDigest) = (try row.digest("words_sha256"), try row.digest("file_sha256"))
        let issued = try row.digest("issued_sha256")
        var kinds: [MinutesFault.Kind] = []
        if words != wordsDigest { kinds.append(.words) }
        if file != fileDigest || issued != fileDigest { kinds.append(.file) }
        if twin != redacted { kinds.append(.twin) }
        if !signed.allSatisfy({ $0 == wordsDigest.bytes }) { kinds.append(.signature) }
        // The details may have been purged with the personal data of others; where they are there, they bind. Those of
        // seals before the twin's digest was told do not name it.
        if let told {
            let twins = told.contains("redacted_sha256") ? redacted.map(Hex.encode) : nil
            let binding = [wordsDigest.description, fileDigest.description, twins].compactMap(\.self)
            if !binding.allSatisfy(told.contains) { kinds.append(.seal) }
        }
        self.minutes = minutes
        faults = kinds.map { MinutesFault(minutes: minutes, alliance: alliance, number: number, kind: $0) }
    }
}

public import Foundation
public import Kernel
public import Postgres

extension IssuedDocument: RowDecodable {
    /// Reads a row of ``query(where:)``.
    public init(row: Row) throws(RowError) {
        let withdrawnAt: Date? = try row["withdrawn_at"]
        let reason: String? = try row["withdrawal"]
        self.init(
            id: try row["document_id"], organization: try row["organization_id"], code: try row["code"],
            kind: try row["kind"], title: try row["title"], issuer: try row["issuer"],
            version: try row["version"], isSuperseded: try row["is_superseded"],
            wordsDigest: HashDigest(bytes: try row["words_digest"]),
            sha256: HashDigest(bytes: try row["sha256"]), file: try row["file_id"],
            place: try row["place"], datedOn: try row["dated_on"], issuedAt: try row["issued_at"],
            withdrawal: withdrawnAt.map { Withdrawal(at: $0, reason: reason ?? "") })
    }

    /// Documents that meet a condition on `documents`.
    fileprivate static func query(where condition: SQL) -> SQL {
        """
        select documents.organization_id, documents.document_id, documents.code, documents.kind, documents.title,
            documents.issuer, documents.version, documents.words_digest, documents.sha256, documents.file_id,
            documents.place, documents.dated_on, documents.issued_at, documents.withdrawn_at, documents.withdrawal,
            exists (
                select from tenancy.documents as later
                where later.organization_id = documents.organization_id and later.kind = documents.kind
                    and later.subject_id = documents.subject_id and later.version > documents.version
            ) as is_superseded
        from tenancy.documents
        where \(fragment: condition)
        """
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the latest document of a kind about a subject.
    public func document(
        _ kind: String, of subject: some CustomStringConvertible
    ) async throws -> IssuedDocument? {
        let subject = String(describing: subject)
        let query = IssuedDocument.query(
            where: """
                documents.organization_id = \(organization) and documents.kind = \(kind)
                    and documents.subject_id = \(subject)
                """)
        return try await row("\(fragment: query) order by documents.version desc limit 1")
    }

    /// Returns the document of a code, where it is of one of some alliances.
    func document(
        code: DocumentCode, in alliances: [ID<Alliance>]
    ) async throws -> IssuedDocument? {
        try await row(
            IssuedDocument.query(
                where: """
                    documents.organization_id = \(organization) and documents.code = \(code.description)
                        and documents.alliance_id = any (\(alliances))
                    """))
    }

    /// Returns a document.
    func document(_ id: ID<IssuedDocument>) async throws -> IssuedDocument? {
        try await row(
            IssuedDocument.query(
                where: "documents.organization_id = \(organization) and documents.document_id = \(id)"))
    }

    /// Issues a document: keeps its file and writes it in the register, as part of a command. A document of the same
    /// kind about the same subject keeps its code and is shown as replaced by this one.
    ///
    /// - Parameters:
    ///   - document: What is issued.
    ///   - stream: The space that it belongs to.
    ///   - isReserved: Whether it is the own of the board of the space's alliance.
    ///   - now: When.
    /// - Returns: Its identifier in the register.
    /// - Throws: ``AccessError/alreadyDone`` where another document about the subject was issued at the same moment.
    public func issue(
        _ document: NewDocument, in stream: AuditStream, isReserved: Bool = false, at now: Date
    ) async throws -> ID<IssuedDocument> {
        let file = try await store(
            document.file, as: RetentionClass(ofIssued: document.kind), in: stream, isReserved: isReserved,
            at: now)
        let id = ID<IssuedDocument>()
        let process: Kernel.ID<ElectoralProcess>? = if case .process(let id, _) = stream { id } else { nil }
        try await execute(
            """
            insert into tenancy.documents (
                organization_id, document_id, code, kind, title, issuer, subject_id, version, words_digest, sha256,
                file_id, alliance_id, process_id, municipality_code, is_public, place, dated_on, issued_at, issued_by,
                is_reserved)
            select \(organization), \(id), \(document.code.description), \(document.kind), \(document.title),
                \(document.issuer), \(document.subject),
                1 + coalesce((
                    select max(earlier.version) from tenancy.documents as earlier
                    where earlier.organization_id = \(organization) and earlier.kind = \(document.kind)
                        and earlier.subject_id = \(document.subject)), 0),
                \(document.wordsDigest.bytes), \(document.file.sha256), \(file), \(stream.alliance), \(process),
                coalesce((
                    select min(places.municipality_code) from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization)
                        and places.alliance_id = \(stream.alliance)), organizations.municipality_code),
                true, \(document.place), \(document.file.effectiveOn), \(now), \(scope.principal.user),
                \(isReserved)
            from catalogue.organizations where organizations.organization_id = \(organization)
            """,
            refusals: ["documents_version_key": AccessError.alreadyDone])
        return id
    }

    /// Notes that a document no longer counts.
    ///
    /// - Returns: Whether it did until now.
    func withdraw(_ document: ID<IssuedDocument>, because reason: String, at now: Date) async throws -> Bool {
        try await execute(
            """
            update tenancy.documents set withdrawn_at = \(now), withdrawal = \(reason)
            where organization_id = \(organization) and document_id = \(document) and withdrawn_at is null
            """) == 1
    }
}

extension Transaction where Scope == PublicScope {
    /// Returns the document that bears a code.
    public func document(code: DocumentCode) async throws -> IssuedDocument? {
        try await row(
            IssuedDocument.query(where: "documents.code = \(code.description) and documents.is_public"))
    }

    /// Returns the latest document of a kind about each of several subjects, without those that no longer count.
    public func documents(
        _ kind: String, of subjects: [some CustomStringConvertible], in organization: ID<Organization>
    ) async throws -> [IssuedDocument] {
        let subjects = subjects.map { String(describing: $0) }
        let query = IssuedDocument.query(
            where: """
                documents.organization_id = \(organization) and documents.kind = \(kind)
                    and documents.subject_id = any (\(subjects)) and documents.is_public
                    and documents.withdrawn_at is null
                """)
        return try await rows("\(fragment: query) order by documents.issued_at").filter { !$0.isSuperseded }
    }

    /// Returns the documents whose file has a digest: one, but for a file that was issued twice.
    public func documents(sha256: HashDigest) async throws -> [IssuedDocument] {
        let query = IssuedDocument.query(
            where: "documents.sha256 = \(sha256.bytes) and documents.is_public")
        return try await rows("\(fragment: query) order by documents.issued_at desc limit 20")
    }
}

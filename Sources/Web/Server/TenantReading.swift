import Elections
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// What handlers read of a tenant. Commands and queries are the modules'; what one page alone asks goes by
/// ``read(_:in:showing:_:)``, which names the right. Nothing else in these pages enters a tenant's scope.
extension TenantContext {
    /// Answers the question of one page, for who holds the right in the space.
    ///
    /// - Throws: ``AccessError``, or what the body throws.
    func read<Value: Sendable>(
        _ permission: Permission, in stream: AuditStream = .office, showing disclosure: Disclosure? = nil,
        _ body: (borrowing TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await read(permission, in: [stream], showing: disclosure, body)
    }

    /// Answers the question of one page about several spaces, for who holds the right in each.
    ///
    /// - Throws: ``AccessError``, or what the body throws.
    func read<Value: Sendable>(
        _ permission: Permission, in streams: [AuditStream], showing disclosure: Disclosure? = nil,
        _ body: (borrowing TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await visit.site.runner.read(permission, in: streams, showing: disclosure, as: principal, body)
    }

    // MARK: What has to be found before it is known in which space the right is asked

    /// The alliance of an address.
    ///
    /// - Throws: ``NoSuchPage`` where the tenant has none of that name, or the person may not see it.
    func alliance(_ slug: AllianceSlug) async throws -> AllianceHeading {
        let found = try await readOfEntity { try await $0.alliance(slug: slug.rawValue) }
        guard let heading = found.flatMap(heading) else { throw NoSuchPage() }
        return heading
    }

    /// Whether the person may know of an alliance: by a role there, or by one in an election of it, as a juror has who was
    /// invited for that election alone.
    func maySee(_ alliance: ID<Alliance>) -> Bool {
        may(.seeAlliances, in: .alliance(alliance))
            || principal.grants.contains {
                Permission.seeAlliances.roles.contains($0.role) && $0.space.alliance == alliance
            }
    }

    /// The alliances that the person may see.
    func alliances() async throws -> [Alliance] {
        try await readOfEntity { try await $0.alliances() }
            .filter { maySee($0.id) }
    }

    /// The elections in whose space the person holds a right.
    func processNames(for permission: Permission) async throws -> [ProcessName] {
        try await readOfEntity { try await $0.processNames() }.filter { may(permission, in: $0.stream) }
    }

    /// What is kept of a file beside its content.
    ///
    /// - Throws: ``StoredFileError/notFound``, ``AccessError/notPermitted(_:)``.
    func file(_ id: ID<StoredFile>) async throws -> FileRecord {
        guard let file = try await readOfEntity({ try await $0.file(id) }) else {
            throw StoredFileError.notFound
        }
        try principal.require(.openFiles, in: file.space)
        return file
    }

    /// A piece of background work.
    ///
    /// - Throws: ``JobError/notFound`` also where the person may not see it.
    func job(_ id: ID<Job>) async throws -> Job {
        guard let job = try await readOfEntity({ try await $0.job(id) }), may(.seeJobs, in: job.stream) else {
            throw JobError.notFound
        }
        return job
    }

    // MARK: What everybody sees who has business at the entity

    /// The entity as the directory has it now: the visit's own may be of the moment before a change.
    func organization() async throws -> Organization {
        try await readOfEntity { try await $0.organization($0.organization) } ?? entry.organization
    }

    /// The municipalities of the country.
    func municipalities() async throws -> [Municipality] {
        try await readOfEntity { try await $0.municipalities() }
    }

    /// The texts that people agree to when they become members.
    func consentTexts() async throws -> [ConsentText] {
        try await readOfEntity { try await $0.consentTexts() }
    }

    /// The logo of the entity.
    func logo() async throws -> Logo? { try await visit.site.logo(as: principal) }

    private func readOfEntity<Value: Sendable>(
        _ body: (borrowing TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await visit.site.runner.database.read(TenantScope(principal), body)
    }
}

/// What the server itself reads to print what everybody may have.
extension Site {
    /// The file of the last document of a kind about a subject, where it says the same as the one that is to be issued.
    func issuedContent(
        _ kind: String, of subject: some CustomStringConvertible & Sendable, words: HashDigest,
        as principal: Principal
    ) async throws -> [UInt8]? {
        try await runner.database.read(TenantScope(principal)) { transaction in
            guard let last = try await transaction.document(kind, of: subject), last.wordsDigest == words,
                last.withdrawal == nil
            else { return nil }
            return try await transaction.content(of: last.file)
        }
    }

    /// A file of minutes, for whoever was let read them.
    ///
    /// - Throws: ``StoredFileError/notFound``.
    func keptFile(_ id: ID<StoredFile>, of organization: ID<Organization>) async throws -> OpenedFile {
        try await runner.database.read(TenantScope(.system(in: organization))) { transaction in
            guard let record = try await transaction.file(id),
                let content = try await transaction.content(of: id)
            else { throw StoredFileError.notFound }
            return OpenedFile(record: record, content: content)
        }
    }

    /// What does not hold of an issued document, in words: its file is reckoned anew, and of sealed minutes all that
    /// their seal binds.
    func faults(of document: IssuedDocument) async throws -> [String] {
        try await runner.database.read(TenantScope(.system(in: document.organization))) { transaction in
            let content = try await transaction.content(of: document.file)
            let isWhole = content.map { HashDigest(of: $0) } == document.sha256
            let faults = try await transaction.minutesFaults(of: document.id).map(\.kind.title)
            return isWhole || !faults.isEmpty ? faults : ["el archivo guardado cambió"]
        }
    }

    /// Whether a person has minutes to sign, of one meeting or of several, and the first of them.
    func minutesToSign(by principal: Principal) async throws -> MinutesToSign? {
        try await runner.database.read(TenantScope(principal)) { try await $0.minutesToSign().first }
    }

    /// The logo of an entity.
    func logo(as principal: Principal) async throws -> Logo? {
        try await runner.database.read(TenantScope(principal)) { transaction in
            guard let file = try await transaction.settings().logo,
                let record = try await transaction.file(file),
                let content = try await transaction.content(of: file)
            else { return nil }
            return Logo(mediaType: record.mediaType, content: content)
        }
    }
}

extension Site {
    /// Who a calendar's token is of, as they would be signed in at a moment, with the alliances that they may see.
    ///
    /// - Throws: ``NoSuchPage`` for a token that proves nothing, or no longer.
    func holder(
        of token: FeedToken, at now: Date
    ) async throws -> (principal: Principal, host: Organization, alliances: [Alliance]) {
        let scope = TenantScope(.system(in: token.organization))
        return try await runner.database.read(scope) { transaction in
            guard let number = try await transaction.feedNumber(of: token.user),
                token.proves(number, key: key),
                let host = try await transaction.organization(token.organization)
            else { throw NoSuchPage() }
            let principal = Principal(
                organization: token.organization, user: token.user,
                grants: try await transaction.grants(of: token.user, at: now))
            let alliances = try await transaction.alliances()
                .filter { principal.holds(.seeAlliances, in: .alliance($0.id)) }
            return (principal, host, alliances)
        }
    }
}

import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Keeps the digest of a code by which somebody may sign a version of the undertaking.
    func insert(
        undertakingCode code: UUID, digest: [UInt8], for user: ID<User>, to text: ConfidentialityText,
        in alliance: ID<Alliance>, sentTo address: String, until end: Date, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.undertaking_codes (
                organization_id, code_id, alliance_id, text_id, user_id, digest, sent_to, sent_at, expires_at,
                attempts)
            values (
                \(organization), \(code), \(alliance), \(text.id), \(user), \(digest), \(address), \(now),
                \(end), 0)
            """)
    }

    /// The code that was sent last to somebody for a version of the undertaking, while it is good.
    func undertakingCode(
        of user: ID<User>, to text: ConfidentialityText, in alliance: ID<Alliance>, at now: Date
    ) async throws -> SigningCodeRow? {
        try await row(
            """
            select code_id, digest, sent_to, sent_at, attempts from governance.undertaking_codes
            where organization_id = \(organization) and alliance_id = \(alliance) and user_id = \(user)
                and text_id = \(text.id) and used_at is null and expires_at > \(now)
            order by sent_at desc limit 1
            """)
    }

    /// Counts an attempt at a code of an undertaking.
    func tried(undertakingCode code: UUID) async throws {
        try await execute(
            """
            update governance.undertaking_codes set attempts = attempts + 1
            where organization_id = \(organization) and code_id = \(code)
            """)
    }

    /// Uses a code of an undertaking up.
    func use(undertakingCode code: UUID, at now: Date) async throws {
        try await execute(
            """
            update governance.undertaking_codes set used_at = \(now)
            where organization_id = \(organization) and code_id = \(code) and used_at is null
            """)
    }
}

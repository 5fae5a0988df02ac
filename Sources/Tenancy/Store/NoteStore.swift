import Foundation
import Kernel
import Postgres

/// An event of sign-in on its way to the office chain of a tenant.
struct IdentityNote: RowDecodable {
    let id: ID<IdentityNote>
    let organization: ID<Organization>
    let user: ID<User>
    let action: String
    private let text: String

    init(row: Row) throws(RowError) {
        id = try row["note_id"]
        organization = try row["organization_id"]
        user = try row["user_id"]
        action = try row["action"]
        text = try row["details"]
    }

    /// The details of the event.
    func details() throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}

extension Transaction where Scope == IdentityScope {
    /// Notes an event for the office chain of a tenant, in the transaction that does what it tells.
    func note(
        _ action: String, by user: AccountUser, details: [String: String] = [:], at now: Date
    ) async throws {
        try await execute(
            """
            insert into identity.notes (note_id, organization_id, user_id, action, details, noted_at)
            values (
                \(ID<IdentityNote>()), \(user.organization), \(user.user), \(action),
                \(String(decoding: try JSONEncoder().encode(details), as: UTF8.self)), \(now))
            """)
    }

    /// Notes an event for the office chain of each tenant that an account acts in.
    func note(_ action: String, of account: ID<Account>, at now: Date) async throws {
        for user in try await users(of: account) {
            try await note(action, by: user, at: now)
        }
    }

    /// Returns what waits to be carried, the oldest first.
    func notes(limit: Int) async throws -> [IdentityNote] {
        try await rows(
            """
            select note_id, organization_id, user_id, action, details from identity.notes
            order by noted_at, note_id
            limit \(limit)
            """)
    }

    /// Takes away a note that stands in its chain.
    func takeAway(_ note: IdentityNote) async throws {
        try await execute("delete from identity.notes where note_id = \(note.id)")
    }
}

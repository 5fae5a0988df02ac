public import Foundation

extension Database {
    /// Tells what time it is on the server's clock, to compare it with this machine's.
    ///
    /// - Throws: ``PostgresError``.
    public func time(as role: DatabaseRole) async throws(PostgresError) -> Date? {
        try await bulk(as: role) { connection throws(PostgresError) in
            try connection.rows("select extract(epoch from clock_timestamp())").first?.first
                .flatMap(Double.init).map(Date.init(timeIntervalSince1970:))
        }
    }

    /// Whether the server cuts a role's statements off after some time, as `sql/bootstrap.sql` has it do.
    ///
    /// - Throws: ``PostgresError``.
    public func limitsStatements(of role: DatabaseRole) async throws(PostgresError) -> Bool {
        try await bulk(as: role) { connection throws(PostgresError) in
            try connection.rows("show statement_timeout").first?.first != "0"
        }
    }
}

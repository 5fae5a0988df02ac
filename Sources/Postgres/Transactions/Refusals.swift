extension Transaction {
    /// Runs a statement, and throws what it means where one of the named constraints refuses it.
    ///
    /// - Throws: The error that `refusals` has for the name of the constraint, or ``PostgresError``.
    @discardableResult
    public borrowing func execute(_ sql: SQL, refusals: KeyValuePairs<String, any Error>) async throws -> Int
    {
        do {
            return try await execute(sql)
        } catch {
            throw refusals.first { $0.key == error.constraint }?.value ?? error
        }
    }
}

import CLibpq

extension Database {
    /// Copies rows into a table, in the text format of `copy`, in a transaction of its own: all of them or none.
    ///
    /// Pieces are asked for as fast as the server takes them, and need not end where a row ends.
    ///
    /// - Parameters:
    ///   - statement: `copy table (columns) from stdin`, of the source.
    ///   - role: Who copies; row security refuses `copy` to those whom it binds.
    ///   - pieces: The text.
    /// - Returns: The number of rows.
    /// - Throws: ``PostgresError``, or what `pieces` throws.
    @discardableResult
    public func copy<Pieces: AsyncSequence & Sendable>(
        _ statement: StaticString, as role: DatabaseRole, from pieces: Pieces
    ) async throws -> Int where Pieces.Element == [UInt8] {
        let threads = BlockingThreads.shared
        let connection = try await bulk(as: role) { connection throws(PostgresError) in
            try connection.beginCopy(statement.description)
            return connection
        }
        do {
            var iterator = pieces.makeAsyncIterator()
            var next = try await iterator.next()
            while let piece = next {
                // The server works on a piece while the next is made.
                async let put: Void = threads.perform { () throws(PostgresError) in try connection.put(piece)
                }
                next = try await iterator.next()
                try await put
            }
        } catch {
            // The server forgets what it got; why the copy was given up is the caller's to tell.
            _ = try? await threads.perform { () throws(PostgresError) in
                try connection.endCopy(givingUp: "interrupted")
            }
            throw error
        }
        return try await threads.perform { () throws(PostgresError) in try connection.endCopy(givingUp: nil) }
    }
}

extension BulkConnection {
    fileprivate func beginCopy(_ statement: String) throws(PostgresError) {
        guard let result = PQexec(pointer, statement) else { throw PostgresError(connection: pointer) }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COPY_IN else { throw PostgresError(result: result) }
    }

    fileprivate func put(_ piece: [UInt8]) throws(PostgresError) {
        guard !piece.isEmpty else { return }
        let status = piece.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { PQputCopyData(pointer, $0.baseAddress, CInt($0.count)) }
        }
        guard status == 1 else { throw PostgresError(connection: pointer) }
    }

    /// Ends the copy, and gives back the number of rows.
    fileprivate func endCopy(givingUp reason: String?) throws(PostgresError) -> Int {
        guard PQputCopyEnd(pointer, reason) == 1, let result = PQgetResult(pointer) else {
            throw PostgresError(connection: pointer)
        }
        defer { PQclear(result) }
        while let more = PQgetResult(pointer) { PQclear(more) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw PostgresError(result: result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }
}

/// On whose behalf a transaction runs: the role of its connection, and what is told to the database first.
public protocol TransactionScope: Sendable {
    /// The role of the connections that such transactions run on.
    static var role: DatabaseRole { get }
    /// What opens the scope, right after `begin` and as a message of its own. It must not outlast the
    /// transaction: `set local`.
    var entry: SQL? { get }
}

/// What a transaction sees of others that run at the same time.
public enum Isolation: Sendable, Hashable {
    /// Each statement sees what was committed before it.
    case readCommitted
    /// All statements see what was committed before the first.
    case repeatableRead
    /// As if transactions ran one after the other; may fail with
    /// ``PostgresError/isSerializationFailure`` and be tried again.
    case serializable

    var beginning: SQL {
        switch self {
        case .readCommitted: "begin isolation level read committed read write"
        case .repeatableRead: "begin isolation level repeatable read read write"
        case .serializable: "begin isolation level serializable read write"
        }
    }
}

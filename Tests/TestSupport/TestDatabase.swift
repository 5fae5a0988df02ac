public import Postgres
import Synchronization

/// Databases for tests: each call makes a fresh one, with all roles, in the cluster of the process.
public enum TestDatabase {
    /// A database with nothing in it but the roles.
    public static func makeEmpty() async throws -> Database {
        try await make(from: "template1")
    }

    private static let counter = Atomic<Int>(0)

    private static func make(from template: String) async throws -> Database {
        let cluster = try await TestCluster.shared
        let name = "test_\(counter.add(1, ordering: .relaxed).newValue)"
        try await Database(cluster.settings).script(
            "create database \(name) template \(template) strategy file_copy", as: TestCluster.superuser)
        return Database(cluster.settings.with(database: name))
    }
}

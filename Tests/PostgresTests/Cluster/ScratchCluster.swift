import Foundation
import Glibc
import Testing

@testable import Postgres

/// A data folder of one test, which goes when the test is over.
struct ScratchFolder: ~Copyable {
    let path: String
    private let root: String

    /// Makes a new folder; the data folder itself, `name` in it, is left to the cluster.
    init(_ name: String = "data") throws {
        root = "/tmp/alianzas-test-\(UUID().uuidString.prefix(8))"
        path = "\(root)/\(name)"
        try #require(mkdir(root, 0o755) == 0)
        try #require(chmod(root, 0o755) == 0)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func open(
        _ purpose: PrivateCluster.Purpose = .serving, durability: PrivateCluster.Durability = .throwaway
    ) async throws -> PrivateCluster {
        try await PrivateCluster.open(at: path, for: purpose, contents: .tested, durability: durability)
    }

    /// Opens the cluster for the length of the closure.
    func with<Result>(
        _ purpose: PrivateCluster.Purpose = .serving, _ body: (PrivateCluster) async throws -> Result
    ) async throws -> Result {
        let cluster = try await open(purpose)
        do {
            let result = try await body(cluster)
            await cluster.stop()
            return result
        } catch {
            await cluster.stop()
            throw error
        }
    }

    /// Opens the cluster and fails unless it answers.
    func requireAnswer() async throws {
        try await with { try await $0.requireAnswer() }
    }
}

extension PrivateCluster.Contents {
    /// What the product keeps in its cluster.
    static let tested = Self(
        database: "alianzas",
        roles: ["owner", "app", "identity", "control", "public", "import"].map { "alianzas_\($0)" }
            .map(DatabaseRole.init),
        bootstrap: URL(filePath: #filePath).appending(path: "../../../../sql/bootstrap.sql")
            .standardizedFileURL
            .path(percentEncoded: false))
}

extension DatabaseRole {
    static let owner = Self(rawValue: "alianzas_owner")
    static let app = Self(rawValue: "alianzas_app")
}

extension PrivateCluster {
    /// Runs a statement by `psql` and returns what it prints; fails where it fails.
    func psql(_ sql: String, as role: DatabaseRole = .owner) async throws -> String {
        let exit = try await tryPsql(sql, as: role)
        try #require(exit.status == 0, "\(exit.output)")
        return exit.output.trimmingCharacters(in: .newlines)
    }

    /// Fails unless the server answers.
    func requireAnswer() async throws {
        let answer = try await psql("select 1")
        try #require(answer == "1")
    }

    /// Runs a statement by `psql` and returns how that ended.
    func tryPsql(_ sql: String, as role: DatabaseRole, user: SystemUser? = nil) async throws
        -> ChildProcess.Exit
    {
        try await ChildProcess.run(
            Invocation(
                program: "/usr/bin/psql",
                arguments: ["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql, settings.url(for: role)],
                user: user))
    }
}

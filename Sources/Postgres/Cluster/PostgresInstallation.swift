import Foundation
import Kernel

/// A PostgreSQL server that is installed on this machine.
struct PostgresInstallation: Hashable, Sendable {
    /// The oldest major version that the schema runs on.
    static let oldestMajor = 15

    /// The folder of its programs.
    let programs: String
    /// Its major version, such as 15.
    let major: Int

    /// The path of one of its programs.
    func program(_ name: String) -> String { "\(programs)/\(name)" }

    /// Finds the server to use.
    ///
    /// - Parameter major: The version that an existing cluster was made with, which no other can open; `nil`
    ///   for the newest.
    /// - Returns: The server's programs, which are all there.
    /// - Throws: ``ClusterError/postgresMissing`` or ``ClusterError/versionMissing(major:)``.
    static func find(major: Int?) async throws -> PostgresInstallation {
        let packaged = packagedByDebian()
        guard let major else {
            if let newest = packaged.first { return newest }
            if let found = try await onSearchPath(), found.major >= oldestMajor { return found }
            throw ClusterError.postgresMissing
        }
        guard major >= oldestMajor else { throw ClusterError.versionTooOld(major: major) }
        if let exact = packaged.first(where: { $0.major == major }) { return exact }
        if let found = try await onSearchPath(), found.major == major { return found }
        throw ClusterError.versionMissing(major: major)
    }

    /// Those that Debian's packages installed, the newest first. The client's package makes the same folder,
    /// so the server's programs are looked for.
    private static func packagedByDebian() -> [PostgresInstallation] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap(Int.init).filter { $0 >= oldestMajor }.sorted(by: >)
            .map { PostgresInstallation(programs: "\(root)/\($0)/bin", major: $0) }
            .filter(\.isComplete)
    }

    /// The first one on the search path, which tells its version itself.
    private static func onSearchPath() async throws -> PostgresInstallation? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(
            String.init)
        for folder in folders where folder.hasPrefix("/") {
            let candidate = PostgresInstallation(programs: folder, major: 0)
            guard candidate.isComplete else { continue }
            let told = try await ChildProcess.run(
                Invocation(program: candidate.program("postgres"), arguments: ["--version"]))
            // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
            let version = told.output.split(separator: " ").dropFirst(2).first ?? ""
            guard told.status == 0, let major = Int(version.prefix(while: \.isNumber)) else { continue }
            return PostgresInstallation(programs: folder, major: major)
        }
        return nil
    }

    private var isComplete: Bool {
        ["postgres", "initdb", "psql"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: program($0))
        }
    }
}

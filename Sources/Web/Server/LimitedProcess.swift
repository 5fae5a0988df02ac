import Foundation

/// A program that runs to its end, for a limited time, with nothing of the server's environment but the path.
struct LimitedProcess: Sendable {
    /// Why a program has no status.
    enum Failure: Error, Hashable {
        /// It could not be started.
        case notStarted
        /// It took longer than it may.
        case tooSlow
    }

    let executable: URL
    let arguments: [String]
    /// The folder that it works in, and takes for its user's own.
    let folder: URL
    let limit: Duration

    /// Runs it to its end, or kills it: at its limit, or where nobody waits for it any more.
    ///
    /// - Returns: Its status.
    /// - Throws: ``Failure``.
    func status() async throws -> Int32 {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "TMPDIR": folder.path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                        do {
                            try process.run()
                            // It may have been cancelled before there was anything to kill.
                            if Task.isCancelled { kill(process.processIdentifier, SIGKILL) }
                        } catch {
                            continuation.resume(throwing: Failure.notStarted)
                        }
                    }
                } onCancel: {
                    // Not SIGTERM: the server ignores it, and its children inherit that.
                    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                throw Failure.tooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? -1
        }
    }
}

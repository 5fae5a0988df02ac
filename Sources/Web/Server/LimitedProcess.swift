public import Foundation

/// A program that runs to its end, for a limited time, with nothing of the server's environment but the path.
public struct LimitedProcess: Sendable {
    /// Why a program has no status.
    public enum Failure: Error, Hashable {
        /// It could not be started.
        case notStarted
        /// It took longer than it may.
        case tooSlow
        /// It ended by a signal: it crashed, or somebody ended it.
        case killed(signal: Int32)
    }

    let executable: URL
    let arguments: [String]
    let folder: URL
    let input: String
    let limit: Duration

    /// Describes a run.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - arguments: Its arguments.
    ///   - folder: The folder that it works in, and takes for its user's own.
    ///   - input: What it reads: less than a pipe holds, 4,096 octets, since nobody stays to write.
    ///   - limit: How long it may take.
    public init(executable: URL, arguments: [String], folder: URL, input: String = "", limit: Duration) {
        self.executable = executable
        self.arguments = arguments
        self.folder = folder
        self.input = input
        self.limit = limit
    }

    /// Runs it to its end, or kills it: at its limit, or where nobody waits for it any more.
    ///
    /// - Returns: Its status.
    /// - Throws: ``Failure``.
    public func status() async throws -> Int32 {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "TMPDIR": folder.path,
        ]
        if input.isEmpty {
            process.standardInput = FileHandle.nullDevice
        } else {
            let pipe = Pipe()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
            process.standardInput = pipe
        }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        process.terminationHandler = { ended in
                            if ended.terminationReason == .uncaughtSignal {
                                continuation.resume(throwing: Failure.killed(signal: ended.terminationStatus))
                            } else {
                                continuation.resume(returning: ended.terminationStatus)
                            }
                        }
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

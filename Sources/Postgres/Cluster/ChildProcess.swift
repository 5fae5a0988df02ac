import CSpawn
import Foundation
import Glibc
import Synchronization

/// A program to run, as whom, and what becomes of its input and output.
struct Invocation: Sendable {
    enum Output: Sendable {
        /// Standard output and error are added to the end of this file.
        case file(String)
        /// Standard output and error are kept in memory.
        case captured
    }

    let program: String
    let arguments: [String]
    /// Whom to become first; `nil` to stay as this process is.
    var user: SystemUser?
    /// The signal that the child gets when this process ends, however it ends.
    var signalOnParentExit: String?
    /// Where standard input comes from. Opened before the change of user.
    var input = "/dev/null"
    var output = Output.captured

    /// The whole command line. `setpriv` of util-linux changes the user and asks for the signal at the parent's
    /// end after that change, which would clear it.
    fileprivate var commandLine: [String] {
        var wrapper: [String] = []
        if let user {
            wrapper += ["--reuid", "\(user.id)", "--regid", "\(user.group)", "--clear-groups"]
            wrapper += ["--no-new-privs"]
        }
        if let signalOnParentExit {
            wrapper += ["--pdeathsig", signalOnParentExit]
        }
        return (wrapper.isEmpty ? [] : ["/usr/bin/setpriv"] + wrapper + ["--"]) + [program] + arguments
    }
}

/// A process that this one started.
///
/// It is spawned and waited for on a thread of its own, which lives exactly as long as the child: the kernel
/// sends the signal of a parent's end when the *thread* that spawned ends.
final class ChildProcess: Sendable {
    /// How a child ended: its exit status, or 128 and the number of the signal, as a shell counts.
    struct Exit: Sendable, Hashable {
        let status: Int32
        /// What it wrote, where that was captured.
        let output: String
    }

    private enum State {
        case running(waiters: [CheckedContinuation<Exit, Never>])
        case exited(Exit)
    }

    let id: pid_t
    private let state = Mutex(State.running(waiters: []))

    private init(id: pid_t) {
        self.id = id
    }

    /// Starts the program.
    ///
    /// - Throws: ``ClusterError/cannotRun(program:reason:)`` where it cannot be started.
    static func start(_ invocation: Invocation) async throws -> ChildProcess {
        try await withCheckedThrowingContinuation { started in
            Thread.detachNewThread {
                do {
                    let (id, output) = try spawn(invocation)
                    let child = ChildProcess(id: id)
                    started.resume(returning: child)
                    child.waitOnThisThread(reading: output)
                } catch {
                    started.resume(throwing: error)
                }
            }
        }
    }

    /// Runs the program to its end.
    static func run(_ invocation: Invocation) async throws -> Exit {
        try await start(invocation).exit()
    }

    /// Waits until the child has ended, and tells how. Everybody who asks is told.
    func exit() async -> Exit {
        await withCheckedContinuation { waiter in
            let exit: Exit? = state.withLock { state in
                switch state {
                case .exited(let exit): return exit
                case .running(let waiters):
                    state = .running(waiters: waiters + [waiter])
                    return nil
                }
            }
            if let exit { waiter.resume(returning: exit) }
        }
    }

    /// Whether the child has ended.
    var hasExited: Bool {
        state.withLock { if case .exited = $0 { true } else { false } }
    }

    /// Signals the child, unless it has ended: its number may be another process's by then.
    func signal(_ number: CInt) {
        state.withLock { state in
            if case .running = state { _ = kill(id, number) }
        }
    }

    private func waitOnThisThread(reading output: CInt?) {
        let written = output.map(Self.readToEnd) ?? ""
        var information = siginfo_t()
        // Waits without reaping, so that the number stays the child's until nobody can signal it any more.
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        let waiters = state.withLock { state -> [CheckedContinuation<Exit, Never>] in
            guard case .running(let waiters) = state else { return [] }
            var status: CInt = 0
            while waitpid(id, &status, 0) == -1, errno == EINTR {}
            let signal = status & 0x7F
            state = .exited(
                Exit(status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: written))
            return waiters
        }
        guard case .exited(let exit) = state.withLock({ $0 }) else { return }
        for waiter in waiters { waiter.resume(returning: exit) }
    }

    private static func readToEnd(_ descriptor: CInt) -> String {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    /// Spawns from the calling thread, with every signal at its default (a child inherits ignored ones), in a
    /// process group of its own (so that the terminal's Ctrl-C reaches the parent alone, which then ends what
    /// it started in order), and without any other open file of this process.
    private static func spawn(_ invocation: Invocation) throws(ClusterError) -> (pid_t, output: CInt?) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, invocation.input, O_RDONLY, 0)
        var pipe: (read: CInt, write: CInt)?
        switch invocation.output {
        case .file(let path):
            posix_spawn_file_actions_addopen(
                &actions, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
        case .captured:
            let ends = try makePipe()
            posix_spawn_file_actions_adddup2(&actions, ends.write, STDOUT_FILENO)
            pipe = ends
        }
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        posix_spawn_file_actions_addchdir_np(&actions, "/")
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)

        let commandLine = invocation.commandLine
        let environment = ["PATH=/usr/bin:/bin", "HOME=/", "LC_ALL=C.UTF-8"]
        var id: pid_t = 0
        let failure = withCStrings(commandLine) { arguments in
            withCStrings(environment) { variables in
                posix_spawn(&id, commandLine[0], &actions, &attributes, arguments, variables)
            }
        }
        if let pipe { close(pipe.write) }
        guard failure == 0 else {
            if let pipe { close(pipe.read) }
            throw .cannotRun(program: commandLine[0], reason: String(cString: strerror(failure)))
        }
        return (id, pipe?.read)
    }

    private static func makePipe() throws(ClusterError) -> (read: CInt, write: CInt) {
        var ends: [CInt] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else {
            throw .cannotRun(program: "pipe", reason: lastSystemError())
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Lends the texts as the null-terminated array of C strings that `posix_spawn` takes.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

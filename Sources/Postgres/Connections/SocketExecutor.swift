import CLibpq
import DequeModule
import Foundation
import Synchronization

/// The threads that tasks run on while they talk to the database.
///
/// A thread that has nothing to run sleeps in `epoll_wait` on the connections' own sockets: the one that the
/// kernel wakes for an answer goes on with the task that waited for it, without handing it to another.
/// Sockets are watched edge-triggered, once for the life of a connection, so that a round trip costs no
/// call to `epoll_ctl`.
///
/// Run what uses the database under it:
///
/// ```swift
/// try await withTaskExecutorPreference(SocketExecutor.shared) { try await app.runService() }
/// ```
///
/// Nothing needs to: a task of another executor is resumed there, at the cost of one more change of threads.
public final class SocketExecutor: TaskExecutor {
    /// The executor of the process, with a thread for each core.
    public static let shared = SocketExecutor(
        threads: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private let poll: Int32
    /// A semaphore: each write lets one sleeping thread go.
    private let alarm: Int32
    private let queue = Mutex<Deque<UnownedJob>>([])
    private let queued = Atomic<Int>(0)
    /// Threads in `epoll_wait` in the low half, wake-ups on their way to them in the high half.
    private let sleepers = Atomic<UInt64>(0)
    private let spares = Mutex<[Readiness]>([])

    /// How many jobs a thread runs before it looks at the sockets although there are more jobs.
    fileprivate static let jobsBetweenPolls = 32

    /// Starts the threads. They run as long as the process does.
    init(threads: Int) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        alarm = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
        // Only a process that has run out of descriptors or memory comes here without them.
        precondition(poll >= 0 && alarm >= 0, "epoll: \(String(cString: strerror(errno)))")
        // Level-triggered: an edge that meets no sleeper would be lost.
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        epoll_ctl(poll, EPOLL_CTL_ADD, alarm, &event)
        for number in 1...threads {
            let thread = Thread { Worker(of: self).run() }
            thread.name = "postgres-\(number)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    /// Takes a job in. One that an answer's arrival set free stays on the thread that the kernel woke.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let worker = Worker.current, worker.executor === self, worker.adopt(job) { return }
        push(job)
        wakeOne()
    }

    // MARK: Sockets

    /// Begins to watch a socket. The readiness is given back by ``forget(_:)`` once the socket is closed.
    func watch(_ socket: Int32) -> Readiness {
        let readiness =
            spares.withLock { $0.popLast() }
            // Never released: an event may come out of `epoll_wait` after its socket was closed.
            ?? Unmanaged.passRetained(Readiness()).takeUnretainedValue()
        let pointer = Unmanaged.passUnretained(readiness).toOpaque()
        var event = epoll_event(
            events: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue,
            data: epoll_data_t(u64: UInt64(UInt(bitPattern: pointer))))
        epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event)
        return readiness
    }

    /// Also wakes who waits for the socket when it takes more to send, or stops doing so.
    func watch(_ socket: Int32, _ readiness: Readiness, forSpace: Bool) {
        let pointer = Unmanaged.passUnretained(readiness).toOpaque()
        var event = epoll_event(
            events: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
                | (forSpace ? EPOLLOUT.rawValue : 0),
            data: epoll_data_t(u64: UInt64(UInt(bitPattern: pointer))))
        epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event)
    }

    /// Keeps the readiness of a closed socket for the next one.
    func forget(_ readiness: Readiness) {
        spares.withLock { $0.append(readiness) }
    }

    // MARK: Jobs

    private func push(_ job: UnownedJob) {
        queue.withLock { $0.append(job) }
        queued.add(1, ordering: .sequentiallyConsistent)
    }

    fileprivate func pop() -> UnownedJob? {
        guard queued.load(ordering: .sequentiallyConsistent) > 0 else { return nil }
        guard let job = queue.withLock({ $0.popFirst() }) else { return nil }
        queued.subtract(1, ordering: .sequentiallyConsistent)
        return job
    }

    /// Lets one sleeping thread go, unless as many wake-ups are on their way as there are sleepers.
    private func wakeOne() {
        var current = sleepers.load(ordering: .sequentiallyConsistent)
        while current & 0xFFFF_FFFF > current >> 32 {
            let (exchanged, original) = sleepers.compareExchange(
                expected: current, desired: current + 1 << 32, ordering: .sequentiallyConsistent)
            if exchanged {
                eventfd_write(alarm, 1)
                return
            }
            current = original
        }
    }

    /// Waits for sockets with something to read and signals them.
    ///
    /// - Parameter sleeping: Whether to sleep until there is one, or a job.
    fileprivate func waitForSockets(sleeping: Bool) {
        if sleeping {
            // Counted before the last look at the queue: who enqueues after that look sees the sleeper.
            sleepers.add(1, ordering: .sequentiallyConsistent)
            guard queued.load(ordering: .sequentiallyConsistent) <= 0 else {
                sleepers.subtract(1, ordering: .sequentiallyConsistent)
                return
            }
        }
        var event = epoll_event()
        let count = epoll_wait(poll, &event, 1, sleeping ? -1 : 0)
        let isAlarm = count == 1 && event.data.u64 == 0
        var token: eventfd_t = 0
        let tookToken = isAlarm && eventfd_read(alarm, &token) == 0
        if sleeping || tookToken {
            sleepers.subtract(
                (sleeping ? 1 : 0) + (tookToken ? 1 << 32 : 0), ordering: .sequentiallyConsistent)
        }
        guard count == 1, !isAlarm, let pointer = UnsafeRawPointer(bitPattern: UInt(event.data.u64)) else {
            return
        }
        Unmanaged<Readiness>.fromOpaque(pointer).takeUnretainedValue().signal()
    }
}

/// One thread of the executor.
private final class Worker {
    let executor: SocketExecutor
    /// What an answer's arrival gave to run; it stays on this thread.
    private var next: UnownedJob?
    private var isSignalling = false

    /// The thread's own worker. A key of POSIX: Swift has no thread-local variables.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    static var current: Worker? {
        pthread_getspecific(key).map { Unmanaged<Worker>.fromOpaque($0).takeUnretainedValue() }
    }

    init(of executor: SocketExecutor) {
        self.executor = executor
    }

    /// Takes a job that an answer's arrival on this very thread set free.
    func adopt(_ job: UnownedJob) -> Bool {
        guard isSignalling, next == nil else { return false }
        next = job
        return true
    }

    func run() {
        pthread_setspecific(Self.key, Unmanaged.passRetained(self).toOpaque())
        let identity = executor.asUnownedTaskExecutor()
        var turn = 0
        while true {
            turn += 1
            if turn % SocketExecutor.jobsBetweenPolls == 0 { poll(sleeping: false) }
            if let job = next.take() ?? executor.pop() {
                job.runSynchronously(on: identity)
            } else {
                poll(sleeping: true)
            }
        }
    }

    private func poll(sleeping: Bool) {
        isSignalling = true
        executor.waitForSockets(sleeping: sleeping)
        isSignalling = false
    }
}

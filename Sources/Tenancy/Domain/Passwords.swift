import CSodium
import Foundation
import Synchronization

/// How dear a password's hash is.
///
/// - SeeAlso: RFC 9106 §4; the numbers are rows of `identity.limits`.
public struct PasswordCost: Sendable, Hashable {
    /// Passes over the memory.
    public let operations: UInt64
    /// Memory of one hash, in bytes.
    public let memory: Int

    /// Makes a cost.
    public init(operations: UInt64, memory: Int) {
        self.operations = operations
        self.memory = memory
    }

    /// The dearest that tests can wait for and libsodium takes.
    public static let lowest = Self(operations: 1, memory: 8192)
}

/// The hash of a password in libsodium's text form, which holds salt and cost.
public struct PasswordHash: Sendable, Hashable, RawRepresentable {
    /// The text, which begins with `$argon2id$`.
    public let rawValue: String

    /// Wraps a stored hash.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Hashes passwords with Argon2id on a few threads of its own.
///
/// A hash takes tens of milliseconds and tens of megabytes on purpose. On the threads that serve requests it
/// would hold up everybody; unbounded, a flood of sign-ins would take all memory. So a fixed number of
/// threads works on a queue that is cut off at a length.
public final class Passwords: Sendable {
    /// What new hashes cost.
    public let cost: PasswordCost
    private let threads: HashingThreads
    /// Compared where an account does not exist, so that the answer takes as long as if it did.
    private let decoy: PasswordHash

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - cost: What new hashes cost; old ones are compared at theirs.
    ///   - threads: How many hashes are computed at once.
    ///   - waiting: How many may wait before ``SignInError/busy`` is thrown.
    /// - Throws: ``SignInError/busy`` where there is no memory for a single one.
    public init(cost: PasswordCost, threads: Int = 2, waiting: Int = 64) throws(SignInError) {
        self.cost = cost
        decoy = try Self.hash(Password.random().password, cost: cost)
        self.threads = HashingThreads(count: threads, limit: waiting)
        self.threads.start()
    }

    deinit {
        threads.close()
    }

    /// Hashes a password with a new salt.
    ///
    /// - Throws: ``SignInError/busy``.
    public func hash(_ password: Password) async throws(SignInError) -> PasswordHash {
        let cost = cost
        return try await threads.run { () throws(SignInError) in try Self.hash(password, cost: cost) }
    }

    /// Whether a password is the one hashed. Without a hash the answer is no, after the same time.
    ///
    /// - Throws: ``SignInError/busy``.
    public func verify(_ password: Password, against hash: PasswordHash?) async throws(SignInError) -> Bool {
        let compared = hash ?? decoy
        let isRight = try await threads.run { Self.verify(password, against: compared) }
        return isRight && hash != nil
    }

    /// Whether a hash was made at another cost, so that it is to be made anew while the password is at hand.
    public func isOutdated(_ hash: PasswordHash) -> Bool {
        crypto_pwhash_str_needs_rehash(hash.rawValue, cost.operations, cost.memory) != 0
    }

    private static func hash(_ password: Password, cost: PasswordCost) throws(SignInError) -> PasswordHash {
        guard sodium_init() >= 0 else { throw .busy }
        var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
        let status = crypto_pwhash_str_alg(
            &text, password.characters, UInt64(password.octets.count), cost.operations, cost.memory,
            crypto_pwhash_alg_argon2id13())
        // It fails only where the memory cannot be had.
        guard status == 0 else { throw .busy }
        let end = text.firstIndex(of: 0) ?? text.endIndex
        return PasswordHash(
            rawValue: String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    private static func verify(_ password: Password, against hash: PasswordHash) -> Bool {
        guard sodium_init() >= 0 else { return false }
        return crypto_pwhash_str_verify(
            hash.rawValue, password.characters, UInt64(password.octets.count)) == 0
    }
}

extension Password {
    /// The octets as C has them, with a zero behind that is not counted.
    fileprivate var characters: [CChar] { octets.map { CChar(bitPattern: $0) } + [0] }
}

/// A fixed number of threads that work off a queue.
private final class HashingThreads: Sendable {
    private struct Queue {
        var work: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private let queue = Mutex(Queue())
    private let tokens = DispatchSemaphore(value: 0)
    private let count: Int
    private let limit: Int

    init(count: Int, limit: Int) {
        self.count = count
        self.limit = limit
    }

    /// Starts the threads; they hold on to this object until ``close()``.
    func start() {
        for number in 1...count {
            let thread = Thread { self.workOff() }
            thread.name = "passwords-\(number)"
            // Argon2id takes its memory from the heap; the stack stays small.
            thread.stackSize = 512 * 1024
            thread.start()
        }
    }

    func close() {
        queue.withLock { $0.isClosed = true }
        for _ in 0..<count { tokens.signal() }
    }

    /// Runs `work` on one of the threads.
    ///
    /// - Throws: ``SignInError/busy`` where the queue is full, or what `work` throws.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(SignInError) -> Value
    ) async throws(SignInError) -> Value {
        let result: Result<Value, SignInError> = await withCheckedContinuation { continuation in
            let isTaken = queue.withLock { queue in
                guard queue.work.count < limit, !queue.isClosed else { return false }
                queue.work.append { continuation.resume(returning: Result(catching: work)) }
                return true
            }
            if isTaken { tokens.signal() } else { continuation.resume(returning: .failure(.busy)) }
        }
        return try result.get()
    }

    private func workOff() {
        while true {
            tokens.wait()
            let (work, isClosed) = queue.withLock { queue in
                (queue.work.isEmpty ? nil : queue.work.removeFirst(), queue.isClosed)
            }
            if let work { work() } else if isClosed { return }
        }
    }
}

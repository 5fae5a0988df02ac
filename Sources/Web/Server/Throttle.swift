import Foundation
import Kernel
import Synchronization

/// Limits attempts: each key has a bucket of tokens that fills up again with time, and an attempt takes one.
///
/// Sign-in takes from two: one of the person's document or mail, so that nobody is guessed at from many places,
/// and one of the address, so that nobody guesses at many from one.
///
/// ```swift
/// try limits.signIn.take(for: "\(visit.address.text) \(document)", at: visit.now)
/// ```
final class Throttle: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let capacity: Double
    private let secondsPerToken: Double
    private let keyLimit: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - attempts: How many may come at once.
    ///   - interval: The time in seconds in which as many come back.
    ///   - keyLimit: How many keys are remembered. Past that, full buckets are forgotten, which changes nothing; if
    ///     all are in use, an unknown key has to wait.
    init(_ attempts: Int, per interval: TimeInterval, keyLimit: Int = 100_000) {
        capacity = Double(attempts)
        secondsPerToken = interval / Double(attempts)
        self.keyLimit = keyLimit
    }

    /// Takes an attempt.
    ///
    /// - Throws: ``TooManyAttempts`` where there is none left.
    func take(for key: String, at now: Date) throws(TooManyAttempts) {
        let wait = buckets.withLock { buckets -> TimeInterval? in
            if buckets.count >= keyLimit, buckets[key] == nil {
                buckets = buckets.filter { level(of: $0.value, at: now) < capacity }
                if buckets.count >= keyLimit { return secondsPerToken }
            }
            var bucket = buckets[key] ?? Bucket(tokens: capacity, filledAt: now)
            bucket.tokens = level(of: bucket, at: now)
            bucket.filledAt = now
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[key] = bucket
            return isAllowed ? nil : (1 - bucket.tokens) * secondsPerToken
        }
        if let wait { throw TooManyAttempts(secondsToWait: max(1, Int(wait.rounded(.up)))) }
    }

    /// Forgets a key, after an attempt that succeeded.
    func forget(_ key: String) {
        buckets.withLock { _ = $0.removeValue(forKey: key) }
    }

    private func level(of bucket: Bucket, at now: Date) -> Double {
        min(capacity, bucket.tokens + max(0, now.timeIntervalSince(bucket.filledAt)) / secondsPerToken)
    }
}

/// Too many attempts came.
struct TooManyAttempts: UserFacingError, Hashable {
    /// After how many seconds the next is allowed.
    let secondsToWait: Int

    var code: String { "web.attempts.too_many" }
    var kind: ErrorKind { .tooManyRequests }
    var message: String {
        let minutes = (secondsToWait + 59) / 60
        return
            "Hubo demasiados intentos. Espere \(SpanishFormat.count(minutes, "minuto", "minutos")) e intente otra vez."
    }
}

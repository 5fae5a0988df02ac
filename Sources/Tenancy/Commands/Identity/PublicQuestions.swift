import Foundation
import Kernel
import Postgres

/// What everybody may do on public pages, as often as they may try to sign in.
public enum PublicQuestion: Sendable, Hashable {
    /// To ask whether one is on a roll. An answer that was found does not count against who asks.
    case rollCheck
    /// To file a claim. Each counts.
    case claim
}

extension Identity {
    /// Lets somebody ask something about a person, as long as there were not too many attempts about that person or from
    /// that place.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - subject: About whom, such as a document; it is kept as a keyed hash.
    ///   - visitor: Where the request comes from.
    ///   - body: Gives the answer, `nil` where there is none.
    /// - Returns: What `body` gave.
    /// - Throws: ``SignInError/tooManyAttempts(minutes:)``, or what `body` throws.
    public func ask<Value: Sendable>(
        _ question: PublicQuestion, about subject: String, from visitor: Visitor,
        _ body: () async throws -> Value?
    ) async throws -> Value? {
        switch question {
        case .rollCheck:
            return try await attempt(.rollCheck, on: subject, from: visitor) { _ in try await body() }
        case .claim:
            var given: Value?
            // It stays noted as one that failed, so that it counts.
            _ = try await attempt(.claim, on: subject, from: visitor) { _ -> Value? in
                given = try await body()
                return nil
            }
            return given
        }
    }

    /// Takes back that somebody's questions count against them and their place: they proved, by what was sent to them, that
    /// these were theirs to ask. Their device is known from then on, so that strangers no longer use up their attempts.
    public func confirm(
        _ question: PublicQuestion, about subject: String, from visitor: Visitor
    ) async throws {
        let attempt = attempt(question == .claim ? .claim : .rollCheck, on: subject, from: visitor)
        let since = now.addingTimeInterval(-Double(limits.attemptWindowSeconds))
        try await database.transaction(IdentityScope()) {
            try await $0.succeed(allLike: attempt, since: since)
        }
    }
}

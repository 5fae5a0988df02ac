public import Foundation
import Kernel

/// One-time codes that go by mail to somebody who is signed in already, to confirm one act: made here, kept as their
/// digest, and sealed on their way through the outbox with the server's key.
public struct OneTimeCodes: Sendable {
    /// How long a code is good, in seconds.
    public static let life: TimeInterval = 900
    /// How often a code may be tried.
    public static let mostAttempts = 5

    private let key: ServerKey

    init(key: ServerKey) {
        self.key = key
    }

    /// A code that was made: what it is, and how it travels.
    public struct Made: Sendable {
        /// What is kept of it.
        public let digest: [UInt8]
        /// What travels in the outbox: nobody reads it without the server's key.
        public let sealed: String
    }

    /// Makes a code for something.
    ///
    /// - Throws: An error of swift-crypto.
    public func make(for subject: UUID) throws -> Made {
        let code = ReadableCode.random(groups: 2)
        let sealed = try key.seal(Array(code.description.utf8), for: subject)
        return Made(digest: code.digest, sealed: Data(sealed).base64EncodedString())
    }

    /// The code that ``make(for:)`` sealed, for its mail.
    ///
    /// - Throws: An error of swift-crypto where it was sealed for something else.
    public func open(_ sealed: String, for subject: UUID) throws -> String? {
        guard let box = Data(base64Encoded: sealed) else { return nil }
        return String(decoding: try key.open(Array(box), for: subject), as: UTF8.self)
    }
}

extension Identity {
    /// One-time codes for acts of those who are signed in.
    public var oneTimeCodes: OneTimeCodes { OneTimeCodes(key: key) }
}

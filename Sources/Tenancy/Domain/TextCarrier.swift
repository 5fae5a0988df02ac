public import Kernel

/// Hands a text message over to whoever carries it, for a number with its country: `+573001234567`.
public typealias TextCarrier = @Sendable (_ message: TextMessage, _ number: String) async throws -> Void

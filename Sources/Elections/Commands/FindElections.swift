public import Foundation
public import Kernel
public import Tenancy

/// Finds elections by the words of their name over several alliances.
public struct FindElections: Query {
    /// How many are looked through, the latest first: an entity holds one each two years in each of its alliances.
    static let reach = 1_000

    /// Who may do it, in each of the spaces.
    public static let permission = Permission.seeProcesses
    /// Words, folded; each begins a word of the name.
    public let words: [String]
    /// Where is looked.
    public let alliances: [ID<Alliance>]
    /// How many are found at the most.
    public let limit: Int

    /// Looks for elections.
    public init(_ words: [String], in alliances: [ID<Alliance>], limit: Int = 20) {
        self.words = words
        self.alliances = alliances
        self.limit = limit
    }

    /// The first of the chains.
    public var stream: AuditStream { streams.first ?? .office }
    /// The right is asked in all of them.
    public var streams: [AuditStream] { alliances.map { .alliance($0) } }

    /// Looks, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [ElectionProcess] {
        let known = try await transaction.processes(of: alliances, limit: Self.reach)
        return Array(
            known.filter { process in
                let named = process.name.folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
                return words.allSatisfy { word in named.contains { $0.hasPrefix(word) } }
            }.prefix(limit))
    }
}

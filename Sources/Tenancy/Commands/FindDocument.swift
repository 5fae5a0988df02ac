public import Foundation
public import Kernel

/// Finds the issued document of a code among those of some alliances.
public struct FindDocument: Query {
    /// Who may do it: whoever opens files, in each of the spaces.
    public static let permission = Permission.openFiles
    /// The code.
    public let code: DocumentCode
    /// Where is looked.
    public let alliances: [ID<Alliance>]

    /// Looks for a document.
    public init(_ code: DocumentCode, in alliances: [ID<Alliance>]) {
        self.code = code
        self.alliances = alliances
    }

    /// The first of the chains.
    public var stream: AuditStream { streams.first ?? .office }
    /// The right is asked in all of them.
    public var streams: [AuditStream] { alliances.map { .alliance($0) } }

    /// Looks; `nil` where none of them has it.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> IssuedDocument? {
        try await transaction.document(code: code, in: alliances)
    }
}

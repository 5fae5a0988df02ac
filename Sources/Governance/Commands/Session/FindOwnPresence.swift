public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Whether somebody who typed their document and the code of an open session can be noted there.
public struct FindOwnPresence: Query {
    /// Whom it is about.
    public struct Answer: Sendable, Hashable {
        /// The meeting.
        public let meeting: ID<Meeting>
        /// By what they are entitled.
        public let key: EntitledPerson.Key
        /// Whether they are noted already.
        public let isPresent: Bool
    }

    /// Who may do it: the server, for who has the code.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The code.
    public let code: ReadableCode
    /// The document.
    public let document: IdentityDocument

    /// Asks for a document.
    public init(_ document: IdentityDocument, with code: ReadableCode, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
        self.document = document
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Finds it; `nil` where no session has the code, or nobody entitled in it the document.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer? {
        guard let meeting = try await transaction.meeting(inSessionWith: code, of: alliance) else {
            return nil
        }
        let found = try await transaction.entitled(
            in: meeting, of: alliance, matching: "\(document.type.rawValue) \(document.number)", limit: 5)
        guard let person = found.first(where: { $0.document == document }) else { return nil }
        return Answer(meeting: meeting.id, key: person.key, isPresent: person.isPresent)
    }
}

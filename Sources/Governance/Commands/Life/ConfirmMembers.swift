public import Foundation
public import Kernel
public import Tenancy

/// Notes members who confirm that they go on in the alliance: all of them or none.
public struct ConfirmMembers: Command {
    /// Who confirms.
    public enum Who: Sendable, Hashable {
        /// Those with these documents, as a list on paper has them.
        case documents([IdentityDocument])
        /// These people.
        case people([ID<Person>])
        /// All members who had not confirmed, but for these people.
        case everybody(but: [ID<Person>])
    }

    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The renewal.
    public let renewal: ID<Renewal>
    /// Who confirms.
    public let who: Who
    /// The day on which they said so.
    public let day: CalendarDate

    /// Takes members.
    public init(
        _ who: Who, in renewal: ID<Renewal>, of alliance: ID<Alliance>, on day: CalendarDate
    ) {
        self.alliance = alliance
        self.renewal = renewal
        self.who = who
        self.day = day
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes them.
    ///
    /// - Returns: How many were noted now; who had confirmed counts once.
    /// - Throws: ``LifeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard day <= ColombianTime.date(at: now) else { throw LifeError.inFuture }
        _ = try await transaction.openRenewal(renewal, of: alliance)
        if let period = try await transaction.lifePeriod(of: alliance), day < period.startsOn {
            throw LifeError.beforeBeginning(period.startsOn)
        }
        let noted = try await transaction.confirm(
            try await members(in: transaction), in: renewal, on: day, at: now)
        return Audited(
            noted,
            AuditEvent(
                "governance.renewal.confirmed", subject: renewal, details: ["members": String(noted)]))
    }

    /// The members who are meant, each once.
    private func members(in transaction: borrowing TenantTransaction) async throws -> [ID<Person>] {
        switch who {
        case .documents(let documents):
            let members = try await transaction.members(of: alliance, with: documents, on: day)
            let strangers = documents.filter { members[$0] == nil }
            guard strangers.isEmpty else { throw LifeError.notMembers(strangers.map(\.description)) }
            return Array(Set(members.values))
        case .people(let people):
            let members = try await transaction.members(of: alliance, among: people, on: day)
            guard members.count == Set(people).count else { throw LifeError.membersChanged }
            return members
        case .everybody(let but):
            return try await transaction.members(of: alliance, among: nil, on: day).filter {
                !but.contains($0)
            }
        }
    }
}

/// The members who have not confirmed in a renewal, for the list in which they are ticked.
public struct ListUnconfirmed: Query {
    /// A member who has not confirmed.
    public struct Line: Sendable, Hashable {
        /// The person.
        public let person: ID<Person>
        /// Surnames first, as lists are sorted.
        public let name: String
        /// The document.
        public let document: IdentityDocument
    }

    /// Who may do it.
    public static let permission = Permission.keepLife
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The renewal.
    public let renewal: ID<Renewal>
    /// Part of the name, or a number of document; `nil` for all.
    public let words: String?
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// Asks for a page of the list.
    public init(
        in renewal: ID<Renewal>, of alliance: ID<Alliance>, words: String? = nil, limit: Int, offset: Int
    ) {
        self.alliance = alliance
        self.renewal = renewal
        self.words = words
        self.limit = limit
        self.offset = offset
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document"]) }

    /// Reads the page by name, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (members: [Line], total: Int) {
        try await transaction.unconfirmed(self, on: ColombianTime.date(at: now))
    }
}

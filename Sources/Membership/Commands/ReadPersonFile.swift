public import Foundation
public import Kernel
public import Tenancy

/// What an alliance has of a person: who they are, their periods, and the papers recorded of them.
public struct PersonFile: Sendable, Hashable {
    /// A paper, with its review.
    public struct Paper: Sendable, Hashable {
        /// Identifies it.
        public let id: ID<FactRecord>
        /// The sort of fact.
        public let kind: String
        /// What it says.
        public let value: String
        /// Where it comes from.
        public let source: String
        /// The day of the paper.
        public let issuedOn: CalendarDate
        /// Its copy.
        public let proof: ID<StoredFile>?
        /// `pending`, `accepted` or `rejected`.
        public let review: String
        /// Why it was rejected, or a remark.
        public let reviewReason: String?
        /// Who recorded it.
        public let recordedBy: ID<User>?
    }

    /// The person.
    public let person: ID<Person>
    /// Names and surnames.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// The day of birth.
    public let birthDate: CalendarDate
    /// The municipality, with its department.
    public let municipality: String
    /// The affiliation.
    public let affiliation: AffiliationState
    /// Telephone.
    public let phone: String?
    /// Mail address.
    public let email: String?
    /// The periods in the alliance, the latest first.
    public let periods: [MemberPeriod]
    /// The papers, the latest first.
    public let papers: [Paper]

    /// Whether the person is a member on a day.
    public func isMember(on day: CalendarDate) -> Bool {
        periods.contains { $0.joinedOn <= day && ($0.leftOn.map { $0 > day } ?? true) }
    }
}

/// Reads what an alliance has of a person.
public struct ReadPersonFile: Query {
    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The person.
    public let person: ID<Person>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a person's file.
    public init(_ person: ID<Person>, in alliance: ID<Alliance>) {
        self.person = person
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// The whole file is shown.
    public var disclosure: Disclosure? {
        Disclosure(of: person, details: ["fields": "name document birth contact papers"])
    }

    /// Reads the file.
    ///
    /// - Throws: ``MemberError/unknownPerson``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> PersonFile {
        guard let file = try await transaction.personFile(of: person, in: alliance) else {
            throw MemberError.unknownPerson
        }
        return file
    }
}

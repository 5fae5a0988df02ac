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
        /// The municipality that it names, where it is about residence.
        public let place: String?
        /// Where it comes from.
        public let source: String
        /// The day of the paper, or the first on which what it says holds.
        public let validFrom: CalendarDate
        /// The day from which it does not hold any more.
        public let validUntil: CalendarDate?
        /// The election in which it counts, where it is one of an election.
        public let process: ID<ElectoralProcess>?
        /// Its copy.
        public let proof: ID<StoredFile>?
        /// `pending`, `accepted` or `rejected`.
        public let review: String
        /// Why it was rejected, or a remark.
        public let reviewReason: String?
        /// Who recorded it.
        public let recordedBy: ID<User>?
    }

    /// What the entity's register alone holds.
    public struct Registered: Sendable, Hashable {
        /// The day of birth.
        public let birthDate: CalendarDate
        /// Telephone.
        public let phone: String?
        /// Mail address.
        public let email: String?
    }

    /// The person.
    public let person: ID<Person>
    /// Names and surnames.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// The municipality, with its department.
    public let municipality: String
    /// The affiliation.
    public let affiliation: AffiliationState
    /// Birth and contact, for who sees the register alone.
    public let registered: Registered?
    /// The periods in the alliance, the latest first.
    public let periods: [MemberPeriod]
    /// The papers, the latest first.
    public let papers: [Paper]

    /// Whether the person is a member on a day.
    public func isMember(on day: CalendarDate) -> Bool {
        periods.contains { $0.joinedOn <= day && ($0.leftOn.map { $0 > day } ?? true) }
    }
}

extension PersonFile.Paper {
    /// What the paper says, in words.
    public var words: String {
        let day = SpanishFormat.date(validFrom)
        switch kind {
        case "service_used": return "Usó un servicio el \(day)"
        case "affiliated_since": return "Afiliado desde el \(day)"
        case "residence": return "Vive en \(place ?? value)"
        case "employment":
            return value == FactWord.employed.rawValue ? "Trabaja en la entidad" : "No trabaja en la entidad"
        case "sanction":
            guard let validUntil else { return "Sanción desde el \(day): \(value)" }
            return "Sanción del \(day) al \(SpanishFormat.date(validUntil - 1)): \(value)"
        default: return value == FactWord.clear.rawValue ? "Prueba que cumple" : "Prueba que no cumple"
        }
    }

    /// Where it is recorded, which is where it is reviewed.
    public func space(in alliance: ID<Alliance>) -> EligibilitySpace {
        EligibilitySpace(alliance: alliance, process: process)
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
    /// Who the person is and their papers are shown; birth and contact data to the office alone.
    public var disclosure: Disclosure? {
        Disclosure(of: person, details: ["fields": "name document papers"])
    }

    /// Reads the file.
    ///
    /// - Throws: ``MemberError/unknownPerson``, also where the person never was of the alliance, unless who asks sees
    ///   the register.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> PersonFile {
        try await transaction.requireKnown(person, to: alliance)
        guard let file = try await transaction.personFile(of: person, in: alliance) else {
            throw MemberError.unknownPerson
        }
        return file
    }
}

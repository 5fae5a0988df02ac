public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads one person's dossier in one capacity, as of any day.
public struct ReadDossier: Query {
    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The person.
    public let person: ID<Person>
    /// In what capacity.
    public let target: EligibilityTarget
    /// Where.
    public let space: EligibilitySpace
    /// The day that the answer holds for.
    public let day: CalendarDate
    /// Whether only what was recorded by the end of that day counts, as the answer was then.
    public let asKnownThen: Bool

    /// Asks about a person.
    public init(
        _ person: ID<Person>, as target: EligibilityTarget, in space: EligibilitySpace, on day: CalendarDate,
        asKnownThen: Bool = false
    ) {
        self.person = person
        self.target = target
        self.space = space
        self.day = day
        self.asKnownThen = asKnownThen
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }
    /// What facts say of a person is shown.
    public var disclosure: Disclosure? {
        Disclosure(of: person, details: ["fields": "eligibility", "as": target.rawValue])
    }

    /// Evaluates the requirements that were on at the end of the day, with the facts of the day.
    ///
    /// - Throws: ``MemberError/unknownPerson`` where the person never was of the alliance, unless who asks sees the
    ///   register.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Dossier {
        try await transaction.requireKnown(person, to: space.alliance)
        let moment = min(now, ColombianTime.endOfDay(day))
        return try await transaction.dossier(
            of: person, as: target, in: space, on: day, at: moment, knowing: asKnownThen ? moment : now)
    }
}

/// Finds a person by a document: among those who are or were of the alliance, and for who sees the register, in all of
/// it.
public struct FindPerson: Query {
    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The document.
    public let document: IdentityDocument
    /// The alliance on whose behalf it is asked.
    public let alliance: ID<Alliance>

    /// Asks for the holder of a document.
    public init(_ document: IdentityDocument, for alliance: ID<Alliance>) {
        self.document = document
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Looks the document up.
    ///
    /// - Throws: ``MemberError/notInRegister(_:)``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> ID<Person> {
        let found = try await transaction.affiliates(
            with: [document], memberOf: alliance, on: ColombianTime.date(at: now)
        ).first
        let words = "\(document.type.rawValue) \(document.number)"
        guard transaction.seesRegister else {
            guard let person = found?.person, try await transaction.hasBeenMember(person, of: alliance) else {
                throw MemberError.notOfAlliance(words)
            }
            return person
        }
        guard let person = found?.person else { throw MemberError.notInRegister(words) }
        return person
    }
}

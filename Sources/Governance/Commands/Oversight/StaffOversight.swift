public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Takes somebody into the team of an exercise: an affiliate by document, anybody else by name.
public struct JoinOversight: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// A name or a document.
    public let words: String
    /// As what they are in it.
    public let role: OversightMember.Role

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OversightError/nameMissing``.
    public init(
        _ words: String, as role: OversightMember.Role, of id: ID<Oversight>, in alliance: ID<Alliance>
    ) throws(OversightError) {
        guard let words = words.trimmedOrNil else { throw .nameMissing }
        self.alliance = alliance
        self.id = id
        self.words = words
        self.role = role
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.openOversight(id, of: alliance)
        let document: IdentityDocument?
        do {
            document = try IdentityDocument.unlessName(words)
        } catch {
            throw OversightError.personNotFound
        }
        var (person, name) = (ID<Person>?.none, words)
        if let document {
            guard let known = try await transaction.person(with: document),
                let registered = try await transaction.name(of: known)
            else { throw OversightError.personNotFound }
            (person, name) = (known, registered)
        }
        try await transaction.insert(
            name, person: person, as: role, of: found, on: ColombianTime.date(at: now), at: now)
        return Audited(
            AuditEvent("governance.oversight.joined", subject: id, details: ["role": role.rawValue]))
    }
}

/// Says that somebody left the team of an exercise.
public struct LeaveOversight: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// Their time in it.
    public let member: ID<OversightMember>

    /// Names somebody.
    public init(_ member: ID<OversightMember>, of id: ID<Oversight>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
        self.member = member
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.openOversight(id, of: alliance)
        try await transaction.leave(member, of: id, on: ColombianTime.date(at: now))
        return Audited(AuditEvent("governance.oversight.left", subject: id))
    }
}

/// Adds to what the visits of an exercise look at.
public struct AddIndicator: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// What is looked at.
    public let indicator: OversightIndicator

    /// Takes what a person filled in.
    public init(_ indicator: OversightIndicator, of id: ID<Oversight>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
        self.indicator = indicator
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.openOversight(id, of: alliance)
        try await transaction.clinicalFilter().check([
            ("name", indicator.name), ("expected", indicator.expected),
        ])
        try await transaction.insert([indicator], of: found, at: now)
        return Audited(AuditEvent("governance.oversight.indicator_added", subject: id))
    }
}

/// Takes something off what the visits to come look at; what was measured stays.
public struct DropIndicator: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let id: ID<Oversight>
    /// What is looked at no more.
    public let indicator: ID<OversightIndicator>

    /// Names an indicator.
    public init(_ indicator: ID<OversightIndicator>, of id: ID<Oversight>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
        self.indicator = indicator
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it off.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.openOversight(id, of: alliance)
        try await transaction.drop(indicator, of: id, on: ColombianTime.date(at: now))
        return Audited(AuditEvent("governance.oversight.indicator_dropped", subject: id))
    }
}

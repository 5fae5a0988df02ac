public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Writes a project of bylaws, which orders nothing until the decision of an assembly adopts it.
public struct ProposeBylaws: Undertaking {
    /// Who may do it.
    public static let permission = Permission.adoptBylaws
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What they say.
    public let content: BylawsContent
    /// From when they should count; `nil` from their approval on.
    public let proposedFrom: CalendarDate?

    /// Takes a project.
    public init(_ content: BylawsContent, of alliance: ID<Alliance>, from proposedFrom: CalendarDate? = nil) {
        self.alliance = alliance
        self.content = content
        self.proposedFrom = proposedFrom
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Returns: Its number among the versions.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let (id, version) = try await transaction.insert(
            content, of: alliance, approvedOn: nil, inForceFrom: nil, proposedFrom: proposedFrom,
            textFile: nil, approvedIn: nil, at: now)
        return Audited(
            version,
            AuditEvent(
                "governance.bylaws.proposed", subject: id,
                details: [
                    "version": String(version), "title": content.title,
                    "articles": String(content.articles.count),
                    "parameters": content.parameters.map { "\($0.name.rawValue)=\($0.value)" }.sorted()
                        .joined(separator: " "),
                ]))
    }
}

/// Two texts of the bylaws of an alliance side by side.
public struct CompareBylaws: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The version that came first.
    public let before: Int
    /// The other.
    public let after: Int

    /// Asks for two versions.
    public init(of alliance: ID<Alliance>, _ before: Int, with after: Int) {
        self.alliance = alliance
        self.before = before
        self.after = after
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    ///
    /// - Throws: ``BylawsError/notFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> BylawsComparison {
        guard let before = try await transaction.bylawsText(of: alliance, version: before),
            let after = try await transaction.bylawsText(of: alliance, version: after)
        else { throw BylawsError.notFound }
        return BylawsComparison(before, with: after)
    }
}

/// One text of the bylaws of an alliance, a project too.
public struct ReadBylawsText: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its number; `nil` for the one in force.
    public let version: Int?

    /// Asks for a text.
    public init(of alliance: ID<Alliance>, version: Int? = nil) {
        self.alliance = alliance
        self.version = version
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it, and which version is in force today.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (text: BylawsText?, inForce: Int?) {
        let inForce = try await transaction.bylaws(of: alliance, on: ColombianTime.date(at: now))?.version
        guard let version = version ?? inForce else { return (nil, inForce) }
        return (try await transaction.bylawsText(of: alliance, version: version), inForce)
    }
}

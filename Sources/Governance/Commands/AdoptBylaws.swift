public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Registers a version of the bylaws, with its articles and what they order in figures. A version is never changed:
/// what the assembly changes later is the next version.
public struct AdoptBylaws: Command {
    /// Who may do it.
    public static let permission = Permission.adoptBylaws
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The title of the document.
    public let title: String
    /// The day on which the assembly approved them.
    public let approvedOn: CalendarDate
    /// The first day on which they count.
    public let inForceFrom: CalendarDate
    /// The text.
    public let articles: [BylawArticle]
    /// What they order in figures.
    public let parameters: [BylawParameter]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``BylawsError``.
    public init(
        _ title: String, of alliance: ID<Alliance>, approvedOn: CalendarDate, inForceFrom: CalendarDate,
        articles: [BylawArticle], parameters: [BylawParameter]
    ) throws(BylawsError) {
        let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !title.isEmpty else { throw .untitled }
        guard approvedOn <= inForceFrom else { throw .inForceBeforeApproval }
        let numbers = Set(articles.map(\.number))
        for parameter in parameters {
            if let article = parameter.article, !numbers.contains(article) { throw .unknownArticle(article) }
        }
        self.alliance = alliance
        self.title = title
        self.approvedOn = approvedOn
        self.inForceFrom = inForceFrom
        self.articles = articles
        self.parameters = parameters
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Registers the version.
    ///
    /// - Throws: ``BylawsError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Bylaws
    > {
        let bylaws = try await transaction.insertBylaws(
            title, of: alliance, approvedOn: approvedOn, inForceFrom: inForceFrom, articles: articles,
            parameters: parameters, at: now)
        return Audited(
            bylaws,
            AuditEvent(
                "governance.bylaws.adopted", subject: bylaws.id,
                details: [
                    "title": title, "version": String(bylaws.version),
                    "in_force_from": inForceFrom.description,
                    "parameters": parameters.map { "\($0.name.rawValue)=\($0.value)" }.sorted()
                        .joined(separator: " "),
                ]))
    }
}

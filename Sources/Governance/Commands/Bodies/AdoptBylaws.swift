public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Registers a version of the bylaws of an alliance, with its text by articles and what it orders in figures.
///
/// A version is never changed: what an assembly reforms is another version, in force from its own day. So an
/// election that began under one is judged by it for ever.
///
/// - SeeAlso: Decreto 1757 de 1994, as the source documents cite it: each alliance makes its own statutes.
public struct AdoptBylaws: Undertaking {
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
    /// Their text.
    public let articles: [BylawArticle]
    /// What they order in figures.
    public let parameters: [BylawParameter]
    /// The signed document.
    public let textFile: ID<StoredFile>?
    /// The minutes of the assembly that approved them, by number and date.
    public let approvedIn: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``BylawsError``, the first thing that does not hold together.
    public init(
        _ title: String, of alliance: ID<Alliance>, approvedOn: CalendarDate, inForceFrom: CalendarDate,
        articles: [BylawArticle], parameters: [BylawParameter], textFile: ID<StoredFile>? = nil,
        approvedIn: String? = nil
    ) throws(BylawsError) {
        guard title.trimmedOrNil != nil else { throw .untitled }
        guard approvedOn <= inForceFrom else { throw .inForceBeforeApproval }
        let content = try BylawsContent(
            title, articles: articles, parameters: parameters, hasFile: textFile != nil)
        self.alliance = alliance
        self.title = content.title
        self.approvedOn = approvedOn
        self.inForceFrom = inForceFrom
        self.articles = articles
        self.parameters = parameters
        self.textFile = textFile
        self.approvedIn = approvedIn?.trimmedOrNil
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Registers them.
    ///
    /// - Throws: ``BylawsError/sameDay(_:)``, ``BylawsError/approvedInFuture``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Bylaws> {
        guard approvedOn <= ColombianTime.date(at: now) else { throw BylawsError.approvedInFuture }
        let bylaws = try await transaction.insert(self, at: now)
        let figures = parameters.map { "\($0.name.rawValue)=\($0.value)" }.sorted()
        return Audited(
            bylaws,
            AuditEvent(
                "governance.bylaws.adopted", subject: bylaws.id,
                details: [
                    "version": String(bylaws.version), "title": title, "approved_on": approvedOn.description,
                    "in_force_from": inForceFrom.description, "articles": String(articles.count),
                    "parameters": figures.joined(separator: " "),
                ]))
    }
}

import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The bylaws of an alliance that are in force on a day: the latest that began by then.
    public func bylaws(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> Bylaws? {
        let found = try await row(
            """
            select bylaws_id, alliance_id, version, title, approved_on, in_force_from from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and in_force_from <= \(day)
            order by in_force_from desc limit 1
            """,
            as: BylawsRow.self)
        guard let found else { return nil }
        return found.bylaws(with: try await parameters(of: found.id))
    }

    /// All versions of the bylaws of an alliance, the latest first.
    public func bylawVersions(of alliance: ID<Alliance>) async throws -> [Bylaws] {
        let versions = try await rows(
            """
            select bylaws_id, alliance_id, version, title, approved_on, in_force_from from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by version desc
            """,
            as: BylawsRow.self)
        var bylaws: [Bylaws] = []
        for version in versions { bylaws.append(version.bylaws(with: try await parameters(of: version.id))) }
        return bylaws
    }

    /// The articles of a version, in their order.
    public func articles(of bylaws: ID<Bylaws>) async throws -> [BylawArticle] {
        try await rows(
            """
            select number, heading, body from governance.bylaw_articles
            where organization_id = \(organization) and bylaws_id = \(bylaws) order by position
            """)
    }

    private func parameters(of bylaws: ID<Bylaws>) async throws -> [BylawParameter] {
        try await rows(
            """
            select name, value, article_number, norm, is_confirmed from governance.bylaw_parameters
            where organization_id = \(organization) and bylaws_id = \(bylaws) order by name
            """)
    }

    /// Adds a version after those that the alliance has.
    ///
    /// - Throws: ``BylawsError``.
    func insertBylaws(
        _ title: String, of alliance: ID<Alliance>, approvedOn: CalendarDate, inForceFrom: CalendarDate,
        articles: [BylawArticle], parameters: [BylawParameter], at now: Date
    ) async throws -> Bylaws {
        let latest: Int? = try await value(
            """
            select max(version) from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance)
            """)
        let bylaws = Bylaws(
            id: ID(), alliance: alliance, version: (latest ?? 0) + 1, title: title, approvedOn: approvedOn,
            inForceFrom: inForceFrom, parameters: parameters)
        try await execute(
            """
            insert into governance.bylaws (
                organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
            values (
                \(organization), \(bylaws.id), \(alliance), \(bylaws.version), \(title), \(approvedOn),
                \(inForceFrom), \(now))
            """,
            refusals: [
                "bylaws_in_force_key": BylawsError.sameDay(inForceFrom),
                "bylaws_approved_before_in_force": BylawsError.inForceBeforeApproval,
            ])
        try await execute(
            """
            insert into governance.bylaw_articles (organization_id, bylaws_id, position, number, heading, body)
            select \(organization), \(bylaws.id), position, number, heading, body
            from unnest(
                \(articles.indices.map { $0 + 1 }), \(articles.map(\.number)), \(articles.map(\.heading)),
                \(articles.map(\.body))
            ) as articles (position, number, heading, body)
            """)
        try await execute(
            """
            insert into governance.bylaw_parameters (
                organization_id, bylaws_id, name, value, article_number, norm, is_confirmed)
            select \(organization), \(bylaws.id), name, value, article_number, norm, is_confirmed
            from unnest(
                \(parameters.map(\.name)), \(parameters.map(\.value.description)),
                \(parameters.map(\.article)), \(parameters.map(\.norm)), \(parameters.map(\.isConfirmed))
            ) as parameters (name, value, article_number, norm, is_confirmed)
            """)
        return bylaws
    }
}

extension BylawParameter.Name: SQLValue {}

private struct BylawsRow: RowDecodable {
    let id: ID<Bylaws>
    let alliance: ID<Alliance>
    let version: Int
    let title: String
    let approvedOn: CalendarDate
    let inForceFrom: CalendarDate

    init(row: Row) throws(RowError) {
        id = try row["bylaws_id"]
        alliance = try row["alliance_id"]
        version = try row["version"]
        title = try row["title"]
        approvedOn = try row["approved_on"]
        inForceFrom = try row["in_force_from"]
    }

    func bylaws(with parameters: [BylawParameter]) -> Bylaws {
        Bylaws(
            id: id, alliance: alliance, version: version, title: title, approvedOn: approvedOn,
            inForceFrom: inForceFrom, parameters: parameters)
    }
}

extension BylawArticle: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(number: try row["number"], heading: try row["heading"], body: try row["body"])
    }
}

extension BylawParameter: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        let name: Name = try row["name"]
        let text: String = try row["value"]
        let article: String? = try row["article_number"]
        let norm: String? = try row["norm"]
        let isConfirmed: Bool = try row["is_confirmed"]
        do {
            try self.init(name: name, text: text, article: article, norm: norm, isConfirmed: isConfirmed)
        } catch {
            throw RowError(unreadable: "value", because: error)
        }
    }
}

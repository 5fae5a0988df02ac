import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The bylaws of an alliance that count on a day: the latest that came into force by then.
    ///
    /// - Returns: `nil` where the alliance had none.
    public func bylaws(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> Bylaws? {
        try await bylaws(
            """
            alliance_id = \(alliance) and in_force_from <= \(day)
            order by in_force_from desc
            limit 1
            """)
    }

    /// The bylaws of each of some alliances that count on a day of its own; those that had none are left out.
    func bylaws(
        ofEach days: [ID<Alliance>: CalendarDate]
    ) async throws -> [ID<Alliance>: Bylaws] {
        let headers = try await rows(
            """
            select distinct on (bylaws.alliance_id) bylaws.bylaws_id, bylaws.alliance_id, bylaws.version,
                bylaws.title, bylaws.approved_on, bylaws.in_force_from
            from unnest(\(Array(days.keys)), \(Array(days.values))) as asked (alliance_id, day)
            join governance.bylaws on bylaws.organization_id = \(organization)
                and bylaws.alliance_id = asked.alliance_id and bylaws.in_force_from <= asked.day
            where bylaws.approved_on is not null
            order by bylaws.alliance_id, bylaws.in_force_from desc
            """, as: BylawsHeader.self)
        guard !headers.isEmpty else { return [:] }
        let parameters = Dictionary(
            grouping: try await rows(
                """
                select bylaws_id, name, value, article_number, norm, is_confirmed
                from governance.bylaw_parameters
                where organization_id = \(organization) and bylaws_id = any (\(headers.map(\.id)))
                """, as: VersionParameterRow.self), by: \.bylaws)
        return Dictionary(
            uniqueKeysWithValues: headers.map { header in
                (header.alliance, header.bylaws(with: parameters[header.id]?.map(\.parameter) ?? []))
            })
    }

    /// A version of bylaws, `nil` where this tenant has none of that identifier.
    public func bylaws(_ id: ID<Bylaws>) async throws -> Bylaws? {
        try await bylaws("bylaws_id = \(id)")
    }

    /// The articles of a version, in their order.
    public func articles(of bylaws: ID<Bylaws>) async throws -> [BylawArticle] {
        try await rows(
            """
            select number, heading, body
            from governance.bylaw_articles
            where organization_id = \(organization) and bylaws_id = \(bylaws)
            order by position
            """)
    }

    /// Every version of the bylaws of an alliance, the latest to come into force first.
    public func bylawsVersions(of alliance: ID<Alliance>) async throws -> [BylawsVersion] {
        try await rows(
            """
            select bylaws_id, version, title, approved_on, in_force_from,
                lead(in_force_from) over (order by in_force_from) - 1 as in_force_until, text_file_id,
                approved_in
            from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is not null
            order by in_force_from desc
            """)
    }

    /// The projects of an alliance that nobody adopted, the latest first.
    public func bylawsProjects(of alliance: ID<Alliance>) async throws -> [BylawsText] {
        var texts: [BylawsText] = []
        for version in try await values(
            """
            select version from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is null
            order by version desc
            """, as: Int.self)
        {
            if let text = try await bylawsText(of: alliance, version: version) { texts.append(text) }
        }
        return texts
    }

    /// A text of an alliance by its number, a project too; `nil` where there is none.
    func bylawsText(of alliance: ID<Alliance>, version: Int) async throws -> BylawsText? {
        guard
            let header = try await row(
                """
                select bylaws_id, version, title, approved_on, coalesce(in_force_from, proposed_from) as from_day
                from governance.bylaws
                where organization_id = \(organization) and alliance_id = \(alliance) and version = \(version)
                """, as: TextHeader.self)
        else { return nil }
        let parameters = try await parameters(of: header.id)
        return BylawsText(
            id: header.id, version: header.version, title: header.title, approvedOn: header.approvedOn,
            from: header.from, articles: try await articles(of: header.id),
            parameters: Dictionary(parameters.map { ($0.name, $0) }) { first, _ in first })
    }

    /// Adopts a project by a decision: it counts from the day of the meeting, or from the later one that it names.
    ///
    /// - Throws: ``BylawsError/sameDay(_:)`` where others count from that day.
    func adopt(
        _ project: ID<Bylaws>, on day: CalendarDate, by decision: ID<MeetingDecision>, told act: String
    ) async throws {
        let proposed: CalendarDate? = try await value(
            """
            select proposed_from from governance.bylaws
            where organization_id = \(organization) and bylaws_id = \(project)
            """)
        let from = max(day, proposed ?? day)
        let adopted = try await execute(
            """
            update governance.bylaws
            set approved_on = \(day), in_force_from = \(from), approved_in = \(act), decision_id = \(decision)
            where organization_id = \(organization) and bylaws_id = \(project) and approved_on is null
            """,
            refusals: ["bylaws_in_force_key": BylawsError.sameDay(from)])
        guard adopted == 1 else { throw BylawsError.notFound }
    }

    /// Makes what a decision adopted a project again, where that decision is withdrawn.
    func unadopt(by decision: ID<MeetingDecision>) async throws {
        try await execute(
            """
            update governance.bylaws
            set approved_on = null, in_force_from = null, approved_in = null, decision_id = null
            where organization_id = \(organization) and decision_id = \(decision)
            """)
    }

    /// Adds a version of bylaws with its articles and parameters.
    ///
    /// - Throws: ``BylawsError/sameDay(_:)``, `AllianceError.notFound`.
    func insert(_ bylaws: AdoptBylaws, at now: Date) async throws -> Bylaws {
        let content = try BylawsContent(
            bylaws.title, articles: bylaws.articles, parameters: bylaws.parameters,
            hasFile: bylaws.textFile != nil)
        let (id, version) = try await insert(
            content, of: bylaws.alliance, approvedOn: bylaws.approvedOn, inForceFrom: bylaws.inForceFrom,
            proposedFrom: nil, textFile: bylaws.textFile, approvedIn: bylaws.approvedIn, at: now)
        return Bylaws(
            id: id, alliance: bylaws.alliance, version: version, title: bylaws.title,
            approvedOn: bylaws.approvedOn, inForceFrom: bylaws.inForceFrom, parameters: bylaws.parameters)
    }

    /// Adds a text with the next number of its alliance.
    ///
    /// - Throws: ``BylawsError/sameDay(_:)``, `AllianceError.notFound`.
    func insert(
        _ content: BylawsContent, of alliance: ID<Alliance>, approvedOn: CalendarDate?,
        inForceFrom: CalendarDate?, proposedFrom: CalendarDate?, textFile: ID<StoredFile>?,
        approvedIn: String?, at now: Date
    ) async throws -> (id: ID<Bylaws>, version: Int) {
        let id = ID<Bylaws>()
        // The lock gives versions their numbers one after the other.
        let isKnown = try await value(
            """
            select true from tenancy.alliances
            where organization_id = \(organization) and alliance_id = \(alliance)
            for no key update
            """, as: Bool.self)
        guard isKnown == true else { throw AllianceError.notFound }
        let latest = try await value(
            """
            select max(version) from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance)
            """, as: Int.self)
        let version = (latest ?? 0) + 1
        try await execute(
            """
            insert into governance.bylaws (
                organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from,
                proposed_from, text_file_id, approved_in, recorded_at)
            values (
                \(organization), \(id), \(alliance), \(version), \(content.title), \(approvedOn),
                \(inForceFrom), \(proposedFrom), \(textFile), \(approvedIn), \(now))
            """,
            refusals: [
                "bylaws_in_force_key": BylawsError.sameDay(inForceFrom ?? ColombianTime.date(at: now))
            ])
        try await pipeline([
            """
            insert into governance.bylaw_articles (
                organization_id, bylaws_id, position, number, heading, body)
            select \(organization), \(id), position, number, heading, body
            from unnest(
                \(content.articles.map(\.number)), \(content.articles.map(\.heading)),
                \(content.articles.map(\.body))
            ) with ordinality as articles (number, heading, body, position)
            """,
            """
            insert into governance.bylaw_parameters (
                organization_id, bylaws_id, name, value, article_number, norm, is_confirmed)
            select \(organization), \(id), name, value, article_number, norm, is_confirmed
            from unnest(
                \(content.parameters.map(\.name)), \(content.parameters.map(\.value.description)),
                \(content.parameters.map(\.article)), \(content.parameters.map(\.norm)),
                \(content.parameters.map(\.isConfirmed))
            ) as parameters (name, value, article_number, norm, is_confirmed)
            """,
        ])
        return (id, version)
    }

    private func parameters(of bylaws: ID<Bylaws>) async throws -> [BylawParameter] {
        try await rows(
            """
            select name, value, article_number, norm, is_confirmed
            from governance.bylaw_parameters
            where organization_id = \(organization) and bylaws_id = \(bylaws)
            """, as: ParameterRow.self
        ).map(\.parameter)
    }

    private func bylaws(_ condition: SQL) async throws -> Bylaws? {
        guard
            let header = try await row(
                """
                select bylaws_id, alliance_id, version, title, approved_on, in_force_from
                from governance.bylaws
                where organization_id = \(organization) and approved_on is not null and \(fragment: condition)
                """, as: BylawsHeader.self)
        else { return nil }
        return header.bylaws(with: try await parameters(of: header.id))
    }
}

// MARK: - Rows

private struct BylawsHeader: RowDecodable {
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

private struct TextHeader: RowDecodable {
    let id: ID<Bylaws>
    let version: Int
    let title: String
    let approvedOn: CalendarDate?
    let from: CalendarDate?

    init(row: Row) throws(RowError) {
        id = try row["bylaws_id"]
        version = try row["version"]
        title = try row["title"]
        approvedOn = try row["approved_on"]
        from = try row["from_day"]
    }
}

private struct ParameterRow: RowDecodable {
    let parameter: BylawParameter

    init(row: Row) throws(RowError) {
        let name: BylawParameter.Name = try row["name"]
        let text: String = try row["value"]
        let article: String? = try row["article_number"]
        let norm: String? = try row["norm"]
        let isConfirmed: Bool = try row["is_confirmed"]
        do {
            parameter = try BylawParameter(
                name: name, text: text, article: article, norm: norm, isConfirmed: isConfirmed)
        } catch {
            throw RowError(unreadable: "value", because: error)
        }
    }
}

private struct VersionParameterRow: RowDecodable {
    let bylaws: ID<Bylaws>
    let parameter: BylawParameter

    init(row: Row) throws(RowError) {
        bylaws = try row["bylaws_id"]
        parameter = try ParameterRow(row: row).parameter
    }
}

extension BylawsVersion: RowDecodable {
    /// Reads a row of `governance.bylaws`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["bylaws_id"], version: try row["version"], title: try row["title"],
            approvedOn: try row["approved_on"], inForceFrom: try row["in_force_from"],
            inForceUntil: try row["in_force_until"], file: try row["text_file_id"],
            approvedIn: try row["approved_in"])
    }
}

extension BylawArticle: RowDecodable {
    /// Reads a row of `governance.bylaw_articles`.
    public init(row: Row) throws(RowError) {
        self.init(number: try row["number"], heading: try row["heading"], body: try row["body"])
    }
}

extension BylawParameter.Name: SQLValue {}

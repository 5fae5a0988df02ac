import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The papers that were added to what an alliance recorded, in the order in which they came.
    public func papers(of alliance: ID<Alliance>) async throws -> [Paper] {
        try await rows(
            """
            select paper_id, kind, constitution_id, bylaws_id, plan_id, minutes_id, registration_id, title,
                dated_on, file_id
            from governance.papers
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by recorded_at, paper_id
            """)
    }

    /// Keeps a file and adds it as a paper, as reserved as what it is of.
    ///
    /// - Throws: ``PaperError/subjectNotFound`` where what it is of is another alliance's.
    @discardableResult
    func insert(
        _ file: StoredFile, as subject: Paper.Subject, titled title: String, datedOn day: CalendarDate,
        of alliance: ID<Alliance>, at now: Date
    ) async throws -> Paper {
        guard let isReserved = try await reserve(of: subject, in: alliance) else {
            throw PaperError.subjectNotFound
        }
        let paper = Paper(
            id: ID(), subject: subject, title: title, datedOn: day,
            file: try await store(
                file, as: subject.retention, in: .alliance(alliance), isReserved: isReserved, at: now))
        try await insert(paper, of: alliance, isReserved: isReserved, at: now)
        return paper
    }

    /// Adds the papers of something to what stands in its place.
    func carryPapers(
        from corrected: Paper.Subject, to subject: Paper.Subject, of alliance: ID<Alliance>, at now: Date
    ) async throws {
        for paper in try await papers(of: alliance) where paper.subject == corrected {
            try await insert(
                Paper(
                    id: ID(), subject: subject, title: paper.title, datedOn: paper.datedOn, file: paper.file),
                of: alliance, isReserved: false, at: now)
        }
    }

    private func insert(
        _ paper: Paper, of alliance: ID<Alliance>, isReserved: Bool, at now: Date
    ) async throws {
        let columns = PaperColumns(paper.subject)
        try await execute(
            """
            insert into governance.papers (
                organization_id, paper_id, alliance_id, kind, constitution_id, bylaws_id, plan_id, minutes_id,
                registration_id, title, dated_on, file_id, is_reserved, recorded_at, recorded_by)
            values (
                \(organization), \(paper.id), \(alliance), \(columns.kind), \(columns.constitution),
                \(columns.bylaws), \(columns.plan), \(columns.minutes), \(columns.registration),
                \(paper.title), \(paper.datedOn), \(paper.file), \(isReserved), \(now),
                \(scope.principal.user))
            """)
    }

    /// Whether something of an alliance is reserved; `nil` for what is not of it.
    private func reserve(of subject: Paper.Subject, in alliance: ID<Alliance>) async throws -> Bool? {
        let columns = PaperColumns(subject)
        return try await value(
            """
            select false from governance.constitutions
            where organization_id = \(organization) and alliance_id = \(alliance)
                and constitution_id = \(columns.constitution) and withdrawn_at is null
            union all
            select false from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance)
                and bylaws_id = \(columns.bylaws)
            union all
            select false from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance)
                and plan_id = \(columns.plan) and not is_reserved and dropped_on is null
            union all
            select is_reserved from governance.minutes
            where organization_id = \(organization) and alliance_id = \(alliance)
                and minutes_id = \(columns.minutes)
            union all
            select false from governance.registrations
            where organization_id = \(organization) and alliance_id = \(alliance)
                and registration_id = \(columns.registration) and withdrawn_at is null
            """)
    }
}

/// What a paper is of, as the table has it: one of the columns says it, the others are null.
private struct PaperColumns {
    let kind: String
    var constitution: ID<Constitution>?
    var bylaws: ID<Bylaws>?
    var plan: ID<WorkPlan>?
    var minutes: ID<Minutes>?
    var registration: ID<Registration>?

    init(_ subject: Paper.Subject) {
        switch subject {
        case .constitution(let id): (kind, constitution) = ("constitution_minutes", id)
        case .bylaws(let id): (kind, bylaws) = ("bylaws_minutes", id)
        case .plan(let id): (kind, plan) = ("plan_minutes", id)
        case .minutes(let id): (kind, minutes) = ("signed_minutes", id)
        case .attendance(let id): (kind, minutes) = ("attendance_list", id)
        case .registration(let id): (kind, registration) = ("certificate", id)
        }
    }

    static func subject(of row: Row) throws(RowError) -> Paper.Subject {
        let kind: String = try row["kind"]
        return switch kind {
        case "constitution_minutes": .constitution(try row["constitution_id"])
        case "bylaws_minutes": .bylaws(try row["bylaws_id"])
        case "plan_minutes": .plan(try row["plan_id"])
        case "attendance_list": .attendance(try row["minutes_id"])
        case "certificate": .registration(try row["registration_id"])
        default: .minutes(try row["minutes_id"])
        }
    }
}

extension Paper: RowDecodable {
    /// Reads a row of `governance.papers`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["paper_id"], subject: try PaperColumns.subject(of: row), title: try row["title"],
            datedOn: try row["dated_on"], file: try row["file_id"])
    }
}

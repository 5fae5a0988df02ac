public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// In which space requirements are asked: an alliance, and possibly one of its electoral processes, whose
/// own switches then count over the alliance's.
public struct EligibilitySpace: Sendable, Hashable {
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The electoral process, where there is one.
    public let process: ID<ElectoralProcess>?
    /// The body whose seats a candidate stands for, where it is known.
    public let body: ContestedBody?

    /// Names a space.
    public init(alliance: ID<Alliance>, process: ID<ElectoralProcess>? = nil, body: ContestedBody? = nil) {
        self.alliance = alliance
        self.process = process
        self.body = body
    }
}

/// A body as far as candidates to its seats are looked at: how often in a row somebody may hold one.
public struct ContestedBody: Sendable, Hashable {
    /// Its identifier, as facts of mandates have it.
    public let id: String
    /// The consecutive periods that it allows; `nil` for no limit.
    public let termLimit: Int?
    /// The norm or article behind the limit.
    public let norm: String?

    /// Describes a body.
    public init(id: String, termLimit: Int?, norm: String?) {
        self.id = id
        self.termLimit = termLimit
        self.norm = norm
    }
}

extension Transaction where Scope == TenantScope {
    /// The requirements that are on for a target in a space at a moment, in the order of their codes, with
    /// the parameters of the catalogue, overlaid by the alliance's, overlaid by the process's.
    ///
    /// The call of a process settles what it asks: what the alliance switched later does not reach it, what was
    /// switched for the process itself does.
    ///
    /// - Throws: ``RequirementError`` where a switch gave parameters that the evaluator does not understand.
    public func requirements(
        for target: EligibilityTarget, in space: EligibilitySpace, at moment: Date
    ) async throws -> [Requirement] {
        try await rows(
            """
            with known as (
                select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure,
                    \(target.rawValue) = any (targets) as is_on
                from catalogue.requirements
                union all
                select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure, false
                from membership.requirements
                where organization_id = \(organization)
            ),
            latest as (
                select distinct on (code, process_id) code, process_id, is_on, parameters
                from membership.requirement_switches
                where organization_id = \(organization) and alliance_id = \(space.alliance)
                    and (process_id is null or process_id = \(space.process))
                    and target = \(target.rawValue) and set_at <= \(moment)
                    and (process_id is not null or set_at <= coalesce(
                        (
                            select bound_at from membership.requirement_bindings
                            where organization_id = \(organization) and process_id = \(space.process)
                        ), \(moment)))
                order by code, process_id, set_at desc
            )
            select known.code, title, question, evaluator, norm, norm_is_confirmed, cure,
                known.parameters || coalesce(general.parameters, '{}') || coalesce(special.parameters, '{}')
                    as parameters
            from known
            left join latest as general on general.code = known.code and general.process_id is null
            left join latest as special on special.code = known.code and special.process_id is not null
            where coalesce(special.is_on, general.is_on, known.is_on)
            order by known.code
            """,
            as: RequirementRow.self
        ).map { try $0.requirement().citing(space.body) }
    }

    /// Settles what an election asks: what the alliance switches from now on does not count in it.
    public func bindRequirements(
        of process: ID<ElectoralProcess>, in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.requirement_bindings (organization_id, process_id, alliance_id, bound_at)
            values (\(organization), \(process), \(alliance), \(now))
            """)
    }

    /// Since when what an election asks is settled; `nil` while it is being prepared.
    func requirementsBound(of process: ID<ElectoralProcess>) async throws -> Date? {
        try await value(
            """
            select bound_at from membership.requirement_bindings
            where organization_id = \(organization) and process_id = \(process)
            """)
    }
}

extension Requirement {
    /// The requirement with the norm of the body's own limit, where it is about that.
    fileprivate func citing(_ body: ContestedBody?) -> Self {
        guard case .consecutiveTerms = evaluator, let norm = body?.norm else { return self }
        return Self(
            id: id, title: title, question: question, evaluator: evaluator, norm: norm,
            isNormConfirmed: false, cure: cure)
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns a requirement of the product or the tenant, with the parameters that it has by itself.
    public func requirement(_ code: String) async throws -> Requirement? {
        try await row(
            """
            select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure
            from catalogue.requirements where code = \(code)
            union all
            select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure
            from membership.requirements where organization_id = \(organization) and code = \(code)
            """,
            as: RequirementRow.self
        )?.requirement()
    }

    /// Returns all requirements of the product and of the tenant, by code.
    public func requirements() async throws -> [Requirement] {
        try await rows(
            """
            select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure
            from catalogue.requirements
            union all
            select code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure
            from membership.requirements where organization_id = \(organization)
            order by code
            """,
            as: RequirementRow.self
        ).map { try $0.requirement() }
    }

    /// Writes a switch; the latest counts.
    func switchRequirement(
        _ code: String, for target: EligibilityTarget, in space: EligibilitySpace, isOn: Bool,
        parameters: [String: ParameterValue], because reason: String, at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.requirement_switches (
                organization_id, switch_id, alliance_id, process_id, code, target, is_on, parameters, reason,
                set_at, set_by)
            values (
                \(organization), \(ID<RequirementSwitch>()), \(space.alliance), \(space.process), \(code),
                \(target.rawValue), \(isOn), \(try JSONText(encoding: parameters)), \(reason), \(now),
                \(scope.principal.user))
            """)
    }
}

extension Transaction where Scope == TenantScope {
    /// The first code that no requirement of the tenant has.
    ///
    /// - Throws: ``RequirementError/noCodeLeft``.
    func nextRequirementCode() async throws -> String {
        let taken = Set(
            try await values(
                "select code from membership.requirements where organization_id = \(organization)",
                as: String.self))
        let codes = (1...999).lazy.map { $0 < 10 ? "R0\($0)" : "R\($0)" }
        guard let code = codes.first(where: { !taken.contains($0) }) else {
            throw RequirementError.noCodeLeft
        }
        return code
    }

    /// Adds a requirement of the tenant's own.
    func insert(
        _ requirement: Requirement, evaluator: String, parameters: [String: ParameterValue], at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.requirements (
                organization_id, code, title, question, evaluator, parameters, norm, norm_is_confirmed, cure,
                created_at)
            values (
                \(organization), \(requirement.id), \(requirement.title), \(requirement.question), \(evaluator),
                \(try JSONText(encoding: parameters)), \(requirement.norm), \(requirement.isNormConfirmed),
                \(requirement.cure), \(now))
            """,
            refusals: ["requirements_pkey": RequirementError.addedMeanwhile])
    }
}

/// A requirement turned on or off, or given other parameters.
enum RequirementSwitch {}

/// A requirement as its row says it: its parameters are text until somebody asks what they mean.
private struct RequirementRow: RowDecodable {
    let evaluator: String
    let parameters: [String: ParameterValue]
    let described: @Sendable (Evaluator) -> Requirement

    init(row: Row) throws(RowError) {
        let text: JSONText = try row["parameters"]
        do {
            parameters = try text.decoded(as: [String: ParameterValue].self)
        } catch {
            throw RowError(unreadable: "parameters", because: error)
        }
        evaluator = try row["evaluator"]
        let (id, title, question): (String, String, String) = (
            try row["code"], try row["title"], try row["question"]
        )
        let (norm, isNormConfirmed, cure): (String, Bool, String) = (
            try row["norm"], try row["norm_is_confirmed"], try row["cure"]
        )
        described = {
            Requirement(
                id: id, title: title, question: question, evaluator: $0, norm: norm,
                isNormConfirmed: isNormConfirmed, cure: cure)
        }
    }

    /// The requirement with its parameters understood.
    ///
    /// - Throws: ``RequirementError`` where they mean nothing, as it is shown to who set them.
    func requirement() throws(RequirementError) -> Requirement {
        described(try Evaluator(name: evaluator, parameters: parameters))
    }
}

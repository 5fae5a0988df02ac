public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// What the facts say about one person in one capacity on a day.
    ///
    /// The switches of `moment` count, and what was recorded and reviewed until `knowledge`, or until the same moment
    /// where that is `nil`; `stage` says whether what only the session can tell is asked.
    ///
    /// - Throws: ``RequirementError`` where a requirement cannot be used.
    public func dossier(
        of person: ID<Person>, as target: EligibilityTarget, in space: EligibilitySpace,
        on day: CalendarDate, at moment: Date, stage: EligibilityStage = .session,
        knowing knowledge: Date? = nil
    ) async throws -> Dossier {
        let requirements = try await requirements(for: target, in: space, at: moment).filter {
            stage.asks($0)
        }
        let queries = OutcomeQueries(
            organization: organization, space: space, day: day, moment: knowledge ?? moment,
            population: "select \(person) as person_id")
        let rows = try await rows(queries.outcomes(of: requirements), as: OutcomeRow.self)
        let byCode = Dictionary(rows.map { ($0.code, $0) }) { first, _ in first }
        return Dossier(
            person: person, target: target, day: day,
            outcomes: requirements.compactMap { requirement in
                byCode[requirement.id].map { $0.outcome(of: requirement) }
            })
    }

    /// A query of one row for every current member of the alliance: `person_id`, `verdict` (`eligible`,
    /// `ineligible`, `unproven`), and the codes `failed` and `unproven`; to be composed into a statement
    /// that writes a roll.
    public func verdicts(
        as target: EligibilityTarget, in space: EligibilitySpace, on day: CalendarDate, at moment: Date,
        stage: EligibilityStage = .session
    ) async throws -> SQL {
        OutcomeQueries(
            organization: organization, space: space, day: day, moment: moment,
            population: """
                select distinct person_id from membership.memberships
                where organization_id = \(organization) and alliance_id = \(space.alliance)
                    and joined_on <= \(day) and (left_on is null or left_on > \(day))
                """
        ).verdicts(
            on: try await requirements(for: target, in: space, at: moment).filter { stage.asks($0) })
    }

    /// Which requirements that only the session can tell somebody who came does not meet, by their titles.
    public func sessionObstacles(
        of person: ID<Person>, as target: EligibilityTarget, in space: EligibilitySpace,
        on day: CalendarDate, at moment: Date
    ) async throws -> [String] {
        let requirements = try await requirements(for: target, in: space, at: moment).filter {
            $0.evaluator.isOfSession
        }
        guard !requirements.isEmpty else { return [] }
        let queries = OutcomeQueries(
            organization: organization, space: space, day: day, moment: moment,
            population: "select \(person) as person_id")
        let rows = try await rows(queries.outcomes(of: requirements), as: OutcomeRow.self)
        let unmet = Set(rows.filter { $0.verdict != .pass }.map(\.code))
        return requirements.filter { unmet.contains($0.id) }.map(\.title)
    }
}

/// When somebody is looked at in an election.
public enum EligibilityStage: Sendable, Hashable {
    /// For a roll or a candidacy, before the session: what only the session can tell is not asked.
    case preparation
    /// In the session, or outside of any election: everything is asked.
    case session

    /// Whether a requirement is asked then.
    func asks(_ requirement: Requirement) -> Bool { self == .session || !requirement.evaluator.isOfSession }
}

/// An outcome as its row says it.
private struct OutcomeRow: RowDecodable {
    let code: String
    let verdict: Verdict
    let ground: Outcome.Ground
    let fact: String?
    let source: String?
    let factDate: CalendarDate?

    init(row: Row) throws(RowError) {
        code = try row["code"]
        verdict = try row["verdict"]
        ground = try row["ground"]
        fact = try row["fact"]
        source = try row["source"]
        factDate = try row["fact_date"]
    }

    func outcome(of requirement: Requirement) -> Outcome {
        Outcome(
            requirement: requirement, verdict: verdict, ground: ground, fact: fact, source: source,
            factDate: factDate)
    }
}

extension Verdict: SQLValue {}

extension Outcome.Ground: SQLValue {}

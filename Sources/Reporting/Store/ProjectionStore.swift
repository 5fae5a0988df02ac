public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Reckons anew what is derived from alliances of the tenant: where they stand on each obligation, what
    /// anybody may know of them, what control bodies are told of their commitments and complaints, and the documents and statements that they published.
    ///
    /// It may be done any number of times; what has not changed is left as it was. At most some hundreds of
    /// alliances at once: their facts are held in memory.
    public func reckon(_ alliances: [ID<Alliance>], at now: Date) async throws {
        let day = ColombianTime.date(at: now)
        // Two reckonings of an alliance at once would both note the same change.
        let alliances = try await values(
            """
            select alliance_id from tenancy.alliances
            where organization_id = \(organization) and alliance_id = any (\(alliances))
            order by alliance_id for no key update
            """,
            as: ID<Alliance>.self)
        guard !alliances.isEmpty else { return }
        let obligations = try await obligations()
        let ownTerms = try await ownTerms()
        let known = Dictionary(
            try await knownStates(of: alliances).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }
        )
        let standings = try await facts(of: alliances).flatMap { facts in
            ownTerms.terms(of: obligations, for: facts.alliance).map { terms in
                let assessment = facts.assessment(of: terms, on: day)
                let key = StateKey(alliance: facts.alliance, code: terms.obligation.code)
                let before = known[key]
                let since =
                    assessment.since ?? (before?.state == assessment.state ? before?.since : nil) ?? day
                return Reckoned(
                    key: key, assessment: assessment, since: min(since, day),
                    isNews: (before?.state ?? .notApplicable) != assessment.state)
            }
        }
        try await write(standings, of: alliances, at: now)
        try await writeProfiles(of: alliances, at: now)
        try await writeFigures(of: alliances, at: now)
        try await publishDocuments(of: alliances)
        try await publishMinutes(of: alliances)
        try await publishStatements(of: alliances)
    }

    // MARK: States

    private func knownStates(of alliances: [ID<Alliance>]) async throws -> [KnownState] {
        try await rows(
            """
            select distinct alliance_id, code, state, since from reporting.obligation_states
            where organization_id = \(organization) and alliance_id = any (\(alliances))
            """)
    }

    private func write(_ standings: [Reckoned], of alliances: [ID<Alliance>], at now: Date) async throws {
        let said = standings.map(\.assessment)
        try await execute(
            """
            insert into reporting.obligation_states (
                organization_id, alliance_id, code, municipality_code, is_public, organization_name,
                alliance_name, norm, norm_is_confirmed, deadline_is_confirmed, state, since, due_on, finding,
                next_step, next_place, next_subject, evidence, evaluated_at)
            select \(organization), said.alliance_id, said.code, places.municipality_code, false,
                organizations.short_name, alliances.name, said.norm, said.norm_is_confirmed,
                said.deadline_is_confirmed, said.state, said.since, said.due_on, said.finding, said.next_step,
                said.next_place, said.next_subject, said.evidence, \(now)
            from unnest(
                \(standings.map(\.key.alliance)), \(standings.map(\.key.code)),
                \(said.map(\.terms.norm)), \(said.map(\.terms.normIsConfirmed)),
                \(said.map(\.deadlineIsConfirmed)), \(said.map(\.state)), \(standings.map(\.since)),
                \(said.map(\.dueOn)), \(said.map(\.finding)), \(said.map { $0.next?.words }),
                \(said.map { $0.next?.place.rawValue }), \(said.map { $0.next?.subject }),
                \(try said.map { try JSONText(encoding: $0.evidence) })
            ) as said (
                alliance_id, code, norm, norm_is_confirmed, deadline_is_confirmed, state, since, due_on,
                finding, next_step, next_place, next_subject, evidence)
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = said.alliance_id
            join catalogue.organizations on organizations.organization_id = alliances.organization_id
            join tenancy.alliance_municipalities as places on places.organization_id = \(organization)
                and places.alliance_id = said.alliance_id
            on conflict on constraint obligation_states_pkey do update set
                organization_name = excluded.organization_name, alliance_name = excluded.alliance_name,
                norm = excluded.norm, norm_is_confirmed = excluded.norm_is_confirmed,
                deadline_is_confirmed = excluded.deadline_is_confirmed, state = excluded.state,
                since = excluded.since, due_on = excluded.due_on, finding = excluded.finding,
                next_step = excluded.next_step, next_place = excluded.next_place,
                next_subject = excluded.next_subject, evidence = excluded.evidence,
                evaluated_at = excluded.evaluated_at
            """)
        // An alliance that left a municipality is its control body's business no more.
        try await execute(
            """
            delete from reporting.obligation_states as states
            where states.organization_id = \(organization) and states.alliance_id = any (\(alliances))
                and not exists (
                    select from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization)
                        and places.alliance_id = states.alliance_id
                        and places.municipality_code = states.municipality_code)
            """)
        let news = standings.filter(\.isNews)
        guard !news.isEmpty else { return }
        try await execute(
            """
            insert into reporting.obligation_changes (
                organization_id, change_id, alliance_id, code, state, finding, changed_at)
            select \(organization), news.change_id, news.alliance_id, news.code, news.state, news.finding,
                \(now)
            from unnest(
                \(news.map { _ in ID<ObligationChange>() }), \(news.map(\.key.alliance)),
                \(news.map(\.key.code)), \(news.map(\.assessment.state)), \(news.map(\.assessment.finding))
            ) as news (change_id, alliance_id, code, state, finding)
            """)
    }

    // MARK: Profiles

    private func writeProfiles(of alliances: [ID<Alliance>], at now: Date) async throws {
        let profiles = try await profiles(of: alliances, on: ColombianTime.date(at: now)).map { $0 }
        try await execute(
            """
            insert into reporting.alliance_profiles as known (
                organization_id, alliance_id, municipality_code, is_public, organization_slug,
                organization_name, organization_kind, alliance_slug, alliance_name, state, member_count,
                profile, updated_at)
            select \(organization), alliances.alliance_id, places.municipality_code,
                alliances.state <> 'draft', organizations.slug, organizations.short_name, organizations.kind,
                alliances.slug, alliances.name, alliances.state,
                (
                    select count(*) from membership.memberships as members
                    where members.organization_id = \(organization)
                        and members.alliance_id = alliances.alliance_id and members.left_on is null
                ),
                read.profile, \(now)
            from unnest(
                \(profiles.map(\.key)), \(try profiles.map { try JSONText(encoding: $0.value) })
            ) as read (alliance_id, profile)
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = read.alliance_id
            join catalogue.organizations on organizations.organization_id = alliances.organization_id
            join tenancy.alliance_municipalities as places on places.organization_id = \(organization)
                and places.alliance_id = read.alliance_id
            on conflict on constraint alliance_profiles_pkey do update set
                is_public = excluded.is_public, organization_slug = excluded.organization_slug,
                organization_name = excluded.organization_name,
                organization_kind = excluded.organization_kind, alliance_slug = excluded.alliance_slug,
                alliance_name = excluded.alliance_name, state = excluded.state,
                member_count = excluded.member_count, profile = excluded.profile,
                updated_at = excluded.updated_at
            where (known.is_public, known.organization_slug, known.organization_name,
                known.organization_kind, known.alliance_slug, known.alliance_name, known.state,
                known.member_count, known.profile)
                is distinct from (excluded.is_public, excluded.organization_slug,
                excluded.organization_name, excluded.organization_kind, excluded.alliance_slug,
                excluded.alliance_name, excluded.state, excluded.member_count, excluded.profile)
            """)
        try await execute(
            """
            delete from reporting.alliance_profiles as profiles
            where profiles.organization_id = \(organization) and profiles.alliance_id = any (\(alliances))
                and not exists (
                    select from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization)
                        and places.alliance_id = profiles.alliance_id
                        and places.municipality_code = profiles.municipality_code)
            """)
    }

    // MARK: Documents

    /// Publishes the calls of elections, word by word.
    private func publishDocuments(of alliances: [ID<Alliance>]) async throws {
        try await execute(
            """
            insert into reporting.published_documents (
                organization_id, document_id, alliance_id, municipality_code, is_public, kind, title, sha256,
                content, media_type, facts, published_at)
            select \(organization), calls.process_id, processes.alliance_id,
                (
                    select min(places.municipality_code) from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization)
                        and places.alliance_id = processes.alliance_id
                ),
                true, 'call', 'Convocatoria: ' || processes.name, calls.sha256,
                convert_to(calls.text, 'UTF8'), 'text/plain; charset=utf-8', '{}', calls.published_at
            from elections.calls
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = calls.process_id
            where calls.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
            on conflict on constraint published_documents_pkey do nothing
            """)
    }

    // MARK: Rounds

    /// Returns alliances of the tenant that were not reckoned since a moment, at most `limit`, in the order of
    /// their identifiers and beginning behind one of them.
    func alliancesNotReckoned(
        since moment: Date, after last: ID<Alliance>?, limit: Int
    ) async throws -> [ID<Alliance>] {
        try await values(
            """
            select alliances.alliance_id from tenancy.alliances
            where alliances.organization_id = \(organization)
                and (\(last) is null or alliances.alliance_id > \(last))
                and not exists (
                select from reporting.obligation_states as states
                where states.organization_id = \(organization)
                    and states.alliance_id = alliances.alliance_id and states.evaluated_at >= \(moment))
            order by alliances.alliance_id limit \(limit)
            """)
    }
}

private struct StateKey: Hashable {
    let alliance: ID<Alliance>
    let code: Obligation.Code
}

private struct Reckoned {
    let key: StateKey
    let assessment: Assessment
    let since: CalendarDate
    /// Whether the state changed. What was never asked and is not asked is no news.
    let isNews: Bool
}

private struct KnownState: RowDecodable {
    let key: StateKey
    let state: ObligationState
    let since: CalendarDate

    init(row: Row) throws(RowError) {
        key = StateKey(alliance: try row["alliance_id"], code: try row["code"])
        state = try row["state"]
        since = try row["since"]
    }
}

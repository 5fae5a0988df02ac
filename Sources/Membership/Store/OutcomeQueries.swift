import Kernel
import Postgres
import Tenancy

/// Writes the set-based SQL that evaluates requirements: the same for one person and for a whole roll.
///
/// The statement reads `membership.facts` (and the hashed list of employees, which holds no facts that
/// could be read) and gives one row a person and requirement. Every person of the population gets a row for
/// every requirement, so that nothing is decided by the absence of one.
struct OutcomeQueries {
    let organization: ID<Organization>
    let space: EligibilitySpace
    let day: CalendarDate
    /// A query of one column `person_id`.
    let population: SQL

    /// One row a person and requirement: `person_id, code, verdict, ground, fact, source, fact_date`.
    func outcomes(of requirements: [Requirement]) -> SQL {
        """
        with \(fragment: sources)
        \(fragment: branches(of: requirements))
        """
    }

    /// One row a person: `person_id, verdict, failed, unproven`, the verdict being `eligible`, `ineligible`
    /// or `unproven` and the others arrays of codes.
    func verdicts(on requirements: [Requirement]) -> SQL {
        """
        with \(fragment: sources),
        outcomes as materialized (\(fragment: branches(of: requirements)))
        select people.person_id,
            case when bool_or(outcomes.verdict = 'fail') then 'ineligible'
                when bool_or(outcomes.verdict = 'unproven') then 'unproven'
                else 'eligible' end as verdict,
            coalesce(array_agg(outcomes.code order by outcomes.code)
                filter (where outcomes.verdict = 'fail'), '{}') as failed,
            coalesce(array_agg(outcomes.code order by outcomes.code)
                filter (where outcomes.verdict = 'unproven'), '{}') as unproven
        from people
        left join outcomes on outcomes.person_id = people.person_id
        group by people.person_id
        """
    }

    /// The people, and their facts, which are read once for all requirements: the view joins many tables.
    private var sources: SQL {
        """
        people as materialized (\(fragment: population)),
        facts as materialized (
            select person_id, kind, value, alliance_id, process_id, valid_from, valid_until, happened_at,
                source, review
            from membership.facts
            where organization_id = \(organization) and person_id in (select person_id from people)
        )
        """
    }

    private func branches(of requirements: [Requirement]) -> SQL {
        var branches: SQL = """
            select null::uuid as person_id, null::text as code, null::text as verdict, null::text as ground,
                null::text as fact, null::text as source, null::date as fact_date
            where false
            """
        for requirement in requirements {
            branches = """
                \(fragment: branches)
                union all
                select person_id, \(requirement.id)::text, verdict, ground, fact, source, fact_date
                from (\(fragment: branch(requirement.evaluator))) as branch
                """
        }
        return branches
    }

    private func branch(_ evaluator: Evaluator) -> SQL {
        switch evaluator {
        case .affiliation(let states): affiliation(states)
        case .minimumAge(let years, let refused): minimumAge(years, refused: refused)
        case .notEmployed(let days): notEmployed(listDays: days)
        case .residence: residence()
        case .factWithinWindow(let kind, let months): factWithinWindow(kind, months: months)
        case .tenure(let months): tenure(months: months)
        case .presence: presence()
        case .enrolledWithin(let from, let until): enrolledWithin(from: from, until: until)
        case .reviewedPaper(let kind, let days, let adverse):
            reviewedPaper(kind, days: days, adverse: adverse)
        case .consecutiveTerms(let body, let limit, let gapDays):
            consecutiveTerms(body: body, limit: limit, gapDays: gapDays)
        case .noFactInForce(let kind): noFactInForce(kind)
        case .factInForce(let kind, let value): factInForce(kind, value: value)
        case .consent(let purpose): consent(purpose)
        }
    }
}

// MARK: - What is in force

extension OutcomeQueries {
    /// The latest fact of a kind that is in force on the day and counts without review or passed it: one
    /// row a person at the most.
    private func inForce(_ kind: String) -> SQL {
        """
        select distinct on (person_id) person_id, value, source, valid_from
        from facts
        where kind = \(kind) and valid_from <= \(day) and (valid_until is null or valid_until > \(day))
            and (alliance_id is null or alliance_id = \(space.alliance))
            and (process_id is null or process_id = \(space.process))
            and review in ('unneeded', 'accepted')
        order by person_id, valid_from desc, happened_at desc nulls last
        """
    }

    private func affiliation(_ states: [String]) -> SQL {
        """
        select people.person_id,
            case when fact.value is null then 'unproven' when fact.value = any (\(states)) then 'pass' else 'fail' end
                as verdict,
            case when fact.value is null then 'no_fact' when fact.value = any (\(states)) then 'met'
                else 'other_value' end as ground,
            fact.value as fact, fact.source, fact.valid_from as fact_date
        from people left join (\(fragment: inForce("affiliation"))) as fact on fact.person_id = people.person_id
        """
    }

    private func minimumAge(_ years: Int, refused: [String]) -> SQL {
        """
        select people.person_id,
            case when birth.value is null or document.value is null then 'unproven'
                when document.value = any (\(refused)) then 'fail'
                when (birth.value::date + make_interval(years => \(Int32(years))))::date <= \(day) then 'pass'
                else 'fail' end as verdict,
            case when birth.value is null or document.value is null then 'no_fact'
                when document.value = any (\(refused)) then 'minor_document'
                when (birth.value::date + make_interval(years => \(Int32(years))))::date <= \(day) then 'met'
                else 'too_young' end as ground,
            case when document.value = any (\(refused)) then document.value else birth.value end as fact,
            birth.source,
            -- The register's facts of a birth hold since then; what it says it says since its own day.
            case when birth.valid_from = birth.value::date then affiliates.valid_from else birth.valid_from end
                as fact_date
        from people
        left join (\(fragment: inForce("birth"))) as birth on birth.person_id = people.person_id
        left join membership.affiliates on affiliates.organization_id = \(organization)
            and affiliates.person_id = people.person_id
        left join (\(fragment: inForce("document"))) as document on document.person_id = people.person_id
        """
    }

    private func residence() -> SQL {
        """
        select people.person_id,
            case when fact.value is null or not territory.is_known then 'unproven'
                when fact.value = any (territory.codes) then 'pass' else 'fail' end as verdict,
            case when not territory.is_known then 'no_territory' when fact.value is null then 'no_fact'
                when fact.value = any (territory.codes) then 'met' else 'other_value' end as ground,
            coalesce(catalogue.place(municipalities.name, municipalities.department), fact.value) as fact,
            fact.source, fact.valid_from as fact_date
        from people
        cross join (
            select coalesce(array_agg(municipality_code), '{}') as codes, count(*) > 0 as is_known
            from tenancy.alliance_municipalities
            where organization_id = \(organization) and alliance_id = \(space.alliance)
        ) as territory
        left join (\(fragment: inForce("residence"))) as fact on fact.person_id = people.person_id
        left join catalogue.municipalities on municipalities.municipality_code = fact.value
        """
    }

    private func noFactInForce(_ kind: String) -> SQL {
        """
        select people.person_id,
            case when fact.value is null then 'pass' else 'fail' end as verdict,
            case when fact.value is null then 'met' else 'other_value' end as ground,
            fact.value as fact, fact.source, fact.valid_from as fact_date
        from people left join (\(fragment: inForce(kind))) as fact on fact.person_id = people.person_id
        """
    }

    private func factInForce(_ kind: String, value: String?) -> SQL {
        """
        select people.person_id,
            case when fact.value is null then 'unproven'
                when fact.value = coalesce(\(value), fact.value) then 'pass' else 'fail' end as verdict,
            case when fact.value is null then 'no_fact'
                when fact.value = coalesce(\(value), fact.value) then 'met' else 'other_value' end as ground,
            fact.value as fact, fact.source, fact.valid_from as fact_date
        from people left join (\(fragment: inForce(kind))) as fact on fact.person_id = people.person_id
        """
    }

    private func consent(_ purpose: String) -> SQL {
        """
        select people.person_id,
            case when given.first_day is null then 'fail' else 'pass' end as verdict,
            case when given.first_day is null then 'no_consent' else 'met' end as ground,
            case when given.first_day is null then null else \(purpose)::text end as fact,
            'autorización de datos' as source, given.first_day as fact_date
        from people
        left join (
            select person_id, max(valid_from) as first_day
            from facts
            where kind = 'consent' and value = \(purpose)
                and valid_from <= \(day) and (valid_until is null or valid_until > \(day))
            group by person_id
        ) as given on given.person_id = people.person_id
        """
    }
}

// MARK: - What happened before the day

extension OutcomeQueries {
    private func factWithinWindow(_ kind: String, months: Int) -> SQL {
        """
        select people.person_id,
            case when fact.valid_from is null then 'unproven'
                when fact.valid_from >= (\(day) - make_interval(months => \(Int32(months))))::date then 'pass'
                else 'fail' end as verdict,
            case when fact.valid_from is null then 'no_fact'
                when fact.valid_from >= (\(day) - make_interval(months => \(Int32(months))))::date then 'met'
                else 'too_old' end as ground,
            fact.value as fact, fact.source, fact.valid_from as fact_date
        from people
        left join (
            select distinct on (person_id) person_id, value, source, valid_from
            from facts
            where kind = \(kind) and valid_from <= \(day)
                and review in ('unneeded', 'accepted')
            order by person_id, valid_from desc
        ) as fact on fact.person_id = people.person_id
        """
    }

    /// A recorded link date decides; without one the register can only prove what it saw itself.
    private func tenure(months: Int) -> SQL {
        """
        select people.person_id,
            case when coalesce(linked.valid_from, seen.first_day)
                    <= (\(day) - make_interval(months => \(Int32(months))))::date then 'pass'
                when linked.valid_from is not null then 'fail' else 'unproven' end as verdict,
            case when coalesce(linked.valid_from, seen.first_day)
                    <= (\(day) - make_interval(months => \(Int32(months))))::date then 'met'
                when linked.valid_from is not null then 'too_old'
                when seen.first_day is not null then 'register_too_short' else 'no_fact' end as ground,
            coalesce(linked.valid_from, seen.first_day)::text as fact,
            coalesce(linked.source, 'padrón de afiliados') as source,
            coalesce(linked.valid_from, seen.first_day) as fact_date
        from people
        left join (\(fragment: inForce("affiliated_since"))) as linked on linked.person_id = people.person_id
        left join (
            -- The last unbroken run of active days: from the day after the last other state.
            select runs.person_id, min(runs.valid_from) as first_day
            from (
                select person_id, valid_from, value,
                    count(*) filter (where value <> 'active') over (
                        partition by person_id order by valid_from desc, valid_until desc nulls first
                    ) as breaks
                from facts
                where kind = 'affiliation' and valid_from <= \(day)
                    -- What was corrected by a file of the same day was never in force.
                    and (valid_until is null or valid_until > valid_from)
            ) as runs
            where runs.breaks = 0
            group by runs.person_id
        ) as seen on seen.person_id = people.person_id
        """
    }

    private func reviewedPaper(_ kind: String, days: Int?, adverse: [String]) -> SQL {
        """
        select people.person_id,
            case when paper.value is null or paper.review in ('pending', 'rejected') then 'unproven'
                when paper.value = any (\(adverse)) then 'fail'
                when paper.valid_from < \(day) - \(days.map(Int32.init)) then 'unproven'
                else 'pass' end as verdict,
            case when paper.value is null then 'no_fact'
                when paper.review = 'pending' then 'pending_review'
                when paper.review = 'rejected' then 'rejected'
                when paper.value = any (\(adverse)) then 'other_value'
                when paper.valid_from < \(day) - \(days.map(Int32.init)) then 'too_old'
                else 'met' end as ground,
            paper.value as fact, paper.source, paper.valid_from as fact_date
        from people
        left join (
            -- The latest paper that passed its review counts; only without one, the latest of the others.
            select distinct on (person_id) person_id, value, source, valid_from, review
            from facts
            where kind = \(kind)
                and valid_from <= \(day) and (valid_until is null or valid_until > \(day))
                and (alliance_id is null or alliance_id = \(space.alliance))
                and (process_id is null or process_id = \(space.process))
            order by person_id, review in ('unneeded', 'accepted') desc, valid_from desc,
                review = 'pending' desc
        ) as paper on paper.person_id = people.person_id
        """
    }

    private func consecutiveTerms(body: String?, limit: Int?, gapDays: Int) -> SQL {
        """
        select people.person_id,
            case when coalesce(held.periods, 0) < coalesce(\(limit.map(Int32.init)), 1000000)
                then 'pass' else 'fail' end as verdict,
            case when coalesce(held.periods, 0) < coalesce(\(limit.map(Int32.init)), 1000000)
                then 'met' else 'limit_reached' end as ground,
            coalesce(held.periods, 0)::text as fact, 'historial de períodos' as source,
            held.last_day as fact_date
        from people
        left join (
            select person_id, count(*) filter (where breaks = 0) as periods, max(valid_until) as last_day
            from (
                select person_id, valid_until,
                    count(*) filter (where gap > \(Int32(gapDays))) over (
                        partition by person_id order by valid_from desc) as breaks
                from (
                    select person_id, valid_from, valid_until,
                        coalesce(lag(valid_from) over (partition by person_id order by valid_from desc), \(day))
                            - coalesce(valid_until, \(day)) as gap
                    from facts
                    where kind = 'mandate' and valid_from <= \(day)
                        and value = coalesce(\(body), value)
                ) as periods
            ) as runs
            group by person_id
        ) as held on held.person_id = people.person_id
        """
    }
}

// MARK: - The session, and the list of employees

extension OutcomeQueries {
    private func presence() -> SQL {
        """
        select people.person_id,
            case fact.value when 'in' then 'pass' when 'out' then 'fail' else 'unproven' end as verdict,
            case fact.value when 'in' then 'met' when 'out' then 'left' else 'no_fact' end as ground,
            fact.value as fact, fact.source, fact.valid_from as fact_date
        from people
        left join (
            select distinct on (person_id) person_id, value, source, valid_from
            from facts
            where kind = 'presence' and process_id = \(space.process)
            order by person_id, happened_at desc
        ) as fact on fact.person_id = people.person_id
        """
    }

    private func enrolledWithin(from: String, until: String) -> SQL {
        """
        select people.person_id,
            case when fact.hour is null then 'unproven'
                when fact.hour >= \(from) and fact.hour <= \(until) then 'pass' else 'fail' end as verdict,
            case when fact.hour is null then 'no_fact'
                when fact.hour >= \(from) and fact.hour <= \(until) then 'met' else 'outside_window' end as ground,
            fact.hour as fact, fact.source, fact.valid_from as fact_date
        from people
        left join (
            select distinct on (person_id) person_id, source, valid_from,
                to_char(happened_at at time zone 'America/Bogota', 'HH24:MI') as hour
            from facts
            where kind = 'presence' and value = 'in' and process_id = \(space.process)
            order by person_id, happened_at
        ) as fact on fact.person_id = people.person_id
        """
    }

    private func notEmployed(listDays: Int) -> SQL {
        """
        select people.person_id,
            case when entries.document_hash is not null or paper.value = 'employed' then 'fail'
                when list.staff_list_id is not null or paper.value = 'not_employed' then 'pass'
                else 'unproven' end as verdict,
            case when entries.document_hash is not null then 'listed'
                when paper.value = 'employed' then 'other_value'
                when list.staff_list_id is not null or paper.value = 'not_employed' then 'met'
                else 'no_list' end as ground,
            paper.value as fact,
            case when list.staff_list_id is not null then 'lista de empleados de la entidad'
                else paper.source end as source,
            coalesce(list.as_of, paper.valid_from) as fact_date
        from people
        join membership.affiliates as affiliates
            on affiliates.organization_id = \(organization) and affiliates.person_id = people.person_id
        left join (
            select staff_list_id, salt, as_of
            from membership.staff_lists
            where organization_id = \(organization) and as_of <= \(day) and as_of >= \(day) - \(Int32(listDays))
            order by as_of desc, loaded_at desc
            limit 1
        ) as list on true
        left join membership.staff_list_entries as entries
            on entries.organization_id = \(organization) and entries.staff_list_id = list.staff_list_id
            and entries.document_hash = sha256(
                list.salt || convert_to(affiliates.document_type || ' ' || affiliates.document_number, 'UTF8'))
        left join (\(fragment: inForce("employment"))) as paper on paper.person_id = people.person_id
        """
    }
}

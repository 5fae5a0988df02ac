import Foundation
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
    /// What was recorded, reviewed, cancelled and loaded by then is known, and nothing after.
    let moment: Date
    /// A query of one column `person_id`, each person once.
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

    /// The people, and their facts, which are read once for all requirements: the view joins many tables. Those of
    /// other alliances and elections are left out here, for every requirement alike.
    private var sources: SQL {
        """
        people as materialized (\(fragment: population)),
        facts as materialized (
            select person_id, kind, value, process_id, valid_from, valid_until, happened_at, source, recorded_at,
                case when reviewed_at > \(moment) then 'pending' else review end as review
            from membership.facts
            where organization_id = \(organization) and person_id in (select person_id from people)
                and (recorded_at is null or recorded_at <= \(moment))
                and (cancelled_at is null or cancelled_at > \(moment))
                and (alliance_id is null or alliance_id = \(space.alliance))
                and (process_id is null or process_id = \(space.process))
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
        case .residence(let days): residence(paperDays: days)
        case .factWithinWindow(let kind, let window): factWithinWindow(kind, window)
        case .tenure(let months): tenure(months: months)
        case .presence: presence()
        case .enrolledWithin(let from, let until): enrolledWithin(from: from, until: until)
        case .reviewedPaper(let kind, let days, let adverse, let isOfSession):
            reviewedPaper(kind, days: days, adverse: adverse, isOfSession: isOfSession)
        case .consecutiveTerms(let gapDays): consecutiveTerms(gapDays: gapDays)
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

    /// A certificate counts over the register while it is young: the register's day moves with every change of the
    /// person's row, and says nothing about the address itself.
    private func residence(paperDays: Int) -> SQL {
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
        left join (
            select distinct on (person_id) person_id, value, source, valid_from
            from facts
            where kind = 'residence' and valid_from <= \(day) and (valid_until is null or valid_until > \(day))
                and (review = 'unneeded'
                    or (review = 'accepted' and valid_from >= \(day) - \(Int32(paperDays))))
            order by person_id, review = 'accepted' desc, valid_from desc
        ) as fact on fact.person_id = people.person_id
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
    private func factWithinWindow(_ kind: String, _ window: FactWindow) -> SQL {
        let (first, last) = window.days(asked: day)
        return """
            select people.person_id,
                case when fact.valid_from is null then 'unproven' when fact.valid_from >= \(first) then 'pass'
                    else 'fail' end as verdict,
                case when fact.valid_from is null then 'no_fact' when fact.valid_from >= \(first) then 'met'
                    else 'too_old' end as ground,
                fact.value as fact, fact.source, fact.valid_from as fact_date
            from people
            left join (
                select distinct on (person_id) person_id, value, source, valid_from
                from facts
                where kind = \(kind) and valid_from <= \(last) and review in ('unneeded', 'accepted')
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
                when linked.valid_from is not null then 'too_recent'
                when seen.first_day is not null then 'register_too_short' else 'no_fact' end as ground,
            coalesce(linked.valid_from, seen.first_day)::text as fact,
            coalesce(linked.source, 'padrón de afiliados') as source,
            coalesce(linked.valid_from, seen.first_day) as fact_date
        from people
        left join (
            -- The certificate that was recorded last, whatever day it names: it corrects those before.
            select distinct on (person_id) person_id, value, source, valid_from
            from facts
            where kind = 'affiliated_since' and valid_from <= \(day)
                and (valid_until is null or valid_until > \(day)) and review in ('unneeded', 'accepted')
            order by person_id, recorded_at desc, valid_from desc
        ) as linked on linked.person_id = people.person_id
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

    /// One of the session counts in its own election alone: shown once is not shown every time.
    private func reviewedPaper(
        _ kind: String, days: Int?, adverse: [String], isOfSession: Bool
    ) -> SQL {
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
                and (not \(isOfSession) or process_id = \(space.process))
            order by person_id, review in ('unneeded', 'accepted') desc, valid_from desc,
                review = 'pending' desc
        ) as paper on paper.person_id = people.person_id
        """
    }

    /// From the latest period back, as long as the gaps are short. One that runs beside the next counts with it.
    private func consecutiveTerms(gapDays: Int) -> SQL {
        guard let body = space.body else {
            return """
                select person_id, 'unproven' as verdict, 'no_body' as ground, null::text as fact, null::text as source,
                    null::date as fact_date
                from people
                """
        }
        let limit = body.termLimit.map(Int32.init)
        return """
            select people.person_id,
                case when coalesce(held.periods, 0) >= \(limit) then 'fail' else 'pass' end as verdict,
                case when \(limit)::integer is null then 'no_limit'
                    when coalesce(held.periods, 0) >= \(limit) then 'limit_reached' else 'met' end as ground,
                coalesce(held.periods, 0)::text as fact, 'historial de períodos' as source,
                held.last_day as fact_date
            from people
            left join (
                select person_id, count(*) filter (where breaks = 0 and not is_parallel) as periods,
                    max(valid_until) as last_day
                from (
                    select person_id, valid_until, is_parallel,
                        count(*) filter (where gap > \(Int32(gapDays))) over (
                            partition by person_id order by valid_from desc, valid_until desc nulls first) as breaks
                    from (
                        select person_id, valid_from, valid_until,
                            coalesce(valid_until > next_from, next_from is not null and valid_until is null)
                                as is_parallel,
                            coalesce(next_from, \(day)) - coalesce(valid_until, \(day)) as gap
                        from (
                            select person_id, valid_from, valid_until,
                                lag(valid_from) over (
                                    partition by person_id order by valid_from desc, valid_until desc nulls first
                                ) as next_from
                            from facts
                            where kind = 'mandate' and valid_from <= \(day) and value = \(body.id)
                        ) as periods
                    ) as gaps
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
            where kind = 'presence' and process_id = \(space.process) and valid_from = \(day)
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
            where kind = 'presence' and value = 'in' and process_id = \(space.process) and valid_from = \(day)
            order by person_id, happened_at
        ) as fact on fact.person_id = people.person_id
        """
    }

    /// The later of list and certificate decides; of the same day, the one that says that the person is employed.
    private func notEmployed(listDays: Int) -> SQL {
        """
        select people.person_id,
            case when answer.is_employed then 'fail' when answer.is_employed is null then 'unproven' else 'pass' end
                as verdict,
            case when answer.is_employed is null then 'no_list' when not answer.is_employed then 'met'
                when answer.is_listed then 'listed' else 'other_value' end as ground,
            case when not answer.is_listed then answer.value end as fact, answer.source, answer.as_of as fact_date
        from people
        join membership.affiliates as affiliates
            on affiliates.organization_id = \(organization) and affiliates.person_id = people.person_id
        left join (
            select staff_list_id, salt, as_of
            from membership.staff_lists
            where organization_id = \(organization) and as_of <= \(day) and as_of >= \(day) - \(Int32(listDays))
                and loaded_at <= \(moment)
            order by as_of desc, loaded_at desc
            limit 1
        ) as list on true
        left join membership.staff_list_entries as entries
            on entries.organization_id = \(organization) and entries.staff_list_id = list.staff_list_id
            and entries.document_hash = sha256(
                list.salt || convert_to(affiliates.document_type || ' ' || affiliates.document_number, 'UTF8'))
        left join (\(fragment: inForce("employment"))) as paper
            on paper.person_id = people.person_id and paper.valid_from >= \(day) - \(Int32(listDays))
        left join lateral (
            select *
            from (
                select list.as_of, entries.document_hash is not null as is_employed, true as is_listed,
                    'lista de empleados de la entidad' as source, null::text as value
                where list.staff_list_id is not null
                union all
                select paper.valid_from, paper.value = 'employed', false, paper.source, paper.value
                where paper.person_id is not null
            ) as answers
            order by as_of desc, is_employed desc, is_listed desc
            limit 1
        ) as answer on true
        """
    }
}

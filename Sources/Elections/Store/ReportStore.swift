import Foundation
import Kernel
import Postgres
import Tenancy

/// The canvass of a report with what stands around it.
private struct ReportHead: RowDecodable {
    let canvass: ID<Canvass>
    let alliance: String
    let process: String
    let contest: String
    let state: String
    let seats: Int
    let rule: String
    let rulesSource: String
    let votingMode: Contest.VotingMode
    let round: Int
    let version: Int
    let madeAt: Date
    let proclaimedOn: CalendarDate?
    let calledAt: Date?
    let termMonths: Int
    let termNorm: String?
    let electors: Int
    let rollSeal: [UInt8]
    let voters: Int
    let blank: Int
    let null: Int
    let unmarked: Int
    let unreturned: Int
    let outcome: String
    let vacant: Int
    let quotient: String
    let tied: [String]
    let tiedSeats: Int
    let runoff: [String]
    let steps: [String]
    let openedAt: Date?
    let closedAt: Date?

    init(row: Row) throws(RowError) {
        canvass = try row["canvass_id"]
        alliance = try row["alliance"]
        process = try row["process"]
        contest = try row["contest"]
        state = try row["state"]
        seats = try row["seats"]
        rule = try row["counting_rule"]
        rulesSource = try row["rules_source"]
        votingMode = try row["voting_mode"]
        round = try row["round"]
        version = try row["version"]
        madeAt = try row["computed_at"]
        proclaimedOn = try row["proclaimed_on"]
        calledAt = try row["called_at"]
        termMonths = try row["term_months"]
        termNorm = try row["term_norm"]
        electors = try row["electors"]
        rollSeal = try row["roll_seal"]
        voters = try row["voters"]
        blank = try row["blank"]
        null = try row["null_votes"]
        unmarked = try row["unmarked"]
        unreturned = try row["unreturned"]
        outcome = try row["outcome"]
        vacant = try row["vacant"]
        quotient = try row["quotient"]
        tied = try row["tied"]
        tiedSeats = try row["tied_seats"]
        runoff = try row["runoff"]
        steps = try row["steps"]
        openedAt = try row["opened_at"]
        closedAt = try row["closed_at"]
    }
}

private struct ReportLine: RowDecodable {
    let slate: ID<Slate>
    let line: CanvassReport.Line

    init(row: Row) throws(RowError) {
        slate = try row["slate_id"]
        line = CanvassReport.Line(name: try row["name"], votes: try row["votes"], seats: try row["seats"])
    }
}

extension Transaction where Scope == TenantScope {
    /// All that the acta of a contest says, from its last canvass; `nil` while there is none.
    func report(of contest: ID<Contest>, in place: ProcessPlace) async throws -> CanvassReport? {
        guard let head = try await reportHead(of: contest, in: place) else { return nil }
        let lines = try await rows(
            """
            select lines.slate_id, slates.name, lines.votes, lines.seats from elections.canvass_lines as lines
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = lines.slate_id
            where lines.organization_id = \(organization) and lines.canvass_id = \(head.canvass)
            order by lines.number
            """,
            as: ReportLine.self)
        var tables = try await reportTables(
            of: contest, round: head.round, options: lines.map(\.slate), in: place)
        for one in try await reportDifferences(of: contest, round: head.round) {
            guard let index = tables.firstIndex(where: { $0.number == one.table }) else { continue }
            tables[index].differences = (tables[index].differences ?? []) + [one.difference]
        }
        let remarks = try await reportRemarks(in: place)
        let window = try await challengeTerms(of: place).window(of: contest)
        let boxes = try await reportBoxes(
            of: contest, round: head.round, options: lines.map(\.slate), in: place)
        return CanvassReport(
            alliance: head.alliance, process: head.process, contest: head.contest, seats: head.seats,
            rule: head.rule, rulesSource: head.rulesSource, votingMode: head.votingMode.title,
            round: head.round, version: head.version, madeAt: head.madeAt, proclaimedOn: head.proclaimedOn,
            calledAt: head.calledAt, termMonths: head.termMonths, termNorm: head.termNorm,
            electors: head.electors, rollSeal: Hex.encode(head.rollSeal),
            session: [head.openedAt, head.closedAt].compactMap(\.self),
            // Tables and box open at the same hour with the same people in: what was found then is told once.
            quorum: try await values(
                """
                select rule from elections.quorum_checks
                where organization_id = \(organization) and process_id = \(place.process)
                    and contest_id = \(contest) and round = \(head.round)
                group by rule order by min(checked_at)
                """) + boxQuorums(of: contest, round: head.round),
            lines: lines.map(\.line), tables: tables, blank: head.blank, null: head.null,
            unmarked: head.unmarked, unreturned: head.unreturned, voters: head.voters,
            quotient: head.quotient, steps: head.steps, outcome: head.outcome, vacant: head.vacant,
            tied: head.tied, tiedSeats: head.tiedSeats, runoff: head.runoff,
            elected: try await reportElected(by: head.canvass),
            draws: try await draws(of: contest, for: .tie),
            challenges: try await challenges(of: place).filter { $0.contest == nil || $0.contest == contest }
                .map(CanvassReport.ChallengeRecord.init),
            window: window.map { [$0.opensAt, $0.closesAt] } ?? [],
            postponements: try await reportPostponements(in: place),
            omissions: try await reportOmissions(of: contest, round: head.round),
            boxes: boxes, ballotOrder: try await draws(of: contest, for: .ballotOrder).first,
            mergers: try await mergers(of: contest, round: head.round),
            extensions: try await reportExtensions(in: place),
            incidents: try await reportIncidents(in: place),
            remarks: remarks, waivers: try await waivers(in: place),
            records: try await reportRecords(of: head.canvass),
            signers: try await signers(of: place, at: head.madeAt, tables, boxes), state: head.state)
    }

    /// Who signs by what they are in the election: who made a version of the canvass does not matter, since a draw is
    /// confirmed by somebody of another role.
    private func signers(
        of place: ProcessPlace, at moment: Date, _ tables: [CanvassReport.Table],
        _ boxes: [CanvassReport.Box]
    ) async throws -> [CanvassReport.Signer] {
        let committee = try await committee(of: place, at: moment)
            .map { CanvassReport.Signer(name: $0, role: "Comité electoral") }
        let jurors = tables.flatMap { table in
            table.jurors.enumerated().map { index, name in
                CanvassReport.Signer(name: name, role: "Jurado \(index + 1), mesa \(table.number)")
            }
        }
        let guarantors = try await guarantors(of: place.process).filter { $0.accreditedAt != nil }.map {
            CanvassReport.Signer(name: $0.name, role: "Garante, \($0.institution)")
        }
        let keepers = boxes.filter { !$0.isAnnulled }.flatMap { box in
            box.trustees.map {
                CanvassReport.Signer(
                    name: $0.name, role: "Custodio de la llave, urna n.º \(box.number) · \($0.body)")
            }
                + (box.authority.map {
                    [CanvassReport.Signer(name: $0.name, role: "\($0.role), urna n.º \(box.number)")]
                } ?? [])
        }
        // A line that nobody is known for yet is signed by whoever comes.
        return (committee.isEmpty ? [.init(name: nil, role: "Comité electoral")] : committee) + jurors
            + (guarantors.isEmpty ? [.init(name: nil, role: "Garante")] : guarantors) + keepers
    }

    private func reportHead(of contest: ID<Contest>, in place: ProcessPlace) async throws -> ReportHead? {
        try await row(
            """
            select canvasses.canvass_id, alliances.name as alliance, processes.name as process,
                contests.name as contest, contests.state, contests.seats, contests.counting_rule,
                contests.rules_source, contests.voting_mode, canvasses.round, canvasses.version,
                canvasses.computed_at, proclaimed_on, calls.published_at as called_at, bodies.term_months,
                bodies.term_norm, rolls.electors, rolls.sha256 as roll_seal,
                canvasses.voters, canvasses.blank, canvasses.null_votes, canvasses.unmarked,
                canvasses.unreturned, canvasses.outcome, canvasses.vacant, canvasses.quotient,
                array(
                    select slates.name from unnest(canvasses.tied_slate_ids) with ordinality as tied (id, place)
                    join elections.slates on slates.organization_id = \(organization)
                        and slates.slate_id = tied.id
                    order by tied.place) as tied,
                canvasses.tied_seats,
                array(
                    select slates.name
                    from unnest(canvasses.runoff_slate_ids) with ordinality as finalists (id, place)
                    join elections.slates on slates.organization_id = \(organization)
                        and slates.slate_id = finalists.id
                    order by finalists.place) as runoff,
                canvasses.steps, sessions.opened_at, sessions.closed_at
            from elections.canvasses
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = canvasses.contest_id
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = contests.body_id
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = canvasses.process_id
            left join elections.calls on calls.organization_id = \(organization)
                and calls.process_id = canvasses.process_id
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = processes.alliance_id
            join elections.rolls on rolls.organization_id = \(organization)
                and rolls.process_id = canvasses.process_id
            join elections.contest_rounds as rounds on rounds.organization_id = \(organization)
                and rounds.contest_id = canvasses.contest_id and rounds.round = canvasses.round
            left join elections.sessions on sessions.organization_id = \(organization)
                -- A box announces its round before any session; its tables vote in theirs.
                and sessions.session_id = coalesce(rounds.session_id, (
                    select polls.session_id from elections.polls
                    where polls.organization_id = \(organization)
                        and polls.contest_id = canvasses.contest_id and polls.round = canvasses.round
                    order by polls.opened_at limit 1))
            left join elections.proclamations on proclamations.organization_id = \(organization)
                and proclamations.process_id = canvasses.process_id
            where canvasses.organization_id = \(organization) and canvasses.process_id = \(place.process)
                and canvasses.contest_id = \(contest)
            order by canvasses.version desc limit 1
            """)
    }

    private func reportTables(
        of contest: ID<Contest>, round: Int, options: [ID<Slate>], in place: ProcessPlace
    ) async throws -> [CanvassReport.Table] {
        try await rows(
            """
            select tables.number, tables.place, tables.address,
                concat_ws(', ', municipalities.name,
                    nullif(municipalities.department, municipalities.name)) as municipality,
                array(
                    select coalesce(figure, 0)
                    from unnest(\(options)) with ordinality as options (slate, place)
                    left join unnest(counts.slate_ids, counts.votes) as counted (slate, figure) using (slate)
                    order by options.place) as votes,
                counts.blank, counts.null_votes, counts.unmarked, counts.unreturned, counts.voters,
                counts.is_reconciled,
                exists (
                    select from elections.table_annulments as annulments
                    where annulments.organization_id = \(organization)
                        and annulments.table_id = counts.table_id
                        and annulments.contest_id = counts.contest_id
                        and annulments.round = counts.round) as is_annulled,
                polls.opened_at, polls.closed_at,
                array(
                    select users.name
                    from (
                        select distinct on (jury) jury, entered_by from elections.count_sheets as sheets
                        where sheets.organization_id = \(organization)
                            and sheets.table_id = counts.table_id
                            and sheets.contest_id = counts.contest_id and sheets.round = counts.round
                        order by jury, attempt desc
                    ) as entered
                    join tenancy.users on users.organization_id = \(organization)
                        and users.user_id = entered.entered_by
                    order by jury) as jurors,
                (
                    select string_agg(distinct reason, ' ') from elections.count_differences as differences
                    where differences.organization_id = \(organization)
                        and differences.table_id = counts.table_id
                        and differences.contest_id = counts.contest_id
                        and differences.round = counts.round) as reconciliation
            from elections.table_counts as counts
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = counts.table_id
            join catalogue.municipalities on municipalities.municipality_code = tables.municipality_code
            join elections.polls on polls.organization_id = \(organization)
                and polls.table_id = counts.table_id and polls.contest_id = counts.contest_id
                and polls.round = counts.round
            where counts.organization_id = \(organization) and counts.contest_id = \(contest)
                and counts.round = \(round) and tables.process_id = \(place.process)
            order by tables.number
            """)
    }

    /// The figures that juries agreed on, by table, options before the others.
    private func reportDifferences(
        of contest: ID<Contest>, round: Int
    ) async throws -> [DifferenceRow] {
        try await rows(
            """
            select tables.number, slates.name, figure, first_jury, second_jury, agreed
            from elections.count_differences as differences
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = differences.table_id
            left join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = differences.slate_id
            where differences.organization_id = \(organization) and differences.contest_id = \(contest)
                and differences.round = \(round)
            order by tables.number, slates.registered_at, slates.slate_id,
                array_position(array['blank', 'null', 'unmarked', 'ballots', 'voters'], figure)
            """)
    }

    /// Who is elected, with the term that a proclamation opened, unless it waits for a posesión.
    private func reportElected(by canvass: ID<Canvass>) async throws -> [CanvassReport.Elected] {
        try await rows(
            """
            select governance_seats.title as seat, elected.rank, elected.name, slates.name as slate,
                mandates.starts_on, mandates.ends_on
            from elections.canvass_elected as elected
            join elections.contest_seats as seats on seats.organization_id = \(organization)
                and seats.contest_id = elected.contest_id and seats.position = elected.seat_position
            join governance.seats as governance_seats on governance_seats.organization_id = \(organization)
                and governance_seats.seat_id = seats.seat_id
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = elected.slate_id
            left join governance.mandates on mandates.organization_id = \(organization)
                and mandates.process_id = elected.process_id and mandates.seat_id = seats.seat_id
                and mandates.rank = elected.rank and mandates.person_id = elected.person_id
                and mandates.origin = 'election' and mandates.state in ('in_force', 'ended')
            where elected.organization_id = \(organization) and elected.canvass_id = \(canvass)
            order by elected.seat_position, elected.rank
            """)
    }

    private func reportIncidents(in place: ProcessPlace) async throws -> [CanvassReport.Incident] {
        try await rows(
            """
            select kind, tables.number::bigint as table_number, account, happened_at, users.name as author
            from elections.incidents
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = incidents.recorded_by
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = incidents.table_id
            where incidents.organization_id = \(organization) and incidents.process_id = \(place.process)
            order by happened_at
            """)
    }

    /// What was put off: the vote of all, by a version of the calendar, or that of one place.
    private func reportPostponements(in place: ProcessPlace) async throws -> [CanvassReport.Change] {
        try await rows(
            """
            select null::text as place, before.opens_at as opened_at, after.opens_at, calendars.reason,
                made_at, users.name as author
            from elections.calendars
            join elections.calendar_milestones as after on after.organization_id = \(organization)
                and after.process_id = calendars.process_id and after.version = calendars.version
                and after.milestone = 'voting'
            join elections.calendar_milestones as before on before.organization_id = \(organization)
                and before.process_id = calendars.process_id and before.version = calendars.version - 1
                and before.milestone = 'voting'
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = calendars.made_by
            where calendars.organization_id = \(organization) and calendars.process_id = \(place.process)
                and calendars.kind = 'postponement' and after.opens_at > before.opens_at
            union all
            select place, opened_at, opens_at, reason, postponed_at, users.name
            from elections.place_postponements as postponements
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = postponements.postponed_by
            where postponements.organization_id = \(organization)
                and postponements.process_id = \(place.process)
            order by made_at
            """,
            as: PostponementRow.self
        ).map(\.change)
    }

    private func reportExtensions(in place: ProcessPlace) async throws -> [CanvassReport.Change] {
        try await rows(
            """
            select tables.number::bigint as number, extensions.closes_at, reason, extended_at,
                users.name as author
            from elections.poll_extensions as extensions
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = extensions.extended_by
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = extensions.table_id
            where extensions.organization_id = \(organization) and extensions.process_id = \(place.process)
            order by extended_at
            """,
            as: ExtensionRow.self
        ).map(\.change)
    }

    private func reportRemarks(in place: ProcessPlace) async throws -> [CanvassReport.Remark] {
        try await rows(
            """
            select institution, body, made_at from elections.guarantor_remarks as remarks
            join elections.guarantors on guarantors.organization_id = \(organization)
                and guarantors.guarantor_id = remarks.guarantor_id
            where remarks.organization_id = \(organization) and remarks.process_id = \(place.process)
            order by made_at
            """)
    }

    private func reportRecords(of canvass: ID<Canvass>) async throws -> [CanvassReport.Record] {
        try await rows(
            """
            select number, kind, sha256, text, sealed_at from elections.canvass_records
            where organization_id = \(organization) and canvass_id = \(canvass)
            order by number
            """)
    }
}

import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// What is open between meetings: letters, oversight exercises, polls. What the board keeps to itself is not told.
    func openBetween(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> [HandoverItem] {
        try await openLetters(of: alliance) + openOversights(of: alliance) + openPolls(of: alliance, on: day)
    }

    private func openLetters(of alliance: ID<Alliance>) async throws -> [HandoverItem] {
        try await rows(
            """
            select 'letter:' || letters.letter_id as item_key, 'letters' as kind,
                case letters.state
                    when 'issued' then 'Carta S-' || letters.year || '-'
                        || lpad(letters.number::text, greatest(4, length(letters.number::text)), '0') || ': '
                    when 'received' then 'Carta de ' || letters.sender || ': '
                    else 'Borrador de carta: ' end || letters.subject as title,
                case letters.state
                    when 'issued' then 'Esperan respuesta de ' || waiting.count || ' de ' || waiting.total
                    when 'received' then 'Por responder'
                        || coalesce(' hasta el ' || to_char(letters.due_on, 'DD/MM/YYYY'), '')
                    else 'Sin numerar' end as detail,
                'pending' as state, null::text as note
            from governance.letters
            cross join lateral (
                select count(*) filter (where addressees.answered_on is null), count(*) as total
                from governance.letter_addressees as addressees
                where addressees.organization_id = \(organization)
                    and addressees.letter_id = letters.letter_id
            ) as waiting
            where letters.organization_id = \(organization) and letters.alliance_id = \(alliance)
                and not letters.is_reserved
                and (letters.state = 'draft' or letters.state = 'issued' and waiting.count > 0
                    or letters.state = 'received' and letters.asks_answer and letters.settled_on is null
                        and not exists (
                            select from governance.letters as answers
                            where answers.organization_id = \(organization)
                                and answers.answers_id = letters.letter_id and answers.state = 'issued'))
            order by letters.dated_on, letters.letter_id
            """)
    }

    private func openOversights(of alliance: ID<Alliance>) async throws -> [HandoverItem] {
        try await rows(
            """
            select 'oversight:' || oversights.oversight_id as item_key, 'oversight' as kind,
                'Veeduría: ' || oversights.title as title,
                'Sobre ' || oversights.entity || case open.findings
                    when 0 then ', sin hallazgos abiertos' when 1 then ', 1 hallazgo abierto'
                    else ', ' || open.findings || ' hallazgos abiertos' end as detail,
                'pending' as state, null::text as note
            from governance.oversights
            cross join lateral (
                select count(*) as findings from governance.oversight_findings as found
                where found.organization_id = \(organization)
                    and found.oversight_id = oversights.oversight_id and found.state <> 'closed'
            ) as open
            where oversights.organization_id = \(organization) and oversights.alliance_id = \(alliance)
                and not oversights.is_reserved and oversights.closed_on is null
            order by oversights.starts_on, oversights.oversight_id
            """)
    }

    private func openPolls(of alliance: ID<Alliance>, on day: CalendarDate) async throws -> [HandoverItem] {
        try await rows(
            """
            select 'poll:' || poll_id as item_key, 'polls' as kind, 'Sondeo: ' || title as title,
                case when opens_on > \(day) then 'Abre el ' || to_char(opens_on, 'DD/MM/YYYY')
                    else 'Recibe respuestas hasta el ' || to_char(closes_on, 'DD/MM/YYYY') end as detail,
                'pending' as state, null::text as note
            from governance.polls
            where organization_id = \(organization) and alliance_id = \(alliance) and closed_on is null
                and closes_on >= \(day)
            order by polls.closes_on, poll_id
            """)
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A right on the board of an alliance, and whether who has it serves in one of its bodies.
public struct BoardRight: Sendable, Hashable, RowDecodable {
    /// The grant.
    public let grant: ID<Grant>
    /// Whose it is.
    public let user: ID<User>
    /// Their name.
    public let name: String
    /// When it began.
    public let since: Date
    /// Whether they hold a seat in a body of the alliance on the day, as principal or alternate.
    public let serves: Bool

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        grant = try row["grant_id"]
        user = try row["user_id"]
        name = try row["name"]
        since = try row["starts_at"]
        serves = try row["serves"]
    }
}

/// An account of somebody who holds a seat.
struct HolderAccount: RowDecodable {
    let user: ID<User>
    let mandate: ID<Mandate>

    init(row: Row) throws(RowError) {
        user = try row["user_id"]
        mandate = try row["mandate_id"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The rights on the board of an alliance that have not ended, and who of them serves on a day.
    public func boardRights(
        of alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws -> [BoardRight] {
        try await rows(
            """
            select grants.grant_id, grants.user_id, users.name, grants.starts_at,
                exists (
                    select from membership.affiliates
                    join governance.mandates on mandates.organization_id = \(organization)
                        and mandates.person_id = affiliates.person_id
                    join governance.holdings on holdings.organization_id = \(organization)
                        and holdings.mandate_id = mandates.mandate_id
                        and holdings.held_from <= \(day) and holdings.held_until >= \(day)
                    join governance.bodies on bodies.organization_id = \(organization)
                        and bodies.body_id = mandates.body_id and bodies.alliance_id = \(alliance)
                        and not bodies.is_external and bodies.kind <> 'election_committee'
                    where affiliates.organization_id = \(organization)
                        and affiliates.document_type = users.document_type
                        and affiliates.document_number = users.document_number
                ) as serves
            from tenancy.grants
            join tenancy.users on users.organization_id = \(organization) and users.user_id = grants.user_id
            where grants.organization_id = \(organization) and grants.alliance_id = \(alliance)
                and grants.process_id is null and grants.role = \(Role.board)
                and (grants.ends_at is null or grants.ends_at > \(now))
            order by users.name, grants.grant_id
            """)
    }

    /// The accounts of those who hold seats of a body as principals on a day and have no right on the board of its
    /// alliance yet.
    func accountsWithoutRight(
        in body: ID<Body>, of alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws -> [HolderAccount] {
        try await rows(
            """
            select users.user_id, mandates.mandate_id
            from governance.holdings
            join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = holdings.mandate_id
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = mandates.person_id
            join tenancy.users on users.organization_id = \(organization)
                and users.document_type = affiliates.document_type
                and users.document_number = affiliates.document_number and users.is_active
            where holdings.organization_id = \(organization) and holdings.body_id = \(body)
                and holdings.rank = 0 and holdings.held_from <= \(day) and holdings.held_until >= \(day)
                and not exists (
                    select from tenancy.grants
                    where grants.organization_id = \(organization) and grants.user_id = users.user_id
                        and grants.alliance_id = \(alliance) and grants.role = \(Role.board)
                        and (grants.ends_at is null or grants.ends_at > \(now)))
            order by users.user_id
            """)
    }

    /// The names of those who hold seats of a body as principals on a day and have no right on the board of its alliance.
    func holdersWithoutRight(
        in body: ID<Body>, of alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws -> [String] {
        try await values(
            """
            select mandates.holder_name
            from governance.holdings
            join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = holdings.mandate_id
            where holdings.organization_id = \(organization) and holdings.body_id = \(body)
                and holdings.rank = 0 and holdings.held_from <= \(day) and holdings.held_until >= \(day)
                and not exists (
                    select from membership.affiliates
                    join tenancy.users on users.organization_id = \(organization)
                        and users.document_type = affiliates.document_type
                        and users.document_number = affiliates.document_number and users.is_active
                    join tenancy.grants on grants.organization_id = \(organization)
                        and grants.user_id = users.user_id and grants.alliance_id = \(alliance)
                        and grants.role = \(Role.board) and (grants.ends_at is null or grants.ends_at > \(now))
                    where affiliates.organization_id = \(organization)
                        and affiliates.person_id = mandates.person_id)
            order by mandates.holder_name
            """, as: String.self)
    }

    /// What there is to hand over in an alliance on a day, made from what is known of it. What the board keeps to itself
    /// is not told point by point: the office reads the list, too.
    func handoverList(
        of alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws -> [HandoverItem] {
        let documents: [HandoverItem] = try await rows(
            """
            select 'bylaws:' || bylaws_id as item_key, 'documents' as kind,
                title || ', versión ' || version as title,
                'Vigente desde el ' || to_char(in_force_from, 'DD/MM/YYYY') as detail, 'pending' as state,
                null::text as note
            from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is not null
                and in_force_from <= \(day)
            union all
            select 'constitution:' || constitution_id, 'documents',
                'Acta de constitución del ' || to_char(held_on, 'DD/MM/YYYY'),
                case when minutes_file_id is null and not exists (
                        select from governance.papers
                        where papers.organization_id = \(organization)
                            and papers.constitution_id = constitutions.constitution_id)
                    then 'Sin el documento firmado' else 'Con el documento firmado' end, 'pending', null
            from governance.constitutions
            where organization_id = \(organization) and alliance_id = \(alliance) and withdrawn_at is null
            union all
            select 'registration:' || registration_id, 'documents', 'Registro ' || number || ' ante ' || authority,
                coalesce('Del ' || to_char(registered_on, 'DD/MM/YYYY'), 'Sin fecha'), 'pending', null
            from governance.registrations
            where organization_id = \(organization) and alliance_id = \(alliance) and withdrawn_at is null
            order by 3
            """)
        let minutes: [HandoverItem] = try await rows(
            """
            select 'book' as item_key, 'minutes' as kind, 'Libro de actas' as title,
                count(*) || case count(*) when 1 then ' acta registrada' else ' actas registradas' end as detail,
                'pending' as state, null::text as note
            from governance.minutes
            where organization_id = \(organization) and alliance_id = \(alliance) and not is_reserved
            union all
            select 'minutes:' || drafts.minutes_id, 'minutes',
                'Acta sin terminar de «' || meetings.title || '», ' || to_char(meetings.day, 'DD/MM/YYYY'),
                case drafts.state when 'draft' then 'En borrador' when 'circulated' then 'En observaciones'
                    else 'Aprobada, faltan firmas' end, 'pending', null
            from governance.minutes_drafts as drafts
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where drafts.organization_id = \(organization) and drafts.alliance_id = \(alliance)
                and drafts.state <> 'sealed' and not drafts.is_reserved
            """)
        let ahead: [HandoverItem] = try await rows(
            """
            select 'meeting:' || meeting_id as item_key, 'meetings' as kind, title,
                'Programada para el ' || to_char(day, 'DD/MM/YYYY') as detail, 'pending' as state,
                null::text as note
            from governance.meetings
            where organization_id = \(organization) and alliance_id = \(alliance) and not is_reserved
                and state = 'planned' and day >= \(day)
            order by meetings.day, meeting_id
            """)
        let commitments: [HandoverItem] = try await rows(
            """
            select 'commitment:' || commitment_id as item_key, 'commitments' as kind, activity as title,
                'Responde ' || owner || coalesce(', hasta el ' || to_char(due_on, 'DD/MM/YYYY'), ', sin plazo')
                    || case when due_on < \(day) then ', vencido' else '' end as detail,
                'pending' as state, null::text as note
            from governance.commitments
            where organization_id = \(organization) and alliance_id = \(alliance) and not is_reserved
                and state = 'open'
            order by due_on nulls last, commitment_id
            """)
        let complaints: [HandoverItem] = try await rows(
            """
            select 'complaint:' || complaint_id as item_key, 'complaints' as kind,
                'Queja Q-' || year || '-'
                    || lpad(number::text, greatest(4, length(number::text)), '0') as title,
                case state when 'filed' then 'Sin trasladar' when 'transferred' then 'Espera respuesta'
                    when 'answered' then 'Falta comprobar la corrección' else 'Reabierta' end as detail,
                'pending' as state, null::text as note
            from governance.complaints
            where organization_id = \(organization) and alliance_id = \(alliance) and state <> 'closed'
            order by year, number
            """)
        let plans: [HandoverItem] = try await rows(
            """
            select 'plan:' || plan_id as item_key, 'plan' as kind, title,
                'Año ' || year || case when approved_on is null then ', sin aprobar' else '' end as detail,
                'pending' as state, null::text as note
            from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and year >= extract(year from \(day)::date)
                and not is_reserved and dropped_on is null
                and not exists (
                    select from governance.work_plans as later
                    where later.organization_id = \(organization) and later.alliance_id = \(alliance)
                        and later.year = work_plans.year and later.version > work_plans.version
                        and later.approved_on is not null)
            order by year
            """)
        let rights = try await boardRights(of: alliance, on: day, at: now).map { right in
            HandoverItem(
                key: "right:\(right.grant)", kind: .rights, title: "Acceso de \(right.name) como junta",
                detail: right.serves
                    ? "Sigue: ocupa un puesto en un organismo de la alianza"
                    : "Termina con la última firma de esta entrega")
        }
        let between = try await openBetween(of: alliance, on: day)
        return documents + minutes + ahead + commitments + complaints + between + plans + rights + [
            HandoverItem(
                key: "own_space", kind: .ownSpace, title: "Espacio propio de la junta",
                detail:
                    "Quienes entran lo ven con su acceso; quienes salen dejan de verlo con la última firma")
        ]
    }
}

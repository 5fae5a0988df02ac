import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The accounts of those who were in a meeting.
    func accountsPresent(in meeting: ID<Meeting>) async throws -> [ID<User>] {
        try await values(
            """
            select distinct users.user_id from governance.attendances
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = attendances.person_id
            join tenancy.users on users.organization_id = \(organization)
                and users.document_type = affiliates.document_type
                and users.document_number = affiliates.document_number and users.is_active
            where attendances.organization_id = \(organization) and attendances.meeting_id = \(meeting)
                and attendances.undone_at is null
            """)
    }

    /// Who made an observation; `nil` for the server.
    func author(of observation: UUID) async throws -> ID<User>? {
        try await value(
            """
            select made_by from governance.minutes_observations
            where organization_id = \(organization) and observation_id = \(observation)
                and made_by is not null
            """)
    }

    /// Notes that people are told of a version of minutes, or that their observation was answered.
    ///
    /// - Returns: Those who were not told of it before.
    func note(
        told users: [ID<User>], of version: Int, of draft: MinutesDraft, answering observation: UUID? = nil,
        at now: Date
    ) async throws -> Set<ID<User>> {
        guard !users.isEmpty else { return [] }
        return Set(
            try await values(
                """
                insert into governance.minutes_tellings (
                    organization_id, telling_id, minutes_id, alliance_id, is_reserved, version,
                    observation_id, user_id, told_at)
                select \(organization), told.telling_id, \(draft.id), \(draft.alliance),
                    \(draft.isReserved), \(version), \(observation), told.user_id, \(now)
                from unnest(\(users.map { _ in ID<MinutesTelling>() }), \(users)) as told (telling_id, user_id)
                on conflict on constraint minutes_tellings_once_key do nothing
                returning user_id
                """))
    }

    /// How many were told that the latest version of minutes may be observed.
    func countTold(of draft: MinutesDraft) async throws -> Int {
        try await value(
            """
            select count(*) from governance.minutes_tellings
            where organization_id = \(organization) and minutes_id = \(draft.id)
                and version = \(draft.version) and observation_id is null
            """) ?? 0
    }
}

/// That somebody was told of minutes.
enum MinutesTelling {}

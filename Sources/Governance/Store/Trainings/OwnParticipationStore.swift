import Kernel
import Membership
public import Postgres
import Tenancy

extension OwnParticipation.Entry: RowDecodable {
    /// Reads a meeting with the training that was given in it.
    public init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        title = try row["title"]
        day = try row["day"]
        kind = try row["kind"]
        training = try row["training_id"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The meetings of an alliance that somebody was in, the latest first.
    func participation(
        of person: ID<Person>, in alliance: ID<Alliance>, limit: Int
    ) async throws -> [OwnParticipation.Entry] {
        try await rows(
            """
            select meetings.meeting_id, meetings.title, meetings.day, meetings.kind, trainings.training_id
            from governance.meetings
            left join governance.trainings on trainings.organization_id = \(organization)
                and trainings.meeting_id = meetings.meeting_id
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and meetings.meeting_id in (
                    select attendances.meeting_id from governance.attendances
                    where attendances.organization_id = \(organization)
                        and attendances.person_id = \(person) and attendances.undone_at is null)
            order by meetings.day desc, meetings.meeting_id
            limit \(limit)
            """)
    }

    /// Somebody's stay in a training, where it was enough for a certificate.
    func ownTrainee(
        _ person: ID<Person>, in id: ID<Training>, of alliance: ID<Alliance>
    ) async throws -> ReadOwnTrainee.Answer? {
        guard let training = try await training(id, of: alliance), let held = training.meeting,
            let meeting = try await meeting(held, of: alliance)?.meeting, let session = meeting.session
        else { return nil }
        let trainee = Trainee.all(try await attendances(of: held), in: session)
            .first { $0.person == person && $0.isCertified(of: training) }
        return trainee.map { ReadOwnTrainee.Answer(training: training, meeting: meeting, trainee: $0) }
    }
}

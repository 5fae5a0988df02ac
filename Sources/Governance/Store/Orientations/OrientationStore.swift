public import Foundation
import Kernel
public import Postgres
public import Tenancy

extension Orientation.Channel: SQLValue {}
extension Orientation.Outcome: SQLValue {}
extension Orientation.Capacity: SQLValue {}

extension Orientation: RowDecodable {
    /// Reads a row of `governance.orientations`.
    public init(row: Row) throws(RowError) {
        let id: ID<Orientation> = try row["orientation_id"]
        let givenOn: CalendarDate = try row["given_on"]
        let topic: String = try row["topic"]
        let otherTopic: String? = try row["other_topic"]
        let entity: String? = try row["entity"]
        let channel: Channel = try row["channel"]
        let people: Int = try row["people"]
        let outcome: Outcome = try row["outcome"]
        let note: String? = try row["note"]
        let giver: String = try row["giver"]
        let capacity: Capacity = try row["capacity"]
        let followUpOn: CalendarDate? = try row["follow_up_on"]
        let followedOn: CalendarDate? = try row["followed_on"]
        let followUpNote: String? = try row["follow_up_note"]
        let withdrawal: String? = try row["withdrawal_reason"]
        do {
            try self.init(
                id: id, givenOn: givenOn, topic: topic, otherTopic: otherTopic, entity: entity,
                channel: channel, people: people, outcome: outcome, note: note,
                giver: Giver(giver, as: capacity),
                followUp: followUpOn.map { FollowUp(dueOn: $0, doneOn: followedOn, note: followUpNote) },
                withdrawal: withdrawal)
        } catch {
            throw RowError(unreadable: "topic", because: error)
        }
    }

    fileprivate static func query(_ organization: ID<Organization>, of alliance: ID<Alliance>) -> SQL {
        """
        select orientation_id, given_on, topic, other_topic, entity, channel, people, outcome, note, giver,
            capacity, follow_up_on, followed_on, follow_up_note, withdrawal_reason
        from governance.orientations
        where organization_id = \(organization) and alliance_id = \(alliance)
        """
    }
}

extension OrientationTopic: RowDecodable {
    /// Reads a row of the catalogue.
    public init(row: Row) throws(RowError) {
        self.init(code: try row["code"], title: try row["title"])
    }
}

extension OrientationCount: RowDecodable {
    /// Reads what was counted.
    public init(row: Row) throws(RowError) {
        self.init(
            topic: try row["topic"], month: try row["month"], acts: try row["acts"],
            people: try row["people"])
    }
}

/// What users are told about, as `sql/data/orientation_topics.json` has it.
public struct OrientationCatalogue: Sendable {
    /// The topics, in their order.
    public let topics: [OrientationTopic]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError`, or an error of Foundation where the file is not there.
    public init(folder: URL) throws {
        topics = try JSONDecoder().decode(
            [OrientationTopic].self,
            from: Data(contentsOf: folder.appending(path: "orientation_topics.json")))
    }

    /// Writes the topics; one that is no longer in the file stays, since what was recorded names it.
    public func load(into database: Database) async throws {
        let topics = topics
        try await database.transaction(OwnerScope()) { transaction in
            for (position, topic) in topics.enumerated() {
                try await transaction.execute(
                    """
                    insert into catalogue.orientation_topics (code, title, position)
                    values (\(topic.code), \(topic.title), \(position))
                    on conflict on constraint orientation_topics_pkey do update set
                        title = excluded.title, position = excluded.position
                    """)
            }
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// What users are told about, in the order in which it is offered.
    public func orientationTopics() async throws -> [OrientationTopic] {
        try await rows("select code, title from catalogue.orientation_topics order by position, code")
    }

    /// The orientations of an alliance within some days, the latest first; those that were withdrawn by mistake too.
    func orientations(
        of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>
    ) async throws -> [Orientation] {
        try await rows(
            """
            \(fragment: Orientation.query(organization, of: alliance))
            and given_on between \(days.lowerBound) and \(days.upperBound)
            order by given_on desc, recorded_at desc, orientation_id
            """)
    }

    /// The orientations that a user gave and recorded within some days, the latest first.
    func orientations(
        by user: ID<User>, in alliance: ID<Alliance>, within days: ClosedRange<CalendarDate>
    ) async throws -> [Orientation] {
        try await rows(
            """
            \(fragment: Orientation.query(organization, of: alliance))
            and given_by = \(user) and withdrawn_at is null
                and given_on between \(days.lowerBound) and \(days.upperBound)
            order by given_on desc, recorded_at desc, orientation_id
            """)
    }

    /// An orientation of an alliance.
    func orientation(_ id: ID<Orientation>, of alliance: ID<Alliance>) async throws -> Orientation? {
        try await row(
            """
            \(fragment: Orientation.query(organization, of: alliance)) and orientation_id = \(id)
            """)
    }

    /// Whether a user gave an orientation and recorded it.
    func isOwn(_ orientation: ID<Orientation>, of user: ID<User>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.orientations
                where organization_id = \(organization) and orientation_id = \(orientation)
                    and given_by = \(user))
            """) ?? false
    }

    /// How many were given of each topic in each month of some days, and to how many people.
    func orientationCounts(
        of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>
    ) async throws -> [OrientationCount] {
        try await rows(
            """
            select topic, extract(month from given_on)::int as month, count(*) as acts,
                sum(people)::bigint as people
            from governance.orientations
            where organization_id = \(organization) and alliance_id = \(alliance) and withdrawn_at is null
                and given_on between \(days.lowerBound) and \(days.upperBound)
            group by topic, extract(month from given_on)
            order by topic, month
            """)
    }

    /// Adds an orientation.
    func insert(
        _ orientation: Orientation, of alliance: ID<Alliance>, by user: ID<User>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.orientations (
                organization_id, orientation_id, alliance_id, given_on, topic, other_topic, entity, channel,
                people, outcome, note, giver, capacity, given_by, follow_up_on, recorded_at, recorded_by)
            values (
                \(organization), \(orientation.id), \(alliance), \(orientation.givenOn),
                \(orientation.topic), \(orientation.otherTopic), \(orientation.entity),
                \(orientation.channel), \(orientation.people), \(orientation.outcome), \(orientation.note),
                \(orientation.giver.name), \(orientation.giver.capacity), \(user),
                \(orientation.followUp?.dueOn), \(now), \(scope.principal.user))
            """,
            refusals: ["orientations_topic_fkey": OrientationError.topicMissing])
    }

    /// Writes what was done for an orientation that waits.
    ///
    /// - Throws: ``OrientationError/nothingWaits``.
    func follow(_ orientation: ID<Orientation>, on day: CalendarDate, note: String) async throws {
        let written = try await execute(
            """
            update governance.orientations set followed_on = \(day), follow_up_note = \(note)
            where organization_id = \(organization) and orientation_id = \(orientation)
                and follow_up_on is not null and followed_on is null and withdrawn_at is null
            """)
        guard written == 1 else { throw OrientationError.nothingWaits }
    }

    /// Takes an orientation out of what counts.
    ///
    /// - Throws: ``OrientationError/notFound`` where it was taken out already.
    func withdraw(_ orientation: ID<Orientation>, because reason: String, at now: Date) async throws {
        let written = try await execute(
            """
            update governance.orientations
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and orientation_id = \(orientation)
                and withdrawn_at is null
            """)
        guard written == 1 else { throw OrientationError.notFound }
    }

    /// The orientations for which something is to be done by a day, by alliance.
    func orientationsToFollow(by day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select orientations.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, min(orientations.follow_up_on) as due_on
            from governance.orientations
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = orientations.alliance_id and alliances.state <> 'dissolved'
            where orientations.organization_id = \(organization) and orientations.follow_up_on <= \(day)
                and orientations.followed_on is null and orientations.withdrawn_at is null
            group by orientations.alliance_id
            """)
    }
}

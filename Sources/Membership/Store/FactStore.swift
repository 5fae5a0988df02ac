public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A dated fact about a person that is to be recorded.
public struct FactRecord: Sendable, Hashable {
    /// Identifies the fact.
    public let id: ID<FactRecord>
    /// The person.
    public let person: ID<Person>
    /// What sort of fact, such as `presence`, `mandate`, `sanction`, `service_used`.
    public let kind: String
    /// What it says.
    public let value: String
    /// Where it comes from, as people read it.
    public let source: String
    /// The first day on which it holds, or the day on which it happened.
    public let validFrom: CalendarDate
    /// The day from which it does not hold any more.
    public let validUntil: CalendarDate?
    /// The moment, for facts of a session.
    public let happenedAt: Date?
    /// The alliance that it is limited to.
    public let alliance: ID<Alliance>?
    /// The electoral process that it is limited to.
    public let process: ID<ElectoralProcess>?
    /// The file that proves it.
    public let proof: ID<StoredFile>?
    /// Whether it counts only once somebody else has reviewed it.
    public let needsReview: Bool
    /// The record that it tells of, such as a mandate or a check-in, with which it is cancelled or ended.
    public let origin: UUID?

    /// Describes a fact.
    public init(
        id: ID<FactRecord> = ID(), person: ID<Person>, kind: String, value: String, source: String,
        validFrom: CalendarDate, validUntil: CalendarDate? = nil, happenedAt: Date? = nil,
        alliance: ID<Alliance>? = nil, process: ID<ElectoralProcess>? = nil, proof: ID<StoredFile>? = nil,
        needsReview: Bool = false, origin: UUID? = nil
    ) {
        self.id = id
        self.person = person
        self.kind = kind
        self.value = value
        self.source = source
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.happenedAt = happenedAt
        self.alliance = alliance
        self.process = process
        self.proof = proof
        self.needsReview = needsReview
        self.origin = origin
    }
}

extension Transaction where Scope == TenantScope {
    /// Records a fact.
    public func record(_ fact: FactRecord, at now: Date) async throws {
        try await execute(
            """
            insert into membership.recorded_facts (
                organization_id, fact_id, person_id, kind, value, alliance_id, process_id, valid_from,
                valid_until, happened_at, source, proof_file_id, needs_review, recorded_at, recorded_by,
                origin_id)
            values (
                \(organization), \(fact.id), \(fact.person), \(fact.kind), \(fact.value), \(fact.alliance),
                \(fact.process), \(fact.validFrom), \(fact.validUntil), \(fact.happenedAt), \(fact.source),
                \(fact.proof), \(fact.needsReview), \(now), \(scope.principal.user), \(fact.origin))
            """)
    }

    /// Takes back what was recorded of something that turns out not to have happened: it counts as never recorded.
    public func cancelFacts(of origin: UUID, because reason: String, at now: Date) async throws {
        try await execute(
            """
            update membership.recorded_facts
            set cancelled_at = \(now), cancelled_by = \(scope.principal.user), cancel_reason = \(reason)
            where organization_id = \(organization) and origin_id = \(origin) and cancelled_at is null
            """)
    }

    /// Moves the end of what was recorded of something: it does not hold from `day` on, or holds without an end.
    public func moveEnd(ofFactsOf origin: UUID, to day: CalendarDate?) async throws {
        try await execute(
            """
            update membership.recorded_facts set valid_until = \(day)
            where organization_id = \(organization) and origin_id = \(origin) and cancelled_at is null
            """)
    }
}

extension Transaction where Scope == TenantScope {
    /// Writes the review of a fact that waits for one in a space.
    ///
    /// - Throws: ``PaperError``.
    func review(
        _ fact: ID<FactRecord>, in space: EligibilitySpace, isAccepted: Bool, because reason: String?,
        by reviewer: ID<User>, at now: Date
    ) async throws {
        let reviewed = try await execute(
            """
            insert into membership.fact_reviews (
                organization_id, fact_id, verdict, reason, reviewed_by, recorded_by, reviewed_at)
            select organization_id, fact_id, \(isAccepted ? "accepted" : "rejected"), \(reason), \(reviewer),
                recorded_by, \(now)
            from membership.recorded_facts
            where organization_id = \(organization) and fact_id = \(fact) and needs_review
                and alliance_id = \(space.alliance) and process_id is not distinct from \(space.process)
                and cancelled_at is null
            """,
            refusals: [
                "fact_reviews_by_someone_else": PaperError.ownPaper,
                "fact_reviews_pkey": PaperError.notPending,
            ])
        guard reviewed == 1 else { throw PaperError.notPending }
    }

    /// Takes back a paper that was accepted in a space. Until a day it goes on counting, where one is given: a copy
    /// that ends there stands in its place, so that what was known before is still told.
    ///
    /// - Throws: ``PaperError``.
    func withdraw(
        _ paper: ID<FactRecord>, in space: EligibilitySpace, until day: CalendarDate?,
        because reason: String, by user: ID<User>, at now: Date
    ) async throws {
        let withdrawn = try await execute(
            """
            update membership.recorded_facts as facts
            set cancelled_at = \(now), cancelled_by = \(user), cancel_reason = \(reason)
            where organization_id = \(organization) and fact_id = \(paper) and needs_review
                and alliance_id = \(space.alliance) and process_id is not distinct from \(space.process)
                and cancelled_at is null and exists (
                    select from membership.fact_reviews as reviews
                    where reviews.organization_id = \(organization) and reviews.fact_id = \(paper)
                        and reviews.verdict = 'accepted')
            """,
            refusals: ["recorded_facts_withdrawn_by_someone_else": PaperError.ownPaper])
        guard withdrawn == 1 else { throw PaperError.notAccepted }
        guard let day else { return }
        let copy = ID<FactRecord>()
        let ended = try await execute(
            """
            insert into membership.recorded_facts (
                organization_id, fact_id, person_id, kind, value, alliance_id, process_id, valid_from,
                valid_until, happened_at, source, proof_file_id, needs_review, recorded_at, recorded_by,
                origin_id)
            select organization_id, \(copy), person_id, kind, value, alliance_id, process_id, valid_from,
                \(day), happened_at, source, proof_file_id, needs_review, \(now), recorded_by, origin_id
            from membership.recorded_facts
            where organization_id = \(organization) and fact_id = \(paper)
                and valid_from < \(day) and (valid_until is null or valid_until > \(day))
            """)
        guard ended == 1 else { throw PaperError.endsOutside }
        try await review(copy, in: space, isAccepted: true, because: reason, by: user, at: now)
    }
}

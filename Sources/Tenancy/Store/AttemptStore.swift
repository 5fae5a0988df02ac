import Foundation
import Kernel
import Postgres

/// One try to get in, by keyed hashes of what is tried and from where.
struct Attempt: Sendable {
    /// What is tried.
    enum Kind: String, Sendable {
        case password
        case secondFactor = "second_factor"
        case invitation
        case rollCheck = "roll_check"
        case claim
    }

    let id = ID<Attempt>()
    let kind: Kind
    let subject: [UInt8]
    let address: [UInt8]
}

/// The failures that count at a moment. The attempt under way is among them until it succeeds.
struct FailureCounts: RowDecodable {
    let bySubjectAndAddress: Int
    let bySubject: Int
    let byAddress: Int

    init(row: Row) throws(RowError) {
        bySubjectAndAddress = try row["by_subject_and_address"]
        bySubject = try row["by_subject"]
        byAddress = try row["by_address"]
    }
}

extension Transaction where Scope == IdentityScope {
    /// Notes an attempt before it is looked at. It counts as failed until ``succeed(_:)``, so that many at
    /// once do not slip past the count.
    func insert(_ attempt: Attempt, at now: Date) async throws {
        try await execute(
            """
            insert into identity.attempts (
                attempt_id, kind, subject_hash, address_hash, attempted_at, succeeded)
            values (
                \(attempt.id), \(attempt.kind.rawValue), \(attempt.subject), \(attempt.address), \(now), false)
            """)
    }

    /// Notes that an attempt succeeded.
    func succeed(_ attempt: Attempt) async throws {
        try await execute("update identity.attempts set succeeded = true where attempt_id = \(attempt.id)")
    }

    /// Counts the failures since a moment. Those of a subject from one address count since its last success
    /// from there.
    func failures(like attempt: Attempt, since moment: Date) async throws -> FailureCounts? {
        try await row(
            """
            select
                (select count(*) from identity.attempts
                    where subject_hash = \(attempt.subject) and address_hash = \(attempt.address)
                        and kind = \(attempt.kind.rawValue) and not succeeded
                        and attempted_at > coalesce(
                            (select max(attempted_at) from identity.attempts
                                where subject_hash = \(attempt.subject)
                                    and address_hash = \(attempt.address)
                                    and kind = \(attempt.kind.rawValue) and succeeded
                                    and attempted_at > \(moment)),
                            \(moment))
                ) as by_subject_and_address,
                (select count(*) from identity.attempts
                    where subject_hash = \(attempt.subject) and kind = \(attempt.kind.rawValue)
                        and not succeeded and attempted_at > \(moment)) as by_subject,
                (select count(*) from identity.attempts
                    where address_hash = \(attempt.address) and kind = \(attempt.kind.rawValue)
                        and not succeeded and attempted_at > \(moment)) as by_address
            """)
    }

    /// Counts the failures of the same subject since it last succeeded, and not before a moment.
    func failuresSinceSuccess(before attempt: Attempt, since moment: Date) async throws -> Int {
        try await value(
            """
            select count(*) from identity.attempts
            where subject_hash = \(attempt.subject) and kind = \(attempt.kind.rawValue) and not succeeded
                and attempt_id <> \(attempt.id)
                and attempted_at > coalesce(
                    (select max(attempted_at) from identity.attempts
                        where subject_hash = \(attempt.subject) and kind = \(attempt.kind.rawValue)
                            and succeeded and attempt_id <> \(attempt.id)),
                    \(moment))
            """) ?? 0
    }
}

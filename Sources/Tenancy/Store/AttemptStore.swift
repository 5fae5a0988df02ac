import Foundation
import Kernel
import Postgres

/// One try to get in, by keyed hashes of what is tried, from where, and by which device.
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
    /// `nil` where the program has nothing to be known again by.
    let device: [UInt8]?
}

/// The failures that count at a moment. The attempt under way is among them until it succeeds.
struct FailureCounts: RowDecodable {
    /// Whether the subject succeeded by this device before.
    let isKnownDevice: Bool
    /// Whether the subject succeeded from this address before.
    let isKnownAddress: Bool
    let bySubjectAndDevice: Int
    let bySubjectAndAddress: Int
    let bySubject: Int
    let byAddress: Int

    init(row: Row) throws(RowError) {
        isKnownDevice = try row["is_known_device"]
        isKnownAddress = try row["is_known_address"]
        bySubjectAndDevice = try row["by_subject_and_device"]
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
                attempt_id, kind, subject_hash, address_hash, device_hash, attempted_at, succeeded)
            values (
                \(attempt.id), \(attempt.kind.rawValue), \(attempt.subject), \(attempt.address),
                \(attempt.device), \(now), false)
            """)
    }

    /// Notes that an attempt succeeded.
    func succeed(_ attempt: Attempt) async throws {
        try await execute("update identity.attempts set succeeded = true where attempt_id = \(attempt.id)")
    }

    /// Notes that the attempts on a subject from one place succeeded, since a moment.
    func succeed(allLike attempt: Attempt, since moment: Date) async throws {
        try await execute(
            """
            update identity.attempts set succeeded = true
            where subject_hash = \(attempt.subject) and kind = \(attempt.kind.rawValue)
                and address_hash = \(attempt.address) and device_hash is not distinct from \(attempt.device)
                and attempted_at > \(moment)
            """)
    }

    /// Takes back an attempt that was refused without being looked at. Did it count, whoever goes on trying would
    /// keep everybody out for ever.
    func takeBack(_ attempt: Attempt) async throws {
        try await execute("delete from identity.attempts where attempt_id = \(attempt.id)")
    }

    /// Counts the failures since a moment. Those of a subject from one address, or by one device, count since its
    /// last success from there.
    func failures(
        like attempt: Attempt, since moment: Date, knownSince earlier: Date
    ) async throws -> FailureCounts? {
        try await row(
            """
            with tried as (
                select address_hash, device_hash, attempted_at, succeeded from identity.attempts
                where subject_hash = \(attempt.subject) and kind = \(attempt.kind.rawValue)
                    and attempted_at > \(earlier)
            ), last_success as (
                select
                    max(attempted_at) filter (where address_hash = \(attempt.address)) as from_address,
                    max(attempted_at) filter (where device_hash = \(attempt.device)) as by_device
                from tried
                where succeeded
            ), failed as (
                select address_hash, device_hash, attempted_at from tried
                where not succeeded and attempted_at > \(moment)
            )
            select
                by_device is not null as is_known_device,
                from_address is not null as is_known_address,
                (select count(*) from failed
                    where device_hash = \(attempt.device) and attempted_at > coalesce(by_device, \(moment))
                ) as by_subject_and_device,
                (select count(*) from failed
                    where address_hash = \(attempt.address)
                        and attempted_at > coalesce(from_address, \(moment))
                ) as by_subject_and_address,
                (select count(*) from failed) as by_subject,
                (select count(*) from identity.attempts
                    where address_hash = \(attempt.address) and kind = \(attempt.kind.rawValue)
                        and not succeeded and attempted_at > \(moment)) as by_address
            from last_success
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

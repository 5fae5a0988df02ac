public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A person who may serve as a juror of a process: a user with that role in it.
public struct JurorCandidate: Sendable, Hashable {
    /// The user.
    public let user: ID<User>
    /// The name.
    public let name: String
}

/// Lists those who may serve as jurors of a process.
public struct ListJurorCandidates: Query {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(in place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads them by name.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [JurorCandidate] {
        try await transaction.jurorCandidates(in: place, at: now)
    }
}

/// Prepares one more table for the day, with a juror in each of its two juries.
///
/// It takes every elector who falls to no other table: with one table, all of them.
public struct SetUpTable: Command {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The name of the place.
    public let site: String
    /// Its address.
    public let address: String
    /// Its municipality, by its code.
    public let municipality: String
    /// When it receives votes.
    public let hours: ClosedRange<Date>
    /// The juror of the first jury.
    public let first: ID<User>
    /// The juror of the second jury.
    public let second: ID<User>

    /// A table with its jurors.
    public init(
        in place: ProcessPlace, at site: String, address: String, municipality: String,
        hours: ClosedRange<Date>,
        jurors first: ID<User>, and second: ID<User>
    ) {
        self.place = place
        self.site = site.trimmingCharacters(in: .whitespacesAndNewlines)
        self.address = address.trimmingCharacters(in: .whitespacesAndNewlines)
        self.municipality = municipality
        self.hours = hours
        self.first = first
        self.second = second
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Adds it.
    ///
    /// - Throws: ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<VotingTable>> {
        guard first != second else { throw VotingDayError.sameJuror }
        let candidates = try await transaction.jurorCandidates(in: place, at: now)
        let table = ID<VotingTable>()
        try await transaction.insert(self, as: table, at: now)
        for (jury, user) in [(1, first), (2, second)] {
            guard let juror = candidates.first(where: { $0.user == user }) else {
                throw VotingDayError.noJuror
            }
            try await transaction.appoint(juror, to: jury, of: table, in: place, at: now)
        }
        return Audited(table, AuditEvent("elections.table.set_up", subject: table))
    }
}

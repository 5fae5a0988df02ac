public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Where somebody stands in an election that goes on, as they read it themselves.
public struct OwnVote: Sendable, Hashable {
    /// Whether they may vote.
    public enum Standing: Sendable, Hashable {
        /// No roll is published yet.
        case unpublished
        /// They are on the roll; on the frozen one, with their table where they have one.
        case on(RollNotice.Phase, table: TableSetup?)
        /// They are not on the roll, and why.
        case off(RollNotice.Phase, reasons: [String])
        /// A requirement of the provisional roll is not proven, and what cures it.
        case unproven(reasons: [String])
        /// They were no member when the roll was made, or nobody knows who they are.
        case unlisted
    }

    /// The election.
    public let process: ElectionProcess
    /// Whether they may vote.
    public let standing: Standing
    /// The dates of the election; `nil` while the day of the vote is not chosen.
    public let calendar: ElectoralCalendar?
    /// The tables where it is voted, in their order.
    public let tables: [TableSetup]
    /// Until when claims are taken; `nil` where none are.
    public let claimsUntil: Date?
    /// The claims about them.
    public let claims: [ClaimAnswer]
}

/// Reads where whoever asks stands in the elections of an alliance that go on, and nobody else: they are who has the
/// document of their account.
public struct ReadOwnVotes: Query {
    /// Who may do it.
    public static let permission = Permission.seeOwnVote
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about oneself.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it, the election that was drafted last first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [OwnVote] {
        var person: ID<Person>?
        if let user = transaction.scope.principal.user { person = try await transaction.person(of: user) }
        var votes: [OwnVote] = []
        for process in try await transaction.processes(of: alliance)
        where process.state != .draft && !process.state.isOver {
            let calendar = try await transaction.calendar(of: process.id)
            let tables = try await transaction.tables(of: process.id)
            let provisional = try await transaction.provisionalRoll(of: process.id)
            let isFrozen = try await transaction.roll(of: process.id) != nil
            var standing = OwnVote.Standing.unpublished
            var claimsUntil: Date?
            var claims: [ClaimAnswer] = []
            if let provisional {
                standing = .unlisted
                if let person {
                    claims = try await transaction.claims(about: person, in: process.id)
                    if let line = try await transaction.rollLine(of: person, in: process.id) {
                        standing = OwnVote.Standing(
                            line, on: isFrozen ? .frozen : .provisional, tables: tables,
                            requirements: try await transaction.requirements())
                    }
                }
                let window = ClaimWindow(calendar, of: provisional)
                if !isFrozen, let window, window.isOpen(at: now) { claimsUntil = window.closesAt }
            }
            votes.append(
                OwnVote(
                    process: process, standing: standing, calendar: calendar, tables: tables,
                    claimsUntil: claimsUntil, claims: claims))
        }
        return votes
    }
}

extension OwnVote.Standing {
    /// Tells a line of the roll to who it is about.
    fileprivate init(
        _ line: ListRoll.Line, on phase: RollNotice.Phase, tables: [TableSetup], requirements: [Requirement]
    ) {
        let reasons = requirements.filter { line.obstacles.contains($0.id) }.map { "\($0.title). \($0.cure)" }
        switch line.verdict {
        case "eligible": self = .on(phase, table: tables.first { $0.number == line.table })
        case "unproven" where phase == .provisional: self = .unproven(reasons: reasons)
        default:
            self = .off(
                phase,
                reasons: reasons.isEmpty
                    ? ["El comité electoral decidió una reclamación que lo excluye del censo."] : reasons)
        }
    }
}

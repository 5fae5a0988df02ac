public import Foundation
import Kernel
import Membership
public import Postgres
public import Tenancy

/// A command by which somebody in charge of an election decides something in it: the call, the roll, who stands, the
/// day, the result.
///
/// Whoever stands in the election, counts it or guarantees it does not decide for the committee, and whoever decided
/// for the committee can do none of these afterwards (`elections.capacities` keeps it). Where another role decides too
/// (the board seconds a proclamation, a juror closes a table), that role may, as long as the person does not stand.
public protocol ElectionDecision: Command {}

extension ElectionDecision {
    /// Keeps who has something at stake in a process from deciding in it. Users are known for people of the register by
    /// their document; a committee whose user has none decides nothing until it is written.
    ///
    /// - Throws: ``ProcessError/notFound`` where the process is none of the alliance's, ``SlateError/ownElection``,
    ///   `GrantError.needsDocument`.
    public func admit(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        guard case .process(let process, let alliance) = stream,
            let found = try await transaction.lockedProcess(process), found.alliance == alliance
        else { throw ProcessError.notFound }
        let principal = transaction.scope.principal
        guard let id = principal.user, let user = try await transaction.user(id) else { return }
        let roles = principal.roles(for: Self.permission, in: stream)
        guard let document = user.document else {
            guard let role = roles.first(where: \.needsDocument) else { return }
            throw GrantError.needsDocument(role, user.name)
        }
        guard let person = try await transaction.person(with: document) else { return }
        let capacity =
            roles.contains(.electionCommittee)
            ? try await transaction.take(.committee, by: person, in: process, at: now)
            : try await transaction.capacity(of: person, in: process)
        guard roles.contains(where: { $0.decides(being: capacity) }) else { throw SlateError.ownElection }
    }
}

extension Role {
    /// Whether who has a role decides by it in an election in which they are something.
    fileprivate func decides(being capacity: Capacity?) -> Bool {
        switch self {
        case .electionCommittee: capacity == .committee
        case .juror: capacity == nil || capacity == .juror
        default: capacity != .candidate && capacity != .juror
        }
    }
}

public import Foundation
public import Kernel
public import Postgres

/// Changes the name, the site or the state of an alliance. Its address stays.
public struct EditAlliance: Command {
    /// Who may do it.
    public static let permission = Permission.editAlliances
    /// The alliance.
    public let id: ID<Alliance>
    /// Its name from now on.
    public let name: String
    /// Its site from now on, where it is one of a site.
    public let siteName: String?
    /// Its state from now on; `nil` leaves it.
    public let state: Alliance.State?

    /// Takes what a person filled in.
    public init(id: ID<Alliance>, name: String, siteName: String? = nil, state: Alliance.State? = nil) {
        self.id = id
        self.name = name
        self.siteName = siteName
        self.state = state
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(id) }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let current = try await transaction.alliance(id) else { throw AllianceError.notFound }
        if let state, state != current.state, !current.state.successors.contains(state) {
            throw AllianceError.cannotBecome(state, from: current.state)
        }
        let changed = try Alliance(
            id: id, slug: current.slug, filledIn: name, kind: current.kind, siteName: siteName,
            state: state ?? current.state)
        try await transaction.update(changed)
        return Audited(
            AuditEvent(
                "tenancy.alliance.edited", subject: id,
                details: [
                    "name": changed.name, "site": changed.siteName ?? "", "state": changed.state.rawValue,
                    "name_before": current.name, "state_before": current.state.rawValue,
                ]))
    }
}

/// The right to one thing, and the roles that hold it.
///
/// Each module declares its own in its `Permissions.swift`; nothing else says who may do what.
public struct Permission: Sendable, Hashable {
    /// The name, `module.things.verb`.
    public let name: String
    /// The roles that hold it, each within the space of its grant.
    public let roles: Set<Role>
    /// Whether a refused attempt is recorded in the chain of events too.
    public let isSensitive: Bool

    /// Declares a permission.
    ///
    /// - Parameters:
    ///   - name: `module.things.verb`.
    ///   - roles: Who holds it.
    ///   - isSensitive: Whether refused attempts are recorded.
    public init(_ name: String, roles: Set<Role>, isSensitive: Bool = false) {
        self.name = name
        self.roles = roles
        self.isSensitive = isSensitive
    }
}

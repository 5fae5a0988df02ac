/// A role of the database that a pool of connections signs in as.
public struct DatabaseRole: RawRepresentable, Hashable, Sendable {
    /// The name of the role.
    public let rawValue: String

    /// The role of a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

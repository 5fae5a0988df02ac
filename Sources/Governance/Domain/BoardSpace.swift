public import Tenancy

extension Principal {
    /// Whether whoever acts may keep something of an alliance to its board, and decide on what the board kept: those who
    /// sit on it, and the server itself.
    public func mayReserve(in stream: AuditStream) -> Bool {
        user == nil || grants.contains { $0.role == .board && $0.space.alliance == stream.alliance }
    }
}

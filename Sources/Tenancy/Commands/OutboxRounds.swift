import Kernel
import Synchronization

/// Which way messages go.
enum OutboxLane: CaseIterable {
    /// Into the same tenant, at the pace of the database.
    case inside
    /// Out of it, at the pace of others: a relay, another tenant.
    case outside

    /// How many tenants are delivered at once. Those outside mostly wait for somebody else.
    var width: Int {
        switch self {
        case .inside: 4
        case .outside: 16
        }
    }
}

/// Which tenants are being delivered in each lane, and which wait for a place.
///
/// One tenant is in a lane once. What is told of it meanwhile is looked at when it is done, behind those that waited
/// before, so that a tenant with much to send keeps no other out.
final class OutboxRounds: Sendable {
    private struct Lane {
        var running: Set<ID<Organization>> = []
        /// Those of the running that are to be looked at once more.
        var again: Set<ID<Organization>> = []
        var waiting: [ID<Organization>] = []
    }

    private let lanes = Mutex<[OutboxLane: Lane]>([:])

    /// Says that a tenant may have something due in a lane.
    ///
    /// - Returns: Whether the caller is to begin with it now, and call ``end(_:in:)`` after it.
    func begin(_ tenant: ID<Organization>, in lane: OutboxLane) -> Bool {
        lanes.withLock { lanes in
            var state = lanes[lane, default: Lane()]
            defer { lanes[lane] = state }
            if state.running.contains(tenant) {
                state.again.insert(tenant)
                return false
            }
            guard state.running.count < lane.width else {
                if !state.waiting.contains(tenant) { state.waiting.append(tenant) }
                return false
            }
            state.running.insert(tenant)
            return true
        }
    }

    /// Says that a tenant was delivered.
    ///
    /// - Returns: The tenant that the caller is to go on with.
    func end(_ tenant: ID<Organization>, in lane: OutboxLane) -> ID<Organization>? {
        lanes.withLock { lanes in
            var state = lanes[lane, default: Lane()]
            defer { lanes[lane] = state }
            state.running.remove(tenant)
            if state.again.remove(tenant) != nil { state.waiting.append(tenant) }
            guard let next = state.waiting.first else { return nil }
            state.waiting.removeFirst()
            state.running.insert(next)
            return next
        }
    }
}

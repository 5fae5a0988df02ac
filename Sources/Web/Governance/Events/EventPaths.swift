import Governance
import Kernel

extension Path {
    /// The events that several alliances hold at once.
    static let events = FixedRoute("/o/{tenant}/eventos")
    /// Plans one.
    static let newEvent = FixedRoute("/o/{tenant}/eventos/nuevo")
    /// An event with what each alliance has of it.
    static let event = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}")
    /// Brings more alliances into it.
    static let extendEvent = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}/alianzas")
    /// Calls it everywhere.
    static let callEvent = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}/convocar")
    /// Moves it everywhere.
    static let moveEvent = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}/reprogramar")
    /// Calls it off everywhere.
    static let cancelEvent = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}/cancelar")
    /// Adds what shows it, for all alliances.
    static let addEventEvidence = Route<ID<JointEvent>>("/o/{tenant}/eventos/{event}/evidencias")
}

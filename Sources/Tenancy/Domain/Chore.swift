import Kernel

/// Something that the server does once a day for each tenant, by itself.
public enum Chore: String, Sendable, Hashable, CaseIterable {
    /// Forgets sessions, attempts and invitations of sign-in that are past their use.
    case forgetTraces = "forget_traces"
    /// Ends the rights of those whose mandate is over.
    case endRights = "end_rights"
    /// Tells the heads of the chains of events to the outside.
    case anchor
    /// Verifies the chains of events, link by link.
    case verify
    /// Forgets messages that were delivered long ago.
    case forgetMessages = "forget_messages"
    /// Removes the copies of alliances that are kept no more.
    case forgetCopies = "forget_copies"
    /// Reminds people by mail of what is due.
    case remind

    /// What it does, on screens.
    public var title: String {
        switch self {
        case .forgetTraces: "Borrar sesiones e intentos de ingreso antiguos"
        case .endRights: "Terminar los accesos de quienes terminaron su período"
        case .anchor: "Escribir las anclas del registro"
        case .verify: "Comprobar el registro"
        case .forgetMessages: "Borrar mensajes entregados"
        case .forgetCopies: "Borrar copias de alianzas que ya no se guardan"
        case .remind: "Recordar compromisos por correo"
        }
    }
}

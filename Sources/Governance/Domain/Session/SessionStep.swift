public import Foundation
import Kernel

/// What a session lacks when it is opened or closed: it goes on where somebody confirms that it is so, and its minutes say
/// it.
public enum SessionLack: String, Sendable, Hashable, CaseIterable {
    /// Nobody is noted as present.
    case people
    /// It was not called, and the bylaws or a standing agenda order when it is to be.
    case call
    /// Points that nobody treated.
    case points
    /// Questions that nobody answered.
    case answers

    /// What is lacking, as the minutes tell it; `nil` of what they tell by itself.
    var words: String? {
        switch self {
        case .people: "sin nadie registrado como presente"
        case .call: "sin constancia de la convocatoria"
        case .points, .answers: nil
        }
    }
}

/// A session opened, closed, or opened again.
public struct SessionStep: Sendable, Hashable {
    /// What was done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case opened, closed, reopened
    }

    /// What was done.
    public let kind: Kind
    /// What was lacking, and was confirmed to be.
    public let lacking: Set<SessionLack>
    /// Why it was opened again.
    public let reason: String?
    /// When.
    public let happenedAt: Date
}

public import Foundation
public import Kernel
public import Tenancy

/// Where an alliance stands on one obligation, as it was reckoned last.
public struct Standing: Sendable, Hashable {
    /// The obligation.
    public let code: Obligation.Code
    /// The norm that counts.
    public let norm: String
    /// Whether it is confirmed.
    public let normIsConfirmed: Bool
    /// Whether the deadline is confirmed.
    public let deadlineIsConfirmed: Bool
    /// The state.
    public let state: ObligationState
    /// Since when.
    public let since: CalendarDate
    /// The day by which it is to be done.
    public let dueOn: CalendarDate?
    /// Why.
    public let finding: String
    /// What to do next.
    public let next: NextStep?
    /// What shows it.
    public let evidence: [Evidence]
    /// When it was reckoned.
    public let evaluatedAt: Date
}

/// A change of an obligation's state.
public struct ObligationChange: Sendable, Hashable {
    /// The obligation.
    public let code: Obligation.Code
    /// The state from then on.
    public let state: ObligationState
    /// Why.
    public let finding: String
    /// When it was noticed.
    public let changedAt: Date
}

/// An alliance in a list, with its state on each obligation; or an entity of which no alliance is known.
public struct ComplianceRow: Sendable, Hashable {
    /// What is known.
    public enum Information: Sendable, Hashable {
        /// The alliance and its states.
        case alliance(ID<Alliance>, name: String, slug: String, state: Alliance.State)
        /// The entity has people in the municipality, and no alliance there that lives.
        case withoutAlliance
        /// Nothing is known of the entity here: it does not use the product, or has no people in these municipalities.
        case none
    }

    /// The entity, where it uses the product.
    public let organization: ID<Organization>?
    /// Its name.
    public let entity: String
    /// Its kind.
    public let kind: Organization.Kind
    /// The municipality, by name and department; `nil` where no alliance is known.
    public let municipality: String?
    /// What is known.
    public let information: Information
    /// The states by obligation; empty where no alliance is known.
    public let states: [Obligation.Code: ObligationState]
    /// The next day by which something is to be done, or was.
    public let dueOn: CalendarDate?
    /// In how many bodies an election is due that nobody began.
    public var electionsDue = 0
    /// The day by which the first of them should be over; `nil` where nobody ever was elected.
    public var electionDueOn: CalendarDate?

    /// How many obligations are in a state.
    public func count(_ state: ObligationState) -> Int { states.values.count { $0 == state } }

    /// The state that asks most for attention; `nil` where nothing is known.
    public var worst: ObligationState? { states.values.max { $0.urgency < $1.urgency } }

    /// The alliance, where one is known.
    public var alliance: ID<Alliance>? {
        if case .alliance(let id, _, _, _) = information { id } else { nil }
    }

    /// The name of the alliance, where one is known.
    public var allianceName: String? {
        if case .alliance(_, let name, _, _) = information { name } else { nil }
    }
}

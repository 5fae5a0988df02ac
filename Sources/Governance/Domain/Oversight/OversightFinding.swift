public import Kernel
public import Tenancy

/// What an exercise found (`hallazgo`), from where it was seen to the team's own check of what was done.
public struct OversightFinding: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case open, replied, acted, closed

        /// The state after a step; `nil` where the step does not follow. A reply that the team does not accept leaves
        /// it open: the entity is still to answer.
        func after(_ step: FindingStep.Kind, isAccepted: Bool) -> Self? {
            switch (self, step) {
            case (.open, .replied), (.replied, .replied): isAccepted ? .replied : .open
            case (.open, .acted), (.replied, .acted), (.acted, .acted): .acted
            case (.open, .checked), (.replied, .checked), (.acted, .checked): .closed
            case (.closed, .reopened): .open
            default: nil
            }
        }
    }

    /// What the team's own check says.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case corrected, partly
        case notCorrected = "not_corrected"

        /// The name on screens.
        public var title: String {
            switch self {
            case .corrected: "Corregido"
            case .partly: "Corregido en parte"
            case .notCorrected: "Sin corregir"
            }
        }
    }

    /// Identifies it.
    public let id: ID<OversightFinding>
    /// Its number in the exercise, from 1.
    public let number: Int
    /// The visit in which it was seen.
    public let visit: ID<OversightVisit>?
    /// What was found.
    public let account: String
    /// The day.
    public let foundOn: CalendarDate
    /// Where it stands.
    public let state: State
    /// What the team's own check says.
    public let outcome: Outcome?
    /// The improvement opportunity that came of it.
    public let improvement: ID<Improvement>?
    /// The commitment that came of it.
    public let commitment: ID<Commitment>?

    /// Describes a finding.
    ///
    /// - Throws: ``OversightError/findingMissing``.
    public init(
        id: ID<OversightFinding> = ID(), number: Int = 1, visit: ID<OversightVisit>? = nil,
        account: String, foundOn: CalendarDate, state: State = .open, outcome: Outcome? = nil,
        improvement: ID<Improvement>? = nil, commitment: ID<Commitment>? = nil
    ) throws(OversightError) {
        guard let account = account.trimmedOrNil else { throw .findingMissing }
        self.id = id
        self.number = number
        self.visit = visit
        self.account = account
        self.foundOn = foundOn
        self.state = state
        self.outcome = outcome
        self.improvement = improvement
        self.commitment = commitment
    }
}

/// What became of a finding, step by step.
public struct FindingStep: Sendable, Hashable {
    /// The sorts of steps.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The entity replied.
        case replied
        /// Something was done.
        case acted
        /// The team looked again.
        case checked
        /// It is taken up again.
        case reopened

        /// The name on screens.
        public var title: String {
            switch self {
            case .replied: "La entidad respondió"
            case .acted: "Se hizo algo"
            case .checked: "El equipo verificó"
            case .reopened: "Se retomó"
            }
        }
    }

    /// Its sort.
    public let kind: Kind
    /// What is told of it.
    public let note: String
    /// The day.
    public let happenedOn: CalendarDate
    /// Whether the team accepts a reply.
    public let isAccepted: Bool?
    /// What a check says.
    public let outcome: OversightFinding.Outcome?
    /// Its paper.
    public let file: ID<StoredFile>?
}

/// A finding of an exercise as what came of it shows where it comes from.
public struct FindingOrigin: Sendable, Hashable {
    /// The exercise.
    public let oversight: ID<Oversight>
    /// Its name.
    public let title: String
    /// The finding's number.
    public let number: Int
}

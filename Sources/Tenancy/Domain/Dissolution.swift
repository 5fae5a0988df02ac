public import Foundation
public import Kernel

/// An act by which an alliance was dissolved, or by which a mistaken dissolution was put right. It is never changed.
public struct Dissolution: Sendable, Hashable {
    /// The kinds of acts.
    public enum Kind: String, Sendable, Hashable {
        /// The alliance was dissolved.
        case dissolved
        /// A mistaken dissolution was put right.
        case restored
    }

    /// Identifies the act.
    public let id: ID<Dissolution>
    /// What was done.
    public let kind: Kind
    /// The state in which the alliance was.
    public let before: Alliance.State
    /// The state in which it has been since.
    public let after: Alliance.State
    /// Why.
    public let reason: String
    /// The minutes or the paper that say so, by number and date.
    public let act: String
    /// The day of the decision.
    public let decidedOn: CalendarDate
    /// The signed minutes.
    public let file: ID<StoredFile>?
    /// When it was recorded.
    public let recordedAt: Date

    /// Describes an act.
    public init(
        id: ID<Dissolution>, kind: Kind, before: Alliance.State, after: Alliance.State, reason: String,
        act: String, decidedOn: CalendarDate, file: ID<StoredFile>?, recordedAt: Date
    ) {
        self.id = id
        self.kind = kind
        self.before = before
        self.after = after
        self.reason = reason
        self.act = act
        self.decidedOn = decidedOn
        self.file = file
        self.recordedAt = recordedAt
    }
}

/// What a person says of a dissolution, or of the correction of one.
public struct DissolutionGrounds: Sendable, Hashable {
    /// Why.
    public let reason: String
    /// The minutes or the paper that say so, by number and date.
    public let act: String
    /// The day of the decision.
    public let decidedOn: CalendarDate

    /// Takes what a person filled in.
    ///
    /// - Throws: ``AllianceError``.
    public init(because reason: String, by act: String, on day: CalendarDate) throws(AllianceError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        let act = act.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !reason.isEmpty else { throw .reasonMissing }
        guard !act.isEmpty else { throw .actMissing }
        self.reason = reason
        self.act = act
        decidedOn = day
    }
}

public import Foundation
public import Kernel

/// The chain to which an act is written, which is also the space in which the right to it is asked.
public enum AuditStream: Sendable, Hashable {
    /// The office of the tenant.
    case office
    /// One alliance.
    case alliance(ID<Alliance>)
    /// One electoral process, of an alliance or (joint processes) of none.
    case process(ID<ElectoralProcess>, of: ID<Alliance>?)

    /// The alliance that the act belongs to, where it belongs to one.
    public var alliance: ID<Alliance>? {
        switch self {
        case .office: nil
        case .alliance(let alliance): alliance
        case .process(_, let alliance): alliance
        }
    }

    /// The identifier of the chain: the alliance's or process's own, or the tenant's for its office.
    func id(in organization: ID<Organization>) -> UUID {
        switch self {
        case .office: organization.rawValue
        case .alliance(let alliance): alliance.rawValue
        case .process(let process, _): process.rawValue
        }
    }

    /// The kind of the chain, as the database names it.
    var kind: String {
        switch self {
        case .office: "office"
        case .alliance: "alliance"
        case .process: "process"
        }
    }
}

/// What an act leaves in the chain.
///
/// Only the action, the identifier of its subject and a commitment to the details enter the chain. The
/// details (names, figures, reasons) lie beside it and can be purged: the chain still verifies.
public struct AuditEvent: Sendable, Hashable {
    /// Identifies the event.
    public let id: ID<AuditEvent>
    /// What was done, `module.thing.participle`, such as `elections.slate.registered`.
    public let action: String
    /// The identifier of what it was done to.
    public let subject: String?
    /// What the details were, by their names; empty where the action says it all.
    public let details: [String: String]

    /// Makes an event about a subject.
    public init(_ action: String, subject: (some CustomStringConvertible)?, details: [String: String] = [:]) {
        id = ID()
        self.action = action
        self.subject = subject.map { String(describing: $0) }
        self.details = details
    }

    /// Makes an event about something that its board may keep to itself.
    ///
    /// The log is read by the office and by control bodies, and the wall around reserved rows does not reach it: of what
    /// `isReserved` an event tells that something was done, and none of its words.
    ///
    /// - Parameters:
    ///   - action: What was done.
    ///   - subject: What it was done to.
    ///   - details: Identifiers, days, figures and choices out of a list.
    ///   - words: What people wrote: names, titles, reasons.
    ///   - isReserved: Whether the board keeps the subject to itself.
    public init(
        _ action: String, subject: (some CustomStringConvertible)?, details: [String: String] = [:],
        words: [String: String], isReserved: Bool
    ) {
        self.init(
            action, subject: subject,
            details: isReserved ? details : details.merging(words) { fact, _ in fact })
    }

    /// Makes an event about the stream itself.
    public init(_ action: String, details: [String: String] = [:]) {
        self.init(action, subject: String?.none, details: details)
    }
}

extension AuditEvent {
    /// An event that was appended, as the thing that it is about remembers it.
    public struct Trace: Sendable, Hashable {
        /// For how long an act goes on, in seconds.
        public static let length: TimeInterval = 15 * 60

        /// When it was appended.
        public let at: Date

        /// Remembers an event of the same person.
        public init(at moment: Date) { at = moment }

        /// Whether what the person does at a moment goes on with it.
        public func goesOn(at now: Date) -> Bool { now >= at && now.timeIntervalSince(at) < Self.length }
    }
}

/// What a command gives back, with what it leaves in the chain.
public struct Audited<Output: Sendable>: Sendable {
    /// What the caller gets.
    public let output: Output
    /// What the chain gets; `nil` where the act goes on with one whose event stands there.
    public let event: AuditEvent?
    /// What other chains get of an act that reaches several alliances at once. The right is asked in each of them.
    public let others: [(stream: AuditStream, event: AuditEvent)]

    /// Binds an output to its event, and to those of other chains.
    public init(
        _ output: Output, _ event: AuditEvent, others: [(stream: AuditStream, event: AuditEvent)] = []
    ) {
        self.output = output
        self.event = event
        self.others = others
    }

    /// What the chains get, where the act is written to one of them.
    public func traces(in stream: AuditStream) -> [(stream: AuditStream, event: AuditEvent)] {
        (event.map { [(stream, $0)] } ?? []) + others
    }

    /// Binds an output to an event that stands in the chain already: the act goes on with what it tells of.
    ///
    /// For what a page saves by itself every few seconds, and nothing else: who writes for a quarter of an hour did one
    /// thing.
    public init(_ output: Output, goingOnWith event: AuditEvent.Trace) {
        self.output = output
        self.event = nil
        others = []
    }
}

extension Audited where Output == Void {
    /// An event without output.
    public init(_ event: AuditEvent) {
        self.init((), event)
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins the work plan of a year: empty, or as the plan of the year before stands. The members approve it afterwards. A
/// board may keep it to itself until it shares it.
public struct StartPlan: Undertaking {
    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan.
    public let plan: WorkPlan

    /// Takes a plan for an alliance.
    public init(_ plan: WorkPlan, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.plan = plan
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it.
    ///
    /// - Throws: ``PlanError/yearTaken(_:)``, ``PlanError/notOnBoard``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<WorkPlan>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        if plan.isReserved { try transaction.scope.principal.requireBoard(of: stream) }
        try await transaction.insert(plan, of: alliance, from: nil, at: now)
        return Audited(
            plan.id,
            plan.event(
                "governance.plan.registered",
                ["title": plan.title, "activities": String(plan.activityCount)]))
    }
}

/// Edits the draft of a plan: what it is for, or one of its activities.
public struct EditPlan: Command {
    /// What is edited.
    public enum Change: Sendable, Hashable {
        /// Its name, purpose, principles and guideline.
        case describe(title: String, objective: String, principles: [String], guideline: String?)
        /// More activities, all or none.
        case add([ActivityTerms])
        /// Another wording of an activity.
        case change(ID<WorkPlan.Activity>, ActivityTerms)
        /// An activity is taken out.
        case remove(ID<WorkPlan.Activity>)

        fileprivate var verb: String {
            switch self {
            case .describe: "described"
            case .add: "activities_added"
            case .change: "activity_changed"
            case .remove: "activity_removed"
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan.
    public let plan: ID<WorkPlan>
    /// What is edited.
    public let change: Change

    /// Takes an edit of a plan.
    public init(_ plan: ID<WorkPlan>, of alliance: ID<Alliance>, _ change: Change) {
        self.alliance = alliance
        self.plan = plan
        self.change = change
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``PlanError``: an approved plan is not edited, and an activity that was told of is not taken out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<WorkPlan> {
        let draft = try await transaction.lockedPlan(plan, of: alliance)
        guard draft.isDraft else { throw PlanError.notADraft }
        let edited: WorkPlan
        switch change {
        case .describe(let title, let objective, let principles, let guideline):
            edited = try draft.described(
                title: title, objective: objective, principles: principles, guideline: guideline)
        case .add(let terms): edited = draft.adding(terms)
        case .change(let id, let terms): edited = try draft.changing(id, to: terms)
        case .remove(let id):
            let told = try await transaction.followUps(of: draft, in: alliance)
            guard !told.contains(where: { $0.activity == id }) else {
                throw PlanError.activityFollowed(try draft.activity(id).number)
            }
            edited = try draft.removing(id)
        }
        try await transaction.rewrite(edited, of: alliance)
        return Audited(
            edited,
            edited.event(
                "governance.plan.\(change.verb)",
                ["version": String(edited.version), "activities": String(edited.activityCount)]))
    }
}

/// Begins a change of an approved plan: another version of it, with its reason, which the members approve in turn.
public struct AmendPlan: Undertaking {
    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The plan in force.
    public let plan: ID<WorkPlan>
    /// Why it is changed.
    public let reason: String
    /// Whether the board keeps the draft to itself.
    public let isReserved: Bool

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/changeReasonMissing``.
    public init(
        _ plan: ID<WorkPlan>, of alliance: ID<Alliance>, because reason: String, isReserved: Bool = false
    ) throws(PlanError) {
        guard let reason = reason.trimmedOrNil else { throw .changeReasonMissing }
        self.alliance = alliance
        self.plan = plan
        self.reason = reason
        self.isReserved = isReserved
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it.
    ///
    /// - Throws: ``PlanError/notApproved``, ``PlanError/yearTaken(_:)`` where another version is being written or came.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<WorkPlan>> {
        let inForce = try await transaction.lockedPlan(plan, of: alliance)
        if isReserved { try transaction.scope.principal.requireBoard(of: stream) }
        let next = try inForce.amended(because: reason)
        let amended = isReserved ? next.keptToTheBoard() : next
        try await transaction.insert(amended, of: alliance, from: nil, at: now)
        return Audited(
            amended.id,
            amended.event(
                "governance.plan.amended", ["version": String(amended.version), "reason": reason]))
    }
}

extension Principal {
    /// Asks that whoever keeps a draft to the board of an alliance is on it.
    ///
    /// - Throws: ``PlanError/notOnBoard``.
    fileprivate func requireBoard(of stream: AuditStream) throws(PlanError) {
        guard mayReserve(in: stream) else { throw .notOnBoard }
    }
}

extension WorkPlan {
    /// An event of the plan. The office reads the chain too: of a draft that the board keeps to itself it tells no more than
    /// that there is work on it.
    fileprivate func event(_ action: String, _ details: [String: String]) -> AuditEvent {
        let year = ["year": String(year)]
        guard !isReserved else { return AuditEvent("governance.plan.drafted", subject: id, details: year) }
        return AuditEvent(action, subject: id, details: year.merging(details) { first, _ in first })
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins the work plan of a year: empty, or as the plan of the year before stands. The members approve it afterwards.
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
    /// - Throws: ``PlanError/yearTaken(_:)``, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<WorkPlan>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        try await transaction.insert(plan, of: alliance, from: nil, at: now)
        return Audited(
            plan.id,
            AuditEvent(
                "governance.plan.registered", subject: plan.id,
                details: [
                    "year": String(plan.year), "title": plan.title, "activities": String(plan.activityCount),
                ]))
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
        try await transaction.rewrite(edited)
        return Audited(
            edited,
            AuditEvent(
                "governance.plan.\(change.verb)", subject: plan,
                details: [
                    "year": String(edited.year), "version": String(edited.version),
                    "activities": String(edited.activityCount),
                ]))
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

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PlanError/changeReasonMissing``.
    public init(_ plan: ID<WorkPlan>, of alliance: ID<Alliance>, because reason: String) throws(PlanError) {
        guard let reason = reason.trimmedOrNil else { throw .changeReasonMissing }
        self.alliance = alliance
        self.plan = plan
        self.reason = reason
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
        let amended = try inForce.amended(because: reason)
        try await transaction.insert(amended, of: alliance, from: nil, at: now)
        return Audited(
            amended.id,
            AuditEvent(
                "governance.plan.amended", subject: amended.id,
                details: [
                    "year": String(amended.year), "version": String(amended.version), "reason": reason,
                ]))
    }
}

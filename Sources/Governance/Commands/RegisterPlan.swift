public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Registers the work plan of a year, or writes anew one that is still a draft. The members approve it afterwards.
public struct RegisterPlan: Undertaking {
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

    /// Registers it.
    ///
    /// - Throws: ``PlanError/notADraft`` where the year has a plan that is none any more, `AllianceError.notFound`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<WorkPlan>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        let draft = try await transaction.plans(of: alliance).first { $0.year == plan.year }
        if let draft {
            try await transaction.rewrite(draft.id, as: plan, of: alliance)
        } else {
            try await transaction.insert(plan, of: alliance, from: nil, at: now)
        }
        let id = draft?.id ?? plan.id
        return Audited(
            id,
            AuditEvent(
                draft == nil ? "governance.plan.registered" : "governance.plan.rewritten", subject: id,
                details: [
                    "year": String(plan.year), "title": plan.title, "activities": String(plan.activityCount),
                ]))
    }
}

public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Charges a work group with something.
public struct ChargeGroup: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepGroups
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The group.
    public let group: WorkGroup

    /// Takes a group for an alliance.
    public init(_ group: WorkGroup, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.group = group
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Charges it.
    ///
    /// - Throws: ``WorkGroupError``, ``PlanError/activityNotFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<WorkGroup>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        guard group.beganOn <= ColombianTime.date(at: now) else { throw WorkGroupError.inFuture }
        if let activity = group.activity {
            let plans = try await transaction.plans(of: alliance)
            guard plans.contains(where: { $0.activities.contains { $0.id == activity } }) else {
                throw PlanError.activityNotFound
            }
        }
        try await transaction.insert(group, of: alliance, at: now)
        return Audited(
            group.id,
            AuditEvent(
                "governance.group.charged", subject: group.id,
                details: ["kind": group.kind.rawValue, "name": group.name]))
    }
}

/// Says that somebody of the register is in a work group.
public struct JoinGroup: Command {
    /// Who may do it.
    public static let permission = Permission.keepGroups
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The group.
    public let group: ID<WorkGroup>
    /// Their document.
    public let document: IdentityDocument
    /// As what they are in it.
    public let role: WorkGroupMember.Role

    /// Takes the document of somebody.
    public init(
        _ document: IdentityDocument, as role: WorkGroupMember.Role, of group: ID<WorkGroup>,
        in alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.group = group
        self.document = document
        self.role = role
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``WorkGroupError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedWorkGroup(group, of: alliance)
        guard found.end == nil else { throw WorkGroupError.ended }
        guard let person = try await transaction.person(with: document) else {
            throw WorkGroupError.personNotFound
        }
        try await transaction.insert(
            member: person, as: role, of: group, since: ColombianTime.date(at: now), at: now)
        return Audited(
            AuditEvent("governance.group.joined", subject: group, details: ["role": role.rawValue]))
    }
}

/// Says that somebody left a work group.
public struct LeaveGroup: Command {
    /// Who may do it.
    public static let permission = Permission.keepGroups
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The group.
    public let group: ID<WorkGroup>
    /// Their time in it.
    public let member: ID<WorkGroupMember>

    /// Names somebody in a group.
    public init(_ member: ID<WorkGroupMember>, of group: ID<WorkGroup>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.group = group
        self.member = member
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``WorkGroupError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.lockedWorkGroup(group, of: alliance)
        try await transaction.leave(member, of: group, on: ColombianTime.date(at: now))
        return Audited(AuditEvent("governance.group.left", subject: group))
    }
}

/// Ends a work group with its report.
public struct EndGroup: Command {
    /// Who may do it.
    public static let permission = Permission.keepGroups
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The group.
    public let group: ID<WorkGroup>
    /// How it ended.
    public let end: WorkGroup.End
    /// The report as a document.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    public init(
        _ group: ID<WorkGroup>, of alliance: ID<Alliance>, _ end: WorkGroup.End, paper: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.group = group
        self.end = end
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it.
    ///
    /// - Throws: ``WorkGroupError``, `StoredFileError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedWorkGroup(group, of: alliance)
        guard found.end == nil else { throw WorkGroupError.ended }
        guard end.day <= ColombianTime.date(at: now) else { throw WorkGroupError.inFuture }
        guard end.day >= found.beganOn else { throw WorkGroupError.endsBeforeItBegins }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .activities, in: stream, at: now) }
        try await transaction.end(
            group, WorkGroup.End(on: end.day, because: end.reason, report: end.report, file: file))
        return Audited(
            AuditEvent(
                "governance.group.ended", subject: group, details: ["ended_on": end.day.description]))
    }
}

/// The work groups of an alliance with who is in them.
public struct ReadWorkGroups: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The groups, those that go on first.
        public let groups: [WorkGroup]
        /// Who is and was in each.
        public let members: [ID<WorkGroup>: [WorkGroupMember]]
        /// The activities of the plans, newest year first.
        public let activities: [WorkPlan.Activity]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Members are named.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "members"]) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        Answer(
            groups: try await transaction.workGroups(of: alliance),
            members: try await transaction.groupMembers(of: alliance),
            activities: try await transaction.plans(of: alliance).flatMap(\.activities),
            today: ColombianTime.date(at: now))
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The complaints of an alliance, or of all of the tenant's: those that are open, and those closed within two years.
public struct ReadComplaints: Query {
    /// For how many days a closed complaint stays in the list.
    static let closedDays = 730

    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliances; `nil` for all of the tenant.
    public let alliances: [ID<Alliance>]?

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        alliances = [alliance]
    }

    /// Asks for those of the whole tenant.
    public init() {
        alliances = nil
    }

    /// The alliance's chain, or the office's.
    public var stream: AuditStream { alliances?.first.map(AuditStream.alliance) ?? .office }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Complaint] {
        try await transaction.complaints(
            of: alliances, closedSince: now.addingTimeInterval(-Double(Self.closedDays) * 86_400))
    }
}

/// A complaint with all that became of it, as the scope may see it.
public struct ReadComplaint: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The complaint.
        public let complaint: Complaint
        /// Its steps, the first first.
        public let steps: [ComplaintStep]
        /// The term that it has, or would have once it is passed on.
        public let term: ComplaintTerm?
        /// The improvement opportunities that came of it.
        public let improvements: [Improvement]
    }

    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let id: ID<Complaint>

    /// Asks for a complaint.
    public init(_ id: ID<Complaint>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``ComplaintError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let complaint = try await transaction.complaint(id, of: alliance) else {
            throw ComplaintError.notFound
        }
        return Answer(
            complaint: complaint, steps: try await transaction.steps(of: id),
            term: try await transaction.complaintTerms().term(
                of: complaint.content.kind, complaint.content.risk),
            improvements: try await transaction.improvements(of: alliance).filter { $0.complaint == id })
    }
}

/// The complaints that whoever asks filed themselves as a member.
public struct ReadOwnComplaints: Query {
    /// A complaint of theirs, with its steps but for what the board keeps to itself.
    public struct Own: Sendable {
        /// The complaint.
        public let complaint: Complaint
        /// Its steps, the first first.
        public let steps: [ComplaintStep]
    }

    /// Who may do it.
    public static let permission = Permission.seeOwnComplaints
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for one's own.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Own] {
        guard let user = transaction.scope.principal.user else { return [] }
        var own: [Own] = []
        for complaint in try await transaction.ownComplaints(in: alliance, of: user) {
            let steps = try await transaction.steps(of: complaint.id).filter { $0.kind != .analysis }
            own.append(Own(complaint: complaint, steps: steps))
        }
        return own
    }
}

/// What came of the complaints of an alliance in a month.
public struct ReadComplaintMonth: Query {
    /// Who may do it.
    public static let permission = Permission.readComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// A day of the month.
    public let day: CalendarDate

    /// Asks for the month of a day.
    public init(of day: CalendarDate, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.day = day
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> ComplaintMonth
    {
        let first = day - (day.components.day - 1)
        let inNext = first + 31
        return try await transaction.complaintMonth(
            of: alliance, from: ColombianTime.startOfDay(first),
            until: ColombianTime.startOfDay(inNext - (inNext.components.day - 1)))
    }
}

/// In how long complaints are answered, as it counts for the tenant.
public struct ReadComplaintTerms: Query {
    /// Who may do it.
    public static let permission = Permission.readComplaints

    /// Asks for the terms.
    public init() {}

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> [ComplaintTerm]
    {
        try await transaction.complaintTerms()
    }
}

extension [Complaint] {
    /// What each entity has open at a moment, who has most first.
    public func ageing(at now: Date) -> [ComplaintAgeing] {
        Dictionary(grouping: self.filter { $0.state != .closed }, by: \.content.entity).map { entity, open in
            ComplaintAgeing(
                entity: entity, open: open.count, oldestDays: open.map { $0.ageInDays(at: now) }.max() ?? 0,
                late: open.count { if case .late = $0.standing(at: now) { true } else { false } },
                ours: open.count { $0.state != .transferred })
        }
        .sorted { ($1.late, $1.open, $0.entity) < ($0.late, $0.open, $1.entity) }
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The plan of an alliance for a year, with what fulfilled it and what was told of it.
public struct ReadPlan: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The year.
        public let year: Int
        /// The years that have a plan, the latest first.
        public let years: [Int]
        /// The version that counts: the one in force, or the first draft; `nil` where there is none.
        public let plan: WorkPlan?
        /// The draft that is being written, as everybody sees it.
        public let draft: WorkPlan?
        /// The draft that the board keeps to itself; nobody else finds it.
        public let own: WorkPlan?
        /// All versions, the latest first.
        public let versions: [WorkPlan]
        /// How far it is fulfilled.
        public let fulfilment: PlanFulfilment?
        /// What was told of its activities, by month.
        public let followUps: [PlanFollowUp]
        /// The plan of the year before, as it counts.
        public let before: WorkPlan?
        /// The bodies of the alliance, which may answer for an activity.
        public let bodies: [Body]
        /// Papers that were added to its versions.
        public let papers: [Paper]
        /// Today.
        public let today: CalendarDate

        /// Who answers for an activity, in words.
        public func responsible(for activity: WorkPlan.Activity) -> String? {
            let body = bodies.first { $0.id == activity.body }?.name
            let told = [body, activity.responsible].compactMap(\.self)
            return told.isEmpty ? nil : told.joined(separator: ", ")
        }
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for the plan of a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let shown = year ?? today.components.year
        let plans = try await transaction.plans(of: alliance)
        let versions = plans.filter { $0.year == shown }
        let plan = versions.first
        var fulfilment: PlanFulfilment?
        var followUps: [PlanFollowUp] = []
        if let plan {
            fulfilment = try await transaction.fulfilment(of: plan, in: alliance, on: today)
            followUps = try await transaction.followUps(of: plan, in: alliance)
        }
        let ids = Set(versions.map(\.id))
        return Answer(
            year: shown, years: Set(plans.map(\.year)).sorted(by: >), plan: plan,
            draft: versions.first(where: \.isDraft),
            own: try await transaction.ownDraft(of: alliance, in: shown),
            versions: versions.sorted { $0.version > $1.version },
            fulfilment: fulfilment, followUps: followUps, before: plans.first { $0.year == shown - 1 },
            bodies: try await transaction.bodies(of: alliance).filter { !$0.isExternal },
            papers: try await transaction.papers(of: alliance).filter { paper in
                if case .plan(let id) = paper.subject { ids.contains(id) } else { false }
            }, today: today)
    }
}

/// The plans of two years side by side.
public struct ComparePlans: Query {
    /// An activity with the one of the year before that it goes on with; either may be missing.
    public struct Pair: Sendable, Hashable {
        /// Of the year before.
        public let before: Fulfilment?
        /// Of the year.
        public let now: Fulfilment?
    }

    /// What is read.
    public struct Answer: Sendable {
        /// The plan of the year before.
        public let before: PlanFulfilment
        /// The plan of the year.
        public let now: PlanFulfilment
        /// Their activities, by axis, in the order of the year, those that were not gone on with last.
        public let pairs: [(axis: PolicyAxis, pairs: [Pair])]
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The later year.
    public let year: Int

    /// Asks for a year and the one before.
    public init(of alliance: ID<Alliance>, _ year: Int) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them; `nil` where one of the years has no plan.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer? {
        let today = ColombianTime.date(at: now)
        let plans = try await transaction.plans(of: alliance)
        guard let later = plans.first(where: { $0.year == year }),
            let earlier = plans.first(where: { $0.year == year - 1 })
        else { return nil }
        let before = try await transaction.fulfilment(of: earlier, in: alliance, on: today)
        let fulfilled = try await transaction.fulfilment(of: later, in: alliance, on: today)
        return Answer(before: before, now: fulfilled, pairs: Self.pairs(of: before, and: fulfilled))
    }

    /// Activities side by side: by what they go on with, or else by the same words.
    static func pairs(
        of before: PlanFulfilment, and now: PlanFulfilment
    ) -> [(axis: PolicyAxis, pairs: [Pair])] {
        var left = before.activities
        let paired = now.activities.map { activity -> Pair in
            let words = activity.activity.activity.folded
            let place =
                left.firstIndex { $0.activity.id == activity.activity.continues }
                ?? left.firstIndex { $0.activity.activity.folded == words }
            return Pair(before: place.map { left.remove(at: $0) }, now: activity)
        }
        let all = paired + left.map { Pair(before: $0, now: nil) }
        return PolicyAxis.allCases.compactMap { axis in
            let own = all.filter { ($0.now ?? $0.before)?.activity.axis == axis }
            return own.isEmpty ? nil : (axis, own)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// How far a plan is fulfilled on a day.
    func fulfilment(
        of plan: WorkPlan, in alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> PlanFulfilment {
        let kinds = Set(plan.activities.flatMap(\.fulfilledBy))
        return PlanFulfilment(
            of: plan, by: try await happenings(kinds, of: alliance, in: .year(plan.year)), on: day)
    }
}

public import Kernel
public import Tenancy

/// An affiliate as lists show them.
public struct AffiliateSummary: Sendable, Hashable {
    /// Identifies the person within the tenant.
    public let id: ID<Person>
    /// Surnames first, as lists are sorted.
    public let name: String
    /// The name as it is sorted and searched: see `membership.folded`.
    public let nameFolded: String
    /// The person's document.
    public let document: IdentityDocument
    /// Municipality and department.
    public let municipality: String
    /// Whether the affiliation is in force.
    public let state: AffiliationState
    /// The part of the health system.
    public let regime: Regime
    /// The insurer by its short name, or by its code where the catalogue has none; `nil` for who has none.
    public let insurer: String?
    /// The day from which what the register says is known to be so.
    public let validFrom: CalendarDate
}

/// What the register says of a person, and what it said before.
public struct AffiliateFile: Sendable {
    /// What the register says, or said, of a person, from a day on.
    public struct Statement: Sendable, Hashable {
        /// The day from which it is known to be so.
        public let from: CalendarDate
        /// The day until which it was so, not included; `nil` for what is said now.
        public let until: CalendarDate?
        /// The import that brought it, where that is known.
        public let batch: ID<ImportBatch>?
        /// The values by column; what is not said is left out.
        public let values: [AffiliateColumn: String]
    }

    /// Identifies the person within the tenant.
    public let person: ID<Person>
    /// Given names first.
    public let name: String
    /// The person's document.
    public let document: IdentityDocument
    /// Municipality and department.
    public let municipality: String
    /// The insurer by its name, or by its code where the catalogue has none; `nil` for who has none.
    public let insurer: String?
    /// What the register says now.
    public let current: Statement
    /// What it said before, the latest first.
    public let former: [Statement]
    /// The alliances of which the person is a member, by their names and addresses.
    public let alliances: [Membership]

    /// An alliance that the person is a member of.
    public struct Membership: Sendable, Hashable {
        /// The alliance's name.
        public let name: String
        /// The last part of its address.
        public let slug: String
        /// The day of joining.
        public let since: CalendarDate
    }

    /// What changed, step by step, the latest first: from which day, by which import, and what.
    public var changes: [(from: CalendarDate, batch: ID<ImportBatch>?, differences: [AffiliateDifference])] {
        zip([current] + former, former).map { after, before in
            let differences = AffiliateColumn.allCases.compactMap { column -> AffiliateDifference? in
                guard before.values[column] != after.values[column] else { return nil }
                return AffiliateDifference(
                    column, before: before.values[column], after: after.values[column])
            }
            return (after.from, after.batch, differences)
        }
    }
}

public import Kernel
public import Tenancy

/// Minutes (`acta`) of a meeting, as they were recorded. They are never changed.
public struct Minutes: Sendable, Hashable {
    /// People whom the minutes count, under the name that they give it.
    public struct Count: Sendable, Hashable, Codable {
        /// What is counted: «N° Afiliados en la reunión».
        public let label: String
        /// How many people.
        public let people: Int

        /// Makes a count.
        public init(label: String, people: Int) {
            self.label = label
            self.people = people
        }
    }

    /// What was decided.
    public struct Decision: Sendable, Hashable, Codable {
        /// The decision.
        public let decision: String
        /// Votes for it, where the minutes give them.
        public let inFavor: Int?
        /// Votes against it.
        public let against: Int?
        /// Those who abstained.
        public let abstained: Int?

        /// Makes a decision.
        public init(decision: String, inFavor: Int? = nil, against: Int? = nil, abstained: Int? = nil) {
            self.decision = decision
            self.inFavor = inFavor
            self.against = against
            self.abstained = abstained
        }

        /// How many voted.
        public var voters: Int { (inFavor ?? 0) + (against ?? 0) + (abstained ?? 0) }
    }

    /// What somebody is to do (`compromiso`).
    public struct Commitment: Sendable, Hashable, Codable {
        /// What.
        public let activity: String
        /// Until when.
        public let dueOn: CalendarDate?
        /// Who answers for it: an office or a body.
        public let responsible: String

        /// Makes a commitment.
        public init(activity: String, dueOn: CalendarDate?, responsible: String) {
            self.activity = activity
            self.dueOn = dueOn
            self.responsible = responsible
        }
    }

    /// Identifies the minutes.
    public let id: ID<Minutes>
    /// The meeting that they are of.
    public let meeting: ID<Meeting>
    /// Their number, where they have one.
    public let number: String?
    /// The date that they bear.
    public let datedOn: CalendarDate
    /// The days that they tell of.
    public let days: ClosedRange<CalendarDate>
    /// The municipality, as written.
    public let municipality: String?
    /// The kind of activity that is marked in them, where one is.
    public let activity: String?
    /// The office of who led it; never a name.
    public let facilitator: String?
    /// The entity.
    public let company: String?
    /// Whom it was for.
    public let audience: String?
    /// What happened, a paragraph each.
    public let narrative: [String]
    /// What they say of earlier minutes, calendar and commitments.
    public let followUp: [String]
    /// What is attached.
    public let attachments: [String]
    /// What they count.
    public let counts: [Count]
    /// What was decided.
    public let decisions: [Decision]
    /// What is to be done.
    public let commitments: [Commitment]
    /// The signed document.
    public let file: ID<StoredFile>?

    /// Makes minutes.
    public init(
        id: ID<Minutes> = ID(), meeting: ID<Meeting>, number: String? = nil, datedOn: CalendarDate,
        days: ClosedRange<CalendarDate>? = nil, municipality: String? = nil, activity: String? = nil,
        facilitator: String? = nil, company: String? = nil, audience: String? = nil, narrative: [String],
        followUp: [String] = [], attachments: [String] = [], counts: [Count] = [],
        decisions: [Decision] = [], commitments: [Commitment] = [], file: ID<StoredFile>? = nil
    ) {
        self.id = id
        self.meeting = meeting
        self.number = number
        self.datedOn = datedOn
        self.days = days ?? datedOn...datedOn
        self.municipality = municipality
        self.activity = activity
        self.facilitator = facilitator
        self.company = company
        self.audience = audience
        self.narrative = narrative
        self.followUp = followUp
        self.attachments = attachments
        self.counts = counts
        self.decisions = decisions
        self.commitments = commitments
        self.file = file
    }
}

public import Kernel

/// What one row of a sheet of history tells, in its own words: which body, seat or person it means is found out later.
public struct PastRecord: Sendable, Hashable {
    /// A mandate that its paper tells of.
    public struct Mandate: Sendable, Hashable {
        /// How it ended before its last day.
        public struct End: Sendable, Hashable {
            /// The last day on which the seat was held.
            public let on: CalendarDate
            /// Why.
            public let reason: MandateSummary.EndReason
            /// What the sheet says of it.
            public let note: String
        }

        /// The act that made it, where the body asks for one.
        public struct Appointment: Sendable, Hashable {
            /// The act, with its number.
            public let act: String
            /// Its day.
            public let on: CalendarDate
            /// The day of the `posesión`.
            public let tookOfficeOn: CalendarDate
        }

        /// The name of the body.
        public let body: String
        /// The title of the seat.
        public let seat: String
        /// 0 for the principal, 1 and up for the alternates in their order.
        public let rank: Int
        /// The document of who held it, where the sheet has it.
        public let document: IdentityDocument?
        /// The name of who held it, where the sheet has it.
        public let name: String?
        /// The first day.
        public let startsOn: CalendarDate
        /// The last day; `nil` for the longest that the body allows.
        public let endsOn: CalendarDate?
        /// How it ended before that.
        public let end: End?
        /// The act that made it.
        public let appointment: Appointment?
        /// The paper that it is known from.
        public let paper: String
    }

    /// Minutes on paper.
    public struct Minutes: Sendable, Hashable {
        /// The day of the meeting.
        public let day: CalendarDate
        /// What sort of meeting it was.
        public let kind: Meeting.Kind
        /// The name of the body that met; `nil` where the members did.
        public let body: String?
        /// What the meeting was called.
        public let title: String
        /// The number that the paper bears.
        public let number: String?
        /// Where it was held.
        public let place: String?
        /// How many came.
        public let attendees: Int
        /// What was treated, a paragraph each.
        public let narrative: [String]
        /// What was decided.
        public let decisions: [String]
        /// What somebody was to do, and may still have to.
        public let commitments: [Governance.Minutes.Commitment]
        /// What was done of it before.
        public let met: [Governance.Minutes.Commitment]
    }

    /// An election as its paper tells it.
    public struct Election: Sendable, Hashable {
        /// The votes of a list or of a candidate.
        public struct Result: Sendable, Hashable {
            /// The list, or the candidate.
            public let choice: String
            /// How many votes.
            public let votes: Int

            /// Makes a result.
            public init(_ choice: String, votes: Int) {
                self.choice = choice
                self.votes = votes
            }
        }

        /// The day of the vote.
        public let day: CalendarDate
        /// The name of the body that was elected.
        public let body: String?
        /// What it was called.
        public let title: String
        /// How many could vote.
        public let rollSize: Int?
        /// How many voted.
        public let voters: Int?
        /// The votes of each list or candidate.
        public let results: [Result]
        /// Blank votes.
        public let blank: Int?
        /// Null votes.
        public let null: Int?
        /// Votes without a mark.
        public let unmarked: Int?
        /// Who was elected, in the order of the paper.
        public let elected: [String]
        /// The paper.
        public let paper: String

        /// How many votes of those who voted the paper does not tell of; below zero where it tells of more than voted, and
        /// `nil` where it does not tell of votes.
        public var unexplained: Int? {
            guard let voters, !results.isEmpty else { return nil }
            return voters - results.reduce(0) { $0 + $1.votes } - (blank ?? 0) - (null ?? 0) - (unmarked ?? 0)
        }
    }

    /// What the row tells of.
    public enum Content: Sendable, Hashable {
        /// A mandate.
        case mandate(Mandate)
        /// Minutes.
        case minutes(Minutes)
        /// An election.
        case election(Election)
    }

    /// The row of the sheet, from 1.
    public let row: Int
    /// What it tells.
    public let content: Content
    /// The name of its scan, where it has one.
    public let scan: String?

    /// The day that its paper bears.
    public var day: CalendarDate {
        switch content {
        case .mandate(let mandate): mandate.startsOn
        case .minutes(let minutes): minutes.day
        case .election(let election): election.day
        }
    }
}

extension HistorySheet {
    /// What its rows tell, and what is wrong with those that cannot be read or lie after today.
    public func records(on today: CalendarDate) -> (records: [PastRecord], problems: [Problem]) {
        if let problem { return ([], [problem]) }
        var records: [PastRecord] = []
        var problems: [Problem] = []
        for line in lines {
            var reader = PastRecordReader(line: line, today: today)
            let content = reader.content(of: kind)
            if reader.problems.isEmpty, let content {
                records.append(PastRecord(row: line.row, content: content, scan: line.cells[.scan]))
            }
            problems += reader.problems
        }
        return (records, problems)
    }
}

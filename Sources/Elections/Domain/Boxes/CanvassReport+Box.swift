public import Foundation

extension CanvassReport {
    /// An electronic box, beside the tables: its verified sums, and by what anybody finds the archive that they are of. One
    /// that was annulled counts for nothing and is told with what it said.
    public struct Box: Codable, Sendable, Hashable {
        /// Who keeps a share of its key.
        public struct Trustee: Codable, Sendable, Hashable {
            /// The name; left out where the report is published.
            public let name: String?
            /// For whom, in words.
            public let body: String
        }

        /// The ballots of one credential that two people left out before they were counted.
        public struct Exclusion: Codable, Sendable, Hashable {
            /// Their trackers, in Base64.
            public let trackers: [String]
            /// Why; left out where the report is published.
            public let reason: String?
            /// The number of the challenge for which they did; `nil` where a contradiction was settled by it.
            public let challenge: Int?
            /// When.
            public let decidedAt: Date
        }

        /// What two people decided where marks of paper and box contradicted each other, or a mark of paper was taken away.
        public struct Contradiction: Codable, Sendable, Hashable {
            /// The number of the table where it was found.
            public let table: Int
            /// In what, in words.
            public let matter: String
            /// Whether the electronic vote was left out.
            public let isLeftOut: Bool
            /// What they decided, in their words; left out where the report is published.
            public let decision: String?
            /// When.
            public let decidedAt: Date
        }

        /// One of its archives: as it was filled, and after each exclusion the one that was derived from it.
        public struct Archive: Codable, Sendable, Hashable {
            /// 0 as it was filled.
            public let number: Int
            /// The hash of the event that closed it, in hexadecimal; `nil` while it takes ballots.
            public let closing: String?
            /// The hash of its last event, in hexadecimal.
            public let head: String
        }

        /// Somebody who did something with it.
        public struct Person: Codable, Sendable, Hashable {
            /// The name; left out where the report is published.
            public let name: String?
            /// What they are in the election, in words.
            public let role: String
        }

        /// What was done with it, and by whom.
        public struct Step: Codable, Sendable, Hashable {
            /// What.
            public enum Kind: String, Codable, Sendable, Hashable {
                case seal = "seal_box"
                case open = "open_box"
                case close = "close_box"
                case exclude = "exclude_ballots"
                case count = "count_box"
                case annul = "annul_box"
            }

            /// What.
            public let kind: Kind
            /// When it was done.
            public let doneAt: Date
            /// Who proposed it; `nil` for what one person does alone.
            public let proposer: Person?
            /// Who did it: of what two people do, the one who confirmed it.
            public let doer: Person
        }

        /// Its slips, in slips.
        public struct Slips: Codable, Sendable, Hashable {
            /// All that were made, with the spare ones.
            public let made: Int
            /// Those of them that were made to replace a lost one.
            public let spare: Int
            /// How many were replaced by another, and opened nothing from then on.
            public let replaced: Int
        }

        /// Its number.
        public let number: Int
        /// The identifier of its election, by which its archives are named.
        public let uuid: String
        /// The votes of each option, in the order of the lines; none where it was annulled before it was counted.
        public let votes: [Int]
        /// Blank votes.
        public let blank: Int
        /// Ballots that count, which is how many people voted.
        public let ballots: Int
        /// Ballots in its archive, each with its tracker: also those that their voters replaced.
        public let cast: Int
        /// φ of its election.
        public let fingerprint: String
        /// The hash of the last event of its archive, in hexadecimal.
        public let head: String
        /// When it took the first ballot.
        public let openedAt: Date?
        /// When it took none any more.
        public let closedAt: Date?
        /// How many trustees decrypted together.
        public let threshold: Int
        /// Who keeps its key.
        public var trustees: [Trustee] = []
        /// What was left out before the count.
        public var exclusions: [Exclusion] = []
        /// What two people decided about contradictions; `nil` in a report that was made before they were told.
        public var contradictions: [Contradiction]?
        /// How many people voted in it, those too whose ballots were left out; `nil` in a report that was made before it was told.
        public var voters: Int?
        /// Its archives, the one that is counted last; `nil` likewise.
        public var archives: [Archive]?
        /// What was done with it, in order; `nil` likewise.
        public var steps: [Step]?
        /// Who made its credentials; `nil` likewise.
        public var authority: Person?
        /// Its slips; `nil` likewise.
        public var slips: Slips?
        /// When two people annulled it; `nil` where it stands.
        public let annulledAt: Date?
        /// Why; left out where the report is published.
        public let annulment: String?

        /// Whether it counts for nothing.
        public var isAnnulled: Bool { annulledAt != nil }
        /// Whether its sums are known.
        public var isCounted: Bool { !votes.isEmpty }

        /// How many votes were left out before the count, in people who cast them.
        public var excluded: Int { exclusions.count }
        /// How many people voted in it, also where their votes were left out.
        public var cameIn: Int { voters ?? ballots + excluded }
        /// Ballots that their voters replaced by a later one.
        public var replaced: Int { cast - cameIn }

        /// The same, without names and what people wrote.
        var published: Self {
            var box = Self(
                number: number, uuid: uuid, votes: votes, blank: blank, ballots: ballots, cast: cast,
                fingerprint: fingerprint, head: head, openedAt: openedAt, closedAt: closedAt,
                threshold: threshold, trustees: trustees.map { Trustee(name: nil, body: $0.body) },
                exclusions: exclusions.map {
                    Exclusion(
                        trackers: $0.trackers, reason: nil, challenge: $0.challenge, decidedAt: $0.decidedAt)
                },
                contradictions: contradictions?.map {
                    Contradiction(
                        table: $0.table, matter: $0.matter, isLeftOut: $0.isLeftOut, decision: nil,
                        decidedAt: $0.decidedAt)
                },
                annulledAt: annulledAt, annulment: nil)
            box.voters = voters
            box.archives = archives
            box.steps = steps?.map { step in
                Step(
                    kind: step.kind, doneAt: step.doneAt, proposer: step.proposer?.published,
                    doer: step.doer.published)
            }
            box.authority = authority?.published
            box.slips = slips
            return box
        }
    }

    /// Votes that were left out of the boxes that count, before they were counted.
    public var excluded: Int { (boxes ?? []).reduce(0) { $0 + ($1.isAnnulled ? 0 : $1.excluded) } }

    /// How many people voted, those too whose votes were left out.
    public var turnout: Int { voters + excluded }

    /// How people voted, in words, also where they did in a box.
    public var manner: String {
        guard boxes?.contains(where: { !$0.isAnnulled }) == true else { return votingMode }
        return tables.isEmpty
            ? "Voto secreto en la urna electrónica" : "Voto secreto, en papel y en la urna electrónica"
    }

    /// When people voted first: in the session, or where there was none in the box.
    public var beganAt: Date { session.first ?? boxes?.compactMap(\.openedAt).min() ?? madeAt }
}

extension CanvassReport.Box.Person {
    /// The same, without the name.
    fileprivate var published: Self { Self(name: nil, role: role) }
}

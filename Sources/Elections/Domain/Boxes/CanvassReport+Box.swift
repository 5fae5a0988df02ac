extension CanvassReport {
    /// An electronic box, beside the tables: its verified sums, and by what anybody finds the archive that they are of.
    public struct Box: Codable, Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// The votes of each option, in the order of the lines.
        public let votes: [Int]
        /// Blank votes.
        public let blank: Int
        /// Ballots that count, which is how many people voted.
        public let ballots: Int
        /// φ of its election.
        public let fingerprint: String
        /// The hash of the last event of its archive, in hexadecimal.
        public let head: String
        /// How many people's ballots were excluded by two people with a reason.
        public let excluded: Int
    }
}

public import Foundation
import Kernel

extension CanvassReport {
    /// A table where so few voted that another counted their ballots with its own.
    public struct Merger: Codable, Sendable, Hashable {
        /// The number of the table.
        public let table: Int
        /// The place where people voted.
        public let place: String
        /// Its address.
        public let address: String
        /// The municipality in which it stands.
        public let municipality: String
        /// People who voted there.
        public let voters: Int
        /// The number of the table into whose urn the ballots were put.
        public let into: Int
        /// Who counted the signatures and who confirmed it; left out where the report is published.
        public let author: String?
        /// When.
        public let mergedAt: Date

        /// What was done, in words: «Los tarjetones de la mesa 3 (cuatro votantes) se contaron con los de la mesa 1».
        public var sentence: String {
            "Los tarjetones de la mesa \(table) (\(SpanishFormat.count(voters, "votante", "votantes"))) se contaron con los de la mesa \(into)"
        }

        /// The same, without who did it.
        var published: Self {
            Self(
                table: table, place: place, address: address, municipality: municipality, voters: voters,
                into: into, author: nil, mergedAt: mergedAt)
        }
    }

    /// The numbers of the tables whose ballots a table counted with its own, also those that came by way of another.
    public func tables(countedWith number: Int) -> [Int] {
        (mergers ?? []).filter { $0.into == number }.flatMap { [$0.table] + tables(countedWith: $0.table) }
            .sorted()
    }
}

public import Foundation

/// A draw of a contest on its way: of a tie, or of the order of the ballot.
public struct DrawFile: Sendable {
    /// The announcement of a draw, which comes before its number.
    public struct Announcement: Sendable, Hashable {
        /// Where the number will come from.
        public let source: String
        /// The SHA-256 of the secret that joins the number in the seed, in hexadecimal.
        public let seal: String
        /// When it was announced.
        public let announcedAt: Date
    }

    /// The number that was read aloud, as somebody wrote it down.
    public struct Number: Sendable, Hashable {
        /// Which of those written down it is, 1 being the first.
        public let attempt: Int
        /// The number as it was read.
        public let number: String
        /// Who read it and who was there.
        public let witnesses: String
        /// Whether the reader of this wrote it down, who then cannot confirm it.
        public let isOwn: Bool
    }

    /// An announcement that no longer holds, since others are drawn now.
    public struct Overtaken: Sendable, Hashable {
        /// Those between whom it was to draw.
        public let among: [String]
        /// When it was announced.
        public let announcedAt: Date
    }

    /// What it settles.
    public let purpose: DrawPurpose
    /// Those who are drawn, in the order of their names.
    public let among: [String]
    /// How many of them are drawn.
    public let places: Int
    /// The number of the record that told the tie, in the book of the alliance; `nil` of an order.
    public let recordNumber: Int?
    /// The SHA-256, in hexadecimal, of the record that told the tie, or of the list of those who stand.
    public let recordSeal: String
    /// The announcement, once it was made.
    public let announcement: Announcement?
    /// The last announcement that was overtaken, where none holds.
    public let overtaken: Overtaken?
    /// The number that waits to be confirmed.
    public let number: Number?
}

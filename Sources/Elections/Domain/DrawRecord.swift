public import Foundation
import Kernel

/// What a draw settles.
public enum DrawPurpose: String, Sendable, Hashable {
    /// Which of those with as many votes have the places that are left.
    case tie
    /// In which order those who stand are on the ballot (`orden del tarjetón`).
    case ballotOrder = "ballot_order"

    /// What is drawn, as the log says it.
    var title: String {
        switch self {
        case .tie: "un empate"
        case .ballotOrder: "el orden del tarjetón"
        }
    }
}

/// A draw that was held, with all that repeats it.
public struct DrawRecord: Codable, Sendable, Hashable {
    /// The parts of the seed, in order.
    public let seed: [String]
    /// The SHA-256 of the seed, in hexadecimal.
    public let digest: String
    /// Those drawn.
    public let among: [String]
    /// Those who came out, in order.
    public let outcome: [String]
    /// Who read the number and who was there; left out where the draw is published.
    public let witnesses: String?
    /// Where the number was to come from, as it was announced; left out where the draw is published.
    public let source: String?
    /// The SHA-256 of the seed's last part, as it was announced before the number, in hexadecimal.
    public let seal: String?
    /// When.
    public let drawnAt: Date

    /// The number that was read aloud: the part of the seed after the contest and the record.
    public var number: String? { seed.indices.contains(2) ? seed[2] : nil }

    /// The draw as anybody may read it: without what people wrote, where others may be named.
    public var published: Self {
        Self(
            seed: seed, digest: digest, among: among, outcome: outcome, witnesses: nil, source: nil,
            seal: seal,
            drawnAt: drawnAt)
    }

    /// The steps that repeat it where all of those drawn were put in order, as sentences; none where the record is not that of
    /// such a draw.
    public var orderSteps: [String] {
        guard
            let draw = try? Draw(
                among: among.map { Contender(rawValue: $0) }, places: among.count, seed: DrawSeed(seed))
        else { return [] }
        return draw.steps.map { $0.sentence() }
    }
}

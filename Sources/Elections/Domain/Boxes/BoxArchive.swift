import Foundation
import VerifiableVoting

/// The file of a box's archive (`.bel`), from its records as they are kept.
///
/// Every record carries the time of the first; so whoever sends the file piece by piece needs that time alone.
public enum BoxArchive {
    /// How many records are in memory at a time.
    static let piece = 200

    /// Hands the file of an archive on, piece by piece.
    ///
    /// - Parameters:
    ///   - piece: Reads at most so many records from a position on, in their order.
    ///   - output: Takes the octets of a piece, which follow those of the piece before.
    /// - Returns: The time of the first record, in seconds since 1970.
    /// - Throws: ``BoxError/notFound`` where there is no archive; what `piece` and `output` throw.
    @discardableResult
    public static func write(
        _ piece: (_ position: Int, _ limit: Int) async throws -> [BoxRecord],
        to output: ([UInt8]) async throws -> Void
    ) async throws -> Int {
        var records = try await piece(0, Self.piece)
        guard let time = records.first.flatMap(timestamp) else { throw BoxError.notFound }
        while let last = records.last {
            try await output(
                records.flatMap {
                    StoredRecord(name: $0.name, content: $0.content).bytes(timestamp: time)
                })
            records = try await piece(last.position + 1, Self.piece)
        }
        return time
    }

    /// The time in the first record, in seconds since 1970; `nil` where it is none.
    private static func timestamp(of first: BoxRecord) -> Int? {
        struct Heading: Decodable { let timestamp: String }
        guard first.name == "BELENIOS" else { return nil }
        return (try? JSONDecoder().decode(Heading.self, from: Data(first.content))).flatMap {
            Int($0.timestamp)
        }
    }
}

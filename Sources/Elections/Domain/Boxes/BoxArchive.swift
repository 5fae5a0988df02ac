import Foundation
import VerifiableVoting

/// The file of a box's archive (`.bel`), from its records as they are kept.
///
/// Every record carries the time of the first; so whoever sends the file piece by piece needs that time alone.
public enum BoxArchive {
    /// The time in the first record, in seconds since 1970; `nil` where it is none.
    public static func timestamp(of first: BoxRecord) -> Int? {
        struct Heading: Decodable { let timestamp: String }
        guard first.name == "BELENIOS" else { return nil }
        return (try? JSONDecoder().decode(Heading.self, from: Data(first.content))).flatMap {
            Int($0.timestamp)
        }
    }

    /// A record with its header and padding, as it stands in the file.
    public static func bytes(of record: BoxRecord, timestamp: Int) -> [UInt8] {
        StoredRecord(name: record.name, content: record.content).bytes(timestamp: timestamp)
    }

    /// A whole file, in memory: for a check before the count, and small boxes.
    static func bytes(of records: [BoxRecord]) throws -> [UInt8] {
        guard let time = records.first.flatMap(timestamp) else { throw BoxError.notFound }
        return records.flatMap { bytes(of: $0, timestamp: time) }
    }
}

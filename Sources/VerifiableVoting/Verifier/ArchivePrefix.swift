/// Whether an archive only grew: whether an earlier copy of it is, byte for byte, its beginning.
///
/// An archive is only appended to, so whoever kept a copy, or wrote down its last hash, can show later that nothing was
/// taken out or changed since.
public enum ArchivePrefix {
    /// What has become of an archive since a copy of it was made.
    public enum Comparison: Hashable, Sendable {
        /// The copy is the beginning; `last` is its last event.
        case grew(last: EventReference?)
        /// The copy is the beginning and ends in the midst of something, as a download that broke off does; `last` is the
        /// last event that is whole in it.
        case cut(last: EventReference?)
        /// The copy has something that is not there any more, or not as it was. `event` is the first event of the copy
        /// of which that is so; `nil` where it is what stands before the first event.
        case differs(event: EventReference?, offset: Int)
    }

    /// Compares an earlier copy with an archive, a piece at a time.
    ///
    /// - Throws: ``VerificationFault`` where the copy itself is no archive; what the sources throw.
    public static func compare(
        _ earlier: any ArchiveSource, with later: any ArchiveSource
    ) throws -> Comparison {
        let offset = try firstDifference(earlier, later)
        // What is common to both was verified in the later one; how the copy is beyond that, its own events tell.
        var events: EventReader?
        do {
            events = try EventReader(earlier)
            while let reader = events, reader.position <= offset ?? earlier.count {
                guard try events?.next() != nil else { break }
            }
        } catch {
            if offset == nil, error.tellsAnEnd { return .cut(last: events?.last) }
            throw VerificationFault(error, at: events?.place ?? .after(nil)) ?? error
        }
        return offset.map { .differs(event: events?.last, offset: $0) } ?? .grew(last: events?.last)
    }

    /// The first byte of the earlier one that the later one has not.
    private static func firstDifference(
        _ earlier: any ArchiveSource, _ later: any ArchiveSource
    ) throws -> Int? {
        let piece = 1 << 20
        for start in stride(from: 0, to: min(earlier.count, later.count), by: piece) {
            let range = start..<min(start + piece, earlier.count, later.count)
            let left = try earlier.bytes(in: range)
            let right = try later.bytes(in: range)
            if left != right {
                return start + (zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? 0)
            }
        }
        return earlier.count > later.count ? later.count : nil
    }
}

extension Error {
    /// Whether it says that an archive ends where something of it is missing, and nothing else.
    fileprivate var tellsAnEnd: Bool {
        switch self {
        case let fault as RecordFault: if case .truncated = fault.reason { true } else { false }
        case let fault as OrderFault: fault == .unusedData
        default: false
        }
    }
}

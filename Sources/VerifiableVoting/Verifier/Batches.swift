import Foundation

/// Work in batches on all cores, of which no more are under way than keep them busy.
enum Batches {
    /// How many batches are under way at once: two for each core, so that none waits for the one that reads.
    static let mostUnderWay = 2 * ProcessInfo.processInfo.activeProcessorCount

    /// The first of so many indices at which something is wrong, `nil` where nothing is.
    static func firstFault(
        in count: Int, batch: Int, isFaulty: @escaping @Sendable (Int) -> Bool
    ) async throws -> Int? {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            var first: Int?
            var underWay = 0
            for start in stride(from: 0, to: count, by: batch) {
                if underWay == mostUnderWay, let found = try await group.next() {
                    underWay -= 1
                    first = [first, found].compactMap(\.self).min()
                }
                // What was handed out so far lies before the rest.
                if first != nil { break }
                let range = start..<min(start + batch, count)
                group.addTask {
                    try Task.checkCancellation()
                    return range.first(where: isFaulty)
                }
                underWay += 1
            }
            for try await found in group { first = [first, found].compactMap(\.self).min() }
            return first
        }
    }
}

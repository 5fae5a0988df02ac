/// Cuts a stream of bytes into lines, in bounded memory.
///
/// Lines end in a line feed; the last one may end with the stream. A line longer than ``limit`` is reported as
/// such, once, and its bytes are dropped as they arrive.
public struct LineSplitter: Sendable {
    /// A line, or what is left of one.
    public enum Line: Hashable, Sendable {
        /// The bytes of a line without its line feed.
        case bytes([UInt8])
        /// A line that is longer than the limit.
        case overlong
    }

    /// The longest line in bytes, its line feed not counted: 1 MiB, some fifty thousand slates.
    public static let limit = 1 << 20

    private let limit: Int
    private var unfinished: [UInt8] = []
    private var isOverlong = false
    private var isAtStart = true

    /// A splitter at the start of a stream.
    public init() {
        self.init(limit: Self.limit)
    }

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next bytes and gives each line that they complete.
    ///
    /// A byte order mark at the start of the stream is no part of the first line.
    public mutating func take(_ bytes: ArraySlice<UInt8>, _ give: (Line) throws -> Void) rethrows {
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<end])
            rest = rest[rest.index(after: end)...]
            try giveLine(give)
        }
        append(rest)
    }

    /// Gives the last line where the stream ended without a line feed.
    public mutating func finish(_ give: (Line) throws -> Void) rethrows {
        guard isOverlong || !unfinished.isEmpty else { return }
        try giveLine(give)
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isOverlong else { return }
        guard unfinished.count + bytes.count <= limit else {
            isOverlong = true
            unfinished = []
            return
        }
        unfinished.append(contentsOf: bytes)
    }

    private mutating func giveLine(_ give: (Line) throws -> Void) rethrows {
        let line: Line
        if isOverlong {
            line = .overlong
        } else if isAtStart, unfinished.starts(with: [0xEF, 0xBB, 0xBF]) {
            line = .bytes(Array(unfinished.dropFirst(3)))
        } else {
            line = .bytes(unfinished)
        }
        isOverlong = false
        isAtStart = false
        unfinished.removeAll(keepingCapacity: true)
        try give(line)
    }
}

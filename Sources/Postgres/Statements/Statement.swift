/// The text of a statement with places for its parameters: what a connection prepares once.
///
/// Segments are literals of the source, which lie at a fixed address for as long as the program runs, so
/// that two statements are the same when they are made of the same literals. Neither building a statement
/// nor finding its prepared name touches the characters.
struct Statement: Hashable, Sendable {
    private var segments: [Segment] = []
    private(set) var parameterTypes: [SQLType] = []
    /// A number made of all segments: statements that differ mostly differ in it, and it costs less than to hash
    /// them each time that the prepared name is looked for.
    private var mark: UInt = 0

    mutating func reserve(parameters: Int) {
        segments.reserveCapacity(2 * parameters + 1)
        parameterTypes.reserveCapacity(parameters)
    }

    mutating func append(_ text: StaticString) {
        guard !text.hasPointerRepresentation || text.utf8CodeUnitCount > 0 else { return }
        segments.append(.text(Literal(text)))
        mark(Literal(text).identity)
    }

    mutating func append(parameter type: SQLType) {
        segments.append(.parameter(type))
        parameterTypes.append(type)
        mark(UInt(type.rawValue))
    }

    mutating func append(_ other: Self) {
        segments += other.segments
        parameterTypes += other.parameterTypes
        mark(other.mark)
    }

    private mutating func mark(_ number: UInt) {
        // The multiplier of Knuth's multiplicative hashing for 64 bits.
        mark = (mark.byteSwapped ^ number) &* 0x9E37_79B9_7F4A_7C15
    }

    /// The text as PostgreSQL reads it, parameters numbered from 1.
    var text: String {
        var text = ""
        var number = 0
        for segment in segments {
            switch segment {
            case .text(let literal):
                text += literal.string.description
            case .parameter:
                number += 1
                text += "$\(number)"
            }
        }
        return text
    }

    /// The text with each parameter replaced by what `literal` makes of it, for the commands of SQL that
    /// take no parameters.
    func text(replacingParameters literal: (Int) -> String) -> String {
        var text = ""
        var index = 0
        for segment in segments {
            switch segment {
            case .text(let part):
                text += part.string.description
            case .parameter:
                text += literal(index)
                index += 1
            }
        }
        return text
    }
}

extension Statement {
    static func == (left: Self, right: Self) -> Bool {
        left.mark == right.mark && left.segments == right.segments
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(mark)
    }

    private enum Segment: Hashable, Sendable {
        case text(Literal)
        case parameter(SQLType)
    }

    /// A literal of the source, known by where it lies.
    private struct Literal: Hashable, Sendable {
        let string: StaticString

        init(_ string: StaticString) {
            self.string = string
        }

        /// The address, or the character of a literal of one scalar, which has no address.
        var identity: UInt {
            string.hasPointerRepresentation
                ? UInt(bitPattern: string.utf8Start) : UInt(string.unicodeScalar.value)
        }

        private var length: Int {
            string.hasPointerRepresentation ? string.utf8CodeUnitCount : 0
        }

        static func == (left: Self, right: Self) -> Bool {
            left.identity == right.identity && left.length == right.length
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(identity)
        }
    }
}

/// A number modulo the order *q* of a group: an exponent, a key, a challenge.
///
/// Sums, differences, products and ``inverse`` take the same steps whatever the numbers are. Reading and writing
/// decimal text do not.
public protocol GroupScalar: Hashable, Sendable {
    /// 0.
    static var zero: Self { get }
    /// 1.
    static var one: Self { get }

    /// A small number.
    init(_ number: UInt64)
    /// Reads `Z_q` of §4.1 strictly: base 10, no sign, no leading zero, below *q*.
    init(reading text: ArraySlice<UInt8>) throws(NumberFault)
    /// Bytes read as one big-endian integer, modulo *q*.
    init(reducingBigEndian bytes: [UInt8])
    /// A number that nobody can guess if `generator` is the system's. The chance of each differs from 1/q by a
    /// factor within 2^−200.
    init(randomWith generator: inout some RandomNumberGenerator)

    /// The number in base 10.
    var text: [UInt8] { get }
    /// The number in 64-bit words, the least significant first, as many as *q* has.
    var words: [UInt64] { get }
    /// The number that multiplied with this one gives 1; of 0 it is 0.
    var inverse: Self { get }

    /// The sum modulo *q*.
    static func + (left: Self, right: Self) -> Self
    /// The difference modulo *q*.
    static func - (left: Self, right: Self) -> Self
    /// The product modulo *q*.
    static func * (left: Self, right: Self) -> Self
}

extension GroupScalar {
    /// The number that added to this one gives 0.
    public static prefix func - (scalar: Self) -> Self { .zero - scalar }

    /// Adds a number.
    public static func += (left: inout Self, right: Self) { left = left + right }
    /// Multiplies by a number.
    public static func *= (left: inout Self, right: Self) { left = left * right }

    /// A whole number, negative ones modulo *q*.
    public init(_ number: Int) {
        self = number < 0 ? -Self(UInt64(number.magnitude)) : Self(UInt64(number))
    }
}

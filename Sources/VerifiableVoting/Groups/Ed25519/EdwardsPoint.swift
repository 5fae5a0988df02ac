/// A point of the curve −x² + y² = 1 − (121665/121666)x²y² over 2^255 − 19, as (X : Y : Z : T) with x = X/Z, y = Y/Z
/// and T = XY/Z (Hisil, Wong, Carter and Dawson, «Twisted Edwards curves revisited», 2008).
///
/// The formulas hold for every pair of points, so no case is treated apart and none betrays itself.
struct EdwardsPoint: Sendable {
    private(set) var x: FieldElement
    private(set) var y: FieldElement
    private(set) var z: FieldElement
    private(set) var t: FieldElement

    /// The neutral point (0, 1).
    static let identity = Self(x: .zero, y: .one, z: .one, t: .zero)

    /// 2 · (−121665/121666).
    fileprivate static let doubledD = FieldElement(
        1_859_910_466_990_425, 932_731_440_258_426, 1_072_319_116_312_658, 1_815_898_335_770_999,
        633_789_495_995_903)
    private static let d = FieldElement(
        929_955_233_495_203, 466_365_720_129_213, 1_662_059_464_998_953, 2_033_849_074_728_123,
        1_442_794_654_840_575)

    /// Whether this is the neutral point.
    var isIdentity: Bool { x == .zero && y == z }

    /// The point with the same y and the other x. Its limbs are not tight: others may be added to it, but it is not to be
    /// doubled.
    var negated: Self { Self(x: .zero - x, y: y, z: z, t: .zero - t) }

    /// The point added to itself: the formula «dbl-2008-hwcd». T, which only an addition needs, is left out where it
    /// is not wanted.
    @inline(__always)
    func doubled(forAddition: Bool = true) -> Self {
        let (xx, yy, zz) = (x.squared, y.squared, z.squared)
        let sum = xx + yy
        let e = (x + y).squared - sum
        let g = yy - xx
        let f = g - (zz + zz)
        let h = FieldElement.zero - sum
        return Self(x: e * f, y: g * h, z: f * g, t: forAddition ? e * h : .zero)
    }

    /// Doubles the point in place.
    @inline(__always)
    mutating func double(forAddition: Bool) {
        self = doubled(forAddition: forAddition)
    }

    /// Adds a point or its negative in place.
    @inline(__always)
    mutating func add(_ right: PreparedPoint, negated: Bool) {
        let a = (y - x) * (negated ? right.sum : right.difference)
        let b = (y + x) * (negated ? right.difference : right.sum)
        let c = t * right.doubledDT
        let d = z * right.doubledZ
        let (e, h) = (b - a, b + a)
        let (f, g) = negated ? (d + c, d - c) : (d - c, d + c)
        (x, y, z, t) = (e * f, g * h, f * g, e * h)
    }

    /// The formula «add-2008-hwcd-3».
    @inline(__always)
    static func + (left: Self, right: PreparedPoint) -> Self {
        let a = (left.y - left.x) * right.difference
        let b = (left.y + left.x) * right.sum
        let c = left.t * right.doubledDT
        let d = left.z * right.doubledZ
        let (e, f, g, h) = (b - a, d - c, d + c, b + a)
        return Self(x: e * f, y: g * h, z: f * g, t: e * h)
    }

    /// Adds a point whose Z is 1, or its negative, in place.
    @inline(__always)
    mutating func add(_ right: PreparedAffinePoint, negated: Bool) {
        let a = (y - x) * (negated ? right.sum : right.difference)
        let b = (y + x) * (negated ? right.difference : right.sum)
        let c = t * right.doubledDT
        let d = z + z
        let (e, h) = (b - a, b + a)
        let (f, g) = negated ? (d + c, d - c) : (d - c, d + c)
        (x, y, z, t) = (e * f, g * h, f * g, e * h)
    }

    static func + (left: Self, right: Self) -> Self { left + PreparedPoint(right) }

    /// The point with this y and the x of this parity, `nil` where the curve has none. −0 is refused.
    init?(y: FieldElement, xIsOdd: Bool) {
        let yy = y.squared
        guard var x = FieldElement.squareRoot(of: yy - .one, over: Self.d * yy + .one) else { return nil }
        if x == .zero, xIsOdd { return nil }
        // Times one: the difference is carried, for coordinates are tight.
        if x.isOdd != xIsOdd { x = (.zero - x) * .one }
        self.init(x: x, y: y, z: .one, t: x * y)
    }

    init(x: FieldElement, y: FieldElement, z: FieldElement, t: FieldElement) {
        (self.x, self.y, self.z, self.t) = (x, y, z, t)
    }
}

extension EdwardsPoint: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        left.x * right.z == right.x * left.z && left.y * right.z == right.y * left.z
    }
}

/// A point as the second term of a sum: what the formula would compute of it each time.
struct PreparedPoint: Sendable {
    fileprivate var sum: FieldElement
    fileprivate var difference: FieldElement
    fileprivate var doubledDT: FieldElement
    fileprivate var doubledZ: FieldElement

    static let identity = Self(.identity)

    @inline(__always)
    init(_ point: EdwardsPoint) {
        sum = point.y + point.x
        difference = point.y - point.x
        doubledDT = point.t * EdwardsPoint.doubledD
        doubledZ = point.z + point.z
    }

    /// Takes another point where `mask` is all ones, and none where it is 0.
    @inline(__always)
    mutating func replace(by other: Self, mask: UInt64) {
        sum.replace(by: other.sum, mask: mask)
        difference.replace(by: other.difference, mask: mask)
        doubledDT.replace(by: other.doubledDT, mask: mask)
        doubledZ.replace(by: other.doubledZ, mask: mask)
    }
}

/// A point with Z = 1 as the second term of a sum, for tables.
struct PreparedAffinePoint: Sendable {
    fileprivate let sum: FieldElement
    fileprivate let difference: FieldElement
    fileprivate let doubledDT: FieldElement

    init(x: FieldElement, y: FieldElement) {
        sum = y + x
        difference = y - x
        doubledDT = x * y * EdwardsPoint.doubledD
    }
}

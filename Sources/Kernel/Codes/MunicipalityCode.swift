/// The code of a department in DIVIPOLA: two digits, `05` for Antioquia.
///
/// Of the right shape; whether it exists is for ``Divipola`` to say.
public struct DepartmentCode: RawRepresentable, Hashable, Sendable, Codable {
    /// Two digits.
    public let rawValue: String

    /// The code of two digits, `nil` for any other text.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 2, rawValue.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.rawValue = rawValue
    }

    fileprivate init(of code: MunicipalityCode) {
        rawValue = String(code.rawValue.prefix(2))
    }
}

/// The code of a municipality in DIVIPOLA: its department's two digits and three of its own, `05001` for Medellín.
///
/// Of the right shape; whether it exists is for ``Divipola`` to say.
public struct MunicipalityCode: RawRepresentable, Hashable, Sendable, Codable {
    /// Five digits.
    public let rawValue: String

    /// The code of five digits, `nil` for any other text.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 5, rawValue.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.rawValue = rawValue
    }

    /// The code of the department.
    public var department: DepartmentCode { DepartmentCode(of: self) }
}

extension DepartmentCode: Comparable, CustomStringConvertible {
    /// The two digits.
    public var description: String { rawValue }

    /// Whether one code comes before another.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension MunicipalityCode: Comparable, CustomStringConvertible {
    /// The five digits.
    public var description: String { rawValue }

    /// Whether one code comes before another; so those of a department lie together.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

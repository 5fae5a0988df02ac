// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// Each type says the same five things of itself, which `SQLCodable` and `SQLValue` document once.

public import Foundation
public import Kernel

extension RawSpan {
    /// The span as one integer, its highest byte first.
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type = Integer.self
    ) throws(SQLDecodingError) -> Integer {
        guard byteCount == MemoryLayout<Integer>.size else { throw .malformed }
        return Integer(bigEndian: unsafeLoadUnaligned(as: type))
    }

    /// The span as text.
    var text: String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

// MARK: - Text

extension String: SQLValue {
    public static var sqlType: SQLType { .text }

    public static var sqlArrayType: SQLType { .textArray }

    public static func canDecode(_ type: SQLType) -> Bool {
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown, .json, .jsonb: true
        default: type.isUserDefined
        }
    }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(bytes: utf8) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try type == .jsonb ? JSONText.decode(bytes, as: type).rawValue : bytes.text
    }
}

/// A document of JSON as its text: the type of `jsonb` parameters and columns.
public struct JSONText: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// The document that a value encodes to, its keys in order.
    public init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        self.init(rawValue: String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The value that the document decodes to.
    public func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: Data(rawValue.utf8))
    }
}

extension JSONText: SQLValue {
    public static var sqlType: SQLType { .jsonb }

    public static var sqlArrayType: SQLType { .jsonbArray }

    public static func canDecode(_ type: SQLType) -> Bool { type == .jsonb || type == .json }

    /// The number of the only version of `jsonb`'s binary form, which precedes the text.
    private static let version: UInt8 = 1

    public func encode(into encoder: inout SQLEncoder) {
        encoder.append(Self.version)
        encoder.append(bytes: rawValue.utf8)
    }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        guard type == .jsonb else { return Self(rawValue: bytes.text) }
        guard bytes.byteCount > 0, bytes.unsafeLoad(as: UInt8.self) == version else { throw .malformed }
        return Self(rawValue: bytes.extracting(droppingFirst: 1).text)
    }
}

// MARK: - Bytes

extension UInt8: SQLValue {
    public static var sqlType: SQLType { .int2 }

    /// An array of bytes is what SQL calls `bytea`.
    public static var sqlArrayType: SQLType { .bytea }

    public static func canDecode(_ type: SQLType) -> Bool { type.isInteger }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(Int16(self)) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try decodeInteger(bytes, as: type)
    }

    public static func encode(array: [Self], into encoder: inout SQLEncoder) { encoder.append(bytes: array) }

    public static func decodeArray(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> [Self] {
        bytes.withUnsafeBytes { [UInt8]($0) }
    }
}

// MARK: - Numbers

extension SQLType {
    fileprivate var isInteger: Bool { self == .int8 || self == .int4 || self == .int2 }
}

extension FixedWidthInteger {
    fileprivate static func decodeInteger(
        _ bytes: RawSpan, as type: SQLType
    ) throws(SQLDecodingError) -> Self {
        let integer: Int64 =
            switch type {
            case .int8: try bytes.integer()
            case .int4: Int64(try bytes.integer(Int32.self))
            default: Int64(try bytes.integer(Int16.self))
            }
        guard let value = Self(exactly: integer) else { throw .notRepresentable("\(integer)") }
        return value
    }
}

extension Int: SQLValue {
    public static var sqlType: SQLType { .int8 }

    public static var sqlArrayType: SQLType { .int8Array }

    public static func canDecode(_ type: SQLType) -> Bool { type.isInteger }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(Int64(self)) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try decodeInteger(bytes, as: type)
    }
}

extension Int32: SQLValue {
    public static var sqlType: SQLType { .int4 }

    public static var sqlArrayType: SQLType { .int4Array }

    public static func canDecode(_ type: SQLType) -> Bool { type.isInteger }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(self) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try decodeInteger(bytes, as: type)
    }
}

extension Int16: SQLValue {
    public static var sqlType: SQLType { .int2 }

    public static var sqlArrayType: SQLType { .int2Array }

    public static func canDecode(_ type: SQLType) -> Bool { type.isInteger }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(self) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try decodeInteger(bytes, as: type)
    }
}

extension Bool: SQLValue {
    public static var sqlType: SQLType { .bool }

    public static var sqlArrayType: SQLType { .boolArray }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(self ? UInt8(1) : 0) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try bytes.integer(UInt8.self) != 0
    }
}

extension Double: SQLValue {
    public static var sqlType: SQLType { .float8 }

    public static var sqlArrayType: SQLType { .float8Array }

    public static func canDecode(_ type: SQLType) -> Bool { type == .float8 || type == .float4 }

    public func encode(into encoder: inout SQLEncoder) { encoder.append(bitPattern) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        type == .float8
            ? Double(bitPattern: try bytes.integer()) : Double(Float(bitPattern: try bytes.integer()))
    }
}

// MARK: - Identifiers

extension UUID: SQLValue {
    public static var sqlType: SQLType { .uuid }

    public static var sqlArrayType: SQLType { .uuidArray }

    public func encode(into encoder: inout SQLEncoder) {
        withUnsafeBytes(of: uuid) { encoder.append(bytes: $0) }
    }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        guard bytes.byteCount == MemoryLayout<uuid_t>.size else { throw .malformed }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension ID: SQLValue {}

// MARK: - Time

/// PostgreSQL counts from 1 January 2000.
private enum Epoch {
    /// Seconds from 1 January 2000 to Foundation's reference date, 1 January 2001.
    static let secondsToReference: Int64 = 31_622_400
    /// Days from 1 January 1970 to 1 January 2000.
    static let days = 10_957
}

extension Date: SQLValue {
    public static var sqlType: SQLType { .timestamptz }

    public static var sqlArrayType: SQLType { .timestamptzArray }

    /// Writes whole microseconds, the nearest; what lies outside of the years that PostgreSQL counts is
    /// written as infinity.
    public func encode(into encoder: inout SQLEncoder) {
        let microseconds = (timeIntervalSinceReferenceDate * 1_000_000).rounded()
        let shift = Epoch.secondsToReference * 1_000_000
        guard microseconds.magnitude < 9.1e18 else {
            encoder.append(microseconds < 0 ? Int64.min : Int64.max)
            return
        }
        encoder.append(Int64(microseconds) + shift)
    }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        let microseconds: Int64 = try bytes.integer()
        switch microseconds {
        case .max: return Date(timeIntervalSinceReferenceDate: .infinity)
        case .min: return Date(timeIntervalSinceReferenceDate: -.infinity)
        default:
            let shifted = microseconds - Epoch.secondsToReference * 1_000_000
            return Date(timeIntervalSinceReferenceDate: Double(shifted) / 1_000_000)
        }
    }
}

extension CalendarDate: SQLValue {
    public static var sqlType: SQLType { .date }

    public static var sqlArrayType: SQLType { .dateArray }

    /// Writes the day; one that lies outside of the years that PostgreSQL counts is written as infinity.
    public func encode(into encoder: inout SQLEncoder) {
        let (day, overflow) = dayNumber.subtractingReportingOverflow(Epoch.days)
        encoder.append(overflow ? Int32.min : Int32(clamping: day))
    }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        let day: Int32 = try bytes.integer()
        guard day != .max, day != .min else { throw .notRepresentable("infinity") }
        return CalendarDate(dayNumber: Int(day) + Epoch.days)
    }
}

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// Each type says the same five things of itself, which `SQLCodable` and `SQLValue` document once.

extension SQLCodable {
    public var isNull: Bool { false }

    public static func canDecode(_ type: SQLType) -> Bool { type == sqlType }

    public static func decodeNull() throws(SQLDecodingError) -> Self { throw .null }
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    public static var sqlType: SQLType { RawValue.sqlType }

    public static var sqlArrayType: SQLType { RawValue.sqlArrayType }

    public static func canDecode(_ type: SQLType) -> Bool { RawValue.canDecode(type) }

    public func encode(into encoder: inout SQLEncoder) { rawValue.encode(into: &encoder) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        let rawValue = try RawValue.decode(bytes, as: type)
        guard let value = Self(rawValue: rawValue) else { throw .notRepresentable("\(rawValue)") }
        return value
    }
}

extension Optional: SQLCodable where Wrapped: SQLCodable {
    public static var sqlType: SQLType { Wrapped.sqlType }

    public static func canDecode(_ type: SQLType) -> Bool { Wrapped.canDecode(type) }

    public var isNull: Bool { self?.isNull ?? true }

    public func encode(into encoder: inout SQLEncoder) { self?.encode(into: &encoder) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        .some(try Wrapped.decode(bytes, as: type))
    }

    public static func decodeNull() throws(SQLDecodingError) -> Self { .none }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    // Bytes with nulls among them are no `bytea`.
    public static var sqlArrayType: SQLType {
        Wrapped.sqlArrayType == .bytea ? .int2Array : Wrapped.sqlArrayType
    }
}

extension Array: SQLCodable where Element: SQLValue {
    public static var sqlType: SQLType { Element.sqlArrayType }

    public static func canDecode(_ type: SQLType) -> Bool {
        // The type of the elements stands in the value, where it is checked.
        Element.sqlArrayType == .bytea ? type == .bytea : type != .bytea
    }

    public func encode(into encoder: inout SQLEncoder) { Element.encode(array: self, into: &encoder) }

    public static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self {
        try Element.decodeArray(bytes, as: type)
    }
}

extension Array: SQLValue where Element == UInt8 {
    public static var sqlArrayType: SQLType { .byteaArray }
}

// The binary form of an array (`array_send`): number of dimensions, whether it holds nulls, type of the
// elements; length and lower bound of each dimension; then each element after its length, -1 for a null.
extension SQLValue {
    public static func encode(array: [Self], into encoder: inout SQLEncoder) {
        encoder.append(Int32(array.isEmpty ? 0 : 1))
        encoder.append(Int32(array.contains(where: \.isNull) ? 1 : 0))
        encoder.append(sqlType.rawValue)
        guard !array.isEmpty else { return }
        encoder.append(Int32(truncatingIfNeeded: array.count))
        encoder.append(Int32(1))
        for element in array {
            if element.isNull {
                encoder.append(Int32(-1))
            } else {
                encoder.appendWithLength { element.encode(into: &$0) }
            }
        }
    }

    public static func decodeArray(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> [Self] {
        var offset = 0
        func integer() throws(SQLDecodingError) -> Int {
            guard bytes.byteCount - offset >= 4 else { throw .malformed }
            defer { offset += 4 }
            return Int(Int32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let dimensions = try integer()
        _ = try integer()
        let elementType = SQLType(rawValue: UInt32(truncatingIfNeeded: try integer()))
        guard canDecode(elementType) else { throw .type(type) }
        guard dimensions > 0 else { return [] }
        guard dimensions == 1 else { throw .notRepresentable("an array of \(dimensions) dimensions") }
        let count = try integer()
        _ = try integer()
        guard (0...bytes.byteCount).contains(count) else { throw .malformed }
        var array: [Self] = []
        array.reserveCapacity(count)
        for _ in 0..<count {
            let length = try integer()
            if length < 0 {
                array.append(try decodeNull())
            } else {
                guard bytes.byteCount - offset >= length else { throw .malformed }
                array.append(try decode(bytes.extracting(offset..<offset + length), as: elementType))
                offset += length
            }
        }
        return array
    }
}

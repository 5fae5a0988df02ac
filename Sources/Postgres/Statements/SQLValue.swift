/// What a parameter can carry and a column can hold: a ``SQLValue``, an optional one, or an array.
public protocol SQLCodable: Sendable {
    /// The type of SQL that a parameter of this type has.
    static var sqlType: SQLType { get }
    /// Whether a column of a type can be read as this one.
    static func canDecode(_ type: SQLType) -> Bool
    /// Whether the value is null; it is not encoded then.
    var isNull: Bool { get }
    /// Writes the value in PostgreSQL's binary format.
    func encode(into encoder: inout SQLEncoder)
    /// Reads a value that is not null.
    ///
    /// - Parameters:
    ///   - bytes: The value in PostgreSQL's binary format.
    ///   - type: The type of the column, one that ``canDecode(_:)`` accepts.
    /// - Returns: The value.
    /// - Throws: ``SQLDecodingError`` where it does not fit.
    static func decode(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> Self
    /// What a null reads as.
    static func decodeNull() throws(SQLDecodingError) -> Self
}

/// A single value of SQL.
///
/// | Swift | SQL |
/// | --- | --- |
/// | `String` | `text` |
/// | `Int`, `Int32`, `Int16` | `bigint`, `integer`, `smallint`; read from any integer that fits |
/// | `Bool` | `boolean` |
/// | `Double` | `double precision`; never for votes, shares or money |
/// | `UUID`, `ID` | `uuid` |
/// | `Date` | `timestamptz`, in whole microseconds |
/// | `CalendarDate` | `date` |
/// | `[UInt8]` | `bytea` |
/// | `JSONText` | `jsonb` |
///
/// A type with a raw value of one of these has to do no more than declare its conformance:
/// `extension SlateState: SQLValue {}`.
public protocol SQLValue: SQLCodable {
    /// The type of SQL that an array of these has.
    static var sqlArrayType: SQLType { get }
    /// Writes an array of these.
    static func encode(array: [Self], into encoder: inout SQLEncoder)
    /// Reads an array of these.
    static func decodeArray(_ bytes: RawSpan, as type: SQLType) throws(SQLDecodingError) -> [Self]
}

/// Why a value of a column cannot be read.
public enum SQLDecodingError: Error, Hashable, Sendable {
    /// It is null, and the Swift type is not optional.
    case null
    /// The column is of a type that is not read as the Swift type.
    case type(SQLType)
    /// The value does not fit in the Swift type, or its raw value is none of the type's.
    case notRepresentable(String)
    /// The bytes are not the binary form of the type.
    case malformed
}

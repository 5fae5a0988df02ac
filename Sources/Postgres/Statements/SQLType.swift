/// A type of PostgreSQL, by its number in `pg_type`, which is fixed for the built-in ones.
public struct SQLType: RawRepresentable, Hashable, Sendable {
    /// The number (`oid`).
    public let rawValue: UInt32

    /// The type of a number.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    static let bool = Self(rawValue: 16)
    static let bytea = Self(rawValue: 17)
    static let name = Self(rawValue: 19)
    static let int8 = Self(rawValue: 20)
    static let int2 = Self(rawValue: 21)
    static let int4 = Self(rawValue: 23)
    static let text = Self(rawValue: 25)
    static let json = Self(rawValue: 114)
    static let float4 = Self(rawValue: 700)
    static let float8 = Self(rawValue: 701)
    static let unknown = Self(rawValue: 705)
    static let bpchar = Self(rawValue: 1042)
    static let varchar = Self(rawValue: 1043)
    static let date = Self(rawValue: 1082)
    static let timestamptz = Self(rawValue: 1184)
    static let uuid = Self(rawValue: 2950)
    static let jsonb = Self(rawValue: 3802)

    static let boolArray = Self(rawValue: 1000)
    static let byteaArray = Self(rawValue: 1001)
    static let int2Array = Self(rawValue: 1005)
    static let int4Array = Self(rawValue: 1007)
    static let textArray = Self(rawValue: 1009)
    static let int8Array = Self(rawValue: 1016)
    static let float8Array = Self(rawValue: 1022)
    static let dateArray = Self(rawValue: 1182)
    static let timestamptzArray = Self(rawValue: 1185)
    static let uuidArray = Self(rawValue: 2951)
    static let jsonbArray = Self(rawValue: 3807)

    /// Types that the installation or an extension made (enums, `citext`) begin here (`FirstNormalObjectId`).
    var isUserDefined: Bool { rawValue >= 16_384 }
}

extension SQLType: CustomStringConvertible {
    /// The name of the type, or its number.
    public var description: String {
        switch self {
        case .bool: "boolean"
        case .bytea: "bytea"
        case .name: "name"
        case .int8: "bigint"
        case .int2: "smallint"
        case .int4: "integer"
        case .text: "text"
        case .json: "json"
        case .float4: "real"
        case .float8: "double precision"
        case .bpchar: "character"
        case .varchar: "character varying"
        case .date: "date"
        case .timestamptz: "timestamp with time zone"
        case .uuid: "uuid"
        case .jsonb: "jsonb"
        case .boolArray: "boolean[]"
        case .byteaArray: "bytea[]"
        case .int2Array: "smallint[]"
        case .int4Array: "integer[]"
        case .textArray: "text[]"
        case .int8Array: "bigint[]"
        case .float8Array: "double precision[]"
        case .dateArray: "date[]"
        case .timestamptzArray: "timestamp with time zone[]"
        case .uuidArray: "uuid[]"
        case .jsonbArray: "jsonb[]"
        case Self(rawValue: 1700): "numeric (cast it in the statement)"
        case Self(rawValue: 1114): "timestamp without time zone"
        default: "type \(rawValue)"
        }
    }
}

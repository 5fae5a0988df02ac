import CLibpq
import Glibc

/// A type that a row of a result is read into.
public protocol RowDecodable: Sendable {
    /// Reads the row: `id = try row["slate_id"]`.
    ///
    /// - Throws: ``RowError`` with the column that does not fit.
    init(row: Row) throws(RowError)
}

/// One row of a result.
public struct Row {
    let result: ResultSet
    let index: Int32

    /// The value of a column.
    ///
    /// - Throws: ``RowError`` where the result has no such column, or it does not hold such a value.
    public subscript<Value: SQLCodable>(_ column: StaticString) -> Value {
        get throws(RowError) {
            guard let number = result.number(of: column) else {
                throw RowError(column: column.description, problem: .noSuchColumn)
            }
            return try value(at: number)
        }
    }

    /// The value of the column at a place, 0 being the first.
    func value<Value: SQLCodable>(at column: Int32) throws(RowError) -> Value {
        do throws(SQLDecodingError) {
            if PQgetisnull(result.pointer, index, column) != 0 { return try Value.decodeNull() }
            let type = SQLType(rawValue: PQftype(result.pointer, column))
            guard Value.canDecode(type) else { throw .type(type) }
            let bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result.pointer, index, column),
                count: Int(PQgetlength(result.pointer, index, column)))
            return try Value.decode(bytes.bytes, as: type)
        } catch {
            throw RowError(
                column: result.name(of: column), problem: .value(error), type: "\(Value.self)")
        }
    }
}

/// Why a row could not be read.
public struct RowError: Error, Hashable, Sendable {
    /// What was wrong.
    public enum Problem: Hashable, Sendable {
        /// The result has no such column.
        case noSuchColumn
        /// The column does not hold such a value.
        case value(SQLDecodingError)
        /// One row was asked for and there are several.
        case severalRows(Int)
    }

    /// The name of the column.
    public let column: String
    /// What was wrong.
    public let problem: Problem
    /// The Swift type that was asked for.
    public let type: String?

    init(column: String, problem: Problem, type: String? = nil) {
        self.column = column
        self.problem = problem
        self.type = type
    }

    /// A column that holds a value which the type that reads it refuses, with its reason.
    public init(unreadable column: String, because reason: any Error) {
        self.init(column: column, problem: .value(.notRepresentable("\(reason)")))
    }
}

extension RowError: CustomStringConvertible {
    /// The column, what it was read as, and why that does not fit.
    public var description: String {
        let type = type ?? "value"
        return switch problem {
        case .noSuchColumn: "the result has no column \(column)"
        case .severalRows(let count): "\(count) rows where one was expected"
        case .value(.null): "\(column) is null, which a \(type) cannot be"
        case .value(.type(let found)): "\(column) is of \(found), which is not read as \(type)"
        case .value(.notRepresentable(let value)): "\(column) holds \(value), which is no \(type)"
        case .value(.malformed): "\(column) is not in the binary form of a \(type)"
        }
    }
}

/// The rows that a statement gave back.
final class ResultSet {
    /// The result of libpq, which nothing changes any more.
    let pointer: OpaquePointer
    /// Where the next column is looked for first: rows are mostly read in the order of their columns.
    private var expected: Int32 = 0

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var count: Int { Int(PQntuples(pointer)) }

    var columnCount: Int32 { PQnfields(pointer) }

    subscript(_ index: Int) -> Row { Row(result: self, index: Int32(index)) }

    /// The number of rows that the statement wrote, or gave back.
    var affected: Int {
        guard let text = PQcmdTuples(pointer) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    func name(of column: Int32) -> String {
        PQfname(pointer, column).map { String(cString: $0) } ?? "column \(column + 1)"
    }

    /// The place of the column of a name.
    func number(of column: StaticString) -> Int32? {
        let count = columnCount
        var candidate = expected < count ? expected : 0
        for _ in 0..<count {
            if let name = PQfname(pointer, candidate), column.isEqual(to: name) {
                expected = candidate + 1
                return candidate
            }
            candidate = candidate + 1 < count ? candidate + 1 : 0
        }
        return nil
    }
}

extension StaticString {
    /// Whether the text is that of a C string.
    fileprivate func isEqual(to text: UnsafePointer<CChar>) -> Bool {
        withUTF8Buffer { utf8 in
            guard let start = utf8.baseAddress else { return text[0] == 0 }
            return strncmp(text, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), utf8.count) == 0
                && text[utf8.count] == 0
        }
    }
}

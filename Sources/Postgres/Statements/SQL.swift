/// A statement with its parameters.
///
/// Every interpolation becomes a parameter `$n`, sent apart from the text and in binary, so that no value
/// is ever read as SQL. The text itself can only come from a literal in the source: segments are
/// `StaticString`, and there is no initializer that takes a `String`.
///
/// ```swift
/// let sql: SQL = "select name from elections.slates where slate_id = \(slate)"
/// let page: SQL = "\(fragment: sql) order by name limit \(size)"
/// ```
public struct SQL: Sendable {
    /// The text, which identifies the statement: connections prepare it once.
    private(set) var statement = Statement()
    /// The values, in the order in which they stand in the text.
    private(set) var arguments = Arguments()

    /// A statement without parameters.
    public init(static text: StaticString) {
        statement.append(text)
    }
}

extension SQL: ExpressibleByStringInterpolation {
    /// A statement without parameters.
    public init(stringLiteral text: StaticString) {
        self.init(static: text)
    }

    /// A statement as its literal gathered it.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Gathers the segments and the parameters of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(static: "")

        /// Prepares to gather a literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.statement.reserve(parameters: interpolationCount)
            sql.arguments.reserve(interpolationCount)
        }

        /// Adds text of the source.
        public mutating func appendLiteral(_ literal: StaticString) {
            sql.statement.append(literal)
        }

        /// Adds a parameter. Its Swift type decides its type in SQL: see ``SQLValue``.
        public mutating func appendInterpolation<Value: SQLCodable>(_ value: Value) {
            sql.statement.append(parameter: Value.sqlType)
            sql.arguments.append(value)
        }

        /// Adds a parameter that may be null.
        public mutating func appendInterpolation<Value: SQLCodable>(_ value: Value?) {
            sql.statement.append(parameter: Value.sqlType)
            sql.arguments.append(value)
        }

        /// Splices another statement in, its parameters renumbered.
        public mutating func appendInterpolation(fragment: SQL) {
            sql.statement.append(fragment.statement)
            sql.arguments.append(fragment.arguments)
        }
    }
}

extension SQL: CustomStringConvertible {
    /// The text with `$1`, `$2`… in place of the values, which are not shown: they may be personal data.
    public var description: String { statement.text }
}

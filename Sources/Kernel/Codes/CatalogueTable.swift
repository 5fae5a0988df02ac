/// A catalogue file: comma separated, quoted as in RFC 4180, its first row the names of its columns.
///
/// For the small files in `sql/data`, whole in memory; registers of people are read as streams, elsewhere.
struct CatalogueTable {
    /// A row with its fields by column.
    struct Row {
        let line: Int
        fileprivate let fields: [String]
        fileprivate let columns: [String: Int]

        /// The field of a column.
        subscript(column: String) -> String {
            get throws(CatalogueError) {
                guard let index = columns[column] else { throw .missingColumn(column) }
                return fields[index]
            }
        }

        /// The field of a column as a value of some type.
        ///
        /// - Throws: The line and column whose text is no such value.
        func value<Value>(
            _ column: String, _ read: (String) -> Value?
        ) throws(CatalogueError) -> Value {
            guard let value = read(try self[column]) else { throw .malformed(line: line, column: column) }
            return value
        }
    }

    let rows: [Row]

    init(_ text: String) throws(CatalogueError) {
        let records = try Self.records(text)
        guard let header = records.first else { throw .empty }
        var columns: [String: Int] = [:]
        for (index, name) in header.fields.enumerated() where columns.updateValue(index, forKey: name) != nil
        {
            throw .malformed(line: header.line, column: name)
        }
        var rows: [Row] = []
        rows.reserveCapacity(records.count)
        for record in records.dropFirst() {
            guard record.fields.count == header.fields.count else {
                throw .malformed(line: record.line, column: nil)
            }
            rows.append(Row(line: record.line, fields: record.fields, columns: columns))
        }
        self.rows = rows
    }

    private static func records(
        _ text: String
    ) throws(CatalogueError) -> [(line: Int, fields: [String])] {
        let bytes = Array(text.utf8)
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        var records: [(line: Int, fields: [String])] = []
        while index < bytes.count {
            let start = line
            var fields: [String] = []
            var atEndOfRecord = false
            while !atEndOfRecord {
                var field: [UInt8] = []
                if index < bytes.count, bytes[index] == quote {
                    index += 1
                    while true {
                        guard index < bytes.count else { throw .malformed(line: start, column: nil) }
                        if bytes[index] == quote {
                            guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
                            index += 1
                        }
                        if bytes[index] == newline { line += 1 }
                        field.append(bytes[index])
                        index += 1
                    }
                    index += 1
                } else {
                    while index < bytes.count,
                        ![comma, newline, carriageReturn, quote].contains(bytes[index])
                    {
                        field.append(bytes[index])
                        index += 1
                    }
                }
                fields.append(String(decoding: field, as: UTF8.self))
                if index < bytes.count, bytes[index] == comma {
                    index += 1
                    continue
                }
                if index < bytes.count, bytes[index] == carriageReturn { index += 1 }
                guard index == bytes.count || bytes[index] == newline else {
                    throw .malformed(line: start, column: nil)
                }
                index += 1
                line += 1
                atEndOfRecord = true
            }
            records.append((start, fields))
        }
        return records
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}

/// What is wrong with a catalogue file, for who installs the product.
public enum CatalogueError: Error, Hashable, Sendable {
    /// It has no rows.
    case empty
    /// A column is not there.
    case missingColumn(String)
    /// A row, or the field of one of its columns, cannot be read; lines are counted from 1.
    case malformed(line: Int, column: String?)
    /// A row gives again what an earlier one gave.
    case repeated(line: Int, value: String)
    /// A row names something that is not in the catalogue.
    case unknown(line: Int, value: String)
}

import Foundation

/// What a sheet of a spreadsheet shows, as rows of texts: of CSV, or of a workbook.
public struct Spreadsheet: Sendable, Hashable {
    /// A row that holds something.
    public struct Row: Sendable, Hashable {
        /// Its number in the sheet, from 1, as the program shows it.
        public let number: Int
        /// Its cells, without blanks around them.
        public let cells: [String]

        /// Makes a row.
        public init(number: Int, cells: [String]) {
            self.number = number
            self.cells = cells.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        }

        /// The text of a cell, `nil` where it is blank or there is none.
        public subscript(column: Int?) -> String? {
            guard let column, cells.indices.contains(column), !cells[column].isEmpty else { return nil }
            return cells[column]
        }
    }

    /// The rows that hold something, in order.
    public let rows: [Row]

    /// Takes rows; those that are blank are left out.
    public init(rows: [Row]) {
        self.rows = rows.filter { !$0.cells.allSatisfy(\.isEmpty) }
    }

    /// Reads comma-separated values: with commas, semicolons or tabs between them, whichever the first line has most of;
    /// a cell in quotes may hold any of these, and lines.
    public init(csv bytes: [UInt8]) {
        self.init(csv: String(ofOffice: bytes))
    }

    /// Reads comma-separated values of a text.
    public init(csv text: String) {
        let separator = Self.separator(of: text)
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var number = 1
        var characters = text.makeIterator()
        var next = characters.next()
        func end() {
            cells.append(cell)
            rows.append(Row(number: number, cells: cells))
        }
        while let character = next {
            next = characters.next()
            if character == "\"" {
                if isQuoted, next == "\"" {
                    cell.append("\"")
                    next = characters.next()
                } else {
                    isQuoted.toggle()
                }
            } else if isQuoted {
                cell.append(character)
            } else if character == separator {
                cells.append(cell)
                cell = ""
            } else if character.isNewline {
                end()
                (cells, cell) = ([], "")
                number += 1
            } else {
                cell.append(character)
            }
        }
        end()
        self.init(rows: rows)
    }

    private static func separator(of text: String) -> Character {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        return [";", "\t", ","].max { first, second in
            line.count { $0 == first } < line.count { $0 == second }
        } ?? ";"
    }

    /// Cells as a line of CSV that programs of an office in Colombia read.
    public static func line(of cells: [String]) -> String {
        cells.map { cell in
            let isPlain = !cell.contains { $0 == ";" || $0 == "\"" || $0.isNewline }
            return isPlain ? cell : "\"\(cell.replacing("\"", with: "\"\""))\""
        }.joined(separator: ";") + "\r\n"
    }
}

extension String {
    /// The text of a file that a program of an office wrote: in UTF-8, in UTF-16 with its mark, or in Windows-1252.
    public init(ofOffice bytes: [UInt8]) {
        func utf16(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> String {
            var units: [UInt16] = []
            var iterator = bytes.makeIterator()
            while let first = iterator.next(), let second = iterator.next() {
                let (low, high) = isLittleEndian ? (first, second) : (second, first)
                units.append(UInt16(high) << 8 | UInt16(low))
            }
            return String(decoding: units, as: UTF16.self)
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            self = utf16(bytes.dropFirst(2), isLittleEndian: true)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = utf16(bytes.dropFirst(2), isLittleEndian: false)
        } else {
            let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
            self =
                String(validating: rest, as: UTF8.self)
                ?? String(data: Data(rest), encoding: .windowsCP1252) ?? String(decoding: rest, as: UTF8.self)
        }
    }
}

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

extension Spreadsheet {
    /// The row that names the columns, and where each of them stands.
    public struct Heads<Column: Hashable & Sendable>: Sendable {
        /// The number of the row.
        public let row: Int
        /// Its cells, as they are written.
        public let titles: [String]
        /// The place of each column that it names.
        public let columns: [Column: Int]
    }

    /// Finds the row of titles among the first of the sheet: the one that names all of `marks`, and so many columns in all.
    /// `isCalled` is asked whether a column bears a title, which is folded.
    public func heads<Column>(
        of columns: [Column], needing marks: Set<Column>, atLeast count: Int = 1,
        isCalled: (Column, String) -> Bool
    ) -> Heads<Column>? {
        for row in rows.prefix(30) {
            let titles = row.cells.map(\.folded)
            var places: [Column: Int] = [:]
            for column in columns {
                // A title that two columns answer to is the first one's.
                places[column] = titles.indices.first { place in
                    isCalled(column, titles[place]) && !places.values.contains(place)
                }
            }
            if marks.isSubset(of: places.keys), places.count >= count {
                return Heads(row: row.number, titles: row.cells, columns: places)
            }
        }
        return nil
    }
}

extension CalendarDate {
    /// Reads the day of a cell: as people write it, or as Excel counts it.
    public init?(cell text: String) {
        if let day = CalendarDate(text) ?? CalendarDate(dayMonthYear: text) {
            self = day
            return
        }
        // The days of serial numbers count from 30 December 1899.
        guard let number = Int(text), (10_000...80_000).contains(number),
            let first = CalendarDate(year: 1970, month: 1, day: 1)
        else { return nil }
        self = first + (number - 25_569)
    }
}

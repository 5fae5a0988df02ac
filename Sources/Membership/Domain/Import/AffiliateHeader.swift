import Kernel

/// Which column of a file stands for what.
struct AffiliateHeader {
    let columns: [AffiliateFileFormat.Column]
    /// Where each known column stands in a row, by ``AffiliateColumn``'s raw value; `nil` where it is absent.
    let positions: [Int?]
    /// The known columns that the file has, in the order in which a row is checked: types before numbers.
    let known: [(column: AffiliateColumn, position: Int)]
    /// The places of the columns that are passed over.
    let ignored: [Int]

    /// Reads the names of a header; it has to have the columns that `isRequired` says.
    init(names: [String], isRequired: (AffiliateColumn) -> Bool) throws(AffiliateFileError) {
        let columns = names.map { AffiliateFileFormat.Column(name: $0, column: AffiliateColumn(named: $0)) }
        let known = columns.compactMap(\.column)
        guard !known.isEmpty else {
            throw .noHeader(found: Refusal.excerpt(of: names.joined(separator: " ")))
        }
        let repeated = AffiliateColumn.allCases.filter { column in known.count { $0 == column } > 1 }
        guard repeated.isEmpty else { throw .repeatedColumns(repeated) }
        let missing = AffiliateColumn.allCases.filter { !known.contains($0) && isRequired($0) }
        guard missing.isEmpty else { throw .missingColumns(missing) }
        self.init(columns)
    }

    /// The header of a file that was understood before.
    init(_ columns: [AffiliateFileFormat.Column]) {
        self.columns = columns
        let positions = AffiliateColumn.allCases.map { column in columns.firstIndex { $0.column == column } }
        self.positions = positions
        known = AffiliateColumn.allCases.compactMap { column in
            positions[column.rawValue].map { (column, $0) }
        }
        ignored = columns.indices.filter { columns[$0].column == nil }
    }

    /// How a report names a column of the file.
    func name(at position: Int) -> String {
        columns[position].column?.header ?? columns[position].name
    }

    var notices: [AffiliateFileNotice] {
        let ignored = ignored.map { columns[$0].name }
        let absent = AffiliateColumn.allCases.filter { positions[$0.rawValue] == nil }
        return (ignored.isEmpty ? [] : [.ignoredColumns(ignored)])
            + (absent.isEmpty ? [] : [.absentColumns(absent)])
    }
}

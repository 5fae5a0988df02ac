/// Which rows of an import get which of the files that were sent for them: all of the files are named by rows that await
/// their scan, or nothing is kept.
public struct HistoryScanMatch: Sendable {
    /// A row that awaits its scan, with the file that it names.
    public struct Pair: Sendable {
        /// The row.
        public let row: HistoryRow
        /// Its scan; `nil` where it was not sent.
        public let scan: HistoryScan?
    }

    /// The rows that await their scan, in order.
    public let pairs: [Pair]
    /// What is wrong, in words.
    public let problems: [String]

    /// Matches files with the rows that name them.
    public init(_ scans: [HistoryScan], with rows: [HistoryRow]) {
        let waiting = rows.filter(\.awaitsScan)
        var problems: [String] = []
        for scan in scans where !waiting.contains(where: { $0.names(scan) }) {
            problems.append(
                rows.contains { $0.names(scan) }
                    ? "El registro que nombra «\(scan.name)» ya tiene su escaneo. Quítelo."
                    : "Ningún registro nombra el archivo «\(scan.name)». Quítelo, o póngale el nombre de la hoja."
            )
        }
        var doubtful: Set<String> = []
        pairs = waiting.map { row in
            let named = scans.filter { row.names($0) }
            if named.count > 1, let name = row.scanName, doubtful.insert(HistoryScan.plain(name)).inserted {
                problems.append("Hay varios archivos llamados «\(name)». Deje uno solo.")
            }
            return Pair(row: row, scan: named.first)
        }
        if scans.isEmpty { problems.append("No llegó ningún archivo. Escójalos otra vez.") }
        self.problems = problems
    }

    /// The rows that get their scan.
    public var matched: [(row: HistoryRow, scan: HistoryScan)] {
        problems.isEmpty ? pairs.compactMap { pair in pair.scan.map { (pair.row, $0) } } : []
    }
}

extension HistoryRow {
    fileprivate func names(_ scan: HistoryScan) -> Bool { scanName.map { scan.isMeant(by: $0) } ?? false }
}

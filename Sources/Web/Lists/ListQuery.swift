import Foundation
import Hummingbird
import Kernel

/// The orders that a list offers; the raw values stand in addresses.
protocol SortKey: RawRepresentable<String>, CaseIterable, Sendable, Hashable {
    /// The order of a list that nobody has ordered.
    static var initial: Self { get }
    /// Whether that order begins with the greatest or latest.
    static var beginsDescending: Bool { get }
}

extension SortKey {
    static var beginsDescending: Bool { false }
}

/// What a list was asked for, all of it in the address: filters, order, page, and whether as a file.
struct ListQuery<Sort: SortKey>: Sendable {
    /// The rows of a page.
    static var pageSize: Int { 50 }
    /// The rows that are read at once for a file.
    static var pieceSize: Int { 5_000 }

    let path: Path
    let items: [QueryItem]
    /// The order.
    let sort: Sort
    /// Whether the greatest or latest comes first.
    let isDescending: Bool
    /// The page, from 1.
    let page: Int
    /// The file asked for, `nil` for a page.
    let format: ExportFormat?

    /// Reads the query of a request. What makes no sense is taken as not said.
    init(_ visit: Visit) {
        self.init(path: Path(local: visit.path) ?? .start(), items: visit.query)
    }

    /// Reads the query of an address.
    init(path: Path, items: [QueryItem]) {
        func value(_ name: String) -> String? { items.first { $0.name == name }?.value }
        self.path = path
        self.items = items
        let order = value(Name.sort) ?? ""
        let key = Sort(rawValue: order.hasPrefix("-") ? String(order.dropFirst()) : order)
        sort = key ?? Sort.initial
        isDescending = key == nil ? Sort.beginsDescending : order.hasPrefix("-")
        page = value(Name.page).flatMap { Int($0) }.map { min(max($0, 1), 1_000_000) } ?? 1
        format = value(Name.format).flatMap(ExportFormat.init)
    }

    /// How many rows to read at once.
    var limit: Int { format == nil ? Self.pageSize : Self.pieceSize }
    /// How many rows to pass over.
    var offset: Int { format == nil ? (page - 1) * Self.pageSize : 0 }

    /// What a filter was set to; `nil` where it is not set, or to something it does not offer.
    subscript<V>(_ filter: Field<V?>) -> V? {
        (try? filter.read(Entries(items))) ?? nil
    }

    /// Whether some filter is set.
    var isFiltered: Bool { items.contains { !Name.own.contains($0.name) && !$0.value.isEmpty } }

    /// The same list at another page.
    func path(page: Int) -> Path { path(setting: Name.page, page == 1 ? nil : String(page)) }

    /// The same list as a file.
    func path(format: ExportFormat) -> Path { path(setting: Name.format, format.rawValue) }

    /// The same list in another order, which turns around where it is that of `key` already.
    func path(sort key: Sort) -> Path {
        let turns = key == sort && !isDescending
        return path(setting: Name.sort, (turns ? "-" : "") + key.rawValue)
    }

    /// The same list without filters.
    var unfiltered: Path { path.with(items.filter { $0.name == Name.sort }) }

    /// What filters have to carry along: the order.
    var carried: [QueryItem] { items.filter { $0.name == Name.sort } }

    private func path(setting name: String, _ value: String?) -> Path {
        // Another order or file begins anew.
        path.with(items.filter { $0.name != Name.page && $0.name != Name.format && !$0.value.isEmpty }).with(
            name, value)
    }

    /// The names in the address that filters may not bear.
    private enum Name {
        static var sort: String { "orden" }
        static var page: String { "pagina" }
        static var format: String { "formato" }
        static var own: [String] { [sort, page, format] }
    }
}

/// The rows that were found for a page of a list, or the first for a file, and how many there are in all.
struct Found<Row: Sendable>: Sendable {
    /// Reads the rows behind so many.
    typealias Reading = @Sendable (_ offset: Int) async throws -> [Row]

    let rows: [Row]
    let total: Int
    /// Reads the rows that follow; `nil` where there are none to read.
    fileprivate let following: Reading?

    /// A page that was cut out already, or what a list begins with.
    init(page rows: [Row], of total: Int, following: Reading? = nil) {
        self.rows = rows
        self.total = total
        self.following = following
    }

    /// The same of each row.
    func map<Other: Sendable>(_ change: @escaping @Sendable (Row) -> Other) -> Found<Other> {
        guard let following else { return Found<Other>(page: rows.map(change), of: total) }
        return Found<Other>(page: rows.map(change), of: total) { offset in
            let more = try await following(offset)
            return more.map(change)
        }
    }
}

extension ListQuery {
    /// The page of a list that is there whole; for a file, all of it.
    func page<Row: Sendable>(of rows: [Row]) -> Found<Row> {
        let shown = format == nil ? Array(rows.dropFirst(offset).prefix(limit)) : rows
        return Found(page: shown, of: rows.count)
    }

    /// Reads the page of a list from where it is kept; for a file its first piece, and the others while it is sent.
    /// `read` reads so many rows behind so many others, and tells how many there are in all.
    func found<Row: Sendable>(
        _ read: @escaping @Sendable (_ limit: Int, _ offset: Int) async throws -> (rows: [Row], total: Int)
    ) async throws -> Found<Row> {
        let first = try await read(limit, offset)
        return found(first.rows, of: first.total) { limit, offset in
            let more = try await read(limit, offset)
            return more.rows
        }
    }

    /// What was read of a list, and for a file how the others are read while it is sent.
    func found<Row: Sendable>(
        _ rows: [Row], of total: Int,
        following read: @escaping @Sendable (_ limit: Int, _ offset: Int) async throws -> [Row]
    ) -> Found<Row> {
        guard format != nil else { return Found(page: rows, of: total) }
        return Found(page: rows, of: total) { offset in try await read(Self.pieceSize, offset) }
    }
}

/// All that was found, read piece by piece while it is sent: a piece is in memory at a time.
struct FoundRows<Row: Sendable>: AsyncSequence, Sendable {
    let found: Found<Row>

    struct Iterator: AsyncIteratorProtocol {
        private let found: Found<Row>
        private var piece: ArraySlice<Row>
        private var given = 0

        init(_ found: Found<Row>) {
            self.found = found
            piece = found.rows[...]
        }

        mutating func next() async throws -> Row? {
            if piece.isEmpty, given > 0, given < found.total, let following = found.following {
                piece = try await following(given)[...]
            }
            guard let row = piece.popFirst() else { return nil }
            given += 1
            return row
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(found) }
}

/// A page whose subject is a list; asked for a file, it answers with one.
protocol ListPage: Page {
    associatedtype Row: Sendable
    associatedtype Sort: SortKey
    /// The columns, in order.
    static var columns: [Column<Row, Sort>] { get }
    /// Those of them that say something where the page stands; all, which is the default.
    var shownColumns: [Column<Row, Sort>] { get }
    /// What was asked for.
    var query: ListQuery<Sort> { get }
    /// What was found.
    var found: Found<Row> { get }
}

extension ListPage {
    var shownColumns: [Column<Row, Sort>] { Self.columns }

    func response(to visit: Visit) async throws -> Response {
        guard let format = query.format else { return whole(for: visit) }
        return try await Export(
            title, shownColumns, reading: FoundRows(found: found), count: found.total, as: format
        ).response(to: visit)
    }
}

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
    /// The most rows of an export; beyond, filters are needed, or a report.
    static var exportLimit: Int { 50_000 }

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
        path = Path(local: visit.path) ?? .start()
        items = visit.query
        let order = visit[Name.sort] ?? ""
        let key = Sort(rawValue: order.hasPrefix("-") ? String(order.dropFirst()) : order)
        sort = key ?? Sort.initial
        isDescending = key == nil ? Sort.beginsDescending : order.hasPrefix("-")
        page = visit[Name.page].flatMap { Int($0) }.map { min(max($0, 1), 1_000_000) } ?? 1
        format = visit[Name.format].flatMap(ExportFormat.init)
    }

    /// How many rows to read.
    var limit: Int { format == nil ? Self.pageSize : Self.exportLimit }
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

/// The rows that were found for a page of a list, and how many there are in all.
struct Found<Row: Sendable>: Sendable {
    let rows: [Row]
    let total: Int

    init(_ rows: [Row], of total: Int) {
        self.rows = rows
        self.total = total
    }
}

/// A page whose subject is a list; asked for a file, it answers with one.
protocol ListPage: Page {
    associatedtype Row: Sendable
    associatedtype Sort: SortKey
    /// The columns, in order.
    static var columns: [Column<Row, Sort>] { get }
    /// What was asked for.
    var query: ListQuery<Sort> { get }
    /// What was found.
    var found: Found<Row> { get }
}

extension ListPage {
    func response(to visit: Visit) async throws -> Response {
        guard let format = query.format else { return whole(for: visit) }
        return try await Export(title, Self.columns, found.rows, as: format).response(to: visit)
    }
}

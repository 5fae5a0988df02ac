import Kernel

extension HTML {
    /// Writes a list: its filters, its rows, its pages, and its files.
    ///
    /// `filters` writes the questions to filter by, which are optional fields; `empty` says what to do while
    /// there is nothing at all; `rows` writes the rows of the page where they are no table.
    mutating func list<P: ListPage>(
        _ page: P, filters: ((inout HTML) -> Void)? = nil, empty: EmptyState,
        rows: ((inout HTML) -> Void)? = nil
    ) {
        let query = page.query
        if let filters { self.filters(of: query, content: filters) }
        if page.found.total == 0 {
            if query.isFiltered {
                emptyState(
                    EmptyState(
                        "Nada coincide con estos filtros.", next: "Quitar los filtros", to: query.unfiltered))
            } else {
                emptyState(empty)
            }
            return
        }
        div(.class("list-head")) { head in
            head.p(Self.count(page.found, query), .class("list-count"))
            head.p(.class("list-files")) { line in
                line.icon(.download)
                line.text("Descargar: ")
                for (index, format) in ExportFormat.allCases.enumerated() {
                    if index > 0 { line.text(" · ") }
                    line.a(format.title, .href(query.path(format: format)), .rel("nofollow"))
                }
            }
        }
        if let rows {
            rows(&self)
        } else {
            table(page.title, page.shownColumns, page.found.rows, in: query)
        }
        pager(query, total: page.found.total)
    }

    /// Writes rows as a table, without filters or pages: a part of a page.
    mutating func table<Row, Sort>(
        _ caption: String, _ columns: [Column<Row, Sort>], _ rows: [Row], in query: ListQuery<Sort>? = nil
    ) {
        // On a phone rows become cards, which strips a table of its meaning unless each part says what it is.
        element("table", [.class("data"), .role("table")]) { table in
            table.caption(caption, .class("visually-hidden"))
            table.thead(.role("rowgroup")) { head in
                head.tr(.role("row")) { row in
                    for column in columns { row.headerCell(column, in: query) }
                }
            }
            table.tbody(.role("rowgroup")) { body in
                for item in rows {
                    body.tr(.role("row")) { row in
                        for (index, column) in columns.enumerated() {
                            let attributes: [Attribute] = [
                                .class(column.kind.cellClass), .data("label", column.title),
                            ]
                            if index == 0 {
                                row.element("th", attributes + [.scope("row"), .role("rowheader")]) {
                                    column.write(&$0, item)
                                }
                            } else {
                                row.element("td", attributes + [.role("cell")]) { column.write(&$0, item) }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func headerCell<Row, Sort>(_ column: Column<Row, Sort>, in query: ListQuery<Sort>?) {
        guard let query, let key = column.sort else {
            th(column.title, .class(column.kind.cellClass), .scope("col"), .role("columnheader"))
            return
        }
        let isSorted = key == query.sort
        let order = isSorted ? (query.isDescending ? "descending" : "ascending") : nil
        th(.class(column.kind.cellClass), .scope("col"), .role("columnheader"), .aria("sort", order)) {
            cell in
            cell.a(.class("sort"), .href(query.path(sort: key)), .rel("nofollow")) { link in
                link.text(column.title)
                if isSorted { link.icon(query.isDescending ? .sortDown : .sortUp) }
            }
        }
    }

    private mutating func filters<Sort>(of query: ListQuery<Sort>, content: (inout HTML) -> Void) {
        queryForm(at: query.path, FormState(query.items), .class("filters"), .role("search")) { form in
            for item in query.carried { form.input(.type("hidden"), .name(item.name), .value(item.value)) }
            content(&form)
            form.div(.class("filters-end")) { end in
                end.button(.type("submit"), .class("btn btn-outline-primary")) { button in
                    button.icon(.filter)
                    button.span("Filtrar")
                }
                if query.isFiltered { end.a("Quitar filtros", .href(query.unfiltered)) }
            }
        }
    }

    private mutating func pager<Sort>(_ query: ListQuery<Sort>, total: Int) {
        let last = (total + ListQuery<Sort>.pageSize - 1) / ListQuery<Sort>.pageSize
        guard last > 1 else { return }
        nav(.class("pager"), .aria("label", "Páginas de la lista")) { nav in
            nav.ul { list in
                if query.page > 1 {
                    list.li { $0.a("Anterior", .href(query.path(page: query.page - 1)), .rel("prev")) }
                }
                var previous = 0
                for number in 1...last where number == 1 || number == last || abs(number - query.page) <= 1 {
                    if number > previous + 1 { list.li("…", .class("pager-gap"), .aria("hidden", "true")) }
                    previous = number
                    list.li { item in
                        item.a(
                            .href(query.path(page: number)),
                            .aria("current", number == query.page ? "page" : nil)
                        ) { link in
                            link.span("Página ", .class("visually-hidden"))
                            link.text(SpanishFormat.number(number))
                        }
                    }
                }
                if query.page < last {
                    list.li { $0.a("Siguiente", .href(query.path(page: query.page + 1)), .rel("next")) }
                }
            }
        }
    }

    private static func count<Row, Sort>(_ found: Found<Row>, _ query: ListQuery<Sort>) -> String {
        let total = SpanishFormat.number(found.total)
        guard found.total > found.rows.count, let first = found.rows.isEmpty ? nil : query.offset + 1 else {
            return found.rows.isEmpty
                ? "Esta página no tiene filas; hay \(total) en total." : "\(total) en total"
        }
        return
            "\(SpanishFormat.number(first)) a \(SpanishFormat.number(first + found.rows.count - 1)) de \(total)"
    }
}

extension CellKind {
    fileprivate var cellClass: String? {
        switch self {
        case .text: nil
        case .number: "cell-number"
        case .date: "cell-date"
        case .mark: "cell-mark"
        }
    }
}

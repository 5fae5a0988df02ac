import Foundation
import Kernel

/// A column of a list, declared once: it gives the header and its order, the cells, their names on a phone, and
/// the files of an export.
///
/// ```swift
/// static let columns: [Column<SlateSummary, Sort>] = [
///     .text("Plancha", sort: .name, to: { .slate($0.id) }) { $0.name },
///     .integer("Candidatos") { $0.candidates },
///     .status("Estado") { $0.status },
/// ]
/// ```
struct Column<Row: Sendable, Sort: SortKey>: Sendable {
    let title: String
    /// The order that its header offers.
    let sort: Sort?
    let kind: CellKind
    /// What it shows; `nil` for a column of buttons, which is not exported.
    let value: (@Sendable (Row) -> Cell)?
    /// Writes the cell on a page.
    let write: @Sendable (inout HTML, Row) -> Void

    private init(
        _ title: String, _ sort: Sort?, _ kind: CellKind, to path: (@Sendable (Row) -> Path?)? = nil,
        _ value: @escaping @Sendable (Row) -> Cell
    ) {
        self.title = title
        self.sort = sort
        self.kind = kind
        self.value = value
        write = { html, row in
            if let path = path?(row) {
                html.a(.href(path)) { $0.cell(value(row)) }
            } else {
                html.cell(value(row))
            }
        }
    }

    /// Text, which may lead somewhere.
    static func text(
        _ title: String, sort: Sort? = nil, to path: (@Sendable (Row) -> Path?)? = nil,
        _ value: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(title, sort, .text, to: path) { value($0).map(Cell.text) ?? .empty }
    }

    /// A whole number, which may open what it counts.
    static func integer(
        _ title: String, sort: Sort? = nil, to path: (@Sendable (Row) -> Path?)? = nil,
        _ value: @escaping @Sendable (Row) -> Int?
    ) -> Self {
        Self(title, sort, .number, to: path) { value($0).map(Cell.integer) ?? .empty }
    }

    /// A number kept as an integer of its smallest unit, such as money in cents with two decimals.
    static func decimal(
        _ title: String, decimals: Int, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> Int?
    ) -> Self {
        Self(title, sort, .number) { value($0).map { .decimal($0, decimals: decimals) } ?? .empty }
    }

    /// A part of a whole, in percent.
    static func share(
        _ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> (part: Int, whole: Int)?
    ) -> Self {
        Self(title, sort, .number) { value($0).map { .share($0.part, of: $0.whole) } ?? .empty }
    }

    /// A day.
    static func date(
        _ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> CalendarDate?
    ) -> Self {
        Self(title, sort, .date) { value($0).map(Cell.date) ?? .empty }
    }

    /// An instant, on the clocks of Colombia.
    static func instant(_ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> Date?)
        -> Self
    {
        Self(title, sort, .date) { value($0).map(Cell.instant) ?? .empty }
    }

    /// A state.
    static func status(_ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> Status)
        -> Self
    {
        Self(title, sort, .text) { .status(value($0)) }
    }

    /// A state among many in a row: its icon alone, the word for those who hear the page, for phones and for
    /// files. The page has a legend (``HTML/legend(of:)``).
    static func mark(_ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> Status?)
        -> Self
    {
        Self(title, sort, .mark) { value($0).map(Cell.mark) ?? .empty }
    }

    /// Yes or no.
    static func yesNo(_ title: String, sort: Sort? = nil, _ value: @escaping @Sendable (Row) -> Bool?) -> Self
    {
        Self(title, sort, .text) { value($0).map { .text($0 ? "Sí" : "No") } ?? .empty }
    }

    /// Buttons or anything else of the row; exports leave it out.
    static func custom(_ title: String, _ write: @escaping @Sendable (inout HTML, Row) -> Void) -> Self {
        Self(title: title, write: write)
    }

    private init(title: String, write: @escaping @Sendable (inout HTML, Row) -> Void) {
        self.title = title
        sort = nil
        kind = .text
        value = nil
        self.write = write
    }

    /// The name of the column in JSON: `fecha_de_registro`.
    var key: String { title.folded.replacing(" ", with: "_") }
}

/// How a column is aligned.
enum CellKind: Sendable {
    case text, number, date, mark
}

/// What a cell shows.
enum Cell: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case decimal(Int, decimals: Int)
    case share(Int, of: Int)
    case date(CalendarDate)
    case instant(Date)
    case status(Status)
    case mark(Status)
    case empty

    /// The cell in words, as pages show it.
    var words: String {
        switch self {
        case .text(let text): text
        case .integer(let number): SpanishFormat.number(number)
        case .decimal(let number, let decimals): SpanishFormat.number(number, decimals: decimals)
        case .share(let part, let whole): SpanishFormat.percentage(part, of: whole)
        case .date(let date): SpanishFormat.shortDate(date)
        case .instant(let instant): SpanishFormat.shortDateAndTime(instant)
        case .status(let status), .mark(let status): status.word
        case .empty: ""
        }
    }
}

extension HTML {
    /// Writes what a cell shows.
    mutating func cell(_ cell: Cell) {
        switch cell {
        case .empty, .text(""): absent()
        case .status(let status): self.status(status)
        case .mark(let status): mark(status)
        default: text(cell.words)
        }
    }
}

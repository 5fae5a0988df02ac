import CXLSXWriter
import Foundation
import Kernel

/// A workbook of one sheet, written row by row with constant memory.
///
/// A class, because libxlsxwriter owns what it is made of, and it has to be closed once.
final class Workbook {
    /// A finished workbook. It goes when nobody holds it any more.
    final class File: Sendable {
        let location: URL
        let byteCount: Int

        fileprivate init(at location: URL) throws {
            self.location = location
            byteCount = try FileManager.default.attributesOfItem(atPath: location.path)[.size] as? Int ?? 0
        }

        deinit {
            try? FileManager.default.removeItem(at: location)
        }
    }

    /// The library could not write, for want of space for one.
    struct Failure: Error {
        let code: UInt32
    }

    /// The most rows below the headings: a sheet has 1,048,576 (ECMA-376, part 1, 18.3.1.73).
    static let rowLimit = 1_048_575

    private static let textLimit = 32_767

    private let location: URL
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let dateFormat: UnsafeMutablePointer<lxw_format>?
    private let timeFormat: UnsafeMutablePointer<lxw_format>?
    private let shareFormat: UnsafeMutablePointer<lxw_format>?
    private var row: UInt32 = 1

    /// Begins a workbook with a row of headings.
    init(title: String, header: [String], in scratch: ScratchFolder) throws {
        let place = scratch.place(".xlsx")
        location = place
        var options = lxw_workbook_options()
        options.constant_memory = 1
        let made = scratch.folder.path.withCString { folder in
            // The library keeps a copy and takes it without `const`.
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(place.path, &options)
        }
        guard let book = made, let sheet = workbook_add_worksheet(book, nil)
        else { throw Failure(code: 0) }
        self.book = book
        self.sheet = sheet
        func format(_ pattern: String) -> UnsafeMutablePointer<lxw_format>? {
            let format = workbook_add_format(book)
            format_set_num_format(format, pattern)
            return format
        }
        dateFormat = format("dd/mm/yyyy")
        timeFormat = format("dd/mm/yyyy hh:mm")
        shareFormat = format("0.0%")
        let bold = workbook_add_format(book)
        format_set_bold(bold)
        worksheet_freeze_panes(sheet, 1, 0)
        for (column, name) in header.enumerated() {
            let width = Double(min(max(name.count + 2, 12), 40))
            worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
            worksheet_write_string(sheet, 0, UInt16(column), name, bold)
        }
        var properties = lxw_doc_properties()
        title.withCString { text in
            // The library copies the text and takes it without `const`.
            properties.title = UnsafeMutablePointer(mutating: text)
            workbook_set_properties(book, &properties)
        }
    }

    deinit {
        guard let book else { return }
        // Nobody finished it: closing is the only way to free it.
        workbook_close(book)
        try? FileManager.default.removeItem(at: location)
    }

    /// Appends a row. Texts are written as texts, so that no cell is ever a formula.
    func append(_ cells: [Cell]) throws {
        for (index, cell) in cells.enumerated() {
            let column = UInt16(index)
            let code =
                switch cell {
                case .text(let text): write(text, column)
                case .status(let status), .mark(let status): write(status.word, column)
                case .integer(let number): worksheet_write_number(sheet, row, column, Double(number), nil)
                case .decimal(let number, let decimals):
                    worksheet_write_number(
                        sheet, row, column, Double(number) / pow(10, Double(decimals)), nil)
                case .share(let part, let whole):
                    whole > 0
                        ? worksheet_write_number(
                            sheet, row, column, Double(part) / Double(whole), shareFormat)
                        : LXW_NO_ERROR
                case .date(let date):
                    worksheet_write_number(sheet, row, column, Self.serial(date), dateFormat)
                case .instant(let instant):
                    worksheet_write_number(
                        sheet, row, column,
                        Self.serial(ColombianTime.date(at: instant))
                            + Double(ColombianTime.time(at: instant).minutesSinceMidnight) / 1440, timeFormat)
                case .empty: LXW_NO_ERROR
                }
            guard code == LXW_NO_ERROR else { throw Failure(code: code.rawValue) }
        }
        row += 1
    }

    /// Ends the workbook.
    func finish() throws -> File {
        guard let book else { throw Failure(code: 0) }
        self.book = nil
        let code = workbook_close(book)
        guard code == LXW_NO_ERROR else { throw Failure(code: code.rawValue) }
        return try File(at: location)
    }

    private func write(_ text: String, _ column: UInt16) -> lxw_error {
        worksheet_write_string(sheet, row, column, String(text.prefix(Self.textLimit)), nil)
    }

    /// The number of a day as spreadsheets count them, 1 January 1970 being 25,569.
    private static func serial(_ date: CalendarDate) -> Double { Double(date.dayNumber + 25_569) }
}

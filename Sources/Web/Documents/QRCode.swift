import CQRencode

/// A QR code (ISO/IEC 18004), as a drawing that scales.
struct QRCode: Sendable {
    /// The number of modules of a side.
    let side: Int
    private let isDark: [Bool]

    /// The text does not fit, or is empty.
    struct TooLong: Error {}

    /// Encodes a text, such as the address where a document is verified, with a quarter of it to spare: codes on
    /// paper get dirty.
    init(_ text: String) throws(TooLong) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else { throw TooLong() }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        self.side = side
        // The lowest bit of each byte is the module's colour; the others tell what it belongs to.
        isDark = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Whether the module of a row and a column is dark.
    subscript(row: Int, column: Int) -> Bool { isDark[row * side + column] }

    /// The dark modules as an outline, one stretch of a row after the other, in units of a module.
    var outline: String {
        var outline = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                let start = column
                while column < side, self[row, column] { column += 1 }
                if column > start {
                    outline += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
                } else {
                    column += 1
                }
            }
        }
        return outline
    }
}

extension HTML {
    /// Draws a QR code with the four white modules around it that scanners need. The label says what it leads
    /// to, for those who hear the page.
    mutating func qrCode(_ code: QRCode, _ label: String) {
        svg(
            .class("qr"), .viewBox("-4 -4 \(code.side + 8) \(code.side + 8)"), .role("img"),
            .shapeRendering("crispEdges")
        ) { drawing in
            drawing.svgTitle(label)
            drawing.path(.d(code.outline))
        }
    }
}

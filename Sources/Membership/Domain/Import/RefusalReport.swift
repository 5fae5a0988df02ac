/// The refused rows as a CSV that Excel opens in Colombia: `;`, byte order mark, lines that end in CRLF.
public enum RefusalReport {
    /// The byte order mark and the header.
    public static var beginning: [UInt8] {
        Array("\u{FEFF}linea;columna;valor;motivo\r\n".utf8)
    }

    /// Appends a row.
    public static func append(_ refusal: Refusal, to report: inout [UInt8]) {
        report.append(contentsOf: String(refusal.line).utf8)
        for text in [refusal.column, refusal.value, refusal.fault.reason] {
            report.append(UInt8(ascii: ";"))
            report.append(contentsOf: cell(text).utf8)
        }
        report.append(contentsOf: "\r\n".utf8)
    }

    /// A cell that a spreadsheet takes for text: an apostrophe before what it would run (OWASP, "CSV Injection").
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'\(text)" : text
        // By scalars: to a string, CR and LF together are one character of its own.
        guard safe.unicodeScalars.contains(where: { ";\"\r\n".unicodeScalars.contains($0) }) else {
            return safe
        }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
}

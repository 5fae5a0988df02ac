/// The statements of a file of SQL.
///
/// A file is taken apart so that each statement travels as a message of its own: a sharded database refuses
/// some that come together, and an error can say in which line its statement begins.
struct SQLScript {
    /// One statement and where it begins.
    struct Statement: Hashable {
        /// The text without the semicolon.
        let text: String
        /// The line of its first word, counted from 1.
        let line: Int
    }

    let statements: [Statement]

    /// Takes a text apart at its semicolons, but for those in quotes, in dollar quotes and in comments.
    init(_ text: String) {
        var lexer = Lexer(bytes: Array(text.utf8))
        statements = lexer.statements()
    }
}

private struct Lexer {
    let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func statements() -> [SQLScript.Statement] {
        var statements: [SQLScript.Statement] = []
        while let statement = next() { statements.append(statement) }
        return statements
    }

    private mutating func next() -> SQLScript.Statement? {
        var start: (position: Int, line: Int)?
        while let byte = peek() {
            if skipComment() { continue }
            if byte == UInt8(ascii: ";") {
                let end = position
                advance()
                if let start { return statement(from: start, to: end) }
                continue
            }
            if !isSpace(byte) && start == nil { start = (position, line) }
            if !skipQuoted(byte) { advance() }
        }
        return start.map { statement(from: $0, to: position) }
    }

    private func statement(from start: (position: Int, line: Int), to end: Int) -> SQLScript.Statement {
        SQLScript.Statement(
            text: String(decoding: bytes[start.position..<end], as: UTF8.self), line: start.line)
    }

    // MARK: What hides semicolons

    private mutating func skipComment() -> Bool {
        if starts(with: "--") {
            while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
            return true
        }
        guard starts(with: "/*") else { return false }
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                advance(2)
            } else if starts(with: "*/") {
                depth -= 1
                advance(2)
            } else {
                advance()
            }
        } while depth > 0 && peek() != nil
        return true
    }

    private mutating func skipQuoted(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "'"):
            // Only e'…' knows the backslash. A quote within is doubled, which reads as two in a row.
            let isEscaping =
                (previous(1) == UInt8(ascii: "e") || previous(1) == UInt8(ascii: "E"))
                && !isWord(previous(2))
            skip(to: byte, escaping: isEscaping)
            return true
        case UInt8(ascii: "\""):
            skip(to: byte, escaping: false)
            return true
        case UInt8(ascii: "$"):
            guard !isWord(previous(1)), let tag = dollarTag() else { return false }
            advance(tag.count)
            while peek() != nil, !bytes[position...].starts(with: tag) { advance() }
            advance(tag.count)
            return true
        default:
            return false
        }
    }

    private mutating func skip(to quote: UInt8, escaping: Bool) {
        advance()
        while let byte = peek(), byte != quote { advance(escaping && byte == UInt8(ascii: "\\") ? 2 : 1) }
        advance()
    }

    /// The opening of a dollar quote here, `$$` or `$name$`.
    private func dollarTag() -> ArraySlice<UInt8>? {
        guard let end = bytes[(position + 1)...].firstIndex(where: { !isWord($0) }),
            bytes[end] == UInt8(ascii: "$")
        else { return nil }
        let name = bytes[(position + 1)..<end]
        if let first = name.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) { return nil }
        return bytes[position...end]
    }

    // MARK: Bytes

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func previous(_ distance: Int) -> UInt8? {
        position >= distance ? bytes[position - distance] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    private mutating func advance(_ count: Int = 1) {
        let end = min(position + count, bytes.count)
        while position < end {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }

    private func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte == UInt8(ascii: "_") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

import Kernel
import Tenancy

/// Writes accepted rows as the text that `copy … from stdin` reads into `membership.staged_affiliates_inbox`.
struct StagedAffiliateLines {
    /// What reads the lines: the columns in the order in which they are written.
    static let statement: StaticString = """
        copy membership.staged_affiliates_inbox (
            organization_id, batch_id, line, person_id, document_type, document_number, first_surname,
            second_surname, first_name, second_name, birth_date, sex, municipality_code, regime, affiliation_state,
            phone, email, insurer_code)
        from stdin
        """

    /// What each line begins with: tenant and batch.
    private let beginning: [UInt8]
    private var people = ConsecutiveIDs()
    private(set) var bytes: [UInt8] = []

    init(organization: ID<Organization>, batch: ID<ImportBatch>) {
        beginning = Array("\(organization)\t\(batch)\t".utf8)
    }

    /// Hands over what was written and starts anew.
    mutating func take(capacity: Int) -> [UInt8] {
        let taken = bytes
        bytes = []
        bytes.reserveCapacity(capacity)
        return taken
    }

    mutating func append(_ row: AffiliateRow, of text: Span<UInt8>) {
        bytes.append(contentsOf: beginning)
        append(number: row.line)
        bytes.append(.tab)
        people.appendNext(to: &bytes)
        bytes.append(.tab)
        append(word: row.documentType.rawValue)
        append(row, .documentNumber, of: text)
        append(row, .firstSurname, of: text)
        append(row, .secondSurname, of: text)
        append(row, .firstName, of: text)
        append(row, .secondName, of: text)
        append(row.birthDate)
        append(word: row.sex.rawValue)
        append(row, .municipality, of: text)
        append(word: row.regime?.rawValue ?? "")
        append(word: row.state.rawValue)
        append(row, .phone, of: text)
        append(row, .email, of: text)
        append(row, .insurer, of: text)
        bytes[bytes.count - 1] = .lineFeed
    }

    /// A text that the file wrote; an absent one is null.
    private mutating func append(_ row: AffiliateRow, _ column: AffiliateColumn, of text: Span<UInt8>) {
        let place = row[column]
        if place.range.isEmpty {
            bytes.append(contentsOf: [.backslash, UInt8(ascii: "N"), .tab])
        } else if place.isRewritten {
            let rewritten = row.rewritten
            append(escaping: rewritten.span, place.range)
        } else {
            append(escaping: text, place.range)
        }
    }

    /// Tabs and line breaks are in no accepted value: only the backslash means something to `copy`.
    private mutating func append(escaping text: Span<UInt8>, _ range: Range<Int>) {
        for index in range {
            if text[index] == .backslash { bytes.append(.backslash) }
            bytes.append(text[index])
        }
        bytes.append(.tab)
    }

    private mutating func append(word: String) {
        bytes.append(contentsOf: word.utf8)
        bytes.append(.tab)
    }

    private mutating func append(_ date: CalendarDate) {
        let (year, month, day) = date.components
        append(number: year)
        bytes.append(UInt8(ascii: "-"))
        append(number: month)
        bytes.append(UInt8(ascii: "-"))
        append(number: day)
        bytes.append(.tab)
    }

    private mutating func append(number: Int) {
        if number >= 10 { append(number: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

extension UInt8 {
    static var backslash: UInt8 { UInt8(ascii: "\\") }
}

/// Identifiers of version 7 (RFC 9562, 6.2, method 2): all of one moment, and from there on each the one before and one
/// more, so that rows of one file lie together and in its order.
private struct ConsecutiveIDs {
    /// The time and the version, with the hyphens behind them.
    private let beginning: [UInt8]
    /// The 62 bits behind the variant; they start in the lower half, so that no file wraps them.
    private var counter = UInt64.random(in: 0..<1 << 61)

    init() {
        beginning = Array(ID<Person>().description.utf8.prefix(19))
    }

    /// Appends the next identifier as text.
    mutating func appendNext(to bytes: inout [UInt8]) {
        counter += 1
        let low = 1 << 63 | counter
        bytes.append(contentsOf: beginning)
        for place in 0..<16 {
            if place == 4 { bytes.append(UInt8(ascii: "-")) }
            let digit = UInt8(truncatingIfNeeded: low >> UInt64(60 - 4 * place) & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

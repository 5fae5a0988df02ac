import Kernel

/// The values of one accepted row in their normal form: it is filled anew for each row, without allocating.
///
/// Text that is written in its normal form stays where it stands in the file's bytes; the rest is kept here.
struct AffiliateRow {
    /// Where the value of a column stands; empty where it has none.
    struct Place {
        var range: Range<Int> = 0..<0
        /// Whether it stands in ``AffiliateRow/rewritten`` and not in the text of the file.
        var isRewritten = false
    }

    /// The physical line on which it starts.
    var line = 0
    var documentType = DocumentType.cedula
    var birthDate = CalendarDate(dayNumber: 0)
    var sex = Sex.indeterminate
    var regime: Regime?
    var state = AffiliationState.active

    /// UTF-8, the values that the file writes otherwise, one after the other.
    private(set) var rewritten: [UInt8] = []
    private var places = InlineArray<14, Place>(repeating: Place())

    /// Where the value of a column that is kept as text stands.
    subscript(column: AffiliateColumn) -> Place { places[column.rawValue] }

    mutating func begin(on line: Int) {
        self.line = line
        regime = nil
        if !rewritten.isEmpty { rewritten.removeAll(keepingCapacity: true) }
        for index in places.indices { places[index] = Place() }
    }

    /// Takes the bytes of the file as the value of a column.
    mutating func set(_ column: AffiliateColumn, at range: Range<Int>) {
        places[column.rawValue] = Place(range: range)
    }

    /// Takes a text as the value of a column.
    mutating func set(_ column: AffiliateColumn, to value: String) {
        let start = rewritten.count
        rewritten.append(contentsOf: value.utf8)
        places[column.rawValue] = Place(range: start..<rewritten.count, isRewritten: true)
    }

    /// The value of a column as a string, `nil` where it has none; `text` is that in which the row stands.
    func string(_ column: AffiliateColumn, of text: Span<UInt8>) -> String? {
        let place = self[column]
        guard !place.range.isEmpty else { return nil }
        return place.isRewritten ? rewritten.span.string(place.range) : text.string(place.range)
    }
}

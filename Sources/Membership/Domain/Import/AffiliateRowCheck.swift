import Kernel

/// Checks the rows of one file of affiliates, one after the other: all that can be said of a row without asking
/// the database.
///
/// The good path works on bytes and allocates nothing. What is written in an unusual way goes through `Kernel`'s
/// readers of text, so that one set of rules decides; a test compares the two.
struct AffiliateRowCheck {
    private let header: AffiliateHeader
    private let encoding: FileEncoding
    private let rules: AffiliateFileRules
    private let documentTypes = DocumentTypeCodes()
    private let nameBytes = NameBytes()
    private var seen = SeenDocuments()
    /// Of the row being checked: a document is compared with those before it once both parts are known.
    private var documentType: DocumentTypeCodes.Entry?
    private var hasDocumentNumber = false

    /// The last row, if it was accepted.
    private(set) var row = AffiliateRow()
    /// What is wrong with the last row, if it was refused.
    private(set) var refusals: [Refusal] = []

    /// A value of the row being checked: a range of bytes.
    private struct Value {
        var range: Range<Int>
        /// Whether the bytes are the file's, so that they need not be kept elsewhere.
        let isOfFile: Bool
        let hasHighBytes: Bool
    }

    init(header: AffiliateHeader, encoding: FileEncoding, rules: AffiliateFileRules) {
        self.header = header
        self.encoding = encoding
        self.rules = rules
    }

    /// Checks a record, and returns whether it is accepted.
    mutating func accepts(
        _ fields: RecordFields, of text: Span<UInt8>, hasHighBytes: Bool, line: Int
    ) -> Bool {
        if !refusals.isEmpty { refusals.removeAll(keepingCapacity: true) }
        row.begin(on: line)
        documentType = nil
        hasDocumentNumber = false
        guard fields.count == header.columns.count else {
            refuse(fields, of: text)
            return false
        }
        for index in header.known.indices {
            let (column, position) = header.known[index]
            let field = fields[position]
            guard let fault = check(column, field, of: text) else { continue }
            refuse(column.header, text.string(of: field), fault)
        }
        if hasHighBytes, !header.ignored.isEmpty { checkIgnoredColumns(fields, of: text) }
        if refusals.isEmpty, row.regime == nil || row[.insurer].range.isEmpty {
            completeAffiliation(of: text)
        }
        if let documentType, hasDocumentNumber { checkIsNew(documentType, fields, of: text) }
        return refusals.isEmpty
    }

    /// Refuses a record that could not be split into its fields.
    mutating func refuse(_ fault: RecordFault, fields: RecordFields, of text: Span<UInt8>, line: Int) {
        refusals.removeAll(keepingCapacity: true)
        row.begin(on: line)
        let position = fields.count - 1
        let column = header.columns.indices.contains(position) ? header.name(at: position) : ""
        let value = text.string(of: fields.last ?? RecordField(start: 0, end: 0))
        switch fault {
        case .textAfterClosingQuote: refuse(column, value, .textAfterClosingQuote)
        case .unclosedQuote(let line): refuse(column, value, .unclosedQuote(openedOn: line))
        case .overlong: refuse(column, value, .overlongRow)
        }
    }

    /// Refuses a record that has more or fewer fields than the header.
    private mutating func refuse(_ fields: RecordFields, of text: Span<UInt8>) {
        let (found, expected) = (fields.count, header.columns.count)
        if found < expected {
            refuse(header.name(at: found), "", .missingColumns(found: found, expected: expected))
        } else {
            let value = text.string(of: fields[expected])
            refuse("\(expected + 1)", value, .extraColumns(found: found, expected: expected))
        }
    }

    private mutating func refuse(_ column: String, _ value: String, _ fault: RowFault) {
        refusals.append(
            Refusal(line: row.line, column: column, value: Refusal.excerpt(of: value), fault: fault))
    }

    /// Refuses foreign bytes in columns that are passed over: they tell of a damaged row all the same.
    private mutating func checkIgnoredColumns(_ fields: RecordFields, of text: Span<UInt8>) {
        for position in header.ignored where fields[position].hasHighBytes {
            let field = fields[position]
            guard let fault = foreignByte(in: text, field.range) else { continue }
            refuse(header.name(at: position), text.string(of: field), fault)
        }
    }

    private func foreignByte(in bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        UTF8Automaton.firstInvalid(in: bytes, range).map { .foreignByte(bytes[$0], encoding) }
    }

    /// Compares the document with those of the rows before, refused ones too: where two rows claim a person, a
    /// fault in the first is no reason to believe the second.
    private mutating func checkIsNew(
        _ type: DocumentTypeCodes.Entry, _ fields: RecordFields, of text: Span<UInt8>
    ) {
        let place = row[.documentNumber]
        let first: Int?
        if place.isRewritten {
            let rewritten = row.rewritten
            first = seen.firstLine(
                ofType: type.index, number: rewritten.span, place.range, seenOn: row.line)
        } else {
            first = seen.firstLine(ofType: type.index, number: text, place.range, seenOn: row.line)
        }
        guard let first, let position = header.positions[AffiliateColumn.documentNumber.rawValue] else {
            return
        }
        refuse(
            AffiliateColumn.documentNumber.header, text.string(of: fields[position]),
            .documentSeen(line: first))
    }

    /// Supposes insurer and regime where the row leaves them out and the other, or the organisation, tells.
    private mutating func completeAffiliation(of text: Span<UInt8>) {
        if row.regime == nil {
            let code = row.string(.insurer, of: text).flatMap(InsurerCode.init(rawValue:))
            row.regime = code.map { rules.regimes[$0] } ?? rules.supposedRegime
            if row.regime == nil { refuse(AffiliateColumn.regime.header, "", .empty) }
        }
        if row[.insurer].range.isEmpty, row.regime != .uninsured {
            if let code = rules.supposedInsurer(for: row.regime) {
                row.set(.insurer, to: code.rawValue)
            } else {
                refuse(AffiliateColumn.insurer.header, "", .empty)
            }
        }
    }
}

// MARK: - Values

extension AffiliateRowCheck {
    /// Checks the value of a column and keeps it in ``row``; returns what is wrong with it.
    private mutating func check(
        _ column: AffiliateColumn, _ field: RecordField, of text: Span<UInt8>
    ) -> RowFault? {
        guard field.hasDoubledQuotes else {
            let value = Value(range: field.range, isOfFile: true, hasHighBytes: field.hasHighBytes)
            return check(column, text, value)
        }
        let bytes = text.withoutDoubledQuotes(field.range)
        let value = Value(range: 0..<bytes.count, isOfFile: false, hasHighBytes: field.hasHighBytes)
        return check(column, bytes.span, value)
    }

    private mutating func check(
        _ column: AffiliateColumn, _ bytes: Span<UInt8>, _ raw: Value
    ) -> RowFault? {
        var value = raw
        value.range = bytes.trimmed(raw.range)
        guard !value.range.isEmpty else { return column.isAlwaysRequired ? .empty : nil }
        if value.hasHighBytes, let fault = foreignByte(in: bytes, value.range) { return fault }
        if bytes.beginsLikeFormula(raw: raw.range, value.range, of: column) { return .formula }
        // A character has at least one byte, so that the bytes need counting only where they are too many.
        let longest = column.longestValue
        if value.range.count > longest, bytes.countCharacters(value.range) > longest {
            return .overlong(longest: longest)
        }
        switch column {
        case .documentType: return checkDocumentType(bytes, value.range)
        case .documentNumber: return checkDocumentNumber(bytes, value)
        case .firstSurname, .secondSurname, .firstName, .secondName: return checkName(column, bytes, value)
        case .birthDate: return checkBirthDate(bytes, value.range)
        case .sex: return checkSex(bytes, value.range)
        case .municipality: return checkMunicipality(bytes, value)
        case .regime: return checkRegime(bytes, value.range)
        case .state: return checkState(bytes, value.range)
        case .phone: return checkPhone(bytes, value)
        case .email: return checkEmail(bytes, value)
        case .insurer: return checkInsurer(bytes, value)
        }
    }

    private mutating func keep(_ column: AffiliateColumn, _ bytes: Span<UInt8>, _ value: Value) {
        if value.isOfFile {
            row.set(column, at: value.range)
        } else {
            row.set(column, to: bytes.string(value.range))
        }
    }

    private mutating func checkDocumentType(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        guard let entry = documentTypes.entry(bytes, range) else { return .document(.unknownType) }
        documentType = entry
        row.documentType = entry.type
        return nil
    }

    private mutating func checkDocumentNumber(_ bytes: Span<UInt8>, _ value: Value) -> RowFault? {
        // Without a type nothing can be said of the number: it waits for a better file.
        guard let entry = documentType else { return nil }
        if bytes.isPlainNumber(value.range, of: entry.shape) {
            keep(.documentNumber, bytes, value)
        } else {
            do {
                let document = try IdentityDocument(type: entry.type, number: bytes.string(value.range))
                row.set(.documentNumber, to: document.number)
            } catch {
                return .document(error)
            }
        }
        hasDocumentNumber = true
        return nil
    }

    private mutating func checkName(
        _ column: AffiliateColumn, _ bytes: Span<UInt8>, _ value: Value
    ) -> RowFault? {
        switch nameBytes.scan(bytes, value.range) {
        case .plain:
            keep(column, bytes, value)
        case .withoutLetters:
            return .noName
        case .unusual:
            let name = bytes.string(value.range).precomposedWords
            guard !name.unicodeScalars.contains(where: \.isControl) else { return .controlCharacter }
            // What stood before it may have been marks that nobody sees.
            guard !name.beginsLikeFormula else { return .formula }
            guard name.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return .noName }
            row.set(column, to: name)
        }
        return nil
    }

    private mutating func checkBirthDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        guard let date = bytes.date(range) else {
            let looksLikeDate = range.allSatisfy { bytes[$0].isDigit || bytes[$0].isDateSign }
            return looksLikeDate ? .impossibleDate : .noDate
        }
        guard date <= rules.today else { return .futureDate }
        guard date >= rules.earliestBirth else { return .birthTooLongAgo }
        row.birthDate = date
        return nil
    }

    private mutating func checkSex(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        guard let sex = Sex(bytes, range) else { return .unknownSex }
        row.sex = sex
        return nil
    }

    private mutating func checkMunicipality(_ bytes: Span<UInt8>, _ value: Value) -> RowFault? {
        if value.range.count == 5, let number = bytes.number(value.range),
            rules.municipalities.contains(number)
        {
            keep(.municipality, bytes, value)
            return nil
        }
        do {
            let municipality = try rules.municipalities.divipola.municipality(code: bytes.string(value.range))
            row.set(.municipality, to: municipality.code.rawValue)
            return nil
        } catch {
            return .municipality(error)
        }
    }

    private mutating func checkRegime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        guard let regime = Regime(bytes, range) else { return .unknownRegime }
        row.regime = regime
        return nil
    }

    private mutating func checkState(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RowFault? {
        guard let state = AffiliationState(bytes, range) else { return .unknownState }
        row.state = state
        return nil
    }

    private mutating func checkPhone(_ bytes: Span<UInt8>, _ value: Value) -> RowFault? {
        guard bytes.isPhone(value.range) else {
            return bytes[value.range.lowerBound] == .plus ? .formula : .noPhone
        }
        keep(.phone, bytes, value)
        return nil
    }

    private mutating func checkEmail(_ bytes: Span<UInt8>, _ value: Value) -> RowFault? {
        guard bytes.isEmail(value.range) else { return .noEmail }
        keep(.email, bytes, value)
        return nil
    }

    private mutating func checkInsurer(_ bytes: Span<UInt8>, _ value: Value) -> RowFault? {
        if bytes.isInsurerCode(value.range) {
            keep(.insurer, bytes, value)
            return nil
        }
        guard let code = InsurerCode(variant: bytes.string(value.range)) else { return .noInsurerCode }
        row.set(.insurer, to: code.rawValue)
        return nil
    }
}

public import Kernel

/// A file of the documents of the entity's own employees, one a line: `CC;12345678` or `CC 12345678`.
public struct StaffListFile: Sendable {
    /// The most problems that are told at once.
    static let mostProblems = 20

    /// The documents.
    public let documents: Set<IdentityDocument>

    /// Reads a file. A first line that names columns is passed over, and so is what stands behind the number.
    ///
    /// - Parameters:
    ///   - bytes: The content, in UTF-8.
    ///   - field: The question of the form that problems are told at.
    /// - Throws: `InvalidInput` with the lines that hold no document; all lines count, or none.
    public init(_ bytes: [UInt8], field: String = "file") throws(InvalidInput) {
        let text = String(decoding: bytes, as: UTF8.self).replacing("\u{FEFF}", with: "")
        var documents: Set<IdentityDocument> = []
        var problems: [InvalidInput.Problem] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let cells = line.split(omittingEmptySubsequences: false) { ";,|\t".contains($0) }
                .map { String($0).trimmingQuotes }
            guard let first = cells.first(where: { !$0.isEmpty }) else { continue }
            if index == 0, first.folded.contains("documento") { continue }
            do {
                documents.insert(
                    try IdentityDocument(parsing: cells.count > 1 ? "\(cells[0]) \(cells[1])" : first))
            } catch {
                problems.append(
                    .init(
                        field: field,
                        message: "Línea \(index + 1), «\(line.prefix(40))»: \(error.message)"))
            }
        }
        if documents.isEmpty, problems.isEmpty {
            problems.append(.init(field: field, message: MemberError.nobody.message))
        }
        guard problems.isEmpty else { throw InvalidInput(Array(problems.prefix(Self.mostProblems))) }
        self.documents = documents
    }
}

extension String {
    /// The text without white space and quotes around it.
    fileprivate var trimmingQuotes: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace || first == "\"" { text.removeFirst() }
        while let last = text.last, last.isWhitespace || last == "\"" { text.removeLast() }
        return String(text)
    }
}

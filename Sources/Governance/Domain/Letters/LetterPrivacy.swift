import Kernel

/// What a letter tells of somebody's health or identity.
///
/// Letters are not complaints: an alliance may ask for a medicine that many lack, and who signs a petition gives the
/// number of their document. A statement goes to everybody, so nobody is identified in it; the rest is shown to whoever
/// numbers the letter, which is the last moment at which it can be changed.
extension LetterContent {
    /// Refuses a public statement that identifies somebody by document or diagnosis.
    ///
    /// - Throws: `InvalidInput`.
    func check(with filter: ClinicalFilter) throws(InvalidInput) {
        guard kind == .statement else { return }
        try filter.check(
            [("subject", subject), ("body", body), ("addressees", addressees.joined(separator: "\n"))],
            for: [.identity, .code])
    }

    /// What is to be read once more before the letter gets its number.
    func cautions(of filter: ClinicalFilter) -> [ClinicalFilter.Finding] {
        filter.findings(in: "\(subject)\n\(body)").filter { ![.document, .contact].contains($0.reason) }
    }
}

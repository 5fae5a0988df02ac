extension HTML {
    /// Writes a command for the terminal. It breaks between its words: broken at a hyphen, it would be read aloud wrongly, and
    /// copied by hand.
    mutating func command(_ text: String) {
        pre(.class("command")) { line in
            for (index, word) in text.split(separator: " ").enumerated() {
                if index > 0 { line.text(" ") }
                line.span(String(word))
            }
        }
    }
}

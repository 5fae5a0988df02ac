extension String {
    /// The text without what would steer a terminal or turn the direction of its letters: names come from archives, and one
    /// that nobody verified could otherwise write over what is said of it.
    var harmless: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}

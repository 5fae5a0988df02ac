extension LogWords {
    /// What each action of Reporting says: with its details, and without.
    static let reporting: [String: (long: String, short: String)] = [
        "reporting.terms.withdrawn": ("Retiró plazos: {reason}", "Retiró los plazos de una obligación"),
        "reporting.terms.confirmed": ("Confirmó plazos: {norm}", "Confirmó plazos de una obligación"),
    ]
}

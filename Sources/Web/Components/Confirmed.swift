extension String {
    /// A norm or rule with the sign of ``HTML/confirmationLegend(if:)`` where nobody has checked its text.
    func marked(isConfirmed: Bool) -> String { isConfirmed ? self : "\(self) *" }
}

extension HTML {
    /// Writes, once a page, what the sign beside a norm means.
    mutating func confirmationLegend(if isNeeded: Bool) {
        guard isNeeded else { return }
        p(
            "* Sin confirmar: nadie ha cotejado todavía esta cita con el texto de la norma.",
            .class("form-text"))
    }
}

// How the numbers of a count read in Colombian Spanish. Results, residues and thresholds are exact and may
// need 128 bits.

extension FixedWidthInteger {
    /// The number with points between thousands: «1.234».
    var spanish: String {
        let digits = digits
        guard digits.utf8.count > 3 else { return digits }
        var grouped = ""
        for (position, digit) in digits.utf8.enumerated() {
            if position > 0, (digits.utf8.count - position).isMultiple(of: 3) { grouped.append(".") }
            grouped.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return grouped
    }
}

extension Fraction {
    /// The exact value: whole («40»), with up to four decimals («37,5»), or as a mixed number («33 y 1/3»).
    var spanish: String {
        if denominator == 1 { return numerator.spanish }
        let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        let scale: UInt128 = 10_000
        guard scale.isMultiple(of: denominator) else {
            let part = "\(rest.spanish)/\(denominator.spanish)"
            return whole == 0 ? part : "\(whole.spanish) y \(part)"
        }
        var decimals = String(rest * (scale / denominator) + scale).dropFirst()
        while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
        return "\(whole.spanish),\(decimals)"
    }
}

/// A count and its noun: «1 voto», «2 votos».
func counted(_ count: Int, _ singular: String, _ plural: String) -> String {
    "\(count.spanish) \(count == 1 ? singular : plural)"
}

/// A count of seats: «1 puesto», «2 puestos».
func seatsText(_ count: Int) -> String { counted(count, "puesto", "puestos") }

/// A count of votes: «1 voto», «2 votos».
func votesText(_ count: Int) -> String { counted(count, "voto", "votos") }

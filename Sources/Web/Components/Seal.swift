import Kernel

extension HTML {
    /// Writes a seal: the short code that is read aloud and, folded away, the whole of it as it stands in the record.
    mutating func seal(_ digits: String) {
        p(.class("seal")) { $0.code(Hex.spoken(digits)) }
        details(.class("technical")) { details in
            details.summary("Sello completo, como va en el acta")
            details.p(.class("seal")) { $0.code(digits, .class("digest")) }
        }
    }
}

/// A state as people see it: a word, an icon and a colour, and never the colour alone.
struct Status: Sendable, Hashable {
    /// How a state looks.
    enum Tone: String, Sendable, Hashable {
        case met, partial, due, overdue, unproven, exempt
        /// Something that is going on.
        case open
        /// A state that is neither good nor bad.
        case plain
        /// Closed for good, with a seal.
        case sealed
    }

    /// The word, such as «cumple».
    let word: String
    let tone: Tone

    init(_ word: String, _ tone: Tone) {
        self.word = word
        self.tone = tone
    }

    // The states of anything that is due, everywhere.

    static let met = Self("Cumple", .met)
    static let partial = Self("Parcial", .partial)
    static let due = Self("Por vencer", .due)
    static let overdue = Self("Vencido", .overdue)
    static let unproven = Self("Sin probar", .unproven)
    static let exempt = Self("No aplica", .exempt)

    fileprivate var icon: Icon {
        switch tone {
        case .met: .check
        case .partial: .half
        case .due: .waiting
        case .overdue: .warning
        case .unproven: .query
        case .exempt: .minus
        case .open: .calendar
        case .plain: .info
        case .sealed: .seal
        }
    }
}

extension HTML {
    /// Writes a state as a chip.
    mutating func status(_ status: Status) {
        span(.class("status status-\(status.tone.rawValue)")) { chip in
            chip.icon(status.icon)
            chip.text(status.word)
        }
    }

    /// Writes a state as its icon; the word is there for those who hear the page, and on phones.
    mutating func mark(_ status: Status) {
        span(.class("mark status-\(status.tone.rawValue)"), .title(status.word)) { mark in
            mark.icon(status.icon)
            mark.span(status.word, .class("mark-word"))
        }
    }

    /// Writes what the icons of a table mean.
    mutating func legend(of states: [Status]) {
        p(.class("legend")) { legend in
            for status in states { legend.status(status) }
        }
    }
}

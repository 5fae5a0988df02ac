import Foundation
public import Kernel

/// The pieces that carry a call to people. Each says what, day with weekday, hour, place or link, and agenda; where
/// room is short the agenda is cut, and the piece says by how much.
extension MeetingInvitation {
    // MARK: WhatsApp

    /// The most characters of a message for WhatsApp.
    public static let longestMessage = 699

    /// The message for WhatsApp.
    public var whatsApp: String {
        for shown in stride(from: agenda.count, through: 0, by: -1) {
            let text = message(points: shown, words: .max)
            if text.count <= Self.longestMessage { return text }
        }
        // Names that long are cut until it fits; the shortest has room for all of them.
        for words in stride(from: 120, through: 40, by: -20) {
            let text = message(points: 0, words: words)
            if text.count <= Self.longestMessage { return text }
        }
        return String(message(points: 0, words: 40).prefix(Self.longestMessage))
    }

    private func message(points: Int, words: Int) -> String {
        var lines = [
            "*\(alliance.shortened(to: words))*", "\(heading): *\(title.shortened(to: words))*",
        ]
        if let instead { lines.append("Ya no es el \(instead.words)") }
        lines += [
            "", "📅 \(dayWords.capitalizedFirst)",
        ]
        if let hours { lines.append("🕘 \(hours)") }
        if let place { lines.append("📍 \(place.shortened(to: words))") }
        if let link {
            lines.append(
                link.count <= 200 || words == .max ? "💻 \(link)" : "💻 Pida el enlace a quien convoca")
        }
        lines += ["", "Orden del día:"]
        lines +=
            points == 0
            ? [SpanishFormat.count(agenda.count, "punto", "puntos") + "; pídalo completo."]
            : agenda.prefix(points).enumerated().map { "\($0 + 1). \($1)" }
        if points > 0, points < agenda.count {
            lines.append("y \(SpanishFormat.count(agenda.count - points, "punto más", "puntos más")).")
        }
        lines += ["", "Preguntas u objeciones: \(contact.shortened(to: words))"]
        return lines.joined(separator: "\n")
    }

    // MARK: SMS

    /// The text message. It is written without the accents that would double its price, where that is enough.
    public var sms: TextMessage {
        let limit = 306
        var best: TextMessage?
        for shown in stride(from: min(agenda.count, 4), through: 0, by: -1) {
            let message = TextMessage(spelling: short(points: shown))
            best = message
            if message.units <= limit { break }
        }
        return best ?? TextMessage(spelling: short(points: 0))
    }

    private func short(points: Int) -> String {
        let first = days.lowerBound
        let day =
            days.lowerBound == days.upperBound
            ? "\(first.weekday.name) \(SpanishFormat.shortDate(first))"
            : "de \(first.weekday.name) \(SpanishFormat.shortDate(first)) a \(days.upperBound.weekday.name) \(SpanishFormat.shortDate(days.upperBound))"
        let hour = startsAt.map { ", \(SpanishFormat.time($0).replacing("\u{A0}", with: " "))" } ?? ""
        let site = (place ?? link).map { ", \($0.shortened(to: 90))" } ?? ""
        let rest = agenda.count - points
        let points = agenda.prefix(points).map { $0.shortened(to: 40) }.joined(separator: "; ")
        let agenda =
            points.isEmpty
            ? "Orden del dia: \(SpanishFormat.count(rest, "punto", "puntos"))"
            : "Orden del dia: \(points)\(rest > 0 ? " y \(SpanishFormat.count(rest, "punto", "puntos")) mas" : "")"
        return
            "\(alliance.shortened(to: 50)): \(instead == nil ? "" : "\(heading.uppercased()). ")\(title.shortened(to: 60)), \(day)\(hour)\(site). \(agenda). Informes: \(contact.shortened(to: 50))"
    }

    // MARK: Loudspeaker

    /// What is read over a loudspeaker, numbers as words, in about half a minute.
    public var loudspeaker: String {
        for shown in stride(from: min(agenda.count, 4), through: 0, by: -1) {
            let text = spoken(points: shown, words: 12)
            if text.wordCount <= 78 { return text }
        }
        for words in [9, 6] {
            let text = spoken(points: 0, words: words)
            if text.wordCount <= 78 { return text }
        }
        return spoken(points: 0, words: 4)
    }

    /// How many seconds it takes to read a text aloud, at 150 words a minute.
    public static func seconds(toRead text: String) -> Int { (text.wordCount * 60 + 149) / 150 }

    private func spoken(points: Int, words: Int) -> String {
        let site: String =
            switch (place, link) {
            case (let place?, _): "en \(place.firstWords(words))"
            case (nil, .some): "por internet; pida el enlace a quien convoca"
            case (nil, nil): "en el lugar que le informa quien convoca"
            }
        let hour = startsAt.map { ", \($0.spoken)" } ?? ""
        let rest = agenda.count - points
        var topics = agenda.prefix(points).map { $0.firstWords(8) }
        if rest > 0 {
            topics.append(
                "\(SpanishFormat.words(rest) ?? "") \(rest == 1 ? "punto" : "puntos")\(points > 0 ? " más" : "")"
            )
        }
        let text = """
            Atención\(instead == nil ? "" : ", \(heading.lowercased())"). \(alliance.firstWords(words)) convoca a \(called.firstWords(words)) a: \(title.firstWords(words)). \
            Será \(spokenDays)\(hour), \(site). Orden del día: \(SpanishFormat.list(topics)). \
            Para preguntas u objeciones: \(contact.firstWords(words)). ¡Le esperamos!
            """
        return text.withNumbersSpoken
    }

    private var spokenDays: String {
        func words(_ day: CalendarDate) -> String {
            let (year, month, number) = day.components
            let figure = number == 1 ? "primero" : SpanishFormat.words(number) ?? ""
            return
                "\(day.weekday.name) \(figure) de \(SpanishFormat.monthName(month) ?? "") de \(SpanishFormat.words(year) ?? "")"
        }
        return days.lowerBound == days.upperBound
            ? "el \(words(days.lowerBound))"
            : "del \(words(days.lowerBound)) al \(words(days.upperBound))"
    }

    // MARK: Mail

    /// The subject of the mail.
    public var subject: String { "\(heading): \(title), \(dayWords)" }
}

extension TimeOfDay {
    /// The hour as it is said: «a las nueve y media de la mañana», «a la una de la tarde».
    var spoken: String {
        if self == TimeOfDay(hour: 12, minute: 0) { return "a las doce del mediodía" }
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        let hours = SpanishFormat.words(twelve, .feminine) ?? ""
        let minutes =
            switch minute {
            case 0: ""
            case 15: " y cuarto"
            case 30: " y media"
            default: " y \(SpanishFormat.words(minute) ?? "")"
            }
        let half =
            switch hour {
            case ..<12: "de la mañana"
            case ..<19: "de la tarde"
            default: "de la noche"
            }
        return "\(twelve == 1 ? "a la" : "a las") \(hours)\(minutes) \(half)"
    }
}

extension String {
    /// The text, or as much of it as there is room for, with the mark of what was cut.
    func shortened(to limit: Int) -> String {
        guard count > limit else { return self }
        let cut = prefix(max(1, limit - 1))
        let end = cut.lastIndex(of: " ").flatMap {
            cut.distance(from: cut.startIndex, to: $0) > limit / 2 ? $0 : nil
        }
        return cut[..<(end ?? cut.endIndex)] + "…"
    }

    /// Its first words.
    fileprivate func firstWords(_ limit: Int) -> String {
        split(whereSeparator: \.isWhitespace).prefix(limit).joined(separator: " ")
    }

    /// How many words it has.
    fileprivate var wordCount: Int { split(whereSeparator: \.isWhitespace).count }

    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// The text with figures as words: those of at most four digits as a number, longer ones by their digits, as
    /// telephone numbers are read.
    var withNumbersSpoken: String {
        // A telephone number is one however it is parted: «300 123 4567».
        let text = replacing(/[0-9][0-9 ]{5,}[0-9]/) { $0.output.filter { $0 != " " } }
        var result = ""
        var digits = ""
        func flushed() -> String {
            defer { digits = "" }
            guard !digits.isEmpty else { return "" }
            if digits.count <= 4, !digits.hasPrefix("0"), let number = Int(digits) {
                return SpanishFormat.words(number) ?? digits
            }
            return digits.compactMap(\.wholeNumberValue).compactMap { SpanishFormat.words($0) }.joined(
                separator: " ")
        }
        for character in text {
            if character.isWholeNumber {
                digits.append(character)
                continue
            }
            let hadDigits = !digits.isEmpty
            result += flushed()
            switch character {
            case "#": result += "número "
            case "-" where hadDigits, "/" where hadDigits: result += " "
            case _ where hadDigits && character.isLetter: result += " \(character)"
            default: result.append(character)
            }
        }
        return (result + flushed()).replacing("  ", with: " ")
    }
}

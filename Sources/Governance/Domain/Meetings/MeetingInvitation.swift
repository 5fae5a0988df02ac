public import Kernel

/// What everybody who is called to a meeting has to be told. MeetingNotice, poster and messages are made from it.
public struct MeetingInvitation: Sendable, Hashable {
    /// A time at which people were told that the meeting would be.
    public struct ToldTime: Sendable, Hashable {
        /// The day, or the first of several.
        public let day: CalendarDate
        /// When it would have begun.
        public let startsAt: TimeOfDay?

        /// Describes a time.
        public init(day: CalendarDate, startsAt: TimeOfDay?) {
            self.day = day
            self.startsAt = startsAt
        }

        /// The time in words: «viernes 17 de julio de 2026, 2:00 p. m.»
        public var words: String {
            SpanishFormat.longDate(day) + (startsAt.map { ", \(SpanishFormat.time($0))" } ?? "")
        }
    }

    /// The alliance.
    public let alliance: String
    /// Who is called: «los asociados de la alianza», «el Comité organizador».
    public let called: String
    /// What is called.
    public let title: String
    /// The days that it takes.
    public let days: ClosedRange<CalendarDate>
    /// When it begins each day.
    public let startsAt: TimeOfDay?
    /// When it ends.
    public let endsAt: TimeOfDay?
    /// How people take part.
    public let mode: Meeting.Mode
    /// The room.
    public let place: String?
    /// Where those who take part from afar enter.
    public private(set) var link: String?
    /// The points, in order.
    public let agenda: [String]
    /// Who calls, by office.
    public let caller: String
    /// How to ask or object.
    public let contact: String
    /// When people who were called before believe that it is; `nil` where nobody does, or it still is.
    public let instead: ToldTime?

    /// Tells what a meeting is.
    ///
    /// - Parameters:
    ///   - meeting: The meeting.
    ///   - agenda: Its points.
    ///   - alliance: The name of the alliance.
    ///   - body: The name of the body that meets; `nil` where the members do, or whoever is called.
    ///   - caller: Who calls, by office.
    ///   - contact: How to ask or object.
    ///   - instead: When people were told before that it would be.
    public init(
        to meeting: Meeting, agenda: [AgendaItem], of alliance: String, body: String?, caller: String = "",
        contact: String = "", instead: ToldTime? = nil
    ) {
        self.alliance = alliance
        called = Self.called(to: meeting, body: body)
        title = meeting.title
        days = meeting.days
        startsAt = meeting.startsAt
        endsAt = meeting.endsAt
        mode = meeting.mode
        place = meeting.place
        link = meeting.link
        self.agenda = agenda.map(\.title)
        self.caller = caller
        self.contact = contact
        self.instead = instead
    }

    /// What the piece begins with: that it calls, or that what it called before is at another time.
    public var heading: String {
        guard let instead else { return "Convocatoria" }
        return instead.day == days.lowerBound ? "Cambio de hora" : "Cambio de fecha"
    }

    /// That it is at another time than it was, in a sentence; `nil` where it is not.
    public var changeWords: String? {
        instead.map { SpanishFormat.sentence("\(heading): ya no es el \($0.words)") }
    }

    private static func called(to meeting: Meeting, body: String?) -> String {
        if let body {
            // Whoever takes part beside the body is called, too.
            let others = meeting.participants.filter {
                !body.folded.contains($0.folded) && !$0.folded.contains(body.folded)
            }
            return SpanishFormat.list(["quienes integran «\(body)»"] + others)
        }
        if meeting.kind == .assembly { return "los asociados de la alianza" }
        let named = meeting.participants
        return named.isEmpty ? "los asociados y usuarios" : SpanishFormat.list(named)
    }

    /// The invitation for who was not called.
    func withoutLink() -> Self {
        var changed = self
        changed.link = nil
        return changed
    }

    /// The day with its weekday, or all days from the first to the last: «viernes 13 de marzo de 2026», «del martes 9
    /// al jueves 11 de febrero de 2027».
    public var dayWords: String {
        guard days.lowerBound != days.upperBound else { return SpanishFormat.longDate(days.lowerBound) }
        let (first, last) = (days.lowerBound, days.upperBound)
        let (firstYear, firstMonth, firstDay) = first.components
        let start =
            firstYear != last.components.year
            ? SpanishFormat.longDate(first)
            : firstMonth != last.components.month
                ? "\(first.weekday.name) \(SpanishFormat.dayAndMonth(first))"
                : "\(first.weekday.name) \(firstDay)"
        return "del \(start) al \(SpanishFormat.longDate(last))"
    }

    /// The hours: «9:00 a. m. a 12:00 m.»; `nil` where they are not set.
    public var hours: String? {
        guard let startsAt else { return nil }
        return SpanishFormat.time(startsAt) + (endsAt.map { " a \(SpanishFormat.time($0))" } ?? "")
    }

    /// What stands before the link in a notice.
    static let linkLabel = "Enlace: "

    /// Room and link, as many as there are.
    public var whereabouts: String {
        [place, link].compactMap(\.self).joined(separator: "; ")
    }

    /// What the meeting is, in the lines with which a notice begins. Two that say the same are the same call.
    public var core: String {
        var lines = [alliance, "Se convoca a \(called)", "A: \(title)"]
        if let changeWords { lines.append(changeWords) }
        lines += [
            days.lowerBound == days.upperBound ? "Día: \(dayWords)" : "Días: \(dayWords)",
            "Hora: \(hours ?? "sin definir")",
        ]
        if let place { lines.append("Lugar: \(place)") }
        if let link { lines.append("\(Self.linkLabel)\(link)") }
        lines.append("Orden del día:")
        lines += agenda.enumerated().map { "\($0 + 1). \($1)" }
        return lines.joined(separator: "\n")
    }
}

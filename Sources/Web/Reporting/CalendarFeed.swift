import Crypto
import Foundation
import Kernel
import Reporting
import Tenancy

/// The address under which a user's calendar is followed: it proves who is meant without a session, and names nothing
/// that the user could not see signed in. Whoever has it reads the calendar, until the user asks for another.
struct FeedToken: PathValue {
    let organization: ID<Organization>
    let user: ID<User>
    private let number: Int
    private let code: [UInt8]

    /// The token of a user's feed of a number.
    init(organization: ID<Organization>, user: ID<User>, number: Int, key: SymmetricKey) {
        self.organization = organization
        self.user = user
        self.number = number
        code = [UInt8](
            HMAC<SHA256>.authenticationCode(for: Self.message(organization, user, number), using: key)
        )
    }

    init?(pathText: String) {
        let parts = pathText.split(separator: ".")
        guard parts.count == 4, let organization = ID<Organization>(String(parts[0])),
            let user = ID<User>(String(parts[1])), let number = Int(parts[2]),
            let code = [UInt8](base64URL: parts[3])
        else { return nil }
        self.organization = organization
        self.user = user
        self.number = number
        self.code = code
    }

    var pathText: String { "\(organization).\(user).\(number).\(code.base64URL)" }

    /// Whether the token was made here for the feed of a number; the time it takes does not tell how nearly.
    func proves(_ number: Int, key: SymmetricKey) -> Bool {
        number == self.number
            && HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Self.message(organization, user, number), using: key)
    }

    private static func message(
        _ organization: ID<Organization>, _ user: ID<User>, _ number: Int
    ) -> [UInt8] {
        Array("calendar:\(organization):\(user):\(number)".utf8)
    }
}

/// Entries of calendars in the form that telephones and calendars read (iCalendar, RFC 5545).
struct CalendarFeed {
    /// What stands in the calendar.
    struct Event {
        /// Tells it from others for ever; what is moved keeps it.
        let id: String
        let day: CalendarDate
        /// When it begins and ends; `nil` for what takes a day.
        let hours: (from: TimeOfDay, until: TimeOfDay?)?
        let title: String
        /// Where it is held.
        let place: String?
        let detail: String?
        /// The page of it, whole.
        let address: String?
        /// How often it was changed: telephones take the highest.
        let changes: Int
        let isCalledOff: Bool
    }

    let name: String
    let events: [Event]
    /// What identifiers end with.
    let host: String
    let now: Date

    /// The file, lines ended by CR and LF and folded at 75 octets.
    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Alianzas//Calendario//ES", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))", "X-WR-TIMEZONE:America/Bogota",
            // Colombia has had one time without changes since 1993.
            "BEGIN:VTIMEZONE", "TZID:America/Bogota", "BEGIN:STANDARD", "DTSTART:19930404T000000",
            "TZOFFSETFROM:-0500", "TZOFFSETTO:-0500", "TZNAME:-05", "END:STANDARD", "END:VTIMEZONE",
        ]
        for event in events { lines += self.lines(of: event) }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    private func lines(of event: Event) -> [String] {
        var lines = [
            "BEGIN:VEVENT", "UID:\(event.id)@\(host)", "DTSTAMP:\(Self.instant(now))",
            "SEQUENCE:\(event.changes)", "SUMMARY:\(Self.escaped(event.title))",
        ]
        if event.isCalledOff { lines.append("STATUS:CANCELLED") }
        if let hours = event.hours {
            lines.append("DTSTART;TZID=America/Bogota:\(Self.day(event.day))T\(Self.time(hours.from))")
            if let end = hours.until {
                lines.append("DTEND;TZID=America/Bogota:\(Self.day(event.day))T\(Self.time(end))")
            }
        } else {
            lines.append("DTSTART;VALUE=DATE:\(Self.day(event.day))")
            lines.append("DTEND;VALUE=DATE:\(Self.day(event.day + 1))")
        }
        if let place = event.place { lines.append("LOCATION:\(Self.escaped(place))") }
        if let detail = event.detail { lines.append("DESCRIPTION:\(Self.escaped(detail))") }
        if let address = event.address { lines.append("URL:\(address)") }
        // What is due is no time that somebody is busy, nor is what was called off.
        if event.hours == nil || event.isCalledOff { lines.append("TRANSP:TRANSPARENT") }
        return lines + ["END:VEVENT"]
    }

    private static func day(_ day: CalendarDate) -> String { day.description.replacing("-", with: "") }

    private static func time(_ time: TimeOfDay) -> String {
        let minutes = time.minutesSinceMidnight
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60))\(two(minutes % 60))00"
    }

    private static func instant(_ moment: Date) -> String {
        moment.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    }

    /// Text without what ends a line or a value (RFC 5545, §3.3.11).
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing(/\r?\n/, with: "\\n")
    }

    /// A line in pieces of at most 75 octets, never cut within a character (RFC 5545, §3.1).
    static func folded(_ line: String) -> String {
        var folded = ""
        var octets = 0
        for character in line {
            let size = character.utf8.count
            // The space that a piece begins with is one of its octets.
            if octets + size > 75 {
                folded += "\r\n "
                octets = 1
            }
            folded.append(character)
            octets += size
        }
        return folded
    }
}

extension CalendarFeed.Event {
    /// What a calendar of telephones holds of an entry.
    init(_ entry: AgendaEntry, detail: String?, address: String?) {
        self.init(
            id: entry.feedID, day: entry.day, hours: entry.time.map { ($0, entry.endsAt) },
            title: entry.title, place: nil, detail: detail, address: address, changes: entry.changes,
            isCalledOff: entry.isCalledOff)
    }
}

extension AgendaEntry {
    /// What tells the entry from others for ever. What is moved stays the same; an obligation whose day passed on to its
    /// next one is another.
    fileprivate var feedID: String {
        switch kind {
        case .meeting(let id, _): "reunion-\(id)"
        case .jointEvent(let id, _, let meeting, _): "evento-\(id)-\(meeting)"
        case .milestone(let id, let milestone, let edge):
            "eleccion-\(id)-\(milestone.rawValue)-\(edge.rawValue)"
        case .commitment(let id): "compromiso-\(id)"
        case .duty(let id, let from): "tarea-\(id)-\(from)"
        case .training(let id): "capacitacion-\(id)"
        case .campaign(let id): "campana-\(id)"
        case .oversightVisit(let id, _): "visita-\(id)"
        case .oversightEnd(let id): "veeduria-\(id)"
        case .poll(let id, let edge): "sondeo-\(id)-\(edge.rawValue)"
        case .letter(let id, let addressee): "carta-\(id)-\(addressee ?? 0)"
        case .mandateEnd(let id, _): "periodo-\(id)"
        case .lifeEnd: "vida-\(alliance)-\(day)"
        case .obligation(let code, _): "obligacion-\(alliance)-\(code.rawValue)-\(day)"
        }
    }
}

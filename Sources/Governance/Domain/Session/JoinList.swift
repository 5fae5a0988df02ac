import Foundation
public import Kernel

/// The attendance list of a remote session, as Teams and Meet let it be downloaded: names with when each came in and
/// went out, separated by commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252.
public struct JoinList: Sendable, Hashable {
    /// Somebody of the list, once however often they came in.
    public struct Entry: Sendable, Hashable {
        /// The name as the list has it.
        public let name: String
        /// When they first came in, `nil` where the list does not tell.
        public let joinedAt: TimeOfDay?
        /// When they last went out.
        public let leftAt: TimeOfDay?
    }

    /// The people of the list, in its order.
    public let entries: [Entry]

    /// Reads a list.
    ///
    /// - Throws: ``AttendanceError/unreadableList`` where no line names its columns.
    public init(reading bytes: [UInt8]) throws(AttendanceError) {
        let text = String(ofOffice: bytes)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        guard let (start, separator, columns) = Self.header(in: lines) else { throw .unreadableList }
        var found: [Entry] = []
        var places: [String: Int] = [:]
        for line in lines[(start + 1)...] {
            let cells = Self.cells(of: line, separator)
            // An empty line, or the heading of the next part of the file, ends the list.
            guard cells.count > 1 else {
                if found.isEmpty { continue } else { break }
            }
            guard let entry = columns.entry(of: cells) else { continue }
            let key = entry.name.folded
            if let place = places[key] {
                found[place] = found[place].joined(with: entry)
            } else {
                places[key] = found.count
                found.append(entry)
            }
        }
        guard !found.isEmpty else { throw .unreadableList }
        entries = found
    }

    // MARK: Cells

    /// The cells of a line; quotes may stand around a cell, and two of them for one.
    private static func cells(of line: String, _ separator: Character) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var characters = line.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if character == "\"" {
                if isQuoted, next == "\"" {
                    cell.append("\"")
                    next = characters.next()
                } else {
                    isQuoted.toggle()
                }
            } else if character == separator, !isQuoted {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        cells.append(cell)
        return cells.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    // MARK: Columns

    /// Which cells tell what.
    private struct Columns {
        let name: Int
        let surname: Int?
        let joined: Int?
        let left: Int?
        /// Where each coming and going has a line of its own: what it is, and when.
        let action: (what: Int, when: Int)?

        init?(_ titles: [String]) {
            func place(_ names: String...) -> Int? {
                titles.firstIndex { title in names.contains { title == $0 } }
            }
            guard
                let name = place(
                    "name", "full name", "nombre", "nombre completo", "first name", "participante",
                    "participant",
                    "nombres", "nombre de usuario", "display name", "nombre y apellidos")
            else { return nil }
            self.name = name
            surname = place("last name", "apellido", "apellidos")
            joined = place(
                "first join", "join time", "time joined", "joined", "primera union", "hora de union",
                "hora de entrada", "hora a la que se unio", "hora de ingreso", "ingreso", "entrada",
                "primera conexion", "primera incorporacion")
            left = place(
                "last leave", "leave time", "time exited", "left", "ultima salida", "hora de salida",
                "hora a la que salio", "salida", "hora de finalizacion", "ultima desconexion")
            let what = place("user action", "accion del usuario", "accion de usuario", "accion")
            let when = place("timestamp", "marca de tiempo", "fecha y hora", "hora")
            action = what.flatMap { what in when.map { (what, $0) } }
            guard joined != nil || action != nil || titles.count > 1 else { return nil }
        }

        func entry(of cells: [String]) -> Entry? {
            func cell(_ place: Int?) -> String? {
                place.flatMap { cells.indices.contains($0) ? cells[$0].trimmedOrNil : nil }
            }
            guard let first = cell(name) else { return nil }
            let name = [first, cell(surname)].compactMap(\.self).joined(separator: " ")
            guard let action else {
                return Entry(
                    name: name, joinedAt: cell(joined).flatMap(JoinList.time),
                    leftAt: cell(left).flatMap(JoinList.time))
            }
            let time = cell(action.when).flatMap(JoinList.time)
            let what = (cell(action.what) ?? "").folded
            let hasLeft = ["left", "salio", "abandono"].contains { what.hasPrefix($0) }
            return Entry(name: name, joinedAt: hasLeft ? nil : time, leftAt: hasLeft ? time : nil)
        }
    }

    private static func header(in lines: [String]) -> (line: Int, separator: Character, columns: Columns)? {
        for (number, line) in lines.enumerated().prefix(60) {
            for separator in ["\t", ";", ","] as [Character] {
                let titles = cells(of: line, separator).map(\.folded)
                if titles.count > 1, let columns = Columns(titles) { return (number, separator, columns) }
            }
        }
        return nil
    }

    /// The time of day within a text such as «11/21/2026, 9:02:11 AM»: its day is the meeting's, since the order of day
    /// and month is anybody's guess.
    static func time(_ text: String) -> TimeOfDay? {
        let folded = text.lowercased().replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
        guard
            let match = folded.firstMatch(
                of: /([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?:\.[0-9]+)?\s*([ap])?\.?\s*(?:m\b)?/),
            var hour = Int(match.output.1), let minute = Int(match.output.2)
        else { return nil }
        if let half = match.output.3 {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "p" ? 12 : 0)
        }
        return TimeOfDay(hour: hour, minute: minute)
    }
}

extension JoinList.Entry {
    /// From the first time that they came in to the last that they went out.
    fileprivate func joined(with other: Self) -> Self {
        Self(
            name: name, joinedAt: [joinedAt, other.joinedAt].compactMap(\.self).min(),
            leftAt: [leftAt, other.leftAt].compactMap(\.self).max())
    }

    /// Those of the entitled whom the name may mean, the likeliest first: all words alike before those of whom some
    /// words are.
    public func candidates(among people: [EntitledPerson]) -> [EntitledPerson] {
        let words = Set(name.folded.split(separator: " "))
        guard !words.isEmpty else { return [] }
        let scored: [(person: EntitledPerson, shared: Int, rest: Int)] = people.compactMap { person in
            let known = Set(person.name.folded.split(separator: " "))
            let shared = words.intersection(known).count
            guard shared >= min(2, words.count),
                words.isSubset(of: known) || known.isSubset(of: words) || shared >= 2
            else { return nil }
            return (person, shared, known.count + words.count - 2 * shared)
        }
        return scored.sorted { ($1.shared, $0.rest) < ($0.shared, $1.rest) }.map(\.person)
    }

    /// The one whom the name means, `nil` where it could be several or only resembles somebody.
    public func match(among people: [EntitledPerson]) -> EntitledPerson? {
        let words = Set(name.folded.split(separator: " "))
        let found = candidates(among: people).filter { person in
            let known = Set(person.name.folded.split(separator: " "))
            return words.count >= 2 && (words.isSubset(of: known) || known.isSubset(of: words))
        }
        return found.count == 1 ? found[0] : nil
    }
}

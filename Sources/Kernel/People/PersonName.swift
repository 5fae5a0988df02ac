import Foundation

/// The name of a person in the four parts that Colombian registers keep.
public struct PersonName: Hashable, Sendable, Codable {
    /// *Primer nombre.*
    public let firstName: String
    /// *Segundo nombre*, with any that follow.
    public let secondName: String?
    /// *Primer apellido*, with its particles: «de la Hoz».
    public let firstSurname: String
    /// *Segundo apellido.*
    public let secondSurname: String?

    /// The most letters that a part may have; the longest that files carry is 60.
    static let longestPart = 60

    /// A name of four parts, the second ones empty or missing where a person has none.
    ///
    /// Spaces at the ends and repeated ones go; letter case stays as it came, since it is the only trace of a name
    /// that was written in capitals alone. A second part made of signs alone («-», «.») is none.
    ///
    /// - Throws: The first part that is no name.
    public init(
        firstName: String, secondName: String? = nil, firstSurname: String, secondSurname: String? = nil
    ) throws(PersonNameError) {
        guard let first = try Self.clean(firstName, .firstName) else { throw .missing(.firstName) }
        self.firstName = first
        self.secondName = try Self.clean(secondName ?? "", .secondName)
        guard let surname = try Self.clean(firstSurname, .firstSurname) else { throw .missing(.firstSurname) }
        self.firstSurname = surname
        self.secondSurname = try Self.clean(secondSurname ?? "", .secondSurname)
    }

    /// A name of which names and surnames came in one field each: «María de los Ángeles», «De la Hoz Pérez».
    ///
    /// The first word is the first part and the rest the second; particles stay with the word after them.
    ///
    /// - Throws: The first part that is no name.
    public init(names: String, surnames: String) throws(PersonNameError) {
        let (firstName, secondName) = Self.split(names, joining: Self.particles)
        let (firstSurname, secondSurname) = Self.split(
            surnames, joining: Self.particles.union(["san", "santa", "van", "von"]))
        try self.init(
            firstName: firstName, secondName: secondName, firstSurname: firstSurname,
            secondSurname: secondSurname)
    }

    /// Reads the four parts, and refuses what ``init(firstName:secondName:firstSurname:secondSurname:)`` refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            firstName: try container.decode(String.self, forKey: .firstName),
            secondName: try container.decodeIfPresent(String.self, forKey: .secondName),
            firstSurname: try container.decode(String.self, forKey: .firstSurname),
            secondSurname: try container.decodeIfPresent(String.self, forKey: .secondSurname))
    }

    private var parts: [String] { [firstName, secondName, firstSurname, secondSurname].compactMap(\.self) }
}

// MARK: - Texts

extension PersonName {
    /// The name as it is said: «María Luisa de la Hoz Pérez».
    ///
    /// Parts that came in capitals alone get small letters, particles too; accents that were lost stay lost.
    public var display: String {
        parts.map(Self.readable).joined(separator: " ")
    }

    /// The name as lists have it, surnames first: «De la Hoz Pérez, María Luisa».
    public var listing: String {
        let surnames = [firstSurname, secondSurname].compactMap(\.self).map(Self.readable).joined(
            separator: " ")
        let names = [firstName, secondName].compactMap(\.self).map(Self.readable).joined(separator: " ")
        return surnames.prefix(1).uppercased() + surnames.dropFirst() + ", " + names
    }

    /// The name as it is searched, surnames first as offices do: `de la hoz perez maria luisa`.
    public var folded: String {
        [firstSurname, secondSurname, firstName, secondName].compactMap { $0?.folded }.joined(separator: " ")
    }

    /// What lists are sorted by, byte by byte (`collate "C"`): surnames, then names, each part before its longer
    /// namesakes, *ñ* after *n* and accents set aside, as Spanish dictionaries do.
    public var sortKey: String {
        [firstSurname, secondSurname ?? "", firstName, secondName ?? ""]
            .map { part in
                // A tilde sorts behind every letter and a tab before the space, so that «Peña» follows «Penzo»
                // and «Gómez» comes before «Gómez Paz».
                part.precomposedStringWithCanonicalMapping.lowercased().split(
                    separator: "ñ", omittingEmptySubsequences: false
                )
                .map(\.folded).joined(separator: "n~")
            }
            .joined(separator: "\t")
    }

    /// The name for published lists: «MA*** GÓ***».
    ///
    /// Belonging to an organisation is sensitive (Ley 1581 de 2012, art. 5), and a roll has to be public enough for
    /// each to find herself and object. Beside the last digits of her document, which she knows and others do not,
    /// the start of one name and one surname is enough for that. It is not enough for a stranger: with the
    /// frequencies of Colombian names, a mask fits some thirteen of the 22,000 adults of a small municipality,
    /// where the first name and surname written out would fit one. Two letters, one of names as short as «Ana»,
    /// and always three asterisks, so that the length tells nothing; second parts are left out.
    public var masked: String {
        "\(Self.masked(firstName)) \(Self.masked(firstSurname))"
    }

    private static func masked(_ part: String) -> String {
        let words = part.split(separator: " ")
        let word = words.first { !particles.contains($0.folded) } ?? words[words.startIndex]
        return word.prefix(word.count > 3 ? 2 : 1).uppercased() + "***"
    }
}

// MARK: - Parts

extension PersonName {
    /// Words that belong to the one after them.
    private static let particles: Set<String> = ["de", "del", "la", "las", "los", "y"]

    private static func clean(_ text: String, _ part: PersonNamePart) throws(PersonNameError) -> String? {
        let words = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
        let clean = words.joined(separator: " ")
        guard clean.contains(where: \.isLetter) else {
            if clean.allSatisfy({ "-._ ".contains($0) }) { return nil }
            throw .strangeSign(part)
        }
        guard clean.allSatisfy({ $0.isLetter || " '’-.´`".contains($0) }) else { throw .strangeSign(part) }
        guard clean.count <= longestPart else { throw .tooLong(part) }
        return clean
    }

    private static func split(_ text: String, joining particles: Set<String>) -> (String, String?) {
        let words = text.split(whereSeparator: \.isWhitespace)
        var end = words.prefix { particles.contains($0.folded) }.count + 1
        // «Ortega y Gasset» is one surname.
        while end < words.count - 1, words[end].folded == "y" { end += 2 }
        let rest = words.dropFirst(end).joined(separator: " ")
        return (words.prefix(end).joined(separator: " "), rest.isEmpty ? nil : rest)
    }

    /// A part as it is read: as it came where it has small letters, else with one capital a word.
    private static func readable(_ part: String) -> String {
        guard !part.contains(where: \.isLowercase) else { return part }
        return part.split(separator: " ")
            .map { word in
                if particles.contains(word.folded) { return word.lowercased() }
                var startsWord = true
                return word.reduce(into: "") { result, letter in
                    result += startsWord ? letter.uppercased() : letter.lowercased()
                    startsWord = !letter.isLetter
                }
            }
            .joined(separator: " ")
    }
}

// MARK: - Errors

/// One of the four parts of a name.
public enum PersonNamePart: String, Sendable, Hashable, CaseIterable {
    /// *Primer nombre.*
    case firstName = "primer nombre"
    /// *Segundo nombre.*
    case secondName = "segundo nombre"
    /// *Primer apellido.*
    case firstSurname = "primer apellido"
    /// *Segundo apellido.*
    case secondSurname = "segundo apellido"
}

/// Why a text is no part of a name; the text itself is left out, because errors get logged.
public enum PersonNameError: Error, Hashable, Sendable {
    /// The part is empty, and every person has it.
    case missing(PersonNamePart)
    /// The part has a digit or sign that no name has.
    case strangeSign(PersonNamePart)
    /// The part has more than 60 letters.
    case tooLong(PersonNamePart)
}

extension PersonNameError: UserFacingError {
    /// The stable code, `name.…`.
    public var code: String {
        switch self {
        case .missing: "name.part.missing"
        case .strangeSign: "name.part.strange_sign"
        case .tooLong: "name.part.too_long"
        }
    }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it.
    public var message: String {
        switch self {
        case .missing(let part): "Falta el \(part.rawValue). Escríbalo como está en el documento."
        case .strangeSign(let part):
            "El \(part.rawValue) tiene un signo que no es de un nombre. Corríjalo; si viene de un archivo, revise "
                + "que esté guardado en UTF-8 o Windows-1252."
        case .tooLong(let part):
            "El \(part.rawValue) pasa de \(PersonName.longestPart) letras. Revise si quedó más de un dato ahí."
        }
    }
}

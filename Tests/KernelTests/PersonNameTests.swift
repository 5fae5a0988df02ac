import Foundation
import Kernel
import Testing

@Suite struct PersonNameTests {
    @Test(arguments: [
        (
            ["María", "Luisa", "Gómez", "Paz"], "María Luisa Gómez Paz", "Gómez Paz, María Luisa",
            "gomez paz maria luisa", "MA*** GÓ***"
        ),
        (["MARÍA", "", "GÓMEZ", ""], "María Gómez", "Gómez, María", "gomez maria", "MA*** GÓ***"),
        (
            ["  ana ", "-", " de  la hoz", "."], "ana de la hoz", "De la hoz, ana", "de la hoz ana",
            "A*** H***"
        ),
        (
            ["ANA", "DE LOS ÁNGELES", "DE LA HOZ", "D'ANGELO-PÉREZ"],
            "Ana de los Ángeles de la Hoz D'Angelo-Pérez",
            "De la Hoz D'Angelo-Pérez, Ana de los Ángeles", "de la hoz dangelo perez ana de los angeles",
            "A*** H***"
        ),
        (["Li", "", "Ng", ""], "Li Ng", "Ng, Li", "ng li", "L*** N***"),
        (
            ["Ma.", "Inés", "Núñez", "Peña"], "Ma. Inés Núñez Peña", "Núñez Peña, Ma. Inés",
            "nunez pena ma ines", "M*** NÚ***"
        ),
    ])
    func `a name is said, listed, searched and masked`(
        parts: [String], display: String, listing: String, folded: String, masked: String
    ) throws {
        let name = try PersonName(
            firstName: parts[0], secondName: parts[1], firstSurname: parts[2], secondSurname: parts[3])
        #expect(name.display == display)
        #expect(name.listing == listing)
        #expect(name.folded == folded)
        #expect(name.masked == masked)
    }

    @Test(arguments: [
        ("María Luisa", "Gómez Paz", ["María", "Luisa", "Gómez", "Paz"]),
        ("María", "Gómez", ["María", nil, "Gómez", nil]),
        ("Juan Carlos Andrés", "De la Hoz Pérez", ["Juan", "Carlos Andrés", "De la Hoz", "Pérez"]),
        ("María de los Ángeles", "San Juan del Río", ["María", "de los Ángeles", "San Juan", "del Río"]),
        ("José", "Ortega y Gasset", ["José", nil, "Ortega y Gasset", nil]),
        ("Luz Dary", "Ruiz de la Torre", ["Luz", "Dary", "Ruiz", "de la Torre"]),
    ])
    func `names and surnames in one field each are parted`(
        names: String, surnames: String, parts: [String?]
    ) throws {
        let name = try PersonName(names: names, surnames: surnames)
        #expect([name.firstName, name.secondName, name.firstSurname, name.secondSurname] == parts)
    }

    @Test(arguments: [
        ("", "Gómez", PersonNameError.missing(.firstName)), ("Ana", " - ", .missing(.firstSurname)),
        ("Ana", "G\u{FFFD}mez", .strangeSign(.firstSurname)), ("Ana", "G?mez", .strangeSign(.firstSurname)),
        ("4na", "Gómez", .strangeSign(.firstName)), ("Ana", "12345678", .strangeSign(.firstSurname)),
        ("Ana <b>", "Gómez", .strangeSign(.firstName)),
        (String(repeating: "a", count: 61), "Gómez", .tooLong(.firstName)),
    ])
    func `what is no name is refused with its reason`(first: String, surname: String, error: PersonNameError)
    {
        #expect(throws: error) { try PersonName(firstName: first, firstSurname: surname) }
        #expect(error.message.hasSuffix(".") && error.kind == .invalid && error.code.hasPrefix("name.part."))
    }

    @Test func `sort keys order as a Colombian list does`() throws {
        let ordered = [
            ("Ana", "Cano", ""), ("Zoe", "Cano", ""), ("Ana", "Cano", "Paz"), ("Ana", "Cano de Paz", ""),
            ("Ana", "Canoa", ""), ("Ana", "Canzo", ""), ("Ana", "Caño", ""), ("Ana", "Cárdenas", ""),
            ("Álvaro", "Carmona", ""), ("Beatriz", "Carmona", ""), ("Ana", "De la Hoz", ""),
            ("Ana", "Nuñez", ""), ("Ana", "Ñáñez", ""), ("Ana", "Ochoa", ""),
        ]
        let names = try ordered.map {
            try PersonName(firstName: $0.0, firstSurname: $0.1, secondSurname: $0.2)
        }
        var random = Seeded()
        let sorted = names.shuffled(using: &random).sorted {
            $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8)
        }
        #expect(sorted.map(\.display) == names.map(\.display), "seed \(random.seed)")
        #expect(
            try PersonName(firstName: "Ana", firstSurname: "Nun\u{303}ez").sortKey
                == PersonName(firstName: "ANA", firstSurname: "NUÑEZ").sortKey)
    }

    @Test func `a mask tells neither the length nor the second parts`() throws {
        let one = try PersonName(
            firstName: "Mara", secondName: "Inés", firstSurname: "Góngora", secondSurname: "Paz")
        let other = try PersonName(firstName: "Maximiliana", firstSurname: "Góez")
        #expect(one.masked == other.masked)
    }

    @Test func `a name travels in its parts, and a broken one does not arrive`() throws {
        let name = try PersonName(firstName: "María", firstSurname: "Gómez", secondSurname: "Paz")
        let json = try JSONEncoder().encode(name)
        #expect(try JSONDecoder().decode(PersonName.self, from: json) == name)
        #expect(throws: PersonNameError.missing(.firstSurname)) {
            try JSONDecoder().decode(
                PersonName.self, from: Data(#"{"firstName":"Ana","firstSurname":""}"#.utf8))
        }
    }
}

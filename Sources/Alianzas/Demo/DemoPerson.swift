import Kernel

/// Somebody of the demonstration who is in a register and has an account: by their document they are the same.
struct DemoPerson {
    /// What stands before the `@` of their login.
    let account: String
    /// Names and surnames as the register has them.
    let firstName: String
    let secondName: String?
    let firstSurname: String
    let secondSurname: String
    /// The number of a *cédula* that nobody has; invented people get none so high.
    let number: String
    let birthDate: String
    let sex: String

    /// The full name.
    var name: String {
        [firstName, secondName, firstSurname, secondSurname].compactMap(\.self).joined(separator: " ")
    }

    /// The document.
    var document: IdentityDocument {
        get throws { try IdentityDocument(type: .cedula, number: number) }
    }

    /// Their line in a file of affiliates.
    func line(in municipality: String, insurer: String) -> String {
        let values = [
            "CC", number, firstSurname, secondSurname, firstName, secondName ?? "", birthDate, sex,
            municipality,
            "S", "AC", "", "", insurer,
        ]
        return values.joined(separator: ";") + "\n"
    }

    /// Of San Antero, in the register of Mutual SER; the first two are members of the alliance.
    static let ofSanAntero = [
        Self(
            account: "junta", firstName: "Wilmer", secondName: "José", firstSurname: "Burgos",
            secondSurname: "Tapia", number: "1999999991", birthDate: "1974-03-09", sex: "M"),
        Self(
            account: "asociada", firstName: "Carmen", secondName: "Rosa", firstSurname: "Julio",
            secondSurname: "Zúñiga", number: "1999999992", birthDate: "1968-11-21", sex: "F"),
        Self(
            account: "comite", firstName: "Yamile", secondName: nil, firstSurname: "Arrieta",
            secondSurname: "Coronado", number: "1999999993", birthDate: "1981-06-14", sex: "F"),
        Self(
            account: "jurado1", firstName: "Luz", secondName: "Marina", firstSurname: "Petro",
            secondSurname: "Negrete", number: "1999999994", birthDate: "1979-01-30", sex: "F"),
        Self(
            account: "jurado2", firstName: "Eduardo", secondName: "Luis", firstSurname: "Hoyos",
            secondSurname: "Mercado", number: "1999999995", birthDate: "1985-08-02", sex: "M"),
    ]

    /// Of Bogotá, in the register of Aliansalud.
    static let ofBogota = [
        Self(
            account: "comite.bogota", firstName: "Rosalba", secondName: nil, firstSurname: "Quintana",
            secondSurname: "Pardo", number: "1999999996", birthDate: "1970-05-17", sex: "F"),
        Self(
            account: "jurado1.bogota", firstName: "Olga", secondName: "Lucía", firstSurname: "Beltrán",
            secondSurname: "Rey", number: "1999999997", birthDate: "1983-09-25", sex: "F"),
        Self(
            account: "jurado2.bogota", firstName: "Fabio", secondName: "Ernesto", firstSurname: "Cárdenas",
            secondSurname: "Gil", number: "1999999998", birthDate: "1977-12-03", sex: "M"),
    ]

    /// The documents of those who have an account, are in no register, and keep a key or make credentials.
    private static let outsiders = [
        "garante": "1999999989", "garante.bogota": "1999999988", "delegada.bogota": "1999999987",
        "claves.bogota": "1999999986",
    ]

    /// The document of who has an account, where it is known.
    static func document(of account: String) throws -> IdentityDocument? {
        let number =
            (ofSanAntero + ofBogota).first { $0.account == account }?.number ?? outsiders[account]
        return try number.map { try IdentityDocument(type: .cedula, number: $0) }
    }
}

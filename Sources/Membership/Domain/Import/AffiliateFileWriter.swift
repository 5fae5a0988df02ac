import Kernel

/// Writes files of affiliates as the import reads them: the documented columns, `;`, ISO dates, UTF-8.
public enum AffiliateFileWriter {
    /// The header, with its line break.
    public static var header: String {
        AffiliateColumn.allCases.map(\.header).joined(separator: ";") + "\n"
    }

    /// The line of somebody who does not exist, with its line break: an example.
    public static var sample: String {
        "CC;1000000001;Negrete;Plaza;Edelmira;;1980-01-02;F;23672;S;AC;+573000000000;edelmira@ejemplo.invalid;\n"
    }

    /// The line of a person, with its line break.
    public static func line(of person: InventedPerson, insurer: String) -> String {
        let values = [
            person.documentType.rawValue, person.documentNumber, person.firstSurname,
            person.secondSurname ?? "",
            person.firstName, person.secondName ?? "", person.birthDate.description, person.sex.rawValue,
            person.municipality.rawValue, person.regime.rawValue, person.state.code, person.phone ?? "",
            person.email ?? "", insurer,
        ]
        return values.joined(separator: ";") + "\n"
    }
}

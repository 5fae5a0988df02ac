import Kernel

/// The columns of a file of affiliates, in the order in which they are documented; a file may have them in any.
public enum AffiliateColumn: Int, Sendable, CaseIterable {
    case documentType
    case documentNumber
    case firstSurname
    case secondSurname
    case firstName
    case secondName
    case birthDate
    case sex
    case municipality
    case regime
    case state
    case phone
    case email
    case insurer

    /// The name in the header of a file.
    public var header: String { columnName.description }

    /// The same name, of which it is known that it was written here.
    var columnName: StaticString {
        switch self {
        case .documentType: "tipo_documento"
        case .documentNumber: "numero_documento"
        case .firstSurname: "primer_apellido"
        case .secondSurname: "segundo_apellido"
        case .firstName: "primer_nombre"
        case .secondName: "segundo_nombre"
        case .birthDate: "fecha_nacimiento"
        case .sex: "sexo"
        case .municipality: "codigo_municipio"
        case .regime: "regimen"
        case .state: "estado_afiliacion"
        case .phone: "telefono"
        case .email: "correo"
        case .insurer: "eps"
        }
    }

    /// What people call it.
    public var title: String {
        switch self {
        case .documentType: "Tipo de documento"
        case .documentNumber: "Número de documento"
        case .firstSurname: "Primer apellido"
        case .secondSurname: "Segundo apellido"
        case .firstName: "Primer nombre"
        case .secondName: "Segundo nombre"
        case .birthDate: "Fecha de nacimiento"
        case .sex: "Sexo"
        case .municipality: "Municipio"
        case .regime: "Régimen"
        case .state: "Estado de la afiliación"
        case .phone: "Teléfono"
        case .email: "Correo"
        case .insurer: "EPS"
        }
    }

    /// Whether nobody can be an affiliate without it, whoever sends the file.
    ///
    /// The others may be empty, or absent from the file as a whole: then what is known of them stays. Insurer and
    /// regime are told from one another, or from the organisation, as far as that goes.
    /// [design] The document, one surname and one name identify a person; birth date, municipality and state
    /// are what eligibility reads (E01, E02, E04).
    public var isAlwaysRequired: Bool {
        switch self {
        case .documentType, .documentNumber, .firstSurname, .firstName, .birthDate, .sex, .municipality,
            .state:
            true
        case .secondSurname, .secondName, .regime, .phone, .email, .insurer: false
        }
    }

    /// The most characters that a value may have. [design] Names as long as the widest fields of the registers
    /// of affiliation; mail as RFC 5321, section 4.5.3.1.3, allows.
    public var longestValue: Int {
        switch self {
        case .firstSurname, .secondSurname, .firstName, .secondName: 60
        case .email: 254
        case .phone: 40
        // As written, with dots and spaces; its type bounds what is left without them.
        case .documentType, .documentNumber, .birthDate, .sex, .municipality, .regime, .state, .insurer: 30
        }
    }

    /// The column of a header as ``header`` writes it.
    public init?(header: String) {
        guard let column = Self.allCases.first(where: { $0.header == header }) else { return nil }
        self = column
    }

    /// The column that a name in a header stands for: accents, case, spaces and signs do not count.
    init?(named name: String) {
        let folded = Self.key(of: name)
        guard let column = Self.allCases.first(where: { Self.key(of: $0.header) == folded }) else {
            return nil
        }
        self = column
    }

    private static func key(of name: String) -> String {
        name.folded.filter { $0 != " " }
    }
}

/// A type of identity document of the Colombian health system, its raw value the code that files carry.
///
/// The twelve types of affiliation files (`BDUA`). Files of the wild write them in many ways; ``init(variant:)``
/// reads those.
public enum DocumentType: String, Sendable, Hashable, Codable, CaseIterable {
    /// *Cédula de ciudadanía*, of adult Colombians.
    case cedula = "CC"
    /// *Cédula de extranjería*, of foreigners who reside.
    case foreignerCedula = "CE"
    /// *Carné diplomático.*
    case diplomaticCard = "CD"
    /// *Pasaporte.*
    case passport = "PA"
    /// *Salvoconducto de permanencia.*
    case safeConduct = "SC"
    /// *Permiso por protección temporal*, of Venezuelans since 2021 (Decreto 216 de 2021; Resolución 572 de 2022 of
    /// the Ministry of Health).
    case temporaryProtectionPermit = "PT"
    /// *Permiso especial de permanencia*, of Venezuelans before the former.
    case specialStayPermit = "PE"
    /// *Registro civil de nacimiento*, of small children.
    case civilRegistry = "RC"
    /// *Tarjeta de identidad*, of children from seven.
    case identityCard = "TI"
    /// *Certificado de nacido vivo*, of the newly born.
    case liveBirthCertificate = "CN"
    /// *Menor sin identificación.*
    case unidentifiedMinor = "MS"
    /// *Adulto sin identificación.*
    case unidentifiedAdult = "AS"

    /// Reads a type as people and files write it: `CC`, `C.C.`, `cedula`, `Tarjeta de Identidad`, `PPT`, `NV`.
    ///
    /// `nil` for what could be several of them (`NUIP`, `SI`) or none.
    public init?(variant: some StringProtocol) {
        guard let type = Self.variants[variant.folded.filter { $0 != " " }] else { return nil }
        self = type
    }

    /// The name in Spanish, in lower case.
    public var name: String {
        switch self {
        case .cedula: "cédula de ciudadanía"
        case .foreignerCedula: "cédula de extranjería"
        case .diplomaticCard: "carné diplomático"
        case .passport: "pasaporte"
        case .safeConduct: "salvoconducto"
        case .temporaryProtectionPermit: "permiso por protección temporal"
        case .specialStayPermit: "permiso especial de permanencia"
        case .civilRegistry: "registro civil"
        case .identityCard: "tarjeta de identidad"
        case .liveBirthCertificate: "certificado de nacido vivo"
        case .unidentifiedMinor: "menor sin identificación"
        case .unidentifiedAdult: "adulto sin identificación"
        }
    }

    /// Whether only a minor holds it, so that its holder neither elects nor is elected.
    public var isOfMinors: Bool {
        switch self {
        case .civilRegistry, .identityCard, .liveBirthCertificate, .unidentifiedMinor: true
        default: false
        }
    }

    /// By folded text without spaces. *Cédula* alone is the citizens', as everybody means it.
    private static let variants: [String: DocumentType] = {
        let spellings: [DocumentType: String] = [
            .cedula: "cc ced cedula cedulaciudadania ceduladeciudadania",
            .foreignerCedula: "ce cedulaextranjeria ceduladeextranjeria",
            .diplomaticCard: "cd carnediplomatico carnetdiplomatico",
            .passport: "pa pas ps pasaporte",
            .safeConduct: "sc salvoconducto salvoconductodepermanencia",
            .temporaryProtectionPermit:
                "pt ptp ppt permisoporprotecciontemporal permisodeprotecciontemporal permisoprotecciontemporal",
            .specialStayPermit: "pe pep permisoespecialdepermanencia permisoespecialpermanencia",
            .civilRegistry: "rc rcn registrocivil registrocivildenacimiento",
            .identityCard: "ti tarjetaidentidad tarjetadeidentidad",
            .liveBirthCertificate: "cn cnv nv nacidovivo certificadonacidovivo certificadodenacidovivo",
            .unidentifiedMinor: "ms msi menorsinidentificacion menorsinidentificar",
            .unidentifiedAdult: "as asi adultosinidentificacion adultosinidentificar",
        ]
        return spellings.reduce(into: [:]) { variants, entry in
            for spelling in entry.value.split(separator: " ") { variants[String(spelling)] = entry.key }
        }
    }()
}

// MARK: - Shape

extension DocumentType {
    /// What a number of this type looks like.
    package struct NumberShape {
        package let lengths: ClosedRange<Int>
        package let allowsLetters: Bool
        /// Whether zeros in front say nothing, because the number is counted and not composed.
        package let dropsLeadingZeros: Bool
    }

    /// The shape of this type's numbers.
    ///
    /// Wider than any one annex on purpose: the annex of Resolución 762 de 2023 could not be read, those before it
    /// disagree, and a number refused here keeps a person from voting, while a wrong one is found when it is
    /// crossed with the register. What is sure: a *cédula* has digits alone; numbers of unidentified people are
    /// composed with letters (`08001S8125`); those of a *registro civil* had letters about the year 2000.
    package var numberShape: NumberShape {
        switch self {
        case .cedula: NumberShape(lengths: 3...10, allowsLetters: false, dropsLeadingZeros: true)
        case .foreignerCedula: NumberShape(lengths: 3...10, allowsLetters: false, dropsLeadingZeros: true)
        case .temporaryProtectionPermit:
            NumberShape(lengths: 5...15, allowsLetters: false, dropsLeadingZeros: true)
        case .specialStayPermit: NumberShape(lengths: 5...15, allowsLetters: false, dropsLeadingZeros: false)
        case .identityCard: NumberShape(lengths: 10...11, allowsLetters: false, dropsLeadingZeros: false)
        case .civilRegistry: NumberShape(lengths: 8...11, allowsLetters: true, dropsLeadingZeros: false)
        case .liveBirthCertificate:
            NumberShape(lengths: 6...20, allowsLetters: true, dropsLeadingZeros: false)
        case .diplomaticCard, .passport, .safeConduct:
            NumberShape(lengths: 3...17, allowsLetters: true, dropsLeadingZeros: false)
        case .unidentifiedMinor, .unidentifiedAdult:
            NumberShape(lengths: 5...16, allowsLetters: true, dropsLeadingZeros: false)
        }
    }
}

// MARK: - Age

/// A document that people of an age seldom hold: something to look at, not an error.
///
/// A boy of eighteen keeps his *tarjeta* until his *cédula* arrives, and the register takes months to learn of it.
public struct DocumentAgeWarning: Sendable, Hashable {
    /// The type of the document.
    public let type: DocumentType
    /// The age of its holder in completed years; negative where the day of birth lies ahead.
    public let age: Int
    /// What is odd, in Spanish, ending in a full stop.
    public var message: String {
        guard age >= 0 else { return "La fecha de nacimiento está en el futuro. Revísela." }
        let whose =
            switch type {
            case .liveBirthCertificate: "de menores de 2 meses"
            case .civilRegistry: "de menores de 7 años"
            case .identityCard: "de 7 a 17 años"
            case .unidentifiedMinor: "de menores de 18 años"
            default: "de mayores de 18 años"
            }
        let years = SpanishFormat.count(age, "año", "años")
        return
            "El documento «\(type.name)» es \(whose) y la persona tiene \(years). Revise el tipo y la fecha."
    }
}

extension DocumentType {
    /// What is odd about somebody of an age holding this type, if anything is.
    ///
    /// The bounds are those that files of affiliation are checked against in practice; no norm with them could be
    /// read. They are counted in months: under 2 for CN, under 84 for RC, from 84 to 215 for TI, under 216 for MS
    /// and from 216 for CC and AS; the other types have none.
    public func ageWarning(bornOn birth: CalendarDate, on date: CalendarDate) -> DocumentAgeWarning? {
        let months = birth.completedMonths(on: date)
        let usual: ClosedRange<Int> =
            switch self {
            case .liveBirthCertificate: 0...1
            case .civilRegistry: 0...83
            case .identityCard: 84...215
            case .unidentifiedMinor: 0...215
            case .cedula, .unidentifiedAdult: 216...Int.max
            default: 0...Int.max
            }
        guard !usual.contains(months) else { return nil }
        return DocumentAgeWarning(type: self, age: birth.completedYears(on: date))
    }
}

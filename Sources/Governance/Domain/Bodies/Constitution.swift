public import Kernel
public import Tenancy

/// The assembly in which an alliance was constituted, or constituted anew for another period.
///
/// - SeeAlso: Decreto 1757 de 1994, as the source documents cite it: "un número plural de usuarios, de los
///   convocados a la Asamblea de Constitución".
public struct Constitution: Sendable, Hashable {
    /// Who signed its minutes.
    public struct Signer: Sendable, Hashable {
        /// The affiliate; `nil` for who signed as an authority or witness.
        public let person: ID<Person>?
        /// The name.
        public let name: String
        /// In which office.
        public let office: String?

        /// Makes a signer.
        public init(person: ID<Person>?, name: String, office: String?) {
            self.person = person
            self.name = name
            self.office = office
        }
    }

    /// Identifies it.
    public let id: ID<Constitution>
    /// The day.
    public let heldOn: CalendarDate
    /// Where.
    public let place: String
    /// How many came.
    public let attendees: Int
    /// Who signed.
    public let signers: [Signer]
    /// The signed minutes.
    public let file: ID<StoredFile>?

    /// Who signed, in words that tell members from those who only witnessed it: «24 asociados y 1 testigo».
    public static func signatories(members: Int, witnesses: Int) -> String {
        let members = SpanishFormat.count(members, "asociado", "asociados")
        guard witnesses > 0 else { return members }
        return "\(members) y \(SpanishFormat.count(witnesses, "testigo", "testigos"))"
    }

    /// Who signed, in words.
    public var signatories: String {
        let members = signers.count { $0.person != nil }
        return Self.signatories(members: members, witnesses: signers.count - members)
    }

    /// Makes a constitution.
    public init(
        id: ID<Constitution>, heldOn: CalendarDate, place: String, attendees: Int, signers: [Signer],
        file: ID<StoredFile>?
    ) {
        self.id = id
        self.heldOn = heldOn
        self.place = place
        self.attendees = attendees
        self.signers = signers
        self.file = file
    }
}

/// A registration of an alliance before an authority.
///
/// Which authority is the competent one is disputed: practice knows secretariats, personerías, chambers of commerce.
/// So it is recorded as the certificate says.
public struct Registration: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<Registration>
    /// Before whom.
    public let authority: String
    /// Its number.
    public let number: String
    /// The day; `nil` where the certificate bears none.
    public let registeredOn: CalendarDate?
    /// The certificate.
    public let file: ID<StoredFile>?

    /// Makes a registration.
    public init(
        id: ID<Registration>, authority: String, number: String, registeredOn: CalendarDate?,
        file: ID<StoredFile>?
    ) {
        self.id = id
        self.authority = authority
        self.number = number
        self.registeredOn = registeredOn
        self.file = file
    }
}

/// A constitution or a registration that was recorded in part or wrongly and gives way to another record.
public struct FoundingCorrection<Act>: Sendable, Hashable {
    /// What gives way.
    public let act: ID<Act>
    /// Why.
    public let reason: String

    /// Names what gives way, and why.
    ///
    /// - Throws: ``ConstitutionError/reasonMissing``.
    public init(of act: ID<Act>, because reason: String) throws(ConstitutionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.act = act
        self.reason = reason
    }
}

/// Why a constitution or registration is refused.
public enum ConstitutionError: UserFacingError, Hashable {
    /// The place is missing.
    case placeMissing
    /// Fewer than two people constitute nothing.
    case tooFew
    /// More signed than came.
    case moreSignersThanAttendees
    /// A signer is not in the register.
    case signerNotFound(String)
    /// Somebody signs twice.
    case repeatedSigner(String)
    /// One was recorded for that day.
    case sameDay
    /// The day lies in the future.
    case inFuture
    /// A registration comes after the assembly that constituted the alliance.
    case registeredTooEarly(constituted: CalendarDate)
    /// The authority is missing.
    case authorityMissing
    /// The number is missing.
    case numberMissing
    /// That number was recorded.
    case numberTaken
    /// What is to be corrected is not there, or was corrected already.
    case notFound
    /// A correction tells why.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .placeMissing: "governance.constitution.place_missing"
        case .tooFew: "governance.constitution.too_few"
        case .moreSignersThanAttendees: "governance.constitution.more_signers_than_attendees"
        case .signerNotFound: "governance.constitution.signer_not_found"
        case .repeatedSigner: "governance.constitution.repeated_signer"
        case .sameDay: "governance.constitution.same_day"
        case .inFuture: "governance.constitution.in_future"
        case .registeredTooEarly: "governance.registration.too_early"
        case .authorityMissing: "governance.registration.authority_missing"
        case .numberMissing: "governance.registration.number_missing"
        case .numberTaken: "governance.registration.number_taken"
        case .notFound: "governance.constitution.not_found"
        case .reasonMissing: "governance.constitution.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .sameDay, .numberTaken: .conflict
        case .notFound: .notFound
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .placeMissing: "place"
        case .tooFew, .moreSignersThanAttendees: "attendees"
        case .signerNotFound, .repeatedSigner: "signer1"
        case .sameDay, .inFuture, .registeredTooEarly: "day"
        case .authorityMissing: "authority"
        case .numberMissing, .numberTaken: "number"
        case .notFound: nil
        case .reasonMissing: "reason"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .placeMissing: "Diga dónde fue la asamblea."
        case .tooFew: "Una alianza se constituye con varias personas: asistentes, dos o más."
        case .moreSignersThanAttendees: "Firman más personas de las que asistieron. Revise las dos cifras."
        case .signerNotFound(let document):
            "\(document) no está en el padrón. Revise el documento o escriba a esa persona por su nombre y cargo."
        case .repeatedSigner(let document): "\(document) está dos veces entre los firmantes. Deje uno solo."
        case .sameDay:
            "Ya consta una asamblea de constitución de esa fecha. Para completarla, use «Corregir» en «Gobierno»."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .registeredTooEarly(let constituted):
            "La alianza se constituyó el \(SpanishFormat.longDate(constituted)); el registro es de ese día o posterior. Revise la fecha."
        case .authorityMissing: "Diga ante qué autoridad se registró la alianza."
        case .numberMissing: "Escriba el número del registro, como está en el certificado."
        case .numberTaken:
            "Ese número de registro ya consta para esta alianza. Para completarlo, use «Corregir» en «Gobierno»."
        case .notFound: "Eso ya se corrigió o no existe. Vuelva a «Gobierno» y mire cómo está."
        case .reasonMissing: "Diga por qué se corrige, en una frase."
        }
    }
}

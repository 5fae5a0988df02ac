public import Kernel
public import Tenancy

/// One period of a person in an alliance.
public struct MemberPeriod: Sendable, Hashable {
    /// Identifies the period.
    public let id: ID<MemberPeriod>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The first day.
    public let joinedOn: CalendarDate
    /// The day from which the person is no member any more.
    public let leftOn: CalendarDate?
    /// Why the period ended.
    public let leaveReason: LeaveReason?

    /// Makes a period.
    public init(
        id: ID<MemberPeriod>, alliance: ID<Alliance>, joinedOn: CalendarDate, leftOn: CalendarDate?,
        leaveReason: LeaveReason?
    ) {
        self.id = id
        self.alliance = alliance
        self.joinedOn = joinedOn
        self.leftOn = leftOn
        self.leaveReason = leaveReason
    }
}

/// Why a person is no member any more.
public enum LeaveReason: String, Sendable, Hashable, CaseIterable {
    case resignation, exclusion
    case affiliationLost = "affiliation_lost"
    case death, mistake
    case consentWithdrawn = "consent_withdrawn"

    /// The words on screens.
    public var title: String {
        switch self {
        case .resignation: "Renuncia"
        case .exclusion: "Exclusión decidida por la alianza"
        case .affiliationLost: "Pérdida de la afiliación"
        case .death: "Fallecimiento"
        case .mistake: "Inscripción por error"
        case .consentWithdrawn: "Revocó la autorización de datos"
        }
    }

    /// What a person may give as a reason; a revocation is an act of its own.
    public static var given: [Self] { allCases.filter { $0 != .consentWithdrawn } }
}

/// Who is, or was, a member, as lists show it.
public struct MemberSummary: Sendable, Hashable {
    /// The person.
    public let person: ID<Person>
    /// Names and surnames.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// The municipality where the person lives, with its department.
    public let municipality: String
    /// The affiliation as of now.
    public let affiliation: AffiliationState
    /// The first day of the last period.
    public let joinedOn: CalendarDate
    /// The day from which that period is over.
    public let leftOn: CalendarDate?
}

/// What came of enrolling several people.
public struct EnrolmentReport: Sendable, Hashable {
    /// Somebody who could not be enrolled.
    public struct Refusal: Sendable, Hashable {
        /// The document as it was asked for.
        public let document: IdentityDocument
        /// The name, where the register has one.
        public let name: String?
        /// Why, in words.
        public let reason: String
    }

    /// Who became a member.
    public let enrolled: [ID<Person>]
    /// Who did not, and why.
    public let refusals: [Refusal]
}

/// Why somebody does not become a member, or go on being one.
public enum MemberError: UserFacingError, Hashable {
    /// Nobody was named.
    case nobody
    /// The person is none of this tenant's.
    case unknownPerson
    /// The document is not in the register of affiliates.
    case notInRegister(String)
    /// The document is of nobody who is or was of the alliance.
    case notOfAlliance(String)
    /// The person is a member already.
    case alreadyMember(String)
    /// Requirements of members are not met, by their titles.
    case notEligible(String, [String])
    /// The person took the authorisation back on that very day.
    case withdrewThatDay(String)
    /// The person is no member.
    case notMember
    /// The day lies in the future.
    case inTheFuture
    /// The period would end before it begins.
    case leavesBeforeJoining

    /// The stable code.
    public var code: String {
        switch self {
        case .nobody: "membership.member.nobody"
        case .unknownPerson: "membership.member.unknown_person"
        case .notInRegister: "membership.member.not_in_register"
        case .notOfAlliance: "membership.member.not_of_alliance"
        case .alreadyMember: "membership.member.already_member"
        case .notEligible: "membership.member.not_eligible"
        case .withdrewThatDay: "membership.member.withdrew_that_day"
        case .notMember: "membership.member.not_member"
        case .inTheFuture: "membership.member.in_the_future"
        case .leavesBeforeJoining: "membership.member.leaves_before_joining"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .nobody, .inTheFuture, .leavesBeforeJoining, .notInRegister, .notOfAlliance: .invalid
        case .unknownPerson: .notFound
        case .alreadyMember, .notMember: .conflict
        case .notEligible, .withdrewThatDay: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .nobody, .notInRegister, .notOfAlliance, .alreadyMember, .notEligible, .withdrewThatDay:
            "documents"
        case .inTheFuture, .leavesBeforeJoining: "day"
        case .unknownPerson, .notMember: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .nobody: "Escriba al menos un documento."
        case .unknownPerson: "No encontramos a esa persona en el padrón de la entidad."
        case .notInRegister(let document):
            "\(document) no está en el padrón de la entidad. Revise el número o cargue el padrón más reciente."
        case .notOfAlliance(let document):
            "\(document) no es de ningún asociado de esta alianza. Revise el número."
        case .alreadyMember(let name): "\(name) ya es asociado de esta alianza."
        case .notEligible(let name, let requirements):
            "\(name) no puede inscribirse: no cumple \(SpanishFormat.list(requirements.map { "«\($0)»" }))."
        case .withdrewThatDay(let name):
            "\(name) revocó ese día la misma autorización. Puede inscribirse desde el día siguiente."
        case .notMember: "Esa persona no es asociada de esta alianza, o ya se retiró."
        case .inTheFuture: "La fecha no puede ser posterior a hoy."
        case .leavesBeforeJoining: "El retiro no puede ser anterior a la inscripción."
        }
    }
}

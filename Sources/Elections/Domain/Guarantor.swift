public import Foundation
public import Kernel
public import Tenancy

/// Who guarantees a process from outside (`garante`): the personería, the secretaría de salud.
public struct Guarantor: Sendable, Hashable {
    /// What sort of institution it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case ombudsman
        case healthAuthority = "health_authority"
        case healthSuperintendency = "health_superintendency"
        case comptroller, other

        /// The words on screens.
        public var title: String {
            switch self {
            case .ombudsman: "Personería"
            case .healthAuthority: "Secretaría de salud"
            case .healthSuperintendency: "Superintendencia de Salud"
            case .comptroller: "Contraloría"
            case .other: "Otra institución"
            }
        }
    }

    /// What a guarantor remarked (`observación`); the acta prints it.
    public struct Remark: Sendable, Hashable {
        /// Word by word.
        public let body: String
        /// When.
        public let madeAt: Date
    }

    /// Identifies the guarantor.
    public let id: ID<Guarantor>
    /// What sort of institution it is.
    public let kind: Kind
    /// The institution.
    public let institution: String
    /// The words of its invitation.
    public let invitation: String
    /// When it was invited.
    public let invitedAt: Date
    /// Who comes, once accredited.
    public let name: String?
    /// Their post.
    public let officeTitle: String?
    /// Their user, where they have one.
    public let user: ID<User>?
    /// When they were accredited.
    public let accreditedAt: Date?
    /// What they remarked, in order.
    public let remarks: [Remark]

    /// Makes a guarantor.
    public init(
        id: ID<Guarantor>, kind: Kind, institution: String, invitation: String, invitedAt: Date,
        name: String?, officeTitle: String?, user: ID<User>?, accreditedAt: Date?, remarks: [Remark]
    ) {
        self.id = id
        self.kind = kind
        self.institution = institution
        self.invitation = invitation
        self.invitedAt = invitedAt
        self.name = name
        self.officeTitle = officeTitle
        self.user = user
        self.accreditedAt = accreditedAt
        self.remarks = remarks
    }
}

/// Why a guarantor is not invited or accredited, or a remark not taken.
public enum GuarantorError: UserFacingError, Hashable {
    /// The process has no such guarantor.
    case notFound
    /// The institution has no name.
    case institutionMissing
    /// The institution was invited already.
    case alreadyInvited(String)
    /// The invitation has no words.
    case invitationMissing
    /// Name or post are missing.
    case nameMissing
    /// Whoever stands in the election, counts it or runs it does not guarantee it.
    case otherCapacity(String)
    /// Only who was accredited remarks.
    case notAccredited
    /// A guarantor remarks for their own institution.
    case notYours
    /// The remark has no words.
    case remarkMissing
    /// The process is over.
    case over

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.guarantor.not_found"
        case .institutionMissing: "elections.guarantor.institution_missing"
        case .alreadyInvited: "elections.guarantor.already_invited"
        case .invitationMissing: "elections.guarantor.invitation_missing"
        case .nameMissing: "elections.guarantor.name_missing"
        case .otherCapacity: "elections.guarantor.other_capacity"
        case .notAccredited: "elections.guarantor.not_accredited"
        case .notYours: "elections.guarantor.not_yours"
        case .remarkMissing: "elections.guarantor.remark_missing"
        case .over: "elections.guarantor.over"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .institutionMissing, .invitationMissing, .nameMissing, .remarkMissing: .invalid
        case .alreadyInvited: .conflict
        case .notYours: .forbidden
        case .otherCapacity, .notAccredited, .over: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .institutionMissing, .alreadyInvited: "institution"
        case .invitationMissing: "invitation"
        case .nameMissing: "guarantor"
        case .otherCapacity: "document"
        case .remarkMissing: "body"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Ese garante no está en la elección. Vuelva a la lista."
        case .institutionMissing: "Escriba el nombre de la institución."
        case .alreadyInvited(let name): "\(name) ya está invitada a esta elección."
        case .invitationMissing: "Escriba el texto de la invitación."
        case .nameMissing: "Escriba el nombre y el cargo de quien viene."
        case .otherCapacity(let name):
            "\(name) es candidato, jurado o del comité en esta elección y no puede ser garante."
        case .notAccredited: "Acredite primero a la persona que viene por la institución."
        case .notYours: "Usted registra las observaciones de su propia institución."
        case .remarkMissing: "Escriba la observación."
        case .over: "La elección ya terminó. No recibe más observaciones ni garantes."
        }
    }
}

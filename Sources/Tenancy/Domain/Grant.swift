public import Foundation
public import Kernel

/// A role that a user holds in a space, from a moment and possibly to another.
public struct Grant: Sendable, Hashable {
    /// Where a role counts.
    public enum Space: Sendable, Hashable {
        /// In the whole tenant.
        case organization
        /// In one alliance and its processes.
        case alliance(ID<Alliance>)
        /// In one electoral process, of an alliance or (joint processes) of none.
        case process(ID<ElectoralProcess>, of: ID<Alliance>? = nil)

        /// The alliance that the space lies in, where it lies in one.
        public var alliance: ID<Alliance>? {
            switch self {
            case .organization: nil
            case .alliance(let alliance): alliance
            case .process(_, let alliance): alliance
            }
        }

        /// Whether what is done in one space may touch the other.
        func overlaps(_ other: Self) -> Bool {
            switch (self, other) {
            case (.organization, _), (_, .organization): true
            case (.process(let process, _), .process(let another, _)): process == another
            default: alliance == other.alliance
            }
        }
    }

    /// Identifies the grant.
    public let id: ID<Grant>
    /// The role held.
    public let role: Role
    /// Where it counts.
    public let space: Space
    /// When it began.
    public let startsAt: Date
    /// When it ends or ended; `nil` while no end is set.
    public let endsAt: Date?

    /// Makes a grant.
    public init(id: ID<Grant>, role: Role, space: Space, startsAt: Date, endsAt: Date?) {
        self.id = id
        self.role = role
        self.space = space
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    /// Whether the grant counts for what is done in `stream`.
    public func covers(_ stream: AuditStream) -> Bool {
        switch (space, stream) {
        case (.organization, _): true
        case (.alliance(let alliance), .alliance(let acting)): alliance == acting
        case (.alliance(let alliance), .process(_, let acting)): alliance == acting
        case (.process(let process, _), .process(let acting, _)): process == acting
        default: false
        }
    }

    /// Refuses a grant that would let one person watch over their own acts.
    ///
    /// - Parameter held: The grants of the same user that have not ended, also those that have not begun.
    /// - Throws: ``GrantError/incompatible(held:asked:)``.
    func requireCompatibility(with held: [Grant]) throws(GrantError) {
        for other in held
        where role.excludes(other.role) && space.overlaps(other.space) && period(overlaps: other) {
            throw .incompatible(held: other.role, asked: role)
        }
    }

    private func period(overlaps other: Grant) -> Bool {
        startsAt < other.endsAt ?? .distantFuture && other.startsAt < endsAt ?? .distantFuture
    }
}

/// Why a role is not given, or not taken away.
public enum GrantError: UserFacingError, Hashable {
    /// Nobody gives themselves a role.
    case oneself
    /// The user holds a role that one person may not hold together with this one.
    case incompatible(held: Role, asked: Role)
    /// The user was put out of work.
    case userIsInactive(String)
    /// The end comes before the beginning.
    case endsBeforeItStarts
    /// A role does not begin before the day on which it is given: nobody had it then.
    case startsInThePast
    /// The end is over already.
    case endsInThePast
    /// The role is not given by an entity's administration.
    case notGivenHere(Role)
    /// The role counts in an alliance or a process, and none was named.
    case needsAlliance(Role)
    /// The role is for somebody who is known by their document, and this user has none.
    case needsDocument(Role, String)
    /// The alliance has no such process.
    case noSuchProcess
    /// The grant is unknown, or ended already.
    case notFound
    /// Nobody would administer the entity any more.
    case lastAdministrator
    /// The grant ends with the mandate that it comes from.
    case endsWithItsMandate
    /// A reason was not given.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .oneself: "tenancy.grant.oneself"
        case .incompatible: "tenancy.grant.incompatible"
        case .userIsInactive: "tenancy.grant.user_is_inactive"
        case .endsBeforeItStarts: "tenancy.grant.ends_before_it_starts"
        case .startsInThePast: "tenancy.grant.starts_in_the_past"
        case .endsInThePast: "tenancy.grant.ends_in_the_past"
        case .notGivenHere: "tenancy.grant.not_given_here"
        case .needsAlliance: "tenancy.grant.needs_alliance"
        case .needsDocument: "tenancy.grant.needs_document"
        case .noSuchProcess: "tenancy.grant.no_such_process"
        case .notFound: "tenancy.grant.not_found"
        case .lastAdministrator: "tenancy.grant.last_administrator"
        case .endsWithItsMandate: "tenancy.grant.ends_with_its_mandate"
        case .reasonMissing: "tenancy.grant.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .oneself: .forbidden
        case .notFound, .noSuchProcess: .notFound
        case .endsBeforeItStarts, .startsInThePast, .endsInThePast, .needsAlliance, .needsDocument,
            .reasonMissing:
            .invalid
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .endsBeforeItStarts, .endsInThePast: "until"
        case .startsInThePast: "from"
        case .needsAlliance: "alliance"
        case .needsDocument: "document"
        case .reasonMissing: "reason"
        case .incompatible, .notGivenHere: "role"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .oneself:
            "Nadie se da una función a sí mismo. Pídala a otra persona que administre la entidad."
        case .incompatible(let held, let asked):
            """
            Una misma persona no puede ser «\(asked.title)» y «\(held.title)» en el mismo lugar: vigilaría sus propios actos. \
            Elija a otra persona o termine antes la otra función.
            """
        case .userIsInactive(let name):
            "El usuario de \(name) está inactivo. Actívelo antes de darle una función."
        case .endsBeforeItStarts:
            "La función termina antes de empezar. Revise las fechas."
        case .startsInThePast:
            "La función no puede empezar antes de hoy: nadie la tuvo entonces. Elija hoy o un día que venga."
        case .endsInThePast:
            "Ese último día ya pasó. Elija hoy, un día que venga, o déjelo vacío."
        case .notGivenHere(let role):
            "La función «\(role.title)» la da quien opera la plataforma, no la entidad."
        case .needsAlliance(let role):
            "La función «\(role.title)» vale en una alianza. Elija la alianza."
        case .needsDocument(let role, let name):
            """
            Para «\(role.title)» hace falta el documento de identidad de \(name): con él se sabe que no se postula en la \
            elección en la que decide. Lo escribe la administración de la entidad, en los datos de su usuario.
            """
        case .noSuchProcess:
            "La alianza no tiene ese proceso electoral. Vuelva a sus elecciones y elija uno."
        case .notFound:
            "Esa función ya terminó o no existe. Vuelva a la lista de usuarios."
        case .lastAdministrator:
            """
            Es la última persona que administra la entidad: sin ella nadie podría invitar usuarios ni dar funciones. \
            Dé antes «\(Role.officeAdministrator.title)» a otra persona, espere a que entre, y repita esto.
            """
        case .endsWithItsMandate:
            "Esta función viene de un mandato y termina con él. Registre el fin del mandato en Gobierno."
        case .reasonMissing:
            "Escriba el motivo: queda en el registro de actuaciones."
        }
    }
}

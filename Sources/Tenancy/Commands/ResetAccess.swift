public import Foundation
public import Kernel
public import Postgres

/// How somebody made sure that it is the user who asks to be let in anew, and not another.
public struct IdentityConfirmation: Sendable, Hashable {
    /// The way.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// The person came with their document.
        case inPerson = "in_person"
        /// The person showed their document in a video call.
        case videoCall = "video_call"
        /// The person was called at the number that the entity had already.
        case callBack = "call_back"

        /// The way in words.
        public var title: String {
            switch self {
            case .inPerson: "Vino en persona y mostró su documento"
            case .videoCall: "Mostró su documento en una videollamada"
            case .callBack: "La llamé al teléfono que la entidad ya tenía"
            }
        }
    }

    /// The way.
    public let way: Way
    /// What was seen or asked, in a few words: it stays in the log.
    public let remark: String

    /// Takes what a person wrote.
    ///
    /// - Throws: `InvalidInput` where the remark says nothing.
    public init(_ way: Way, remark: String) throws(InvalidInput) {
        let remark = remark.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (8...300).contains(remark.count) else {
            throw InvalidInput([
                .init(
                    field: "remark",
                    message: "Escriba qué vio o qué preguntó, en 8 a 300 caracteres: queda en el registro.")
            ])
        }
        self.way = way
        self.remark = remark
    }
}

/// Invites a user again: one who did not use the first invitation, or lost the password or the second factor.
///
/// The user's sessions here end and the account that they have opens this tenant no more, at once: a reset may be for
/// a telephone that was stolen. They set a new password, which opens this tenant alone, or join the account that they
/// have again; in other tenants nothing changes. An entity's administration does not reset users who decide in
/// elections or look in from outside (``Role/isBeyondTheEntity``): whoever holds the invitation would act in their
/// name. Operators do, and the chain of the election says so beside that of the office. Whoever lets somebody in anew
/// says how they made sure who it is; nobody does it for themselves.
public struct ResetAccess: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user.
    public let user: ID<User>
    /// How it was made sure who asks. A user who never came in needs none.
    public let confirmation: IdentityConfirmation?
    private let identity: Identity

    /// Takes what a person chose.
    public init(
        of user: ID<User>, confirmation: IdentityConfirmation? = nil, through identity: Identity
    ) {
        self.user = user
        self.confirmation = confirmation
        self.identity = identity
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Invitation> {
        guard let user = try await transaction.user(user) else { throw UserError.notFound }
        let isNew = try await transaction.users().first { $0.id == user.id }.map { !$0.hasAccount } ?? false
        // Also roles that ended: an administrator could end one, reset the user and give it again.
        let roles = try await transaction.grants(everGivenTo: user.id).map { ($0.grant.role, $0.grant.space) }
        if transaction.scope.principal.user != nil, !isNew {
            guard transaction.scope.principal.user != user.id else { throw UserError.resetsOneself }
            guard !roles.contains(where: \.0.isBeyondTheEntity) else {
                throw UserError.resetNeedsOperator(user.name)
            }
            guard confirmation != nil else { throw UserError.identityNotConfirmed(user.name) }
        }
        if !isNew { try await transaction.suspend(user.id, at: now) }
        let invitation = try await identity.invite(
            user, purpose: isNew ? .welcome : .reset, roles: roles, in: transaction,
            at: now)
        let action = isNew ? "tenancy.user.invited_again" : "tenancy.user.access_reset"
        let details = [
            "name": user.name, "way": confirmation?.way.rawValue ?? "", "remark": confirmation?.remark ?? "",
        ]
        if !isNew {
            let spaces = Set(roles.filter { $0.0.isBeyondTheEntity }.map(\.1)).subtracting([.organization])
            for space in spaces {
                try transaction.append(
                    AuditEvent(action, subject: user.id, details: details), to: space.stream, at: now)
            }
        }
        return Audited(invitation, AuditEvent(action, subject: user.id, details: details))
    }
}

import Foundation
import Kernel
import Postgres

/// What the mail of an invitation has to know. The code is sealed with the server's key: who reads the outbox cannot
/// use it.
private struct InvitationParcel: Codable {
    let user: ID<User>
    let sealedCode: String
    let purpose: String
    let expiresAt: Date
}

extension OutboxMessage {
    /// The topic under which an invitation is to be mailed.
    public static let invitationTopic = "tenancy.invitation.mail"
}

extension Identity {
    /// The message by which an invitation is mailed, to be posted in the transaction that makes it.
    func mail(of invitation: Invitation, purpose: Invitation.Purpose) throws -> OutboxMessage {
        let sealed = try key.seal(Array(invitation.code.utf8), for: invitation.id.rawValue)
        return OutboxMessage(
            topic: OutboxMessage.invitationTopic, subject: invitation.id,
            payload: try JSONText(
                encoding: InvitationParcel(
                    user: invitation.user, sealedCode: Data(sealed).base64EncodedString(),
                    purpose: purpose.rawValue, expiresAt: invitation.expiresAt)))
    }

    /// Mails invitations.
    ///
    /// - Parameters:
    ///   - origin: What addresses begin with, without a slash at the end.
    ///   - carrier: Who carries mail; without one, invitations go on paper or by hand alone.
    /// - Returns: The handler of their topic.
    public func invitationMail(origin: String, through carrier: MailCarrier?) -> OutboxHandler {
        .outside(OutboxMessage.invitationTopic) { message, organization, now in
            guard let carrier, let invitation = ID<Invitation>(message.subject) else { return }
            let parcel = try message.payload.decoded(as: InvitationParcel.self)
            guard parcel.expiresAt > now, let sealed = Data(base64Encoded: parcel.sealedCode) else { return }
            let (host, user) = try await database.read(TenantScope(.system(in: organization))) {
                transaction in
                (try await transaction.organization(organization), try await transaction.user(parcel.user))
            }
            guard let host, let user, user.isActive, let email = user.email else { return }
            let code = String(
                decoding: try key.open(Array(sealed), for: invitation.rawValue), as: UTF8.self)
            let mail = MailMessage.invitation(
                of: user, to: email, by: host, address: "\(origin)/invitacion/\(code)",
                isReset: parcel.purpose == Invitation.Purpose.reset.rawValue, until: parcel.expiresAt)
            guard !mail.isUndeliverable else { return }
            try await carrier(mail, message.id.description)
        }
    }
}

extension MailMessage {
    fileprivate static func invitation(
        of user: User, to email: String, by host: Organization, address: String, isReset: Bool,
        until end: Date
    ) -> Self {
        let cause =
            isReset
            ? "\(host.shortName) restableció su ingreso a Alianzas."
            : "\(host.shortName) le abrió un usuario en Alianzas como \(user.officeTitle)."
        return Self(
            to: email,
            subject: isReset
                ? "\(host.shortName): elija una contraseña nueva"
                : "Invitación de \(host.shortName) a Alianzas",
            text: """
                \(user.name):

                \(cause) Para elegir su contraseña y entrar, abra este enlace antes del \(SpanishFormat.longDateAndTime(end)):

                \(address)

                El enlace sirve una sola vez y es solo para usted: no lo reenvíe. Si no esperaba este mensaje, no lo abra y \
                avise a \(host.shortName).
                """)
    }
}

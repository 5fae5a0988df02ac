public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Sends a one-time code to the address of who is to sign.
public struct SendSigningCode: Command {
    /// Who may do it.
    public static let permission = Permission.signMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signer.
    public let signer: UUID
    private let codes: OneTimeCodes

    /// Asks for a code.
    public init(
        to signer: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>, from codes: OneTimeCodes
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.signer = signer
        self.codes = codes
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes the code and posts its mail.
    ///
    /// - Returns: The address, most of it hidden.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<String> {
        let (draft, signer) = try await transaction.signer(signer, of: meeting, in: alliance)
        guard draft.state == .approved else { throw MinutesError.notApproved }
        guard signer.signature == nil else { throw MinutesError.signedAlready }
        try await transaction.requireRight(of: signer, on: ColombianTime.date(at: now))
        guard let id = transaction.scope.principal.user, let user = try await transaction.user(id),
            let address = user.email
        else { throw MinutesError.noAddress }
        let code = ID<SigningParcel>()
        let made = try codes.make(for: code.rawValue)
        let end = now.addingTimeInterval(OneTimeCodes.life)
        let hidden = Self.hidden(address)
        try await transaction.insert(
            code: code.rawValue, digest: made.digest, for: signer.id, sentTo: hidden, until: end, at: now)
        let parcel = SigningParcel(
            user: id, sealedCode: made.sealed,
            title: draft.approved.map { "el acta n.º \($0.number)" } ?? "el acta", expiresAt: end)
        try await transaction.post(
            OutboxMessage(
                topic: OutboxMessage.signingCodeTopic, subject: code, payload: try JSONText(encoding: parcel)),
            at: now)
        return Audited(
            hidden,
            AuditEvent(
                "governance.minutes.code_sent", subject: draft.id,
                details: ["meeting": meeting.description, "office": signer.office]))
    }

    /// An address of which only the first letter and the host are seen.
    static func hidden(_ address: String) -> String {
        let parts = address.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let first = parts[0].first else { return "•••" }
        return "\(first)•••@\(parts[1])"
    }
}

/// What the mail of a code has to know.
struct SigningParcel: Codable {
    let user: ID<User>
    let sealedCode: String
    let title: String
    let expiresAt: Date
}

extension OutboxMessage {
    /// The topic under which a code to sign is to be mailed.
    static let signingCodeTopic = "governance.minutes.code"
}

/// Mails codes to sign minutes.
public enum SigningCodeMail {
    /// The handler of their topic.
    ///
    /// - Parameters:
    ///   - codes: Who opens what is sealed.
    ///   - database: Where people and their addresses are.
    ///   - carrier: Who carries mail; without one no code goes out.
    /// - Returns: The handler.
    public static func handler(
        codes: OneTimeCodes, database: Database, through carrier: MailCarrier?
    ) -> OutboxHandler {
        .outside(OutboxMessage.signingCodeTopic) { message, organization, now in
            guard let carrier, let id = ID<SigningParcel>(message.subject) else { return }
            let parcel = try message.payload.decoded(as: SigningParcel.self)
            guard parcel.expiresAt > now, let code = try codes.open(parcel.sealedCode, for: id.rawValue)
            else {
                return
            }
            let user = try await database.read(TenantScope(.system(in: organization))) {
                try await $0.user(parcel.user)
            }
            guard let user, user.isActive, let email = user.email else { return }
            let mail = MailMessage(
                to: email, subject: "Su código para firmar \(parcel.title)",
                text: """
                    \(user.name):

                    Su código para firmar \(parcel.title) es:

                    \(code)

                    \(SpanishFormat.sentence("Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(parcel.expiresAt))")) No se lo dé a nadie: \
                    quien lo tiene firma por usted. Si no lo pidió, no haga nada.
                    """)
            guard !mail.isUndeliverable else { return }
            try await carrier(mail, message.id.description)
        }
    }
}

public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Signs approved minutes: the digest of their text is kept with who signed it, how and when.
public struct SignMinutes: Command {
    /// How somebody signs.
    public enum Hand: Sendable {
        /// With a finger or a mouse.
        case drawn(SignatureDrawing)
        /// By the code that was sent.
        case code(String)
        /// On paper, of which this is the scan.
        case paper(StoredFile)
    }

    /// Who may do it.
    public static let permission = Permission.signMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signer.
    public let signer: UUID
    /// How.
    public let hand: Hand

    /// Takes a signature.
    public init(_ signer: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>, by hand: Hand) {
        self.alliance = alliance
        self.meeting = meeting
        self.signer = signer
        self.hand = hand
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Returns: Whether it was taken: a wrong code counts as an attempt, and so it is no error that would undo that.
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Bool> {
        let (draft, signer) = try await transaction.signer(signer, of: meeting, in: alliance)
        guard draft.state == .approved else {
            throw draft.state == .sealed ? MinutesError.signedAlready : MinutesError.notApproved
        }
        guard signer.signature == nil else { throw MinutesError.signedAlready }
        guard
            let version = try await transaction.minutesVersions(of: draft.id).first(where: {
                $0.version == draft.version
            }), HashDigest(of: version.words) == version.sha256
        else { throw MinutesError.altered }
        func signature(
            _ way: MinutesSigner.Way, drawing: SignatureDrawing? = nil, proof: String? = nil,
            paper: ID<StoredFile>? = nil
        ) -> MinutesSigner.Signature {
            MinutesSigner.Signature(
                way: way, drawing: drawing, proof: proof, paper: paper, digest: version.sha256,
                version: version.version, at: now)
        }
        let today = ColombianTime.date(at: now)
        switch hand {
        case .drawn(let drawing):
            try await transaction.requireRight(of: signer, on: today)
            try await transaction.sign(signer.id, signature(.drawn, drawing: drawing))
        case .code(let typed):
            try await transaction.requireRight(of: signer, on: today)
            guard let code = try await transaction.signingCode(of: signer.id, at: now),
                code.attempts < OneTimeCodes.mostAttempts
            else { return Audited(false, event("governance.minutes.code_refused", draft, signer)) }
            guard ReadableCode(typed: typed).digest == code.digest else {
                try await transaction.tried(code.id)
                return Audited(false, event("governance.minutes.code_refused", draft, signer))
            }
            try await transaction.use(code.id, at: now)
            try await transaction.sign(signer.id, signature(.code, proof: code.sentTo))
        case .paper(let scan):
            try transaction.scope.principal.require(.writeMinutes, in: stream)
            guard scan.effectiveOn <= today, scan.effectiveOn >= (draft.approved?.on ?? today) else {
                throw MeetingError.notYetHeld
            }
            try await transaction.requireMandate(of: signer, on: scan.effectiveOn)
            let file = try await transaction.store(
                scan, as: .minutes, in: stream, isReserved: draft.isReserved, at: now)
            try await transaction.sign(signer.id, signature(.paper, paper: file))
        }
        return Audited(true, event("governance.minutes.signed", draft, signer))
    }

    private func event(_ action: String, _ draft: MinutesDraft, _ signer: MinutesSigner) -> AuditEvent {
        let way =
            switch hand {
            case .drawn: MinutesSigner.Way.drawn
            case .code: MinutesSigner.Way.code
            case .paper: MinutesSigner.Way.paper
            }
        return AuditEvent(
            action, subject: draft.id,
            details: [
                "meeting": meeting.description, "office": signer.office, "way": way.rawValue,
                "number": draft.approved.map { String($0.number) } ?? "",
            ])
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

                    Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(parcel.expiresAt)). No se lo dé a nadie: \
                    quien lo tiene firma por usted. Si no lo pidió, no haga nada.
                    """)
            guard !mail.isUndeliverable else { return }
            try await carrier(mail, message.id.description)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// The draft of a meeting's minutes, locked, and one of those who sign them.
    ///
    /// - Throws: ``MinutesError/notFound``.
    func signer(
        _ id: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) async throws -> (MinutesDraft, MinutesSigner) {
        guard try await self.meeting(meeting, of: alliance) != nil,
            let draft = try await lockedMinutes(of: meeting),
            let signer = try await minutesSigners(of: draft.id).first(where: { $0.id == id })
        else { throw MinutesError.notFound }
        return (draft, signer)
    }

    /// Whether a signature is that of who acts.
    func isOwn(_ signer: MinutesSigner) async throws -> Bool {
        guard let user = scope.principal.user else { return false }
        if signer.user == user { return true }
        guard let person = signer.person else { return false }
        return try await self.person(of: user) == person
    }

    /// Asks that who acts is the signer, and that they still may.
    ///
    /// - Throws: ``MinutesError/notTheSigner``, ``MinutesError/rightOver(name:office:)``.
    func requireRight(of signer: MinutesSigner, on day: CalendarDate) async throws {
        guard try await isOwn(signer) else { throw MinutesError.notTheSigner }
        try await requireMandate(of: signer, on: day)
    }

    /// Asks that the signer holds the seat by which they sign: nobody signs past their right.
    ///
    /// - Throws: ``MinutesError/rightOver(name:office:)``.
    func requireMandate(of signer: MinutesSigner, on day: CalendarDate) async throws {
        guard try await hasRight(signer, on: day) else {
            throw MinutesError.rightOver(name: signer.name, office: signer.office)
        }
    }

    /// Whether the signer holds the seat by which they sign on a day.
    func hasRight(_ signer: MinutesSigner, on day: CalendarDate) async throws -> Bool {
        guard let seat = signer.seat else { return true }
        return try await mayAct(signer.person, named: signer.name, for: seat, on: day)
    }
}

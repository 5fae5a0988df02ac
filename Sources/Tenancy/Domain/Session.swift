import Crypto
public import Foundation
public import Kernel

/// What one password opens; it acts as one user in each of the tenants where its owner works.
public enum Account {}

/// Where a request comes from.
public struct Visitor: Sendable, Hashable {
    /// The network address, as text.
    public let address: String
    /// A few words on the program, such as `Chrome en Android`.
    public let agent: String
    /// The secret by which the program is known again, such as a cookie of its own; `nil` where it has none.
    let device: String?

    /// Describes a visitor.
    ///
    /// - Parameters:
    ///   - address: The network address.
    ///   - userAgent: What the program says of itself (`User-Agent`).
    ///   - device: The secret by which the program is known again; only its keyed hash is kept.
    public init(address: String, userAgent: String?, device: String? = nil) {
        self.address = String(address.prefix(64))
        self.device = device
        agent = userAgent.map(Self.summary) ?? "Programa desconocido"
    }

    /// Browser and system in words: enough for a person to know their own telephone in a list.
    private static func summary(_ userAgent: String) -> String {
        func first(_ names: [(mark: String, name: String)]) -> String? {
            names.first { userAgent.contains($0.mark) }?.name
        }
        // The order matters: each browser says that it is those after it, too.
        let browser = first([
            ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("Chrom", "Chrome"), ("Safari", "Safari"),
        ])
        let system = first([
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("Linux", "Linux"),
        ])
        guard let browser else { return "Programa desconocido" }
        return system.map { "\(browser) en \($0)" } ?? browser
    }
}

/// The secret of a session, which its cookie carries: 256 random bits.
public struct SessionToken: Sendable, Hashable {
    /// 43 characters of Base64 for addresses (RFC 4648 §5).
    public let text: String

    /// Makes a new token.
    public init() {
        let octets = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        text = octets.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    /// Reads the token of a cookie, `nil` where it cannot be one.
    public init?(cookie text: some StringProtocol) {
        guard text.utf8.count == 43 else { return nil }
        self.text = String(text)
    }

    /// What the database knows it by.
    var digest: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}

/// A stay of an account, from sign-in until it ends or is ended.
public struct Session: Sendable, Hashable, Identifiable {
    /// Identifies the session; it is no secret.
    public let id: Kernel.ID<Session>
    /// Whose it is.
    public let account: Kernel.ID<Account>
    /// The tenant it acts in, or acted in last; `nil` until one is chosen.
    public let organization: Kernel.ID<Organization>?
    /// The user as whom it acts there.
    public let user: Kernel.ID<User>?
    /// When it was opened.
    public let createdAt: Date
    /// When it was last used, to the minute.
    public let lastSeenAt: Date
    /// How long it may lie unused, in seconds.
    public let idleSeconds: Int
    /// When it ends whatever happens.
    public let endsAt: Date
    /// When the second factor was shown in it.
    public let secondFactorAt: Date?
    /// Where it was opened from.
    public let address: String
    /// The program that opened it.
    public let agent: String
    /// When it was ended by hand.
    public let revokedAt: Date?

    /// Whether the session still counts.
    public func isOpen(at now: Date) -> Bool {
        revokedAt == nil && now < endsAt && now < lastSeenAt.addingTimeInterval(Double(idleSeconds))
    }
}

/// Why a session ended before its time.
enum Revocation: String, Sendable {
    case signedOut = "signed_out"
    case revoked
    case passwordChanged = "password_changed"
    case secondFactorChanged = "second_factor_changed"
    case accessReset = "access_reset"
}

/// How far into the product a session leads.
public enum Admission: Sendable {
    /// The account has a second factor, which this session has not shown.
    case secondFactor(Session)
    /// A role of the user asks for a second factor, and the account has none yet.
    case enrolment(SignedIn)
    /// The account works in several tenants, or in none any more; one of these is to be chosen.
    case tenantChoice(Session, [Organization])
    /// All is there.
    case admitted(SignedIn)
}

/// A person at work in a tenant.
public struct SignedIn: Sendable {
    /// The session.
    public let session: Session
    /// Who acts, with the roles in force.
    public let principal: Principal
    /// The user as whom the person acts.
    public let user: User
    /// The tenant.
    public let organization: Organization
    /// Whether the account has a second factor.
    public let hasSecondFactor: Bool
    /// Whether the account works in other tenants too.
    public let worksElsewhere: Bool
}

/// Why a person is not let in, or one of their credentials is not changed.
public enum SignInError: UserFacingError, Hashable {
    /// The login or the password is wrong; which of them is not told, nor whether the account exists.
    case wrong
    /// Too many failures; attempts count again after so many minutes.
    case tooManyAttempts(minutes: Int)
    /// More sign-ins than the server hashes passwords for.
    case busy
    /// The code of the second factor is wrong, too old, or was used.
    case wrongCode
    /// The secret of a second factor waited too long to be set up, or another session asked for it.
    case enrolmentLapsed
    /// The session ended.
    case sessionEnded
    /// The invitation is unknown, used, void or late.
    case invitationNotValid
    /// The account acts as another user of that tenant already.
    case worksThereAlready
    /// The user was put out of work in that tenant, or the account has none there.
    case notAdmittedThere
    /// The second factor has to be shown first.
    case secondFactorMissing
    /// The tenant asks for a second factor, so it cannot be removed.
    case secondFactorNeeded

    /// The stable code.
    public var code: String {
        switch self {
        case .wrong: "tenancy.sign_in.wrong"
        case .tooManyAttempts: "tenancy.sign_in.too_many_attempts"
        case .busy: "tenancy.sign_in.busy"
        case .wrongCode: "tenancy.sign_in.wrong_code"
        case .enrolmentLapsed: "tenancy.sign_in.enrolment_lapsed"
        case .sessionEnded: "tenancy.sign_in.session_ended"
        case .invitationNotValid: "tenancy.sign_in.invitation_not_valid"
        case .worksThereAlready: "tenancy.sign_in.works_there_already"
        case .notAdmittedThere: "tenancy.sign_in.not_admitted_there"
        case .secondFactorMissing: "tenancy.sign_in.second_factor_missing"
        case .secondFactorNeeded: "tenancy.sign_in.second_factor_needed"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .wrong, .wrongCode, .enrolmentLapsed: .invalid
        case .tooManyAttempts: .tooManyRequests
        case .busy: .unavailable
        case .sessionEnded, .secondFactorMissing: .unauthenticated
        case .invitationNotValid: .notFound
        case .worksThereAlready: .conflict
        case .notAdmittedThere: .forbidden
        case .secondFactorNeeded: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .wrong: "password"
        case .wrongCode: "code"
        case .invitationNotValid: "code"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .wrong:
            "El usuario o la contraseña no son correctos. Revíselos y escríbalos de nuevo."
        case .tooManyAttempts(let minutes):
            """
            Hubo demasiados intentos fallidos. Espere \(minutes) \(minutes == 1 ? "minuto" : "minutos") y vuelva a intentar, \
            o pida una contraseña nueva a quien administra su entidad.
            """
        case .busy:
            "Hay muchas personas ingresando en este momento. Espere unos segundos y vuelva a intentar."
        case .wrongCode:
            "El código no es correcto o ya se usó. Espere el siguiente en su aplicación y escríbalo."
        case .enrolmentLapsed:
            "Pasaron más de diez minutos y el código QR cambió. Lea el nuevo con su teléfono y escriba el código que muestra."
        case .sessionEnded:
            "Su sesión terminó. Ingrese de nuevo para continuar."
        case .invitationNotValid:
            """
            La invitación no existe, ya se usó o se venció. Pida una nueva a quien administra su entidad.
            """
        case .worksThereAlready:
            "Su cuenta ya tiene un usuario en esa entidad. Cree una contraseña aparte para esta invitación."
        case .notAdmittedThere:
            "Su usuario no está activo en esa entidad. Escriba a quien la administra."
        case .secondFactorMissing:
            "Falta el segundo paso del ingreso. Escriba el código de su aplicación."
        case .secondFactorNeeded:
            "Su función exige el segundo paso, así que no se puede quitar. Puede cambiarlo por el de otro teléfono."
        }
    }
}

import Tenancy

/// The places that every page links to.
extension Path {
    /// The front page, for everybody.
    static let start = FixedRoute("/")
    /// Where one signs in.
    static let signIn = FixedRoute("/entrar")
    /// The second step of signing in.
    static let secondFactor = FixedRoute("/entrar/codigo")
    /// Sets up the second step.
    static let enrolment = FixedRoute("/entrar/segundo-paso")
    /// Chooses among the entities in which one works.
    static let tenantChoice = FixedRoute("/entrar/entidad")
    /// What the holder of a code is invited to.
    static let invitation = Route<InvitationCode>("/invitacion/{code}")
    /// Ends the session.
    static let signOut = FixedRoute("/salir")
    /// One's own account: sessions, second factor, password.
    static let account = FixedRoute("/cuenta")
    /// Changes one's password.
    static let password = FixedRoute("/cuenta/contrasena")
    /// Makes new recovery codes.
    static let recoveryCodes = FixedRoute("/cuenta/codigos")
    /// Ends one of one's sessions.
    static let endSession = FixedRoute("/cuenta/sesiones/cerrar")
    /// A page of the manual.
    static let help = Route<HelpTopic>("/ayuda/{topic}")
    /// Where anybody verifies a document.
    static let verify = FixedRoute("/verificar")
    /// How personal data are treated.
    static let privacy = FixedRoute("/privacidad")
    /// How accessible the pages are and whom to tell of a barrier.
    static let accessibility = FixedRoute("/accesibilidad")

    /// A tenant's home.
    static let home = FixedRoute("/o/{tenant}")
    /// The search for people, minutes, elections and documents.
    static let search = FixedRoute("/o/{tenant}/buscar")
    /// What waits for the person.
    static let pending = FixedRoute("/o/{tenant}/pendientes")
    /// The alliances of a tenant.
    static let alliances = FixedRoute("/o/{tenant}/alianzas")
    /// An alliance, by the last part of its address.
    static let alliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}")
}

/// The part of an address that names an alliance, such as `san-antero`.
struct AllianceSlug: Hashable, PathValue, RawRepresentable {
    let rawValue: String

    /// Reads what ``TenantSlug`` reads; the constraint is `alliances_slug_shape`.
    init?(rawValue: String) {
        guard TenantSlug(rawValue: rawValue) != nil else { return nil }
        self.rawValue = rawValue
    }
}

/// A page of the manual, such as `inscribir-una-plancha`.
struct HelpTopic: Hashable, PathValue, RawRepresentable, ExpressibleByStringLiteral {
    let rawValue: String

    init?(rawValue: String) {
        guard TenantSlug(rawValue: rawValue) != nil else { return nil }
        self.rawValue = rawValue
    }

    /// Names a page from the source code.
    init(stringLiteral name: StaticString) {
        rawValue = "\(name)"
    }

    /// The manual's first page.
    static let start: Self = "inicio"
}

/// The code of an invitation, as it stands in its link.
struct InvitationCode: Hashable, PathValue, RawRepresentable {
    let rawValue: String

    /// Takes letters, digits and hyphens.
    init?(rawValue: String) {
        let isCode = rawValue.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45
        }
        guard isCode, (4...60).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    /// The code of an invitation that was just made.
    init(_ invitation: Invitation) {
        rawValue = invitation.code
    }
}

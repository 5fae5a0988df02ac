/// What a person may be in a tenant, for a time and within a space.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Administers users, settings and territory of the entity (`administrador de la entidad`).
    case officeAdministrator = "office_administrator"
    /// Works in the participation or SIAU office (`profesional de participación social`).
    case office
    /// Sits on the board or organising committee of an alliance (`junta directiva`, `comité organizador`).
    case board
    /// Is a member of an alliance (`asociado`).
    case member
    /// Runs the elections of an alliance or one process (`comité electoral`).
    case electionCommittee = "election_committee"
    /// Serves at a voting table (`jurado`).
    case juror
    /// Watches the vote for a slate (`testigo electoral`).
    case witness
    /// Guarantees a process from outside: personería, secretaría (`garante`).
    case guarantor
    /// Keeps a share of the key of an electronic box (`custodio de la llave`).
    case trustee
    /// Makes the credentials of an electronic box (`autoridad de credenciales`).
    case credentialAuthority = "credential_authority"
    /// Reviews compliance for a control body (`organismo de control`).
    case controlBody = "control_body"
    /// Operates the platform; what operators do in a tenant is visible to it.
    case `operator`

    /// The name of the role on screens.
    public var title: String {
        switch self {
        case .officeAdministrator: "Administración de la entidad"
        case .office: "Oficina de participación"
        case .board: "Junta o comité organizador"
        case .member: "Asociado"
        case .electionCommittee: "Comité electoral"
        case .juror: "Jurado de mesa"
        case .witness: "Testigo electoral"
        case .guarantor: "Garante"
        case .trustee: "Custodio de la llave"
        case .credentialAuthority: "Autoridad de credenciales"
        case .controlBody: "Organismo de control"
        case .operator: "Operador de la plataforma"
        }
    }

    /// Whether the role has to sign in with a second factor.
    public var needsSecondFactor: Bool {
        switch self {
        case .electionCommittee, .controlBody, .operator: true
        default: false
        }
    }

    /// Whether the role decides in elections or looks in from outside, so that the entity that it watches neither
    /// lets its holders in anew nor sees the links by which they come in: whoever holds a link acts in their name.
    public var isBeyondTheEntity: Bool {
        switch self {
        case .electionCommittee, .juror, .witness, .guarantor, .trustee, .credentialAuthority, .controlBody,
            .operator:
            true
        case .officeAdministrator, .office, .board, .member: false
        }
    }

    /// Whether who has the role must be known by their document: that they have no stake in what they decide, or whose key
    /// they keep, is asked of the register, and the register knows people by it.
    public var needsDocument: Bool {
        self == .electionCommittee || self == .trustee || self == .credentialAuthority
    }

    /// Whether what the role reads of persons leaves an event in the chain of the tenant: it looks in from
    /// outside.
    public var leavesTraceOfReading: Bool {
        switch self {
        case .controlBody, .guarantor, .operator: true
        default: false
        }
    }

    /// Whether the role counts in an alliance or one of its processes, and never in a whole tenant.
    public var needsAlliance: Bool {
        switch self {
        case .board, .member, .electionCommittee, .juror, .witness, .guarantor, .trustee,
            .credentialAuthority:
            true
        case .officeAdministrator, .office, .controlBody, .operator: false
        }
    }

    /// Whether one person may not hold both roles in the same space: they would watch over their own acts.
    ///
    /// The office runs the logistics of an election and decides nothing in it; guarantors stand outside of
    /// it; a witness watches the jurors; and the committee decides on what the jurors counted. Whoever keeps the key of
    /// an electronic box, or makes its credentials, is nobody of the office that runs the server and no juror, whom the
    /// committee names. Who makes the credentials is nobody who could vote with them: neither who draws up the box, nor who
    /// keeps its key or guarantees the election.
    public func excludes(_ other: Self) -> Bool {
        Self.exclusions.contains([self, other])
    }

    private static let exclusions: Set<Set<Role>> = [
        [.electionCommittee, .officeAdministrator], [.electionCommittee, .office],
        [.electionCommittee, .operator], [.electionCommittee, .controlBody],
        [.electionCommittee, .guarantor], [.electionCommittee, .witness], [.electionCommittee, .juror],
        [.guarantor, .officeAdministrator], [.guarantor, .office], [.guarantor, .board],
        [.guarantor, .juror], [.guarantor, .witness], [.guarantor, .operator],
        [.juror, .witness], [.juror, .operator], [.controlBody, .operator],
        [.trustee, .officeAdministrator], [.trustee, .office], [.trustee, .operator],
        [.credentialAuthority, .officeAdministrator], [.credentialAuthority, .office],
        [.trustee, .juror], [.credentialAuthority, .operator], [.credentialAuthority, .electionCommittee],
        [.credentialAuthority, .trustee], [.credentialAuthority, .juror], [.credentialAuthority, .guarantor],
    ]
}

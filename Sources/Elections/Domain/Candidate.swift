/// A candidate of a slate.
public enum Candidate {}

/// Whether a candidate stands for the seat or to replace who holds it.
public enum CandidateRole: String, Sendable, Hashable, CaseIterable {
    /// Takes the seat (`principal`).
    case principal
    /// Comes in where a principal leaves (`suplente`).
    case alternate

    /// The word on screens.
    public var title: String {
        switch self {
        case .principal: "Principal"
        case .alternate: "Suplente"
        }
    }
}

/// Where a candidate stands.
public enum CandidateState: String, Sendable, Hashable, CaseIterable {
    /// On the slate.
    case standing
    /// Left it, or was taken off by who registered it.
    case withdrawn
    /// Kept out by the committee, with a ground.
    case disqualified

    /// The word on screens.
    public var title: String {
        switch self {
        case .standing: "En la lista"
        case .withdrawn: "Retirado"
        case .disqualified: "Inhabilitado"
        }
    }
}

/// Where a slate stands.
public enum SlateState: String, Sendable, Hashable, CaseIterable {
    /// Registered; the committee has not decided.
    case registered
    /// On the ballot.
    case admitted
    /// Refused, with reasons.
    case rejected
    /// Taken back by who registered it.
    case withdrawn

    /// The word on screens.
    public var title: String {
        switch self {
        case .registered: "Por decidir"
        case .admitted: "Admitida"
        case .rejected: "Rechazada"
        case .withdrawn: "Retirada"
        }
    }

    /// Whether the slate can still reach the ballot, or is on it.
    public var stands: Bool { self == .registered || self == .admitted }
}

/// The one thing that a person may be in a process. Whoever stands neither runs it, nor counts, nor guarantees it.
public enum Capacity: String, Sendable, Hashable, CaseIterable {
    case candidate, juror, committee, guarantor, trustee
    case credentialAuthority = "credential_authority"

    /// The words after «es».
    public var title: String {
        switch self {
        case .candidate: "candidato"
        case .juror: "jurado"
        case .committee: "integrante del comité electoral"
        case .guarantor: "garante"
        case .trustee: "custodio de la llave"
        case .credentialAuthority: "autoridad de credenciales"
        }
    }
}

import Elections
import Kernel
import Tenancy

extension Path {
    /// The electronic boxes of a process.
    static let boxes = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas")
    /// Drafts a box.
    static let newBox = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/nueva")
    /// A box.
    static let box = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}")
    /// Changes what a box is to be.
    static let editBox = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/cambiar")
    /// Names a trustee.
    static let appointTrustee = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/custodios/nombrar")
    /// Relieves a trustee.
    static let relieveTrustee = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<BoxTrustee>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/custodios/{trustee}/relevar")
    /// Names who makes the credentials.
    static let appointAuthority = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/autoridad")
    /// Relieves who makes the credentials.
    static let relieveAuthority = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/autoridad/relevar")
    /// Fixes all of a box.
    static let sealBox = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/sellar")
    /// Proposes what two people do with a box.
    static let proposeBoxAct = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, BoxActName>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/proponer/{act}")
    /// Proposes to leave a ballot out.
    static let excludeBallot = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/excluir")
    /// Proposes what a contradiction of marks comes to.
    static let settleConflict = Route<
        AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<ParticipationConflict>
    >("/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/contradicciones/{conflict}")
    /// Seconds what was proposed.
    static let secondBoxAct = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<ElectoralAct>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/actos/{act}")
    /// Takes a proposal back.
    static let withdrawBoxAct = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<ElectoralAct>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/actos/{act}/retirar")

    /// The page of a trustee.
    static let trusteeDesk = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mi-llave")
    /// What a trustee's module reads.
    static let trusteeState = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mi-llave/estado.json")
    /// Where a trustee's module sends its messages.
    static let trusteeMessage = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mi-llave/mensaje")
    /// The page of the credential authority.
    static let credentialDesk = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/claves")
    /// For whom credentials are made, for the page's module and for the terminal.
    static let credentialOrder = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/claves/electores.json")
}

/// What is proposed about a whole box, as addresses name it.
enum BoxActName: String, PathValue, CaseIterable {
    case open = "abrir"
    case close = "cerrar"
    case count = "contar"
    case annul = "anular"

    var kind: BoxAct.Kind {
        switch self {
        case .open: .open
        case .close: .close
        case .count: .count
        case .annul: .annul
        }
    }
}

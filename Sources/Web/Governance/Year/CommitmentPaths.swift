import Governance
import Kernel
import Tenancy

extension Path {
    /// The commitments of all alliances.
    static let allCommitments = FixedRoute("/o/{tenant}/compromisos")
    /// The commitments of an alliance.
    static let commitments = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/compromisos")
    /// Takes on a commitment.
    static let newCommitment = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/compromisos/nuevo")
    /// A commitment.
    static let commitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}")
    /// Mends a slip in a commitment.
    static let correctCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/corregir")
    /// Records progress of a commitment.
    static let progressCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/avance")
    /// Puts a commitment off.
    static let postponeCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/aplazar")
    /// Closes a commitment as done.
    static let closeCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/cumplido")
    /// Opens a commitment again.
    static let reopenCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/reabrir")
    /// Drops a commitment.
    static let dropCommitment = Route<AllianceSlug, ID<Commitment>>(
        "/o/{tenant}/alianzas/{alliance}/compromisos/{commitment}/descartar")
}

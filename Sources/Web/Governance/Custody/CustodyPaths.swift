import Governance
import Kernel
import Tenancy

extension Path {
    /// All documents of an alliance.
    static let documents = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos")
    /// Records a delivery.
    static let newDelivery = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos/entregas/nueva")
    /// A delivery.
    static let delivery = Route<AllianceSlug, ID<Delivery>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/entregas/{delivery}")
    /// The index of a delivery, to be signed.
    static let deliveryIndex = Route<AllianceSlug, ID<Delivery>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/entregas/{delivery}/indice")
    /// Records the receipt of a delivery.
    static let deliveryReceipt = Route<AllianceSlug, ID<Delivery>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/entregas/{delivery}/recibo")
    /// How long the files of an alliance are kept.
    static let retention = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos/conservacion")
    /// How long one file is kept, and what was decided about it.
    static let fileRetention = Route<AllianceSlug, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/conservacion/{file}")
    /// Keeps a file whose term passed until another day.
    static let keepFileLonger = Route<AllianceSlug, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/conservacion/{file}/conservar")
    /// Proposes to let a file go.
    static let proposeDisposal = Route<AllianceSlug, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/conservacion/{file}/eliminar")
    /// Confirms that a file goes.
    static let secondDisposal = Route<AllianceSlug, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/conservacion/{file}/confirmar")
    /// Takes a proposal back.
    static let withdrawDisposal = Route<AllianceSlug, ID<StoredFile>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/conservacion/{file}/retirar")
    /// The copies of all that an alliance has.
    static let exports = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos/copias")
    /// A copy.
    static let export = Route<AllianceSlug, ID<AllianceExport>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/copias/{export}")
}

extension AllianceDocument.Source: PathValue {}
extension DocumentOrigin.Kind: PathValue {}
extension Delivery.Medium: PathValue {}

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
    /// The copies of all that an alliance has.
    static let exports = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos/copias")
    /// A copy.
    static let export = Route<AllianceSlug, ID<AllianceExport>>(
        "/o/{tenant}/alianzas/{alliance}/documentos/copias/{export}")
}

extension AllianceDocument.Source: PathValue {}
extension Delivery.Medium: PathValue {}

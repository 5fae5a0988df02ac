import Foundation
import Governance
import Kernel
import Tenancy

extension Path {
    /// The minutes of a meeting, from draft to seal.
    static let minutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta")
    /// Writes what is free in them.
    static let writeMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/editar")
    /// Their PDF.
    static let minutesFile = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/pdf")
    /// The PDF of their redacted twin.
    static let redactedMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/version-publica")
    /// Circulates them.
    static let circulateMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/circular")
    /// Observes them.
    static let observeMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/observaciones")
    /// Answers an observation.
    static let answerObservation = Route<AllianceSlug, ID<Meeting>, ID<MinutesObservation>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/observaciones/{observation}")
    /// Notes their approval.
    static let approveMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/aprobar")
    /// Says who signs them.
    static let minutesSigners = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmas")
    /// One's own signature.
    static let signMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmar")
    /// Asks for a code to sign.
    static let signingCode = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmar/codigo")
    /// Binds a signature on paper.
    static let paperSignature = Route<AllianceSlug, ID<Meeting>, ID<MinutesSigner>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmas/{signer}")
    /// Looks at the scan of a signature on paper, and says that it is the one.
    static let paperReview = Route<AllianceSlug, ID<Meeting>, ID<MinutesSigner>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmas/{signer}/revisar")
    /// The scan itself.
    static let paperScan = Route<AllianceSlug, ID<Meeting>, ID<MinutesSigner>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/firmas/{signer}/copia")
    /// Seals them.
    static let sealMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/sellar")
    /// Notes a correction.
    static let correctMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/corregir")
    /// The certified extract of one decision.
    static let minutesExtract = Route<AllianceSlug, ID<Meeting>, Int>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/decisiones/{decision}")
    /// The book of minutes.
    static let minutesBook = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/libro")
    /// The control header of the entity's minutes.
    static let documentFormats = FixedRoute("/o/{tenant}/formatos")
}

extension MinutesDraft.Activity: PathValue {}

extension MinutesDraft.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .draft: Status(title, .open)
        case .circulated: Status(title, .due)
        case .approved: Status(title, .partial)
        case .sealed: Status(title, .sealed)
        }
    }
}

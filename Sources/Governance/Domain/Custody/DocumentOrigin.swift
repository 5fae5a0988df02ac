public import Foundation

/// What a file proves: the act that it was kept with, so that nobody has to tell it from the name of the file.
public struct DocumentOrigin: Sendable, Hashable {
    /// The sorts of what files are kept with.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case meeting, letter, commitment, improvement, complaint, campaign, oversight, body, plan, group,
            poll,
            report, life, delivery

        /// The name on screens.
        public var title: String {
            switch self {
            case .meeting: "De una reunión"
            case .letter: "De una carta"
            case .commitment: "De un compromiso"
            case .improvement: "De una mejora"
            case .complaint: "De una queja"
            case .campaign: "De una campaña"
            case .oversight: "De una veeduría"
            case .body: "De un período"
            case .plan: "Del plan de trabajo"
            case .group: "De un grupo de trabajo"
            case .poll: "De un sondeo"
            case .report: "Informe presentado"
            case .life: "De la vida de la alianza"
            case .delivery: "De una entrega en custodia"
            }
        }
    }

    /// The sort.
    public let kind: Kind
    /// Identifies what it was kept with; a plan goes by its ``year``.
    public let subject: UUID
    /// The year, of a plan.
    public let year: Int?
    /// What the file is, of what, in words: «Evidencia del compromiso «Publicar los horarios»».
    public let words: String
}

public import Foundation
public import Kernel

/// Who can give up the rest of the term to challenge (`renuncia a términos`) in a proclamation's session.
public enum TermWaiver: Sendable, Hashable {
    /// A slate of a contest that is still open, by its representative.
    case slate(ID<Slate>)
    /// A guarantor who was accredited.
    case guarantor(ID<Guarantor>)
}

/// Somebody whose term to challenge runs.
public struct TermHolder: Sendable, Hashable {
    /// Who it is.
    public let waiver: TermWaiver
    /// The name: of the slate with its contest, or of the institution.
    public let name: String
}

/// A waiver as it was noted.
public struct NotedWaiver: Codable, Sendable, Hashable {
    /// Who gave the term up: a slate or an institution.
    public let party: String
    /// Who noted it; left out where the acta is published.
    public let notedBy: String?
    /// When.
    public let notedAt: Date
}

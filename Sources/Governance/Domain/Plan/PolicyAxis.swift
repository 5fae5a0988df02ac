public import Foundation

/// The five axes (`ejes`) of the participation policy.
///
/// - SeeAlso: Resolución 2063 de 2017, as the plan of Aliansalud's association (2026) cites it: an association works
///   on axes 2 to 5.
public enum PolicyAxis: Int, Sendable, Hashable, CaseIterable, Codable {
    /// Of the institution.
    case institution = 1
    /// Of citizens and their organisations.
    case citizens
    /// Of a culture of health.
    case culture
    /// Of control by citizens.
    case control
    /// Of participation in decisions.
    case decision

    /// The name, as the policy has it.
    public var title: String {
        switch self {
        case .institution: "Fortalecimiento institucional"
        case .citizens: "Empoderamiento de la ciudadanía y las organizaciones sociales en salud"
        case .culture: "Impulso a la cultura de la salud"
        case .control: "Control social en salud"
        case .decision: "Gestión y garantía en salud con participación en el proceso de decisión"
        }
    }
}

/// A line of action of the policy, which an activity may follow.
public struct PolicyLine: Sendable, Hashable, Decodable {
    /// The axis that it is of.
    public let axis: PolicyAxis
    /// What it is about.
    public let line: String
    /// Where it is ordered.
    public let norm: String
    /// Whether somebody compared it with the norm's own text.
    public let confirmed: Bool

    /// The lines of the folder of catalogues, `policy_lines.json`.
    ///
    /// - Throws: `DecodingError`, or an error of Foundation where the file is not there.
    public static func all(in folder: URL) throws -> [Self] {
        try JSONDecoder().decode(
            [Self].self, from: Data(contentsOf: folder.appending(path: "policy_lines.json")))
    }
}

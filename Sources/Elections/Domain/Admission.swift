import Kernel
import Membership

/// Something that stands between a slate and the ballot. The page shows what the committee is refused for.
public enum AdmissionObstacle: Sendable, Hashable {
    /// The candidate has not accepted.
    case notAccepted(String)
    /// A requirement is not met, by its title.
    case fails(String, String)
    /// A requirement is not proven, by its title.
    case unproven(String, String)
    /// The roll is frozen, and the candidate is not on it.
    case notOnRoll(String)
    /// A place is empty while it can still be filled.
    case placeEmpty(CandidateRole, Int)
    /// No principal is left.
    case nobodyStands

    /// Whether the committee cannot admit the slate at all; what is not blocking needs its reasons.
    public var isBlocking: Bool {
        if case .unproven = self { false } else { true }
    }

    /// What is missing and how it is mended.
    public var sentence: String {
        switch self {
        case .notAccepted(let name): "Falta la aceptación de \(name)."
        case .fails(let name, let requirement):
            "\(name) no cumple «\(requirement)»: corrija el dato, o inhabilite y nombre reemplazo."
        case .unproven(let name, let requirement): "\(name) no ha probado «\(requirement)»."
        case .notOnRoll(let name):
            "\(name) no está en el censo definitivo: inhabilite y nombre reemplazo."
        case .placeEmpty(let role, let position):
            "El lugar \(position) de los \(role == .principal ? "principales" : "suplentes") quedó vacío: nombre el reemplazo, o corra los demás."
        case .nobodyStands: "No queda ningún principal: nombre reemplazo o rechace la plancha."
        }
    }
}

extension [AdmissionObstacle] {
    /// The first of them in words; all of them stand on the slate's page.
    var sentences: String {
        let first = prefix(3).map(\.sentence).joined(separator: " ")
        return count > 3 ? "\(first) Y \(count - 3) más." : first
    }
}

/// Reads what stands between a slate and the ballot, from its candidates as they are.
enum Admission {
    /// What is missing, candidate by candidate in their order.
    ///
    /// While nominations are taken an empty place has to be filled; after that the slate goes on with the people that
    /// it has.
    static func obstacles(
        of candidates: [CandidateFile], inPlace placed: [CandidateFile], isWindowOpen: Bool
    ) -> [AdmissionObstacle] {
        var obstacles: [AdmissionObstacle] = []
        if !candidates.contains(where: { $0.role == .principal }) { obstacles.append(.nobodyStands) }
        for candidate in candidates {
            if candidate.acceptedAt == nil { obstacles.append(.notAccepted(candidate.name)) }
            if candidate.isOnRoll == false { obstacles.append(.notOnRoll(candidate.name)) }
            for outcome in candidate.dossier?.outcomes ?? [] {
                switch outcome.verdict {
                case .pass: continue
                case .fail: obstacles.append(.fails(candidate.name, outcome.requirement.title))
                case .unproven: obstacles.append(.unproven(candidate.name, outcome.requirement.title))
                }
            }
        }
        guard isWindowOpen else { return obstacles }
        for role in CandidateRole.allCases {
            let last = placed.filter { $0.role == role && $0.leftItsPlace }.map(\.position).max() ?? 0
            let filled = Set(candidates.filter { $0.role == role }.map(\.position))
            let highest = max(last, filled.max() ?? 0)
            for position in 1..<(highest + 1) where !filled.contains(position) {
                obstacles.append(.placeEmpty(role, position))
            }
        }
        return obstacles
    }
}

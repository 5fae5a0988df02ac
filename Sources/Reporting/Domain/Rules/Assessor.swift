public import Kernel
import Tenancy

extension AllianceFacts {
    /// Says where the alliance stands on an obligation.
    ///
    /// A deadline that nobody confirmed never makes anything overdue: what is late by it is `unproven`, and the
    /// finding says so.
    ///
    /// - Parameters:
    ///   - terms: The obligation with the terms that count for this alliance.
    ///   - day: The day as of which it is said.
    /// - Returns: The state with its reason, what to do next, and what shows it.
    public func assessment(of terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        guard terms.obligation.appliesTo.contains(entity) else {
            return Assessment(
                terms, .notApplicable,
                "A las alianzas de una \(entity.title) no se les pide.")
        }
        guard state != .dissolved else {
            return Assessment(terms, .notApplicable, "La alianza está disuelta.")
        }
        do {
            return try said(of: terms, on: day)
        } catch {
            return Assessment(
                terms, .unproven,
                "No se puede decir: el catálogo no tiene la cifra «\(error.name.title.lowercased())».")
        }
    }

    private func said(
        of terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) -> Assessment {
        switch terms.obligation.code {
        case .convening: convening(terms, on: day)
        case .constitution: try constitution(terms)
        case .registration: registration(terms, on: day)
        case .bylaws: bylaws(terms, on: day)
        case .terms: try representation(terms, on: day)
        case .election: election(terms, on: day)
        case .accountability: try yearly(.accountability, terms, on: day)
        case .managementReport: try yearly(.management, terms, on: day)
        case .planFollowUp: try planFollowUp(terms, on: day)
        case .meetings: try meetings(terms, on: day)
        }
    }

    /// What is said of a duty that begins with the constitution, before it.
    func beforeConstitution(_ terms: ObligationTerms) -> Assessment {
        Assessment(terms, .notApplicable, "Se pide desde la constitución de la alianza.")
    }

    /// What is said once a deadline has passed: overdue where it is confirmed, unproven where it is not.
    func late(
        _ terms: ObligationTerms, _ finding: String, since dueOn: CalendarDate, next: NextStep,
        evidence: [Evidence] = [], isConfirmed: Bool? = nil
    ) -> Assessment {
        guard isConfirmed ?? terms.deadlineIsConfirmed else {
            return Assessment(
                terms, .unproven,
                "\(finding) El plazo no está confirmado, por eso no se reporta como vencido.",
                dueOn: dueOn, deadlineIsConfirmed: false, next: next, evidence: evidence)
        }
        return Assessment(
            terms, .overdue, finding, since: dueOn + 1, dueOn: dueOn, deadlineIsConfirmed: true, next: next,
            evidence: evidence)
    }
}

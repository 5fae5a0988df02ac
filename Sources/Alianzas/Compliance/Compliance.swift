import ArgumentParser
import Foundation
import Kernel
import Postgres
import Reporting
import Tenancy

/// `alianzas compliance`: where an alliance stands on each of its obligations.
struct Compliance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Muestra cómo va una alianza con cada una de sus obligaciones.")

    @Option(
        help: ArgumentHelp(
            "La alianza, como está en su dirección; con la entidad delante si hace falta: entidad/alianza.",
            valueName: "alianza"))
    var alliance: String

    @Option(
        help: ArgumentHelp(
            "El día de la respuesta, AAAA-MM-DD; si no, hoy. De un día pasado se dice lo que era cierto ese día, según las fechas de lo que hoy se conoce.",
            valueName: "fecha"))
    var on: String?

    @Flag(help: "Responde en JSON.")
    var json = false

    func validate() throws {
        if let on, CalendarDate(on) == nil {
            throw ValidationError("«\(on)» no es una fecha. Escríbala como 2026-03-13.")
        }
    }

    func run() async throws {
        let (place, isJSON, on) = (alliance, json, on)
        try await Runtime.with(program: "alianzas compliance") { runtime in
            let runner = runtime.runner
            let day = on.flatMap { CalendarDate($0) } ?? ColombianTime.date(at: runner.now)
            let (organization, alliance) = try await runtime.alliance(named: place)
            let said = try await runner.fetch(
                AssessAlliance(alliance.id, on: day), as: .terminal(in: organization.id))
            if isJSON {
                try Terminal.print(
                    json: ComplianceAnswer(
                        alliance: alliance.slug, on: day, obligations: said.map(ObligationAnswer.init)))
            } else {
                Terminal.print(
                    "\(alliance.name), \(SpanishFormat.longDate(day))\n\n"
                        + said.map(\.text).joined(separator: "\n\n"))
            }
        }
    }
}

/// What machines read.
private struct ComplianceAnswer: Encodable {
    let alliance: String
    let on: CalendarDate
    let obligations: [ObligationAnswer]
}

private struct ObligationAnswer: Encodable {
    let code: String
    let title: String
    let state: ObligationState
    let dueOn: CalendarDate?
    let finding: String
    let next: String?
    let norm: String
    let normIsConfirmed: Bool
    let deadlineIsConfirmed: Bool
    let evidence: [Evidence]

    init(_ said: Assessment) {
        code = said.terms.obligation.code.rawValue
        title = said.terms.obligation.title
        state = said.state
        dueOn = said.dueOn
        finding = said.finding
        next = said.next?.words
        norm = said.terms.norm
        normIsConfirmed = said.terms.normIsConfirmed
        deadlineIsConfirmed = said.deadlineIsConfirmed
        evidence = said.evidence
    }

    private enum CodingKeys: String, CodingKey {
        case code, title, state, finding, next, norm, evidence
        case dueOn = "due_on"
        case normIsConfirmed = "norm_is_confirmed"
        case deadlineIsConfirmed = "deadline_is_confirmed"
    }
}

extension Assessment {
    /// What people read.
    fileprivate var text: String {
        let obligation = terms.obligation
        let confirmed = terms.normIsConfirmed ? "confirmada" : "sin confirmar"
        var lines = [
            "\(obligation.code.rawValue)  \(state.title): \(obligation.title)", "     \(finding)",
            "     Norma (\(confirmed)): \(terms.norm)",
        ]
        if let next { lines.append("     Qué sigue: \(next.words)") }
        return lines.joined(separator: "\n")
    }
}

import ArgumentParser
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

/// `alianzas eligibility`: one person's dossier, rule by rule.
struct Eligibility: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explica si una persona cumple los requisitos, uno por uno.")

    @Option(
        help: ArgumentHelp(
            "La alianza, como está en su dirección; con la entidad delante si hace falta: entidad/alianza.",
            valueName: "alianza"))
    var alliance: String

    @Option(help: ArgumentHelp("Tipo y número del documento: «CC 12345678».", valueName: "documento"))
    var document: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "En qué calidad: member, elector, candidate u holder; si no, elector.", valueName: "calidad"),
        transform: Self.target(named:))
    var target = EligibilityTarget.elector

    @Option(help: ArgumentHelp("El día de la respuesta, AAAA-MM-DD; si no, hoy.", valueName: "fecha"))
    var on: String?

    @Option(help: ArgumentHelp("El proceso electoral, si se pregunta para uno.", valueName: "proceso"))
    var process: String?

    @Flag(help: "Responde en JSON.")
    var json = false

    private static func target(named name: String) throws -> EligibilityTarget {
        guard let target = EligibilityTarget(rawValue: name) else {
            throw ValidationError("«\(name)» no es una calidad. Escriba member, elector, candidate u holder.")
        }
        return target
    }

    func validate() throws {
        if let on, CalendarDate(on) == nil {
            throw ValidationError("«\(on)» no es una fecha. Escríbala como 2026-03-13.")
        }
        if let process, ID<ElectoralProcess>(process) == nil {
            throw ValidationError("«\(process)» no es el identificador de un proceso.")
        }
        do {
            _ = try IdentityDocument(parsing: document)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let document = try IdentityDocument(parsing: document)
        let process = process.flatMap { ID<ElectoralProcess>($0) }
        let (target, place, isJSON, on) = (target, alliance, json, on)
        try await Runtime.with(program: "alianzas eligibility") { runtime in
            let runner = runtime.runner
            let day = on.flatMap { CalendarDate($0) } ?? ColombianTime.date(at: runner.now)
            let (organization, alliance) = try await runtime.alliance(named: place)
            let principal = Principal.terminal(in: organization.id)
            let person = try await runner.fetch(FindPerson(document, for: alliance.id), as: principal)
            let dossier = try await runner.fetch(
                ReadDossier(
                    person, as: target, in: EligibilitySpace(alliance: alliance.id, process: process), on: day
                ),
                as: principal)
            if isJSON {
                try Terminal.print(json: DossierAnswer(dossier, document: document, alliance: alliance.slug))
            } else {
                Terminal.print(dossier.text(of: document, in: alliance.name))
            }
        }
    }
}

/// A dossier as machines read it.
private struct DossierAnswer: Encodable {
    struct Row: Encodable {
        let requirement: String
        let title: String
        let verdict: String
        let ground: String
        let fact: String?
        let source: String?
        let date: String?
        let cure: String?
        let norm: String
        let normIsConfirmed: Bool

        enum CodingKeys: String, CodingKey {
            case requirement, title, verdict, ground, fact, source, date, cure, norm
            case normIsConfirmed = "norm_is_confirmed"
        }
    }

    let alliance: String
    let document: String
    let target: String
    let day: String
    let verdict: String
    let requirements: [Row]

    enum CodingKeys: String, CodingKey {
        case alliance, document, day, verdict, requirements
        case target = "as"
    }

    init(_ dossier: Dossier, document: IdentityDocument, alliance: String) {
        self.alliance = alliance
        self.document = "\(document.type.rawValue) \(document.number)"
        target = dossier.target.rawValue
        day = dossier.day.description
        verdict = dossier.verdict.rawValue
        requirements = dossier.outcomes.map { outcome in
            Row(
                requirement: outcome.requirement.id, title: outcome.requirement.title,
                verdict: outcome.verdict.rawValue, ground: outcome.ground.rawValue, fact: outcome.fact,
                source: outcome.source, date: outcome.factDate?.description, cure: outcome.cure,
                norm: outcome.requirement.norm, normIsConfirmed: outcome.requirement.isNormConfirmed)
        }
    }
}

extension Dossier {
    /// The dossier as people read it.
    fileprivate func text(of document: IdentityDocument, in alliance: String) -> String {
        let rows = outcomes.map { outcome in
            let requirement = outcome.requirement
            var lines = ["\(requirement.id)  \(outcome.verdict.title): \(requirement.question)"]
            lines.append("     \(outcome.explanation)")
            lines.append("     \(requirement.norm)\(requirement.isNormConfirmed ? "" : " (sin confirmar)")")
            if let cure = outcome.cure { lines.append("     Qué hacer: \(cure)") }
            return lines.joined(separator: "\n")
        }
        return """
            \(document.type.rawValue) \(document.number), como \(target.title) de \(alliance), el \(SpanishFormat.date(day)): \(verdict.title.lowercased())

            \(rows.joined(separator: "\n"))
            """
    }
}

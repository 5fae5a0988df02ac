import ArgumentParser
import Foundation
import Governance
import Kernel
import Postgres
import Tenancy

/// `alianzas audit verify`: reckons every chain of every tenant again, and names the first event that does not hold.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Comprueba todas las cadenas, eslabón por eslabón.",
        discussion: """
            El resultado es 1 si alguna cadena está rota, y se dice cuál es su primer eslabón roto. Contra quien tiene el \
            servidor solo prueban las anclas que se guardaron por fuera: dígalas con --anchor.
            """)

    @Option(
        name: .customLong("anchor"),
        help: ArgumentHelp(
            "Un archivo de anclas, o una carpeta de ellos, guardado por fuera. Si no, los de la carpeta de datos.",
            valueName: "archivo"))
    var anchors: String?

    @Option(
        name: .customLong("archive"),
        help: ArgumentHelp(
            "Una copia de una alianza: se comprueba sola, sin base de datos ni servidor.",
            valueName: "archivo"))
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "Solo la entidad de este código o nombre en las direcciones.", valueName: "código"))
    var organization: String?

    @Flag(help: "Responde en JSON.")
    var json = false

    func validate() throws {
        if archive != nil, anchors != nil || organization != nil {
            throw ValidationError("Una copia se comprueba sola: --archive va sin --anchor ni --organization.")
        }
    }

    func run() async throws {
        if let archive { return try check(archive) }
        let (path, named) = (anchors, organization)
        let (findings, minutes) = try await Runtime.with(program: "alianzas audit verify") { runtime in
            let anchors = try Self.anchors(at: path, of: runtime.configuration)
            let place = Self.place(of: path, in: runtime.configuration)
            let chosen = try await Self.organizations(named: named, anchors: anchors, in: runtime)
            let ledger = AuditLedger(database: runtime.database)
            var findings: [ChainFinding] = []
            var minutes = MinutesFindings()
            for (id, name) in chosen {
                let reports = try await ledger.verifyAndNote(id, anchors: anchors, at: runtime.clock.now())
                findings += reports.map { ChainFinding($0, of: name, against: place) }
                let scope = TenantScope(.system(in: id))
                minutes.add(
                    try await runtime.database.read(scope) { try await $0.verifyMinutes() }, of: name)
            }
            return (findings, minutes)
        }
        if json {
            try Terminal.print(json: AuditAnswer(findings, minutes))
        } else {
            show(findings)
            minutes.show()
        }
        guard findings.allSatisfy(\.isWhole), minutes.faults.isEmpty else {
            throw ExitCode(Terminal.Status.refused.rawValue)
        }
    }

    /// Checks a copy of an alliance with nothing but the copy.
    private func check(_ path: String) throws {
        let check = ArchiveCheck(URL(filePath: path))
        if json {
            try Terminal.print(json: ArchiveAnswer(check))
        } else {
            for fault in check.faults { Terminal.print("✘ \(SpanishFormat.sentence(fault.words))") }
            if check.faults.isEmpty, let manifest = check.manifest {
                Terminal.print(
                    "✔ La copia de \(manifest.allianceName) (\(manifest.organizationName)) está completa: "
                        + "\(manifest.entries.count) archivos y \(check.events) eventos.")
                if let digest = check.manifestDigest {
                    Terminal.print("Huella del manifiesto, que tiene que ser la del registro: \(digest)")
                }
            }
        }
        guard check.faults.isEmpty else { throw ExitCode(Terminal.Status.refused.rawValue) }
    }

    /// The anchors that the outside kept; `nil` where there are none, so that the database's own notes are compared.
    private static func anchors(at path: String?, of configuration: Configuration) throws -> [Anchor]? {
        if let path { return try AnchorFile(url: URL(filePath: path)).read() }
        guard FileManager.default.fileExists(atPath: configuration.anchors) else { return nil }
        let kept = try AnchorFile(url: URL(filePath: configuration.anchors)).read()
        return kept.isEmpty ? nil : kept
    }

    /// Where the anchors come from: whoever has the data folder can write those that lie in it anew, too.
    private static func place(of path: String?, in configuration: Configuration) -> ChainFinding.AnchorPlace {
        func real(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path + "/" }
        return path.map { real($0).hasPrefix(real(configuration.dataFolder)) } ?? true
            ? .dataFolder : .outside
    }

    /// The tenants of the directory, and those that an anchor names and that are gone from it.
    private static func organizations(
        named name: String?, anchors: [Anchor]?, in runtime: Runtime
    ) async throws -> [(id: ID<Organization>, name: String)] {
        if let name {
            let organization = try await runtime.organization(named: name)
            return [(organization.id, organization.shortName)]
        }
        let known = try await runtime.database.read(PublicScope()) { try await $0.organizations() }
        let gone = Set((anchors ?? []).map(\.organization)).subtracting(known.map(\.id))
        return known.map { ($0.id, $0.shortName) }
            + gone.sorted { $0.description < $1.description }.map { ($0, "Entidad que ya no existe") }
    }

    private func show(_ findings: [ChainFinding]) {
        for finding in findings { Terminal.print(finding.line) }
        let broken = findings.count { !$0.isWhole }
        let events = findings.reduce(0) { $0 + $1.links }
        Terminal.print(
            broken == 0
                ? "Las \(findings.count) cadenas están completas: \(events) eventos."
                : "Hay \(broken) de \(findings.count) cadenas rotas. Conserve una copia de la base de datos y avise "
                    + "al organismo de control.")
        if findings.contains(where: { $0.anchorPlace == .dataFolder && $0.anchored > 0 }) {
            Terminal.print(
                "Las anclas son una copia local: quien tenga el servidor podría rehacerlas. Compare con las que se "
                    + "guardaron por fuera: --anchor ARCHIVO.")
        }
    }
}

/// What was found of one chain, as the terminal tells it.
struct ChainFinding: Encodable {
    /// The first link that does not hold.
    struct Break: Encodable {
        let sequence: Int
        let event: String?
        let fault: ChainReport.Fault
    }

    /// Where the anchors lay that it was compared with.
    enum AnchorPlace: String, Encodable {
        /// Beside the database, in the same hands.
        case dataFolder = "data_folder"
        /// Elsewhere.
        case outside
    }

    let organization: String
    let name: String
    let stream: String
    let kind: String?
    let links: Int
    let head: String
    let firstBreak: Break?
    let anchored: Int
    let anchorPlace: AnchorPlace
    let linksSinceAnchor: Int
    let purgedDetails: Int

    var isWhole: Bool { firstBreak == nil }

    enum CodingKeys: String, CodingKey {
        case organization, name, stream, kind, links, head, anchored
        case firstBreak = "first_break"
        case anchorPlace = "anchor_place"
        case linksSinceAnchor = "links_since_anchor"
        case purgedDetails = "purged_details"
    }

    init(_ report: ChainReport, of name: String, against place: AnchorPlace) {
        anchorPlace = place
        organization = report.organization.description
        self.name = name
        stream = report.stream.uuidString.lowercased()
        kind = report.kind
        links = report.links
        head = report.head.description
        firstBreak = report.firstBreak.map {
            Break(sequence: $0.sequence, event: report.brokenEvent?.description, fault: $0.fault)
        }
        anchored = report.anchored.count
        linksSinceAnchor = report.linksSinceAnchor
        purgedDetails = report.purgedDetails
    }

    /// A line for people.
    var line: String {
        let place = "\(name), \(title) \(stream)"
        if let firstBreak {
            let event = firstBreak.event.map { " (evento \($0))" } ?? ""
            return "✘ \(place): eslabón \(firstBreak.sequence)\(event): \(firstBreak.fault.title)."
        }
        let trust =
            anchored == 0
            ? "sin anclas"
            : linksSinceAnchor == 0 ? "anclada" : "\(linksSinceAnchor) después de la última ancla"
        let copy = anchored > 0 && anchorPlace == .dataFolder ? " (copia local)" : ""
        return "✔ \(place): \(links) eventos, \(trust)\(copy)."
    }

    private var title: String {
        switch kind {
        case "office": "oficina"
        case "alliance": "alianza"
        case "process": "proceso"
        default: "cadena"
        }
    }
}

/// What was found of sealed minutes.
struct MinutesFindings: Encodable {
    /// One that is not what was sealed.
    struct Fault: Encodable {
        let organization: String
        let alliance: String
        let number: Int
        let minutes: String
        let fault: MinutesFault.Kind
    }

    private(set) var count = 0
    private(set) var faults: [Fault] = []

    mutating func add(_ found: (count: Int, faults: [MinutesFault]), of name: String) {
        count += found.count
        faults += found.faults.map {
            Fault(
                organization: name, alliance: $0.alliance, number: $0.number,
                minutes: $0.minutes.description, fault: $0.kind)
        }
    }

    /// Tells people of it.
    func show() {
        for fault in faults {
            Terminal.print(
                "✘ \(fault.organization), acta \(fault.number) de \(fault.alliance) (\(fault.minutes)): \(fault.fault.title)."
            )
        }
        guard count > 0 else { return }
        Terminal.print(
            faults.isEmpty
                ? "Las actas selladas están como se firmaron: \(count)."
                : "Hay actas selladas que fueron cambiadas. Conserve una copia de la base de datos.")
    }
}

/// What was found of a copy, for machines.
private struct ArchiveAnswer: Encodable {
    let whole: Bool
    let alliance: String?
    let organization: String?
    let entries: Int
    let events: Int
    let manifest: String?
    let faults: [String]

    init(_ check: ArchiveCheck) {
        whole = check.faults.isEmpty
        alliance = check.manifest?.alliance
        organization = check.manifest?.organization
        entries = check.manifest?.entries.count ?? 0
        events = check.events
        manifest = check.manifestDigest?.description
        faults = check.faults.map(\.words)
    }
}

/// The answer for machines.
private struct AuditAnswer: Encodable {
    let whole: Bool
    let events: Int
    let broken: Int
    let chains: [ChainFinding]
    let minutes: MinutesFindings

    init(_ chains: [ChainFinding], _ minutes: MinutesFindings) {
        self.chains = chains
        self.minutes = minutes
        events = chains.reduce(0) { $0 + $1.links }
        broken = chains.count { !$0.isWhole }
        whole = broken == 0 && minutes.faults.isEmpty
    }
}

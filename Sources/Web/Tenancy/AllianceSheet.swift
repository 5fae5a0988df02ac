import Kernel
import Tenancy

/// Alliances to be made as people list them: one a line, pasted or from a spreadsheet.
///
/// A line names the alliance and its municipality, or the municipality alone; then the alliance is called after it.
/// Nothing is taken half: while something is wrong with one line, none is taken.
struct AllianceSheet: Sendable {
    /// A column of the template.
    enum Column: String, CaseIterable {
        case name = "Alianza"
        case municipality = "Municipio"
        case department = "Departamento"
        case site = "Sede"

        fileprivate func isCalled(_ title: String) -> Bool {
            let others: [String] =
                switch self {
                case .name: ["nombre", "nombre de la alianza", "alianza de usuarios"]
                case .municipality: ["municipios", "ciudad", "divipola", "codigo divipola"]
                case .department: ["depto", "departamento del municipio"]
                case .site: ["nombre de la sede", "ips"]
                }
            return rawValue.folded == title || others.contains(title)
        }
    }

    /// An alliance with the line that it stands on.
    struct Entry: Sendable {
        let row: Int
        let command: CreateAlliance
        let municipalities: [Municipality]
    }

    /// What is wrong with a line.
    struct Problem: Sendable {
        let row: Int
        let words: String
        let message: String
    }

    private(set) var entries: [Entry] = []
    private(set) var problems: [Problem] = []

    /// Reads lines, given the municipalities, the names that alliances of the entity have taken, and the kinds that they
    /// may be of.
    init(
        _ sheet: Spreadsheet, municipalities: MunicipalityList, taken: [String], kinds: [AllianceKindChoice]
    ) {
        let heads = sheet.heads(of: Column.allCases, needing: [.municipality]) { $0.isCalled($1) }
        var names = Set(taken.map(\.folded))
        for row in sheet.rows where row.number > (heads?.row ?? 0) {
            let line = Line(row, heads?.columns)
            do {
                let places = try line.places.map { words throws(MunicipalityList.Unclear) in
                    try municipalities.municipality(named: words)
                }
                let command = try CreateAlliance(
                    name: line.name ?? "Alianza de usuarios de \(SpanishFormat.list(places.map(\.name)))",
                    kind: line.kind(among: kinds).kind, siteName: line.site,
                    municipalities: Set(places.map(\.code)))
                guard names.insert(command.alliance.name.folded).inserted else {
                    throw AllianceError.nameTaken(command.alliance.name)
                }
                guard !places.isEmpty else { throw AllianceError.withoutTerritory }
                if command.alliance.kind == .site, places.count > 1 {
                    throw AllianceError.siteHasOneMunicipality
                }
                entries.append(Entry(row: row.number, command: command, municipalities: places))
            } catch let unclear as MunicipalityList.Unclear {
                note(unclear.message, on: row)
            } catch let refusal as any UserFacingError {
                note(refusal.message, on: row)
            } catch {
                note("No se pudo leer esta línea. Revísela.", on: row)
            }
        }
        if entries.count + problems.count > CreateAlliances.limit, let last = sheet.rows.last {
            note(AllianceError.tooManyAtOnce.message, on: last)
        }
    }

    private mutating func note(_ message: String, on row: Spreadsheet.Row) {
        problems.append(
            Problem(
                row: row.number, words: row.cells.filter { !$0.isEmpty }.joined(separator: " · "),
                message: message))
    }

    /// What a line says.
    private struct Line {
        var name: String?
        var places: [String]
        var site: String?

        /// Reads the cells by their titles; without titles one cell is the municipality, and of several the first is the
        /// name.
        init(_ row: Spreadsheet.Row, _ columns: [Column: Int]?) {
            let written: String?
            if let columns {
                name = row[columns[.name]]
                site = row[columns[.site]]
                written = row[columns[.municipality]]
            } else {
                let isAlone = row[1] == nil
                name = isAlone ? nil : row[0]
                written = isAlone ? row[0] : row[1]
                site = row[2]
            }
            let department = columns.flatMap { row[$0[.department]] }
            places = (written ?? "").split { "/|\n".contains($0) }.compactMap { $0.unblanked }.map {
                department == nil || $0.contains(",") || $0.allSatisfy(\.isNumber)
                    ? $0 : "\($0), \(department ?? "")"
            }
        }

        func kind(among kinds: [AllianceKindChoice]) -> AllianceKindChoice {
            guard kinds.count > 1 else { return kinds.first ?? .territory }
            return site == nil ? .territory : .site
        }
    }
}

extension Spreadsheet {
    /// Reads lines that were pasted: of a spreadsheet with tabs, or with semicolons. A comma stands between a municipality
    /// and its department, and separates nothing.
    init(pasted text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        self.init(
            rows: lines.enumerated().map { place, line in
                let separator: Character = line.contains("\t") ? "\t" : ";"
                return Row(
                    number: place + 1,
                    cells: line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
                )
            })
    }

    /// The rows as text that reads as the same rows when it is pasted.
    var pasteable: String {
        rows.map { row in
            row.cells.map { $0.replacing("\t", with: " ").replacing("\n", with: " / ") }.joined(
                separator: "\t")
        }.joined(separator: "\n")
    }
}

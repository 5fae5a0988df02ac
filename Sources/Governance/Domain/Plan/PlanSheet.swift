public import Kernel

/// The activities of a plan as a spreadsheet has them: in the layout of the template, or in that of an office whose
/// columns are called alike.
///
/// Nothing is taken half: while something is wrong with one row, none is taken.
public struct PlanSheet: Sendable, Hashable {
    /// A column of the template.
    public enum Column: String, Sendable, Hashable, CaseIterable {
        case axis = "Eje"
        case line = "Línea"
        case activity = "Actividad"
        case means = "Cómo"
        case indicator = "Indicador"
        case target = "Meta"
        case unit = "Unidad de la meta"
        case baseline = "Línea de base"
        case baselineOn = "Fecha de la línea de base"
        case responsible = "Responsable"
        case budget = "Presupuesto"
        case population = "Población"
        case months = "Meses"
        case fulfilledBy = "Se cumple con"

        /// Other names that offices give it, folded.
        fileprivate var aliases: [String] {
            switch self {
            case .axis: ["eje estrategico", "eje tematico", "ejes"]
            case .line: ["linea de accion", "linea del eje", "linea estrategica"]
            case .activity: ["actividades", "actividad a desarrollar", "accion", "acciones"]
            case .means: ["metodologia", "estrategia", "descripcion", "medio", "medios"]
            case .indicator: ["indicadores", "nombre del indicador", "formula del indicador"]
            case .target: ["meta anual", "meta programada", "cantidad", "metas"]
            case .unit: ["unidad", "unidad de medida"]
            case .baseline: ["linea base", "valor linea base"]
            case .baselineOn: ["fecha linea base", "fecha de linea base"]
            case .responsible: ["responsables", "quien responde", "cargo responsable"]
            case .budget: ["presupuesto asignado", "recursos", "recursos financieros", "valor", "costo"]
            case .population: ["poblacion objetivo", "dirigido a", "poblacion objeto", "para quienes"]
            case .months: ["mes", "cronograma", "fecha", "cuando", "mes o fechas", "programacion"]
            case .fulfilledBy: ["se cumple por", "cumplimiento", "evidencia"]
            }
        }

        fileprivate func isCalled(_ title: String) -> Bool {
            rawValue.folded == title || aliases.contains(title)
        }
    }

    /// What is wrong with a cell.
    public struct Problem: Sendable, Hashable {
        /// The row of the sheet, from 1.
        public let row: Int
        /// The name of the column as the sheet has it, or as the template has the one that is missing.
        public let column: String?
        /// What is wrong, and what to write there.
        public let message: String
    }

    /// An activity with the row that it stands on.
    public struct Entry: Sendable, Hashable {
        /// The row of the sheet, from 1.
        public let row: Int
        /// What is said of it.
        public let terms: ActivityTerms
    }

    /// The activities that could be read, in order.
    public let entries: [Entry]
    /// What is wrong, by row.
    public let problems: [Problem]

    /// The activities, where nothing is wrong.
    public var activities: [ActivityTerms] { problems.isEmpty ? entries.map(\.terms) : [] }

    /// Reads a sheet, for a plan that has some activities already.
    public init(_ sheet: Spreadsheet, for plan: WorkPlan? = nil) {
        guard let heads = Heads(in: sheet) else {
            entries = []
            problems = [
                Problem(
                    row: sheet.rows.first?.number ?? 1, column: nil,
                    message:
                        "No encontramos la fila con los nombres de las columnas. Escriba en ella al menos «Eje» y «Actividad», como en la plantilla."
                )
            ]
            return
        }
        var reader = Reader(heads: heads, known: Set(plan?.activities.map(\.activity.folded) ?? []))
        for row in sheet.rows where row.number > heads.row { reader.read(row) }
        entries = reader.entries
        problems =
            reader.entries.isEmpty && reader.problems.isEmpty
            ? [
                Problem(
                    row: heads.row + 1, column: Column.activity.rawValue,
                    message: "La hoja no tiene actividades debajo de los títulos. Escriba una en cada fila.")
            ] : reader.problems
    }

    /// Activities as CSV in the layout of the template, which reads as the same activities.
    public static func csv(of activities: [ActivityTerms]) -> String {
        Spreadsheet.line(of: Column.allCases.map(\.rawValue))
            + activities.map { terms in
                Spreadsheet.line(of: Column.allCases.map { terms.text(of: $0) })
            }.joined()
    }

    /// Where the columns are.
    private struct Heads {
        let row: Int
        let titles: [String]
        let columns: [Column: Int]
        /// The columns of single months, where a mark says that the activity is of the month.
        let months: [Int: Int]

        /// Finds the row of titles among the first of a sheet.
        init?(in sheet: Spreadsheet) {
            guard
                let heads = sheet.heads(
                    of: Column.allCases, needing: [.activity], atLeast: 2, isCalled: { $0.isCalled($1) })
            else { return nil }
            var months: [Int: Int] = [:]
            for (place, title) in heads.titles.enumerated() where !heads.columns.values.contains(place) {
                if let month = Month.named(title.folded) { months[month] = place }
            }
            row = heads.row
            titles = heads.titles
            columns = heads.columns
            self.months = months
        }
    }

    /// Reads row after row; an axis and its line hold until another is named, as merged cells have them.
    private struct Reader {
        let heads: Heads
        var known: Set<String>
        var entries: [Entry] = []
        var problems: [Problem] = []
        private var axis: PolicyAxis?
        private var line: String?

        init(heads: Heads, known: Set<String>) {
            self.heads = heads
            self.known = known
        }

        mutating func read(_ row: Spreadsheet.Row) {
            let axisText = row[heads.columns[.axis]]
            // A row that names an axis alone stands above its activities.
            if heads.columns[.axis] == nil || row[heads.columns[.activity]] == nil {
                let told = row.cells.filter { !$0.isEmpty }
                if told.count == 1, let axis = Self.axis(told[0]), told[0].folded.contains("eje") {
                    (self.axis, line) = (axis, nil)
                    return
                }
            }
            if let axisText {
                guard let named = Self.axis(axisText) else {
                    return refuse(row, .axis, "«\(axisText)» no es un eje. Escriba su número, del 1 al 5.")
                }
                if named != axis { line = nil }
                axis = named
            }
            if let named = row[heads.columns[.line]] { line = named }
            guard let activity = row[heads.columns[.activity]] else {
                return refuse(row, .activity, "Falta la actividad: escriba qué se va a hacer.")
            }
            guard let axis else {
                return refuse(row, .axis, "Falta el eje. Escriba su número, del 1 al 5.")
            }
            guard known.insert(activity.folded).inserted else {
                return refuse(row, .activity, "Esta actividad está dos veces, o ya está en el plan.")
            }
            let before = problems.count
            let target = target(row)
            let (start, baseline) = baseline(row)
            let months = months(row)
            let terms = try? ActivityTerms(
                axis: axis, line: line, activity: activity, means: row[heads.columns[.means]],
                scheduledFor: months == nil ? row[heads.columns[.months]] : nil, months: months ?? [],
                indicator: row[heads.columns[.indicator]], target: target, start: start, baseline: baseline,
                responsible: row[heads.columns[.responsible]], budget: budget(row),
                population: row[heads.columns[.population]], fulfilledBy: kinds(row))
            if problems.count == before, let terms { entries.append(Entry(row: row.number, terms: terms)) }
        }

        private mutating func refuse(_ row: Spreadsheet.Row, _ column: Column, _ message: String) {
            let title = heads.columns[column].map { heads.titles[$0] } ?? column.rawValue
            problems.append(Problem(row: row.number, column: title, message: message))
        }

        // MARK: Cells

        private static func axis(_ text: String) -> PolicyAxis? {
            let folded = text.folded
            if let digit = folded.first(where: \.isNumber), let number = Int(String(digit)) {
                return PolicyAxis(rawValue: number)
            }
            return PolicyAxis.allCases.first { folded.contains($0.title.folded) }
        }

        private mutating func target(_ row: Spreadsheet.Row) -> ActivityTerms.Target? {
            guard let text = row[heads.columns[.target]] else {
                if row[heads.columns[.unit]] != nil {
                    refuse(row, .target, "Falta la meta: escriba cuántas, en número.")
                }
                return nil
            }
            let (amount, rest) = Self.leadingNumber(text)
            guard let amount, amount > 0, amount <= 1_000_000, !rest.hasPrefix("%") else {
                refuse(
                    row, .target,
                    "«\(text)» no sirve como meta. Escriba cuántas en número y de qué: «12 capacitaciones».")
                return nil
            }
            guard let target = try? ActivityTerms.Target(amount, row[heads.columns[.unit]] ?? rest) else {
                refuse(row, .unit, "Falta de qué es la meta: «capacitaciones», «asociados», «reuniones».")
                return nil
            }
            return target
        }

        private mutating func baseline(_ row: Spreadsheet.Row) -> (ActivityTerms.Baseline?, String?) {
            guard let text = row[heads.columns[.baseline]] else { return (nil, nil) }
            let (amount, rest) = Self.leadingNumber(text)
            guard let amount, amount <= 10_000_000 else { return (nil, text) }
            var day: CalendarDate?
            if let written = row[heads.columns[.baselineOn]] {
                day = Self.day(written)
                if day == nil {
                    refuse(row, .baselineOn, "«\(written)» no es una fecha. Escríbala como 31/12/2025.")
                }
            }
            return (ActivityTerms.Baseline(amount, asOf: day), rest.isEmpty ? nil : text)
        }

        private mutating func budget(_ row: Spreadsheet.Row) -> Int? {
            guard let text = row[heads.columns[.budget]] else { return nil }
            var digits = text.replacing("$", with: "").replacing(" ", with: "").replacing("\u{A0}", with: "")
            // Cents are written as none.
            for cents in [",00", ".00", ",0", ".0"] where digits.hasSuffix(cents) {
                digits = String(digits.dropLast(cents.count))
                break
            }
            digits = digits.replacing(".", with: "").replacing(",", with: "")
            guard let amount = Int(digits), (0...1_000_000_000_000).contains(amount) else {
                refuse(
                    row, .budget, "«\(text)» no es un valor en pesos. Escriba solo el número, como 1500000.")
                return nil
            }
            return amount
        }

        /// The months of a row, `nil` where it tells them in words that stay as they are.
        private mutating func months(_ row: Spreadsheet.Row) -> [Int]? {
            let marked = heads.months.filter { row[$0.value] != nil }.map(\.key)
            guard let text = row[heads.columns[.months]] else { return marked }
            if let read = Month.list(text) { return read + marked }
            return marked.isEmpty ? nil : marked
        }

        private mutating func kinds(_ row: Spreadsheet.Row) -> [Happening.Kind] {
            guard let text = row[heads.columns[.fulfilledBy]] else { return [] }
            var kinds: [Happening.Kind] = []
            for part in text.split(whereSeparator: { ",;/|".contains($0) || $0.isNewline }) {
                guard let word = String(part).trimmedOrNil else { continue }
                guard let kind = Happening.Kind.allCases.first(where: { $0.title.folded == word.folded })
                else {
                    refuse(
                        row, .fulfilledBy,
                        "«\(word)» no es algo que se cuente solo. Use los nombres de la plantilla, como «Capacitación realizada», o deje la celda vacía."
                    )
                    continue
                }
                kinds.append(kind)
            }
            return kinds
        }

        /// A number with dots or spaces for thousands at the beginning of a text, and what follows it.
        private static func leadingNumber(_ text: String) -> (Int?, String) {
            let digits = text.prefix { $0.isNumber || $0 == "." }
            let rest = text.dropFirst(digits.count).drop { $0 == " " || $0 == "\u{A0}" }
            return (Int(digits.replacing(".", with: "")), String(rest))
        }

        /// A day as people write it, as a year, or as Excel counts it.
        private static func day(_ text: String) -> CalendarDate? {
            if let day = CalendarDate(cell: text) { return day }
            guard let year = Int(text), (1990...2100).contains(year) else { return nil }
            return CalendarDate(year: year, month: 12, day: 31)
        }
    }

    /// Months as people write them.
    private enum Month {
        private static let names = [
            "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
        ]

        /// The month of a name, or of its first letters; no word that only begins alike.
        static func named(_ folded: String) -> Int? {
            let word = folded.prefix { $0.isLetter }
            guard word.count == folded.count || folded.hasSuffix("."), word.count >= 3 else { return nil }
            return (1...12).first { month in
                let name = (SpanishFormat.monthName(month) ?? "").folded
                return name.hasPrefix(word) && word.hasPrefix(names[month - 1])
            } ?? (word == "set" || word == "setiembre" ? 9 : nil)
        }

        /// The months of a text: names, numbers, stretches and rhythms; `nil` where something else stands there.
        static func list(_ text: String) -> [Int]? {
            // Folding takes strokes and commas away.
            let folded = text.replacing("-", with: " a ").replacing("–", with: " a ").folded
            switch folded {
            case "mensual", "todos", "todos los meses", "cada mes": return Array(1...12)
            case "bimestral": return [2, 4, 6, 8, 10, 12]
            case "trimestral": return [3, 6, 9, 12]
            case "semestral": return [6, 12]
            default: break
            }
            var months: [Int] = []
            var isStretch = false
            for word in folded.split(separator: " ").map(String.init) {
                switch word {
                case "y", "e", "de", "": continue
                case "a", "hasta": isStretch = true
                default:
                    guard let month = Int(word).flatMap({ (1...12).contains($0) ? $0 : nil }) ?? named(word)
                    else { return nil }
                    if isStretch, let last = months.last {
                        guard last < month else { return nil }
                        months += (last + 1)...month
                    } else {
                        months.append(month)
                    }
                    isStretch = false
                }
            }
            return months.isEmpty ? nil : months
        }
    }
}

extension ActivityTerms {
    /// What the template has in a column.
    fileprivate func text(of column: PlanSheet.Column) -> String {
        switch column {
        case .axis: String(axis.rawValue)
        case .line: line ?? ""
        case .activity: activity
        case .means: means ?? ""
        case .indicator: indicator ?? ""
        case .target: target.map { String($0.amount) } ?? ""
        case .unit: target?.unit ?? ""
        case .baseline: baseline ?? start.map { String($0.amount) } ?? ""
        case .baselineOn: start?.asOf?.description ?? ""
        case .responsible: responsible ?? ""
        case .budget: budget.map { String($0) } ?? ""
        case .population: population ?? ""
        case .months:
            months.isEmpty
                ? scheduledFor ?? ""
                : months.map { SpanishFormat.monthName($0) ?? "" }.joined(separator: ", ")
        case .fulfilledBy: fulfilledBy.map(\.title).joined(separator: ", ")
        }
    }
}

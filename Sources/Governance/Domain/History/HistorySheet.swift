public import Kernel

/// What of the time before the product comes in from paper (`historia del papel`).
public enum HistoryKind: String, Sendable, Hashable, CaseIterable {
    /// Who held a seat from when to when.
    case mandates
    /// Minutes of meetings.
    case minutes
    /// Elections.
    case elections

    /// The name on screens.
    public var title: String {
        switch self {
        case .mandates: "Períodos"
        case .minutes: "Actas"
        case .elections: "Elecciones"
        }
    }

    /// The columns of its template, in order.
    public var columns: [HistorySheet.Column] {
        switch self {
        case .mandates:
            [
                .body, .seat, .rank, .document, .name, .startsOn, .endsOn, .endedOn, .endReason, .act,
                .appointedOn, .tookOfficeOn, .paper, .scan,
            ]
        case .minutes:
            [
                .day, .meetingKind, .body, .title, .number, .place, .attendees, .narrative, .decisions,
                .commitments,
                .scan,
            ]
        case .elections:
            [
                .day, .body, .title, .rollSize, .voters, .results, .blank, .null, .unmarked, .elected, .paper,
                .scan,
            ]
        }
    }

    /// The columns by which its row of titles is known.
    fileprivate var marks: Set<HistorySheet.Column> {
        switch self {
        case .mandates: [.seat, .startsOn]
        case .minutes: [.day, .attendees]
        case .elections: [.day, .elected]
        }
    }
}

/// History as a spreadsheet has it: in the layout of the template, or in that of an office whose columns are called alike.
public struct HistorySheet: Sendable, Hashable {
    /// A column of a template.
    public enum Column: String, Sendable, Hashable, CaseIterable {
        case body = "Organismo"
        case seat = "Puesto"
        case rank = "Suplente"
        case document = "Documento"
        case name = "Nombre de la persona"
        case startsOn = "Desde"
        case endsOn = "Hasta"
        case endedOn = "Terminó antes, el"
        case endReason = "Por qué terminó"
        case act = "Acto de nombramiento"
        case appointedOn = "Fecha del nombramiento"
        case tookOfficeOn = "Posesión"
        case paper = "Papel en que consta"
        case scan = "Escaneo"
        case day = "Fecha"
        case meetingKind = "Clase de reunión"
        case title = "Nombre"
        case number = "Número del acta"
        case place = "Lugar"
        case attendees = "Asistentes"
        case narrative = "Qué se trató"
        case decisions = "Decisiones"
        case commitments = "Compromisos"
        case rollSize = "Censo"
        case voters = "Votantes"
        case results = "Votos"
        case blank = "Votos en blanco"
        case null = "Votos nulos"
        case unmarked = "Votos no marcados"
        case elected = "Elegidos"

        /// Other names that offices give it, folded.
        private var aliases: [String] {
            switch self {
            case .body: ["cuerpo", "junta o comite", "organo"]
            case .seat: ["cargo", "dignidad", "curul"]
            case .rank: ["principal o suplente", "calidad"]
            case .document: ["cedula", "identificacion", "numero de documento"]
            case .name: ["nombre", "nombre y apellido", "nombres y apellidos", "titular", "persona"]
            case .startsOn: ["inicio", "fecha de inicio", "inicia"]
            case .endsOn: ["fin", "fecha final", "termina", "vence"]
            case .endedOn: ["termino antes", "retiro", "fecha de retiro"]
            case .endReason: ["motivo", "motivo de terminacion"]
            case .act: ["nombramiento", "resolucion"]
            case .appointedOn: ["fecha de nombramiento"]
            case .tookOfficeOn: ["fecha de posesion"]
            case .paper: ["papel", "soporte", "consta en", "acta"]
            case .scan: ["archivo", "nombre del archivo", "copia", "pdf"]
            case .day: ["fecha de la reunion", "fecha de la eleccion", "dia"]
            case .meetingKind: ["clase", "tipo", "tipo de reunion"]
            case .title: ["asunto", "nombre de la reunion", "nombre de la eleccion"]
            case .number: ["acta", "acta no", "no de acta", "numero"]
            case .place: ["sitio"]
            case .attendees: ["numero de asistentes", "cuantos asistieron"]
            case .narrative: ["desarrollo", "temas", "resumen"]
            case .decisions: ["decision", "acuerdos"]
            case .commitments: ["compromiso", "tareas"]
            case .rollSize: ["censo electoral", "habilitados", "potencial"]
            case .voters: ["total votantes", "sufragantes", "votaron"]
            case .results: ["resultados", "votos por plancha", "votacion"]
            case .blank: ["en blanco", "blancos"]
            case .null: ["nulos"]
            case .unmarked: ["no marcados"]
            case .elected: ["electos", "resultaron elegidos"]
            }
        }

        fileprivate func isCalled(_ title: String) -> Bool {
            rawValue.folded == title || aliases.contains(title)
        }
    }

    /// What is wrong with a cell, or with what was sent beside the sheet.
    public struct Problem: Sendable, Hashable {
        /// The row of the sheet, from 1.
        public let row: Int
        /// The name of the column.
        public let column: String?
        /// What is wrong, and what to write there.
        public let message: String

        /// Tells what is wrong.
        public init(row: Int, column: String?, message: String) {
            self.row = row
            self.column = column
            self.message = message
        }
    }

    /// A row with what its cells say.
    public struct Line: Sendable, Hashable {
        /// The row of the sheet, from 1.
        public let row: Int
        /// Its cells that say something.
        public let cells: [Column: String]
    }

    /// The most rows that come in at once.
    public static let mostRows = 500

    /// What its rows are.
    public let kind: HistoryKind
    /// Its rows, in order.
    public let lines: [Line]
    /// Why it cannot be read as a whole; `nil` where it can.
    public let problem: Problem?

    /// Reads a sheet.
    public init(_ sheet: Spreadsheet, of kind: HistoryKind) {
        self.kind = kind
        guard
            let heads = sheet.heads(of: kind.columns, needing: kind.marks, isCalled: { $0.isCalled($1) })
        else {
            lines = []
            problem = Problem(
                row: sheet.rows.first?.number ?? 1, column: nil,
                message:
                    "No encontramos la fila con los nombres de las columnas. Use los de la plantilla de \(kind.title.lowercased())."
            )
            return
        }
        lines = sheet.rows.filter { $0.number > heads.row }.map { row in
            Line(row: row.number, cells: heads.columns.compactMapValues { row[$0] })
        }
        if lines.isEmpty {
            problem = Problem(
                row: heads.row + 1, column: nil,
                message: "La hoja no tiene filas debajo de los títulos. Escriba una por cada registro.")
        } else if lines.count > Self.mostRows {
            problem = Problem(
                row: lines[Self.mostRows].row, column: nil,
                message: "La hoja pasa de \(Self.mostRows) filas. Divídala en varias y envíelas una por una.")
        } else {
            problem = nil
        }
    }

    /// The sheet as CSV in the layout of the template. Rows keep their numbers, so that what is said of one is found.
    public var csv: String {
        var text = Spreadsheet.line(of: kind.columns.map(\.rawValue))
        var number = 1
        for line in lines {
            // The titles are the first row here, whatever stood above them in the sheet.
            while number + 1 < line.row {
                text += Spreadsheet.line(of: [])
                number += 1
            }
            text += Spreadsheet.line(of: kind.columns.map { line.cells[$0] ?? "" })
            number += 1
        }
        return text
    }
}

import Kernel

/// Reads the cells of one row.
struct PastRecordReader {
    let line: HistorySheet.Line
    let today: CalendarDate
    var problems: [HistorySheet.Problem] = []

    mutating func content(of kind: HistoryKind) -> PastRecord.Content? {
        switch kind {
        case .mandates: mandate().map(PastRecord.Content.mandate)
        case .minutes: minutes().map(PastRecord.Content.minutes)
        case .elections: election().map(PastRecord.Content.election)
        }
    }

    private mutating func mandate() -> PastRecord.Mandate? {
        let body = text(.body, or: "Falta el organismo, como está escrito en Gobierno.")
        let seat = text(.seat, or: "Falta el puesto, como está escrito en su organismo.")
        let paper = text(
            .paper, or: "Diga de qué papel consta: acta, resolución o certificado, con su fecha.")
        let (rank, document) = (rank(), document())
        let name = line.cells[.name]
        if document == nil, name == nil, line.cells[.document] == nil {
            refuse(.document, "Escriba el documento de la persona o, si no está en el padrón, su nombre.")
        }
        let startsOn = day(.startsOn, or: "Falta el primer día del período.")
        let endsOn = day(.endsOn)
        if let startsOn, startsOn > today {
            refuse(.startsOn, "Ese período no ha comenzado: regístrelo cuando comience.")
        }
        if let startsOn, let endsOn, endsOn < startsOn {
            refuse(.endsOn, "La fecha final está antes de la inicial. Corrija una de las dos.")
        }
        let (end, appointment) = (end(), appointment())
        if let end, let startsOn, end.on < startsOn || end.on > today {
            refuse(.endedOn, "Escriba un día del período que ya haya pasado.")
        }
        guard problems.isEmpty, let body, let seat, let paper, let rank, let startsOn else { return nil }
        return PastRecord.Mandate(
            body: body, seat: seat, rank: rank, document: document, name: name, startsOn: startsOn,
            endsOn: endsOn, end: end, appointment: appointment, paper: paper)
    }

    private mutating func minutes() -> PastRecord.Minutes? {
        let day = pastDay()
        let attendees = count(.attendees)
        if attendees == nil, line.cells[.attendees] == nil {
            refuse(.attendees, "Diga cuántas personas asistieron, según el acta.")
        }
        let narrative = paragraphs(.narrative)
        if narrative.isEmpty, line.cells[.scan] == nil {
            refuse(.narrative, "Escriba qué se trató, o ponga el escaneo del acta.")
        }
        let kind = meetingKind()
        let (commitments, met) = commitments(madeOn: day)
        guard problems.isEmpty, let day, let attendees, let kind else { return nil }
        return PastRecord.Minutes(
            day: day, kind: kind, body: line.cells[.body],
            title: line.cells[.title] ?? "\(kind.title) del \(SpanishFormat.date(day))",
            number: line.cells[.number], place: line.cells[.place], attendees: attendees,
            narrative: narrative, decisions: parts(.decisions), commitments: commitments, met: met)
    }

    private mutating func election() -> PastRecord.Election? {
        let day = pastDay()
        let paper = text(.paper, or: "Diga en qué acta consta, con número y fecha.")
        let (rollSize, voters) = (count(.rollSize), count(.voters))
        if let rollSize, let voters, voters > rollSize {
            refuse(.voters, "Votaron más personas de las que había en el censo. Revise las dos cifras.")
        }
        let results = results()
        let elected = parts(.elected)
        if elected.isEmpty, results.isEmpty {
            refuse(.elected, "Diga quiénes resultaron elegidos, separados por punto y coma.")
        }
        let (blank, null, unmarked) = (count(.blank), count(.null), count(.unmarked))
        guard problems.isEmpty, let day, let paper else { return nil }
        let body = line.cells[.body]
        return PastRecord.Election(
            day: day, body: body,
            title: line.cells[.title]
                ?? "Elección\(body.map { " de \($0)" } ?? "") de \(day.components.year)",
            rollSize: rollSize, voters: voters, results: results, blank: blank, null: null,
            unmarked: unmarked, elected: elected, paper: paper)
    }

    // MARK: Cells

    private mutating func refuse(_ column: HistorySheet.Column, _ message: String) {
        problems.append(HistorySheet.Problem(row: line.row, column: column.rawValue, message: message))
    }

    private mutating func text(_ column: HistorySheet.Column, or missing: String) -> String? {
        if line.cells[column] == nil { refuse(column, missing) }
        return line.cells[column]
    }

    private mutating func day(_ column: HistorySheet.Column, or missing: String? = nil) -> CalendarDate? {
        guard let text = line.cells[column] else {
            if let missing { refuse(column, missing) }
            return nil
        }
        let day = CalendarDate(cell: text)
        if day == nil { refuse(column, "«\(text)» no es una fecha. Escríbala como 31/12/2019.") }
        return day
    }

    private mutating func pastDay() -> CalendarDate? {
        let day = day(.day, or: "Falta la fecha. Escríbala como 31/12/2019.")
        if let day, day > today { refuse(.day, "Esa fecha todavía no llega. Revísela.") }
        return day
    }

    private mutating func count(_ column: HistorySheet.Column) -> Int? {
        guard let text = line.cells[column] else { return nil }
        let count = Int(text.replacing(".", with: ""))
        guard let count, (0...10_000_000).contains(count) else {
            refuse(column, "«\(text)» no es un número de personas o votos. Escriba solo la cifra.")
            return nil
        }
        return count
    }

    private func paragraphs(_ column: HistorySheet.Column) -> [String] {
        (line.cells[column] ?? "").split(whereSeparator: \.isNewline).compactMap { String($0).trimmedOrNil }
    }

    /// What stands in a cell with semicolons or lines between.
    private func parts(_ column: HistorySheet.Column) -> [String] {
        (line.cells[column] ?? "").split { $0 == ";" || $0.isNewline }.compactMap { String($0).trimmedOrNil }
    }

    private mutating func rank() -> Int? {
        guard let text = line.cells[.rank] else { return 0 }
        switch text.folded {
        case "no", "principal", "titular": return 0
        case "si", "suplente", "x": return 1
        default:
            if let rank = Int(text.filter(\.isNumber)), (0...20).contains(rank) { return rank }
            refuse(.rank, "«\(text)» no se entiende. Deje la celda vacía para el principal, o escriba 1, 2…")
            return nil
        }
    }

    private mutating func document() -> IdentityDocument? {
        guard let text = line.cells[.document] else { return nil }
        do {
            // Books of directives have the number alone, which is a cédula's.
            let hasType = text.contains { $0.isLetter }
            return try IdentityDocument(parsing: hasType ? text : "\(DocumentType.cedula.rawValue) \(text)")
        } catch {
            refuse(.document, error.message)
            return nil
        }
    }

    private mutating func end() -> PastRecord.Mandate.End? {
        let on = day(.endedOn)
        let told = line.cells[.endReason]
        guard on != nil || told != nil else { return nil }
        guard let on else {
            if line.cells[.endedOn] == nil { refuse(.endedOn, "Falta el día en que terminó.") }
            return nil
        }
        guard let told else {
            refuse(.endReason, "Cuente en pocas palabras por qué terminó antes: renuncia, remoción…")
            return nil
        }
        let reason = MandateSummary.EndReason.given.first { $0.title.folded == told.folded } ?? .other
        return PastRecord.Mandate.End(on: on, reason: reason, note: told)
    }

    private mutating func appointment() -> PastRecord.Mandate.Appointment? {
        let (act, on, tookOfficeOn) = (line.cells[.act], day(.appointedOn), day(.tookOfficeOn))
        guard act != nil || on != nil || tookOfficeOn != nil else { return nil }
        guard let act else {
            refuse(.act, "Escriba el acto de nombramiento con su número.")
            return nil
        }
        guard let on, let tookOfficeOn else {
            for column in [HistorySheet.Column.appointedOn, .tookOfficeOn] where line.cells[column] == nil {
                refuse(column, "Con el acto de nombramiento van su fecha y la de la posesión.")
            }
            return nil
        }
        guard on <= tookOfficeOn else {
            refuse(.tookOfficeOn, "La posesión no puede ser anterior al nombramiento. Revise las dos fechas.")
            return nil
        }
        return PastRecord.Mandate.Appointment(act: act, on: on, tookOfficeOn: tookOfficeOn)
    }

    private mutating func meetingKind() -> Meeting.Kind? {
        guard let text = line.cells[.meetingKind] else { return .other }
        let folded = text.folded
        let other: [String: Meeting.Kind] = [
            "junta": .board, "asamblea general": .assembly, "encuentro": .encounter,
            "audiencia": .publicHearing,
            "reunion": .group, "reunion de asociados": .group, "otra": .other,
        ]
        if let kind = Meeting.Kind.allCases.first(where: { $0.title.folded == folded }) ?? other[folded] {
            return kind
        }
        refuse(
            .meetingKind,
            "«\(text)» no es una clase de reunión. Escriba una de estas: \(SpanishFormat.choice(Meeting.Kind.allCases.map(\.title)))."
        )
        return nil
    }

    /// «Pedir la ruta | Oficina | 31/12/2019»; with «cumplido» at the end, what was done before.
    private mutating func commitments(
        madeOn day: CalendarDate?
    ) -> (open: [Minutes.Commitment], met: [Minutes.Commitment]) {
        var (open, met): ([Minutes.Commitment], [Minutes.Commitment]) = ([], [])
        for part in parts(.commitments) {
            var cells = part.split(separator: "|", omittingEmptySubsequences: false).map {
                String($0).trimmedOrNil
            }
            let isMet = cells.last??.folded == "cumplido"
            if isMet { cells.removeLast() }
            guard (2...3).contains(cells.count), let activity = cells[0], let who = cells[1] else {
                refuse(
                    .commitments,
                    "«\(part)» no se entiende. Escriba qué, quién y hasta cuándo: «Pedir la ruta | Oficina | 31/12/2019»; al final, «| cumplido» si ya se cumplió."
                )
                continue
            }
            let written = cells.count == 3 ? cells[2] : nil
            let dueOn = written.flatMap { CalendarDate(cell: $0) }
            if let written, dueOn == nil {
                refuse(.commitments, "«\(written)» no es una fecha. Escríbala como 31/12/2019.")
            } else if let dueOn, let day, dueOn < day {
                refuse(.commitments, "«\(activity)»: la fecha límite está antes de la reunión. Revísela.")
            }
            let commitment = Minutes.Commitment(activity: activity, dueOn: dueOn, responsible: who)
            if isMet { met.append(commitment) } else { open.append(commitment) }
        }
        return (open, met)
    }

    /// «Plancha 1: 248; Plancha 2: 190».
    private mutating func results() -> [PastRecord.Election.Result] {
        var results: [PastRecord.Election.Result] = []
        for part in parts(.results) {
            let sides = part.split(separator: ":", omittingEmptySubsequences: false)
            guard sides.count >= 2, let last = sides.last,
                let choice = sides.dropLast().joined(separator: ":").trimmedOrNil,
                let votes = Int(last.filter { !" .\u{A0}".contains($0) }), (0...10_000_000).contains(votes)
            else {
                refuse(
                    .results,
                    "«\(part)» no se entiende. Escriba los votos así: «Plancha 1: 248; Plancha 2: 190».")
                return []
            }
            results.append(PastRecord.Election.Result(choice, votes: votes))
        }
        return results
    }
}

public import Kernel

/// What one row of a sheet of history tells, in its own words: which body, seat or person it means is found out later.
public struct PastRecord: Sendable, Hashable {
    /// A mandate that its paper tells of.
    public struct Mandate: Sendable, Hashable {
        /// How it ended before its last day.
        public struct End: Sendable, Hashable {
            /// The last day on which the seat was held.
            public let on: CalendarDate
            /// Why.
            public let reason: MandateSummary.EndReason
            /// What the sheet says of it.
            public let note: String
        }

        /// The act that made it, where the body asks for one.
        public struct Appointment: Sendable, Hashable {
            /// The act, with its number.
            public let act: String
            /// Its day.
            public let on: CalendarDate
            /// The day of the `posesión`.
            public let tookOfficeOn: CalendarDate
        }

        /// The name of the body.
        public let body: String
        /// The title of the seat.
        public let seat: String
        /// 0 for the principal, 1 and up for the alternates in their order.
        public let rank: Int
        /// The document of who held it, where the sheet has it.
        public let document: IdentityDocument?
        /// The name of who held it, where the sheet has it.
        public let name: String?
        /// The first day.
        public let startsOn: CalendarDate
        /// The last day; `nil` for the longest that the body allows.
        public let endsOn: CalendarDate?
        /// How it ended before that.
        public let end: End?
        /// The act that made it.
        public let appointment: Appointment?
        /// The paper that it is known from.
        public let paper: String
    }

    /// Minutes on paper.
    public struct Minutes: Sendable, Hashable {
        /// The day of the meeting.
        public let day: CalendarDate
        /// What sort of meeting it was.
        public let kind: Meeting.Kind
        /// The name of the body that met; `nil` where the members did.
        public let body: String?
        /// What the meeting was called.
        public let title: String
        /// The number that the paper bears.
        public let number: String?
        /// Where it was held.
        public let place: String?
        /// How many came.
        public let attendees: Int
        /// What was treated, a paragraph each.
        public let narrative: [String]
        /// What was decided.
        public let decisions: [String]
        /// What somebody was to do, and may still have to.
        public let commitments: [Governance.Minutes.Commitment]
        /// What was done of it before.
        public let met: [Governance.Minutes.Commitment]
    }

    /// An election as its paper tells it.
    public struct Election: Sendable, Hashable {
        /// The votes of a list or of a candidate.
        public struct Result: Sendable, Hashable {
            /// The list, or the candidate.
            public let choice: String
            /// How many votes.
            public let votes: Int

            /// Makes a result.
            public init(_ choice: String, votes: Int) {
                self.choice = choice
                self.votes = votes
            }
        }

        /// The day of the vote.
        public let day: CalendarDate
        /// The name of the body that was elected.
        public let body: String?
        /// What it was called.
        public let title: String
        /// How many could vote.
        public let rollSize: Int?
        /// How many voted.
        public let voters: Int?
        /// The votes of each list or candidate.
        public let results: [Result]
        /// Blank votes.
        public let blank: Int?
        /// Null votes.
        public let null: Int?
        /// Votes without a mark.
        public let unmarked: Int?
        /// Who was elected, in the order of the paper.
        public let elected: [String]
        /// The paper.
        public let paper: String

        /// How many votes of those who voted the paper does not tell of; below zero where it tells of more than voted, and
        /// `nil` where it does not tell of votes.
        public var unexplained: Int? {
            guard let voters, !results.isEmpty else { return nil }
            return voters - results.reduce(0) { $0 + $1.votes } - (blank ?? 0) - (null ?? 0) - (unmarked ?? 0)
        }
    }

    /// What the row tells of.
    public enum Content: Sendable, Hashable {
        /// A mandate.
        case mandate(Mandate)
        /// Minutes.
        case minutes(Minutes)
        /// An election.
        case election(Election)
    }

    /// The row of the sheet, from 1.
    public let row: Int
    /// What it tells.
    public let content: Content
    /// The name of its scan, where it has one.
    public let scan: String?

    /// The day that its paper bears.
    public var day: CalendarDate {
        switch content {
        case .mandate(let mandate): mandate.startsOn
        case .minutes(let minutes): minutes.day
        case .election(let election): election.day
        }
    }
}

extension HistorySheet {
    /// What its rows tell, and what is wrong with those that cannot be read or lie after today.
    public func records(on today: CalendarDate) -> (records: [PastRecord], problems: [Problem]) {
        if let problem { return ([], [problem]) }
        var records: [PastRecord] = []
        var problems: [Problem] = []
        for line in lines {
            var reader = PastRecordReader(line: line, today: today)
            let content = reader.content(of: kind)
            if reader.problems.isEmpty, let content {
                records.append(PastRecord(row: line.row, content: content, scan: line.cells[.scan]))
            }
            problems += reader.problems
        }
        return (records, problems)
    }
}

/// Reads the cells of one row.
private struct PastRecordReader {
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

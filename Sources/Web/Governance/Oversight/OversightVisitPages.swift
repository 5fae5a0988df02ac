import Governance
import Kernel
import Tenancy

/// What a visit says of an indicator, as its form asks it.
struct MeasureForm {
    let indicator: OversightIndicator
    let verdict: Field<OversightMeasure.Verdict?>
    let measured: Field<String?>
    let remark: Field<String?>

    init(_ indicator: OversightIndicator) {
        let number = indicator.position
        self.indicator = indicator
        verdict = Field.choice(
            "verdict\(number)", indicator.name,
            OversightMeasure.Verdict.allCases.map { Option($0, $0.title) }, style: .list,
            hint: "Se espera: \(SpanishFormat.sentence(indicator.expected))"
        ).optional()
        measured = Field.text("measured\(number)", "Qué se midió", max: 120).optional()
        remark = Field.text("remark\(number)", "Qué más se observó", max: 300).optional()
    }

    /// What was filled in; `nil` where the indicator was left out.
    func read(_ form: Submission) throws -> OversightMeasure? {
        let (verdict, measured, remark) = try form.read(verdict, measured, remark)
        guard let verdict else {
            guard measured == nil, remark == nil else {
                throw InvalidInput([
                    .init(
                        field: self.verdict.name, message: "Diga si está como se espera, o si no se pudo ver."
                    )
                ])
            }
            return nil
        }
        do {
            return try OversightMeasure(of: indicator.id, verdict, measured: measured, remark: remark)
        } catch {
            throw InvalidInput([.init(field: self.measured.name, message: error.message)])
        }
    }

    /// Writes its questions.
    func write(_ form: inout HTML) {
        form.field(verdict)
        form.div(.class("form-row")) { row in
            row.field(measured)
            row.field(remark)
        }
    }
}

/// The questions of a visit: those of the place first, as one stands there with a phone.
struct OversightVisitForm {
    let kind = Field.choice(
        "kind", "Qué se visita", OversightVisit.Place.allCases, title: \.title, style: .menu)
    let spot = Field.text("place", "Lugar", max: 200, hint: "El nombre y la sede, o la dirección.")
    let day = Field.date("day", "Día de la visita")
    let visitors: Field<[ID<OversightMember>]>
    let receivedBy = Field.text("received_by", "Quién recibió", max: 200, hint: "Nombre y cargo.").optional()
    let measures: [MeasureForm]
    let account = Field.paragraphs(
        "account", "Cómo fue", max: 2000, rows: 3, hint: "Sin datos de salud ni de una persona."
    ).optional()
    let finding = Field.paragraphs(
        "finding", "Un hallazgo", max: 1000, rows: 2,
        hint: "Lo que hay que corregir. Después puede anotar otros, cada uno con su foto."
    ).optional()
    let photograph = Field.paper("photograph", "Una foto o un documento").optional()

    init(_ answer: ReadOversight.Answer) {
        visitors = Field.choices(
            "visitors", "Quiénes fueron", answer.team.map { Option($0.id, $0.name) })
        measures = answer.checklist.map(MeasureForm.init)
    }

    /// The visit that a form tells.
    func read(_ form: Submission, for place: OversightPlace) throws -> RecordOversightVisit {
        let (spot, measured) = try form.together({ try readPlace($0) }, { try readMeasures($0) })
        let (account, finding, photograph) = try form.read(account, finding, photograph)
        let visit = try OversightVisit(
            kind: spot.kind, place: spot.place, day: spot.day, receivedBy: spot.receivedBy,
            account: account ?? "")
        return try RecordOversightVisit(
            visit, by: spot.visitors, measuring: measured, finding: [finding].compactMap(\.self),
            photograph: try photograph?.stored(on: spot.day), for: place.oversight.id,
            of: place.heading.alliance.id)
    }

    private struct Spot {
        let kind: OversightVisit.Place
        let place: String
        let day: CalendarDate
        let visitors: [ID<OversightMember>]
        let receivedBy: String?
    }

    private func readPlace(_ form: Submission) throws -> Spot {
        let (kind, place, day, visitors, receivedBy) = try form.read(kind, spot, day, visitors, receivedBy)
        return Spot(kind: kind, place: place, day: day, visitors: visitors, receivedBy: receivedBy)
    }

    private func readMeasures(_ form: Submission) throws -> [OversightMeasure] {
        var found: [OversightMeasure] = []
        var problems: [InvalidInput.Problem] = []
        for measure in measures {
            do {
                if let read = try measure.read(form) { found.append(read) }
            } catch let invalid as InvalidInput {
                problems += invalid.problems
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return found
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.div(.class("form-row")) { row in
            row.field(kind)
            row.field(day)
        }
        form.field(spot)
        form.field(visitors)
        form.field(receivedBy)
        if !measures.isEmpty {
            form.section("Lo que se mira") { part in
                for measure in measures { measure.write(&part) }
            }
        }
        form.section("Lo que se encontró") { part in
            part.field(finding)
            part.field(account)
            part.field(photograph)
        }
    }
}

/// A visit: who went, who received, what was measured, what was found.
struct OversightVisitPage: Page {
    let place: OversightPlace
    let record: OversightVisitRecord
    let rights: OversightRights

    private var visit: OversightVisit { record.visit }
    private var findings: [OversightFinding] { place.answer.findings.filter { $0.visit == visit.id } }
    private var mayKeep: Bool {
        rights.mayKeep && place.oversight.end == nil && visit.withdrawal == nil
    }

    var title: String { "Visita \(visit.number) a \(visit.place)" }
    var lead: String? { SpanishFormat.longDate(visit.day).capitalizedFirst }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "veedurias" }

    func actions(_ html: inout HTML) {
        guard mayKeep else { return }
        if findings.isEmpty, rights.mayConclude {
            html.action(
                "Retirar la visita", to: .withdrawOversightVisit(place.slug, place.oversight.id, visit.id))
        }
        html.action(
            "Agregar una foto o soporte",
            to: Path.addOversightEvidence(place.slug, place.oversight.id)
                .with("visita", visit.id.description))
        html.action(
            "Anotar un hallazgo",
            to: Path.newFinding(place.slug, place.oversight.id).with("visita", visit.id.description),
            .primary,
            icon: .plus)
    }

    private enum Order: String, SortKey {
        case list = "lista"
        static let initial = Self.list
    }

    func body(_ html: inout HTML) {
        if let withdrawal = visit.withdrawal {
            html.note(
                .warning,
                "Se retiró el \(SpanishFormat.date(withdrawal.day)): \(SpanishFormat.sentence(withdrawal.reason)) No cuenta."
            )
        }
        html.facts(
            Fact("Qué se visitó", "\(visit.kind.title): \(visit.place)"), Fact("Día", visit.day),
            Fact("Fueron", SpanishFormat.list(record.visitors)), Fact("Recibió", visit.receivedBy))
        if !visit.account.isEmpty { html.paragraphs(of: visit.account) }
        html.section("Lo que se midió", id: "medidas") { part in
            guard !record.measures.isEmpty else { return part.p("No se midió ningún indicador.") }
            let place = place
            let columns: [Column<OversightMeasure, Order>] = [
                .text("Qué se mira") { place.indicator($0.indicator)?.name },
                .text("Se espera") { place.indicator($0.indicator)?.expected },
                .text("Se midió") { $0.measured },
                .status("Está") { $0.verdict.status },
                .text("Qué más se observó") { $0.remark },
            ]
            part.table("Lo que se midió en la visita", columns, record.measures)
        }
        html.section("Hallazgos", id: "hallazgos") { part in
            guard !findings.isEmpty else { return part.p("De esta visita no hay hallazgos.") }
            part.ul { list in
                for finding in findings {
                    list.li { item in
                        item.a(
                            "Hallazgo \(finding.number)",
                            .href(.finding(place.slug, place.oversight.id, finding.id)))
                        item.text(". \(SpanishFormat.sentence(finding.account)) ")
                        item.status(finding.status(after: place.answer.steps[finding.id] ?? []))
                    }
                }
            }
        }
        html.section("Fotos y soportes", id: "soportes") {
            $0.oversightFiles(place.evidence(of: visit.id, nil), mayOpen: rights.mayOpen)
        }
    }
}

import Governance
import Kernel
import Tenancy

/// The report of an oversight exercise: while it goes on, how far it is; once closed, what it came to. Its figures are
/// those of the page.
struct OversightReport: PrintedDocument {
    /// The kind under which it is issued, about the exercise.
    static let kind = "informe-de-veeduria"

    let answer: ReadOversight.Answer
    let alliance: String
    let entity: Organization

    private var oversight: Oversight { answer.oversight }
    private var visits: [OversightVisitRecord] { answer.heldVisits }

    var title: String {
        "\(oversight.end == nil ? "Avance" : "Informe final") de la veeduría «\(oversight.title)»"
    }
    var control: ControlHeader {
        let day = oversight.end?.day ?? answer.today
        return ControlHeader(
            issuer: alliance, code: "Informe de veeduría",
            version: oversight.end == nil ? "Avance" : "Final", date: day)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.h2("Qué se vigiló")
        html.p(
            "\(SpanishFormat.sentence(oversight.title)) A quién: \(SpanishFormat.sentence(oversight.entity))")
        html.paragraphs(of: oversight.reason)
        html.p("\(oversight.period). \(registration)")
        html.p(summary)
        if let end = oversight.end {
            html.h2("A qué se llegó")
            html.paragraphs(of: end.conclusion)
        }
        writeFindings(&html)
        writeIndicators(&html)
        writeVisits(&html)
        writeEvidence(&html)
        html.h2("Equipo")
        html.signatures(answer.team.map { ($0.name, $0.role.title) })
    }

    private var registration: String {
        guard let registration = oversight.registration else {
            return "No consta su inscripción ante la personería o la cámara de comercio."
        }
        return
            "Inscrita ante \(registration.authority), n.º \(registration.number), el \(SpanishFormat.date(registration.day))."
    }

    private var summary: String {
        let findings = answer.findings
        let corrected = findings.count { $0.outcome == .corrected }
        let open = findings.count { $0.state != .closed }
        return
            "Visitas: \(visits.count). Hallazgos: \(findings.count). Corregidos: \(corrected). Por resolver: \(open)."
    }

    // MARK: Parts

    private func writeFindings(_ html: inout HTML) {
        guard !answer.findings.isEmpty else { return html.p("No hubo hallazgos.") }
        html.h2("Hallazgos")
        html.table { table in
            table.head("N.º", "Qué se encontró", "Estado", "Qué ha pasado")
            table.tbody { rows in
                for finding in answer.findings {
                    let steps = answer.steps[finding.id] ?? []
                    rows.tr { row in
                        row.th("\(finding.number)", .scope("row"))
                        row.td("\(SpanishFormat.sentence(finding.account)) \(place(of: finding))")
                        row.td(finding.status(after: steps).word)
                        row.td { cell in
                            for step in steps {
                                cell.p(
                                    "\(SpanishFormat.shortDate(step.happenedOn)). \(step.kind.title): \(SpanishFormat.sentence(step.note))"
                                )
                            }
                            if steps.isEmpty { cell.text("La entidad todavía no responde.") }
                        }
                    }
                }
            }
        }
    }

    private func place(of finding: OversightFinding) -> String {
        let visit = visits.first { $0.visit.id == finding.visit }?.visit
        let day = SpanishFormat.shortDate(finding.foundOn)
        return visit.map { "Visita \($0.number), \(day)." } ?? "El \(day)."
    }

    private func writeIndicators(_ html: inout HTML) {
        let measured = answer.indicators.filter { answer.tally(of: $0.id).seen > 0 }
        guard !measured.isEmpty else { return }
        html.h2("Lo que se midió")
        html.table { table in
            table.head("Qué se mira", "Se espera", "Como se espera", "Lo medido en cada visita")
            table.tbody { rows in
                for indicator in measured {
                    let tally = answer.tally(of: indicator.id)
                    rows.tr { row in
                        row.th(indicator.name, .scope("row"))
                        row.td(indicator.expected)
                        row.td(
                            "\(tally.met) de \(tally.seen) (\(SpanishFormat.percentage(tally.met, of: tally.seen, decimals: 0)))"
                        )
                        row.td(readings(of: indicator.id))
                    }
                }
            }
        }
    }

    private func readings(of indicator: ID<OversightIndicator>) -> String {
        visits.compactMap { record in
            record.measures.first { $0.indicator == indicator }.map { measure in
                "Visita \(record.visit.number): \(measure.measured ?? measure.remark ?? measure.verdict.title)"
            }
        }.joined(separator: "; ")
    }

    private func writeVisits(_ html: inout HTML) {
        guard !visits.isEmpty else { return }
        html.h2("Visitas")
        html.table { table in
            table.head("N.º", "Lugar", "Día", "Fueron", "Recibió")
            table.tbody { rows in
                for record in visits {
                    rows.tr { row in
                        row.th("\(record.visit.number)", .scope("row"))
                        row.td("\(record.visit.place) (\(record.visit.kind.title))")
                        row.td(SpanishFormat.shortDate(record.visit.day))
                        row.td(SpanishFormat.list(record.visitors))
                        row.td(record.visit.receivedBy ?? "Sin anotar")
                    }
                }
            }
        }
    }

    private func writeEvidence(_ html: inout HTML) {
        guard !answer.evidence.isEmpty else { return }
        html.h2("Fotos y soportes")
        html.ul { list in
            for file in answer.evidence {
                list.li { item in
                    item.text("\(file.title), \(SpanishFormat.date(file.datedOn)). SHA-256 ")
                    item.code(file.sha256.description)
                }
            }
        }
    }
}

extension HTML {
    /// Writes the head of a printed table.
    fileprivate mutating func head(_ titles: String...) {
        thead { head in
            head.tr { row in
                for title in titles { row.th(title, .scope("col")) }
            }
        }
    }
}

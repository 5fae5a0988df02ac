import Governance
import Kernel
import Tenancy

/// The minutes of a handover (`acta de entrega`): what was delivered, what was not and why, which rights ended, who signed.
struct HandoverMinutes: PrintedDocument {
    /// The kind under which they are issued, about the handover.
    static let kind = "acta-de-entrega"

    let answer: ReadHandover.Answer
    let alliance: String
    let entity: Organization

    private var handover: Handover { answer.handover }

    var title: String { "Acta de entrega · \(handover.bodyName), \(SpanishFormat.date(handover.changedOn))" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Acta de entrega",
            version: handover.state == .done ? "Firmada" : "Para firmar", date: handover.changedOn)
    }
    var foot: String? { handover.digest.map { "Huella de la lista firmada (SHA-256): \($0)" } }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        let (outgoing, incoming) = (names(.outgoing), names(.incoming))
        html.p(
            "\(outgoing) \(count(.outgoing) == 1 ? "entrega" : "entregan") a \(incoming) lo que sigue, de \(handover.bodyName) de \(alliance), por el cambio del \(SpanishFormat.longDate(handover.changedOn))."
        )
        for (kind, items) in answer.groups {
            html.h2(kind.title)
            html.table { table in
                table.thead { head in
                    head.tr { row in
                        for title in ["Qué se entrega", "Cómo está", "Entrega"] {
                            row.th(title, .scope("col"))
                        }
                    }
                }
                table.tbody { rows in
                    for item in items {
                        rows.tr { row in
                            row.td(item.title)
                            row.td(item.detail)
                            row.td([item.state.title, item.note].compactMap(\.self).joined(separator: ": "))
                        }
                    }
                }
            }
        }
        html.p(
            handover.state == .done
                ? "Con la última firma terminaron los accesos a la plataforma de quienes dejan la junta."
                : "Los accesos a la plataforma de quienes dejan la junta terminan con su período, y a más tardar con la última firma."
        )
        let excused = answer.signers.filter { $0.excuse != nil }
        if !excused.isEmpty {
            html.h2("Quiénes no firman")
            html.ul { list in
                for signer in excused {
                    list.li("\(signer.name), \(signer.office): \(signer.excuse ?? "")")
                }
            }
        }
        for side in HandoverSigner.Side.allCases {
            html.section(.class("part whole")) { part in
                part.h2(side.title)
                let signers = answer.signers.filter { $0.side == side && $0.excuse == nil }
                let signed = signers.filter { $0.signature != nil }
                let waiting = signers.filter { $0.signature == nil }
                if !signed.isEmpty { part.signed(signed.map(\.asOfMinutes)) }
                if !waiting.isEmpty { part.signatures(waiting.map { ($0.name, $0.office) }) }
            }
        }
    }

    private func count(_ side: HandoverSigner.Side) -> Int { answer.signers.count { $0.side == side } }

    private func names(_ side: HandoverSigner.Side) -> String {
        SpanishFormat.list(
            answer.signers.filter { $0.side == side }.map { "\($0.name) (\($0.office))" })
    }
}

extension HandoverSigner {
    /// The signature as minutes print it.
    fileprivate var asOfMinutes: MinutesSigner {
        MinutesSigner(
            id: id.rawValue, position: position, office: office, seat: seat, person: person, name: name,
            signature: signature)
    }
}

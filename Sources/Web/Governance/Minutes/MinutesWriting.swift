import Governance
import Kernel
import Tenancy

extension HTML {
    /// Writes the words of minutes, section by section: the same on the page and on paper.
    ///
    /// - Parameters:
    ///   - text: The words.
    ///   - isPublic: Whether they are written as everybody may read them.
    ///   - after: Writes what stands beside a section on the page.
    mutating func minutes(
        _ text: MinutesText, isPublic: Bool = false,
        after: (MinutesText.Section, inout HTML) -> Void = { _, _ in }
    ) {
        for section in text.sections {
            let blocks = isPublic ? section.published ?? section.blocks : section.blocks
            guard !blocks.isEmpty else { continue }
            self.section(.class("minutes-section"), .id("seccion-\(section.name)")) { part in
                part.h2(section.title)
                for block in blocks { part.block(block) }
                after(section, &part)
            }
        }
    }

    private mutating func block(_ block: MinutesText.Block) {
        switch block {
        case .heading(let text): h3(text)
        case .paragraph(let text): p(text)
        case .list(let items):
            ul { list in
                for item in items { list.li(item) }
            }
        case .facts(let lines): facts(lines.map { Fact($0.name, $0.value) })
        case .boxes(let lines):
            ul(.class("minutes-boxes")) { list in
                for line in lines {
                    list.li { item in
                        item.span(line.isMarked ? "☒" : "☐", .class("minutes-box"), .aria("hidden", "true"))
                        item.text(" \(line.title)")
                        item.span(line.isMarked ? " (marcada)" : " (sin marcar)", .class("visually-hidden"))
                    }
                }
            }
        case .table(let columns, let rows):
            div(.class("table-scroll"), .role("region"), .aria("label", columns[0]), .tabIndex(0)) { frame in
                frame.table(.class("table minutes-table")) { table in
                    table.thead { head in
                        head.tr { row in
                            for column in columns { row.th(column, .scope("col")) }
                        }
                    }
                    table.tbody { body in
                        for cells in rows {
                            body.tr { row in
                                for cell in cells { row.td(cell) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes the control header of the entity's format.
    mutating func controlHeader(of text: MinutesText, number: String) {
        div(
            .class("table-scroll"), .role("region"), .aria("label", "Encabezado de control"), .tabIndex(0)
        ) { frame in
            frame.controlTable(of: text.control, number: number)
        }
    }

    private mutating func controlTable(of control: MinutesText.Control, number: String) {
        table(.class("table minutes-control")) { table in
            table.caption("Encabezado de control", .class("visually-hidden"))
            table.tbody { body in
                body.tr { row in
                    row.th(.scope("row"), .rowSpan(2)) { cell in
                        cell.strong(control.entity)
                        if let nit = control.nit { cell.p("NIT \(nit)") }
                    }
                    row.td("Acta de reunión · \(control.alliance)\(control.body.map { " · \($0)" } ?? "")")
                    row.td("Código: \(control.code ?? "—")")
                    row.td("Versión: \(control.version ?? "—")")
                }
                body.tr { row in
                    row.td(number)
                    row.td("Unidad: \(control.unit ?? "—")")
                    row.td(
                        "Vigencia: \(control.validFrom.map { SpanishFormat.shortDate($0) } ?? "—")")
                }
            }
        }
    }

    /// Draws a signature.
    mutating func drawing(_ drawing: SignatureDrawing, of name: String) {
        svg(
            .class("signature-drawing"), .viewBox("0 0 \(SignatureDrawing.width) \(SignatureDrawing.height)"),
            .role("img")
        ) { sheet in
            sheet.svgTitle("Firma de \(name)")
            sheet.path(.d(drawing.outline), .fill("none"), .stroke("#17212b"), .strokeWidth(7))
        }
    }

    /// Writes who signed, how and when.
    mutating func signed(_ signers: [MinutesSigner]) {
        div(.class("signatures")) { signatures in
            for signer in signers {
                signatures.div(.class("signed")) { box in
                    if let drawing = signer.signature?.drawing { box.drawing(drawing, of: signer.name) }
                    box.p(.class("signature-line")) { $0.strong(signer.name) }
                    box.p(signer.office, .class("signature-role"))
                    if let signature = signer.signature {
                        box.p(signature.words, .class("signature-how"))
                    }
                }
            }
        }
    }
}

extension MinutesSigner.Signature {
    /// How and when, in words.
    var words: String {
        let proof = proof.map { " (\($0))" } ?? ""
        return SpanishFormat.sentence("\(way.title)\(proof), \(SpanishFormat.longDateAndTime(at))")
    }
}

extension MinutesDraft.Approved {
    /// How they were approved, in words.
    var words: String {
        let note = note.map { ": \($0)" } ?? ""
        return "Aprobada el \(SpanishFormat.longDate(on)). \(how.title)\(note)."
    }
}

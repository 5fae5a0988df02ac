import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of an approval.
struct ApprovalOfMinutesForm {
    let decision: Field<DecisionChoice?>
    let day: Field<CalendarDate?>
    let note = Field.paragraphs(
        "note", "Quiénes integran la comisión y en qué decisión se designó", max: 1000, rows: 3
    ).optional()
    let isRead = sure("is_read")
    let isReadByCommission = sure("is_read_by_commission")

    private static func sure(_ name: String) -> Field<Bool> {
        .checkbox(
            name, "Leí la versión que se aprueba, y sé que después no se cambia",
            demand: "Lea la versión y marque esta casilla: lo aprobado no se cambia.")
    }

    init(_ file: MinutesFile) {
        decision = Field.choice(
            "decision", "Por cuál decisión", DecisionChoice.options(file.approving), style: .list
        ).optional()
        day = Field.date(
            "day", "Día en que la comisión la aprobó",
            in: file.meeting.day...max(file.today, file.meeting.day)
        )
        .optional()
    }
}

/// A decision, as it travels.
struct DecisionChoice: PathValue, Hashable {
    let id: UUID

    init(_ id: UUID) { self.id = id }

    init?(pathText: String) {
        guard let id = UUID(uuidString: pathText) else { return nil }
        self.id = id
    }

    var pathText: String { id.uuidString.lowercased() }

    static func options(_ decisions: [ApprovingDecision]) -> [Option<DecisionChoice>] {
        decisions.map {
            Option(
                DecisionChoice($0.id), "\($0.decision) («\($0.title)», \(SpanishFormat.date($0.day)))")
        }
    }
}

/// Notes that minutes were approved.
struct ApproveMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Anotar la aprobación del acta" }

    func body(_ html: inout HTML) {
        let fields = ApprovalOfMinutesForm(file)
        html.note(
            .info, "Al aprobarse recibe el número que sigue en el libro de actas, y su texto ya no cambia.")
        if !file.gaps.isEmpty {
            html.note(.warning, "El acta quedará así, con lo que todavía falta") { note in
                note.ul { list in
                    for gap in file.gaps { list.li(gap.words) }
                }
            }
        }
        html.section("La aprobó una reunión") { part in
            guard !file.approving.isEmpty else {
                return part.p(
                    "Ninguna reunión ha decidido todavía aprobar la versión \(file.draft?.version ?? 1). Cuando lo haga, en la sesión se anota una decisión que aprueba esta acta y aparecerá aquí."
                )
            }
            part.form(to: .approveMinutes(heading.slug, meeting.id), form) { form in
                form.field(fields.decision)
                form.field(fields.isRead)
                form.submit("Aprobar el acta", orBackTo: back)
            }
        }
        html.section("La aprobó una comisión") { part in
            part.p(
                "Cuando la reunión designó a unas personas para revisarla y aprobarla.", .class("form-text"))
            if let until = file.draft?.observeUntil, until >= file.today {
                return part.p(
                    "Se pidieron observaciones hasta el \(SpanishFormat.date(until)): la comisión puede aprobarla después de ese día."
                )
            }
            part.form(to: .approveMinutes(heading.slug, meeting.id), form) { form in
                form.field(fields.day)
                form.field(fields.note)
                form.field(fields.isReadByCommission)
                form.submit("Aprobar por la comisión", .secondary)
            }
        }
    }
}

import Governance
import Kernel
import Tenancy

/// The questions of a signature on paper.
struct PaperSignatureForm {
    let day: Field<CalendarDate>
    let scan = Field.paper("scan", "Copia de la hoja firmada")

    init(_ file: MinutesFile) {
        let first = file.draft?.approved?.on ?? file.meeting.day
        day = Field.date("day", "Día en que firmó", in: first...max(first, file.today))
    }
}

/// Binds a signature on paper.
struct PaperSignaturePage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let signer: MinutesSigner
    let form: FormState

    var title: String {
        signer.signature == nil
            ? "Firma en papel de \(signer.name)" : "Otra copia de la firma de \(signer.name)"
    }

    func body(_ html: inout HTML) {
        let fields = PaperSignatureForm(file)
        html.ol { list in
            list.li { item in
                item.text("Imprima el ")
                item.a("acta en PDF", .href(.minutesFile(heading.slug, meeting.id)))
                item.text(" y llévela a \(signer.name), \(signer.office).")
            }
            list.li("Fotografíe o escanee la hoja con la firma.")
            list.li("Adjúntela aquí y revísela: queda unida al texto que se aprobó cuando usted la confirme.")
        }
        html.form(
            to: .paperSignature(heading.slug, meeting.id, ID(rawValue: signer.id)),
            form.isTyped ? form : form.filling(fields.day, with: file.today), hasFiles: true
        ) { form in
            form.field(fields.day)
            form.field(fields.scan)
            form.submit("Adjuntar y revisar", orBackTo: back)
        }
    }
}

/// Shows the scan of a signature on paper before it counts.
struct PaperReviewPage: MinutesFormPage {
    /// That who looks saw it.
    static func isSeen(_ signer: MinutesSigner) -> Field<Bool> {
        .checkbox(
            "is_seen", "La miré: es la hoja que firmó \(signer.name)",
            demand: "Mire la copia y marque esta casilla. Si no es la hoja firmada, adjunte otra.")
    }

    let heading: AllianceHeading
    let file: MinutesFile
    let signer: MinutesSigner
    let scan: MinutesScan
    let record: FileRecord
    let form: FormState

    private var id: ID<MinutesSigner> { ID(rawValue: signer.id) }

    var title: String { "Revise la firma en papel de \(signer.name)" }

    func body(_ html: inout HTML) {
        let path = Path.paperScan(heading.slug, meeting.id, id)
        html.facts(
            Fact("Firma", "\(signer.name), \(signer.office)"),
            Fact("Día en que firmó", SpanishFormat.longDate(scan.datedOn)), Fact("Archivo", record.name))
        if record.mediaType == .pdf {
            html.p { $0.action("Abrir la copia", to: path, icon: .document) }
        } else {
            html.figure(.class("paper-scan")) { figure in
                figure.img(.src(path), .alt("Copia de la hoja que firmó \(signer.name)"))
            }
        }
        html.form(to: .paperReview(heading.slug, meeting.id, id), form) { form in
            form.field(Self.isSeen(signer))
            if file.isLast(signer) { form.sealingNote() }
            form.submit(
                file.isLast(signer) ? "Guardar la firma y sellar el acta" : "Guardar la firma en papel",
                orBackTo: .paperSignature(heading.slug, meeting.id, id), back: "Adjuntar otra copia")
        }
    }
}

import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of a letter that is to go out.
struct LetterForm {
    let kind = Field.choice("kind", "Qué es", Letter.Kind.allCases, title: \.title)
    let subject = Field.text("subject", "Asunto", max: 200)
    let addressees = Field.paragraphs(
        "addressees", "A quién va dirigida", max: 4000, rows: 3,
        hint: "Un destinatario por renglón, con su cargo. Cada uno tendrá su radicado y su respuesta."
    ).optional()
    let body = Field.paragraphs(
        "body", "Texto", max: 12_000, rows: 14,
        hint: "Deje un renglón en blanco entre párrafos. El saludo, el número y la fecha se ponen solos."
    ).optional()
    let signers = Field.paragraphs(
        "signers", "Quién la firma", max: 1000, rows: 2, hint: "Una persona por renglón: nombre, cargo."
    ).optional()
    let carrier = Field.text(
        "carrier", "Delegado que la lleva", max: 120, hint: "Quien la entrega y hace el seguimiento."
    ).optional()
    let term: Field<CatalogueCode?>
    let isReserved = Field.checkbox(
        "is_reserved", "Es del espacio propio de la junta: la entidad no la ve hasta que la junta la comparta"
    )

    init(_ terms: [LetterTerm]) { term = Self.term(terms, "En cuánto deben responder") }

    /// The question in how long a letter is answered.
    static func term(_ terms: [LetterTerm], _ label: String) -> Field<CatalogueCode?> {
        Field.choice(
            "term", label,
            terms.map {
                Option(
                    CatalogueCode(rawValue: $0.code),
                    "\($0.title): \($0.length)\($0.isConfirmed ? "" : " (sin confirmar)")")
            }, style: .menu, prompt: "Sin plazo de ley",
            hint: "Un plazo sin confirmar sirve para preguntar, y por él nada se reporta como vencido."
        ).optional()
    }

    /// What a form tells.
    func read(_ form: Submission) throws -> LetterContent {
        let (kind, subject, addressees, body, signers, carrier, term) = try form.read(
            kind, subject, addressees, body, signers, carrier, term)
        return try LetterContent(
            kind: kind, subject: subject, body: body ?? "", addressees: (addressees ?? "").lineList,
            signers: (signers ?? "").lineList, carrier: carrier, term: term?.rawValue)
    }

    /// The form with what is known of a draft.
    func filled(_ form: FormState, _ content: LetterContent?) -> FormState {
        guard !form.isTyped else { return form }
        guard let content else { return form.filling(kind, with: .official) }
        return form.filling(kind, with: content.kind).filling(subject, with: content.subject)
            .filling(addressees, with: content.addressees.joined(separator: "\n"))
            .filling(body, with: content.body)
            .filling(signers, with: content.signers.joined(separator: "\n"))
            .filling(carrier, with: content.carrier)
            .filling(term, with: content.term.map { CatalogueCode(rawValue: $0) })
    }
}

extension String {
    /// Its lines that say something.
    fileprivate var lineList: [String] {
        split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}

/// Writes a letter that is to go out, or changes a draft.
struct LetterFormPage: Page {
    /// The revision that was read, which goes with the form.
    static let revision = Field.integer("revision", "Revisión", in: 1...1_000_000)

    let heading: AllianceHeading
    /// The draft that is changed; `nil` for a new letter.
    let known: Letter?
    /// The letter that came in which it answers.
    let answered: Letter?
    let terms: [LetterTerm]
    let form: FormState

    var title: String { known == nil ? "Escribir una carta" : "Editar el borrador" }
    var lead: String? {
        answered.map { "Responde a «\($0.content.subject)», de \($0.arrival?.sender ?? "")." }
            ?? "Queda en borrador hasta que se numere: para eso hacen falta el texto, los destinatarios y quién la firma."
    }
    var trail: [Crumb] { heading.letterTrail(known) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        let fields = LetterForm(terms)
        var state = fields.filled(form, known?.content)
        if !form.isTyped, known == nil, let answered, let sender = answered.arrival?.sender {
            state = state.filling(fields.addressees, with: sender)
                .filling(fields.subject, with: "Respuesta a «\(answered.content.subject)»")
        }
        let path: Path =
            known.map { .editLetter(heading.slug, $0.id) }
            ?? Path.newLetter(heading.slug).with("responde", answered?.id.description)
        html.form(to: path, state) { form in
            if let known {
                form.input(
                    .type("hidden"), .name(Self.revision.name),
                    .value(self.form.entries.first(Self.revision.name) ?? String(known.revision)))
            }
            form.field(fields.kind)
            form.field(fields.subject)
            form.field(fields.addressees)
            form.field(fields.body)
            form.field(fields.signers)
            form.field(fields.carrier)
            form.field(fields.term)
            if known == nil, heading.mayReserve { form.field(fields.isReserved) }
            form.submit(
                "Guardar el borrador",
                orBackTo: known.map { .letter(heading.slug, $0.id) } ?? .letters(heading.slug))
        }
    }
}

extension AllianceHeading {
    /// The way to a page of a letter.
    func letterTrail(_ letter: Letter? = nil) -> [Crumb] {
        trail(from: .between) + [Crumb("Cartas y comunicados", .letters(slug))]
            + (letter.map { [Crumb($0.number?.description ?? $0.content.subject, .letter(slug, $0.id))] }
                ?? [])
    }
}

/// The questions of a letter that came in.
struct ReceivedLetterForm {
    let kind = Field.choice(
        "kind", "Qué es", [Letter.Kind.letter, .official, .petition], title: \.title, style: .menu)
    let sender = Field.text("sender", "Quién la envía", max: 200)
    let reference = Field.text("reference", "Número que trae", max: 60).optional()
    let subject = Field.text("subject", "Asunto", max: 200)
    let datedOn = Field.date("dated_on", "Fecha de la carta")
    let receivedOn = Field.date("day", "Se recibió el")
    let summary = Field.paragraphs("body", "Qué dice, en pocas palabras", max: 2000, rows: 3).optional()
    let asksAnswer = Field.checkbox("asks_answer", "Pide respuesta")
    let term: Field<CatalogueCode?>
    let scan = Field.paper("scan", "La carta", hint: "Una foto o el PDF.").optional()
    let isReserved = Field.checkbox(
        "is_reserved", "Es del espacio propio de la junta: la entidad no la ve hasta que la junta la comparta"
    )

    init(_ terms: [LetterTerm]) { term = LetterForm.term(terms, "En cuánto hay que responder") }

    /// What a form tells.
    func read(_ form: Submission, of alliance: ID<Alliance>, mayReserve: Bool) throws -> ReceiveLetter {
        let (kind, sender, reference, subject, datedOn, receivedOn) = try form.read(
            kind, sender, reference, subject, datedOn, receivedOn)
        let (summary, asksAnswer, term, scan, isReserved) = try form.read(
            summary, asksAnswer, term, scan, isReserved)
        return ReceiveLetter(
            try LetterContent(kind: kind, subject: subject, body: summary ?? "", term: term?.rawValue),
            of: alliance,
            try Letter.Arrival(
                from: sender, reference: reference, on: receivedOn, asksAnswer: asksAnswer || term != nil),
            datedOn: datedOn, scan: try scan?.stored(on: datedOn), isReserved: isReserved && mayReserve)
    }
}

/// Records a letter that came in.
struct ReceivedLetterPage: Page {
    let heading: AllianceHeading
    let terms: [LetterTerm]
    let form: FormState
    let today: CalendarDate

    var title: String { "Registrar una carta recibida" }
    var lead: String? { "Con su archivo, y hasta cuándo hay que responderla." }
    var trail: [Crumb] { heading.letterTrail() }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        let fields = ReceivedLetterForm(terms)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.receivedOn, with: today).filling(fields.kind, with: .official)
        html.form(to: .receiveLetter(heading.slug), state, hasFiles: true) { form in
            form.field(fields.sender)
            form.field(fields.subject)
            form.div(.class("form-row")) { row in
                row.field(fields.kind)
                row.field(fields.reference)
            }
            form.div(.class("form-row")) { row in
                row.field(fields.datedOn)
                row.field(fields.receivedOn)
            }
            form.field(fields.summary)
            form.field(fields.asksAnswer)
            form.field(fields.term)
            form.field(fields.scan)
            if heading.mayReserve { form.field(fields.isReserved) }
            form.submit("Registrar la carta", orBackTo: .letters(heading.slug))
        }
    }
}

/// Records that somebody got a letter, or answered.
struct LetterTaskPage: Page {
    static let day = Field.date("day", "Qué día")
    static func paper(_ task: LetterTask) -> Field<UploadedFile?> {
        Field.paper(
            "paper", "El archivo",
            hint: task == .delivery ? "La copia con el sello, si no dieron radicado." : "La respuesta."
        ).optional()
    }
    static func reference(_ task: LetterTask) -> Field<String?> {
        Field.text(
            "reference", task == .delivery ? "Radicado que dieron" : "Número de la respuesta", max: 60
        ).optional()
    }
    static let words = Field.paragraphs("note", "Qué respondieron", max: 2000, rows: 4)

    let heading: AllianceHeading
    let answer: ReadLetter.Answer
    let addressee: LetterAddressee
    let task: LetterTask
    let form: FormState
    let today: CalendarDate

    private var letter: Letter { answer.letter }

    var title: String { task.title }
    var lead: String? { "\(addressee.name). «\(letter.content.subject)»" }
    var trail: [Crumb] { heading.letterTrail(letter) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        if task == .delivery, let term = answer.term {
            html.p(
                "Desde ese día tienen \(term.length), según \(term.norm.marked(isConfirmed: term.isConfirmed))."
            )
            html.confirmationLegend(if: !term.isConfirmed)
        }
        if task == .answer, answer.publication != nil {
            html.note(
                .warning, "El comunicado es público: lo que escriba se verá en la página de la alianza.")
        }
        let state = form.isTyped ? form : form.filling(Self.day, with: today)
        html.form(
            to: .followLetter(heading.slug, letter.id, addressee.position, task), state, hasFiles: true
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(Self.day)
                row.field(Self.reference(task))
            }
            if task == .answer { form.field(Self.words) }
            form.field(Self.paper(task))
            form.submit(task.title, orBackTo: .letter(heading.slug, letter.id))
        }
    }
}

/// Keeps a file with a letter.
struct LetterFilePage: Page {
    static let title = Field.text(
        "note", "Qué es", max: 160, hint: "La carta firmada, un anexo, la publicación.")
    static let file = Field.paper("file", "El archivo")

    let heading: AllianceHeading
    let letter: Letter
    let form: FormState

    var title: String { "Adjuntar un archivo" }
    var lead: String? { "«\(letter.content.subject)»" }
    var trail: [Crumb] { heading.letterTrail(letter) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        html.form(to: .attachLetterFile(heading.slug, letter.id), form, hasFiles: true) { form in
            form.field(Self.title)
            form.field(Self.file)
            form.submit("Adjuntar", orBackTo: .letter(heading.slug, letter.id))
        }
    }
}

/// Says how a letter that came in was dealt with, or why a draft is given up.
struct SettleLetterPage: Page {
    static let words = Field.paragraphs("note", "Qué se hizo, o por qué", max: 600, rows: 3)

    let heading: AllianceHeading
    let letter: Letter
    let form: FormState

    private var isDraft: Bool { letter.state == .draft }

    var title: String { isDraft ? "Descartar el borrador" : "Dar por atendida" }
    var lead: String? {
        isDraft
            ? "«\(letter.content.subject)». No gasta número, y queda en la lista con el motivo."
            : "«\(letter.content.subject)». Si se responde por carta, no hace falta: use «Responder»."
    }
    var trail: [Crumb] { heading.letterTrail(letter) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        html.form(to: .settleLetter(heading.slug, letter.id), form) { form in
            form.field(Self.words)
            form.submit(title, isDraft ? .danger : .primary, orBackTo: .letter(heading.slug, letter.id))
        }
    }
}

/// Gives a letter its number, which is not taken back.
struct IssueLetterPage: Page {
    let heading: AllianceHeading
    let letter: Letter
    /// What it tells of health or identity.
    let cautions: [ClinicalFilter.Finding]
    let form: FormState

    static let confirmation = Confirmation(
        word: "NUMERAR",
        consequences: [
            "Recibe el siguiente número de la alianza en el año y la fecha de hoy.",
            "Ni el texto, ni los destinatarios, ni quienes firman se pueden cambiar después.",
        ], verb: "Numerar la carta")

    var title: String { "Numerar la carta" }
    var lead: String? { "«\(letter.content.subject)»" }
    var trail: [Crumb] { heading.letterTrail(letter) }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        if !cautions.isEmpty {
            html.note(.warning, "Mire esto antes de numerar") { note in
                note.ul { list in
                    for caution in cautions { list.li("\(caution.words.capitalizedFirst).") }
                }
                note.p(
                    "Si dice de qué está enferma una persona o permite saber quién es sin que ella lo haya pedido, bórrelo. Si habla del servicio o de quien firma, siga."
                )
            }
        }
        html.confirmation(
            Self.confirmation, to: .issueLetter(heading.slug, letter.id), form,
            orBackTo: .letter(heading.slug, letter.id)
        ) { form in
            form.input(
                .type("hidden"), .name(LetterFormPage.revision.name),
                .value(self.form.entries.first(LetterFormPage.revision.name) ?? String(letter.revision)))
        }
    }
}

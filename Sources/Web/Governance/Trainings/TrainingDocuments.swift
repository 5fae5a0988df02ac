import Governance
import Kernel
import Tenancy

/// That somebody stayed in a training (`certificado de asistencia`).
struct TrainingCertificate: PrintedDocument {
    /// The kind under which it is issued, about the stay.
    static let kind = "certificado-de-capacitacion"

    let training: Training
    let meeting: Meeting
    let trainee: Trainee
    let alliance: String
    let entity: Organization

    var title: String { "Certificado de asistencia: \(training.topic)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Certificado de capacitación", version: "Según la asistencia registrada",
            date: meeting.day)
    }

    func body(_ html: inout HTML) {
        html.certificate(of: training, in: meeting, for: trainee, alliance, entity)
    }
}

/// The certificates of all who stayed in a training, a page each, to print at once.
struct TrainingCertificates: PrintedDocument {
    /// The kind under which it is issued, about the training.
    static let kind = "certificados-de-capacitacion"
    /// How many people fit in one document: its text is held whole while it is printed.
    static let limit = 300

    let training: Training
    let meeting: Meeting
    let trainees: [Trainee]
    let alliance: String
    let entity: Organization

    var title: String { "Certificados de asistencia: \(training.topic)" }
    var heading: String { "Certificado de asistencia: \(training.topic)" }
    var sheets: Int { trainees.count }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Certificado de capacitación", version: "Según la asistencia registrada",
            date: meeting.day)
    }

    func body(_ html: inout HTML) { sheet(0, &html) }

    func sheet(_ index: Int, _ html: inout HTML) {
        html.certificate(of: training, in: meeting, for: trainees[index], alliance, entity)
    }
}

extension HTML {
    /// Writes that somebody stayed in a training.
    fileprivate mutating func certificate(
        of training: Training, in meeting: Meeting, for trainee: Trainee, _ alliance: String,
        _ entity: Organization
    ) {
        letterhead(of: entity, alliance)
        p("\(alliance) certifica que")
        p { $0.strong(trainee.name) }
        if let document = trainee.document { p("\(document)") }
        p(
            "asistió a la capacitación «\(training.topic)», dictada por \(training.provider) el \(SpanishFormat.longDate(meeting.day)), y estuvo en el \(trainee.stayed) % de la sesión."
        )
    }
}

/// The form of an evaluation, to be filled in by hand.
struct EvaluationSheet: PrintedDocument {
    let training: Training
    let meeting: Meeting
    let alliance: String
    let entity: Organization

    var title: String { "Evaluación: \(training.topic)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Formato de evaluación", version: "Para llenar a mano", date: meeting.day)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "\(SpanishFormat.longDate(meeting.day)). No escriba su nombre ni datos de salud. Marque una casilla en cada renglón."
        )
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in ["", "1, muy malo", "2", "3", "4", "5, excelente"] {
                        row.th(title, .scope("col"))
                    }
                }
            }
            table.tbody { rows in
                for question in ["El contenido", "Quien la dictó", "Me sirve para mi vida o para la alianza"]
                {
                    rows.tr { row in
                        row.th(question, .scope("row"))
                        for _ in 1...5 { row.td("☐") }
                    }
                }
            }
        }
        html.p("¿Algo más?")
        for _ in 1...4 { html.p("______________________________________________________________") }
    }
}

/// What a file is kept as: its class in a table of retention (`tabla de retención documental`). It follows from what the
/// file proves, and whoever keeps a file says it at the one door by which files come in.
public enum RetentionClass: String, Sendable, Hashable, CaseIterable {
    /// What an alliance rests on: constitution, registration, bylaws, renewals, dissolution.
    case constitution
    /// Minutes, sealed or on paper.
    case minutes
    /// Lists of who came.
    case attendance
    /// What people signed to authorise the use of their data.
    case consents
    /// Proofs about members: certificates, statements, sanctions.
    case membership
    /// Who held a seat, and what representatives did there.
    case mandates
    /// All of elections.
    case elections
    /// What users complained of.
    case complaints
    /// Letters in and out.
    case letters
    /// What shows that the plan was carried out: meetings, trainings, campaigns, commitments.
    case activities
    /// Exercises of oversight and opportunities of improvement.
    case oversight
    /// Reports to members and citizens.
    case reports
    /// Receipts of what was handed over, and undertakings of confidentiality.
    case custody
    /// What is the entity's own: its logo, reports of imports.
    case entity
    /// Nobody has said what it is.
    case unclassified

    /// The name on screens.
    public var title: String {
        switch self {
        case .constitution: "Constitución, estatutos y registro"
        case .minutes: "Actas"
        case .attendance: "Listas de asistencia"
        case .consents: "Autorizaciones de datos"
        case .membership: "Pruebas de los asociados"
        case .mandates: "Períodos y nombramientos"
        case .elections: "Papeles electorales"
        case .complaints: "Quejas"
        case .letters: "Correspondencia"
        case .activities: "Soportes del plan y de las actividades"
        case .oversight: "Veedurías y mejoras"
        case .reports: "Informes"
        case .custody: "Entregas y confidencialidad"
        case .entity: "Archivos de la entidad"
        case .unclassified: "Sin clasificar"
        }
    }

    /// What has a closing from which a term may run, in words; `nil` for what has none.
    public var closing: String? {
        switch self {
        case .complaints: "se cierre la queja"
        case .consents, .membership: "la persona deje la alianza"
        default: nil
        }
    }

    /// The class of what is kept in a space: what belongs to an election is electoral, whatever it is called.
    func kept(in stream: AuditStream) -> Self {
        if case .process = stream { .elections } else { self }
    }

    /// The class of a document that is issued here, by its kind (`acta-de-reunion`).
    ///
    /// A kind that nobody classified is told so on the list of documents, and kept for ever.
    init(ofIssued kind: String) {
        self =
            switch kind {
            case "acta-de-reunion", "acta-de-reunion-publica", "extracto-de-acta": .minutes
            case "acta-de-entrega", "acta-de-vacancia", "certificado-de-representacion", "credencial":
                .mandates
            case "acta-de-escrutinio", "acta-de-escrutinio-publica": .elections
            case "traslado-de-queja": .complaints
            case "carta": .letters
            case "certificado-de-capacitacion", "certificados-de-capacitacion": .activities
            case "informe-de-veeduria", "informe-de-oportunidades-de-mejora": .oversight
            case "consolidado-del-plan": .reports
            case "indice-de-entrega-en-custodia", "compromiso-de-confidencialidad": .custody
            default: .unclassified
            }
    }
}

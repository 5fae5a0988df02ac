import Elections
import Foundation
import Governance
import Hummingbird
import Kernel
import Membership
import Reporting
import Synchronization
import Tenancy

extension PendingDesk {
    /// What all modules tell; a module adds its own line here.
    static let sources: [any PendingSource] =
        DecisionsOfCommittee.Subject.allCases.map { DecisionsOfCommittee($0) }
        + TasksOfOthers.Subject.allCases.map { TasksOfOthers($0) }
        + TasksOfBoxes.Subject.allCases.map { TasksOfBoxes($0) } + [
            ElectionsToPrepare(), StepsOfElections(), AskedObligations(), PapersToReview(),
            ApplicationsToDecide(), JoinRequestsToIdentify(), LapsedHolders(), AlternatesToCall(),
            ElectionsDue(), HandoversToFinish(),
            OwnHandoverSignatures(), UndertakingsToSign(), AlliancesToRenew(), SupportsToFollow(),
            MeetingsToPrepare(), TopicsToAnswer(), MinutesToComplete(), MinutesToObserve(),
            MinutesToPublish(), OwnSignatures(),
            OverdueCommitments(), DutiesDue(),
            ComplaintsToTransfer(), ComplaintsToCheck(), OrientationsToFollow(), LettersToFollow(),
            FilesToDecide(), ShownLinks(), FailedJobs(), ServerTroubles(), LateInvitations(),
        ]
}

/// How many things wait for each person, remembered for some seconds: the bar of every page tells it.
final class PendingCounts: Sendable {
    private struct Count {
        let number: Int
        let readAt: Date
    }

    /// How long a number is good for, in seconds.
    static let life: TimeInterval = 20
    private let counts = Mutex<[ID<User>: Count]>([:])

    /// The number for a person, read where it is not known or no longer good.
    func number(for principal: Principal, at now: Date, reading read: () async throws -> Int) async rethrows
        -> Int
    {
        guard let user = principal.user else { return 0 }
        let known = counts.withLock { $0[user] }
        if let known, abs(now.timeIntervalSince(known.readAt)) < Self.life { return known.number }
        let number = try await read()
        set(number, for: user, at: now)
        return number
    }

    /// Notes a number that was read.
    func set(_ number: Int, for user: ID<User>, at now: Date) {
        counts.withLock { counts in
            if counts.count > 10_000 { counts.removeAll() }
            counts[user] = Count(number: number, readAt: now)
        }
    }
}

extension PendingItem {
    /// What waits, with its verb.
    var words: String {
        func some(_ singular: String, _ plural: String) -> String {
            SpanishFormat.count(count, singular, plural)
        }
        return switch kind {
        case .claims: "Decidir \(some("reclamo sobre el censo", "reclamos sobre el censo"))"
        case .challenges: "Decidir \(some("impugnación", "impugnaciones"))"
        case .slates: "Decidir \(some("plancha inscrita", "planchas inscritas"))"
        case .appeals: "Decidir \(some("apelación de un candidato", "apelaciones de candidatos"))"
        case .ownSignature: "Firmar \(some("acta aprobada", "actas aprobadas"))"
        case .ownDisqualification:
            "Leer por qué quedó inhabilitado como candidato, y apelar si no está de acuerdo"
        case .votesToCount: "Contar \(some("votación de su mesa", "votaciones de su mesa"))"
        case .drawToConfirm: "Confirmar el número del sorteo"
        case .orderToConfirm: "Confirmar el número del sorteo del orden del tarjetón"
        case .proclamationToSecond: "Confirmar la proclamación que se propuso"
        case .annulmentToSecond: "Confirmar la anulación que se propuso, o no"
        case .omissionToSecond:
            "Confirmar que \(some("mesa no votó", "mesas no votaron")), como se propuso, o no"
        case .ownKeyStep:
            "Como custodio de la llave de la urna electrónica, \(names.first ?? "hacer su parte")"
        case .credentialsToMake: "Hacer e imprimir las claves de voto de la urna electrónica"
        case .boxActToSecond: "Confirmar o no lo que se propuso con la urna: \(names.first ?? "")"
        case .mergeToConfirm:
            "Decidir a qué urna pasan los pocos tarjetones de \(some("mesa", "mesas")), que no se abren aparte"
        case .boxStep: (names.first ?? "dar el siguiente paso de la urna").capitalizedFirst
        case .overdueObligations, .dueObligations, .unprovenObligations, .partialObligations:
            names.first ?? some("obligación por atender", "obligaciones por atender")
        case .papers: "Revisar \(some("documento de prueba", "documentos de prueba"))"
        case .applications: "Decidir \(some("solicitud de inscripción", "solicitudes de inscripción"))"
        case .joinRequests:
            "Reconocer a \(some("persona que se inscribió", "personas que se inscribieron")) por la página"
        case .lapsedHolders:
            "Declarar \(some("vacancia que muestra el padrón", "vacancias que muestra el padrón"))"
        case .alternates: "Llamar al suplente de \(some("puesto vacante", "puestos vacantes"))"
        case .electionsDue: "Convocar la elección de \(some("puesto", "puestos"))"
        case .handovers: "Terminar \(some("entrega entre juntas", "entregas entre juntas"))"
        case .ownHandover: "Firmar \(some("acta de entrega", "actas de entrega")) entre juntas"
        case .undertakingToSign:
            "Firmar el compromiso de confidencialidad para leer \(some("documento", "documentos")) de la entidad"
        case .renewals: "Renovar la alianza"
        case .topicsToAnswer:
            "Responder \(some("tema propuesto para capacitación", "temas propuestos para capacitación"))"
        case .supportsToAnswer: "Responder \(some("apoyo pedido", "apoyos pedidos")) para reuniones"
        case .supportsToDeliver: "Entregar \(some("apoyo concedido", "apoyos concedidos")) para reuniones"
        case .commitmentsOverdue: "Atender \(some("compromiso vencido", "compromisos vencidos"))"
        case .dutiesDue:
            names.count == 1
                ? "Hacer la tarea periódica «\(names[0])», que falta en su período"
                : "Hacer \(some("tarea periódica que falta", "tareas periódicas que faltan")) en su período"
        case .complaintsDue:
            "Pedir la respuesta de \(some("queja", "quejas")) con el plazo por vencer o vencido"
        case .complaintsToTransfer: "Trasladar \(some("queja", "quejas")) a la entidad"
        case .complaintsToCheck: "Verificar \(some("respuesta", "respuestas")) a quejas"
        case .orientationsToFollow: "Hacer el seguimiento de \(some("orientación", "orientaciones"))"
        case .lettersToAnswer: "Responder \(some("carta recibida", "cartas recibidas"))"
        case .lettersToAskAfter: "Preguntar por la respuesta a \(some("carta", "cartas"))"
        case .disposalsToSecond:
            "Confirmar o no la eliminación de \(some("archivo que se propuso", "archivos que se propusieron"))"
        case .filesPastTerm:
            "Decidir qué se hace con \(some("archivo que pasó", "archivos que pasaron")) su término de conservación"
        case .minutesToRecord: "Registrar el acta de \(some("reunión", "reuniones"))"
        case .meetingToPrepare:
            names.first.map { "Preparar la reunión \($0)" }
                ?? "Preparar \(some("reunión", "reuniones")) de los próximos días"
        case .minutesToFinish: "Terminar \(some("acta empezada", "actas empezadas"))"
        case .minutesToObserve:
            names.first.map { "Leer \($0) y decir si está bien" }
                ?? "Leer \(some("acta", "actas")) y decir si están bien"
        case .signaturesToGather:
            "Reunir las firmas que faltan en \(some("acta aprobada", "actas aprobadas"))"
        case .minutesToPublish:
            names.first.map { "Decidir si se publica \($0)" }
                ?? "Decidir si se publican \(some("acta sellada", "actas selladas"))"
        case .minutesToSign: "Adjuntar \(some("acta firmada", "actas firmadas"))"
        case .electionToPrepare: "Terminar de preparar la elección"
        case .callToPublish: "Publicar la convocatoria"
        case .rollToPublish: "Publicar el censo provisional"
        case .rollToFreeze: "Congelar el censo"
        case .jurorsToName: "Nombrar los jurados de \(some("mesa", "mesas"))"
        case .dayToBegin: "Instalar la jornada de votación"
        case .voteToFollow: "Seguir la votación y cerrar las mesas"
        case .canvassToMake: "Contar los votos y hacer el escrutinio"
        case .proclamationToMake: "Proclamar a los elegidos"
        case .shownLinks:
            "Comprobar el ingreso de \(some("persona", "personas")) de la elección cuyo enlace vio la entidad"
        case .jobs: "Revisar \(some("tarea que falló", "tareas que fallaron"))"
        case .brokenChains:
            "Avisar que \(some("parte del registro fue cambiada", "partes del registro fueron cambiadas"))"
        case .failingMessages: "Revisar \(some("mensaje que no sale", "mensajes que no salen"))"
        case .failedChores:
            "Revisar \(some("tarea diaria del servidor que falla", "tareas diarias del servidor que fallan"))"
        case .invitations: "Invitar de nuevo a \(some("persona que no entró", "personas que no entraron"))"
        }
    }

    /// How urgent it is, as a chip. An obligation bears its own state, which its day repeats.
    func status(on today: CalendarDate) -> Status {
        switch kind {
        case .overdueObligations: return .overdue
        case .dueObligations: return .due
        case .unprovenObligations: return .unproven
        case .partialObligations: return .partial
        default: break
        }
        if isOwn { return Status("Lo espera a usted", .due) }
        guard let dueOn else { return Status("Pendiente", .open) }
        if dueOn < today { return .overdue }
        return dueOn <= today + PendingUrgency.soonDays ? .due : Status("Con tiempo", .plain)
    }

    /// Where it is done.
    func path(in alliance: AllianceSlug?) -> Path? {
        let process: ID<ElectoralProcess>? = if case .process(let id, _) = stream { id } else { nil }
        switch (kind, alliance, process) {
        case (.shownLinks, _, _), (.brokenChains, _, _): return .log()
        case (.jobs, _, _), (.failingMessages, _, _), (.failedChores, _, _): return .jobs()
        case (.invitations, _, _): return .users().with("estado", UsersPage.StateChoice.late.rawValue)
        case (.challenges, let alliance?, let process?): return .challenges(alliance, process)
        case (.jurorsToName, let alliance?, let process?): return .tables(alliance, process)
        case (.dayToBegin, let alliance?, let process?), (.voteToFollow, let alliance?, let process?),
            (.canvassToMake, let alliance?, let process?):
            return .votingDay(alliance, process)
        case (.ownKeyStep, let alliance?, let process?):
            return subject.flatMap { ID<BallotBox>($0) }.map { .trusteeDesk(alliance, process, $0) }
        case (.credentialsToMake, let alliance?, let process?):
            return subject.flatMap { ID<BallotBox>($0) }.map { .credentialDesk(alliance, process, $0) }
        case (.boxActToSecond, let alliance?, let process?), (.boxStep, let alliance?, let process?):
            return subject.flatMap { ID<BallotBox>($0) }.map { .box(alliance, process, $0) }
        case (.votesToCount, let alliance?, let process?), (.omissionToSecond, let alliance?, let process?),
            (.mergeToConfirm, let alliance?, let process?):
            return .votingDay(alliance, process)
        case (.proclamationToMake, let alliance?, let process?),
            (.proclamationToSecond, let alliance?, let process?),
            (.drawToConfirm, let alliance?, let process?):
            return .results(alliance, process)
        case (.annulmentToSecond, let alliance?, let process?): return .chronology(alliance, process)
        case (.electionToPrepare, let alliance?, let process?), (.callToPublish, let alliance?, let process?),
            (.rollToPublish, let alliance?, let process?), (.rollToFreeze, let alliance?, let process?):
            return .process(alliance, process)
        case (.claims, let alliance?, let process?), (.slates, let alliance?, let process?):
            return .process(alliance, process)
        case (.appeals, let alliance?, let process?), (.orderToConfirm, let alliance?, let process?):
            return .slates(alliance, process)
        case (.ownSignature, let alliance?, _): return .minutesBook(alliance)
        case (.ownDisqualification, let alliance?, _):
            return Path.ownAlliance(alliance).at(anchor: "candidatura")
        case (.papers, let alliance?, _): return .papersToReview(alliance)
        case (.applications, let alliance?, _): return .applications(alliance)
        case (.joinRequests, let alliance?, _): return .joinRequests(alliance)
        case (.lapsedHolders, let alliance?, _), (.alternates, let alliance?, _),
            (.handovers, let alliance?, _), (.ownHandover, let alliance?, _):
            return .governance(alliance)
        case (.undertakingToSign, let alliance?, _): return .confidential(alliance)
        case (.electionsDue, let alliance?, _): return .processes(alliance)
        case (.renewals, let alliance?, _): return .life(alliance)
        case (.topicsToAnswer, let alliance?, _): return Path.trainings(alliance).at(anchor: "temas")
        case (.supportsToAnswer, let alliance?, _), (.supportsToDeliver, let alliance?, _):
            return .allianceSupports(alliance)
        case (.commitmentsOverdue, let alliance?, _):
            return Path.commitments(alliance).with("estado", CommitmentsPage.Choice.overdue.rawValue)
        case (.dutiesDue, let alliance?, _):
            return dueOn.map { .year(alliance, $0.components.year) }
        case (.complaintsDue, let alliance?, _), (.complaintsToTransfer, let alliance?, _),
            (.complaintsToCheck, let alliance?, _):
            return .complaints(alliance)
        case (.orientationsToFollow, let alliance?, _):
            return Path.orientations(alliance).with(OrientationsPage.choice.name, "seguimiento")
        case (.lettersToAnswer, let alliance?, _):
            return Path.letters(alliance).with(LettersPage.choice.name, "por-responder")
        case (.lettersToAskAfter, let alliance?, _):
            return Path.letters(alliance).with(LettersPage.choice.name, "sin-respuesta")
        case (.disposalsToSecond, let alliance?, _): return .retention(alliance)
        case (.filesPastTerm, let alliance?, _): return .retention(alliance)
        case (.minutesToRecord, let alliance?, _), (.minutesToFinish, let alliance?, _),
            (.signaturesToGather, let alliance?, _), (.minutesToSign, let alliance?, _):
            return Path.meetings(alliance).at(anchor: "reuniones")
        case (.meetingToPrepare, let alliance?, _):
            return subject.flatMap { ID<Meeting>($0) }.map { .meeting(alliance, $0) } ?? .meetings(alliance)
        case (.minutesToObserve, let alliance?, _):
            return subject.flatMap { ID<Meeting>($0) }.map { .minutes(alliance, $0) } ?? .meetings(alliance)
        case (.minutesToPublish, let alliance?, _):
            return subject.flatMap { ID<Meeting>($0) }.map { .minutes(alliance, $0) }
                ?? .minutesBook(alliance)
        case (.overdueObligations, let alliance?, _), (.dueObligations, let alliance?, _),
            (.unprovenObligations, let alliance?, _), (.partialObligations, let alliance?, _):
            return subject.map { Path.compliance(alliance).at(anchor: $0) } ?? .compliance(alliance)
        default: return nil
        }
    }
}

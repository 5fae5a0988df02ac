public import Foundation

/// What happened in a process, as people read it: one line of its chronology.
public struct ChronologyEntry: Sendable, Hashable {
    /// One thing to be known of an act.
    public struct Detail: Sendable, Hashable {
        /// What it is called.
        public let name: String
        /// What it is.
        public let text: String
    }

    /// Its place in the chain, 1 being the first.
    public let sequence: Int
    /// When it happened.
    public let happenedAt: Date
    /// Who did it.
    public let actor: String
    /// What was done.
    public let title: String
    /// What else is to be known of it, such as the reason.
    public let details: [Detail]
    /// Whether it departs from the course of things.
    public let isDisruption: Bool
}

extension ChronologyEntry {
    /// The words for an action of the chain, some by its kind; `nil` for what a chronology leaves out, such as each person
    /// who came in.
    static func title(of action: String, kind: String? = nil) -> String? {
        titles[action] ?? boxTitle(of: action, kind: kind) ?? boxTitles[action]
    }

    /// Whether an action departs from the course of things.
    static func isDisruption(_ action: String) -> Bool { disruptions.contains(action) }

    /// The details that are shown, in this order, by the names that they have in the chain.
    static let shown: [(key: String, name: String)] = [
        ("number", "Número"), ("name", "Nombre"), ("box", "Urna"), ("tracker", "Número de seguimiento"),
        ("proposer", "Propuso"), ("institution", "Institución"),
        ("place", "Lugar"),
        ("milestone", "Plazo"), ("from", "Desde"), ("until", "Hasta"), ("electors", "Electores"),
        ("sha256", "Sello"), ("effect", "Efecto"), ("ground", "Fundamento"), ("remark", "Observación"),
        ("account", "Hechos"), ("reason", "Motivo"),
    ]

    /// What the chain keeps of a detail, as people say it: it keeps the code of what has one.
    static func words(for value: String, under key: String) -> String {
        switch key {
        case "milestone": Milestone.Kind(rawValue: value)?.title ?? value
        case "ground": ChallengeGround(rawValue: value)?.title ?? value
        case "effect":
            value == ChallengeFile.State.dismissed.rawValue
                ? "Se negó" : ChallengeEffect(rawValue: value)?.title ?? value
        default: value
        }
    }

    private static let disruptions: Set<String> = [
        "elections.process.postponed", "elections.place.postponed", "elections.term.extended",
        "elections.process.suspended", "elections.process.resumed", "elections.process.voided",
        "elections.annulment.proposed", "elections.annulment.withdrawn", "elections.annulment.refused",
        "elections.process.annulled", "elections.contest.annulled", "elections.proclamation.withdrawn",
        "elections.omission.proposed", "elections.omission.withdrawn", "elections.table.omitted",
        "elections.poll.extended", "elections.poll.merged", "elections.incident.recorded",
        "elections.juror.relieved",
    ]

    private static let titles = [
        "elections.process.drafted": "Se preparó la elección",
        "elections.contest.added": "Se agregó una votación",
        "elections.contest.changed": "Se cambió una votación",
        "elections.contest.removed": "Se quitó una votación",
        "elections.contest.split": "Se separó una votación por puestos",
        "elections.contest.ended": "Una elección terminó sin elegidos",
        "elections.calendar.computed": "Se calculó el calendario",
        "elections.calendar.moved": "Se movió una fecha", "elections.table.added": "Se agregó una mesa",
        "elections.table.changed": "Se cambió una mesa", "elections.table.removed": "Se quitó una mesa",
        "elections.table.set_up": "Se preparó una mesa",
        "elections.table.closed": "Se cerró el conteo de una mesa",
        "elections.electors.split": "Se repartieron los electores entre las mesas",
        "elections.coverage.excepted": "Se explicó por qué un municipio no tiene mesa",
        "elections.juror.appointed": "Se nombró un jurado",
        "elections.juror.relieved": "Se relevó a un jurado",
        "elections.guarantor.invited": "Se invitó a un garante",
        "elections.guarantor.accredited": "Se acreditó a un garante",
        "elections.guarantor.remarked": "Un garante hizo una observación",
        "elections.call.published": "Se publicó la convocatoria",
        "elections.roll.published": "Se publicó el censo provisional",
        "elections.claim.filed": "Llegó una reclamación",
        "elections.claim.decided": "Se decidió una reclamación",
        "elections.roll.frozen": "Se congeló el censo",
        "elections.slate.registered": "Se inscribió una plancha",
        "elections.slate.edited": "Se corrigió una plancha",
        "elections.slate.admitted": "Se admitió una plancha",
        "elections.slate.rejected": "Se rechazó una plancha",
        "elections.slate.withdrawn": "Se retiró una plancha",
        "elections.candidate.accepted": "Una persona aceptó su candidatura",
        "elections.candidate.replaced": "Se reemplazó a un candidato",
        "elections.candidate.disqualified": "Se inhabilitó a un candidato",
        "elections.disqualification.appealed": "Se apeló una inhabilidad",
        "elections.disqualification.decided": "Se decidió una apelación",
        "elections.witness.accredited": "Se acreditó un testigo",
        "elections.witness.withdrawn": "Se retiró un testigo",
        "elections.process.postponed": "Se aplazó la votación",
        "elections.place.postponed": "Se aplazó la votación en un lugar",
        "elections.term.extended": "Se prorrogó un plazo",
        "elections.process.suspended": "Se suspendió la elección",
        "elections.process.resumed": "Se reanudó la elección",
        "elections.process.voided": "Se declaró desierta la convocatoria",
        "elections.annulment.proposed": "Se propuso anular la elección",
        "elections.annulment.withdrawn": "Se retiró la propuesta de anular",
        "elections.annulment.refused": "Alguien no confirmó la propuesta de anular",
        "elections.omission.proposed": "Se propuso dejar una mesa sin votación",
        "elections.omission.withdrawn": "Se retiró la propuesta de dejar una mesa sin votación",
        "elections.table.omitted": "Una mesa quedó sin votación",
        "elections.process.annulled": "Se anuló la elección",
        "elections.process.replaced": "Se preparó la elección que la reemplaza",
        "elections.session.opened": "Se instaló la jornada",
        "elections.session.closed": "Se cerró la jornada",
        "elections.poll.opened": "Se abrió una votación", "elections.poll.closed": "Se cerró una votación",
        "elections.signatures.counted": "Se contaron las firmas antes de abrir una urna",
        "elections.poll.merged": "Los tarjetones de una mesa pasaron a la urna de otra",
        "elections.poll.extended": "Se amplió el cierre de una mesa",
        "elections.incident.recorded": "Se registró una novedad",
        "elections.count.entered": "Un jurado registró su conteo",
        "elections.count.reconciled": "Un jurado escribió lo acordado en un conteo",
        "elections.count.confirmed": "Se confirmó lo acordado en un conteo",
        "elections.acclamation.declared": "Hubo aclamación",
        "elections.canvass.made": "Se hizo el escrutinio", "elections.draw.recorded": "Se hizo un sorteo",
        "elections.draw.announced": "Se anunció un sorteo",
        "elections.draw.number_named": "Se registró el número de un sorteo",
        "elections.challenge.filed": "Llegó una impugnación",
        "elections.evidence.added": "Se agregó una prueba a una impugnación",
        "elections.challenge.answered": "Se respondió una impugnación",
        "elections.challenge.decided": "Se decidió una impugnación",
        "elections.proclamation.proposed": "Se propuso la proclamación",
        "elections.contest.annulled": "Se anuló una elección del proceso",
        "elections.proclamation.withdrawn": "Se retiró la propuesta de proclamar",
        "elections.proclamation.made": "Se proclamó a las personas elegidas",
        "tenancy.attempt.refused": "Se rechazó un intento",
    ]
}

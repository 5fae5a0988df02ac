extension LogWords {
    /// What each action of Elections says: with its details, and without.
    static let elections: [String: (long: String, short: String)] = [
        "elections.annulment.proposed": ("Propuso anular «{name}»: {reason}", "Propuso una anulación"),
        "elections.annulment.refused": (
            "No respaldó una anulación propuesta: {reason}", "No respaldó una anulación propuesta"
        ),
        "elections.annulment.withdrawn": (
            "Retiró una anulación propuesta: {reason}", "Retiró una anulación propuesta"
        ),
        "elections.claim.decided": (
            "Decidió la reclamación {number} del censo", "Decidió una reclamación del censo"
        ),
        "elections.claim.filed": (
            "Presentó la reclamación {number} del censo", "Presentó una reclamación del censo"
        ),
        "elections.contest.annulled": (
            "Anuló la elección «{name}»: {reason}", "Anuló una elección del proceso"
        ),
        "elections.evidence.added": ("", "Agregó una prueba a una impugnación"),
        "elections.evidence.opened": ("", "Abrió una prueba de una impugnación"),
        "elections.guarantor.accredited": (
            "Acreditó a {name}, de {institution}, como garante", "Acreditó un garante"
        ),
        "elections.guarantor.invited": ("Invitó como garante a {institution}", "Invitó un garante"),
        "elections.guarantor.remarked": (
            "Anotó una constancia de {institution}", "Anotó una constancia de un garante"
        ),
        "elections.omission.proposed": (
            "Propuso dejar por fuera {name}: {reason}", "Propuso dejar por fuera una mesa"
        ),
        "elections.omission.withdrawn": ("", "Retiró la propuesta de dejar por fuera una mesa"),
        "elections.place.postponed": (
            "Aplazó la votación en {place} hasta el {until}: {reason}", "Aplazó la votación en un lugar"
        ),
        "elections.process.annulled": ("Anuló el proceso: {reason}", "Anuló un proceso electoral"),
        "elections.process.postponed": (
            "Aplazó la votación hasta el {until}: {reason}", "Aplazó la votación"
        ),
        "elections.process.replaced": (
            "Abrió «{name}» en reemplazo de otro proceso", "Reemplazó un proceso electoral"
        ),
        "elections.process.resumed": ("Reanudó el proceso: {reason}", "Reanudó un proceso electoral"),
        "elections.process.suspended": ("Suspendió el proceso: {reason}", "Suspendió un proceso electoral"),
        "elections.process.voided": (
            "Declaró desierto el proceso: {reason}", "Declaró desierto un proceso electoral"
        ),
        "elections.proclamation.withdrawn": (
            "Retiró la proclamación propuesta: {reason}", "Retiró una proclamación propuesta"
        ),
        "elections.table.omitted": ("", "Dejó por fuera una mesa"),
        "elections.term.extended": ("Extendió el plazo de «{milestone}»: {reason}", "Extendió un plazo"),
        "elections.acclamation.declared": ("", "Declaró una elección por aclamación"),
        "elections.calendar.computed": (
            "Calculó el calendario para votar el {voting_on}", "Calculó el calendario"
        ),
        "elections.calendar.moved": ("", "Movió una fecha del calendario"),
        "elections.call.published": ("Publicó la convocatoria por {channels}", "Publicó la convocatoria"),
        "elections.candidate.accepted": ("Registró la aceptación de {name}", "Registró una aceptación"),
        "elections.candidate.disqualified": (
            "Inhabilitó a {name}: {ground}", "Inhabilitó a una persona candidata"
        ),
        "elections.candidate.replaced": (
            "Reemplazó a {left} por {came}", "Reemplazó a una persona candidata"
        ),
        "elections.canvass.made": ("", "Hizo el escrutinio"),
        "elections.challenge.answered": ("", "Respondió una impugnación"),
        "elections.challenge.decided": ("", "Decidió una impugnación"),
        "elections.challenge.filed": ("", "Presentó una impugnación"),
        "elections.contest.added": ("", "Agregó una elección al proceso"),
        "elections.contest.changed": ("", "Cambió una elección del proceso"),
        "elections.contest.ended": ("", "Cerró una elección del proceso"),
        "elections.contest.removed": ("", "Quitó una elección del proceso"),
        "elections.contest.split": ("", "Separó una elección del proceso"),
        "elections.count.confirmed": ("", "Confirmó lo acordado en el conteo de una mesa"),
        "elections.count.entered": ("Entró el conteo del jurado {jury}", "Entró un conteo de mesa"),
        "elections.count.reconciled": ("", "Escribió lo acordado en el conteo de una mesa"),
        "elections.coverage.excepted": ("", "Aceptó una mesa por fuera de la cobertura"),
        "elections.disqualification.appealed": (
            "Registró el recurso de {name}", "Registró un recurso contra una inhabilidad"
        ),
        "elections.disqualification.decided": ("Decidió el recurso de {name}", "Decidió un recurso"),
        "elections.draw.announced": (
            "Anunció que se sortea {purpose}; el número sale de: {source}", "Anunció un sorteo"
        ),
        "elections.draw.number_named": (
            "Registró el número {number} con que se sortea {purpose}", "Registró el número de un sorteo"
        ),
        "elections.draw.recorded": ("Confirmó el número con que se sorteó {purpose}", "Confirmó un sorteo"),
        "elections.electors.split": ("", "Repartió el censo entre las mesas"),
        "elections.incident.recorded": ("", "Registró una novedad de la jornada"),
        "elections.box.drafted": ("", "Preparó una urna electrónica"),
        "elections.box.changed": ("", "Cambió una urna electrónica"),
        "elections.box.sealed": (
            "Selló la {box}", "Selló una urna electrónica"
        ),
        "elections.box_act.proposed": (
            "Propuso {kind} ({box}): {reason}", "Propuso un paso de una urna electrónica"
        ),
        "elections.box_act.carried_out": (
            "Confirmó {kind} ({box}): {reason}", "Confirmó un paso de una urna electrónica"
        ),
        "elections.box_act.withdrawn": (
            "Retiró la propuesta de {kind} ({box})", "Retiró una propuesta sobre una urna electrónica"
        ),
        "elections.trustee.appointed": (
            "Nombró a {name} custodio de la {box}", "Nombró un custodio de la llave"
        ),
        "elections.trustee.relieved": (
            "Relevó a {name}, custodio de la {box}: {reason}", "Relevó a un custodio de la llave"
        ),
        "elections.trustee.posted": ("", "Envió su parte de la llave de una urna electrónica"),
        "elections.credential_authority.appointed": (
            "Nombró a {name} autoridad de credenciales de la {box}", "Nombró la autoridad de credenciales"
        ),
        "elections.credential_authority.relieved": (
            "Relevó a {name}, autoridad de credenciales: {reason}", "Relevó a la autoridad de credenciales"
        ),
        "elections.credentials.handed_in": (
            "Entregó {count} claves públicas de voto", "Entregó las claves públicas de voto"
        ),
        "elections.slip.bound": ("", "Entregó un volante de voto"),
        "elections.slip.replaced": (
            "Reemplazó un volante de voto: {reason}", "Reemplazó un volante de voto"
        ),
        "elections.kiosk.opened": (
            "Abrió la cabina {name}", "Abrió una cabina de votación"
        ),
        "elections.kiosk.closed": (
            "Cerró la cabina {name}", "Cerró una cabina de votación"
        ),
        "elections.paper_vote.marked": ("", "Marcó un voto en papel"),
        "elections.paper_vote.undone": (
            "Deshizo una marca de voto en papel: {reason}", "Deshizo una marca de voto en papel"
        ),
        "elections.conflict.found": ("", "Registró una contradicción de quien votó"),
        "elections.juror.appointed": ("", "Designó un jurado"),
        "elections.juror.relieved": ("", "Relevó un jurado"),
        "elections.poll.merged": (
            "Pasó los tarjetones a otra urna: {name} (votantes: {voters})",
            "Pasó los tarjetones de una mesa a la urna de otra"
        ),
        "elections.signatures.counted": (
            "Contó {voters} firmas antes de abrir la urna", "Contó las firmas de una mesa"
        ),
        "elections.poll.closed": ("", "Cerró la votación en una mesa"),
        "elections.poll.extended": ("Extendió el cierre hasta {until}", "Extendió el cierre de una mesa"),
        "elections.poll.opened": (
            "Abrió la votación con {present} presentes", "Abrió la votación en una mesa"
        ),
        "elections.presence.arrived": ("", "Registró una llegada"),
        "elections.presence.left": ("", "Registró una salida"),
        "elections.presence.undone": ("", "Deshizo el registro de una llegada"),
        "elections.process.drafted": ("Preparó la elección «{name}»", "Preparó una elección"),
        "elections.proclamation.made": (
            "Proclamó a los elegidos (períodos: {mandates})", "Proclamó el resultado"
        ),
        "elections.proclamation.proposed": ("", "Propuso la proclamación"),
        "elections.roll.frozen": ("Congeló el censo con {electors} electores", "Congeló el censo"),
        "elections.roll.published": (
            "Publicó el censo provisional con {eligible} electores", "Publicó el censo provisional"
        ),
        "elections.session.closed": ("", "Cerró la jornada"),
        "elections.session.opened": ("", "Abrió la jornada"),
        "elections.slate.admitted": ("Admitió la plancha «{name}»", "Admitió una plancha"),
        "elections.slate.edited": ("Editó la plancha «{name}»", "Editó una plancha"),
        "elections.slate.registered": ("Inscribió la plancha «{name}»", "Inscribió una plancha"),
        "elections.slate.rejected": ("Rechazó la plancha «{name}»: {reason}", "Rechazó una plancha"),
        "elections.slate.withdrawn": ("Retiró una plancha: {reason}", "Retiró una plancha"),
        "elections.table.added": ("", "Agregó una mesa"),
        "elections.table.changed": ("", "Cambió una mesa"),
        "elections.table.closed": ("", "Congeló el conteo de una mesa"),
        "elections.table.removed": ("", "Quitó una mesa"),
        "elections.table.set_up": ("", "Instaló una mesa"),
        "elections.witness.accredited": ("Acreditó como testigo a {name}", "Acreditó un testigo"),
        "elections.witness.withdrawn": ("", "Retiró un testigo"),
    ]
}

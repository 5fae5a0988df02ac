extension LogWords {
    /// What each action says: with its details, and without.
    static let sentences: [String: (long: String, short: String)] = [
        // Tenancy.
        "tenancy.alliance.contact_set": ("", "Cambió el contacto de la alianza"),
        "tenancy.alliance.created": ("Creó la alianza «{name}»", "Creó una alianza"),
        "tenancy.alliance.edited": ("Editó la alianza «{name}», que quedó «{state}»", "Editó una alianza"),
        "tenancy.alliance.dissolved": ("Disolvió la alianza, según {act}: {reason}", "Disolvió una alianza"),
        "tenancy.alliance.restored": (
            "Corrigió la disolución de la alianza, según {act}: {reason}", "Corrigió una disolución"
        ),
        "tenancy.alliance.territory_set": (
            "Cambió los municipios de la alianza a {municipalities}", "Cambió los municipios de la alianza"
        ),
        "tenancy.attempt.refused": (
            "Intentó algo sin permiso o contra una regla ({permission})", "Intentó algo que se rechazó"
        ),
        "tenancy.document.issued": ("Emitió «{title}», con el código {code}", "Emitió un documento"),
        "tenancy.document.withdrawn": ("Anuló «{title}»: {reason}", "Anuló un documento"),
        "tenancy.file.opened": ("Abrió el archivo «{name}»", "Abrió un archivo"),
        "tenancy.file.stored": ("", "Guardó un archivo"),
        "tenancy.invitation.accepted": ("", "Aceptó su invitación y eligió contraseña"),
        "tenancy.job.cancelled": ("", "Canceló una tarea"),
        "tenancy.job.retried": ("", "Reintentó una tarea"),
        "tenancy.log.verification_asked": ("", "Pidió comprobar el registro"),
        "tenancy.organization.described": (
            "Cambió los datos de la entidad «{short_name}»", "Cambió los datos de la entidad"
        ),
        "tenancy.organization.registered": ("Registró la entidad «{name}»", "Registró la entidad"),
        "tenancy.password.changed": ("", "Cambió su contraseña"),
        "tenancy.personal_data.read": ("", "Leyó datos personales"),
        "tenancy.recovery_codes.replaced": ("", "Hizo códigos de recuperación nuevos"),
        "tenancy.role.ended": (
            "Terminó la función «{role}» de {user}: {reason}", "Terminó una función"
        ),
        "tenancy.role.granted": ("Dio a {user} la función «{role}»", "Dio una función"),
        "tenancy.second_factor.enrolled": ("", "Activó el segundo paso"),
        "tenancy.session.entered": ("Entró como {roles}", "Entró a la entidad"),
        "tenancy.settings.edited": ("", "Cambió la imagen o el contacto de la entidad"),
        "tenancy.user.access_reset": (
            "Restableció el ingreso de {name}. {way}: {remark}", "Restableció el ingreso de un usuario"
        ),
        "tenancy.user.document_changed": (
            "Cambió el documento de identidad de {name}", "Cambió el documento de quien decide o vigila"
        ),
        "tenancy.user.edited": ("Editó el usuario de {name}", "Editó un usuario"),
        "tenancy.access.link_shown": (
            "Vio el enlace de ingreso de {name}, porque no se envió por correo",
            "Vio un enlace de ingreso de quien decide o vigila"
        ),
        "tenancy.user.invited": ("Invitó a {name} ({email}) como «{role}»", "Invitó a una persona"),
        "tenancy.user.invited_again": ("Hizo otra invitación para {name}", "Hizo otra invitación"),
        "tenancy.user.sessions_ended": ("Cerró las sesiones de {name}", "Cerró las sesiones de un usuario"),
        // Membership.
        "membership.affiliates.exported": ("", "Descargó el padrón de afiliados"),
        "membership.affiliates.file_checked": (
            "Revisó un archivo de afiliados: {read} filas, {refused} rechazadas",
            "Revisó un archivo de afiliados"
        ),
        "membership.affiliates.file_discarded": ("", "Descartó un archivo de afiliados"),
        "membership.affiliates.file_received": (
            "Recibió el archivo de afiliados «{file}»", "Recibió un archivo"
        ),
        "membership.affiliates.file_returned": ("", "Devolvió un archivo de afiliados"),
        "membership.affiliates.import_confirmed": ("", "Confirmó la importación de afiliados"),
        "membership.affiliates.import_undo_requested": ("", "Pidió deshacer una importación"),
        "membership.affiliates.import_undone": ("", "Deshizo una importación de afiliados"),
        "membership.affiliates.imported": (
            "Importó afiliados (nuevos: {new}; cambiados: {changed})", "Importó afiliados"
        ),
        "membership.application.decided": ("", "Decidió una solicitud de inscripción"),
        "membership.application.submitted": ("", "Recibió una solicitud de inscripción"),
        "membership.consent.given": ("", "Anotó una autorización de datos"),
        "membership.consent_text.published": ("", "Publicó un texto de autorización de datos"),
        "membership.member.left": ("", "Registró el retiro de una persona asociada"),
        "membership.members.enrolled": ("", "Inscribió personas asociadas"),
        "membership.paper.ended": ("", "Anotó hasta cuándo vale un documento"),
        "membership.paper.recorded": (
            "Registró un documento de prueba ({requirement})", "Registró un documento de prueba"
        ),
        "membership.paper.reviewed": (
            "Revisó un documento de prueba: {verdict}", "Revisó un documento de prueba"
        ),
        "membership.paper.withdrawn": ("", "Retiró un documento aceptado por error"),
        "membership.requirement.switched": ("", "Activó o desactivó un requisito"),
        "membership.staff_list.loaded": (
            "Cargó la lista de empleados (personas: {entries})", "Cargó la lista de empleados"
        ),
        // Governance.
        "governance.alternate.called": ("", "Llamó a un suplente"),
        "governance.body.created": ("Creó el organismo «{name}»", "Creó un organismo"),
        "governance.body.edited": ("Editó el organismo «{name}»", "Editó un organismo"),
        "governance.bylaws.adopted": (
            "Adoptó los estatutos «{title}», versión {version}", "Adoptó estatutos"
        ),
        "governance.constitution.corrected": ("", "Corrigió la constitución"),
        "governance.constitution.recorded": (
            "Registró la constitución del {held_on}, con {attendees} asistentes", "Registró la constitución"
        ),
        "governance.mandate.annulled": ("", "Anuló un mandato"),
        "governance.mandate.appointed": ("", "Registró un nombramiento"),
        "governance.mandate.ended": ("", "Terminó un mandato"),
        "governance.mandate.never_held": ("", "Anotó que un período no llegó a ejercerse"),
        "governance.mandate.recorded": ("", "Registró un mandato"),
        "governance.mandate.took_office": ("", "Registró una posesión"),
        "governance.meeting.called": ("Convocó una reunión por {channel}", "Convocó una reunión"),
        "governance.meeting.cancelled": ("Canceló una reunión: {reason}", "Canceló una reunión"),
        "governance.meeting.described": ("", "Corrigió si una reunión es pública o rinde cuentas"),
        "governance.meeting.moved": ("Aplazó una reunión: {reason}", "Aplazó una reunión"),
        "governance.meeting.planned": ("Programó la reunión «{title}» del {day}", "Programó una reunión"),
        "governance.minutes.recorded": ("Registró el acta {number}", "Registró un acta"),
        "governance.paper.attached": ("Adjuntó «{what}»: {title}", "Adjuntó un documento firmado"),
        "governance.plan.approved": (
            "Anotó la aprobación del plan de trabajo, según {act}", "Anotó la aprobación del plan de trabajo"
        ),
        "governance.plan.followed": ("", "Anotó el avance del plan de trabajo"),
        "governance.plan.registered": (
            "Registró el plan de trabajo de {year}: {activities} actividades", "Registró un plan de trabajo"
        ),
        "governance.plan.rewritten": (
            "Cambió el plan de trabajo de {year}, que no estaba aprobado", "Cambió un plan de trabajo"
        ),
        "governance.registration.corrected": ("", "Corrigió el registro ante la autoridad"),
        "governance.registration.recorded": (
            "Registró la inscripción ante {authority}", "Registró una inscripción ante la autoridad"
        ),
        "governance.report.corrected": ("Corrigió el informe «{title}»: {reason}", "Corrigió un informe"),
        "governance.report.recorded": ("Registró el informe «{title}»", "Registró un informe"),
        "governance.report.withdrawn": ("Quitó el informe «{title}»: {reason}", "Quitó un informe"),
        "governance.seat.abolished": ("Suprimió el puesto «{title}»", "Suprimió un puesto"),
        "governance.source.imported": ("", "Cargó un documento fuente"),
        "governance.source.imported_again": ("", "Cargó de nuevo un documento fuente"),
        // Elections.
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
        "elections.draw.announced": ("Anunció un sorteo: {source}", "Anunció un sorteo de desempate"),
        "elections.draw.number_named": (
            "Registró el número {number} de un sorteo", "Registró el número de un sorteo"
        ),
        "elections.draw.recorded": ("", "Confirmó un sorteo de desempate"),
        "elections.electors.split": ("", "Repartió el censo entre las mesas"),
        "elections.incident.recorded": ("", "Registró una novedad de la jornada"),
        "elections.juror.appointed": ("", "Designó un jurado"),
        "elections.juror.relieved": ("", "Relevó un jurado"),
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
        // Reporting.
        "reporting.terms.withdrawn": ("Retiró plazos: {reason}", "Retiró los plazos de una obligación"),
        "reporting.terms.confirmed": ("Confirmó plazos: {norm}", "Confirmó plazos de una obligación"),
    ]

    /// What details are called.
    static let labels: [String: String] = [
        "name": "Nombre", "name_before": "Nombre anterior", "document": "Documento de identidad",
        "document_before": "Documento anterior", "email": "Correo", "role": "Función",
        "roles": "Funciones", "user": "Usuario", "reason": "Motivo", "until": "Hasta", "from": "Desde",
        "way": "Cómo se comprobó", "remark": "Qué se vio", "office_title": "Cargo",
        "is_active": "Puede entrar",
        "sessions": "Sesiones", "state": "Estado", "state_before": "Estado anterior", "slug": "Dirección",
        "municipalities": "Municipios", "before": "Antes", "site": "Sede", "kind": "Clase",
        "contact_email": "Correo de contacto", "contact_phone": "Teléfono de contacto",
        "contact_place": "Dirección de contacto", "accent_color": "Color", "code": "Código",
        "title": "Título",
        "sha256": "Huella SHA-256", "permission": "Permiso", "short_name": "Nombre corto", "nit": "NIT",
        "nit_before": "NIT anterior", "municipality": "Municipio", "codes": "Códigos",
        "codes_before": "Códigos anteriores", "day": "Día", "version": "Versión", "number": "Número",
        "paper": "Documento", "norm": "Norma", "channel": "Medio", "channels": "Medios", "text": "Texto",
        "electors": "Electores", "eligible": "Habilitados", "ineligible": "No habilitados",
        "unproven": "Sin probar", "cutoff": "Corte", "file": "Archivo", "read": "Leídas", "new": "Nuevas",
        "changed": "Cambiadas", "unchanged": "Sin cambio", "refused": "Rechazadas", "entries": "Entradas",
        "seats": "Puestos", "starts_on": "Empieza", "ends_on": "Termina", "requirement": "Requisito",
        "source": "Fuente", "issued_on": "Expedido", "verdict": "Decisión", "present": "Presentes",
        "voting_on": "Día de votación", "jury": "Jurado", "fields": "Datos",
        "effective_on": "Fecha del documento",
        "attendees": "Asistentes", "people": "Personas", "ground": "Causal", "alliance": "Alianza",
        "space": "Vale en", "effect": "Efecto", "mandates": "Mandatos", "authority": "Autoridad",
        "held_on": "Fecha", "decisions": "Decisiones", "commitments": "Compromisos", "origin": "Origen",
        "activity": "Actividad", "month": "Mes", "given_on": "Entregado", "sent_on": "Enviado",
    ]

    /// Values that are words of the code.
    static let words: [String: String] = [
        "true": "Sí", "false": "No", "accepted": "aceptado", "rejected": "rechazado", "dismissed": "negada",
        "users": "usuarios", "user": "usuario", "log": "registro", "territory": "territorio", "site": "sede",
    ]
}

extension LogWords {
    /// What each action of Governance says: with its details, and without.
    static let governance: [String: (long: String, short: String)] = [
        "governance.agenda.changed": ("", "Cambió el orden del día de una reunión"),
        "governance.alternate.called": ("", "Llamó a un suplente"),
        "governance.body.alarms_set": (
            "Cambió los avisos antes del fin de los períodos: {days} días",
            "Cambió los avisos antes del fin de los períodos"
        ),
        "governance.body.created": ("Creó el organismo «{name}»", "Creó un organismo"),
        "governance.body.edited": ("Editó el organismo «{name}»", "Editó un organismo"),
        "governance.bylaws.adopted": (
            "Adoptó los estatutos «{title}», versión {version}", "Adoptó estatutos"
        ),
        "governance.call_sheet.called": ("", "Anotó el resultado de una llamada"),
        "governance.call_sheet.undone": ("", "Borró el resultado de una llamada que se anotó por error"),
        "governance.call_sheet.made": (
            "Hizo la hoja de llamadas de una reunión: {lines} personas", "Hizo una hoja de llamadas"
        ),
        "governance.confidential.given": (
            "Entregó información reservada a la junta, hasta el {until}", "Entregó información reservada"
        ),
        "governance.confidential.file_added": ("", "Agregó un archivo a una información reservada"),
        "governance.confidential.ended": (
            "Retiró una información reservada: {reason}", "Retiró una información reservada"
        ),
        "governance.confidential.read": ("", "Leyó información reservada"),
        "governance.confidentiality.published": (
            "Publicó el compromiso de confidencialidad, versión {version}",
            "Publicó un compromiso de confidencialidad"
        ),
        "governance.confidentiality.undertaken": (
            "Firmó el compromiso de confidencialidad, versión {version}",
            "Firmó el compromiso de confidencialidad"
        ),
        "governance.confidentiality.code_sent": (
            "", "Pidió un código para firmar el compromiso de confidencialidad"
        ),
        "governance.confidentiality.code_refused": (
            "", "Escribió un código que no sirve para firmar el compromiso de confidencialidad"
        ),
        "governance.confidentiality.bound": (
            "Adjuntó un compromiso de confidencialidad firmado en papel",
            "Adjuntó un compromiso de confidencialidad"
        ),
        "governance.confidentiality.withdrawn": (
            "Retiró un compromiso de confidencialidad: {reason}", "Retiró un compromiso de confidencialidad"
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
        "governance.bylaws.proposed": (
            "Escribió el proyecto de estatutos «{title}», versión {version}",
            "Escribió un proyecto de estatutos"
        ),
        "governance.handover.prepared": (
            "Preparó la entrega por el cambio del {changed_on}", "Preparó una entrega entre juntas"
        ),
        "governance.handover.checked": ("", "Revisó la lista de una entrega"),
        "governance.handover.dropped": ("Descartó una entrega: {reason}", "Descartó una entrega"),
        "governance.handover.signed": ("Firmó una entrega como {office}", "Firmó una entrega"),
        "governance.handover.signed_on_paper": ("", "Adjuntó la hoja firmada de una entrega"),
        "governance.handover.excused": (
            "Anotó por qué no firma {office}", "Anotó que alguien no firma una entrega"
        ),
        "governance.handover.done": (
            "Terminó una entrega: {ended_rights} accesos terminados y {given_rights} dados",
            "Terminó una entrega entre juntas"
        ),
        "governance.life.called": ("Registró la convocatoria del {called_on}", "Registró la convocatoria"),
        "governance.life.registry_filed": (
            "Radicó la solicitud {number} ante {authority}", "Anotó un trámite del registro"
        ),
        "governance.life.registry_asked": ("", "Anotó lo que pidió la autoridad del registro"),
        "governance.life.registry_answered": ("", "Anotó una respuesta a la autoridad del registro"),
        "governance.life.registry_refused": ("", "Anotó que la autoridad negó el registro"),
        "governance.history.imported": (
            "Importó del papel {rows} filas de {kind}, de «{file}»", "Importó historia del papel"
        ),
        "governance.history.scanned": (
            "Agregó {files} escaneos a las {kind} de «{file}»", "Agregó escaneos a la historia del papel"
        ),
        "governance.history.undone": (
            "Deshizo la importación de {kind} de «{file}»: {reason}", "Deshizo una importación de historia"
        ),
        "governance.service.session": ("", "Anotó una sesión de un organismo de fuera"),
        "governance.service.proposal": ("", "Anotó una propuesta de un representante"),
        "governance.service.accepted": ("", "Anotó que una propuesta se aceptó"),
        "governance.service.refused": ("", "Anotó que una propuesta se negó"),
        "governance.service.followed": ("", "Anotó si se cumplió una propuesta"),
        "governance.service.reported": ("", "Anotó un informe de representantes a los asociados"),
        "governance.renewal.begun": ("", "Comenzó la renovación de la alianza"),
        "governance.renewal.confirmed": (
            "Anotó {members} asociados que confirman", "Anotó asociados que confirman"
        ),
        "governance.renewal.done": (
            "Renovó la alianza, según {minutes}, con {confirmed} asociados", "Renovó la alianza"
        ),
        "governance.renewal.dropped": ("Descartó la renovación: {reason}", "Descartó la renovación"),
        "governance.commitment.made": ("", "Anotó un compromiso"),
        "governance.commitment.corrected": ("", "Corrigió un compromiso"),
        "governance.commitment.progress": ("", "Anotó un avance de un compromiso"),
        "governance.commitment.postponed": (
            "Aplazó un compromiso hasta el {due_after}", "Aplazó un compromiso"
        ),
        "governance.commitment.done": ("", "Marcó un compromiso como cumplido"),
        "governance.commitment.reopened": ("", "Reabrió un compromiso"),
        "governance.commitment.dropped": ("", "Descartó un compromiso"),
        "governance.commitment.reviewed": ("", "Revisó un compromiso en una reunión"),
        "governance.duty.added": ("Agregó la tarea periódica «{title}»", "Agregó una tarea periódica"),
        "governance.duty.ended": ("", "Terminó una tarea periódica"),
        "governance.meeting.called": ("Convocó una reunión por {channel}", "Convocó una reunión"),
        "governance.meeting.cancelled": ("Canceló una reunión: {reason}", "Canceló una reunión"),
        "governance.meeting.described": ("", "Corrigió si una reunión es pública o rinde cuentas"),
        "governance.meeting.edited": ("Editó la reunión «{title}»", "Editó una reunión"),
        "governance.meeting.moved": ("Aplazó una reunión: {reason}", "Aplazó una reunión"),
        "governance.meeting.planned": ("Programó la reunión «{title}» del {day}", "Programó una reunión"),
        "governance.meeting.shared": ("", "Compartió con la entidad una reunión de la junta"),
        "governance.minutes.written": ("", "Completó un acta"),
        "governance.minutes.circulated": (
            "Envió a observaciones la versión {version} de un acta", "Envió un acta a observaciones"
        ),
        "governance.minutes.observed": ("", "Hizo una observación a un acta"),
        "governance.minutes.observation_answered": ("", "Respondió una observación a un acta"),
        "governance.minutes.approved": (
            "Anotó la aprobación del acta {number}", "Anotó la aprobación de un acta"
        ),
        "governance.minutes.signers_chosen": ("", "Dijo quiénes firman un acta"),
        "governance.minutes.code_sent": ("", "Pidió un código para firmar un acta"),
        "governance.minutes.code_refused": ("", "Escribió un código que no era al firmar un acta"),
        "governance.minutes.signed": ("Firmó el acta {number} como {office}", "Firmó un acta"),
        "governance.minutes.scan_attached": (
            "Adjuntó la firma en papel de {office} al acta {number}, por revisar",
            "Adjuntó una firma en papel por revisar"
        ),
        "governance.minutes.scan_replaced": (
            "Reemplazó la copia de la firma en papel de {office} en el acta {number}",
            "Reemplazó la copia de una firma en papel"
        ),
        "governance.minutes.sealed": ("Selló el acta {number}, con el código {code}", "Selló un acta"),
        "governance.minutes.published": ("", "Publicó un acta para la ciudadanía"),
        "governance.minutes.withheld": ("", "Decidió no publicar un acta"),
        "governance.minutes.withdrawn": ("", "Retiró un acta de la página pública"),
        "governance.minutes.corrected": (
            "Anotó una corrección del acta {number}", "Anotó una corrección de un acta"
        ),
        "governance.format.set": (
            "Registró el formato de acta {code}, versión {version}", "Registró un formato de acta"
        ),
        "governance.minutes.recorded": ("Registró el acta {number}", "Registró un acta"),
        "governance.notice.issued": (
            "Emitió la convocatoria {version}, con {given_days} días de anticipación",
            "Emitió una convocatoria"
        ),
        "governance.notice.mailed": (
            "Envió la convocatoria por correo a {queued} personas", "Envió una convocatoria por correo"
        ),
        "governance.complainant.erased": (
            "Borró quién presentó la queja {filing_number}; lo pidió: {asked}",
            "Borró quién presentó una queja"
        ),
        "governance.complainant.opened": (
            "Vio quién presentó la queja {filing_number}, para: {purpose}", "Vio quién presentó una queja"
        ),
        "governance.complaint.analysed": (
            "Escribió un análisis de la queja {filing_number}", "Escribió un análisis de una queja"
        ),
        "governance.complaint.analysis_shared": (
            "Compartió con la entidad un análisis de la queja {filing_number}",
            "Compartió con la entidad un análisis de una queja"
        ),
        "governance.complaint.answered": (
            "Anotó la respuesta a la queja {filing_number}", "Anotó la respuesta a una queja"
        ),
        "governance.complaint.checked": (
            "Verificó la queja {filing_number}: {verdict}", "Verificó la corrección de una queja"
        ),
        "governance.complaint.classified": (
            "Clasificó de nuevo la queja {filing_number}", "Clasificó de nuevo una queja"
        ),
        "governance.complaint.closed": (
            "Cerró la queja {filing_number}: {verdict}", "Cerró una queja"
        ),
        "governance.complaint.filed": (
            "Radicó la queja {filing_number}, sobre {category}", "Radicó una queja"
        ),
        "governance.complaint.progress": (
            "Anotó un seguimiento de la queja {filing_number}", "Anotó un seguimiento de una queja"
        ),
        "governance.complaint.reopened": ("Reabrió la queja {filing_number}", "Reabrió una queja"),
        "governance.complaint.transferred": (
            "Trasladó la queja {filing_number} a {addressee}", "Trasladó una queja a la entidad"
        ),
        "governance.letter_term.confirmed": (
            "Confirmó el plazo de «{title}»: {term}, según {norm}", "Confirmó un plazo para responder cartas"
        ),
        "governance.letter_term.withdrawn": (
            "Retiró el plazo de «{title}»: {reason}", "Retiró un plazo para responder cartas"
        ),
        "governance.complaint_term.confirmed": (
            "Confirmó el plazo de «{kind}»: {term}, según {norm}", "Confirmó un plazo para responder quejas"
        ),
        "governance.complaint_term.withdrawn": (
            "Retiró el plazo de «{kind}»: {reason}", "Retiró un plazo para responder quejas"
        ),
        "governance.export.asked": ("", "Pidió una copia de todo lo de la alianza"),
        "governance.export.made": (
            "Hizo una copia de la alianza; huella del manifiesto {manifest}", "Hizo una copia de la alianza"
        ),
        "governance.export.taken": ("", "Descargó una copia de la alianza"),
        "governance.disposal.carried_out": (
            "Confirmó y eliminó el contenido de un archivo de «{class}», de huella {sha256}: {reason}",
            "Confirmó y eliminó el contenido de un archivo"
        ),
        "governance.disposal.proposed": (
            "Propuso eliminar un archivo: {reason}", "Propuso eliminar un archivo"
        ),
        "governance.disposal.withdrawn": (
            "Retiró la propuesta de eliminar un archivo: {reason}",
            "Retiró la propuesta de eliminar un archivo"
        ),
        "governance.retention.postponed": (
            "Decidió conservar un archivo hasta el {until}: {reason}",
            "Decidió conservar un archivo más tiempo"
        ),
        "governance.delivery.received": (
            "Adjuntó el recibo de la entrega {number}", "Adjuntó el recibo de una entrega en custodia"
        ),
        "governance.delivery.recorded": (
            "Entregó {entries} documentos en custodia a {recipient}", "Anotó una entrega en custodia"
        ),
        "governance.improvement.analysed": ("", "Anotó el análisis de una oportunidad de mejora"),
        "governance.improvement.approved": ("", "Anotó la aprobación de una oportunidad de mejora"),
        "governance.improvement.done": ("", "Anotó que se ejecutó una oportunidad de mejora"),
        "governance.improvement.found": (
            "Anotó una oportunidad de mejora: {source}", "Anotó una oportunidad de mejora"
        ),
        "governance.improvement.progress": ("", "Anotó un avance de una oportunidad de mejora"),
        "governance.improvement.rejected": ("", "Anotó que no se aprobó una oportunidad de mejora"),
        "governance.improvement.reopened": ("", "Retomó una oportunidad de mejora"),
        "governance.orientation.given": (
            "Registró una orientación a {people} personas", "Registró una orientación"
        ),
        "governance.orientation.followed": ("", "Anotó el seguimiento de una orientación"),
        "governance.orientation.withdrawn": ("", "Quitó una orientación"),
        "governance.campaign.planned": ("Programó «{title}», del eje {axis}", "Programó una campaña"),
        "governance.campaign.edited": ("Editó «{title}»", "Editó una campaña"),
        "governance.campaign.written": (
            "Escribió la versión {version} de la pieza de una campaña", "Escribió la pieza de una campaña"
        ),
        "governance.campaign.sent": (
            "Anotó el envío de una campaña por {channel}, el {day}", "Anotó el envío de una campaña"
        ),
        "governance.campaign.sending_withdrawn": (
            "Quitó el envío de una campaña: {reason}", "Quitó el envío de una campaña"
        ),
        "governance.campaign.closed": ("", "Terminó una campaña"),
        "governance.campaign.shared": (
            "Compartió «{title}» con la entidad", "Compartió una campaña con la entidad"
        ),
        "governance.letter.written": ("Empezó a escribir: {kind}", "Empezó a escribir una carta"),
        "governance.letter.edited": ("", "Editó el borrador de una carta"),
        "governance.letter.issued": ("Numeró la carta {filing_number}", "Numeró una carta"),
        "governance.letter.delivered": (
            "Anotó la entrega de la carta {filing_number}", "Anotó la entrega de una carta"
        ),
        "governance.letter.answered": (
            "Anotó una respuesta a la carta {filing_number}", "Anotó la respuesta a una carta"
        ),
        "governance.letter.received": (
            "Registró una carta que llegó el {day}", "Registró una carta recibida"
        ),
        "governance.letter.settled": ("", "Dio por atendida una carta recibida"),
        "governance.letter.dropped": ("", "Descartó el borrador de una carta"),
        "governance.letter.file_added": ("", "Adjuntó un archivo a una carta"),
        "governance.statement.published": (
            "Publicó el comunicado {filing_number} en la página de la alianza", "Publicó un comunicado"
        ),
        "governance.statement.withdrawn": (
            "Retiró el comunicado {filing_number} de la página de la alianza: {reason}",
            "Retiró un comunicado de la página"
        ),
        "governance.letter.shared": (
            "Compartió la carta {filing_number} con la entidad", "Compartió una carta con la entidad"
        ),
        "governance.need.told": (
            "Anotó una necesidad de {people} personas, sobre {topic}", "Anotó una necesidad de los usuarios"
        ),
        "governance.need.put_on_agenda": (
            "Llevó {needs} necesidades al orden del día de una reunión",
            "Llevó necesidades al orden del día de una reunión"
        ),
        "governance.need.led": (
            "Unió {needs} necesidades a una actividad del plan", "Unió necesidades a una actividad del plan"
        ),
        "governance.need.attended": ("", "Anotó que se atendió una necesidad"),
        "governance.need.dropped": ("", "Descartó una necesidad"),
        "governance.oversight.opened": ("Inició la veeduría «{title}»", "Inició una veeduría"),
        "governance.oversight.edited": ("", "Editó una veeduría"),
        "governance.oversight.shared": (
            "Compartió con la entidad la veeduría «{title}»", "Compartió una veeduría con la entidad"
        ),
        "governance.oversight.registered": (
            "Anotó la inscripción {number} de una veeduría ante {authority}",
            "Anotó la inscripción de una veeduría"
        ),
        "governance.oversight.closed": ("Cerró una veeduría el {day}", "Cerró una veeduría"),
        "governance.oversight.joined": ("", "Agregó a alguien al equipo de una veeduría"),
        "governance.oversight.left": ("", "Retiró a alguien del equipo de una veeduría"),
        "governance.oversight.indicator_added": ("", "Agregó un indicador a una veeduría"),
        "governance.oversight.indicator_dropped": ("", "Quitó un indicador de una veeduría"),
        "governance.oversight.visited": (
            "Registró una visita de veeduría del {day}, con {findings} hallazgos",
            "Registró una visita de veeduría"
        ),
        "governance.oversight.visit_withdrawn": (
            "Retiró una visita de veeduría: {reason}", "Retiró una visita de veeduría"
        ),
        "governance.oversight.evidence_added": ("", "Agregó un soporte a una veeduría"),
        "governance.finding.noted": ("Anotó el hallazgo {number}", "Anotó un hallazgo de veeduría"),
        "governance.finding.replied": (
            "Anotó la respuesta al hallazgo {number}", "Anotó la respuesta a un hallazgo"
        ),
        "governance.finding.acted": (
            "Anotó qué se hizo con el hallazgo {number}", "Anotó qué se hizo con un hallazgo"
        ),
        "governance.finding.checked": (
            "Verificó el hallazgo {number}", "Verificó la corrección de un hallazgo"
        ),
        "governance.finding.reopened": ("Retomó el hallazgo {number}", "Retomó un hallazgo"),
        "governance.paper.attached": ("Adjuntó «{what}»: {title}", "Adjuntó un documento firmado"),
        "governance.plan.approved": (
            "Anotó la aprobación del plan de trabajo, según {act}", "Anotó la aprobación del plan de trabajo"
        ),
        "governance.plan.followed": ("", "Anotó el avance del plan de trabajo"),
        "governance.plan.registered": (
            "Empezó el plan de trabajo de {year}", "Empezó un plan de trabajo"
        ),
        "governance.year.planned": (
            "Programó {meetings} reuniones de un año", "Programó las reuniones de un año"
        ),
        "governance.plan.described": (
            "Cambió el título o el objetivo del plan de trabajo de {year}", "Cambió un plan de trabajo"
        ),
        "governance.plan.activities_added": (
            "Agregó actividades al plan de trabajo de {year}: tiene {activities}",
            "Agregó actividades a un plan de trabajo"
        ),
        "governance.plan.activity_changed": (
            "Cambió una actividad del plan de trabajo de {year}", "Cambió una actividad de un plan de trabajo"
        ),
        "governance.plan.activity_removed": (
            "Quitó una actividad del plan de trabajo de {year}", "Quitó una actividad de un plan de trabajo"
        ),
        "governance.plan.drafted": (
            "Trabajó en un borrador del plan de {year} en el espacio propio de la junta",
            "Trabajó en un borrador de un plan en el espacio propio de la junta"
        ),
        "governance.plan.shared": (
            "Compartió con la entidad el borrador del plan de {year}", "Compartió el borrador de un plan"
        ),
        "governance.plan.dropped": (
            "Descartó el borrador del plan de {year}", "Descartó el borrador de un plan"
        ),
        "governance.plan.amended": (
            "Empezó la versión {version} del plan de trabajo de {year}: {reason}",
            "Empezó otra versión del plan de trabajo"
        ),
        "governance.group.charged": ("Conformó el grupo de trabajo «{name}»", "Conformó un grupo de trabajo"),
        "governance.group.ended": ("", "Terminó un grupo de trabajo con su informe"),
        "governance.group.joined": ("", "Agregó un integrante a un grupo de trabajo"),
        "governance.group.left": ("", "Retiró un integrante de un grupo de trabajo"),
        "governance.topic.answered": ("", "Respondió un tema de capacitación propuesto"),
        "governance.topic.proposed": (
            "Propuso el tema de capacitación «{topic}» para {year}", "Propuso un tema de capacitación"
        ),
        "governance.topics.proposed": (
            "Propuso {topics} temas de capacitación del plan de {year}", "Propuso temas de capacitación"
        ),
        "governance.training.dropped": ("", "Quitó una capacitación del programa"),
        "governance.training.evaluated": ("", "Anotó una evaluación de una capacitación"),
        "governance.training.planned": (
            "Puso en el programa de {year} la capacitación «{topic}»", "Puso una capacitación en el programa"
        ),
        "governance.training.scheduled": ("", "Programó la reunión de una capacitación"),
        "governance.registration.corrected": ("", "Corrigió el registro ante la autoridad"),
        "governance.registration.recorded": (
            "Registró la inscripción ante {authority}", "Registró una inscripción ante la autoridad"
        ),
        "governance.poll.opened": (
            "Hizo el sondeo «{title}», con {questions} preguntas", "Hizo un sondeo"
        ),
        "governance.poll.answered": ("", "Recibió una respuesta a un sondeo"),
        "governance.poll.counted": (
            "Anotó {sheets} hojas en papel de un sondeo", "Anotó hojas en papel de un sondeo"
        ),
        "governance.poll.count_withdrawn": (
            "Retiró un conteo en papel de un sondeo: {reason}", "Retiró un conteo en papel de un sondeo"
        ),
        "governance.poll.closed": ("", "Cerró un sondeo"),
        "governance.report.corrected": ("Corrigió el informe «{title}»: {reason}", "Corrigió un informe"),
        "governance.report.recorded": ("Registró el informe «{title}»", "Registró un informe"),
        "governance.report.withdrawn": ("Quitó el informe «{title}»: {reason}", "Quitó un informe"),
        "governance.seat.abolished": ("Suprimió el puesto «{title}»", "Suprimió un puesto"),
        "governance.series.assigned": ("", "Puso una reunión en un ciclo de sesiones"),
        "governance.series.created": ("Creó el ciclo de sesiones «{title}»", "Creó un ciclo de sesiones"),
        "governance.source.imported": ("", "Cargó un documento fuente"),
        "governance.source.imported_again": ("", "Cargó de nuevo un documento fuente"),
        "governance.support.asked": ("Pidió un apoyo: {detail}", "Pidió un apoyo para una reunión"),
        "governance.support.delivered": ("Entregó un apoyo: {detail}", "Entregó un apoyo"),
        "governance.support.granted": ("Concedió un apoyo: {detail}", "Concedió un apoyo"),
        "governance.support.refused": ("Negó un apoyo: {detail}", "Negó un apoyo"),
        "governance.support.withdrawn": ("Retiró un apoyo: {detail}", "Retiró un apoyo"),
        "governance.evidence.added": ("Agregó la evidencia «{title}»", "Agregó una evidencia de una reunión"),
        "governance.event.cancelled": ("Canceló el evento «{title}»: {reason}", "Canceló un evento conjunto"),
        "governance.event.evidence_added": (
            "Agregó la evidencia «{title}» del evento «{event}»", "Agregó una evidencia de un evento conjunto"
        ),
        "governance.event.extended": (
            "Agregó alianzas al evento «{title}»: {alliances}", "Agregó alianzas a un evento conjunto"
        ),
        "governance.event.called": (
            "Convocó el evento «{title}» en {alliances} alianzas", "Convocó un evento conjunto"
        ),
        "governance.event.moved": (
            "Reprogramó el evento «{title}»: {reason}", "Reprogramó un evento conjunto"
        ),
        "governance.event.planned": (
            "Programó el evento «{title}» en alianzas: {alliances}", "Programó un evento conjunto"
        ),
        "governance.visit.recorded": ("Anotó una visita: {place}", "Anotó una visita"),
        "governance.visit.removed": ("Quitó una visita: {place}", "Quitó una visita"),
    ]
}

extension LogWords {
    /// What each action says: with its details, and without. Each module tells its own, beside its pages.
    static let sentences = [tenancy, membership, governance, elections, reporting].reduce(into: [:]) {
        $0.merge($1) { first, _ in first }
    }

    /// What each action of Tenancy says.
    private static let tenancy: [String: (long: String, short: String)] = [
        "tenancy.alliance.contact_set": ("", "Cambió el contacto de la alianza"),
        "tenancy.alliance.created": ("Creó la alianza «{name}»", "Creó una alianza"),
        "tenancy.alliance.edited": ("Editó la alianza «{name}», que quedó «{state}»", "Editó una alianza"),
        "tenancy.alliance.dissolved": ("Disolvió la alianza, según {act}: {reason}", "Disolvió una alianza"),
        "tenancy.alliance.restored": (
            "Corrigió la disolución de la alianza, según {act}: {reason}", "Corrigió una disolución"
        ),
        "tenancy.alliance.passed_on": (
            "La alianza pasó de «{before}» a «{state}». {reason}", "Cambió el estado de la alianza"
        ),
        "tenancy.alliance.territory_set": (
            "Cambió los municipios de la alianza a {municipalities}", "Cambió los municipios de la alianza"
        ),
        "tenancy.attempt.refused": (
            "Intentó algo sin permiso o contra una regla ({permission})", "Intentó algo que se rechazó"
        ),
        "tenancy.document.issued": ("Emitió «{title}», con el código {code}", "Emitió un documento"),
        "tenancy.document.withdrawn": ("Anuló «{title}»: {reason}", "Anuló un documento"),
        "tenancy.feed.renewed": ("", "Cambió la dirección de su calendario"),
        "tenancy.file.opened": ("Abrió el archivo «{name}»", "Abrió un archivo"),
        "tenancy.file.reclassified": (
            "Pasó un archivo de «{from}» a «{to}»: {reason}", "Cambió la clase de conservación de un archivo"
        ),
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
        "tenancy.retention_term.confirmed": (
            "Confirmó cuánto se conserva «{class}»: {term}, según {norm}",
            "Confirmó cuánto se conserva una clase de archivos"
        ),
        "tenancy.retention_term.withdrawn": (
            "Retiró el término de conservación de «{class}»: {reason}",
            "Retiró el término de conservación de una clase de archivos"
        ),
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
        "filing_number": "Radicado", "manifest": "Huella del manifiesto", "recipient": "Destinatario",
        "category": "Asunto", "purpose": "Para qué", "term": "Plazo",
        "addressee": "Destinatario", "reference": "Número", "risk": "Riesgo",
        "activity": "Actividad", "month": "Mes", "given_on": "Entregado", "sent_on": "Enviado",
    ]

    /// Values that are words of the code.
    static let words: [String: String] = [
        "true": "Sí", "false": "No", "accepted": "aceptado", "rejected": "rechazado", "dismissed": "negada",
        "users": "usuarios", "user": "usuario", "log": "registro", "territory": "territorio", "site": "sede",
    ]
}

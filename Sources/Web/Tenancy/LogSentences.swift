extension LogWords {
    /// What each action says: with its details, and without. Each module tells its own, beside its pages.
    static let sentences = [tenancy, membership, governance, sessions, elections, reporting].reduce(into: [:])
    {
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
}

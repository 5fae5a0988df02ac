extension LogWords {
    /// What each action of Membership says: with its details, and without.
    static let membership: [String: (long: String, short: String)] = [
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
        "membership.consent.withdrawn": (
            "Anotó que una persona retiró su autorización de datos el {day}",
            "Anotó el retiro de una autorización de datos"
        ),
        "membership.consent_text.published": ("", "Publicó un texto de autorización de datos"),
        "membership.join_request.closed": ("", "Cerró una solicitud de la página sin pasarla a inscripción"),
        "membership.join_request.identified": (
            "", "Reconoció en el padrón a quien se inscribió por la página"
        ),
        "membership.join_request.received": ("", "Recibió por la página una solicitud de inscripción"),
        "membership.join_request.withdrawn": (
            "", "Retiró, por quien la hizo, una solicitud de la página y borró sus datos"
        ),
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
        "membership.requirement.added": ("Agregó el requisito «{evaluator}»", "Agregó un requisito propio"),
        "membership.requirement.switched": ("", "Activó o desactivó un requisito"),
        "membership.staff_list.loaded": (
            "Cargó la lista de empleados (personas: {entries})", "Cargó la lista de empleados"
        ),
    ]
}

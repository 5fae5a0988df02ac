extension LogWords {
    /// What each action of a session says: with its details, and without.
    static let sessions: [String: (long: String, short: String)] = [
        "governance.attendance.arrived": ("", "Registró una llegada a una reunión"),
        "governance.attendance.excused": ("", "Anotó una excusa para no asistir a una reunión"),
        "governance.attendance.imported": (
            "Ingresó la lista de una sesión virtual: {noted} personas",
            "Ingresó la lista de una sesión virtual"
        ),
        "governance.attendance.left": (
            "Registró la salida de una reunión, personas: {people}", "Registró una salida de una reunión"
        ),
        "governance.attendance.returned": (
            "Registró el regreso a una reunión, personas: {people}", "Registró un regreso a una reunión"
        ),
        "governance.attendance.synchronised": (
            "Recibió la asistencia anotada sin señal: {noted} llegadas nuevas",
            "Recibió la asistencia anotada sin señal"
        ),
        "governance.attendance.ticked": (
            "Marcó en la lista a presentes en una reunión: {people}",
            "Marcó en la lista a presentes en una reunión"
        ),
        "governance.attendance.undone": ("", "Deshizo el registro de una llegada a una reunión"),
        "governance.decision.recorded": ("", "Registró una decisión de una reunión"),
        "governance.decision.withdrawn": ("", "Retiró una decisión registrada por error"),
        "governance.notes.written": ("", "Escribió las notas de un punto de una reunión"),
        "governance.point.opened": ("", "Abrió un punto del orden del día"),
        "governance.point.treated": ("", "Dio por tratado un punto del orden del día"),
        "governance.point.postponed": ("", "Aplazó un punto del orden del día"),
        "governance.point.reset": ("", "Devolvió a pendiente un punto del orden del día"),
        "governance.question.answered": ("", "Anotó la respuesta a una pregunta de una reunión"),
        "governance.question.recorded": ("", "Anotó una pregunta de una reunión"),
        "governance.quorum.verified": (
            "Verificó el quórum: {present} presentes, se exigían {required}",
            "Verificó el quórum de una reunión"
        ),
        "governance.session.opened": ("", "Abrió la sesión de una reunión"),
        "governance.session.installed": (
            "Instaló con quórum una sesión que era informativa: {present} presentes",
            "Instaló con quórum una sesión que era informativa"
        ),
        "governance.session.closed": ("", "Cerró la sesión de una reunión"),
        "governance.session.reopened": ("", "Reabrió la sesión de una reunión"),
        "governance.sheet.entered": (
            "Ingresó los renglones firmados de una planilla: {noted} llegadas nuevas",
            "Ingresó los renglones firmados de una planilla"
        ),
        "governance.sheet.made": (
            "Preparó planillas de asistencia: {sheets}", "Preparó planillas de asistencia"
        ),
        "governance.sheet.scanned": ("", "Agregó el escaneo de una planilla firmada"),
        "governance.word.asked": ("", "Anotó que alguien pidió la palabra"),
        "governance.word.given": ("", "Dio la palabra"),
        "governance.word.ended": ("", "Anotó que alguien terminó de hablar"),
        "governance.word.put_back": ("", "Devolvió un turno a la lista de la palabra"),
        "governance.word.resumed": ("", "Devolvió la palabra a quien no había terminado"),
        "governance.word.withdrawn": ("", "Quitó un turno de la lista de la palabra"),
        "governance.word.limited": (
            "Fijó el tiempo de cada intervención: {limit} minutos",
            "Dejó las intervenciones sin límite de tiempo"
        ),
    ]
}

import Elections
import Governance

extension LogWords {
    /// What details are called.
    static let labels: [String: String] = [
        "application": "Solicitud", "mailed": "Correos", "told": "Avisadas", "name": "Nombre",
        "name_before": "Nombre anterior", "document": "Documento de identidad",
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
        "voting_on": "Día de votación",
        "tracker": "Número de seguimiento", "proposer": "Propuso", "jury": "Jurado", "fields": "Datos",
        "effective_on": "Fecha del documento",
        "attendees": "Asistentes", "people": "Personas", "ground": "Causal", "alliance": "Alianza",
        "space": "Vale en", "effect": "Efecto", "mandates": "Mandatos", "authority": "Autoridad",
        "held_on": "Fecha", "decisions": "Decisiones", "commitments": "Compromisos", "origin": "Origen",
        "filing_number": "Radicado", "manifest": "Huella del manifiesto", "recipient": "Destinatario",
        "category": "Asunto", "purpose": "Para qué", "term": "Plazo",
        "addressee": "Destinatario", "reference": "Número", "risk": "Riesgo",
        "activity": "Actividad", "month": "Mes", "given_on": "Entregado", "sent_on": "Enviado",
        "accepted": "Aceptado", "act": "Acto", "activities": "Actividades", "added": "Agregadas",
        "address": "Dirección", "adopted": "Se adoptó", "agreement": "Acuerdo", "alliances": "Alianzas",
        "also_noted": "Ya estaban anotados", "alternate": "Suplente", "anonymous": "Sin nombre",
        "answered": "Con respuesta", "appeal": "Recurso", "appointed_on": "Nombramiento",
        "approved_on": "Aprobación", "articles": "Artículos", "asked": "Quién lo pidió",
        "attendance": "Asistencia", "attended": "Asistieron", "body": "Organismo", "by": "Quién",
        "call": "Convocatoria", "called": "Llamado", "called_by": "Convoca", "called_on": "Convocada el",
        "came": "Entra", "canvass": "Escrutinio", "capacity": "En calidad de",
        "carried_into": "Pasa a la reunión", "cause": "De qué sale", "change": "Cambio",
        "changed_on": "Fecha del cambio", "characters": "Caracteres", "class": "Clase", "closes_at": "Cierra",
        "confirmed": "Confirmados", "confirmed_by": "Confirmó", "consent_text": "Texto de autorización",
        "contest": "Elección", "contests": "Elecciones", "continues": "Sigue en funciones",
        "corrects": "Corrige a", "dated_on": "Fecha", "day_after": "Día nuevo", "day_before": "Día anterior",
        "days": "Días", "decision": "Decisión", "detail": "Detalle", "due_after": "Plazo nuevo",
        "due_on": "Plazo", "ended_on": "Terminó", "ended_rights": "Accesos terminados",
        "entitled": "Con voto", "evaluator": "Requisito", "event": "Evento", "evidence": "Soporte",
        "external": "De fuera", "figures": "Cifras", "files": "Archivos", "findings": "Hallazgos",
        "first": "Primera", "formation": "Cómo se forma", "given_days": "Días dados",
        "given_rights": "Accesos dados", "how": "Cómo", "in_favor": "A favor", "in_force_from": "Rige desde",
        "institution": "Institución", "into": "Pasa a", "is_on": "Activo", "item": "Punto",
        "items": "Elementos", "known": "Ya recibidas", "lacking": "Faltaba", "last": "Última",
        "leaflets": "Volantes", "left": "Sale", "likeness": "Parecido con otra acta",
        "limit": "Límite en minutos", "lines": "Personas", "logo": "Logo", "measures": "Mediciones",
        "meeting": "Reunión", "meetings": "Reuniones", "members": "Asociados",
        "merged": "Se juntaron dos textos", "method": "Cómo se registró", "milestone": "Paso del calendario",
        "minutes": "Actas", "months": "Cada cuántos meses", "needed": "Votos exigidos",
        "needs": "Necesidades", "note": "Nota", "noted": "Anotadas", "notice": "Aviso", "office": "Cargo",
        "opens_at": "Abre", "outcome": "Resultado", "own_accountability": "Rinde cuentas",
        "own_accountability_before": "Rendía cuentas", "owner_kind": "Tipo de responsable",
        "parameters": "Parámetros", "person": "Persona", "place": "Lugar", "points": "Puntos",
        "points_before": "Puntos antes", "posters": "Afiches", "process": "Proceso", "public": "Es pública",
        "public_before": "Era pública", "question": "Pregunta", "questions": "Preguntas",
        "queued": "Correos enviados", "rank": "Orden en el puesto", "reached": "Personas alcanzadas",
        "redacted_sha256": "Huella de la versión pública", "registered_on": "Inscripción",
        "registration": "Registro", "renewed_on": "Renovada el", "required": "Se exigían",
        "required_days": "Días exigidos", "reserved": "Del espacio propio", "rows": "Filas", "seal": "Sello",
        "seat": "Puesto", "seats_added": "Puestos nuevos", "section": "Sección", "seed": "Semilla",
        "series": "Ciclo", "series_before": "Ciclo anterior", "sheet": "Planilla",
        "sheets": "Planillas u hojas", "signed_on": "Firmado el", "signers": "Firmantes", "slate": "Plancha",
        "stream": "Espacio", "table": "Mesa", "tables": "Mesas", "target": "Para",
        "term_months": "Meses del período", "term_months_before": "Meses del período antes",
        "term_norm": "Norma del período", "territory": "Territorio", "title_before": "Título anterior",
        "to": "Pasa a", "took_office_on": "Posesión", "topic": "Tema", "topics": "Temas", "turn": "Turno",
        "unchecked": "Sin revisar", "spare": "De reserva", "mock": "Es simulacro", "head": "Último eslabón",
        "fingerprint": "Huella", "count": "Cuántas", "box": "Urna", "unreachable": "Sin correo",
        "voters": "Votantes",
        "waivers": "Excepciones",
        "warnings": "Advertencias", "what": "Qué es", "without_table": "Sin mesa", "words": "Texto",
        "wrong_clocks": "Relojes con la hora equivocada", "year": "Año",
    ]

    /// Values that are words of the code.
    static let words: [String: String] = [
        "true": "Sí", "false": "No", "accepted": "aceptado", "rejected": "rechazado", "dismissed": "negada",
        "users": "usuarios", "user": "usuario", "log": "registro", "territory": "territorio", "site": "sede",
    ]

    /// Values that are words of the code where a detail of some actions holds them: by the beginning of the action and the
    /// name of the detail.
    static let coded: [(action: String, detail: String, words: [String: String])] = [
        (
            "governance.attendance.", "capacity",
            Dictionary(
                Attendance.Capacity.allCases.map { ($0.rawValue, $0.title) }, uniquingKeysWith: { $1 })
        ),
        (
            "governance.attendance.", "method",
            Dictionary(Attendance.Method.allCases.map { ($0.rawValue, $0.title) }, uniquingKeysWith: { $1 })
        ),
        (
            "governance.meeting.", "kind",
            Dictionary(Meeting.Kind.allCases.map { ($0.rawValue, $0.title) }, uniquingKeysWith: { $1 })
        ),
        ("elections.box_act.", "kind", BoxAct.titles),
        (
            "governance.session.", "call",
            ["1": "Primera", "2": "Segunda", "informative": "Ninguna: sesión informativa"]
        ),
        (
            "governance.session.", "lacking",
            [
                "people": "nadie registrado como presente", "call": "la convocatoria",
                "points": "puntos sin tratar", "answers": "preguntas sin responder",
            ]
        ),
    ]
}

extension ChronologyEntry {
    /// What happened with electronic boxes, in the words of the chronology.
    static let boxTitles = [
        "elections.box.drafted": "Se preparó una urna electrónica",
        "elections.box.changed": "Se cambió una urna electrónica",
        "elections.box.sealed": "Se selló una urna electrónica",
        "elections.trustee.appointed": "Se nombró un custodio de la llave",
        "elections.trustee.relieved": "Se relevó a un custodio de la llave",
        "elections.trustee.posted": "Un custodio envió su parte",
        "elections.credential_authority.appointed": "Se nombró la autoridad de credenciales",
        "elections.credential_authority.relieved": "Se relevó a la autoridad de credenciales",
        "elections.credentials.handed_in": "La autoridad entregó las claves públicas de voto",
        "elections.slip.replaced": "Se reemplazó un volante de voto",
        "elections.kiosk.opened": "Se abrió una cabina de votación",
        "elections.kiosk.closed": "Se cerró una cabina de votación",
        "elections.conflict.found": "Se registró una contradicción de quien votó",
    ]

    /// The words for what two people do with a box, and for what a trustee sends, by its kind in the chain; `nil` for other
    /// actions.
    static func boxTitle(of action: String, kind: String?) -> String? {
        let toDo = kind.flatMap { BoxAct.titles[$0] } ?? "un paso de una urna electrónica"
        return switch action {
        case "elections.box_act.proposed": "Se propuso \(toDo)"
        case "elections.box_act.carried_out":
            kind.flatMap { done[$0] } ?? "Dos personas dieron un paso de una urna electrónica"
        case "elections.box_act.withdrawn": "Se retiró la propuesta de \(toDo)"
        case "elections.trustee.posted": kind.flatMap { posts[$0] } ?? boxTitles[action]
        default: nil
        }
    }

    private static let done = [
        "open_box": "Se abrió la urna", "close_box": "Se cerró la urna", "annul_box": "Se anuló la urna",
        "count_box": "Se sumaron los votos cifrados de la urna",
        "exclude_ballots": "Se excluyó un voto de la urna",
        "settle_conflict": "Se resolvió una contradicción sin quitar ningún voto",
    ]

    private static let posts = [
        TrusteeMessage.Kind.trial.rawValue: "Un custodio probó que su llave abre",
        TrusteeMessage.Kind.partialDecryption.rawValue: "Un custodio descifró su parte",
    ]
}

extension ChronologyEntry {
    /// What happened with electronic boxes, in the words of the chronology.
    static let boxTitles = [
        "elections.box.drafted": "Se preparó una urna electrónica",
        "elections.box.changed": "Se cambió una urna electrónica",
        "elections.box.sealed": "Se selló una urna electrónica",
        "elections.box_act.proposed": "Se propuso un paso de una urna electrónica",
        "elections.box_act.carried_out": "Dos personas dieron un paso de una urna electrónica",
        "elections.box_act.withdrawn": "Se retiró una propuesta sobre una urna electrónica",
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
}

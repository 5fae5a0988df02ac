import Governance
import Kernel
import Tenancy

extension OwnAlliancePage {
    /// Minutes that wait for the member to read them stand first: their day passes.
    func writeObservable(_ html: inout HTML) {
        for minutes in participation.observable {
            html.note(.warning, "Lea el acta de «\(minutes.title)» y diga si está bien") { note in
                note.p(
                    "Usted estuvo en la reunión. Puede hacerle observaciones \(minutes.until.map { "hasta el \(SpanishFormat.longDate($0))" } ?? "mientras no se apruebe")."
                )
                note.action("Leer el acta", to: .minutes(heading.slug, minutes.meeting), .primary)
            }
        }
    }

    /// What the member asked to be trained in, with the entity's answer.
    func writeTrainings(_ part: inout HTML) {
        if mayPropose {
            part.p("Diga qué le serviría que le explicaran: la entidad responde cada tema, lo dé o no.")
        }
        part.div(.class("part-actions")) { actions in
            if mayPropose { actions.action("Proponer un tema", to: .newTopic(heading.slug)) }
            actions.action("Ver el programa del año", to: .trainings(heading.slug))
        }
        guard !participation.topics.isEmpty else { return }
        part.h3("Los temas que propuse")
        part.ul { list in
            for topic in participation.topics {
                list.li { item in
                    item.text("«\(topic.topic)», el \(SpanishFormat.date(topic.proposedOn)). ")
                    item.status(topic.status)
                    if let answer = topic.answer { item.text(" \(SpanishFormat.sentence(answer.words))") }
                }
            }
        }
    }

    /// The meetings in which the member was, with the certificates that they may have.
    func writeAttendance(_ part: inout HTML) {
        guard !participation.entries.isEmpty else {
            return part.emptyState(
                EmptyState("Todavía no consta que haya estado en una reunión de la alianza."))
        }
        part.ul { list in
            for entry in participation.entries {
                list.li { item in
                    item.text("\(SpanishFormat.date(entry.day)): ")
                    item.a(entry.title, .href(.meeting(heading.slug, entry.meeting)))
                    item.text(", \(entry.kind.title.lowercased()).")
                    if let training = entry.training, entry.isCertified {
                        item.text(" ")
                        item.a(
                            "Descargar el certificado",
                            .href(.ownTrainingCertificate(heading.slug, training)),
                            .aria("label", "Descargar el certificado de «\(entry.title)»"))
                    }
                }
            }
        }
        if participation.entries.count == ReadOwnParticipation.limit {
            part.p("Se muestran las últimas \(ReadOwnParticipation.limit).", .class("form-text"))
        }
    }
}

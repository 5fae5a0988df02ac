import Governance
import Kernel
import Tenancy

// How an alliance comes to be: convening, constitution, registration, bylaws (C01, C03, C04, C05).
extension AllianceFacts {
    /// C01: the entity has an alliance here that was constituted and whose own representatives' time runs, by its papers:
    /// a delegate to a body outside is no sign of it, and the state that somebody gave it proves nothing.
    func convening(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        guard let constitution else {
            switch state {
            case .draft:
                return Assessment(
                    terms, .unproven, "La alianza está en preparación: todavía no se convocó a los usuarios.",
                    next: NextStep("Convoque a los usuarios a constituir la alianza.", in: .alliance))
            case .convened, .enrolling:
                return Assessment(
                    terms, .due, "Los usuarios fueron convocados. Falta constituir la alianza.",
                    next: NextStep("Haga la asamblea de constitución y guarde el acta.", in: .constitution),
                    evidence: [
                        Evidence(.alliance, "Alianza \(state.title.lowercased())", subject: alliance)
                    ])
            case .constituted, .registered, .active, .renewalDue, .expired, .dissolved:
                return Assessment(
                    terms, .unproven,
                    "La alianza figura como \(state.title.lowercased()), pero no está guardada su constitución.",
                    next: NextStep(
                        "Registre la constitución, con su acta y quienes la firmaron.", in: .constitution))
            }
        }
        let holdings = seats.filter(\.isGoverning).flatMap(\.holdings)
        let running = holdings.filter { $0.isHeld(on: day) && day <= $0.endsOn }
        let evidence =
            [
                Evidence(
                    .constitution, "Acta de constitución", subject: alliance, date: constitution.heldOn,
                    detail: constitution.signed)
            ]
            + (running.map(\.endsOn).max().map { last in
                [
                    Evidence(
                        .alliance,
                        SpanishFormat.count(
                            running.count, "representante en período", "representantes en período"),
                        subject: alliance, detail: "hasta el \(SpanishFormat.shortDate(last))")
                ]
            } ?? [])
        let isOver =
            running.isEmpty && holdings.contains { $0.began(by: day) }
            && !holdings.contains { $0.isAwaited(on: day) }
        if isOver || state == .expired {
            return Assessment(
                terms, elections.contains(where: \.isUnderWay) ? .due : .unproven,
                "Terminó el período de quienes representaban a los usuarios"
                    + (elections.contains(where: \.isUnderWay)
                        ? " y se eligen los siguientes." : " y no hay una nueva convocatoria."),
                next: renewal, evidence: evidence)
        }
        if state == .renewalDue {
            return Assessment(
                terms, .due, "El período de la alianza está por terminar.", next: renewal, evidence: evidence)
        }
        guard constitution.hasFile else {
            return Assessment(
                terms, .partial, "La alianza está constituida, pero falta el archivo del acta.",
                next: NextStep("Adjunte el acta de constitución firmada.", in: .constitutionMinutes),
                evidence: evidence)
        }
        return Assessment(
            terms, .met,
            "La entidad convocó a sus usuarios y la alianza está constituida desde el \(SpanishFormat.date(constitution.heldOn)).",
            since: constitution.heldOn, evidence: evidence)
    }

    private var renewal: NextStep {
        electionStep ?? NextStep("Convoque a los usuarios para el nuevo período.", in: .newElection)
    }

    /// C03: the minutes of constitution are kept and signed by several people.
    func constitution(_ terms: ObligationTerms) throws(MissingFigure) -> Assessment {
        let signers = try terms.figure(.signers)
        let step = NextStep(
            "Registre la constitución, con su acta y quienes la firmaron.", in: .constitution)
        guard let constitution else {
            // Nobody was called yet: there is no term that could run.
            guard state != .draft else {
                return Assessment(
                    terms, .notApplicable,
                    "La alianza está en preparación: el acta se levanta después de convocar a los usuarios.")
            }
            return isConstituted
                ? Assessment(terms, .unproven, "No está guardada el acta de constitución.", next: step)
                : Assessment(terms, .due, "La alianza no se ha constituido todavía.", next: step)
        }
        let evidence = [
            Evidence(
                .constitution, "Acta de constitución", subject: alliance, date: constitution.heldOn,
                detail: constitution.signed)
        ]
        var missing: [String] = []
        if !constitution.hasFile { missing.append("el archivo del acta") }
        if constitution.signers < signers {
            missing.append("firmas de asociados: tiene \(constitution.signers) de al menos \(signers)")
        }
        guard missing.isEmpty else {
            return Assessment(
                terms, .partial, "A la constitución le falta \(SpanishFormat.list(missing)).",
                next: constitution.hasFile
                    ? NextStep("Corrija la constitución: anote a todos los que firmaron.", in: .founding)
                    : NextStep("Adjunte el acta de constitución firmada.", in: .constitutionMinutes),
                evidence: evidence)
        }
        return Assessment(
            terms, .met,
            "El acta de constitución del \(SpanishFormat.date(constitution.heldOn)) está guardada, \(constitution.signed).",
            since: constitution.heldOn, evidence: evidence)
    }

    /// C04: the alliance is registered, with authority, number and date.
    func registration(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let evidence = registrations.map { registration in
            Evidence(
                .registration,
                registration.authority.isEmpty ? "Registro sin autoridad" : registration.authority,
                subject: alliance, date: registration.registeredOn,
                detail: registration.number.isEmpty ? nil : "N.º \(registration.number)")
        }
        if let whole = registrations.first(where: { $0.missing.isEmpty }), let since = whole.registeredOn {
            return Assessment(
                terms, .met,
                "Registrada ante \(whole.authority) con el número \(whole.number), el \(SpanishFormat.date(since)).",
                since: since, evidence: evidence)
        }
        if let begun = registrations.first {
            return Assessment(
                terms, .partial, "Al registro le falta \(SpanishFormat.list(begun.missing)).",
                next: NextStep("Corrija el registro: anote lo que falta.", in: .founding), evidence: evidence)
        }
        guard isConstituted else { return beforeConstitution(terms) }
        let step = NextStep(
            "Registre la alianza ante la autoridad y anote el número y la fecha.", in: .registration)
        if let days = terms.parameters[.days] {
            let dueOn = countsFrom + days
            guard day <= dueOn else {
                return late(
                    terms, "No hay registro ante la autoridad competente.", since: dueOn, next: step)
            }
            return Assessment(
                terms, .due, "Falta el registro ante la autoridad competente.", dueOn: dueOn, next: step)
        }
        return Assessment(
            terms, .unproven, "No está guardado el registro ante la autoridad competente.", next: step)
    }

    /// C05: bylaws in force, with their text and the minutes that approved them.
    func bylaws(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let evidence = bylaws.sorted { $0.inForceFrom > $1.inForceFrom }.map { version in
            Evidence(
                .bylaws, version.title, subject: version.id, date: version.inForceFrom,
                detail:
                    "Versión \(version.version), aprobada el \(SpanishFormat.shortDate(version.approvedOn))"
            )
        }
        let step = NextStep("Registre los estatutos, con su texto y el acta que los aprobó.", in: .bylaws)
        guard
            let current = bylaws(on: day)
        else {
            if let coming = bylaws.min(by: { $0.inForceFrom < $1.inForceFrom }) {
                return Assessment(
                    terms, .due,
                    "Los estatutos rigen desde el \(SpanishFormat.date(coming.inForceFrom)).",
                    dueOn: coming.inForceFrom, evidence: evidence)
            }
            guard isConstituted else { return beforeConstitution(terms) }
            return Assessment(terms, .unproven, "No hay estatutos registrados.", next: step)
        }
        var missing: [String] = []
        if !current.hasText { missing.append("el texto") }
        if !current.hasMinutes { missing.append("el acta que los aprobó") }
        guard missing.isEmpty else {
            return Assessment(
                terms, .partial, "A los estatutos vigentes les falta \(SpanishFormat.list(missing)).",
                next: current.hasText
                    ? NextStep(
                        "Adjunte el acta de la reunión que los aprobó.", in: .bylawsMinutes,
                        of: current.version)
                    : NextStep("Registre los estatutos con su texto.", in: .bylaws),
                evidence: evidence)
        }
        return Assessment(
            terms, .met,
            "«\(current.title)» rige desde el \(SpanishFormat.date(current.inForceFrom)).",
            since: current.inForceFrom, evidence: evidence)
    }
}

extension AllianceFacts.Registration {
    /// What is missing for it to count.
    fileprivate var missing: [String] {
        var missing: [String] = []
        if authority.isEmpty { missing.append("la autoridad") }
        if number.isEmpty { missing.append("el número") }
        if registeredOn == nil { missing.append("la fecha") }
        return missing
    }
}

extension AllianceFacts.Constitution {
    /// By whom it is signed, in the words of the page of government.
    fileprivate var signed: String {
        "firmada por \(Governance.Constitution.signatories(members: signers, witnesses: witnesses))"
    }
}

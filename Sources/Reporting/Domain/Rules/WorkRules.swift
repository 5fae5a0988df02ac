import Kernel

// What an alliance does every year: reports, follow-up of its plan, meetings (C21 to C24).
extension AllianceFacts {
    /// C21 and C24: so many reports in each calendar year.
    func yearly(_ kind: Report.Kind, _ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let given = reports.filter { $0.kind == kind }.sorted { $0.givenOn > $1.givenOn }
        guard isConstituted || !given.isEmpty else { return beforeConstitution(terms) }
        let wanted = terms.parameters[.perYear] ?? 1
        let year = day.components.year
        let evidence = given.map {
            Evidence(.report, $0.title, subject: $0.id, date: $0.givenOn)
        }
        let step =
            kind == .management
            ? NextStep("Remita a la gerencia el informe del año y regístrelo.", in: .plan)
            : NextStep("Publique el informe o registre la rendición de cuentas.", in: .plan)
        func count(_ year: Int) -> Int { given.count { $0.givenOn.components.year == year } }

        let thisYear = count(year)
        if thisYear >= wanted {
            return Assessment(
                terms, .met,
                "En \(year) hay \(SpanishFormat.count(thisYear, "informe", "informes")); se pide \(wanted) por año.",
                since: given.filter { $0.givenOn.components.year == year }.map(\.givenOn).min(),
                evidence: evidence)
        }
        // A year in which the alliance was there from the first day had to have its own.
        if countsFrom.components.year < year - 1, count(year - 1) < wanted,
            let end = CalendarDate(year: year - 1, month: 12, day: 31)
        {
            return late(
                terms, "El año \(year - 1) se cerró sin el informe.", since: end, next: step,
                evidence: evidence)
        }
        return Assessment(
            terms, .due,
            thisYear == 0
                ? "Falta el informe de \(year)."
                : "En \(year) hay \(thisYear) de \(wanted) informes.",
            dueOn: CalendarDate(year: year, month: 12, day: 31), next: step, evidence: evidence)
    }

    /// C22: the plan is followed up each month and consolidated each semester.
    func planFollowUp(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let (year, month, _) = day.components
        guard let plan = plans.first(where: { $0.year == year }) else {
            guard isConstituted else { return beforeConstitution(terms) }
            return Assessment(
                terms, .unproven, "No hay plan de trabajo de \(year) registrado.",
                next: NextStep("Registre el plan de trabajo del año.", in: .plan))
        }
        let followUps = terms.parameters[.followUps] ?? 12
        let reportsWanted = terms.parameters[.reports] ?? 2
        let first = max(1, plan.startsOn.map { $0.components.year == year ? $0.components.month : 1 } ?? 1)
        // Months and parts of the year that are over; the current one still has time.
        let monthsPast = first < month ? Set(first..<month) : []
        let monthsWanted = min(monthsPast.count, followUps)
        let monthsDone = plan.monthsFollowedUp.intersection(monthsPast).count
        let consolidated = reports.filter { $0.kind == .consolidated && $0.givenOn.components.year == year }
        let reportsDue = (month - 1) * reportsWanted / 12
        let evidence =
            [
                Evidence(
                    .plan, plan.title, subject: plan.id,
                    detail: SpanishFormat.count(
                        plan.monthsFollowedUp.count, "mes con seguimiento", "meses con seguimiento"))
            ]
            + consolidated.map { Evidence(.report, $0.title, subject: $0.id, date: $0.givenOn) }

        let missingMonths = max(0, monthsWanted - monthsDone)
        let missingReports = max(0, reportsDue - consolidated.count)
        let next = CalendarDate(year: year, month: month, day: 1).map { $0.calendarMonth.upperBound }
        guard missingMonths > 0 || missingReports > 0 else {
            let done = plan.monthsFollowedUp.contains(month)
            return Assessment(
                terms, done || monthsWanted > 0 ? .met : .due,
                """
                \(SpanishFormat.count(monthsDone, "mes cerrado", "meses cerrados")) de \(year) con seguimiento y \
                \(SpanishFormat.count(consolidated.count, "informe semestral", "informes semestrales")).
                """,
                dueOn: done ? nil : next,
                next: done ? nil : NextStep("Anote el avance del plan de este mes.", in: .plan),
                evidence: evidence)
        }
        var missing: [String] = []
        if missingMonths > 0 {
            missing.append(
                SpanishFormat.count(missingMonths, "seguimiento mensual", "seguimientos mensuales"))
        }
        if missingReports > 0 {
            missing.append(SpanishFormat.count(missingReports, "informe semestral", "informes semestrales"))
        }
        let finding = "En \(year) falta: \(SpanishFormat.list(missing))."
        let step = NextStep("Anote el avance de los meses que faltan y consolide el informe.", in: .plan)
        let lastMonth = CalendarDate(year: year, month: month, day: 1).map { $0 - 1 }
        if terms.deadlineIsConfirmed, let lastMonth {
            return late(terms, finding, since: lastMonth, next: step, evidence: evidence)
        }
        return Assessment(
            terms, monthsDone > 0 || !consolidated.isEmpty ? .partial : .unproven, finding, dueOn: next,
            next: step, evidence: evidence)
    }

    /// C23: no more than so many days between meetings, called in time and with minutes.
    func meetings(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let gap = terms.parameters[.gapDays] ?? 62
        let notice = terms.parameters[.noticeDays] ?? 0
        let held = meetings.filter { $0.heldOn <= day }.sorted { $0.heldOn > $1.heldOn }
        let step = NextStep("Convoque la reunión con anticipación y guarde el acta.", in: .meetings)
        let evidence = held.prefix(7).map { meeting in
            Evidence(
                .meeting, meeting.title, subject: meeting.id, date: meeting.heldOn,
                detail: [
                    meeting.calledOn.map { "convocada \(meeting.heldOn - $0) días antes" }
                        ?? "sin convocatoria guardada",
                    meeting.hasMinutes ? "con acta" : "sin acta",
                ].joined(separator: ", "))
        }
        guard let last = held.first else {
            guard isConstituted else { return beforeConstitution(terms) }
            let dueOn = countsFrom + gap
            guard day <= dueOn else {
                return late(terms, "No hay reuniones registradas.", since: dueOn, next: step)
            }
            return Assessment(terms, .due, "Falta la primera reunión.", dueOn: dueOn, next: step)
        }
        let dueOn = last.heldOn + gap
        guard day <= dueOn else {
            return late(
                terms,
                "La última reunión fue el \(SpanishFormat.date(last.heldOn)), hace \(day - last.heldOn) días; el máximo es \(gap).",
                since: dueOn, next: step, evidence: Array(evidence))
        }
        // What lies more than a year behind is not held against anybody any more.
        let yearAgo = day - 365
        let recent = held.filter { $0.heldOn > yearAgo }
        let gaps = zip(recent, held.dropFirst()).filter { later, earlier in
            later.heldOn - max(earlier.heldOn, yearAgo) > gap
        }
        var faults: [String] = []
        if !gaps.isEmpty {
            faults.append(
                SpanishFormat.count(gaps.count, "intervalo", "intervalos") + " de más de \(gap) días")
        }
        let late = recent.count { meeting in
            meeting.calledOn.map { meeting.heldOn - $0 < notice } ?? (notice > 0)
        }
        if late > 0 {
            faults.append(
                SpanishFormat.count(late, "reunión", "reuniones")
                    + " sin convocatoria de \(notice) días de anticipación")
        }
        let unwritten = recent.count { !$0.hasMinutes }
        if unwritten > 0 {
            faults.append(SpanishFormat.count(unwritten, "reunión", "reuniones") + " sin acta")
        }
        guard faults.isEmpty else {
            return Assessment(
                terms, .partial, "En los últimos doce meses: \(SpanishFormat.list(faults)).", dueOn: dueOn,
                next: NextStep("Complete las actas y convoque con anticipación.", in: .meetings),
                evidence: Array(evidence))
        }
        let isSoon = dueOn - day <= notice + 7
        return Assessment(
            terms, isSoon ? .due : .met,
            "La última reunión fue el \(SpanishFormat.date(last.heldOn)); la siguiente, a más tardar el \(SpanishFormat.date(dueOn)).",
            dueOn: dueOn, next: isSoon ? step : nil, evidence: Array(evidence))
    }
}

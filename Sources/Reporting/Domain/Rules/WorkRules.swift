import Kernel

// What an alliance does every year: reports, follow-up of its plan, meetings (C21 to C24).
extension AllianceFacts {
    /// C21 and C24: so many reports of each calendar year. A year that ended without them stays unmet until they are
    /// recorded.
    func yearly(_ kind: Report.Kind, _ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let given = reports.filter { $0.kind == kind }.sorted { $0.givenOn > $1.givenOn }
        guard isConstituted || !given.isEmpty else { return beforeConstitution(terms) }
        let wanted = terms.parameters[.perYear] ?? 1
        let year = day.components.year
        let evidence = given.map { report in
            Evidence(
                .report, report.title, subject: report.id, date: report.givenOn, detail: "de \(report.year)")
        }
        func count(_ year: Int) -> Int { given.count { $0.year == year } }
        func step(_ year: Int) -> NextStep {
            kind == .management
                ? NextStep("Remita a la gerencia el informe de \(year) y anótelo.", in: .report, of: year)
                : NextStep(
                    "Publique el informe de \(year) o la rendición de cuentas, y anótelo.", in: .report,
                    of: year)
        }

        let missing =
            count(year) >= wanted
            ? nil
            : wanted == 1
                ? "Falta el informe de \(year)." : "De \(year) hay \(count(year)) de \(wanted) informes."
        let lastDay = CalendarDate(year: year, month: 12, day: 31)
        let behind = isConstituted ? yearsAsked(before: year).filter { count($0) < wanted } : []
        if let first = behind.first, let end = CalendarDate(year: first, month: 12, day: 31) {
            let years = SpanishFormat.list(behind.map(String.init))
            let closed =
                behind.count == 1
                ? "El año \(years) terminó sin su informe." : "Los años \(years) terminaron sin su informe."
            return late(
                terms, [closed, missing].compactMap(\.self).joined(separator: " "), since: end,
                next: step(first), evidence: evidence)
        }
        if let missing {
            return Assessment(
                terms, .due, missing, dueOn: lastDay, next: step(year), evidence: evidence)
        }
        return Assessment(
            terms, .met,
            "De \(year) hay \(SpanishFormat.count(count(year), "informe", "informes")); se pide \(wanted) por año.",
            since: given.filter { $0.year == year }.map(\.givenOn).min(), evidence: evidence)
    }

    /// The years that ended and whose duties were asked.
    private func yearsAsked(before year: Int) -> Range<Int> {
        firstYearAsked..<max(firstYearAsked, year)
    }

    /// C22: each year has its plan, approved by the members, followed up each month and consolidated each semester.
    func planFollowUp(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        guard isConstituted || !plans.isEmpty else { return beforeConstitution(terms) }
        let (year, month, _) = day.components
        let present = PlanYear(year, endedMonths: month - 1, of: self, terms)
        let behind =
            isConstituted
            ? yearsAsked(before: year).map { PlanYear($0, endedMonths: 12, of: self, terms) }
                .filter { !$0.missing.isEmpty } : []
        let evidence = (behind + [present]).flatMap(\.evidence)
        let endOfMonth = CalendarDate(year: year, month: month, day: 1).map { $0.calendarMonth.upperBound }

        let told = (behind + [present]).compactMap(\.finding).joined(separator: " ")
        if let first = behind.first, let end = CalendarDate(year: first.year, month: 12, day: 31) {
            return late(terms, told, since: end, next: first.next, evidence: evidence)
        }
        guard let plan = present.plan else {
            return Assessment(
                terms, .unproven, told, next: present.next, evidence: evidence)
        }
        guard present.missing.isEmpty else {
            if present.isLate, terms.deadlineIsConfirmed,
                let end = CalendarDate(year: year, month: month, day: 1).map({ $0 - 1 })
            {
                return late(terms, told, since: end, next: present.next, evidence: evidence)
            }
            return Assessment(
                terms, present.hasSomething ? .partial : .unproven, told, dueOn: endOfMonth,
                next: present.next, evidence: evidence)
        }
        let done = plan.monthsFollowedUp.contains(month)
        return Assessment(
            terms, done || present.monthsWanted > 0 ? .met : .due,
            """
            \(SpanishFormat.count(present.monthsDone, "mes cerrado", "meses cerrados")) de \(year) con seguimiento y \
            \(SpanishFormat.count(present.consolidated, "informe semestral", "informes semestrales")).
            """,
            dueOn: done ? nil : endOfMonth,
            next: done
                ? nil : NextStep("Anote el avance del plan de este mes.", in: .planFollowUp, of: year),
            evidence: evidence)
    }

    /// C23: no more than so many days between meetings, called in time and with minutes.
    func meetings(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let due = nextMeeting(terms, on: day)
        let dueOn = due.dueOn
        let notice = terms.parameters[.noticeDays] ?? 0
        let held = meetings.filter { $0.heldOn <= day }.sorted { $0.heldOn > $1.heldOn }
        let step =
            due.planned.map { NextStep("Convoque la reunión con anticipación.", in: .meetingCall, of: $0.id) }
            ?? NextStep("Programe la reunión y convóquela con anticipación.", in: .newMeeting)
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
            guard day <= dueOn else {
                return late(terms, "No hay reuniones registradas.", since: dueOn, next: step)
            }
            return Assessment(terms, .due, "Falta la primera reunión.", dueOn: dueOn, next: step)
        }
        guard day <= dueOn else {
            return late(
                terms,
                "La última reunión fue el \(SpanishFormat.date(last.heldOn)), hace \(day - last.heldOn) días; la regla es \(due.rhythm.words).",
                since: dueOn, next: step, evidence: Array(evidence))
        }
        // What lies more than a year behind is not held against anybody any more.
        let yearAgo = day - 365
        let recent = held.filter { $0.heldOn > yearAgo }
        let gaps = zip(recent, held.dropFirst()).filter { later, earlier in
            later.heldOn > due.rhythm.next(after: max(earlier.heldOn, yearAgo))
        }
        var faults: [String] = []
        if !gaps.isEmpty {
            faults.append(
                SpanishFormat.count(gaps.count, "intervalo", "intervalos")
                    + " de más de lo que manda la regla (\(due.rhythm.words))")
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
        if let planned = due.planned, due.isPlannedInTime {
            // What is left is the call, where it is not kept yet.
            let isCallDue = !planned.isCalled && due.callBy - day <= 7
            return Assessment(
                terms, isCallDue ? .due : .met,
                "La última reunión fue el \(SpanishFormat.date(last.heldOn)); la siguiente está programada para el \(SpanishFormat.date(planned.day)).",
                dueOn: isCallDue ? due.callBy : nil, next: isCallDue ? step : nil, evidence: Array(evidence))
        }
        let isSoon = due.callBy - day <= 7
        return Assessment(
            terms, isSoon ? .due : .met,
            "La última reunión fue el \(SpanishFormat.date(last.heldOn)); la siguiente, a más tardar el \(SpanishFormat.date(dueOn)).",
            dueOn: dueOn, next: isSoon ? step : nil, evidence: Array(evidence))
    }
}

/// A year of the work plan as far as it is over.
private struct PlanYear {
    let year: Int
    let plan: AllianceFacts.Plan?
    let reports: [AllianceFacts.Report]
    /// Months whose follow-up is asked, and how many of them have one.
    let monthsWanted: Int
    let monthsDone: Int
    /// Reports of six months whose time is over.
    let reportsDue: Int

    init(_ year: Int, endedMonths: Int, of facts: AllianceFacts, _ terms: ObligationTerms) {
        self.year = year
        let plan = facts.plans.first { $0.year == year }
        self.plan = plan
        reports = facts.reports.filter { $0.kind == .consolidated && $0.year == year }
        let start = plan?.startsOn.map { $0.components.year == year ? $0.components.month : 1 } ?? 1
        let months = start <= endedMonths ? Set(start...endedMonths) : []
        monthsWanted = min(months.count, terms.parameters[.followUps] ?? 12)
        monthsDone = plan?.monthsFollowedUp.intersection(months).count ?? 0
        reportsDue = endedMonths * (terms.parameters[.reports] ?? 2) / 12
    }

    var consolidated: Int { reports.count }
    private var missingMonths: Int { max(0, monthsWanted - monthsDone) }
    private var missingReports: Int { max(0, reportsDue - consolidated) }

    /// Whether something of its follow-up should have been done by now.
    var isLate: Bool { missingMonths > 0 || missingReports > 0 }
    /// Whether a part of it is shown.
    var hasSomething: Bool {
        monthsDone > 0 || consolidated > 0 || plan?.isApproved == true && monthsWanted == 0
    }

    /// What it lacks.
    var missing: [String] {
        guard let plan else { return ["el plan de trabajo"] }
        var missing: [String] = []
        if !plan.isApproved { missing.append("la aprobación del plan, con su acta") }
        if missingMonths > 0 {
            missing.append(
                SpanishFormat.count(missingMonths, "seguimiento mensual", "seguimientos mensuales"))
        }
        if missingReports > 0 {
            missing.append(SpanishFormat.count(missingReports, "informe semestral", "informes semestrales"))
        }
        return missing
    }

    /// What it lacks, in a sentence; `nil` where it lacks nothing.
    var finding: String? {
        missing.isEmpty ? nil : "De \(year) falta: \(SpanishFormat.list(missing))."
    }

    /// What to do first.
    var next: NextStep {
        guard let plan else {
            return NextStep("Registre el plan de trabajo de \(year).", in: .plan, of: year)
        }
        guard plan.isApproved else {
            return NextStep(
                "Anote la aprobación del plan de \(year), con su acta.", in: .planApproval, of: year)
        }
        return missingMonths > 0
            ? NextStep("Anote el avance de los meses que faltan de \(year).", in: .planFollowUp, of: year)
            : NextStep("Anote el informe semestral de \(year).", in: .report, of: year)
    }

    var evidence: [Evidence] {
        let plans = plan.map { plan in
            Evidence(
                .plan, plan.title, subject: plan.id,
                detail: SpanishFormat.count(
                    plan.monthsFollowedUp.count, "mes con seguimiento", "meses con seguimiento"))
        }
        return [plans].compactMap(\.self)
            + reports.map { Evidence(.report, $0.title, subject: $0.id, date: $0.givenOn) }
    }
}

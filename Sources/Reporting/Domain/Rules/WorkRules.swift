import Kernel

// What an alliance does every year: reports, follow-up of its plan, meetings (C21 to C24).
extension AllianceFacts {
    /// C21 and C24: so many reports of each calendar year, each with the paper that shows it. A year that ended without
    /// them stays unmet until they are recorded.
    func yearly(
        _ kind: Report.Kind, _ terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) -> Assessment {
        let given = reports.filter { $0.kind == kind }.sorted { $0.givenOn > $1.givenOn }
        guard isConstituted || !given.isEmpty else { return beforeConstitution(terms) }
        let wanted = try terms.figure(.perYear)
        let year = day.components.year
        let evidence = given.map { report in
            Evidence(
                .report, report.title, subject: report.id, date: report.givenOn,
                detail: "de \(report.year)" + (report.hasFile ? "" : ", sin su documento"))
        }
        func told(_ year: Int) -> Int { given.count { $0.year == year } }
        func shown(_ year: Int) -> Int { given.count { $0.year == year && $0.hasFile } }
        func step(_ year: Int) -> NextStep {
            if told(year) >= wanted {
                return NextStep("Anote el informe de \(year) con su archivo.", in: .report, of: year)
            }
            return kind == .management
                ? NextStep(
                    "Remita a la gerencia el informe de \(year) y anótelo con su archivo.", in: .report,
                    of: year)
                : NextStep(
                    "Publique el informe de \(year) y anótelo con su archivo, o la rendición de cuentas con su acta.",
                    in: .report, of: year)
        }
        /// What a year lacks, `nil` where it lacks nothing.
        func missing(_ year: Int) -> String? {
            let (told, shown) = (told(year), shown(year))
            guard shown < wanted else { return nil }
            if told >= wanted { return "Al informe de \(year) le falta su documento." }
            return wanted == 1
                ? "Falta el informe de \(year)."
                : "De \(year) hay \(shown) de \(wanted) informes con su documento."
        }

        let behind = isConstituted ? yearsAsked(before: year).filter { shown($0) < wanted } : []
        let findings = [
            behind.isEmpty
                ? nil
                : behind.count == 1
                    ? "El año \(behind[0]) terminó sin su informe."
                    : "Los años \(SpanishFormat.list(behind.map(String.init))) terminaron sin su informe.",
            missing(year),
        ]
        if let first = behind.first(where: { told($0) < wanted }) {
            return late(
                terms, findings.compactMap(\.self).joined(separator: " "),
                since: ClosedRange.year(first).upperBound, next: step(first), evidence: evidence)
        }
        if let first = behind.first {
            let told = (behind.compactMap(missing) + [missing(year)].compactMap(\.self)).joined(
                separator: " ")
            return Assessment(terms, .partial, told, next: step(first), evidence: evidence)
        }
        if let missing = missing(year) {
            return Assessment(
                terms, told(year) > 0 ? .partial : .due, missing,
                dueOn: ClosedRange.year(year).upperBound, next: step(year), evidence: evidence)
        }
        return Assessment(
            terms, .met,
            "De \(year) hay \(SpanishFormat.count(shown(year), "informe", "informes")) con su documento; se pide \(wanted) por año.",
            since: given.filter { $0.year == year && $0.hasFile }.map(\.givenOn).min(), evidence: evidence)
    }

    /// The years that ended and whose duties were asked.
    private func yearsAsked(before year: Int) -> Range<Int> {
        firstYearAsked..<max(firstYearAsked, year)
    }

    /// C22: each year has its plan, approved by the members, followed up each month and consolidated each semester. A
    /// month and a semester have their days of grace after they end; what is missing stays missing in the next year.
    func planFollowUp(
        _ terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) -> Assessment {
        guard isConstituted || !plans.isEmpty else { return beforeConstitution(terms) }
        let (year, month, _) = day.components
        let present = try PlanYear(year, of: self, terms, on: day)
        var years: [PlanYear] = []
        for past in isConstituted ? yearsAsked(before: year) : year..<year {
            years.append(try PlanYear(past, of: self, terms, on: day))
        }
        years = years.filter { !$0.gaps.isEmpty } + [present]
        let evidence = years.flatMap(\.evidence)
        let told = years.compactMap(\.finding).joined(separator: " ")
        let gaps = years.flatMap(\.gaps).sorted { $0.dueOn < $1.dueOn }

        if let first = gaps.first, first.dueOn < day {
            guard terms.deadlineIsConfirmed || first.year < year || !present.hasSomething else {
                return Assessment(
                    terms, .partial, told, dueOn: first.dueOn, next: first.next, evidence: evidence)
            }
            return late(terms, told, since: first.dueOn, next: first.next, evidence: evidence)
        }
        guard let plan = present.plan, plan.isApproved else {
            return Assessment(
                terms, present.hasSomething ? .partial : .unproven, told, next: gaps.first?.next,
                evidence: evidence)
        }
        if let first = gaps.first {
            return Assessment(terms, .due, told, dueOn: first.dueOn, next: first.next, evidence: evidence)
        }
        let isDone = plan.monthsFollowedUp.contains(month)
        let endOfMonth = CalendarDate(year: year, month: month, day: 1).map { $0.calendarMonth.upperBound }
        return Assessment(
            terms, isDone || present.monthsDone > 0 ? .met : .due,
            """
            \(SpanishFormat.count(present.monthsDone, "mes cerrado", "meses cerrados")) de \(year) con seguimiento y \
            \(SpanishFormat.count(present.reports.count, "informe semestral", "informes semestrales")).
            """,
            dueOn: isDone ? nil : endOfMonth,
            next: isDone
                ? nil : NextStep("Anote el avance del plan de este mes.", in: .planFollowUp, of: year),
            evidence: evidence)
    }

    /// C23: no more than so many days between meetings, called in time and with minutes.
    func meetings(_ terms: ObligationTerms, on day: CalendarDate) throws(MissingFigure) -> Assessment {
        let due = try nextMeeting(terms, on: day)
        let dueOn = due.dueOn
        let notice = try terms.figure(.noticeDays)
        let held = meetings.filter { $0.heldOn <= day }.sorted { $0.heldOn > $1.heldOn }
        let lacksCall = due.lacksCall(on: day)
        let callBy = SpanishFormat.date(due.callBy)
        let step =
            due.planned.map { planned in
                NextStep(
                    lacksCall
                        ? "Anote la convocatoria de la reunión del \(SpanishFormat.date(planned.day)): debía salir el \(callBy)."
                        : "Convoque la reunión del \(SpanishFormat.date(planned.day)) a más tardar el \(callBy).",
                    in: .meetingCall, of: planned.id)
            } ?? NextStep("Programe la reunión y convóquela con anticipación.", in: .newMeeting)
        let missingCall = lacksCall ? " Falta anotar la convocatoria: debía salir el \(callBy)." : ""
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
                terms, .partial, "En los últimos doce meses: \(SpanishFormat.list(faults)).\(missingCall)",
                dueOn: dueOn,
                next: lacksCall
                    ? step : NextStep("Complete las actas y convoque con anticipación.", in: .meetings),
                evidence: Array(evidence))
        }
        if let planned = due.planned, due.isPlannedInTime {
            // What is left is the call, where it is not kept yet.
            let isCallDue = !planned.isCalled && due.callBy - day <= 7
            return Assessment(
                terms, isCallDue ? .due : .met,
                "La última reunión fue el \(SpanishFormat.date(last.heldOn)); la siguiente está programada para el \(SpanishFormat.date(planned.day)).\(missingCall)",
                dueOn: isCallDue ? dueOn : nil, next: isCallDue ? step : nil, evidence: Array(evidence))
        }
        let isSoon = due.callBy - day <= 7
        return Assessment(
            terms, isSoon ? .due : .met,
            "La última reunión fue el \(SpanishFormat.date(last.heldOn)); la siguiente, a más tardar el \(SpanishFormat.date(dueOn)).",
            dueOn: dueOn, next: isSoon ? step : nil, evidence: Array(evidence))
    }
}

/// A year of the work plan as far as it is over on a day.
private struct PlanYear {
    /// Something that a part of the year lacks, once that part is over.
    struct Gap {
        enum Kind { case plan, approval, followUp, report }

        let kind: Kind
        let year: Int
        /// The last day for it.
        let dueOn: CalendarDate

        /// What to do.
        var next: NextStep {
            switch kind {
            case .plan: NextStep("Registre el plan de trabajo de \(year).", in: .plan, of: year)
            case .approval:
                NextStep(
                    "Anote la aprobación del plan de \(year), con su acta.", in: .planApproval, of: year)
            case .followUp:
                NextStep("Anote el avance de los meses que faltan de \(year).", in: .planFollowUp, of: year)
            case .report: NextStep("Anote el informe semestral de \(year).", in: .report, of: year)
            }
        }
    }

    let year: Int
    let plan: AllianceFacts.Plan?
    let reports: [AllianceFacts.Report]
    /// Parts of the year that are over and have their follow-up.
    private(set) var monthsDone = 0
    private(set) var gaps: [Gap] = []

    init(
        _ year: Int, of facts: AllianceFacts, _ terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) {
        let (followUps, consolidations, grace) = (
            try terms.figure(.followUps), try terms.figure(.reports), try terms.figure(.graceDays)
        )
        self.year = year
        let plan = facts.plans.first { $0.year == year }
        self.plan = plan
        let reports = facts.reports.filter { $0.kind == .consolidated && $0.year == year }
        self.reports = reports
        let endOfYear = ClosedRange.year(year).upperBound
        guard let plan else {
            gaps = [Gap(kind: .plan, year: year, dueOn: endOfYear)]
            return
        }
        if !plan.isApproved { gaps.append(Gap(kind: .approval, year: year, dueOn: endOfYear)) }
        let start = plan.startsOn.map { $0.components.year == year ? $0.components.month : 1 } ?? 1
        for months in Self.parts(followUps) where months.upperBound >= start {
            guard let end = Self.lastDay(of: months.upperBound, year), end < day else { break }
            if plan.monthsFollowedUp.isDisjoint(with: months) {
                gaps.append(Gap(kind: .followUp, year: year, dueOn: end + grace))
            } else {
                monthsDone += 1
            }
        }
        let asked = Self.parts(consolidations).filter { $0.upperBound >= start }
        for (index, months) in asked.enumerated() {
            guard let end = Self.lastDay(of: months.upperBound, year), end < day else { break }
            if index >= reports.count { gaps.append(Gap(kind: .report, year: year, dueOn: end + grace)) }
        }
    }

    /// The months of each of so many parts of a year.
    private static func parts(_ count: Int) -> [ClosedRange<Int>] {
        (0..<count).map { part in (12 * part + count - 1) / count + 1...(12 * (part + 1) + count - 1) / count
        }
    }

    private static func lastDay(of month: Int, _ year: Int) -> CalendarDate? {
        CalendarDate(year: year, month: month, day: 1).map { $0.calendarMonth.upperBound }
    }

    /// Whether a part of what is asked is shown.
    var hasSomething: Bool {
        guard let plan else { return false }
        return monthsDone > 0 || !reports.isEmpty
            || plan.isApproved && !gaps.contains { $0.kind == .followUp }
    }

    /// What it lacks, in a sentence; `nil` where it lacks nothing.
    var finding: String? {
        guard !gaps.isEmpty else { return nil }
        let (months, reports) = (
            gaps.count { $0.kind == .followUp }, gaps.count { $0.kind == .report }
        )
        let missing = [
            plan == nil ? "el plan de trabajo" : nil,
            gaps.contains { $0.kind == .approval } ? "la aprobación del plan, con su acta" : nil,
            months > 0 ? SpanishFormat.count(months, "seguimiento mensual", "seguimientos mensuales") : nil,
            reports > 0 ? SpanishFormat.count(reports, "informe semestral", "informes semestrales") : nil,
        ]
        return "De \(year) falta: \(SpanishFormat.list(missing.compactMap(\.self)))."
    }

    /// What shows it.
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

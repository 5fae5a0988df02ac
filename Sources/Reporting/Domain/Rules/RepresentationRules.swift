import Governance
import Kernel
import Tenancy

// Who represents, until when, and how they came to it (C07, C08).
extension AllianceFacts {
    /// C07: each elected seat is held, within the limit of its body, and somebody follows in time.
    func representation(
        _ terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) -> Assessment {
        let warning = try terms.figure(.warningDays)
        let places = seats.map { SeatOnDay($0, day) }
        let evidence = places.compactMap(\.evidence)
        guard seats.contains(where: { !$0.holdings.isEmpty }) else {
            guard isConstituted else { return beforeConstitution(terms) }
            guard !seats.isEmpty else {
                return Assessment(
                    terms, .unproven, "No hay puestos de elección registrados.",
                    next: NextStep(
                        "Registre los organismos, sus puestos y quién ocupa cada uno.", in: .newBody))
            }
            return Assessment(
                terms, .unproven,
                seats.count == 1
                    ? "El puesto de elección está sin ocupar."
                    : "Los \(seats.count) puestos de elección están sin ocupar.",
                next: nextElection(
                    of: seats, orElse: "Convoque la elección, o registre quién ocupa cada puesto."))
        }

        let expired = places.filter { $0.standing == .expired }
        if let first = expired.compactMap(\.endsOn).min() {
            let confirmed = expired.filter { terms.deadlineIsConfirmed || $0.seat.limitIsConfirmed }
            let names = SpanishFormat.list(Array(Set(expired.map(\.seat.body))).sorted())
            let acting = expired.contains { $0.seat.continuesUntilReplaced }
            return late(
                terms,
                """
                El período terminó en \(SpanishFormat.count(expired.count, "puesto", "puestos")) (\(names)) y nadie sigue\
                \(acting ? "; quienes estaban continúan en funciones" : "").
                """,
                since: confirmed.compactMap(\.endsOn).min() ?? first,
                next: nextElection(
                    of: expired.map(\.seat),
                    orElse: "Convoque la elección de quienes ocuparán los puestos."),
                evidence: evidence, isConfirmed: !confirmed.isEmpty)
        }
        let held = places.filter { $0.standing == .held || $0.standing == .heldWithSuccessor }
        guard !held.isEmpty else {
            return Assessment(
                terms, .unproven, "Los representantes todavía no ocupan sus puestos.",
                next: NextStep("Anote el acto de nombramiento y la posesión.", in: .governance),
                evidence: evidence)
        }
        let first = held.filter { $0.standing == .held }.min { ($0.endsOn ?? day) < ($1.endsOn ?? day) }
        let ends = first?.endsOn
        let isConfirmed = terms.deadlineIsConfirmed || (first?.seat.limitIsConfirmed ?? false)
        if let ends, ends - day <= warning {
            return Assessment(
                terms, .due,
                "El primer período termina el \(SpanishFormat.date(ends)): \(days(ends - day)).", dueOn: ends,
                deadlineIsConfirmed: isConfirmed,
                next: nextElection(
                    of: held.filter { $0.endsOn == ends }.map(\.seat),
                    orElse: "Convoque la elección de quienes ocuparán los puestos."),
                evidence: evidence)
        }
        let vacant = places.count - held.count
        guard vacant == 0 else {
            return Assessment(
                terms, .partial,
                "\(SpanishFormat.count(vacant, "puesto está", "puestos están")) sin ocupar, de \(places.count).",
                dueOn: ends,
                next: nextElection(
                    of: places.filter { $0.standing == .vacant }.map(\.seat),
                    orElse: "Convoque la elección de los puestos que faltan."),
                evidence: evidence)
        }
        let until = ends.map { " El primer período termina el \(SpanishFormat.date($0))." } ?? ""
        return Assessment(
            terms, .met,
            places.count == 1
                ? "El puesto de elección está ocupado.\(until)"
                : "Los \(places.count) puestos de elección están ocupados.\(until)",
            since: held.compactMap { $0.holding?.startsOn }.max(), dueOn: ends, evidence: evidence)
    }

    /// What to do about seats that somebody has to be elected for: to follow the election that is under way, or to call
    /// another where that one leaves some of them out.
    private func nextElection(of wanted: [ElectedSeat], orElse call: String) -> NextStep {
        let running = Set(elections.filter(\.isUnderWay).map(\.id))
        let leftOut = wanted.filter { $0.electedIn.isDisjoint(with: running) }
        guard let electionStep else { return NextStep(call, in: .newElection) }
        guard !leftOut.isEmpty else { return electionStep }
        let names = SpanishFormat.list(Array(Set(leftOut.map(\.body))).sorted())
        return NextStep(
            "La elección en curso no incluye todos los puestos: falta convocar \(names).", in: .newElection)
    }

    /// What to do while an election goes on; `nil` where none does.
    var electionStep: NextStep? {
        elections.first(where: \.isUnderWay).map { election in
            NextStep("Siga la elección en curso hasta proclamar.", in: .elections, of: election.id)
        }
    }

    private func days(_ count: Int) -> String {
        switch count {
        case 0: "es hoy"
        case 1: "falta 1 día"
        default: "faltan \(SpanishFormat.number(count)) días"
        }
    }

    /// C08: those who sit were elected here, from the frozen roll, by sums that agree, with their acta.
    func election(_ terms: ObligationTerms, on day: CalendarDate) -> Assessment {
        let evidence = elections.filter { $0.proclaimedOn != nil || $0.isUnderWay }.map(\.evidence)
        let proclaimed = elections.compactMap { election in
            election.proclaimedOn.map { (election: election, on: $0) }
        }
        let holdings = seats.compactMap { seat in
            seat.holdings.first { $0.isHeld(on: day) } ?? seat.holdings.first { $0.isAwaited(on: day) }
        }
        guard let latest = proclaimed.max(by: { $0.on < $1.on }) else {
            if let open = elections.first(where: \.isUnderWay) {
                return Assessment(
                    terms, .due, "La elección «\(open.name)» está en curso.", dueOn: open.proclamationDueOn,
                    next: electionStep, evidence: evidence)
            }
            let step = NextStep("Convoque la elección de los representantes.", in: .newElection)
            if !holdings.isEmpty {
                return Assessment(
                    terms, .unproven,
                    "Los períodos vigentes se anotaron de papeles anteriores: no hay aquí una elección que los pruebe.",
                    next: step, evidence: evidence)
            }
            guard isConstituted else { return beforeConstitution(terms) }
            return Assessment(terms, .unproven, "No hay una elección proclamada.", next: step)
        }

        let defects = latest.election.defects
        guard defects.isEmpty else {
            return Assessment(
                terms, .partial, "En «\(latest.election.name)»: \(SpanishFormat.list(defects)).",
                next: NextStep(
                    "Revise el acta de escrutinio con el comité electoral.", in: .elections,
                    of: latest.election.id),
                evidence: evidence)
        }
        let elected = holdings.filter { $0.process != nil }.count
        guard elected == holdings.count else {
            return Assessment(
                terms, .partial,
                "\(elected) de \(holdings.count) puestos ocupados vienen de una elección proclamada aquí.",
                next: electionStep
                    ?? NextStep("Convoque la elección de los puestos que faltan.", in: .newElection),
                evidence: evidence)
        }
        return Assessment(
            terms, .met,
            """
            «\(latest.election.name)» se proclamó el \(SpanishFormat.date(latest.on)): los elegidos están en el censo \
            congelado y las sumas del acta cuadran con las mesas.
            """,
            since: latest.on, evidence: evidence)
    }
}

/// A seat as it stands on a day.
private struct SeatOnDay {
    enum Standing {
        /// Somebody sits there.
        case held
        /// Somebody sits there, and who follows is known.
        case heldWithSuccessor
        /// The last term ran out and nobody follows.
        case expired
        /// Nobody sits there: nobody did yet, or whoever did left before the term ran out.
        case vacant
    }

    let seat: AllianceFacts.ElectedSeat
    let standing: Standing
    /// The holding that took effect last; `nil` before the first.
    let holding: AllianceFacts.Holding?

    init(_ seat: AllianceFacts.ElectedSeat, _ day: CalendarDate) {
        self.seat = seat
        let last = seat.last(on: day)
        holding = last
        guard let last else {
            standing = .vacant
            return
        }
        let hasSuccessor = seat.holdings.contains { $0.startsOn > last.startsOn && $0.isAwaited(on: day) }
        if day <= last.endsOn, last.isHeld(on: day) {
            standing = hasSuccessor ? .heldWithSuccessor : .held
        } else {
            standing = last.wasCutShort || hasSuccessor ? .vacant : .expired
        }
    }

    var endsOn: CalendarDate? { holding?.endsOn }

    var evidence: Evidence? {
        guard let holding else { return nil }
        return Evidence(
            .mandate, "\(seat.title), \(seat.body)", subject: holding.id,
            detail: """
                del \(SpanishFormat.shortDate(holding.startsOn)) al \(SpanishFormat.shortDate(holding.endsOn)), \
                límite de \(holding.limitMonths) meses
                """)
    }
}

extension AllianceFacts.Election {
    /// What keeps its result from proving anything.
    fileprivate var defects: [String] {
        var defects: [String] = []
        if electors == nil { defects.append("no hay censo congelado") }
        for contest in contests {
            if contest.record == nil { defects.append("falta el acta de escrutinio de «\(contest.name)»") }
            if contest.electedOffRoll > 0 {
                let off = SpanishFormat.count(contest.electedOffRoll, "elegido", "elegidos")
                defects.append("\(off) de «\(contest.name)» fuera del censo")
            }
            if !contest.sumsAgree {
                defects.append("las sumas de «\(contest.name)» no cuadran con sus mesas")
            }
        }
        return defects
    }

    fileprivate var evidence: Evidence {
        var parts: [String] = []
        if let electors { parts.append("censo de \(SpanishFormat.number(electors))") }
        let records = contests.compactMap(\.record).sorted()
        if !records.isEmpty {
            parts.append(
                (records.count == 1 ? "acta " : "actas ") + SpanishFormat.list(records.map(String.init)))
        }
        if proclaimedOn == nil { parts.append("en curso") }
        return Evidence(
            .process, name, subject: id, date: proclaimedOn,
            detail: parts.isEmpty ? nil : parts.joined(separator: ", "))
    }
}

import Foundation
import Kernel

/// Who came, and whether they were enough.
extension MinutesComposition {
    /// Each person once, however often they came and went.
    var people: [[MinutesFacts.Attendance]] {
        var order: [String] = []
        var grouped: [String: [MinutesFacts.Attendance]] = [:]
        for attendance in facts.attendances {
            let key =
                attendance.person?.uuidString ?? "\(attendance.capacity.rawValue) \(attendance.name.folded)"
            if grouped[key] == nil { order.append(key) }
            grouped[key, default: []].append(attendance)
        }
        return order.compactMap { grouped[$0] }
    }

    var affiliates: Int { people.count { [.entitled, .user].contains($0[0].capacity) } }

    var counts: [Minutes.Count] {
        guard !facts.attendances.isEmpty else { return [] }
        return [
            Minutes.Count(label: RecordMinutes.attendeesLabel, people: people.count),
            Minutes.Count(label: "N.º de afiliados en la reunión", people: affiliates),
            Minutes.Count(label: "N.º de afiliados inscritos", people: facts.enrolled),
        ]
    }

    var attendance: Section? {
        guard !facts.attendances.isEmpty || !facts.excuses.isEmpty || !facts.scans.isEmpty else { return nil }
        let people = people
        var figures: [[String]] = []
        for capacity in MinutesFacts.Attendance.Capacity.allCases {
            let those = people.filter { $0[0].capacity == capacity }
            let beside = those.count(where: isBesidePrincipal)
            if those.count > beside {
                figures.append([capacity.many, SpanishFormat.number(those.count - beside)])
            }
            if beside > 0 {
                figures.append(["Suplentes, con su principal presente", SpanishFormat.number(beside)])
            }
        }
        figures.append(["Total de asistentes", SpanishFormat.number(people.count)])
        figures.append(["N.º de afiliados en la reunión", SpanishFormat.number(affiliates)])
        figures.append(["N.º de afiliados inscritos", SpanishFormat.number(facts.enrolled)])
        let table = Block.table(columns: ["Asistencia", "Personas"], rows: figures)
        var blocks = [table]
        var open = [table]
        if !people.isEmpty {
            blocks.append(
                .table(
                    columns: ["N.º", "Nombre", "Calidad", "Llegó", "Se retiró"],
                    rows: people.enumerated().map { index, stays in
                        [
                            String(index + 1), stays[0].name,
                            [
                                isBesidePrincipal(stays)
                                    ? "Suplente, con su principal presente" : stays[0].capacity.one,
                                stays[0].seat?.words, stays[0].represents,
                                stays[0].isRemote ? "a distancia" : nil,
                            ]
                            .compactMap(\.self).joined(separator: ", "),
                            stays.map { time($0.arrivedAt) }.joined(separator: "; "),
                            stays.map { $0.leftAt.map(time) ?? "Al cierre" }.joined(separator: "; "),
                        ]
                    }))
        }
        if !facts.excuses.isEmpty {
            blocks.append(.heading(text: "Excusas"))
            blocks.append(.list(items: facts.excuses.map { "\($0.name): \($0.reason)" }))
            open.append(.paragraph(text: "Excusas: \(facts.excuses.count)."))
        }
        if !absent.isEmpty {
            blocks.append(.heading(text: "Ausencias sin excusa"))
            blocks.append(.list(items: absent.map { "\($0.name), \($0.office)" }))
            open.append(.paragraph(text: "Ausencias sin excusa: \(absent.count)."))
        }
        if !facts.scans.isEmpty {
            let scans = facts.scans.map { scan in
                "\(scan.sheet.map { "Lista \($0)" } ?? "Lista firmada"): SHA-256 \(scan.sha256)"
            }
            blocks += [.heading(text: "Listas firmadas que se conservan"), .list(items: scans)]
            open += [.heading(text: "Listas firmadas que se conservan"), .list(items: scans)]
        }
        return section("asistencia", "Asistencia", blocks, publishing: open)
    }

    /// Whether somebody was there only while one was who comes before them in the same seat, and so did not decide.
    func isBesidePrincipal(_ stays: [MinutesFacts.Attendance]) -> Bool {
        stays.allSatisfy { stay in
            guard let seat = stay.seat, seat.rank > 0 else { return false }
            return facts.attendances.contains {
                $0.seat.map { $0.id == seat.id && $0.rank < seat.rank } ?? false && $0.overlaps(stay)
            }
        }
    }

    var absent: [MinutesFacts.Entitled] {
        let came = Set(facts.attendances.compactMap(\.person))
        let excused = Set(facts.excuses.map(\.person))
        return facts.entitled.filter { holder in
            holder.person.map { !came.contains($0) && !excused.contains($0) } ?? false
        }
    }

    func sentence(_ check: MinutesFacts.Check) -> String {
        let call = check.call == 2 ? ", en segunda convocatoria" : ""
        let source = check.source.isEmpty ? "" : " (\(check.source))"
        return
            "\(check.occasion.words)\(call), \(moment(check.checkedAt)): \(check.present) presentes de \(check.base); se exigían \(check.required)\(source). \(check.isMet ? "Hubo quórum." : "No hubo quórum.")"
    }

    var quorum: Section? {
        guard !facts.checks.isEmpty else { return nil }
        return section("quorum", "Quórum", [.list(items: facts.checks.map(sentence))])
    }
}

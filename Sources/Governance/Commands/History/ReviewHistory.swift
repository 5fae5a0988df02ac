public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Asks what a sheet of history would bring: which body, seat and person each row means, what is in already, and what is
/// wrong. Nothing is kept.
public struct ReviewHistory: Query {
    /// Who may ask it.
    public static let permission = Permission.importHistory
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The sheet.
    public let sheet: HistorySheet

    /// Takes a sheet.
    public init(_ sheet: HistorySheet, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.sheet = sheet
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> HistoryReview {
        try await HistoryReviewer(alliance: alliance, today: ColombianTime.date(at: now))
            .review(sheet, in: transaction)
    }
}

/// Finds out what the rows of a sheet mean.
struct HistoryReviewer {
    let alliance: ID<Alliance>
    let today: CalendarDate

    func review(
        _ sheet: HistorySheet, in transaction: borrowing TenantTransaction
    ) async throws -> HistoryReview {
        var (records, problems) = sheet.records(on: today)
        var finder = Finder(
            today: today, bodies: try await transaction.bodies(of: alliance),
            people: try await transaction.people(with: records.compactMap(\.document)))
        if sheet.kind == .mandates {
            for body in finder.bodies {
                finder.seats[body.id] = try await transaction.seats(of: body.id)
                finder.mandates[body.id] = try await transaction.mandates(of: body.id)
            }
        }
        if sheet.kind == .minutes { finder.book = try await transaction.bookEntries(of: alliance) }
        let keys = try await transaction.historyKeys(of: alliance)
        var seen: Set<String> = []
        var entries: [HistoryEntry] = []
        for record in records {
            do throws(HistorySheet.Problem) {
                let found = try finder.entry(of: record)
                guard seen.insert(found.key).inserted else {
                    throw HistorySheet.Problem(
                        row: record.row, column: nil, message: "Esta fila repite otra de la misma hoja.")
                }
                let entry = keys.contains(found.key) ? found.known() : found
                if !entry.isKnown { try finder.place(entry) }
                entries.append(entry)
            } catch {
                problems.append(error)
            }
        }
        return HistoryReview(sheet: sheet, entries: entries, problems: problems)
    }

    /// What the names of a sheet mean in an alliance.
    private struct Finder {
        let today: CalendarDate
        let bodies: [Body]
        let people: [IdentityDocument: (person: ID<Person>, name: String)]
        var seats: [ID<Body>: [Seat]] = [:]
        var mandates: [ID<Body>: [MandateSummary]] = [:]
        var book: [BookEntry] = []
        /// The days that rows of the sheet take on a rank of a seat.
        private var taken: [SeatRank: [ClosedRange<CalendarDate>]] = [:]

        private struct SeatRank: Hashable {
            let seat: ID<Seat>
            let rank: Int
        }

        init(
            today: CalendarDate, bodies: [Body],
            people: [IdentityDocument: (person: ID<Person>, name: String)]
        ) {
            self.today = today
            self.bodies = bodies
            self.people = people
        }

        func entry(of record: PastRecord) throws(HistorySheet.Problem) -> HistoryEntry {
            switch record.content {
            case .mandate(let mandate): try entry(of: mandate, record)
            case .minutes(let minutes): try entry(of: minutes, record)
            case .election(let election): try entry(of: election, record)
            }
        }

        private func entry(
            of mandate: PastRecord.Mandate, _ record: PastRecord
        ) throws(HistorySheet.Problem) -> HistoryEntry {
            let body = try body(named: mandate.body, record)
            guard let seat = seats[body.id]?.first(where: { $0.title.folded == mandate.seat.folded }) else {
                throw problem(
                    record, .seat,
                    "«\(body.name)» no tiene un puesto llamado «\(mandate.seat)». Escriba uno de estos: \(SpanishFormat.choice(seats[body.id, default: []].map(\.title)))."
                )
            }
            let days = days(of: mandate, in: body)
            if let endsOn = mandate.endsOn, endsOn > body.term.lastDay(from: mandate.startsOn) {
                throw problem(
                    record, .endsOn, MandateError.longerThanLimit(months: body.term.months).message)
            }
            if body.formation == .appointment, mandate.appointment == nil {
                throw problem(
                    record, .act,
                    "En «\(body.name)» el período nace del nombramiento y la posesión: escriba el acto y las dos fechas."
                )
            }
            let (holder, name, remark) = try holder(
                of: mandate, on: seat, of: body, until: days.upperBound, record)
            let known = mandates[body.id, default: []].contains { other in
                other.seat == seat.id && other.rank == mandate.rank && other.startsOn == mandate.startsOn
                    && other.holderName.folded == name.folded && other.state != .annulled
            }
            return HistoryEntry(
                record, .mandate(mandate, seat: seat.id, body: body.id, holder: holder), subject: name,
                isKnown: known, remark: remark)
        }

        private func entry(
            of minutes: PastRecord.Minutes, _ record: PastRecord
        ) throws(HistorySheet.Problem) -> HistoryEntry {
            let body = try minutes.body.map { name throws(HistorySheet.Problem) in
                try self.body(named: name, record)
            }
            let sameDay = book.filter { $0.day == minutes.day && $0.body == body?.name }
            let known = sameDay.contains { other in
                minutes.number == nil
                    ? other.title.folded == minutes.title.folded : other.number == minutes.number
            }
            let remark =
                known || sameDay.isEmpty ? nil : "Ya hay otra acta de ese día. Revise que no sea la misma."
            return HistoryEntry(
                record, .minutes(minutes, body: body?.id), subject: minutes.title, isKnown: known,
                remark: remark)
        }

        private func entry(
            of election: PastRecord.Election, _ record: PastRecord
        ) throws(HistorySheet.Problem) -> HistoryEntry {
            let body = try election.body.map { name throws(HistorySheet.Problem) in
                try self.body(named: name, record)
            }
            let remark: String? =
                switch election.unexplained {
                case nil, 0?: nil
                case let missing? where missing > 0:
                    "El papel no explica \(SpanishFormat.count(missing, "voto", "votos")) de los que hubo."
                case let more?:
                    "El papel cuenta \(SpanishFormat.count(-more, "voto", "votos")) más que votantes."
                }
            return HistoryEntry(
                record, .election(election, body: body?.id), subject: election.title, remark: remark)
        }

        /// Takes the days of a mandate, so that no other row takes them too.
        mutating func place(_ entry: HistoryEntry) throws(HistorySheet.Problem) {
            guard case .mandate(let mandate, let seat, let id, _) = entry.content,
                let body = bodies.first(where: { $0.id == id })
            else { return }
            let days = days(of: mandate, in: body)
            let place = SeatRank(seat: seat, rank: mandate.rank)
            let isHeld = mandates[id, default: []].contains { other in
                other.seat == seat && other.rank == mandate.rank && other.state != .annulled
                    && other.state != .neverHeld && other.startsOn <= other.lastDay
                    && days.overlaps(other.startsOn...other.lastDay)
            }
            if isHeld || taken[place, default: []].contains(where: { $0.overlaps(days) }) {
                throw problem(
                    entry.record, .startsOn,
                    "Ese puesto ya tiene titular en esas fechas, aquí o en otra fila. Revise los dos períodos."
                )
            }
            taken[place, default: []].append(days)
        }

        private func days(of mandate: PastRecord.Mandate, in body: Body) -> ClosedRange<CalendarDate> {
            let last = mandate.end?.on ?? mandate.endsOn ?? body.term.lastDay(from: mandate.startsOn)
            return mandate.startsOn...max(mandate.startsOn, last)
        }

        private func holder(
            of mandate: PastRecord.Mandate, on seat: Seat, of body: Body, until last: CalendarDate,
            _ record: PastRecord
        ) throws(HistorySheet.Problem) -> (NewMandate.Holder, String, String?) {
            if let document = mandate.document, let known = people[document] {
                return (.person(known.person), known.name, nil)
            }
            guard let name = mandate.name else {
                throw problem(
                    record, .document,
                    "Esa persona no está en el padrón. Revise el documento o, si el período ya terminó, escriba también su nombre."
                )
            }
            // Who sits there today acts and signs: that is somebody of the register.
            guard last < today || (body.isExternal && !seat.isElected) else {
                throw problem(record, .document, MandateError.holderMustBeKnown.message)
            }
            return (
                .named(name), name,
                "No está en el padrón: queda con su nombre y no cuenta para el límite de reelección."
            )
        }

        private func body(named name: String, _ record: PastRecord) throws(HistorySheet.Problem) -> Body {
            let folded = name.folded
            if let body = bodies.first(where: { $0.name.folded == folded }) { return body }
            let names = bodies.map(\.name)
            throw problem(
                record, .body,
                names.isEmpty
                    ? "La alianza no tiene organismos todavía. Créelos en Gobierno y envíe la hoja otra vez."
                    : "No hay un organismo llamado «\(name)». Escriba uno de estos, o créelo en Gobierno: \(SpanishFormat.choice(names))."
            )
        }

        private func problem(
            _ record: PastRecord, _ column: HistorySheet.Column, _ message: String
        ) -> HistorySheet.Problem {
            HistorySheet.Problem(row: record.row, column: column.rawValue, message: message)
        }
    }
}

extension HistorySheet.Problem: Error {}

extension PastRecord {
    fileprivate var document: IdentityDocument? {
        if case .mandate(let mandate) = content { mandate.document } else { nil }
    }
}

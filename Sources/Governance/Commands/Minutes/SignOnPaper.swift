public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Makes lists to sign (`planillas`) of those entitled in a meeting, a letter each, forty rows the most.
///
/// Those that were made before stay as they are, since somebody may have them in hand; only who stands on none is put
/// on new ones.
public struct PrepareSheets: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// A meeting for which lists are made.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// Makes them.
    ///
    /// - Returns: How many were made.
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state != .cancelled else { throw AttendanceError.cancelled }
        let known = try await transaction.sheets(of: meeting)
        let listed = Set(known.flatMap(\.people))
        let people = try await transaction.entitled(in: found, of: alliance, limit: ListEntitled.limit)
        guard !people.isEmpty else { throw AttendanceError.nobodyToList }
        let rest = people.map(\.key.id).filter { !listed.contains($0) }
        var made = 0
        for start in stride(from: 0, to: rest.count, by: AttendanceSheet.rows) {
            guard let code = SheetRow.letter(known.count + made) else { break }
            let rows = Array(rest[start..<min(start + AttendanceSheet.rows, rest.count)])
            let isLast = start + AttendanceSheet.rows >= rest.count
            try await transaction.insert(
                AttendanceSheet(
                    id: ID(), code: code, people: rows, blankRows: isLast ? 10 : 0, printedAt: now),
                of: meeting)
            made += 1
        }
        return Audited(made, event("sheet.made", ["sheets": String(made), "people": String(rest.count)]))
    }
}

/// Enters what was signed on paper by the codes of its rows: all of them, or none where one cannot be read.
public struct EnterSheet: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The rows that were signed.
    public let rows: [SheetRow]
    /// When they came; `nil` for when the session opened, or its call.
    public let arrivedAt: Date?

    /// Takes what a person typed.
    public init(
        _ rows: [SheetRow], of meeting: ID<Meeting>, in alliance: ID<Alliance>, arrivedAt: Date? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.rows = rows
        self.arrivedAt = arrivedAt
    }

    /// What was entered.
    public struct Report: Sendable, Hashable {
        /// How many were noted.
        public var noted = 0
        /// Those who were noted before by another way: the earlier arrival counts.
        public var alsoNoted: [String] = []
    }

    /// Enters it.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Report> {
        let (found, hours) = try await transaction.attending(meeting, of: alliance, by: .paperSheet, at: now)
        let sheets = Dictionary(
            try await transaction.sheets(of: meeting).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        let unknown = rows.filter { row in
            sheets[row.sheet].map { row.row > $0.people.count + $0.blankRows } ?? true
        }
        guard unknown.isEmpty else { throw AttendanceError.unknownRows(unknown.map(\.description)) }
        let blank = rows.filter { row in sheets[row.sheet].map { row.row > $0.people.count } ?? true }
        guard blank.isEmpty else { throw AttendanceError.blankRows(blank.map(\.description)) }
        let known = found.session?.openedAt ?? found.calledFor ?? now
        let arrivedAt = self.arrivedAt ?? min(max(known, hours.range.lowerBound), hours.range.upperBound)
        guard hours.range.contains(arrivedAt) else { throw AttendanceError.outsideHours }
        var report = Report()
        for row in rows {
            guard let id = sheets[row.sheet]?.people[row.row - 1] else { continue }
            let attendee = try await transaction.resolve(
                .entitled(EntitledPerson.Key(id: id)), in: found, of: alliance)
            let conflict = try await transaction.note(
                NewStay(
                    attendee: attendee, way: .inPerson, method: .paperSheet, arrivedAt: arrivedAt,
                    sheetCode: row.description), in: meeting, at: now)
            if conflict == .none { report.noted += 1 } else { report.alsoNoted.append(attendee.name) }
        }
        try await transaction.followQuorum(in: found, of: alliance, since: arrivedAt, at: now)
        return Audited(
            report,
            event("sheet.entered", ["rows": String(rows.count), "noted": String(report.noted)]))
    }
}

/// Keeps the photograph or scan of a signed list, with its digest.
public struct AttachScan: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The file.
    public let file: StoredFile
    /// The letter of the list, where it is of one that was printed here.
    public let sheet: String?

    /// Takes a file.
    public init(_ file: StoredFile, of sheet: String?, in meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.file = file
        self.sheet = sheet
    }

    /// Keeps it.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let held = try await transaction.holding(meeting, of: alliance)
        guard try await !transaction.minutesAreOut(of: meeting) else {
            throw AttendanceError.minutesCirculated
        }
        let known = try await transaction.sheets(of: meeting).first { $0.code == sheet }
        let id = try await transaction.store(
            file, as: .attendance, in: .alliance(alliance), isReserved: held.isReserved, at: now)
        try await transaction.insert(scan: file, kept: id, sheet: known?.id, of: meeting, at: now)
        return Audited(
            event("sheet.scanned", ["sheet": known?.code ?? "", "sha256": Hex.encode(file.sha256)]))
    }
}

/// Takes in the attendance list of a remote session, once somebody said who each is.
public struct ImportAttendance: MeetingCommand {
    /// Somebody of the list.
    public struct Entry: Sendable, Hashable {
        /// Who they are.
        public let attendee: Attendee
        /// When they came in; `nil` where the list does not tell.
        public let joinedAt: Date?
        /// When they went out.
        public let leftAt: Date?

        /// Describes somebody.
        public init(_ attendee: Attendee, joinedAt: Date?, leftAt: Date?) {
            self.attendee = attendee
            self.joinedAt = joinedAt
            self.leftAt = leftAt
        }
    }

    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Those who count.
    public let entries: [Entry]

    /// Takes a list that was reviewed.
    ///
    /// - Throws: ``AttendanceError/nobodyChosen``.
    public init(_ entries: [Entry], to meeting: ID<Meeting>, of alliance: ID<Alliance>)
        throws(AttendanceError)
    {
        guard !entries.isEmpty else { throw .nobodyChosen }
        self.alliance = alliance
        self.meeting = meeting
        self.entries = entries
    }

    /// Takes it in.
    ///
    /// - Returns: What became of it.
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<EnterSheet.Report> {
        let (found, hours) = try await transaction.attending(meeting, of: alliance, by: .import, at: now)
        var report = EnterSheet.Report()
        var earliest = now
        for entry in entries {
            let attendee = try await transaction.resolve(entry.attendee, in: found, of: alliance)
            let joinedAt = entry.joinedAt ?? found.session?.openedAt ?? found.calledFor ?? now
            let arrivedAt = min(max(joinedAt, hours.range.lowerBound), hours.range.upperBound)
            var stay = NewStay(attendee: attendee, way: .remote, method: .import, arrivedAt: arrivedAt)
            // Who stayed until the session closed did not leave it.
            if let left = entry.leftAt, left > arrivedAt,
                left < (found.session?.closedAt ?? hours.range.upperBound)
            {
                stay.leftAt = left
            }
            let conflict = try await transaction.note(stay, in: meeting, at: now)
            if conflict == .none { report.noted += 1 } else { report.alsoNoted.append(attendee.name) }
            earliest = min(earliest, arrivedAt)
        }
        try await transaction.followQuorum(in: found, of: alliance, since: earliest, at: now)
        return Audited(
            report,
            event(
                "attendance.imported",
                ["people": String(entries.count), "noted": String(report.noted)]))
    }
}

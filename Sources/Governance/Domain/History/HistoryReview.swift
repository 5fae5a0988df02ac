public import Foundation
public import Kernel
public import Tenancy

/// A row of history as it would come in: which body, seat and person it means, and whether it is in already.
public struct HistoryEntry: Sendable, Hashable {
    /// What comes in.
    public enum Content: Sendable, Hashable {
        /// A mandate on a seat.
        case mandate(PastRecord.Mandate, seat: ID<Seat>, body: ID<Body>, holder: NewMandate.Holder)
        /// Minutes of a body, or of the alliance.
        case minutes(PastRecord.Minutes, body: ID<Body>?)
        /// An election to a body.
        case election(PastRecord.Election, body: ID<Body>?)
    }

    /// The record, as its row tells it.
    public let record: PastRecord
    /// What comes in.
    public let content: Content
    /// Who or what it is of, for whoever reviews it.
    public let subject: String
    /// Whether the same is in already: it is passed over.
    public let isKnown: Bool
    /// What whoever reviews it should know, where there is something.
    public let remark: String?

    /// What makes it the same in another sheet.
    public var key: String {
        switch content {
        case .mandate(let mandate, let seat, _, let holder):
            let who = if case .person(let person) = holder { person.description } else { subject.folded }
            return "mandate/\(seat)/\(mandate.rank)/\(mandate.startsOn)/\(who)"
        case .minutes(let minutes, let body):
            let name = minutes.number ?? "\(minutes.kind.rawValue) \(minutes.title)"
            return "minutes/\(body.map(\.description) ?? "")/\(minutes.day)/\(name.folded)"
        case .election(let election, let body):
            return "election/\(body.map(\.description) ?? "")/\(election.day)/\(election.title.folded)"
        }
    }

    /// Makes an entry.
    public init(
        _ record: PastRecord, _ content: Content, subject: String, isKnown: Bool = false,
        remark: String? = nil
    ) {
        self.record = record
        self.content = content
        self.subject = subject
        self.isKnown = isKnown
        self.remark = remark
    }

    /// The same entry, known.
    func known() -> Self { Self(record, content, subject: subject, isKnown: true, remark: remark) }
}

/// What was understood of a sheet of history, or what is wrong with it.
public struct HistoryReview: Sendable, Hashable {
    /// The sheet.
    public let sheet: HistorySheet
    /// Its rows, in order.
    public let entries: [HistoryEntry]
    /// What is wrong, by row. While there is anything, nothing comes in.
    public let problems: [HistorySheet.Problem]

    /// Makes a review.
    public init(sheet: HistorySheet, entries: [HistoryEntry], problems: [HistorySheet.Problem]) {
        self.sheet = sheet
        self.entries = entries
        self.problems = problems.sorted { $0.row < $1.row }
    }

    /// The rows that come in.
    public var fresh: [HistoryEntry] { problems.isEmpty ? entries.filter { !$0.isKnown } : [] }

    /// The names of the scans that are to come with them, each once.
    public var scans: [String] {
        var seen: Set<String> = []
        return fresh.compactMap(\.record.scan).filter { seen.insert(HistoryScan.plain($0)).inserted }
    }
}

/// A scan that was sent beside a sheet.
public struct HistoryScan: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its content.
    public let content: [UInt8]

    /// Takes a file.
    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }

    /// The file as it is kept, with the day of its record.
    func stored(on day: CalendarDate) throws(StoredFileError) -> StoredFile {
        try StoredFile(name: name, content: content, effectiveOn: day, accepted: [.pdf, .jpeg, .png])
    }

    /// Whether a cell means it: by its whole name or without its ending, whatever the case of the letters.
    public func isMeant(by cell: String) -> Bool {
        let (own, asked) = (Self.plain(name), Self.plain(cell))
        guard own != asked, let dot = own.lastIndex(of: ".") else { return own == asked }
        return own[..<dot] == asked
    }

    static func plain(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? name
        return last.precomposedStringWithCanonicalMapping.lowercased()
    }
}

/// An import of history.
public struct HistoryImport: Sendable, Hashable, Identifiable {
    /// Identifies it.
    public let id: Kernel.ID<HistoryImport>
    /// What it brought.
    public let kind: HistoryKind
    /// The name of the sheet.
    public let fileName: String
    /// How many rows came in.
    public let rows: Int
    /// When.
    public let importedAt: Date
    /// By whom, where a person did.
    public let importedBy: String?
    /// When it was undone.
    public let undoneAt: Date?
    /// Why it was undone.
    public let undoReason: String?
}

/// An election held before the product, as it is kept.
public struct PastElection: Sendable, Hashable, Identifiable {
    /// Identifies it.
    public let id: Kernel.ID<PastElection>
    /// What its paper tells; the body by the name that it has now.
    public let record: PastRecord.Election
    /// Its scan.
    public let file: Kernel.ID<StoredFile>?
}

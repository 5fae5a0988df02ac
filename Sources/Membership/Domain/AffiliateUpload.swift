public import Foundation
public import Kernel
public import Tenancy

/// A file of affiliates that somebody sent through the pages, from its receipt until it is merged or given up.
public struct AffiliateUpload: Sendable {
    /// Where the file stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It lies on the server and is, or is to be, checked.
        case received
        /// It was checked and compared; its rows wait for somebody to confirm.
        case checked
        /// Somebody confirmed; its rows are, or are to be, merged.
        case confirmed
        /// Its rows are in the register.
        case merged
        /// It was given up, and nothing of it is kept.
        case discarded
    }

    /// Identifies the file, and the import that may come of it.
    public let batch: ID<ImportBatch>
    /// The name of the file on the person's machine, without its folder.
    public let fileName: String
    /// Its size.
    public let byteCount: Int
    /// The day of which it tells (`fecha de corte`).
    public let cutoff: CalendarDate
    /// Where it stands.
    public let state: State
    /// The long work that checks or merges it.
    public let job: ID<Job>
    /// What the check found; there while somebody has to decide on it.
    public let preview: AffiliateImportPreview?
    /// Who confirmed.
    public let confirmedBy: ID<User>?
}

/// What the check of a file found, for the person who is to confirm.
public struct AffiliateImportPreview: Sendable, Hashable, Codable {
    /// A column of the file.
    public struct Column: Sendable, Hashable, Codable {
        /// Its name in the file.
        public let name: String
        /// What it was taken for, by ``AffiliateColumn/title``; `nil` where it is not kept.
        public let title: String?
    }

    /// A refused row, as its report tells it.
    public struct RefusedRow: Sendable, Hashable, Codable {
        /// The physical line on which the record starts.
        public let line: Int
        /// The name of the column, empty where the row as a whole is at fault.
        public let column: String
        /// What the file says there, shortened.
        public let value: String
        /// What is wrong and how to mend it.
        public let reason: String

        init(_ refusal: Refusal) {
            line = refusal.line
            column = refusal.column
            value = refusal.value
            reason = refusal.fault.reason
        }
    }

    /// The most refused rows that are told here; all are in the report.
    static let mostRefusedRows = 10

    /// The rows that wait.
    public let staged: StagedAffiliates
    /// What merging them would do.
    public let summary: AffiliateImportSummary
    /// How the bytes were read: the name of the encoding.
    public let encoding: String
    /// What stands between two values, in Spanish.
    public let separator: String
    /// The columns in the order of the file.
    public let columns: [Column]
    /// What the office should know, in Spanish.
    public let notices: [String]
    /// The first refused rows.
    public let refusedRows: [RefusedRow]
    /// How much of what would change.
    public let extent: AffiliateImportExtent
    /// Whether the report of refused rows was cut at its greatest size.
    public let isReportCut: Bool

    /// What should make the person look twice, a sentence each; empty for a file like those before it.
    public var warnings: [String] {
        var warnings: [String] = []
        let total = extent.registered
        if summary.changed >= Self.fewPeople, summary.changed * 5 > total {
            warnings.append(
                """
                Cambiarían los datos de \(SpanishFormat.number(summary.changed)) personas, el \
                \(SpanishFormat.percentage(summary.changed, of: total, decimals: 0)) del padrón.
                """)
        }
        if extent.deactivated >= Self.fewPeople, extent.deactivated * 10 > total {
            warnings.append(
                """
                \(SpanishFormat.number(extent.deactivated)) personas dejarían de estar activas, el \
                \(SpanishFormat.percentage(extent.deactivated, of: total, decimals: 0)) del padrón.
                """)
        }
        if total > 0, summary.new >= Self.fewPeople, summary.new > total {
            warnings.append(
                """
                Llegarían \(SpanishFormat.number(summary.new)) personas nuevas, más de las \
                \(SpanishFormat.number(total)) que hay hoy.
                """)
        }
        if summary.refused >= Self.fewPeople, summary.refused * 10 > summary.read {
            warnings.append(
                """
                Se rechazarían \(SpanishFormat.number(summary.refused)) filas, el \
                \(SpanishFormat.percentage(summary.refused, of: summary.read, decimals: 0)) del archivo.
                """)
        }
        return warnings
    }

    /// Below so many people nobody is warned. [design]
    private static let fewPeople = 20
}

/// How much of the register a file would change.
public struct AffiliateImportExtent: Sendable, Hashable, Codable {
    /// The people in the register before.
    public let registered: Int
    /// The people who are active and would not be.
    public let deactivated: Int
    /// The people of whom a column would say something else, by ``AffiliateColumn/title``, in the order of columns.
    public let columns: [ColumnCount]

    /// In how many people a column would change.
    public struct ColumnCount: Sendable, Hashable, Codable {
        /// The column, by ``AffiliateColumn/title``.
        public let title: String
        /// The people.
        public let people: Int
    }
}

/// What a file would change of one person.
public struct AffiliateChange: Sendable, Hashable {
    /// The person's document.
    public let document: IdentityDocument
    /// The person's name in the register.
    public let name: String
    /// What would change.
    public let differences: [AffiliateDifference]
}

/// A value of a person that is another than before.
public struct AffiliateDifference: Sendable, Hashable {
    /// The column, by ``AffiliateColumn/title``.
    public let title: String
    /// What was said, `nil` for nothing.
    public let before: String?
    /// What is said.
    public let after: String?

    /// Compares two values as files and tables have them, and tells them as people read them.
    init(_ column: AffiliateColumn, before: String?, after: String?) {
        title = column.title
        self.before = before.map { Self.words(for: $0, in: column) }
        self.after = after.map { Self.words(for: $0, in: column) }
    }

    /// A value of files and tables as people read it.
    public static func words(for value: String, in column: AffiliateColumn) -> String {
        switch column {
        case .sex: Sex(rawValue: value)?.name ?? value
        case .regime: Regime(rawValue: value)?.name ?? value
        case .state: AffiliationState(rawValue: value)?.name ?? value
        case .birthDate: CalendarDate(value).map(SpanishFormat.date) ?? value
        default: value
        }
    }
}

/// An import of the register as its history tells it: sent through the pages, or merged at the terminal.
public struct AffiliateImportRecord: Sendable {
    /// What became of it.
    public enum Standing: Sendable, Hashable {
        /// The file is, or is to be, checked.
        case checking
        /// The file was checked and waits for somebody to confirm.
        case checked
        /// It is, or is to be, merged.
        case merging
        /// Check or merge failed, for a reason in Spanish; nothing was changed.
        case failed(String)
        /// It is in the register.
        case merged
        /// It is, or is to be, undone.
        case undoing
        /// It could not be undone, for a reason in Spanish; it is in the register.
        case undoFailed(String)
        /// It was undone.
        case undone
        /// The file was given up.
        case discarded
    }

    /// Identifies the import.
    public let id: ID<ImportBatch>
    /// The name of the file.
    public let fileName: String
    /// The day of which it tells.
    public let cutoff: CalendarDate
    /// What became of it.
    public let standing: Standing
    /// The long work on it, where there is or was any.
    public let job: Job?
    /// When it was merged, or else received.
    public let at: Date
    /// Who did that; `nil` for the terminal.
    public let by: String?
    /// When it was undone.
    public let undoneAt: Date?
    /// Who asked for that.
    public let undoneBy: String?
    /// What became of its rows, once it was merged; before, what would.
    public let summary: AffiliateImportSummary?
    /// What the check found, while it waits.
    public let preview: AffiliateImportPreview?
    /// The report of the refused rows, where the tenant keeps it.
    public let report: ID<StoredFile>?
    /// Whether the register took nothing in after it, so that it may be undone.
    public let isLatest: Bool
}

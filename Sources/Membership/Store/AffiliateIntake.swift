import Kernel
import Tenancy

/// Turns a file of affiliates into the text that is copied into the staging table, piece by piece, as fast as the
/// server takes it, and writes the refused rows to their report.
actor AffiliateIntake {
    /// Enough that a piece costs more than handing it over.
    private static let piece = 1 << 18

    private var reader: AffiliateFileReader
    private var lines: StagedAffiliateLines
    private let report: @Sendable ([UInt8]) throws -> Void
    private let tell: @Sendable (AffiliateImportProgress) -> Void
    private let staged: (batch: ID<ImportBatch>, fileName: String)
    /// The first rows that were refused.
    private(set) var firstRefusals: [Refusal] = []

    init(
        _ reader: AffiliateFileReader, fileName: String, organization: ID<Organization>,
        batch: ID<ImportBatch>,
        report: @escaping @Sendable ([UInt8]) throws -> Void,
        progress: @escaping @Sendable (AffiliateImportProgress) -> Void
    ) throws {
        self.reader = reader
        self.report = report
        tell = progress
        staged = (batch, fileName)
        lines = StagedAffiliateLines(organization: organization, batch: batch)
        try report(RefusalReport.beginning)
    }

    /// The next piece of text, `nil` at the end of the file.
    func next() throws -> [UInt8]? {
        var refusals: [UInt8] = []
        reading: while lines.bytes.count < Self.piece, refusals.count < Self.piece {
            switch try reader.next() {
            case .accepted:
                let (row, text) = reader.row
                lines.append(row, of: text.span)
            case .refused:
                for refusal in reader.refusals {
                    RefusalReport.append(refusal, to: &refusals)
                    if firstRefusals.count < AffiliateImportPreview.mostRefusedRows {
                        firstRefusals.append(refusal)
                    }
                }
            case .endOfFile:
                break reading
            }
        }
        if !refusals.isEmpty { try report(refusals) }
        tell(progress(.checking))
        // A stretch of nothing but refused rows gives an empty piece, which is not the end.
        if lines.bytes.isEmpty, refusals.isEmpty { return nil }
        return lines.take(capacity: Self.piece + RecordSplitter.longestRecord)
    }

    /// How far it is.
    func progress(_ phase: AffiliateImportProgress.Phase) -> AffiliateImportProgress {
        AffiliateImportProgress(
            phase: phase, bytesRead: reader.bytesRead, read: reader.readCount, refused: reader.refusedCount)
    }

    /// What was read, once all of it was.
    var result: StagedAffiliates {
        StagedAffiliates(
            batch: staged.batch, fileName: staged.fileName, digest: reader.digest,
            accepted: reader.readCount - reader.refusedCount, refused: reader.refusedCount,
            columns: Set(reader.format.columns.compactMap(\.column?.header)))
    }
}

import Glibc
import Kernel
import Membership
import Synchronization
import VerifiableVoting

/// How far long work is, on one line of the terminal that is written over; nothing where nobody watches.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let lastWritten = Mutex<ContinuousClock.Instant?>(nil)

    /// Makes a line; it shows only on a terminal.
    init(isShown: Bool) {
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
    }

    /// Shows how far an import is.
    func show(_ progress: AffiliateImportProgress, of byteCount: Int?) {
        let share = byteCount.map { count in
            count > 0
                ? SpanishFormat.percentage(min(progress.bytesRead, count), of: count, decimals: 0) : "100 %"
        }
        let words =
            switch progress.phase {
            case .checking: "Se revisan las filas"
            case .comparing: "Se comparan con el padrón"
            case .merging: "Se escribe el padrón"
            }
        write("\(words): \(SpanishFormat.number(progress.read))\(share.map { " (\($0))" } ?? "")")
    }

    /// Shows how far a verification is.
    func show(_ progress: ArchiveVerifier.Progress) {
        let share = SpanishFormat.percentage(progress.bytesRead, of: progress.byteCount, decimals: 0)
        write("Se revisan las papeletas: \(SpanishFormat.number(progress.ballots)) (\(share))")
    }

    /// Clears the line.
    func end() {
        guard isShown else { return }
        Terminal.overwriteLine("")
    }

    private func write(_ words: String) {
        guard isShown else { return }
        let isDue = lastWritten.withLock { last in
            let now = ContinuousClock.now
            if let last, now - last < .milliseconds(200) { return false }
            last = now
            return true
        }
        if isDue { Terminal.overwriteLine(words) }
    }
}

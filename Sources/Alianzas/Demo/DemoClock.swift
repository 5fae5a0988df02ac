import Foundation
import Kernel

/// The clock of a demonstration, which can be put forward: an election takes weeks from its call to its
/// proclamation, and whoever shows the product, or tests it, has a morning.
///
/// It moves in a data folder that the demonstration was loaded into, and in no other; only forward, since what was
/// done bears its time.
struct DemoClock: Sendable {
    private let file: String
    private let isDemonstration: Bool

    /// The clock of what a configuration names: the real one unless its own cluster holds the demonstration.
    init(_ configuration: Configuration) {
        file = "\(configuration.dataFolder)/reloj"
        isDemonstration =
            configuration.storage == .privateCluster
            && DemoCard(folder: configuration.dataFolder).isWritten
    }

    /// How many seconds it is ahead of the real one. Read each time: another process puts it forward.
    private var ahead: Int {
        guard isDemonstration, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return 0 }
        return max(0, Int(text) ?? 0)
    }

    /// The time that the product works with.
    @Sendable
    func now() -> Date { Date(timeIntervalSinceNow: TimeInterval(ahead)) }

    /// What every page tells while the clock is ahead.
    @Sendable
    func remark() -> String? {
        guard ahead > 0 else { return nil }
        return "Demostración con el reloj adelantado: \(SpanishFormat.longDateAndTime(now()))"
    }

    /// Puts the clock forward.
    ///
    /// - Throws: ``DemoError/notADemonstration`` or ``DemoError/clockGoesForward(_:)``.
    func advance(to instant: Date) throws {
        guard isDemonstration else { throw DemoError.notADemonstration }
        guard instant >= now() else { throw DemoError.clockGoesForward(now()) }
        let seconds = Int(instant.timeIntervalSinceNow.rounded(.up))
        try Data(String(seconds).utf8).write(to: URL(filePath: file), options: .atomic)
    }
}

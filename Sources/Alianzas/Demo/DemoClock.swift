import Foundation
import Kernel

/// The clock of a demonstration, which can be put forward: an election takes weeks from its call to its
/// proclamation, a year twelve months, and whoever shows the product, or tests it, has a morning.
///
/// It moves in a data folder that the demonstration was loaded into, and in no other; from the moment at which the
/// demonstration begins only forward, since what was done bears its time.
struct DemoClock: Sendable {
    private let file: String
    private let card: DemoCard
    private let isOwnCluster: Bool

    /// The clock of what a configuration names: the real one unless its own cluster holds the demonstration.
    init(_ configuration: Configuration) {
        file = "\(configuration.dataFolder)/reloj"
        card = DemoCard(folder: configuration.dataFolder)
        isOwnCluster = configuration.storage == .privateCluster
    }

    private var isDemonstration: Bool { isOwnCluster && (card.isWritten || card.isHalfLoaded) }

    /// How many seconds it is ahead of the real one; below zero where the demonstration began in the past. Read each
    /// time: another process puts it forward.
    private var ahead: Int {
        guard isOwnCluster, let text = try? String(contentsOfFile: file, encoding: .utf8), isDemonstration
        else { return 0 }
        return Int(text) ?? 0
    }

    /// The time that the product works with.
    @Sendable
    func now() -> Date { Date(timeIntervalSinceNow: TimeInterval(ahead)) }

    /// What every page tells while the clock is not the real one.
    @Sendable
    func remark() -> String? {
        guard ahead != 0 else { return nil }
        let words = ahead > 0 ? "adelantado" : "atrasado"
        return "Demostración con el reloj \(words): \(SpanishFormat.longDateAndTime(now()))"
    }

    /// Sets the moment at which a demonstration begins that is about to be loaded; `nil` for the real one, whatever an
    /// earlier demonstration left in the folder.
    func begin(at instant: Date?) throws {
        if let instant {
            try set(to: instant)
        } else if FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Puts the clock forward.
    ///
    /// - Throws: ``DemoError/notADemonstration`` or ``DemoError/clockGoesForward(_:)``.
    func advance(to instant: Date) throws {
        guard isDemonstration else { throw DemoError.notADemonstration }
        guard instant >= now() else { throw DemoError.clockGoesForward(now()) }
        try set(to: instant)
    }

    private func set(to instant: Date) throws {
        let seconds = Int(instant.timeIntervalSinceNow.rounded(.up))
        try Data(String(seconds).utf8).write(to: URL(filePath: file), options: .atomic)
    }
}

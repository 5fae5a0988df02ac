/// Verifies the archive of an election, while it runs or after (format, §3 and §4.11), and is stricter than the tool that
/// others use: no ballot twice, no other order of events than that of ``ArchiveStage``, no data that no event uses, and
/// our own terms hold.
///
/// The archive is read once, as a stream: one task reads and follows the chain, ballots are checked in batches on all
/// cores, and no more batches are under way than keep these busy. Kept of each ballot are the 32 bytes of its hash, and
/// of each voter where the last ballot stands: memory does not grow with the length of ballots.
///
/// Whatever the cores do first, the fault that is named is that of the earliest event.
public struct ArchiveVerifier: Sendable {
    /// How far a verification is.
    public struct Progress: Sendable {
        /// The bytes that were read.
        public let bytesRead: Int
        /// The bytes that there are.
        public let byteCount: Int
        /// The ballots that were checked.
        public let ballots: Int
    }

    /// Turns votes into seats; without it seats are not counted.
    public var counting: SeatCounting?
    /// Whether the report gives the tracker of every ballot.
    public var keepsTrackers = false
    /// Hears now and then how far the verification is.
    public var progress: @Sendable (Progress) -> Void = { _ in }

    /// A verifier that counts no seats and tells nothing meanwhile.
    public init() {}

    /// Verifies an archive as far as it goes.
    ///
    /// - Throws: ``VerificationFault``, the first in the order of events; or what the source throws where it cannot be
    ///   read.
    /// - Returns: What the archive shows.
    public func verify(_ source: any ArchiveSource) async throws -> VerificationReport {
        // Callers may prefer executors that wait for sockets; this is work for all cores.
        try await withTaskExecutorPreference(globalConcurrentExecutor) {
            let beginning = try Beginning(of: source)
            return switch beginning.election.group {
            case Belenios2048.name: try await verify(source, beginning, in: Belenios2048.self)
            case Ed25519.name: try await verify(source, beginning, in: Ed25519.self)
            case let name: throw VerificationFault(.event(beginning.event), .group(name))
            }
        }
    }

    private func verify<Group: VotingGroup>(
        _ source: any ArchiveSource, _ beginning: Beginning, in group: Group.Type
    ) async throws -> VerificationReport {
        let setup = try await ElectionSetup<Group>(beginning, counting: counting)
        var verification = ElectionVerification(self, setup, source, beginning.events)
        return try await verification.run()
    }
}

/// The first event of an archive, and what it begins with.
struct Beginning {
    /// Set up by the event.
    let election: ElectionDescription
    /// The text of `trustees.json`.
    let trustees: [UInt8]
    /// The text of the public credentials.
    let credentials: [UInt8]
    /// The event.
    let event: EventReference
    /// What follows.
    let events: EventReader

    init(of source: any ArchiveSource) throws {
        var reader: EventReader?
        do {
            reader = try EventReader(source)
            guard let step = try reader?.next(), let events = reader,
                case .setup(let text, let trustees, let credentials) = step.content
            else { throw VerificationFault(.after(nil), .noElection) }
            self.trustees = trustees
            self.credentials = credentials
            self.events = events
            event = step.event
            election = try ElectionDescription(reading: text)
        } catch {
            throw VerificationFault(error, at: reader?.place ?? .after(nil)) ?? error
        }
    }
}

extension EventReader {
    /// Where a fault is that was met while the next event was read.
    var place: VerificationFault.Place { current.map { .event($0) } ?? .after(last) }
}

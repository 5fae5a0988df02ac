import Foundation
import Kernel
import Synchronization
import Tenancy

/// Files that somebody sent and is to confirm on the next page. They lie in the scratch folder while they are held: those
/// of each person until they confirm, send others, or let half an hour go by.
final class HeldUploads: Sendable {
    private struct Holding {
        let key: String
        let files: [UploadedFile]
        let heldAt: Date
    }

    /// How long files are held, in seconds.
    static let life: TimeInterval = 1800
    private let holdings = Mutex<[ID<User>: Holding]>([:])

    /// Holds files for a person, in the place of those held for them before.
    ///
    /// - Returns: The key under which the next page asks for them.
    func hold(_ files: [UploadedFile], for user: ID<User>, at now: Date) -> String {
        let key = UUID().uuidString
        holdings.withLock { held in
            held = held.filter { now.timeIntervalSince($0.value.heldAt) < Self.life }
            held[user] = Holding(key: key, files: files, heldAt: now)
        }
        return key
    }

    /// The files that are held for a person under a key; `nil` where they are no longer.
    func files(_ key: String, of user: ID<User>, at now: Date) -> [UploadedFile]? {
        holdings.withLock { held in
            guard let holding = held[user], holding.key == key,
                now.timeIntervalSince(holding.heldAt) < Self.life
            else { return nil }
            return holding.files
        }
    }

    /// Lets the files go that were confirmed.
    func release(_ key: String, of user: ID<User>) {
        holdings.withLock { held in
            if held[user]?.key == key { held[user] = nil }
        }
    }
}

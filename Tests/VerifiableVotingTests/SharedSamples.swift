import Foundation

/// The sample archives that lie beside the repository, in `shared/voting-samples`.
enum SharedSamples {
    /// The folder.
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/voting-samples")
}

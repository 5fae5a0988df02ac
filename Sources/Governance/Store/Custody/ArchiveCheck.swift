public import Foundation
public import Kernel
import Tenancy

/// Checks a copy of an alliance with nothing but the copy: each entry against the manifest, each chain of events link by
/// link.
public struct ArchiveCheck: Sendable {
    /// What a copy says of itself; `nil` where it has no manifest that can be read.
    public let manifest: ArchiveManifest?
    /// The SHA-256 of the manifest, by which the log of the alliance names the copy.
    public let manifestDigest: HashDigest?
    /// How many events its chains hold.
    public let events: Int
    /// What does not hold.
    public let faults: [ArchiveFault]

    /// Checks a copy.
    public init(_ location: URL) {
        guard let reader = ArchiveReader(at: location), let text = reader.content(of: ArchiveManifest.path),
            let manifest = try? JSONDecoder().decode(ArchiveManifest.self, from: text),
            manifest.format == ArchiveManifest.format,
            let organization = ID<Organization>(manifest.organization)
        else {
            (manifest, manifestDigest, events) = (nil, nil, 0)
            faults = [ArchiveFault(kind: .unreadable, path: location.lastPathComponent)]
            return
        }
        var faults: [ArchiveFault] = []
        for entry in manifest.entries {
            guard let content = reader.content(of: entry.path) else {
                faults.append(ArchiveFault(kind: .missing, path: entry.path))
                continue
            }
            if HashDigest(of: content).description != entry.sha256 {
                faults.append(ArchiveFault(kind: .altered, path: entry.path))
            }
        }
        let named = Set(manifest.entries.map(\.path)).union([ArchiveManifest.path, ArchiveManifest.sumsPath])
        faults += reader.paths.subtracting(named).sorted().map { ArchiveFault(kind: .added, path: $0) }
        var events = 0
        for chain in manifest.chains {
            guard let content = reader.content(of: chain.path), let head = HashDigest(chain.head),
                let stream = UUID(uuidString: chain.stream)
            else {
                faults.append(ArchiveFault(kind: .missing, path: chain.path))
                continue
            }
            let lines = content.split(separator: UInt8(ascii: "\n")).compactMap {
                try? JSONDecoder().decode(ChainLine.self, from: Data($0))
            }
            let report = ChainLine.verify(
                lines, of: stream, in: organization, head: (chain.kind, chain.links, head))
            events += report.links
            if let broken = report.firstBreak {
                faults.append(ArchiveFault(kind: .chain(link: broken.sequence), path: chain.path))
            }
        }
        self.manifest = manifest
        manifestDigest = HashDigest(of: text)
        self.events = events
        self.faults = faults
    }
}

public import Foundation
public import Kernel

/// A link of a chain that was told to the outside: who rewrites the chain cannot rewrite what was told.
public struct Anchor: Sendable, Hashable, Codable {
    /// The tenant.
    public let organization: ID<Organization>
    /// The chain.
    public let stream: UUID
    /// The place of the link, from 1.
    public let sequence: Int
    /// Its hash.
    public let hash: HashDigest
    /// When it was told.
    public let anchoredAt: Date

    /// Makes an anchor.
    public init(
        organization: ID<Organization>, stream: UUID, sequence: Int, hash: HashDigest, anchoredAt: Date
    ) {
        self.organization = organization
        self.stream = stream
        self.sequence = sequence
        self.hash = hash
        self.anchoredAt = anchoredAt
    }
}

/// What a verification found of one chain.
public struct ChainReport: Sendable, Hashable {
    /// Why a link does not hold.
    public enum Fault: String, Sendable, Hashable, Encodable {
        /// Another link stands where this one was due: one was removed, repeated or slipped in.
        case missing
        /// The event or its hash is not what it was.
        case altered
        /// The details beside the event are not those that it commits to.
        case details
        /// The link is not the one that was told to the outside.
        case anchor
        /// The chain ends before a link that was told to the outside, or that its head names.
        case cutOff = "cut_off"
        /// The head is not the last link.
        case head

        /// What it means, on screens.
        public var title: String {
            switch self {
            case .missing: "falta una línea o sobra otra"
            case .altered: "el registro fue alterado"
            case .details: "los detalles no son los que se registraron"
            case .anchor: "no es la línea que se guardó por fuera"
            case .cutOff: "faltan las últimas líneas"
            case .head: "no es la última línea"
            }
        }
    }

    /// The first link that does not hold.
    public struct Break: Sendable, Hashable {
        /// Its place, from 1.
        public let sequence: Int
        /// Why it does not hold.
        public let fault: Fault
    }

    /// The tenant.
    public let organization: ID<Organization>
    /// The chain.
    public let stream: UUID
    /// `office`, `alliance` or `process`; `nil` where the head is gone.
    public let kind: String?
    /// How many links hold, from the first on.
    public let links: Int
    /// The last of those.
    public let head: HashDigest
    /// The first link that does not hold.
    public let firstBreak: Break?
    /// The event that stands there, where one does.
    public let brokenEvent: ID<AuditEvent>?
    /// How many events have lost their details to a purge; their commitments stand.
    public let purgedDetails: Int
    /// The places of the links that were told to the outside and are the same there, in order.
    public let anchored: [Int]

    /// Whether all links hold.
    public var isWhole: Bool { firstBreak == nil }
    /// How many links after the last anchor only the database vouches for.
    public var linksSinceAnchor: Int { links - (anchored.last ?? 0) }
}

/// An event as the chain holds it.
struct ChainedEvent: Sendable {
    let sequence: Int
    let event: ID<AuditEvent>
    let happenedAt: Date
    let actorKind: String
    let actor: UUID?
    let action: String
    let subject: String?
    let commitment: [UInt8]?
    let hash: [UInt8]
    let salt: [UInt8]?
    let details: String?

    /// What its link is reckoned from, in the order of `tenancy.append_audit_event`.
    var fields: [String?] {
        [
            event.description, String(Int((happenedAt.timeIntervalSince1970 * 1_000_000).rounded())),
            actorKind,
            actor?.uuidString.lowercased(), action, subject, commitment.map { Hex.encode($0) },
        ]
    }

    /// Whether the details, where they are still there, are those that the event commits to.
    var detailsHold: Bool {
        guard let salt, let details else { return true }
        return SealedDetails.commitment(salt: salt, text: details) == commitment
    }

    /// Whether the event commits to details that a purge took away.
    var isPurged: Bool { commitment != nil && details == nil }
}

/// Follows one chain link by link.
///
/// What the database did in SQL is reckoned again here by other code (``HashChain``), so that neither vouches
/// for itself.
struct ChainVerification {
    private let organization: ID<Organization>
    private let stream: UUID
    private let anchors: [Int: Set<HashDigest>]
    private var chain: HashChain
    private var firstBreak: ChainReport.Break?
    private var brokenEvent: ID<AuditEvent>?
    private var purgedDetails = 0
    private var anchored: [Int] = []

    init(organization: ID<Organization>, stream: UUID, anchors: [Anchor]) {
        self.organization = organization
        self.stream = stream
        self.anchors = Dictionary(grouping: anchors, by: \.sequence).mapValues { Set($0.map(\.hash)) }
        chain = HashChain(name: stream.uuidString.lowercased())
    }

    /// Whether a link was found that does not hold, so that what follows need not be read.
    var isBroken: Bool { firstBreak != nil }
    /// The place of the last link that holds.
    var count: Int { chain.count }

    mutating func follow(_ event: ChainedEvent) {
        guard !isBroken else { return }
        defer { if isBroken { brokenEvent = event.event } }
        guard let hash = HashDigest(bytes: event.hash) else { return breaks(at: chain.count + 1, .altered) }
        do {
            try chain.verify(HashChain.Link(position: event.sequence, hash: hash), of: event.fields)
        } catch {
            switch error.reason {
            case .missing: return breaks(at: error.position, .missing)
            case .altered: return breaks(at: error.position, .altered)
            }
        }
        guard event.detailsHold else { return breaks(at: event.sequence, .details) }
        if event.isPurged { purgedDetails += 1 }
        if let told = anchors[event.sequence] {
            guard told == [hash] else { return breaks(at: event.sequence, .anchor) }
            anchored.append(event.sequence)
        }
    }

    /// Ends the verification with the head that the database names, if any.
    mutating func finish(head: (kind: String, sequence: Int, hash: [UInt8])?) -> ChainReport {
        let lastAnchor = anchors.keys.max() ?? 0
        if !isBroken {
            if let head, head.sequence == chain.count, head.hash != chain.head.bytes {
                breaks(at: chain.count, .head)
            } else if max(head?.sequence ?? 0, lastAnchor) > chain.count {
                breaks(at: chain.count + 1, .cutOff)
            } else if head?.sequence != chain.count {
                breaks(at: (head?.sequence ?? 0) + 1, .head)
            }
        }
        return ChainReport(
            organization: organization, stream: stream, kind: head?.kind, links: chain.count,
            head: chain.head,
            firstBreak: firstBreak, brokenEvent: brokenEvent, purgedDetails: purgedDetails, anchored: anchored
        )
    }

    private mutating func breaks(at sequence: Int, _ fault: ChainReport.Fault) {
        firstBreak = ChainReport.Break(sequence: sequence, fault: fault)
    }
}

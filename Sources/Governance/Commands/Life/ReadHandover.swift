public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// The handovers of a body, the latest change first.
public struct ListHandovers: Query {
    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The body.
    public let body: ID<Body>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a body.
    public init(of body: ID<Body>, in alliance: ID<Alliance>) {
        self.body = body
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Handover] {
        try await transaction.handovers(of: body).filter { $0.alliance == alliance }
    }
}

/// A handover with its list and signers.
public struct ReadHandover: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The handover.
        public let handover: Handover
        /// Its points.
        public let items: [HandoverItem]
        /// Who signs.
        public let signers: [HandoverSigner]
        /// Which of them who looks is, where their signature waits; `nil` where none does.
        public let own: HandoverSigner?
        /// Those who came and have no account by which they could get their right; empty before the end.
        public let withoutAccount: [String]
        /// Today.
        public let today: CalendarDate

        /// The points of each kind, in the order of kinds.
        public var groups: [(kind: HandoverItem.Kind, items: [HandoverItem])] {
            HandoverItem.Kind.allCases.compactMap { kind in
                let found = items.filter { $0.kind == kind }
                return found.isEmpty ? nil : (kind, found)
            }
        }

        /// How many points nobody looked at.
        public var unchecked: Int { items.count { $0.state == .pending } }
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The handover.
    public let id: ID<Handover>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a handover.
    public init(_ id: ID<Handover>, of alliance: ID<Alliance>) {
        self.id = id
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// The names of those who sign and of those who have rights are shown.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "holders"]) }

    /// Reads it.
    ///
    /// - Throws: ``HandoverError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let handover = try await transaction.handover(id, of: alliance) else {
            throw HandoverError.notFound
        }
        let today = ColombianTime.date(at: now)
        let signers = try await transaction.signers(of: id)
        var own: HandoverSigner?
        if let user = transaction.scope.principal.user, let person = try await transaction.person(of: user) {
            let mine = signers.filter { $0.person == person }
            own = mine.first(where: \.isAwaited) ?? mine.first
        }
        let withoutAccount =
            handover.state == .done
            ? try await transaction.holdersWithoutRight(
                in: handover.body, of: alliance, on: today, at: now) : []
        return Answer(
            handover: handover, items: try await transaction.items(of: id), signers: signers, own: own,
            withoutAccount: withoutAccount, today: today)
    }
}

/// Handovers that are not finished.
public struct HandoversToFinish: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever prepares them.
    public var permission: Permission { .handOver }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.openHandovers().map { $0.item(.handovers) }
    }
}

/// Handovers that wait for the signature of who looks.
public struct OwnHandoverSignatures: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever signs handovers.
    public var permission: Permission { .signHandovers }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        guard let user = transaction.scope.principal.user,
            let person = try await transaction.person(of: user)
        else { return [] }
        return try await transaction.handoversToSign(by: person).map { $0.item(.ownHandover) }
    }
}

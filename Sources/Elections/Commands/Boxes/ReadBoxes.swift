public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads the boxes of a process, by number.
public struct ReadBoxes: Query {
    /// Who may do it.
    public static let permission = Permission.seeBoxes
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(of place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [BallotBox] {
        try await transaction.boxes(of: place.process).filter { $0.place == place }
    }
}

/// Reads all that the committee's page of a box shows.
public struct ReadBox: Query {
    /// Who may do it.
    public static let permission = Permission.seeBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>

    /// Asks about a box.
    public init(_ box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names of those whose marks contradict each other.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name"]) }

    /// Reads it.
    ///
    /// - Throws: ``BoxError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> BoxFile {
        try await transaction.boxFile(of: box, in: place, at: now)
    }
}

/// Reads what a trustee's page shows.
public struct ReadTrusteeDesk: Query {
    /// Who may do it.
    public static let permission = Permission.keepKeys
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>

    /// Asks about a box.
    public init(_ box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``BoxError/notFound``, ``BoxError/notAppointed``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> TrusteeDesk {
        let found = try await transaction.box(box, of: place)
        let trustees = try await transaction.trustees(of: found)
        guard let trustee = trustees.first(where: { $0.user == transaction.scope.principal.user }) else {
            throw BoxError.notAppointed
        }
        let opening = try await transaction.opening(of: found)
        return TrusteeDesk(
            box: found, trustee: trustee, trustees: trustees,
            messages: try await transaction.messages(of: found, TrusteeMessage.Kind.allCases),
            election: opening?.election, keys: opening?.trustees,
            trialNumber: found.fingerprint.map {
                found.choices.group.mathematics.trialNumber(fingerprint: $0, trustee: trustee.number)
            })
    }
}

/// Reads what the page of the credential authority shows: electors by name, as slips have them.
public struct ReadCredentialDesk: Query {
    /// Who may do it.
    public static let permission = Permission.handInCredentials
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// Behind which place of the roll electors are read.
    public let position: Int
    /// How many at the most.
    public let limit: Int

    /// Asks about a box; electors piece by piece where there are many.
    public init(_ box: ID<BallotBox>, in place: ProcessPlace, after position: Int = 0, limit: Int = 20_000) {
        self.place = place
        self.box = box
        self.position = position
        self.limit = limit
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names and the end of documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document"]) }

    /// Reads it.
    ///
    /// - Throws: ``BoxError/notFound``, ``BoxError/notAppointed``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> CredentialDesk
    {
        let found = try await transaction.box(box, of: place)
        guard try await transaction.authority(of: box)?.user == transaction.scope.principal.user else {
            throw BoxError.notAppointed
        }
        return CredentialDesk(
            box: found, tables: try await transaction.whereTablesStand(in: place.process),
            electors: try await transaction.slipElectors(of: place.process, after: position, limit: limit),
            credentials: try await transaction.credentialCount(of: box),
            handovers: try await transaction.handovers(of: box))
    }
}

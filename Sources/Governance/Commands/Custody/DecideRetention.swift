public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Decides to keep a file whose term passed until another day.
public struct KeepFileLonger: Command {
    /// Who may do it.
    public static let permission = Permission.decideRetention
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<StoredFile>
    /// The last day on which it is kept.
    public let until: CalendarDate
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``RetentionError/reasonMissing``.
    public init(
        _ file: ID<StoredFile>, of alliance: ID<Alliance>, until: CalendarDate, because reason: String
    ) throws(RetentionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.file = file
        self.until = until
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Decides it.
    ///
    /// - Throws: ``RetentionError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let today = ColombianTime.date(at: now)
        guard until > today else { throw RetentionError.dayNotToCome }
        let side = try transaction.scope.principal.retentionSide(in: stream)
        _ = try await transaction.documentPastTerm(file, of: alliance, on: today)
        _ = try await transaction.insert(
            .keep, until: until, of: file, in: alliance, because: reason, by: side, at: now)
        return Audited(
            AuditEvent(
                "governance.retention.postponed", subject: file,
                details: ["until": until.description, "reason": reason]))
    }
}

/// Proposes to let the content of a file go whose term passed. Nothing is removed before somebody of the other side
/// confirms it.
public struct ProposeDisposal: Command {
    /// Who may do it.
    public static let permission = Permission.decideRetention
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<StoredFile>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``RetentionError/reasonMissing``.
    public init(
        of file: ID<StoredFile>, in alliance: ID<Alliance>, because reason: String
    ) throws(RetentionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.file = file
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Proposes it.
    ///
    /// - Throws: ``RetentionError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<RetentionDecision>
    > {
        let side = try transaction.scope.principal.retentionSide(in: stream)
        _ = try await transaction.documentPastTerm(file, of: alliance, on: ColombianTime.date(at: now))
        let id = try await transaction.insert(
            .dispose, until: nil, of: file, in: alliance, because: reason, by: side, at: now)
        return Audited(
            id, AuditEvent("governance.disposal.proposed", subject: file, details: ["reason": reason]))
    }
}

/// Confirms that the content of a file goes, as somebody of the other side proposed: its name, digest, class and all acts
/// remain.
public struct SecondDisposal: Command {
    /// Who may do it.
    public static let permission = Permission.decideRetention
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<StoredFile>

    /// Takes the file that a person confirms.
    public init(of file: ID<StoredFile>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Lets it go.
    ///
    /// - Throws: ``RetentionError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let side = try transaction.scope.principal.retentionSide(in: stream)
        let (proposal, record) = try await transaction.openDisposal(of: file, in: alliance)
        guard proposal.side != side, !proposal.isOwn else { throw RetentionError.sameSide }
        try await transaction.dispose(
            by: proposal.id, seconded: side, on: ColombianTime.date(at: now), at: now)
        return Audited(
            AuditEvent(
                "governance.disposal.carried_out", subject: file,
                details: [
                    "reason": proposal.reason, "sha256": Hex.encode(record.sha256),
                    "class": record.retention.title,
                ]))
    }
}

/// Takes a proposal back, or refuses it: the file stays, and is to be decided upon again.
public struct WithdrawDisposal: Command {
    /// Who may do it.
    public static let permission = Permission.decideRetention
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<StoredFile>
    /// Why.
    public let reason: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``RetentionError/reasonMissing``.
    public init(
        of file: ID<StoredFile>, in alliance: ID<Alliance>, because reason: String
    ) throws(RetentionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.file = file
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``RetentionError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let (proposal, _) = try await transaction.openDisposal(of: file, in: alliance)
        guard try await transaction.withdraw(proposal.id, in: alliance, because: reason, at: now) else {
            throw RetentionError.notProposed
        }
        return Audited(
            AuditEvent("governance.disposal.withdrawn", subject: file, details: ["reason": reason]))
    }
}

extension Principal {
    /// The side on which somebody decides.
    ///
    /// - Throws: ``RetentionError/sameSide`` for the terminal and the server, who are of none.
    fileprivate func retentionSide(in stream: AuditStream) throws(RetentionError) -> RetentionSide {
        guard user != nil, let side = RetentionSide(of: self, in: stream) else { throw .sameSide }
        return side
    }
}

extension Transaction where Scope == TenantScope {
    /// A document whose term has passed and about which nothing is decided.
    ///
    /// - Throws: ``RetentionError``.
    fileprivate func documentPastTerm(
        _ file: ID<StoredFile>, of alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> AllianceDocument {
        guard
            let document = try await documents(of: alliance, on: day)
                .first(where: { $0.file == file && !$0.isReserved })
        else { throw RetentionError.notFound }
        switch document.retention.standing(on: day) {
        case .passed: return document
        case .bound: throw RetentionError.bound
        case .proposed: throw RetentionError.proposedAlready
        default: throw RetentionError.termNotPassed
        }
    }

    /// The proposal to let a file go that waits.
    ///
    /// - Throws: ``RetentionError``.
    fileprivate func openDisposal(
        of file: ID<StoredFile>, in alliance: ID<Alliance>
    ) async throws -> (proposal: RetentionDecision, file: FileRecord) {
        guard let record = try await self.file(file), record.space == .alliance(alliance) else {
            throw RetentionError.notFound
        }
        guard let proposal = try await retentionDecisions(on: file).first(where: \.isOpen) else {
            throw RetentionError.notProposed
        }
        return (proposal, record)
    }
}

/// Asks how long a document is kept and what was decided about it.
public struct ReadRetention: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The document.
        public let document: AllianceDocument
        /// What was decided, the latest first.
        public let decisions: [RetentionDecision]
        /// The term of its class.
        public let term: RetentionTerm?
        /// On which side whoever asks decides; `nil` for whoever does not.
        public let side: RetentionSide?
    }

    /// Who may ask it.
    public static let permission = Permission.seeDocuments
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<StoredFile>

    /// Asks about a file of an alliance.
    public init(of file: ID<StoredFile>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names of files may name people.
    public var disclosure: Disclosure? { Disclosure(of: file, details: ["fields": "file name"]) }

    /// Reads the answer.
    ///
    /// - Throws: ``RetentionError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        guard
            let document = try await transaction.documents(of: alliance, on: today)
                .first(where: { $0.file == file })
        else { throw RetentionError.notFound }
        return Answer(
            document: document, decisions: try await transaction.retentionDecisions(on: file),
            term: try await transaction.retentionTerms()
                .first { $0.retention == document.retention.retention },
            side: RetentionSide(of: transaction.scope.principal, in: stream))
    }
}

/// Files past their term about which somebody is to decide, and proposals that wait for a second person.
public struct FilesToDecide: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever decides.
    public var permission: Permission { .decideRetention }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let principal = transaction.scope.principal
        var items = try await transaction.filesPastTerm(on: today).map { $0.item(.filesPastTerm) }
        for side in [RetentionSide.office, .board] {
            items += try await transaction.disposals(waitingFor: side).map { $0.item(.disposalsToSecond) }
                .filter { RetentionSide(of: principal, in: $0.stream) == side }
        }
        return items
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What was handed over under confidentiality, who undertook it, and who read it. No content.
public struct ListConfidential: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The words that are signed now.
        public let text: ConfidentialityText?
        /// What was handed over, the latest first.
        public let items: [ConfidentialItem]
        /// The files, without their content.
        public let files: [ConfidentialFile]
        /// The undertakings, the latest first.
        public let undertakings: [ConfidentialityUndertaking]
        /// Who is on the board now.
        public let board: [BoardRight]
        /// Who read what, the latest first.
        public let reads: [ConfidentialRead]
        /// The address, most of it hidden, of a code to sign with that was sent to who looks and is good.
        public let codeSentTo: String?
        /// Today.
        public let today: CalendarDate

        /// The undertaking of somebody that is in force.
        public func undertaking(of user: ID<User>?) -> ConfidentialityUndertaking? {
            undertakings.first { $0.user == user && $0.holds(on: today) }
        }
    }

    /// Who may do it.
    public static let permission = Permission.seeConfidential
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for what was handed to the board of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let text = try await transaction.confidentialityText()
        var code: SigningCodeRow?
        if let text, let user = transaction.scope.principal.user {
            code = try await transaction.undertakingCode(of: user, to: text, in: alliance, at: now)
        }
        return Answer(
            text: text,
            items: try await transaction.confidentialItems(of: alliance),
            files: try await transaction.confidentialFiles(of: alliance),
            undertakings: try await transaction.undertakings(of: alliance),
            board: try await transaction.boardRights(of: alliance, on: today, at: now),
            reads: try await transaction.confidentialReads(of: alliance), codeSentTo: code?.sentTo,
            today: today)
    }
}

/// Reads a file that was handed over. A command and not a query: each reading is kept, with who, when and by which
/// undertaking, and is an event of the alliance's chain.
public struct ReadConfidential: Command {
    /// What is read.
    public struct Opened: Sendable {
        /// The file.
        public let file: ConfidentialFile
        /// Its content.
        public let content: [UInt8]
    }

    /// Who may do it.
    public static let permission = Permission.readConfidential
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The file.
    public let file: ID<ConfidentialFile>

    /// Names a file.
    public init(_ file: ID<ConfidentialFile>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``ConfidentialityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Opened> {
        let today = ColombianTime.date(at: now)
        guard
            let found = try await transaction.confidentialFiles(of: alliance).first(where: { $0.id == file })
        else { throw ConfidentialityError.notFound }
        let item = try await transaction.lockedConfidentialItem(found.item, of: alliance)
        guard item.isOpen(on: today) else { throw ConfidentialityError.over }
        let user = transaction.scope.principal.user
        guard
            try await transaction.undertakings(of: alliance).contains(where: {
                $0.user == user && $0.holds(on: today)
            }), let content = try await transaction.readConfidential(file, at: now)
        else { throw ConfidentialityError.notUndertaken }
        return Audited(
            Opened(file: found, content: content),
            AuditEvent("governance.confidential.read", subject: file))
    }
}

/// Boards that have something to read, where the person who looks has undertaken nothing yet.
public struct UndertakingsToSign: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever of a board undertakes it.
    public var permission: Permission { .undertakeConfidentiality }

    /// Reads what waits, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        guard let user = transaction.scope.principal.user else { return [] }
        return try await transaction.undertakingsMissing(of: user, on: today).map {
            $0.item(.undertakingToSign)
        }
    }
}

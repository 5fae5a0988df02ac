public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Files a complaint and gives it its radicado. What tells of somebody's health, or who they are, is refused before
/// anything is kept.
public struct FileComplaint: Undertaking {
    /// Who files it.
    public enum Source: Sendable, Hashable {
        /// Anybody, on the public page.
        case everybody
        /// A member, for themselves: the act is the server's, so that the log does not tell who they are.
        case member(ID<User>)
        /// Whoever works with the alliance, for somebody.
        case desk
    }

    /// What whoever files it gets.
    public struct Filed: Sendable, Hashable {
        /// The complaint.
        public let id: ID<Complaint>
        /// Its radicado.
        public let number: FilingNumber
        /// The code by which it is followed without an account.
        public let code: ReadableCode?
    }

    /// Who may do it.
    public static let permission = Permission.fileComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What it says.
    public let content: ComplaintContent
    /// How it came in.
    public let channel: Complaint.Channel
    /// Who complains, where they authorised it.
    public let complainant: Complainant?
    /// Who files it.
    public let source: Source
    /// The code by which it is followed; a random one where none is given.
    public let code: ReadableCode?

    /// Takes what a person filled in.
    public init(
        _ content: ComplaintContent, of alliance: ID<Alliance>, through channel: Complaint.Channel,
        by complainant: Complainant? = nil, from source: Source, code: ReadableCode? = nil
    ) {
        self.code = code
        self.content = content
        self.alliance = alliance
        self.channel = channel
        self.complainant = complainant
        self.source = source
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Files it.
    ///
    /// - Throws: ``ComplaintError``, `InvalidInput` where the filter found something.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Filed
    > {
        if let day = content.occurredOn, day > ColombianTime.date(at: now) {
            throw InvalidInput([
                .init(
                    field: "occurred_on", message: "Esa fecha todavía no llega. Corríjala o déjela en blanco."
                )
            ])
        }
        try await transaction.clinicalFilter().check([
            ("entity", content.entity), ("place", content.place), ("account", content.account),
            ("wish", content.wish),
        ])
        let id = ID<Complaint>()
        let number = try await transaction.file(
            content, as: id, through: channel, isAnonymous: complainant == nil, of: alliance, at: now)
        var user: ID<User>?
        var receipt: ReadableCode?
        if case .member(let member) = source {
            user = member
        } else {
            let code = self.code ?? .random(groups: 4)
            try await transaction.publishReceipt(code, of: id, numbered: number, in: alliance, at: now)
            receipt = code
        }
        try await transaction.insert(complainant, user: user, of: id, in: alliance, at: now)
        return Audited(
            Filed(id: id, number: number, code: receipt),
            AuditEvent(
                "governance.complaint.filed", subject: id,
                details: [
                    "filing_number": number.description, "kind": content.kind.title,
                    "category": content.category.title, "channel": channel.title,
                ]))
    }
}

/// Finds a complaint by the code that its form had, where the form was sent twice and the first answer was lost on its way.
public struct FindFiledComplaint: Query {
    /// Who may do it.
    public static let permission = Permission.fileComplaints
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The code.
    public let code: ReadableCode

    /// Asks by a code.
    public init(by code: ReadableCode, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Finds it; `nil` where no complaint of the alliance has the code.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> FileComplaint.Filed? {
        guard let id = try await transaction.complaint(by: code, of: alliance),
            let complaint = try await transaction.complaint(id, of: alliance)
        else { return nil }
        return FileComplaint.Filed(id: id, number: complaint.number, code: code)
    }
}

/// Shows who complained, as they authorised it: each time is an event with its purpose.
public struct OpenComplainant: Command {
    /// Who may do it.
    public static let permission = Permission.openComplainants
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The complaint.
    public let complaint: ID<Complaint>
    /// What it is needed for.
    public let purpose: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``ComplaintError/purposeMissing``.
    public init(
        of complaint: ID<Complaint>, in alliance: ID<Alliance>, for purpose: String
    ) throws(ComplaintError) {
        guard let purpose = purpose.trimmedOrNil, purpose.count >= 8 else { throw .purposeMissing }
        self.alliance = alliance
        self.complaint = complaint
        self.purpose = purpose
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it and writes that it was read.
    ///
    /// - Throws: ``ComplaintError/notFound``, ``ComplaintError/nobodyKnown``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Complainant
    > {
        guard let found = try await transaction.complaint(complaint, of: alliance) else {
            throw ComplaintError.notFound
        }
        try await transaction.clinicalFilter().check([("purpose", purpose)])
        guard let complainant = try await transaction.complainant(of: complaint) else {
            throw ComplaintError.nobodyKnown
        }
        return Audited(
            complainant,
            AuditEvent(
                "governance.complainant.opened", subject: complaint,
                details: ["filing_number": found.number.description, "purpose": purpose]))
    }
}

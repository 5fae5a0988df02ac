public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Invites an institution to guarantee a process; its letter is printed from the words kept here.
public struct InviteGuarantor: Command {
    /// Who may do it.
    public static let permission = Permission.inviteGuarantors
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What sort of institution.
    public let kind: Guarantor.Kind
    /// The institution.
    public let institution: String
    /// The words of the invitation.
    public let invitation: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``GuarantorError``.
    public init(
        _ kind: Guarantor.Kind, _ institution: String, writing invitation: String,
        to process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) throws(GuarantorError) {
        self.institution = institution.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !self.institution.isEmpty else { throw .institutionMissing }
        guard let invitation = invitation.nonBlank else { throw .invitationMissing }
        self.process = process
        self.alliance = alliance
        self.kind = kind
        self.invitation = invitation
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Keeps the invitation.
    ///
    /// - Throws: ``ProcessError``, ``GuarantorError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Guarantor>> {
        try await transaction.requireGuaranteed(process, of: alliance)
        let id = ID<Guarantor>()
        try await transaction.insert(self, as: id, at: now)
        return Audited(
            id,
            AuditEvent(
                "elections.guarantor.invited", subject: id, details: ["institution": institution]))
    }
}

/// Accredits who comes for an institution that was invited, by name and post; with a user, they see the process and
/// second its proclamation. Who came for it before comes no more, and their right ends.
public struct AccreditGuarantor: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.accreditGuarantors
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The guarantor.
    public let guarantor: ID<Guarantor>
    /// Who comes.
    public let name: String
    /// Their post.
    public let officeTitle: String
    /// Their user, or that they get one; `nil` for somebody who only comes.
    public let participant: Participant?
    /// Their document, where they are of the register.
    public let document: IdentityDocument?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``GuarantorError/nameMissing``.
    public init(
        _ guarantor: ID<Guarantor>, named name: String, _ officeTitle: String, as participant: Participant?,
        with document: IdentityDocument? = nil, in process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) throws(GuarantorError) {
        guard let name = name.nonBlank, let officeTitle = officeTitle.nonBlank else { throw .nameMissing }
        self.process = process
        self.alliance = alliance
        self.guarantor = guarantor
        self.name = name
        self.officeTitle = officeTitle
        self.participant = participant
        self.document = document
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Accredits them.
    ///
    /// - Throws: ``ProcessError``, ``GuarantorError``, `GrantError`, `UserError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Invitation?> {
        try await transaction.requireGuaranteed(process, of: alliance)
        guard let found = try await transaction.guarantors(of: process).first(where: { $0.id == guarantor })
        else { throw GuarantorError.notFound }
        var user: User?
        var invitation: Invitation?
        if let participant { (user, invitation) = try await transaction.user(of: participant, at: now) }
        let person = try await transaction.person(of: user, with: document)
        if let person {
            guard try await transaction.take(.guarantor, by: person, in: process, at: now) == .guarantor
            else {
                throw GuarantorError.otherCapacity(name)
            }
        }
        try await transaction.endGrant(of: guarantor, in: process, at: now)
        var grant: ID<Grant>?
        if let user {
            if let document { try await transaction.identify(user, by: document) }
            grant = try await transaction.give(
                .guarantor, in: .process(process, of: alliance), to: user.id, from: now, until: nil, at: now)
        }
        try await transaction.accredit(self, as: user?.id, by: grant, being: person, at: now)
        return Audited(
            invitation,
            AuditEvent(
                "elections.guarantor.accredited", subject: guarantor,
                details: ["institution": found.institution, "name": name, "office_title": officeTitle]))
    }
}

/// Records what a guarantor remarks, word by word; the acta prints it. The guarantor does it, or the committee for them.
public struct RecordRemark: Command {
    /// Who may do it.
    public static let permission = Permission.recordRemarks
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The guarantor.
    public let guarantor: ID<Guarantor>
    /// What is remarked.
    public let body: String

    /// Takes what was said.
    ///
    /// - Throws: ``GuarantorError/remarkMissing``.
    public init(
        _ body: String, of guarantor: ID<Guarantor>, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) throws(GuarantorError) {
        guard let body = body.nonBlank else { throw .remarkMissing }
        self.process = process
        self.alliance = alliance
        self.guarantor = guarantor
        self.body = body
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ProcessError``, ``GuarantorError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireGuaranteed(process, of: alliance)
        guard let found = try await transaction.guarantors(of: process).first(where: { $0.id == guarantor })
        else { throw GuarantorError.notFound }
        guard found.accreditedAt != nil else { throw GuarantorError.notAccredited }
        let principal = transaction.scope.principal
        guard principal.holds(.accreditGuarantors, in: stream) || found.user == principal.user else {
            throw GuarantorError.notYours
        }
        try await transaction.insert(self, at: now)
        return Audited(
            AuditEvent(
                "elections.guarantor.remarked", subject: guarantor,
                details: ["institution": found.institution, "remark": body]))
    }
}

/// Reads the guarantors of a process.
public struct ReadGuarantors: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// What there is.
    public struct Answer: Sendable {
        /// The process with what it holds.
        public let file: ProcessFile
        /// Its guarantors in the order of their invitations.
        public let guarantors: [Guarantor]
        /// Its tables, for the words of an invitation.
        public let tables: [TableSetup]
    }

    /// Asks about a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads them.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        Answer(
            file: try await ReadProcess(process, of: alliance).fetch(in: transaction, at: now),
            guarantors: try await transaction.guarantors(of: process),
            tables: try await transaction.tables(of: process))
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses guarantors of a process that is over.
    ///
    /// - Throws: ``ProcessError/notFound``, ``GuarantorError/over``.
    func requireGuaranteed(_ process: ID<ElectoralProcess>, of alliance: ID<Alliance>) async throws {
        guard let found = try await lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard !found.state.isOver else { throw GuarantorError.over }
    }
}

public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Who is to serve in a process.
public enum Participant: Sendable {
    /// A user of the entity.
    case user(ID<User>)
    /// Somebody who has no account here yet and is invited.
    case newcomer(User, through: Identity)
}

/// What an appointment leaves to hand over.
public struct Appointment: Sendable, Hashable {
    /// The user.
    public let user: ID<User>
    /// The invitation of a newcomer; its code is shown once.
    public let invitation: Invitation?
}

/// Names a juror of a table (`jurado de mesa`).
///
/// A table has two, who count apart. Whoever stands in the election, runs it or guarantees it does not count it.
public struct AppointJuror: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.appointJurors
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The table.
    public let table: ID<VotingTable>
    /// Who serves.
    public let participant: Participant
    /// The document of the juror, where they are of the register: candidates are told apart by it.
    public let document: IdentityDocument?

    /// Takes what a person chose.
    public init(
        _ participant: Participant, with document: IdentityDocument? = nil, at table: ID<VotingTable>,
        in process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.process = process
        self.alliance = alliance
        self.table = table
        self.participant = participant
        self.document = document
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Names the juror to the jury that is free, with the right to enter its counts.
    ///
    /// - Throws: ``TableError``, ``ProcessError``, `GrantError`, `UserError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Appointment> {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        try await transaction.requireJurorsChange(in: found)
        guard let setup = try await transaction.tables(of: process).first(where: { $0.id == table }) else {
            throw TableError.notFound
        }
        guard let jury = [1, 2].first(where: { free in !setup.jurors.contains { $0.jury == free } }) else {
            throw TableError.juriesComplete
        }
        let (user, invitation) = try await transaction.user(of: participant, at: now)
        let person = try await transaction.person(of: user, with: document)
        if let person {
            guard try await transaction.take(.juror, by: person, in: process, at: now) == .juror else {
                throw TableError.otherCapacity(user.name)
            }
        }
        if let document { try await transaction.identify(user, by: document) }
        let grant = try await transaction.give(
            .juror, in: .process(process, of: alliance), to: user.id, from: now, until: nil, at: now)
        let juror = Juror(id: ID(), table: table, jury: jury, user: user.id, name: user.name)
        try await transaction.insert(juror, being: person, by: grant, in: process, at: now)
        return Audited(
            Appointment(user: user.id, invitation: invitation),
            AuditEvent(
                "elections.juror.appointed", subject: juror.id,
                details: [
                    "name": user.name, "table": String(setup.number), "jury": String(jury),
                    "user": user.id.description,
                ]))
    }
}

/// Relieves a juror with a reason; another can be named in their place.
public struct RelieveJuror: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.appointJurors
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The juror.
    public let juror: ID<Juror>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ProcessError/reasonMissing``.
    public init(
        _ juror: ID<Juror>, because reason: String, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) throws(ProcessError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.juror = juror
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Relieves them, while another can be named.
    ///
    /// - Throws: ``ProcessError/notFound``, ``TableError/votesTaken``, ``TableError/jurorNotFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireJurorsChange(
            in: try await transaction.lockedProcess(ProcessPlace(process, of: alliance)))
        try await transaction.relieve(juror, in: process, because: reason, at: now)
        return Audited(
            AuditEvent("elections.juror.relieved", subject: juror, details: ["reason": reason]))
    }
}

extension Transaction where Scope == TenantScope {
    /// Whether jurors may still be named and relieved: until every vote was taken and counted.
    func mayChangeJurors(of process: ElectionProcess) async throws -> Bool {
        guard !process.state.isOver else { return false }
        guard process.state == .provisionalResult || process.state == .challenges else { return true }
        return try await turns(of: process.id).areDue
    }

    /// Refuses to change jurors once every vote was taken and counted.
    ///
    /// - Throws: ``TableError/votesTaken``.
    fileprivate func requireJurorsChange(in process: ElectionProcess) async throws {
        guard try await mayChangeJurors(of: process) else { throw TableError.votesTaken }
    }

    /// The user who is to serve; a newcomer is added and invited.
    func user(of participant: Participant, at now: Date) async throws -> (User, Invitation?) {
        switch participant {
        case .user(let id):
            guard let user = try await user(id) else { throw UserError.notFound }
            return (user, nil)
        case .newcomer(let user, let identity):
            return (user, try await addParticipant(user, through: identity, at: now))
        }
    }

    /// Who is to serve is in the register: by the document that was typed for them, or by that of their user.
    ///
    /// - Throws: ``ProcessError/notInRegister`` where one was typed that nobody of the register has.
    func person(of user: User?, with document: IdentityDocument?) async throws -> ID<Person>? {
        guard let document = document ?? user?.document else { return nil }
        let person = try await person(with: document)
        guard person != nil || document == user?.document else { throw ProcessError.notInRegister }
        return person
    }
}

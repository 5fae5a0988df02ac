public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Names who keeps a share of the key of a box. Nobody of the office does, no two of one body, and nobody who is something
/// else in the process: a committee whose members are two trustees would open every vote.
public struct AppointTrustee: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// Who keeps it.
    public let participant: Participant
    /// For which body.
    public let body: BoxTrustee.Body
    /// Their document, where their user has none: candidates are told apart by it.
    public let document: IdentityDocument?

    /// Takes what a person chose.
    public init(
        _ participant: Participant, for body: BoxTrustee.Body, with document: IdentityDocument? = nil,
        of box: ID<BallotBox>, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.participant = participant
        self.body = body
        self.document = document
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Names them to the number that is free.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``, `GrantError`, `UserError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Appointment> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        let trustees = try await transaction.trustees(of: found)
        guard
            let number = (1...found.choices.trustees).first(where: { free in
                !trustees.contains { $0.number == free }
            })
        else { throw BoxError.trusteesComplete }
        let appointed = try await transaction.appoint(
            participant, with: document, as: .trustee, being: body.capacity, in: place, at: now)
        let trustee = BoxTrustee(
            id: ID(), number: number, body: body, user: appointed.user.id, name: appointed.user.name,
            posted: [])
        try await transaction.insert(
            trustee, of: found, being: appointed.person, as: appointed.capacity, by: appointed.grant, at: now)
        return Audited(
            Appointment(user: appointed.user.id, invitation: appointed.invitation),
            AuditEvent(
                "elections.trustee.appointed", subject: trustee.id,
                details: [
                    "name": trustee.name, "box": found.title, "body": body.rawValue,
                    "user": trustee.user.description,
                ]))
    }
}

/// Relieves a trustee of a box that is not sealed, with a reason; the key is made anew by those who remain and another.
public struct RelieveTrustee: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The trustee.
    public let trustee: ID<BoxTrustee>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``BoxError/reasonMissing``.
    public init(
        _ trustee: ID<BoxTrustee>, because reason: String, of box: ID<BallotBox>, in place: ProcessPlace
    ) throws(BoxError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.box = box
        self.trustee = trustee
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Relieves them.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        guard let relieved = try await transaction.trustees(of: found).first(where: { $0.id == trustee })
        else {
            throw BoxError.notAppointed
        }
        try await transaction.relieve(relieved, of: found, because: reason, at: now)
        return Audited(
            AuditEvent(
                "elections.trustee.relieved", subject: trustee,
                details: ["name": relieved.name, "box": found.title, "reason": reason]))
    }
}

/// Names who makes the credentials of a box: nobody of the office, and nobody who is something else in the process.
public struct AppointCredentialAuthority: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// Who makes them.
    public let participant: Participant
    /// Their document, where their user has none.
    public let document: IdentityDocument?

    /// Takes what a person chose.
    public init(
        _ participant: Participant, with document: IdentityDocument? = nil, of box: ID<BallotBox>,
        in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.participant = participant
        self.document = document
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Names them.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``, `GrantError`, `UserError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Appointment> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        let appointed = try await transaction.appoint(
            participant, with: document, as: .credentialAuthority, being: .credentialAuthority, in: place,
            at: now)
        let authority = BoxAuthority(id: ID(), user: appointed.user.id, name: appointed.user.name)
        try await transaction.insert(
            authority, of: found, being: appointed.person, as: appointed.capacity, by: appointed.grant,
            at: now)
        return Audited(
            Appointment(user: authority.user, invitation: appointed.invitation),
            AuditEvent(
                "elections.credential_authority.appointed", subject: authority.id,
                details: ["name": authority.name, "box": found.title, "user": authority.user.description]))
    }
}

/// Relieves who makes the credentials, with a reason; the list that they handed in goes with them.
public struct RelieveCredentialAuthority: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``BoxError/reasonMissing``.
    public init(of box: ID<BallotBox>, because reason: String, in place: ProcessPlace) throws(BoxError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.place = place
        self.box = box
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Relieves them.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        guard let authority = try await transaction.authority(of: box) else { throw BoxError.notAppointed }
        try await transaction.relieve(authority, because: reason, at: now)
        try await transaction.put([], isFirst: true, in: found)
        return Audited(
            AuditEvent(
                "elections.credential_authority.relieved", subject: authority.id,
                details: ["name": authority.name, "box": found.title, "reason": reason]))
    }
}

/// Somebody who was given a role about a box.
private struct BoxAppointment {
    let user: User
    let invitation: Invitation?
    let person: ID<Person>?
    let capacity: Capacity?
    let grant: ID<Grant>
}

extension Transaction where Scope == TenantScope {
    /// Gives somebody a role in a process, and puts down what they are in it, unless they are something else.
    ///
    /// - Throws: ``BoxError/documentMissing(_:)``, ``BoxError/otherCapacity(_:_:)``, `GrantError`, `UserError`.
    fileprivate func appoint(
        _ participant: Participant, with document: IdentityDocument?, as role: Role, being capacity: Capacity,
        in place: ProcessPlace, at now: Date
    ) async throws -> BoxAppointment {
        let (user, invitation) = try await user(of: participant, at: now)
        guard let known = document ?? user.document else { throw BoxError.documentMissing(user.name) }
        try await identify(user, by: known)
        var functions = try await grants(of: user.id, at: now).filter { $0.covers(place.stream) }
            .compactMap(\.role.capacity)
        // Who watches from outside need not be of the register; nobody stands who is not.
        let person = try await person(with: known)
        var taken: Capacity?
        if let person {
            let own = try await take(capacity, by: person, in: place.process, at: now)
            functions.append(own)
            taken = own
        }
        if let other = functions.first(where: { $0 != capacity && $0 != role.capacity }) {
            throw BoxError.otherCapacity(user.name, other)
        }
        let grant = try await give(
            role, in: .process(place.process, of: place.alliance), to: user.id, from: now, until: nil, at: now
        )
        return BoxAppointment(
            user: user, invitation: invitation, person: person, capacity: taken, grant: grant)
    }
}

extension Role {
    /// What somebody is in a process by a role in it; `nil` where they are nothing by it.
    var capacity: Capacity? {
        switch self {
        case .electionCommittee: .committee
        case .juror: .juror
        case .guarantor: .guarantor
        case .trustee: .trustee
        case .credentialAuthority: .credentialAuthority
        case .officeAdministrator, .office, .board, .member, .witness, .controlBody, .operator: nil
        }
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records the assembly that constituted an alliance, with who signed its minutes, or records it anew in the place of what
/// was recorded in part or wrongly.
public struct RecordConstitution: Command {
    /// Who is said to have signed.
    public enum Signer: Sendable, Hashable {
        /// An affiliate, by document.
        case affiliate(IdentityDocument)
        /// An authority or witness, by name and office.
        case witness(name: String, office: String)
    }

    /// Who may do it.
    public static let permission = Permission.recordConstitutions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The day.
    public let heldOn: CalendarDate
    /// Where.
    public let place: String
    /// How many came.
    public let attendees: Int
    /// Who signed, in the order of the minutes.
    public let signers: [Signer]
    /// The signed minutes.
    public let paper: StoredFile?
    /// What it corrects, and why.
    public let correction: FoundingCorrection<Constitution>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ConstitutionError``.
    public init(
        of alliance: ID<Alliance>, on heldOn: CalendarDate, at place: String, attendees: Int,
        signers: [Signer], paper: StoredFile? = nil,
        correcting correction: FoundingCorrection<Constitution>? = nil
    ) throws(ConstitutionError) {
        guard let place = place.trimmedOrNil else { throw .placeMissing }
        guard attendees >= 2 else { throw .tooFew }
        guard signers.count <= attendees else { throw .moreSignersThanAttendees }
        var seen: Set<Signer> = []
        for signer in signers where !seen.insert(signer).inserted {
            throw .repeatedSigner(signer.told)
        }
        self.alliance = alliance
        self.heldOn = heldOn
        self.place = place
        self.attendees = attendees
        self.signers = signers
        self.paper = paper
        self.correction = correction
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ConstitutionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Constitution>> {
        guard heldOn <= ColombianTime.date(at: now) else { throw ConstitutionError.inFuture }
        let documents = signers.compactMap { signer in
            if case .affiliate(let document) = signer { document } else { nil }
        }
        let people = try await transaction.people(with: documents)
        let found = try signers.map { signer throws(ConstitutionError) in
            switch signer {
            case .affiliate(let document):
                guard let known = people[document] else { throw .signerNotFound(document.description) }
                return Constitution.Signer(person: known.person, name: known.name, office: nil)
            case .witness(let name, let office):
                return Constitution.Signer(person: nil, name: name, office: office)
            }
        }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .constitution, in: stream, at: now) }
        if let correction {
            let known = try await transaction.constitutions(of: alliance)
            guard let corrected = known.first(where: { $0.id == correction.act }) else {
                throw ConstitutionError.notFound
            }
            try await transaction.withdraw(corrected.id, because: correction.reason, at: now)
            // The minutes go on being the same unless others come.
            file = file ?? corrected.file
        }
        let constitution = Constitution(
            id: ID(), heldOn: heldOn, place: place, attendees: attendees, signers: found, file: file)
        try await transaction.insert(constitution, of: alliance, at: now)
        if let correction {
            try await transaction.carryPapers(
                from: .constitution(correction.act), to: .constitution(constitution.id), of: alliance, at: now
            )
        }
        try await transaction.advance(alliance, to: .constituted)
        return Audited(
            constitution.id,
            AuditEvent(
                correction == nil
                    ? "governance.constitution.recorded" : "governance.constitution.corrected",
                subject: constitution.id,
                details: [
                    "held_on": heldOn.description, "attendees": String(attendees),
                    "signers": found.compactMap { $0.person?.description }.joined(separator: " "),
                    "corrects": correction?.act.description ?? "", "reason": correction?.reason ?? "",
                ]))
    }
}

extension RecordConstitution.Signer {
    fileprivate var told: String {
        switch self {
        case .affiliate(let document): document.description
        case .witness(let name, _): name
        }
    }
}

/// Records a registration of an alliance before an authority, or anew in the place of one recorded in part or wrongly.
public struct RecordRegistration: Command {
    /// Who may do it.
    public static let permission = Permission.recordConstitutions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The registration.
    public let registration: Registration
    /// The certificate.
    public let paper: StoredFile?
    /// What it corrects, and why.
    public let correction: FoundingCorrection<Registration>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ConstitutionError``.
    public init(
        of alliance: ID<Alliance>, before authority: String, number: String, on registeredOn: CalendarDate?,
        paper: StoredFile? = nil, correcting correction: FoundingCorrection<Registration>? = nil
    ) throws(ConstitutionError) {
        guard let authority = authority.trimmedOrNil else { throw .authorityMissing }
        guard let number = number.trimmedOrNil else { throw .numberMissing }
        self.alliance = alliance
        self.paper = paper
        self.correction = correction
        registration = Registration(
            id: ID(), authority: authority, number: number, registeredOn: registeredOn, file: nil)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``ConstitutionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Registration>> {
        let today = ColombianTime.date(at: now)
        if let registeredOn = registration.registeredOn {
            guard registeredOn <= today else { throw ConstitutionError.inFuture }
            if let constituted = try await transaction.constitutions(of: alliance).map(\.heldOn).min(),
                registeredOn < constituted
            {
                throw ConstitutionError.registeredTooEarly(constituted: constituted)
            }
        }
        if let correction {
            let known = try await transaction.registrations(of: alliance)
            guard let corrected = known.first(where: { $0.id == correction.act }) else {
                throw ConstitutionError.notFound
            }
            try await transaction.withdraw(corrected.id, because: correction.reason, at: now)
            try await transaction.insert(
                registration.with(file: corrected.file), of: alliance, at: now)
            try await transaction.carryPapers(
                from: .registration(corrected.id), to: .registration(registration.id), of: alliance, at: now)
        } else {
            try await transaction.insert(registration, of: alliance, at: now)
        }
        if let paper {
            try await transaction.insert(
                paper, as: .registration(registration.id), titled: "Certificado \(registration.number)",
                datedOn: registration.registeredOn ?? today, of: alliance, at: now)
        }
        try await transaction.advance(alliance, to: .registered)
        return Audited(
            registration.id,
            AuditEvent(
                correction == nil
                    ? "governance.registration.recorded" : "governance.registration.corrected",
                subject: registration.id,
                details: [
                    "authority": registration.authority, "number": registration.number,
                    "registered_on": registration.registeredOn?.description ?? "",
                    "corrects": correction?.act.description ?? "", "reason": correction?.reason ?? "",
                ]))
    }
}

extension Registration {
    fileprivate func with(file: ID<StoredFile>?) -> Registration {
        Registration(id: id, authority: authority, number: number, registeredOn: registeredOn, file: file)
    }
}

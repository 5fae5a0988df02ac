public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Tells of a session of a body outside in which a representative took part, or did not.
public struct TellSession: Command {
    /// Who may do it.
    public static let permission = Permission.tellService
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: ID<Body>
    /// The representative's mandate.
    public let mandate: ID<Mandate>
    /// The day.
    public let heldOn: CalendarDate
    /// What was treated, or why the representative did not come.
    public let summary: String
    /// Whether they took part.
    public let attended: Bool
    /// The minutes, or another paper.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ServiceError/summaryMissing``.
    public init(
        of body: ID<Body>, in alliance: ID<Alliance>, by mandate: ID<Mandate>, on heldOn: CalendarDate,
        attended: Bool, summary: String, paper: StoredFile? = nil
    ) throws(ServiceError) {
        guard let summary = summary.trimmedOrNil else { throw .summaryMissing }
        self.alliance = alliance
        self.body = body
        self.mandate = mandate
        self.heldOn = heldOn
        self.attended = attended
        self.summary = summary
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ServiceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard heldOn <= ColombianTime.date(at: now) else { throw ServiceError.inFuture }
        _ = try await transaction.outsideBody(body, of: alliance)
        guard let found = try await transaction.mandate(mandate), found.body == body else {
            throw MandateError.notFound
        }
        guard found.mayAct(on: heldOn) else { throw ServiceError.noRight(found.holderName) }
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .mandates, in: stream, at: now) }
        let session = ServiceSession(
            id: ID(), mandate: mandate, representative: found.holderName, heldOn: heldOn, attended: attended,
            summary: attended ? summary : "", excuse: attended ? nil : summary, file: file)
        try await transaction.insert(session, of: body, in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.service.session", subject: session.id,
                details: [
                    "body": body.description, "held_on": heldOn.description, "attended": String(attended),
                ]))
    }
}

/// Tells of something that a representative proposed in a body outside.
public struct TellProposal: Command {
    /// Who may do it.
    public static let permission = Permission.tellService
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: ID<Body>
    /// What it is about.
    public let kind: ServiceProposal.Kind
    /// What is proposed.
    public let proposal: String
    /// The day.
    public let proposedOn: CalendarDate

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ServiceError/proposalMissing``.
    public init(
        _ proposal: String, about kind: ServiceProposal.Kind, in body: ID<Body>, of alliance: ID<Alliance>,
        on proposedOn: CalendarDate
    ) throws(ServiceError) {
        guard let proposal = proposal.trimmedOrNil else { throw .proposalMissing }
        self.alliance = alliance
        self.body = body
        self.kind = kind
        self.proposal = proposal
        self.proposedOn = proposedOn
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ServiceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ServiceProposal>> {
        guard proposedOn <= ColombianTime.date(at: now) else { throw ServiceError.inFuture }
        _ = try await transaction.outsideBody(body, of: alliance)
        let told = ServiceProposal(
            id: ID(), kind: kind, proposal: proposal, proposedOn: proposedOn, outcome: .pending,
            decision: nil,
            decidedOn: nil, carriedOut: .unknown, followUp: nil, followedOn: nil)
        try await transaction.insert(told, of: body, in: alliance, at: now)
        return Audited(
            told.id,
            AuditEvent(
                "governance.service.proposal", subject: told.id,
                details: ["body": body.description, "kind": kind.rawValue]))
    }
}

/// Tells what was decided on a proposal, or whether what was accepted was carried out.
public struct FollowProposal: Command {
    /// What became of it.
    public enum News: Sendable, Hashable {
        /// It was accepted.
        case accepted
        /// It was refused.
        case refused
        /// Whether it was carried out.
        case carriedOut(ServiceProposal.Fulfilment)
    }

    /// Who may do it.
    public static let permission = Permission.tellService
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: ID<Body>
    /// The proposal.
    public let proposal: ID<ServiceProposal>
    /// What became of it.
    public let news: News
    /// In which words.
    public let note: String
    /// The day.
    public let day: CalendarDate

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ServiceError``.
    public init(
        _ proposal: ID<ServiceProposal>, in body: ID<Body>, of alliance: ID<Alliance>, _ news: News,
        note: String, on day: CalendarDate
    ) throws(ServiceError) {
        guard let note = note.trimmedOrNil else {
            if case .carriedOut = news { throw .followUpMissing }
            throw .decisionMissing
        }
        self.alliance = alliance
        self.body = body
        self.proposal = proposal
        self.news = news
        self.note = note
        self.day = day
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ServiceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard day <= ColombianTime.date(at: now) else { throw ServiceError.inFuture }
        guard let found = try await transaction.proposal(proposal, in: body, of: alliance) else {
            throw ServiceError.notFound
        }
        let verb: String
        switch news {
        case .accepted, .refused:
            guard found.outcome == .pending else { throw ServiceError.decidedAlready }
            guard day >= found.proposedOn else { throw ServiceError.decidedBefore }
            let outcome: ServiceProposal.Outcome = news == .accepted ? .accepted : .refused
            try await transaction.update(proposal, outcome: outcome, decision: note, on: day)
            verb = outcome.rawValue
        case .carriedOut(let fulfilment):
            guard found.outcome == .accepted else { throw ServiceError.notAccepted }
            try await transaction.update(proposal, carriedOut: fulfilment, followUp: note, on: day)
            verb = "followed"
        }
        return Audited(
            AuditEvent(
                "governance.service.\(verb)", subject: proposal,
                details: ["body": body.description, "day": day.description]))
    }
}

/// Tells that representatives reported to the members what they do in a body outside.
public struct TellReport: Command {
    /// Who may do it.
    public static let permission = Permission.tellService
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The body.
    public let body: ID<Body>
    /// The day.
    public let reportedOn: CalendarDate
    /// To whom, and how.
    public let audience: String
    /// What they told.
    public let summary: String
    /// The report in writing.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ServiceError``.
    public init(
        of body: ID<Body>, in alliance: ID<Alliance>, on reportedOn: CalendarDate, to audience: String,
        summary: String, paper: StoredFile? = nil
    ) throws(ServiceError) {
        guard let audience = audience.trimmedOrNil else { throw .audienceMissing }
        guard let summary = summary.trimmedOrNil else { throw .summaryMissing }
        self.alliance = alliance
        self.body = body
        self.reportedOn = reportedOn
        self.audience = audience
        self.summary = summary
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``ServiceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard reportedOn <= ColombianTime.date(at: now) else { throw ServiceError.inFuture }
        _ = try await transaction.outsideBody(body, of: alliance)
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .mandates, in: stream, at: now) }
        try await transaction.insert(
            ServiceReport(
                reportedOn: reportedOn, audience: audience, summary: summary, meeting: nil, file: file),
            of: body, in: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.service.reported", subject: body, details: ["day": reportedOn.description]))
    }
}

/// What representatives did in a body outside.
public struct ReadBodyService: Query {
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
    /// The names of representatives are shown.
    public var disclosure: Disclosure? { Disclosure(of: body, details: ["fields": "holders"]) }

    /// Reads it.
    ///
    /// - Throws: ``BodyError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> BodyService {
        let today = ColombianTime.date(at: now)
        guard let seated = try await transaction.seatedBody(body, on: today), seated.body.alliance == alliance
        else { throw BodyError.notFound }
        return try await transaction.service(in: seated, on: today)
    }
}

extension Transaction where Scope == TenantScope {
    /// A body outside to which an alliance sends representatives.
    ///
    /// - Throws: ``ServiceError/notOutside``, ``BodyError/notFound``.
    fileprivate func outsideBody(_ id: ID<Body>, of alliance: ID<Alliance>) async throws -> Body {
        let found = try await body(id, in: alliance)
        guard found.isExternal else { throw ServiceError.notOutside }
        return found
    }
}

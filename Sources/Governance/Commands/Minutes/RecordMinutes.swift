public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records the minutes of a meeting that was held, from its signed paper.
public struct RecordMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.recordMinutes
    /// The label of those who came, among what minutes count.
    static let attendeesLabel = "Asistentes"

    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is recorded.
    public let minutes: Minutes
    /// What they tell of commitments that were met before: recorded with the others, and not followed.
    let met: [Minutes.Commitment]
    /// The signed minutes.
    public let paper: StoredFile?
    /// The list of those who came.
    public let attendance: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MeetingError``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, number: String?, datedOn: CalendarDate,
        attendees: Int, narrative: [String], decisions: [Minutes.Decision] = [],
        commitments: [Minutes.Commitment] = [], met: [Minutes.Commitment] = [], paper: StoredFile? = nil,
        attendance: StoredFile? = nil
    ) throws(MeetingError) {
        let narrative = narrative.compactMap(\.trimmedOrNil)
        guard !narrative.isEmpty || paper != nil else { throw .emptyMinutes }
        guard attendees >= 0,
            decisions.allSatisfy({ decision in
                [decision.inFavor, decision.against, decision.abstained].allSatisfy { ($0 ?? 0) >= 0 }
                    && decision.voters <= attendees
            })
        else { throw .figuresDoNotFit }
        self.alliance = alliance
        self.met = met
        self.paper = paper
        self.attendance = attendance
        minutes = Minutes(
            meeting: meeting, number: number?.trimmedOrNil, datedOn: datedOn, narrative: narrative,
            counts: [Minutes.Count(label: Self.attendeesLabel, people: attendees)], decisions: decisions,
            commitments: commitments + met)
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records them; the meeting counts as held.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Minutes>> {
        guard let found = try await transaction.lockedMeeting(minutes.meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        if let draft = try await transaction.lockedMinutes(of: minutes.meeting), draft.state != .draft {
            throw MeetingError.hasMinutes
        }
        let today = ColombianTime.date(at: now)
        guard found.day <= today, minutes.datedOn <= today else { throw MeetingError.notYetHeld }
        switch found.state {
        case .planned: try await transaction.update(found.with(state: .held))
        case .cancelled, .inSession: throw MeetingError.notPlanned
        case .held: break
        }
        try await transaction.insert(minutes, of: alliance, from: nil, at: now)
        try await transaction.insert(commitments(of: found, in: transaction), at: now)
        let papers = [(Paper.Subject.minutes(minutes.id), paper), (.attendance(minutes.id), attendance)]
        for case (let subject, let file?) in papers {
            try await transaction.insert(
                file, as: subject, titled: subject.title, datedOn: minutes.datedOn, of: alliance, at: now)
        }
        return Audited(
            minutes.id,
            AuditEvent(
                "governance.minutes.recorded", subject: minutes.id,
                details: [
                    "meeting": minutes.meeting.description, "number": minutes.number ?? "",
                    "attendees": minutes.counts.first.map { String($0.people) } ?? "",
                    "decisions": String(minutes.decisions.count),
                    "commitments": String(minutes.commitments.count),
                ]))
    }

    /// What the minutes tell that somebody is to do, to be followed from here: a body of the alliance where they name
    /// one, and whoever they name otherwise.
    private func commitments(
        of meeting: Meeting, in transaction: borrowing TenantTransaction
    ) async throws -> [Commitment] {
        let open = minutes.commitments.dropLast(met.count)
        guard !open.isEmpty else { return [] }
        let bodies = try await transaction.bodies(of: alliance)
        return try open.map { told in
            let body = bodies.first { $0.name.folded == told.responsible.folded }
            return try Commitment(
                alliance: alliance, activity: told.activity,
                owner: body.map { .body($0.id, name: $0.name) } ?? .outside(told.responsible),
                meeting: meeting.id, madeOn: meeting.day, dueOn: told.dueOn, isReserved: meeting.isReserved)
        }
    }
}

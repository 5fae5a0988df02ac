public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records a decision of a meeting in session, with the quorum of that moment and the result computed.
public struct RecordDecision: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The point in which it is taken.
    public let item: ID<AgendaItem>?
    /// What is decided.
    public let decision: String
    /// Who proposed it.
    public let proposedBy: String?
    /// How it was put.
    public let manner: MeetingDecision.Manner
    /// The majority that was chosen, which holds where it asks for more than the bylaws'; `nil` for theirs.
    public let majority: Majority?
    /// Votes in favour; `nil` where those who do not object count.
    public let inFavor: Int?
    /// Against.
    public let against: Int
    /// In blank.
    public let blank: Int
    /// Present without voting.
    public let abstained: Int
    /// The vote of each by their stay, where they are called by name.
    public let byName: [ID<Attendance>: NominalVote.Choice]
    /// What it approves.
    public let approval: MeetingDecision.Approval?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``DecisionError``.
    public init(
        _ decision: String, in meeting: ID<Meeting>, of alliance: ID<Alliance>,
        on item: ID<AgendaItem>? = nil,
        proposedBy: String? = nil, manner: MeetingDecision.Manner, majority: Majority? = nil, inFavor: Int?,
        against: Int = 0, blank: Int = 0, abstained: Int = 0,
        byName: [ID<Attendance>: NominalVote.Choice] = [:],
        approving approval: MeetingDecision.Approval? = nil
    ) throws(DecisionError) {
        guard let decision = decision.trimmedOrNil else { throw .untold }
        guard manner != .rollCall || !byName.isEmpty else { throw .namesMissing }
        guard inFavor != nil || manner.assumesFavor || manner == .rollCall else { throw .votesMissing }
        self.byName = manner == .rollCall ? byName : [:]
        self.alliance = alliance
        self.meeting = meeting
        self.item = item
        self.decision = decision
        self.proposedBy = proposedBy?.trimmedOrNil
        self.manner = manner
        self.majority = majority
        self.inFavor = inFavor
        self.against = max(0, against)
        self.blank = max(0, blank)
        self.abstained = max(0, abstained)
        self.approval = approval
    }

    /// Records it, adopted or not.
    ///
    /// - Throws: ``DecisionError``: without quorum nothing is decided.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<MeetingDecision> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .inSession, let session = found.session else { throw DecisionError.notInSession }
        let decides = found.electorate.decides
        let quorum = try await transaction.quorum(now: now, in: found, of: alliance)
        if let quorum {
            guard session.call != nil else { throw DecisionError.informative }
            guard quorum.check.isMet else { throw DecisionError.noQuorum(quorum.check.sentence) }
        }
        guard decides || manner == .consensus else { throw DecisionError.consensusOnly }
        let present =
            decides
            ? try await transaction.presence(in: found, of: alliance).present
            : try await transaction.attendees(of: meeting)
        guard present > 0 else { throw DecisionError.nobodyPresent }
        let named = try await votesByName(in: found, transaction)
        let votes = try counted(named, present: present)
        guard votes.voters <= present else { throw DecisionError.tooManyVotes(present: present) }
        if manner == .consensus, against + blank > 0 { throw DecisionError.noConsensus }
        let version = try await approved(in: found, transaction)
        let demand = try await demand(
            of: votes, present: present, entitled: session.entitled, in: found, transaction)
        var record: QuorumRecord?
        if let quorum {
            let id = try await transaction.insert(quorum, on: .decision, in: meeting, at: now)
            record = try await transaction.quorumRecords(of: meeting).first { $0.id == id }
        }
        var taken = MeetingDecision(
            id: ID(), position: try await transaction.nextDecision(of: meeting), item: item,
            decision: decision, proposedBy: proposedBy, manner: manner, majority: demand.majority,
            majoritySource: demand.source, votes: votes, needed: demand.votes,
            isAdopted: votes.inFavor >= demand.votes,
            quorum: record, present: present, entitled: session.entitled, approval: approval, decidedAt: now,
            withdrawnAt: nil, withdrawalReason: nil)
        taken.byName = named
        try await transaction.insert(taken, of: found, in: alliance, version: version)
        if taken.isAdopted, case .bylaws(let project) = approval {
            try await transaction.adopt(
                project, on: found.day, by: taken.id,
                // The name of a reserved meeting is the board's own.
                told: "Decisión \(taken.position) de "
                    + (found.isReserved ? "la reunión" : "«\(found.title)»")
                    + " del \(SpanishFormat.date(found.day))")
        }
        if case .plan(let plan) = approval, taken.isAdopted {
            try await transaction.approve(
                plan, of: alliance, on: ColombianTime.date(at: now), in: taken.reference(in: found),
                by: taken.id)
        }
        return Audited(
            taken,
            event(
                "decision.recorded",
                [
                    "decision": taken.id.description, "adopted": String(taken.isAdopted),
                    "in_favor": String(votes.inFavor), "needed": String(demand.votes),
                    "present": String(present),
                ]))
    }

    /// The votes of those who were called by name, in the order of the list.
    private func votesByName(
        in found: Meeting, _ transaction: borrowing TenantTransaction
    ) async throws -> [NominalVote] {
        guard !byName.isEmpty else { return [] }
        let voters = try await transaction.voters(in: found, of: alliance)
        let votes = voters.compactMap { voter in
            byName[voter.id].map { NominalVote(person: voter.person, name: voter.name, choice: $0) }
        }
        guard votes.count == byName.count else { throw DecisionError.voterGone }
        return votes
    }

    /// The totals: those of the names, where there are any; those who do not object are in favour where nobody counted.
    private func counted(_ named: [NominalVote], present: Int) throws(DecisionError) -> DecisionVotes {
        let typed = DecisionVotes(
            inFavor: inFavor ?? max(0, present - against - blank - abstained), against: against, blank: blank,
            abstained: abstained)
        guard !named.isEmpty else { return typed }
        let isTyped = inFavor != nil || against + blank + abstained > 0
        guard !isTyped || typed == named.counted else { throw .totalsDiffer }
        return named.counted
    }

    /// What a majority asks for: its votes, and where that is said.
    private typealias Demand = (majority: Majority, source: String, votes: Int)

    /// What is asked for: what the bylaws order on the day of the meeting, and no less where the session chose another.
    private func demand(
        of votes: DecisionVotes, present: Int, entitled: Int, in found: Meeting,
        _ transaction: borrowing TenantTransaction
    ) async throws -> Demand {
        func demand(_ majority: Majority, _ source: String) -> Demand {
            (majority, source, majority.needed(votes, present: present, entitled: entitled))
        }
        let bylaws = try await transaction.bylaws(of: alliance, on: found.day)
        var demands: [Demand] = []
        if manner == .consensus {
            // Who abstains does not stand in the way.
            demands.append((.consensus, "consenso de los presentes", max(1, votes.cast)))
        }
        if let bylaws, let ordered = bylaws.majority {
            demands.append(demand(ordered, bylaws.source(of: .decisionMajority)))
        }
        if manner != .consensus, let majority {
            demands.append(demand(majority, "escogida en la sesión"))
        }
        if demands.isEmpty {
            demands.append(demand(try Majority(.simple), "los estatutos no dicen cuál; se usó la simple"))
        }
        // Of two that ask for as many votes, the first said is told: the bylaws before a choice.
        return demands.dropFirst().reduce(demands[0]) { $1.votes > $0.votes ? $1 : $0 }
    }

    /// Asks that the meeting may approve what it is to.
    ///
    /// - Returns: The version of the minutes that it approves; `nil` for its own, which are written afterwards.
    private func approved(
        in found: Meeting, _ transaction: borrowing TenantTransaction
    ) async throws -> Int? {
        guard let approval else { return nil }
        // What the members approve is not a body's to approve, nor what is kept from them.
        switch approval {
        case .plan where found.body != nil || found.isReserved: throw PlanError.notOfMembers
        case .bylaws where found.electorate != .members || found.isReserved: throw DecisionError.assemblyOnly
        default: break
        }
        guard
            let approvable = try await transaction.approvables(in: found, of: alliance).first(where: {
                $0.approval == approval
            })
        else { throw DecisionError.approvalNotFound }
        return approvable.version
    }
}

extension MeetingDecision {
    /// How what it approves cites it: «Decisión 2 de «Asamblea anual», 13 de marzo de 2026».
    fileprivate func reference(in meeting: Meeting) -> String {
        "Decisión \(position) de «\(meeting.title)», \(SpanishFormat.date(meeting.day))"
    }
}

/// Withdraws a decision that was recorded by mistake; it stays, with why.
public struct WithdrawDecision: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The decision.
    public let decision: ID<MeetingDecision>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``DecisionError/reasonMissing``.
    public init(
        _ decision: ID<MeetingDecision>, of meeting: ID<Meeting>, in alliance: ID<Alliance>,
        because reason: String
    ) throws(DecisionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.meeting = meeting
        self.decision = decision
        self.reason = reason
    }

    /// Withdraws it.
    ///
    /// - Throws: ``DecisionError``; not once the minutes are out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.holding(meeting, of: alliance)
        guard try await !transaction.minutesAreOut(of: meeting) else {
            throw AttendanceError.minutesCirculated
        }
        guard try await transaction.decisions(of: meeting).contains(where: { $0.id == decision }) else {
            throw DecisionError.notFound
        }
        try await transaction.withdraw(decision, of: meeting, because: reason, at: now)
        return Audited(event("decision.withdrawn", ["decision": decision.description]))
    }
}

/// Records a question of a meeting, and its answer where there is one already. Who asks may stay unnamed.
public struct RecordQuestion: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The point in which it is asked.
    public let item: ID<AgendaItem>?
    /// Who asks; `nil` for who stays unnamed.
    public let askedBy: String?
    /// The question.
    public let question: String
    /// The answer.
    public let answer: String?
    /// Who answers.
    public let answeredBy: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``SessionError/questionUntold``.
    public init(
        _ question: String, askedBy: String?, in meeting: ID<Meeting>, of alliance: ID<Alliance>,
        on item: ID<AgendaItem>? = nil, answer: String? = nil, answeredBy: String? = nil
    ) throws(SessionError) {
        guard let question = question.trimmedOrNil else { throw .questionUntold }
        self.alliance = alliance
        self.meeting = meeting
        self.item = item
        self.askedBy = askedBy?.trimmedOrNil
        self.question = question
        self.answer = answer?.trimmedOrNil
        self.answeredBy = answeredBy?.trimmedOrNil
    }

    /// Records it.
    ///
    /// - Throws: ``SessionError/notOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<MeetingQuestion>> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .inSession || found.state == .held && found.session != nil else {
            throw SessionError.notOpen
        }
        guard try await !transaction.minutesAreOut(of: meeting) else {
            throw AttendanceError.minutesCirculated
        }
        let asked = MeetingQuestion(
            id: ID(), position: 0, item: item, askedBy: askedBy, question: question, askedAt: now,
            answer: answer.map { .init(text: $0, by: answeredBy, at: now) })
        try await transaction.insert(asked, of: found, in: alliance)
        return Audited(
            asked.id,
            event(
                "question.recorded",
                [
                    "question": asked.id.description, "anonymous": String(askedBy == nil),
                    "answered": String(answer != nil),
                ]
            ))
    }
}

/// Writes what was answered to a question, in the meeting or later.
public struct AnswerQuestion: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The question.
    public let question: ID<MeetingQuestion>
    /// The answer.
    public let answer: String
    /// Who answers.
    public let answeredBy: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``SessionError/answerUntold``.
    public init(
        _ question: ID<MeetingQuestion>, with answer: String, by answeredBy: String?, in meeting: ID<Meeting>,
        of alliance: ID<Alliance>
    ) throws(SessionError) {
        guard let answer = answer.trimmedOrNil else { throw .answerUntold }
        self.alliance = alliance
        self.meeting = meeting
        self.question = question
        self.answer = answer
        self.answeredBy = answeredBy?.trimmedOrNil
    }

    /// Writes it.
    ///
    /// - Throws: ``SessionError/questionNotFound``; ``SessionError/questionAnswered`` once the minutes with the answer
    ///   are out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.holding(meeting, of: alliance)
        try await transaction.answer(
            question, of: meeting, with: .init(text: answer, by: answeredBy, at: now),
            mending: try await !transaction.minutesAreOut(of: meeting))
        return Audited(event("question.answered", ["question": question.description]))
    }
}

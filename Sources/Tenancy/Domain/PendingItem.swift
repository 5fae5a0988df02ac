public import Foundation
public import Kernel

/// Something that waits for somebody to do it: one line of «Pendientes».
public struct PendingItem: Sendable, Hashable {
    /// What sort of thing waits. The order is that of urgency among things without a day.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Objections to a roll that wait for a decision.
        case claims
        /// Challenges of a result that wait for a decision.
        case challenges
        /// Slates that wait for a decision.
        case slates
        /// Appeals of candidates who were kept out, that wait for a decision.
        case appeals
        /// Approved minutes that wait for the person's own signature.
        case ownSignature
        /// A decision that kept the person out as a candidate.
        case ownDisqualification
        /// Votes of the person's own table that were cast and are not counted.
        case votesToCount
        /// A draw whose number somebody else has to confirm.
        case drawToConfirm
        /// The draw of the order of a ballot, whose number somebody else has to confirm.
        case orderToConfirm
        /// A proclamation that was proposed, for somebody of another role to second.
        case proclamationToSecond
        /// An annulment that was proposed, for somebody of another role to second.
        case annulmentToSecond
        /// A table that was proposed to be left out, for somebody of another role to second.
        case omissionToSecond
        /// What a trustee of an electronic box is to send: a step of its key, the trial, the decryption.
        case ownKeyStep
        /// The credentials of an electronic box, which the person makes.
        case credentialsToMake
        /// What is proposed about an electronic box, for somebody of another role to second.
        case boxActToSecond
        /// Few ballots of a table, for somebody else to confirm that they go into the urn of another.
        case mergeToConfirm
        /// An electronic box that lacks nothing for its next step.
        case boxStep
        /// An election whose preparation is not finished.
        case electionToPrepare
        /// An election whose call is to be published.
        case callToPublish
        /// An election whose provisional roll is to be published.
        case rollToPublish
        /// An election whose roll is to be frozen.
        case rollToFreeze
        /// Tables without their jurors.
        case jurorsToName
        /// An election whose day of the vote is to be begun.
        case dayToBegin
        /// A vote that goes on.
        case voteToFollow
        /// An election whose votes are to be counted and summed.
        case canvassToMake
        /// An election whose result is to be proclaimed.
        case proclamationToMake
        /// What a norm asks and is overdue.
        case overdueObligations
        /// Chains of events that do not hold.
        case brokenChains
        /// Papers that somebody else recorded and that wait for a review.
        case papers
        /// People who want to be members.
        case applications
        /// People who asked to be members on the public page, and whom the register does not show.
        case joinRequests
        /// Topics of training that somebody proposed and the entity has not answered.
        case topicsToAnswer
        /// What alliances ask of their entity for meetings, and nobody answered.
        case supportsToAnswer
        /// What was granted for a meeting and did not come yet.
        case supportsToDeliver
        /// A meeting that comes and is not called, or lacks its agenda, its place or its link.
        case meetingToPrepare
        /// Commitments whose day has passed.
        case commitmentsOverdue
        /// What an alliance does again and again, whose period ends soon without it.
        case dutiesDue
        /// Meetings whose minutes are not recorded.
        case minutesToRecord
        /// Minutes that were begun and not approved.
        case minutesToFinish
        /// Minutes that were handed round, for who was there to read and observe.
        case minutesToObserve
        /// Approved minutes that somebody has not signed yet.
        case signaturesToGather
        /// Sealed minutes of which nobody decided whether they are published.
        case minutesToPublish
        /// Minutes without their signed paper.
        case minutesToSign
        /// Holders of whom the register says that they lost what their seat asks for.
        case lapsedHolders
        /// Seats that nobody holds and that an alternate may be called to.
        case alternates
        /// Seats for which an election is due: nobody holds them, or not for long.
        case electionsDue
        /// A handover between boards that waits to be finished.
        case handovers
        /// A handover that waits for the person's own signature.
        case ownHandover
        /// An undertaking of confidentiality that waits for the person's own signature.
        case undertakingToSign
        /// Alliances whose period ends soon, or ended, and that are to be renewed.
        case renewals
        /// Complaints whose confirmed term of answer is near its end or over.
        case complaintsDue
        /// Complaints that wait to be passed on to the entity.
        case complaintsToTransfer
        /// Answers to complaints that the alliance has not checked.
        case complaintsToCheck
        /// Orientations for which something is to be done.
        case orientationsToFollow
        /// Letters that came in and wait for the alliance's answer.
        case lettersToAnswer
        /// Letters that went out and whose answer did not come.
        case lettersToAskAfter
        /// Proposals to let a file go, for somebody of the other side to confirm.
        case disposalsToSecond
        /// Files whose confirmed term of retention has passed.
        case filesPastTerm
        /// What a norm asks within its term.
        case dueObligations
        /// What a norm asks and nothing shows.
        case unprovenObligations
        /// What a norm asks and is shown in part.
        case partialObligations
        /// Those who decide or watch in an election and come in by a link that the entity saw.
        case shownLinks
        /// Long work that failed.
        case jobs
        /// Messages whose delivery fails again and again.
        case failingMessages
        /// Daily chores of the server that could not be done.
        case failedChores
        /// Users whose invitation ran out before they came in.
        case invitations
    }

    /// Whether an election stands still until it is done.
    public var holdsUpAnElection: Bool {
        switch kind {
        case .votesToCount, .drawToConfirm, .orderToConfirm, .proclamationToSecond, .annulmentToSecond,
            .omissionToSecond,
            .ownKeyStep, .credentialsToMake, .boxActToSecond, .mergeToConfirm, .boxStep:
            true
        default: false
        }
    }

    /// Whether it waits for the person alone: nobody else can do it for them.
    public var isOwn: Bool {
        switch kind {
        case .ownSignature, .ownHandover, .ownDisqualification, .undertakingToSign, .ownKeyStep,
            .credentialsToMake:
            true
        default: false
        }
    }

    /// What sort of thing waits.
    public let kind: Kind
    /// How many of them.
    public let count: Int
    /// The space in which they wait, in which the right to do them is asked.
    public let stream: AuditStream
    /// The day until which they are to be done, where there is one.
    public let dueOn: CalendarDate?
    /// Since when the oldest waits, where that is known.
    public let since: Date?
    /// What they are called, where that says more than how many they are. Nobody is named.
    public let names: [String]
    /// Which it is, where the line is about one: the code of an obligation, the identifier of a meeting.
    public let subject: String?

    /// Describes what waits.
    public init(
        _ kind: Kind, count: Int, in stream: AuditStream, dueOn: CalendarDate? = nil, since: Date? = nil,
        names: [String] = [], subject: String? = nil
    ) {
        self.kind = kind
        self.count = count
        self.stream = stream
        self.dueOn = dueOn
        self.since = since
        self.names = names
        self.subject = subject
    }
}

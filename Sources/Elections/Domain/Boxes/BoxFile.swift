public import Foundation
public import Governance
public import Kernel
public import Tenancy
import VerifiableVoting

/// All that the committee's page of a box shows.
public struct BoxFile: Sendable {
    /// The box.
    public let box: BallotBox
    /// What it asks.
    public let questions: [BoxQuestion]
    /// Who keeps its key, by number.
    public let trustees: [BoxTrustee]
    /// Who makes its credentials.
    public let authority: BoxAuthority?
    /// How many credentials there are.
    public let credentials: CredentialCount
    /// Electors of the frozen roll.
    public let electors: Int
    /// Electors who have no usable credential.
    public let withoutCredential: Int
    /// Electors whom a code to vote from afar reaches.
    public let reach: ElectorReach
    /// Whether somebody stands in each contest, by those in which nobody does.
    public let emptyContests: [String]
    /// Those in which several stand whose order on the ballot was not drawn.
    public let contestsToOrder: [BoxQuestion]
    /// Acts that wait for their second person.
    public let acts: [BoxAct]
    /// What two people did with it, in order.
    public let steps: [CanvassReport.Box.Step]
    /// What the marks contradict each other in.
    public let conflicts: [ParticipationConflict]
    /// The challenges to it that wait for their decision.
    public let openChallenges: [BoxChallenge]
    /// The booths.
    public let kiosks: [Kiosk]
    /// How many people voted in which way.
    public let participation: [VotingPass.Way: Int]
    /// The ballots that were excluded.
    public let exclusions: [BoxExclusion]
    /// The sums, once it is counted.
    public let counts: [BoxCount]
    /// The quorum of the session at this moment, where the box is to be opened in one; `nil` while none is open.
    public let quorum: Quorum.Check?
    /// How many people are in the open session who voted neither in it nor on paper; `nil` but while a box of the present is
    /// open.
    public let waiting: Int?
    /// How many have to vote in it, where that is bound into it.
    public let requiredVoters: Int?

    /// What is missing for the next step, in the order in which it is done.
    public func obstacles(at now: Date) -> [BoxObstacle] {
        switch box.state {
        case .preparing:
            keyObstacles + credentialObstacles + emptyContests.map { .nobodyStands($0) }
                + contestsToOrder.map { .orderNotDrawn($0.contest, $0.name) }
        case .sealed:
            trustees.filter { !$0.hasPosted(.trial) }.map { .trialMissing($0.name) }
                + ((box.choices.opensAt..<box.choices.closesAt).contains(now) ? [] : [.outsideHours])
                + quorumObstacles
        case .open: []
        case .closed:
            (conflicts.contains { $0.decision == nil }
                ? [.conflictsOpen(conflicts.count { $0.decision == nil })] : [])
                + openChallenges.map { .challengeOpen($0.number) }
                + acts.map(\.kind).filter(\.changesWhatIsCounted).map { .proposalOpen($0) }
                + (box.isTooSmall
                    ? [.tooFew(box.counted)]
                    : missedQuorum.map { [$0] } ?? [])
        case .tallied:
            [.decryptionsMissing(box.choices.threshold - trustees.count { $0.hasPosted(.partialDecryption) })]
        case .counted, .annulled: []
        }
    }

    /// Why the box cannot be sealed now; `nil` where it can.
    public func refusalToSeal(at now: Date) -> BoxError? {
        guard box.state == .preparing else { return .notNow(box.state) }
        let missing = obstacles(at: now)
        return missing.isEmpty ? nil : .obstacles(missing)
    }

    /// Why something cannot be proposed now, or seconded, by where the box stands and what it lacks; `nil` where it can.
    public func refusal(of kind: BoxAct.Kind, at now: Date) -> BoxError? {
        guard kind.states.contains(box.state) else { return .notNow(box.state) }
        switch kind {
        case .open, .count:
            // Who opens comes together before the hour: that it has come is asked when the act is carried out.
            let missing = obstacles(at: now).filter { !$0.passesOnTheDay }
            return missing.isEmpty ? nil : .obstacles(missing)
        case .settle(let id), .leaveOut(let id):
            return conflicts.contains { $0.id == id && $0.decision == nil } ? nil : .noConflict
        case .exclude(_, let challenge):
            return openChallenges.contains { $0.id == challenge } ? nil : .challengeMissing
        case .close, .annul: return nil
        }
    }

    /// Whether the box could no longer be counted without the ballots of one more credential.
    public var isTooSmallWithoutOne: Bool { box.counted <= BallotBox.fewest }

    private var quorumObstacles: [BoxObstacle] {
        guard box.opensInSession else { return [] }
        guard let quorum else { return [.sessionMissing] }
        return quorum.isMet ? [] : [.quorumMissing(quorum.sentence)]
    }

    private var missedQuorum: BoxObstacle? {
        guard let requiredVoters, box.counted < requiredVoters else { return nil }
        return .quorumMissed(voters: box.counted, required: requiredVoters)
    }

    private var keyObstacles: [BoxObstacle] {
        guard trustees.count == box.choices.trustees else {
            return [.trusteesMissing(box.choices.trustees - trustees.count)]
        }
        return trustees.filter { box.step(of: $0, among: trustees) != nil }.map { .keyMissing($0.name) }
    }

    private var credentialObstacles: [BoxObstacle] {
        var missing: [BoxObstacle] = []
        if credentials.total == 0 {
            missing.append(authority == nil ? .authorityMissing : .credentialsMissing)
        } else if withoutCredential > credentials.drawn {
            missing.append(.electorsWithoutCredential(withoutCredential - credentials.drawn))
        }
        if box.choices.allowsRemote, reach.byEither == 0 { missing.append(.contactsMissing) }
        return missing
    }

    /// What a trustee is to do now.
    public func step(of trustee: BoxTrustee) -> TrusteeMessage.Kind? {
        box.step(of: trustee, among: trustees)
    }
}

/// The ballots of one credential that are left out of what is counted.
public struct BoxExclusion: Sendable, Hashable {
    /// Their trackers, in the order in which they were cast.
    public let trackers: [HashDigest]
    /// Why.
    public let reason: String
    /// The number of the challenge for which it was done; `nil` where a contradiction was settled by it.
    public let challenge: Int?
    /// When two people decided it.
    public let decidedAt: Date
}

/// The verified sums of a box for a contest.
public struct BoxCount: Sendable, Hashable {
    /// The votes of a slate.
    public struct Line: Sendable, Hashable {
        /// The slate.
        public let slate: ID<Slate>
        /// Its votes.
        public let votes: Int
    }

    /// The contest.
    public let contest: ID<Contest>
    /// 1 for the first vote, 2 for the runoff.
    public let round: Int
    /// The votes, in the order of the ballot.
    public let lines: [Line]
    /// Blank votes.
    public let blank: Int
    /// Ballots.
    public let ballots: Int
}

/// What a trustee's page shows: the messages of all, which their browser checks, and what is due of them.
public struct TrusteeDesk: Sendable {
    /// The box.
    public let box: BallotBox
    /// Whose desk it is.
    public let trustee: BoxTrustee
    /// All trustees, by number.
    public let trustees: [BoxTrustee]
    /// What was sent in the ceremony that counts, by number and step.
    public let messages: [TrusteeMessage]
    /// `election.json`, once the box is sealed.
    public let election: [UInt8]?
    /// `trustees.json`, once the box is sealed.
    public let keys: [UInt8]?
    /// The number r in base 10 of the trial: their browser decrypts g^r, which nobody voted, and proves it under the
    /// fingerprint `trial|φ`.
    public let trialNumber: String?

    /// What is due of them now.
    public var step: TrusteeMessage.Kind? { box.step(of: trustee, among: trustees) }
}

/// What the page of the credential authority shows: for whom credentials are made, and what was handed in.
public struct CredentialDesk: Sendable {
    /// An elector who gets a credential, as the slip names them.
    public struct Elector: Sendable, Hashable {
        /// Identifies them.
        public let person: ID<Person>
        /// Their name on the roll.
        public let name: String
        /// Their document, most of it hidden.
        public let document: String
        /// The number of their table; `nil` where they have none.
        public let table: Int?
    }

    /// The box.
    public let box: BallotBox
    /// Where the tables stand, by number.
    public let tables: [Int: String]
    /// The electors, in the order of the roll.
    public let electors: [Elector]
    /// What was handed in.
    public let credentials: CredentialCount
    /// When lists were handed in, the first one first: each made the slips of those before worthless.
    public let handovers: [Date]
}

/// What anybody may see of a box, while the vote runs and after.
public struct BoxBoard: Sendable {
    /// The box; how many voted it tells only once it is closed.
    public let id: ID<BallotBox>
    /// Its number in the process.
    public let number: Int
    /// Whether it is a rehearsal.
    public let isMock: Bool
    /// Where it stands.
    public let state: BallotBox.State
    /// The identifier in the archive, which is the file's name.
    public let uuid: String
    /// The group.
    public let group: BallotBox.Group
    /// How many trustees there are, and how many decrypt.
    public let trustees: Int
    /// How many of them decrypt together.
    public let threshold: Int
    /// Whether people vote from where they are.
    public let allowsRemote: Bool
    /// When it opens.
    public let opensAt: Date
    /// When it closes.
    public let closesAt: Date
    /// φ.
    public let fingerprint: String
    /// Ballots in the archive.
    public let ballots: Int
    /// Public credentials in the archive.
    public let credentials: Int
    /// Which archive goes on.
    public let archive: Int
    /// The end of its chain.
    public let head: BoxHead

    /// φ as trustees read it aloud.
    public var spokenFingerprint: String { HashDigest(base64: fingerprint)?.spoken ?? fingerprint }
}

import Kernel
import VerifiableVoting

/// What was verified, for machines.
struct VerifyAnswer: Encodable {
    private struct Event: Encodable {
        let height: Int
        let type: String
        let hash: HashDigest
        let base64: String

        init(_ event: EventReference) {
            height = event.height
            type = event.type.rawValue
            hash = event.digest
            base64 = event.digest.base64
        }
    }

    private struct Fault: Encodable {
        let code: String
        let event: Event?
        let after: Event?
        let message: String

        init(_ fault: VerificationFault) {
            code = fault.code
            message = fault.reason.sentence
            event = fault.event.map(Event.init)
            if case .after(let event?) = fault.place { after = Event(event) } else { after = nil }
        }
    }

    private struct Question: Encodable {
        struct Tie: Encodable {
            let among: [String]
            let seats: Int
        }

        struct Seats: Encodable {
            let outcome: String
            let seats: [String: Int]
            let ties: [Tie]
            let vacant: Int
            let request: String
        }

        let question: String
        let answers: [String]
        let votes: [Int]
        let blank: Int?
        let seats: Seats?

        init(_ question: VerificationReport.Question) {
            self.question = question.question.question
            answers = question.question.answers
            votes = question.votes
            blank = question.blank
            seats = question.seats.map { count in
                Seats(
                    outcome: count.outcome,
                    seats: Dictionary(count.allocations.map { ($0.contender, $0.seats) }) { first, _ in first
                    },
                    ties: count.ties.map { Tie(among: $0.among, seats: $0.seats) }, vacant: count.vacant,
                    request: count.request)
            }
        }
    }

    private struct Report: Encodable {
        let uuid: String
        let name: String
        let group: String
        let fingerprint: String
        let simulacro: Bool
        let stage: String
        let events: Int
        let ballots: Int
        let voters: Int
        let weight: Int
        let credentials: Int
        let electors: Int?
        let quorum: Int?
        let quorumReached: Bool?
        let rollSeal: HashDigest?
        let trustees: Int
        let partialDecryptions: Int
        let last: Event
        let questions: [Question]?
        let trackers: [String]?

        enum CodingKeys: String, CodingKey {
            case uuid, name, group, fingerprint, simulacro, stage, events, ballots, voters, weight,
                credentials
            case electors, quorum, trustees, last, questions, trackers
            case quorumReached = "quorum_reached"
            case rollSeal = "roll_seal"
            case partialDecryptions = "partial_decryptions"
        }

        init(_ report: VerificationReport) {
            let election = report.election
            uuid = election.uuid
            name = election.name
            group = election.group
            fingerprint = election.fingerprint
            simulacro = election.terms?.isMock ?? false
            stage = report.stage.rawValue
            events = report.events
            ballots = report.ballots
            voters = report.voters
            weight = report.weight
            credentials = report.credentials
            electors = election.terms?.electors
            quorum = election.terms?.quorum
            quorumReached = report.reachesQuorum
            rollSeal = election.terms?.rollSeal
            trustees = report.trustees
            partialDecryptions = report.partialDecryptions
            last = Event(report.last)
            questions = report.questions?.map(Question.init)
            trackers = report.trackers.isEmpty ? nil : report.trackers.map(\.base64)
        }
    }

    private struct Against: Encodable {
        let whole: Bool
        let event: Event?
        let message: String
    }

    private let verified: Bool
    private let report: Report?
    private let fault: Fault?
    private let against: Against?

    init(_ outcome: Result<VerificationReport, VerificationFault>, _ growth: Growth?) {
        against = growth.map {
            Against(whole: $0.isWhole, event: $0.event.map(Event.init), message: $0.sentence)
        }
        switch outcome {
        case .success(let report):
            verified = growth?.isWhole ?? true
            self.report = Report(report)
            fault = nil
        case .failure(let fault):
            verified = false
            report = nil
            self.fault = Fault(fault)
        }
    }
}

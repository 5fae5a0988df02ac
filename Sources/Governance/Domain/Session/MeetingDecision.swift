public import Foundation
public import Kernel

/// A decision of a meeting, as it was taken.
public struct MeetingDecision: Sendable, Hashable, Identifiable {
    /// How it was put to those present.
    public enum Manner: String, Sendable, Hashable, CaseIterable {
        /// By show of hands.
        case showOfHands = "show_of_hands"
        /// By acclamation.
        case acclamation
        /// One by one, by name.
        case rollCall = "roll_call"
        /// In secret.
        case secret
        /// Nobody was against.
        case consensus

        /// The name on screens.
        public var title: String {
            switch self {
            case .showOfHands: "A mano alzada"
            case .acclamation: "Por aclamación"
            case .rollCall: "Nominal, uno por uno"
            case .secret: "Secreta"
            case .consensus: "Por consenso"
            }
        }

        /// Whether those who do not object count as in favour, so that their votes need not be counted.
        public var assumesFavor: Bool { self == .acclamation || self == .consensus }
    }

    /// What a decision approves.
    public enum Approval: Sendable, Hashable {
        /// Minutes of an earlier meeting.
        case minutes(ID<Minutes>)
        /// A work plan.
        case plan(ID<WorkPlan>)
        /// Bylaws.
        case bylaws(ID<Bylaws>)
    }

    /// Identifies the decision.
    public let id: ID<MeetingDecision>
    /// Its number in the meeting, from 1.
    public let position: Int
    /// The point in which it was taken.
    public let item: ID<AgendaItem>?
    /// What was decided.
    public let decision: String
    /// Who proposed it.
    public let proposedBy: String?
    /// How it was put.
    public let manner: Manner
    /// The majority that it needed.
    public let majority: Majority
    /// Where that is said.
    public let majoritySource: String
    /// Its votes.
    public let votes: DecisionVotes
    /// The vote of each, where they were called by name.
    public internal(set) var byName: [NominalVote] = []
    /// How many votes in favour were needed.
    public let needed: Int
    /// Whether it was adopted.
    public let isAdopted: Bool
    /// The quorum of that moment; `nil` where none is asked.
    public internal(set) var quorum: QuorumRecord?
    /// How many with a vote were present.
    public let present: Int
    /// How many had a vote.
    public let entitled: Int
    /// What it approves.
    public let approval: Approval?
    /// When it was taken.
    public let decidedAt: Date
    /// When it was withdrawn, as a mistake.
    public let withdrawnAt: Date?
    /// Why.
    public let withdrawalReason: String?

    /// Whether it was adopted and stands.
    public var stands: Bool { isAdopted && withdrawnAt == nil }

    /// The arithmetic in one sentence: «9 a favor, 2 en contra y 1 abstención; se necesitaban 7 (mayoría absoluta de los
    /// presentes con voto)».
    public var arithmetic: String {
        var parts = ["\(SpanishFormat.number(votes.inFavor)) a favor"]
        if votes.against > 0 { parts.append("\(SpanishFormat.number(votes.against)) en contra") }
        if votes.blank > 0 { parts.append("\(SpanishFormat.number(votes.blank)) en blanco") }
        if votes.abstained > 0 {
            parts.append(SpanishFormat.count(votes.abstained, "abstención", "abstenciones"))
        }
        let need = needed == 1 ? "se necesitaba 1" : "se necesitaban \(SpanishFormat.number(needed))"
        return "\(SpanishFormat.list(parts)); \(need) (\(majority.words))"
    }
}

/// A check of the quorum as it was recorded.
public struct QuorumRecord: Sendable, Hashable, Identifiable {
    /// When it is checked.
    public enum Occasion: String, Sendable, Hashable, CaseIterable {
        /// When the session opens.
        case opening
        /// Before a decision.
        case decision
        /// When too many had left.
        case lost
        /// When enough had come again.
        case regained
        /// When somebody asked.
        case asked

        /// The name on screens.
        public var title: String {
            switch self {
            case .opening: "Apertura"
            case .decision: "Decisión"
            case .lost: "Se perdió el quórum"
            case .regained: "Se recuperó el quórum"
            case .asked: "Verificación"
            }
        }
    }

    /// Identifies it.
    public let id: ID<QuorumRecord>
    /// When it was checked.
    public let occasion: Occasion
    /// The call whose requirement applied.
    public let call: Quorum.Call
    /// What is asked, in words.
    public let requirement: String
    /// Those who have a vote.
    public let base: Int
    /// Those of them who were present.
    public let present: Int
    /// How many had to be.
    public let required: Int
    /// Whether they were enough.
    public let isMet: Bool
    /// Where it is ordered.
    public let source: String
    /// The moment.
    public let checkedAt: Date
}

/// Why a decision is refused.
public enum DecisionError: UserFacingError, Hashable {
    /// It says nothing.
    case untold
    /// The session is not open.
    case notInSession
    /// The session is informative.
    case informative
    /// There is no quorum.
    case noQuorum(String)
    /// A meeting of this kind decides by consensus.
    case consensusOnly
    /// Nobody is noted as present.
    case nobodyPresent
    /// Bylaws are adopted by an assembly of the members.
    case assemblyOnly
    /// A qualified majority without its share.
    case shareMissing
    /// More voted than are present.
    case tooManyVotes(present: Int)
    /// The votes are not given.
    case votesMissing
    /// Nobody's vote is told where each is called by name.
    case namesMissing
    /// The totals that were typed are others than those of the names.
    case totalsDiffer
    /// Somebody who voted is not there any more.
    case voterGone
    /// Somebody was against, or abstained.
    case noConsensus
    /// What it approves is none of this alliance's.
    case approvalNotFound
    /// There is no such decision.
    case notFound
    /// It was withdrawn before.
    case alreadyWithdrawn
    /// No reason was given.
    case reasonMissing
    /// Minutes were approved by it.
    case minutesRest
    /// A plan was approved by it, and changed since.
    case planRests

    /// The stable code.
    public var code: String {
        switch self {
        case .untold: "governance.decision.untold"
        case .notInSession: "governance.decision.not_in_session"
        case .informative: "governance.decision.informative"
        case .noQuorum: "governance.decision.no_quorum"
        case .consensusOnly: "governance.decision.consensus_only"
        case .nobodyPresent: "governance.decision.nobody_present"
        case .assemblyOnly: "governance.decision.assembly_only"
        case .shareMissing: "governance.decision.share_missing"
        case .tooManyVotes: "governance.decision.too_many_votes"
        case .votesMissing: "governance.decision.votes_missing"
        case .namesMissing: "governance.decision.names_missing"
        case .totalsDiffer: "governance.decision.totals_differ"
        case .voterGone: "governance.decision.voter_gone"
        case .noConsensus: "governance.decision.no_consensus"
        case .approvalNotFound: "governance.decision.approval_not_found"
        case .notFound: "governance.decision.not_found"
        case .alreadyWithdrawn: "governance.decision.already_withdrawn"
        case .reasonMissing: "governance.decision.reason_missing"
        case .minutesRest: "governance.decision.minutes_rest"
        case .planRests: "governance.decision.plan_rests"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .notInSession, .alreadyWithdrawn, .minutesRest, .planRests, .voterGone: .conflict
        case .informative, .noQuorum, .consensusOnly, .nobodyPresent, .assemblyOnly: .refused
        case .untold, .shareMissing, .tooManyVotes, .votesMissing, .namesMissing, .totalsDiffer, .noConsensus,
            .approvalNotFound, .reasonMissing:
            .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .untold: "decision"
        case .consensusOnly, .namesMissing: "manner"
        case .shareMissing: "share"
        case .tooManyVotes, .votesMissing, .totalsDiffer: "in_favor"
        case .noConsensus: "against"
        case .approvalNotFound, .assemblyOnly: "approves"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .untold: "Escriba qué se decide."
        case .notInSession: "La sesión no está abierta: no se registran decisiones."
        case .informative:
            "La sesión se abrió sin quórum, como informativa: no se decide nada. Cuando haya quórum, verifíquelo e instálela."
        case .noQuorum(let words): "\(words). Sin quórum no se decide; la decisión no quedó registrada."
        case .consensusOnly:
            "Esta reunión no tiene quórum que verificar: solo decide por consenso. Una votación se hace en asamblea o en un organismo."
        case .nobodyPresent: "No hay nadie registrado como presente. Registre primero la asistencia."
        case .assemblyOnly:
            "Los estatutos los adopta la asamblea de los asociados: la decisión se toma en una de ellas, no en otra reunión."
        case .shareMissing: "Escriba la parte que exige la mayoría calificada, como 2/3."
        case .tooManyVotes(let present):
            "Hay más votos que personas: \(SpanishFormat.count(present, "presente tiene", "presentes tienen")) voto. Corrija las cifras o la asistencia."
        case .votesMissing: "Escriba cuántos votos hubo a favor."
        case .namesMissing:
            "En una votación nominal el acta dice cómo votó cada persona. Marque el voto de cada una, o elija otra forma si son más de \(PresentVoter.most)."
        case .totalsDiffer:
            "Los totales no son los de la lista de nombres. Corrija uno de los dos, o deje los totales en blanco: salen de los nombres."
        case .voterGone:
            "Alguien de la lista ya no figura como presente con voto. Actualice la página y revise la asistencia."
        case .noConsensus:
            "Si alguien está en contra no hay consenso. Sométalo a votación o siga conversando."
        case .approvalNotFound: "Lo que se aprueba no es de esta alianza. Elija otra opción."
        case .notFound: "No encontramos esa decisión en esta reunión."
        case .alreadyWithdrawn: "Esa decisión ya se había retirado."
        case .reasonMissing: "Diga por qué se retira: queda en el acta."
        case .minutesRest: "Con esa decisión se aprobó un acta que ya tiene número: no se puede retirar."
        case .planRests:
            "Con esa decisión se aprobó el plan de trabajo, que después se empezó a cambiar: no se puede retirar."
        }
    }
}

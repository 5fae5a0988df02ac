public import Kernel

/// A sum of tables and what the rule makes of it (`escrutinio`).
public enum Canvass {}

/// A challenge of a result (`impugnación`).
public enum Challenge {}

/// An act of two people: one proposes it, another of a different role carries it out.
public enum ElectoralAct {}

/// Why a canvass, a draw, a challenge or a proclamation is refused.
public enum CanvassError: UserFacingError, Hashable {
    /// The contest is none of this process's, or it is over.
    case notFound
    /// A table has not frozen its count.
    case tablesOpen(Int)
    /// The electronic box is not counted.
    case boxOpen
    /// There is no canvass yet.
    case notCanvassed
    /// The tables say what they said when the last canvass was made.
    case nothingChanged
    /// There is no tie to draw.
    case nothingTied
    /// Nobody said where the number of a draw will come from.
    case drawSourceMissing
    /// The draw of the tie was announced.
    case drawAnnounced
    /// The draw of the tie was not announced.
    case drawNotAnnounced
    /// The number of the draw is another by now.
    case drawNumberChanged
    /// Somebody confirms a number that they wrote down themselves.
    case ownNumber
    /// The time to challenge is over, or has not begun.
    case outsideChallenges
    /// The challenge is not open.
    case challengeNotOpen
    /// Who filed a challenge does not decide it; the others of the committee can, by name.
    case ownChallenge(others: [String])
    /// Neither words nor who answers.
    case answerMissing
    /// Who took a challenge in does not take its answers in.
    case ownAnswer
    /// Who takes a challenge in for somebody else says in what capacity they come.
    case roleMissing
    /// The challenge has that file.
    case evidenceTwice
    /// The reasons are missing.
    case wordsMissing
    /// Neither who challenges nor what happened.
    case factsMissing
    /// Nobody says who read the number of a draw.
    case witnessesMissing
    /// A table and a box, of which a challenge names one.
    case tableOrBox
    /// The effect has no table, box or contest to apply to.
    case effectWithoutObject
    /// Somebody proposed to leave a ballot out for the challenge.
    case exclusionProposed
    /// A ballot was left out for the challenge, and the decision would say otherwise.
    case exclusionDone
    /// A challenge waits for its decision.
    case challengeOpen
    /// The term to challenge runs until a day, and these did not give it up.
    case termRuns(String, besides: [String])
    /// A contest has no final result.
    case notFinal
    /// No contest is left that could have elected anybody.
    case nobodyElected
    /// The appeal of a candidate waits for its decision.
    case appealOpen
    /// Somebody who is elected does not stand any more.
    case electedOut
    /// The contest was elected: it does not end without anybody.
    case somebodyElected
    /// Its tie is not drawn: it does not end without anybody.
    case tieUndrawn
    /// Its runoff is not held: it does not end without anybody, but for being annulled.
    case runoffDue
    /// A contest elected nobody, and was not ended.
    case endsWithoutElected
    /// Those who stood in the next round came out of the one whose table would be annulled.
    case nextRoundVoted
    /// A count of the table that would be annulled is not frozen.
    case tableStillCounts
    /// The term to challenge this result runs.
    case resultMayBeChallenged(String)
    /// Another act waits for its second person.
    case actOpen
    /// The act is not open.
    case actNotOpen
    /// The second person has to be another, of another role.
    case sameRole
    /// Somebody else proposed it.
    case notProposer
    /// The process is in no state for it.
    case notYet

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.canvass.not_found"
        case .tablesOpen: "elections.canvass.tables_open"
        case .boxOpen: "elections.canvass.box_open"
        case .notCanvassed: "elections.canvass.not_canvassed"
        case .nothingChanged: "elections.canvass.nothing_changed"
        case .nothingTied: "elections.canvass.nothing_tied"
        case .drawSourceMissing: "elections.draw.source_missing"
        case .drawAnnounced: "elections.draw.announced"
        case .drawNotAnnounced: "elections.draw.not_announced"
        case .drawNumberChanged: "elections.draw.number_changed"
        case .ownNumber: "elections.draw.own_number"
        case .outsideChallenges: "elections.challenge.outside_window"
        case .challengeNotOpen: "elections.challenge.not_open"
        case .exclusionProposed: "elections.challenge.exclusion_proposed"
        case .exclusionDone: "elections.challenge.exclusion_done"
        case .ownChallenge: "elections.challenge.own_challenge"
        case .answerMissing: "elections.challenge.answer_missing"
        case .ownAnswer: "elections.challenge.own_answer"
        case .roleMissing: "elections.challenge.role_missing"
        case .evidenceTwice: "elections.challenge.evidence_twice"
        case .wordsMissing: "elections.challenge.words_missing"
        case .factsMissing: "elections.challenge.facts_missing"
        case .witnessesMissing: "elections.draw.witnesses_missing"
        case .tableOrBox: "elections.challenge.table_or_box"
        case .effectWithoutObject: "elections.challenge.effect_without_object"
        case .challengeOpen: "elections.proclamation.challenge_open"
        case .termRuns: "elections.proclamation.term_runs"
        case .notFinal: "elections.proclamation.not_final"
        case .nobodyElected: "elections.proclamation.nobody_elected"
        case .appealOpen: "elections.proclamation.appeal_open"
        case .electedOut: "elections.proclamation.elected_out"
        case .somebodyElected: "elections.contest.somebody_elected"
        case .tieUndrawn: "elections.contest.tie_undrawn"
        case .runoffDue: "elections.contest.runoff_due"
        case .endsWithoutElected: "elections.proclamation.ends_without_elected"
        case .nextRoundVoted: "elections.challenge.next_round_voted"
        case .tableStillCounts: "elections.challenge.table_still_counts"
        case .resultMayBeChallenged: "elections.contest.result_may_be_challenged"
        case .actOpen: "elections.proclamation.act_open"
        case .actNotOpen: "elections.proclamation.act_not_open"
        case .sameRole: "elections.proclamation.same_role"
        case .notProposer: "elections.proclamation.not_proposer"
        case .notYet: "elections.proclamation.not_yet"
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .termRuns: "waivers"
        case .roleMissing: "role"
        case .evidenceTwice: "file"
        case .effectWithoutObject, .exclusionDone, .nextRoundVoted, .tableStillCounts: "effect"
        case .tableOrBox: "box"
        case .drawSourceMissing: "source"
        case .witnessesMissing: "witnesses"
        case .wordsMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa elección en el proceso. Vuelva al proceso y escójala de nuevo."
        case .tablesOpen(let count):
            count == 1
                ? "Falta cerrar una mesa. Ciérrela antes del escrutinio."
                : "Faltan \(count) mesas por cerrar. Ciérrelas antes del escrutinio."
        case .boxOpen:
            "La urna electrónica de esta votación no se ha contado. Cuéntela antes del escrutinio."
        case .notCanvassed: "Todavía no hay escrutinio. Hágalo primero."
        case .nothingChanged:
            "El escrutinio de estas mesas ya está hecho, y repetirlo no cambia el resultado. Véalo en la elección."
        case .nothingTied: "No hay ningún empate por sortear."
        case .drawSourceMissing: "Escriba de dónde saldrá el número: quién lo dice o qué lotería de qué día."
        case .drawAnnounced: "El sorteo ya se anunció. Escriba el número que se leyó."
        case .drawNotAnnounced: "Anuncie antes el sorteo: de dónde saldrá el número."
        case .drawNumberChanged: "El número que se registró es otro. Léalo de nuevo antes de confirmarlo."
        case .ownNumber: "El número lo confirma otra persona: un garante, un jurado, un testigo o la junta."
        case .outsideChallenges: "El plazo para impugnar no está abierto. Revise el calendario del proceso."
        case .challengeNotOpen: "Esa impugnación ya se decidió. Lea la decisión en su página."
        case .exclusionProposed:
            "Alguien propuso excluir un voto por esta impugnación. Que se confirme o se retire en la urna antes de decidir."
        case .exclusionDone:
            "Por esta impugnación ya se excluyó un voto: acéptela y diga ese efecto, o uno mayor."
        case .ownChallenge(let others):
            "Usted presentó esta impugnación, y quien la presenta no la decide. \(others.asDeciders)"
        case .answerMissing: "Escriba la respuesta y quién responde."
        case .ownAnswer:
            "Usted presentó esta impugnación. La respuesta la registra otra persona del comité electoral."
        case .roleMissing: "Diga en qué calidad impugna esa persona."
        case .evidenceTwice: "La impugnación ya tiene ese archivo."
        case .wordsMissing: "Escriba las razones: quedan en el acta."
        case .factsMissing: "Escriba quién impugna y los hechos."
        case .witnessesMissing: "Escriba quién leyó el número, y ante quién."
        case .tableOrBox: "Escoja la mesa o la urna electrónica, una de las dos."
        case .effectWithoutObject:
            "Escoja un efecto que tenga objeto: la mesa, la urna o la elección que se anula, o el voto que se excluyó."
        case .challengeOpen: "Hay una impugnación sin decidir. Decídala primero."
        case .termRuns(let until, let others):
            "El plazo para impugnar corre hasta el \(until). Antes solo se proclama si todos renuncian a él; \(others.count > 1 ? "faltan" : "falta") \(SpanishFormat.list(others))."
        case .somebodyElected: "Esta elección tiene elegidos: proclámelos."
        case .tieUndrawn: "Esta elección está empatada. Haga el sorteo."
        case .runoffDue:
            "Falta la segunda vuelta. Si no se puede hacer, proponga que se anule solo esta elección."
        case .endsWithoutElected:
            "En una elección nadie resultó elegido. Declárelo en su escrutinio antes de proclamar las demás."
        case .nextRoundVoted:
            "La segunda vuelta ya se votó con quienes pasaron de la primera: no se anula una mesa de la primera. Si los hechos cambian quiénes pasaban, anule la elección."
        case .tableStillCounts:
            "La mesa no ha cerrado todos sus conteos. Decida la impugnación cuando estén cerrados."
        case .notFinal:
            "Una elección no tiene resultado definitivo. Termine su escrutinio antes de proclamar."
        case .nobodyElected: "Ninguna elección del proceso tiene elegidos: no hay a quién proclamar."
        case .appealOpen: "Hay un recurso de un candidato sin decidir. Decídalo antes de proclamar."
        case .electedOut:
            "Una persona elegida ya no es candidata. Revise el escrutinio de esa elección antes de proclamar."
        case .resultMayBeChallenged(let until):
            "El plazo para impugnar este resultado corre hasta el \(until). Espere a que termine."
        case .actOpen:
            "Ya hay una proclamación o una anulación propuesta. Falta que otra persona la confirme, o que se retire."
        case .actNotOpen: "Esa propuesta ya no está abierta."
        case .sameRole: "Debe confirmarla otra persona, con una función distinta de quien la propuso."
        case .notProposer: "La retira quien la propuso, o el comité electoral."
        case .notYet:
            "Todavía no se puede proclamar. Cierre la jornada y termine antes el escrutinio de cada elección."
        }
    }
}

public import Foundation
public import Kernel

/// Why a slate is not registered, changed or decided.
public enum SlateError: UserFacingError, Hashable {
    /// The slate or its contest is none of this process's.
    case notFound
    /// The process is in no state for it.
    case notNow(ProcessState)
    /// Nominations have not begun.
    case registrationNotOpen(from: Date)
    /// Nominations are over.
    case registrationClosed(at: Date)
    /// It has no name, or too long a one.
    case unnamed
    /// Another slate of the contest has the name.
    case nameTaken
    /// Somebody else stands alone under the name.
    case ballotNameTaken
    /// Nobody answers for it.
    case representativeMissing
    /// It has no principal.
    case noCandidates
    /// A person is on it twice.
    case personRepeated
    /// More principals than seats.
    case tooManyPrincipals(Int, seats: Int)
    /// More alternates than the contest takes.
    case tooManyAlternates(Int, most: Int)
    /// Each principal needs an alternate of their own.
    case alternateMissing
    /// People stand one by one.
    case onePersonOnly
    /// The person is no member of the alliance.
    case notMember(String)
    /// The person stands on another slate of the contest.
    case onAnotherSlate(String, slate: String)
    /// The person has another capacity in the process.
    case otherCapacity(String, Capacity)
    /// The committee kept the person out of this contest.
    case disqualified(String)
    /// A blank majority won against the person, and they may not stand again.
    case barred(String, norm: String)
    /// The committee has decided, or it was taken back.
    case decidedAlready(SlateState)
    /// The reasons are missing.
    case reasonMissing
    /// Something still blocks the admission.
    case blocked([AdmissionObstacle])
    /// Something is not proven, and nobody wrote why it is admitted all the same.
    case unprovenWithoutReason([AdmissionObstacle])
    /// The contest is for or against one list, and there is one.
    case listAdmittedAlready
    /// Who decides stands in the process, or counts or guarantees it.
    case ownElection

    /// That a name is taken, of a slate or of somebody who stands alone.
    static func nameTaken(in contest: Contest) -> Self {
        contest.candidature == .individuals ? .ballotNameTaken : .nameTaken
    }

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.slate.not_found"
        case .notNow: "elections.slate.not_now"
        case .registrationNotOpen: "elections.slate.registration_not_open"
        case .registrationClosed: "elections.slate.registration_closed"
        case .unnamed: "elections.slate.unnamed"
        case .nameTaken: "elections.slate.name_taken"
        case .ballotNameTaken: "elections.slate.ballot_name_taken"
        case .representativeMissing: "elections.slate.representative_missing"
        case .noCandidates: "elections.slate.no_candidates"
        case .personRepeated: "elections.slate.person_repeated"
        case .tooManyPrincipals: "elections.slate.too_many_principals"
        case .tooManyAlternates: "elections.slate.too_many_alternates"
        case .alternateMissing: "elections.slate.alternate_missing"
        case .onePersonOnly: "elections.slate.one_person_only"
        case .notMember: "elections.slate.not_member"
        case .onAnotherSlate: "elections.slate.on_another_slate"
        case .otherCapacity: "elections.slate.other_capacity"
        case .disqualified: "elections.slate.disqualified"
        case .barred: "elections.slate.barred"
        case .decidedAlready: "elections.slate.decided_already"
        case .reasonMissing: "elections.slate.reason_missing"
        case .blocked: "elections.slate.blocked"
        case .unprovenWithoutReason: "elections.slate.unproven_without_reason"
        case .listAdmittedAlready: "elections.slate.list_admitted_already"
        case .ownElection: "elections.slate.own_election"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .nameTaken, .ballotNameTaken, .onAnotherSlate, .decidedAlready: .conflict
        case .unnamed, .representativeMissing, .noCandidates, .personRepeated, .tooManyPrincipals,
            .tooManyAlternates, .alternateMissing, .onePersonOnly, .reasonMissing, .unprovenWithoutReason:
            .invalid
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed, .nameTaken, .ballotNameTaken: "name"
        case .representativeMissing: "representative"
        case .noCandidates, .tooManyPrincipals, .onePersonOnly: "p1"
        case .tooManyAlternates, .alternateMissing: "a1"
        case .reasonMissing, .unprovenWithoutReason: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa plancha. Vuelva a la lista de planchas y candidatos."
        case .notNow(let state):
            "La elección está en «\(state.title)»; este paso no corresponde ahora."
        case .registrationNotOpen(let moment):
            "\(SpanishFormat.sentence("La inscripción abre el \(SpanishFormat.moment(moment))")) Vuelva entonces."
        case .registrationClosed(let moment):
            "\(SpanishFormat.sentence("La inscripción cerró el \(SpanishFormat.moment(moment))")) Escriba al comité electoral si cree que es un error."
        case .unnamed: "Escriba el nombre de la plancha, de a lo sumo 80 caracteres."
        case .nameTaken: "Ya hay una plancha con ese nombre en esta elección. Elija otro."
        case .ballotNameTaken:
            "Ya hay una candidatura con ese nombre en esta elección. Escriba en «Nombre en el tarjetón» algo que las distinga, como el segundo apellido."
        case .representativeMissing: "Escriba quién responde por la plancha ante el comité electoral."
        case .noCandidates: "Escriba al menos un candidato principal."
        case .personRepeated: "Una persona está dos veces en la plancha. Deje un solo puesto para cada una."
        case .tooManyPrincipals(let count, let seats):
            "La plancha tiene \(SpanishFormat.count(count, "principal", "principales")) y se eligen \(SpanishFormat.count(seats, "puesto", "puestos")). Quite los que sobran."
        case .tooManyAlternates(let count, let most):
            most == 0
                ? "Esta elección no lleva suplentes. Quite los que escribió."
                : "La plancha tiene \(SpanishFormat.count(count, "suplente", "suplentes")) y caben \(most). Quite los que sobran."
        case .alternateMissing: "Cada principal lleva su propio suplente. Complete o quite los que no casan."
        case .onePersonOnly: "Aquí se inscribe una persona a la vez. Deje un solo principal."
        case .notMember(let name):
            "\(name) no es asociado de la alianza. Solo se eligen asociados: inscríbalo antes como asociado."
        case .onAnotherSlate(let name, let slate):
            "\(name) ya está en «\(slate)». Una persona va en una sola plancha de cada elección."
        case .otherCapacity(let name, let capacity):
            "\(name) es \(capacity.title) en este proceso, y por eso no puede ser candidato. Nombre a otra persona."
        case .disqualified(let name):
            "El comité inhabilitó a \(name). Vuelve solo si prospera su apelación: nombre a otra persona."
        case .barred(let name, let norm):
            "\(name) no puede presentarse otra vez: ganó el voto en blanco (\(norm)). Nombre a otra persona."
        case .decidedAlready(let state):
            "Esta plancha ya está en «\(state.title)» y no cambia por este camino."
        case .reasonMissing: "Escriba las razones: quedan en el acta."
        case .blocked(let obstacles):
            "No se puede admitir todavía. \(obstacles.sentences)"
        case .unprovenWithoutReason:
            "Hay requisitos sin probar. Complételos, o escriba aquí por qué se admite así."
        case .listAdmittedAlready:
            "Se vota por una lista única y ya hay una admitida. Rechace esta, o retire la otra."
        case .ownElection:
            "Usted es candidato en este proceso, o cuenta sus votos o lo garantiza: no puede decidir aquí. Debe hacerlo otra persona del comité electoral; si no hay otra, pida a la administración de la entidad que la agregue."
        }
    }
}

/// Why something of one candidate is refused.
public enum CandidacyError: UserFacingError, Hashable {
    /// The candidate is none of this slate's.
    case notFound
    /// The candidate does not stand any more.
    case notStanding
    /// The acceptance is on record.
    case acceptedAlready
    /// There is no signed paper and the candidate did not do it in person.
    case proofMissing
    /// The paper is dated in the future.
    case inTheFuture
    /// Somebody stands in that place.
    case placeTaken
    /// Ground, norm or reasons are missing.
    case groundMissing
    /// The candidate was not kept out.
    case notDisqualified
    /// There is an appeal.
    case appealedAlready
    /// The appeal says nothing.
    case appealMissing
    /// A member appeals for somebody else.
    case appealOfAnother
    /// There is no appeal to decide.
    case nothingAppealed
    /// Somebody else has to decide the appeal.
    case ownDecision

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.candidate.not_found"
        case .notStanding: "elections.candidate.not_standing"
        case .acceptedAlready: "elections.candidate.accepted_already"
        case .proofMissing: "elections.candidate.proof_missing"
        case .inTheFuture: "elections.candidate.in_the_future"
        case .placeTaken: "elections.candidate.place_taken"
        case .groundMissing: "elections.candidate.ground_missing"
        case .notDisqualified: "elections.candidate.not_disqualified"
        case .appealedAlready: "elections.candidate.appealed_already"
        case .appealMissing: "elections.candidate.appeal_missing"
        case .appealOfAnother: "elections.candidate.appeal_of_another"
        case .nothingAppealed: "elections.candidate.nothing_appealed"
        case .ownDecision: "elections.candidate.own_decision"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .acceptedAlready, .placeTaken, .appealedAlready: .conflict
        case .proofMissing, .inTheFuture, .groundMissing, .appealMissing: .invalid
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .proofMissing: "proof"
        case .inTheFuture: "day"
        case .groundMissing: "ground"
        case .appealMissing: "appeal"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos a ese candidato en la plancha. Vuelva a la plancha."
        case .notStanding: "Esta persona ya no está en la lista. Revise la plancha."
        case .acceptedAlready: "La aceptación ya quedó registrada. No hay nada más que hacer."
        case .proofMissing: "Adjunte la aceptación firmada, en PDF o en foto."
        case .inTheFuture: "La fecha de la aceptación no puede ser posterior a hoy."
        case .placeTaken: "Otra persona ya ocupa ese lugar de la plancha. Revise quién quedó."
        case .groundMissing: "Escriba la causal, la norma y las razones: la persona las va a leer."
        case .notDisqualified: "Esta persona no está inhabilitada. Revise la plancha."
        case .appealedAlready: "Ya hay una apelación de esta inhabilidad. Falta decidirla o ya se decidió."
        case .appealMissing: "Escriba por qué se apela."
        case .appealOfAnother:
            "Cada quien apela lo suyo. Por otra persona recibe el escrito la oficina o el comité electoral."
        case .nothingAppealed: "No hay una apelación por decidir."
        case .ownDecision: "La apelación la decide otra persona del comité, no quien inhabilitó."
        }
    }
}

/// Why a witness is not accredited.
public enum WitnessError: UserFacingError, Hashable {
    /// The slate was not admitted.
    case slateNotAdmitted
    /// The witness has no name.
    case unnamed
    /// The document is accredited in the process.
    case accreditedAlready
    /// The person is a juror, of the committee or a guarantor.
    case otherCapacity(Capacity)
    /// The process has no such table.
    case noSuchTable
    /// The accreditation is over, or none of this slate's.
    case notFound

    /// The stable code.
    public var code: String {
        switch self {
        case .slateNotAdmitted: "elections.witness.slate_not_admitted"
        case .unnamed: "elections.witness.unnamed"
        case .accreditedAlready: "elections.witness.accredited_already"
        case .otherCapacity: "elections.witness.other_capacity"
        case .noSuchTable: "elections.witness.no_such_table"
        case .notFound: "elections.witness.not_found"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .slateNotAdmitted, .otherCapacity: .refused
        case .unnamed, .noSuchTable: .invalid
        case .accreditedAlready: .conflict
        case .notFound: .notFound
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed: "name"
        case .accreditedAlready, .otherCapacity: "document"
        case .noSuchTable: "table"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .slateNotAdmitted: "Solo las planchas admitidas acreditan testigos. Espere la decisión."
        case .unnamed: "Escriba el nombre del testigo."
        case .accreditedAlready: "Ese documento ya está acreditado como testigo en este proceso."
        case .otherCapacity(let capacity):
            "Esa persona es \(capacity.title) en este proceso, y no puede ser testigo. Nombre a otra."
        case .noSuchTable: "Esa mesa no es de este proceso. Elija una de la lista."
        case .notFound: "Esa acreditación no existe o ya terminó. Vuelva a la plancha."
        }
    }
}

public import Kernel

/// What a box lacks for its next step (`lo que falta`): one list, which the page shows and the commands ask.
public enum BoxObstacle: Sendable, Hashable {
    /// So many trustees are not named.
    case trusteesMissing(Int)
    /// A trustee has not made their key, or their step of it.
    case keyMissing(String)
    /// Nobody makes the credentials.
    case authorityMissing
    /// There are no credentials.
    case credentialsMissing
    /// So many electors have no credential, and there are not as many slips to draw.
    case electorsWithoutCredential(Int)
    /// Remote voting has no frozen address to send codes to.
    case contactsMissing
    /// Nobody stands in a contest.
    case nobodyStands(String)
    /// The order in which those who stand in a contest are on the ballot was not drawn.
    case orderNotDrawn(ID<Contest>, String)
    /// A trustee has not proven that the key file opens.
    case trialMissing(String)
    /// The hour to open has not come, or the hour to close is over.
    case outsideHours
    /// Those who vote in it are present, and no session is open.
    case sessionMissing
    /// Too few are present in the session, as a sentence.
    case quorumMissing(String)
    /// A contradiction of marks waits for its decision.
    case conflictsOpen(Int)
    /// A challenge to the box, by its number, waits for its decision.
    case challengeOpen(Int)
    /// Something was proposed that would change what is counted.
    case proposalOpen(BoxAct.Kind)
    /// Too few voted to open the sums.
    case tooFew(Int)
    /// Fewer voted than the quorum that is bound into the box.
    case quorumMissed(voters: Int, required: Int)
    /// The roll has fewer electors than the quorum asks for.
    case quorumBeyondRoll(electors: Int, required: Int)
    /// So many more trustees have to decrypt.
    case decryptionsMissing(Int)

    /// Whether it passes on the day, with the hour and with who comes: people come together to open a box before.
    public var passesOnTheDay: Bool {
        switch self {
        case .outsideHours, .sessionMissing, .quorumMissing: true
        default: false
        }
    }

    /// The words on the list, as a sentence.
    public var sentence: String {
        switch self {
        case .trusteesMissing(let count):
            count == 1 ? "Nombrar un custodio de la llave." : "Nombrar \(count) custodios de la llave."
        case .keyMissing(let name): "\(name) debe hacer su parte de la llave."
        case .authorityMissing: "Nombrar la autoridad de credenciales."
        case .credentialsMissing: "La autoridad de credenciales debe entregar las claves públicas."
        case .electorsWithoutCredential(let count):
            count == 1
                ? "Falta la clave de un elector." : "Faltan las claves de \(count) electores."
        case .contactsMissing:
            "El censo se cerró sin correos ni celulares propios de los electores: no se puede votar a distancia."
        case .nobodyStands(let contest): "En «\(contest)» no hay candidaturas admitidas."
        case .orderNotDrawn(_, let contest): "Sortear el orden de las candidaturas de «\(contest)»."
        case .trialMissing(let name): "\(name) debe probar que su llave abre."
        case .outsideHours: "Esperar a la hora de apertura."
        case .sessionMissing: "Instalar la jornada: la urna se abre cuando haya quórum."
        case .quorumMissing(let sentence): "\(sentence)."
        case .conflictsOpen(let count):
            count == 1
                ? "Resolver una contradicción de quien votó."
                : "Resolver \(count) contradicciones de quienes votaron."
        case .challengeOpen(let number):
            "Decidir la impugnación n.º \(number): después de contar ya no se excluye ningún voto."
        case .proposalOpen(let kind): "Confirmar o retirar lo que se propuso: \(kind.title)."
        case .tooFew(let voters):
            "\(voters == 1 ? "Votó 1 persona" : "Votaron \(voters) personas"): con menos de \(BallotBox.fewest) la urna no se abre. Proponga anularla: se vota de nuevo en papel en las mesas o, si ninguna mesa abrió esa votación, con otra urna."
        case .quorumMissed(let voters, let required):
            "Sin quórum: \(voters == 1 ? "votó 1 persona" : "votaron \(voters) personas") y los estatutos piden \(required). Proponga anularla y convoque de nuevo."
        case .quorumBeyondRoll(let electors, let required):
            "Los estatutos piden que voten \(required) personas y el censo tiene \(electors): corrija los estatutos o el censo."
        case .decryptionsMissing(let count):
            count == 1 ? "Un custodio más debe descifrar." : "\(count) custodios más deben descifrar."
        }
    }
}

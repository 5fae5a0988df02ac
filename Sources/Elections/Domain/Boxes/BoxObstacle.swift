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
    /// A trustee has not proven that the key file opens.
    case trialMissing(String)
    /// The hour to open has not come, or the hour to close is over.
    case outsideHours
    /// A contradiction of marks waits for its decision.
    case conflictsOpen(Int)
    /// A challenge to the box, by its number, waits for its decision.
    case challengeOpen(Int)
    /// Something was proposed that would change what is counted.
    case proposalOpen(BoxAct.Kind)
    /// Too few voted to open the sums.
    case tooFew(Int)
    /// So many more trustees have to decrypt.
    case decryptionsMissing(Int)

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
        case .trialMissing(let name): "\(name) debe probar que su llave abre."
        case .outsideHours: "Esperar a la hora de apertura."
        case .conflictsOpen(let count):
            count == 1
                ? "Resolver una contradicción de quien votó."
                : "Resolver \(count) contradicciones de quienes votaron."
        case .challengeOpen(let number):
            "Decidir la impugnación n.º \(number): después de contar ya no se excluye ningún voto."
        case .proposalOpen(let kind): "Confirmar o retirar lo que se propuso: \(kind.title)."
        case .tooFew(let voters):
            "\(voters == 1 ? "Votó 1 persona" : "Votaron \(voters) personas"): con menos de \(BallotBox.fewest) la urna no se abre. Proponga anularla: se vota de nuevo en papel en las mesas o, si ninguna mesa abrió esa votación, con otra urna."
        case .decryptionsMissing(let count):
            count == 1 ? "Un custodio más debe descifrar." : "\(count) custodios más deben descifrar."
        }
    }
}

public import Kernel

/// Why the trustees' keys are refused. Members are counted from 1 over all entries, as the owners of
/// partial decryptions are.
public enum TrusteesFault: Error, Hashable, Sendable {
    /// The text is not in the canonical shape of 3.x, or holds what is no element or number of the group.
    case text(TextFault)
    /// There is no trustee.
    case none
    /// The number of members and the threshold do not go together, or a list has not one entry for each.
    case size
    /// A certificate is of another ceremony, or not signed with its own key.
    case certificate(Int)
    /// A polynomial is not signed by its member, or of another degree.
    case polynomial(Int)
    /// A member did not sign these certificates.
    case agreement(Int)
    /// A member's share was not sent, cannot be read, or does not fit the polynomial of its sender.
    case share(Int)
    /// A verification key is not the one that the polynomials give.
    case verificationKey(Int)
    /// The owner of a key did not prove to know its secret.
    case knowledge(Int)
    /// A verification key is not signed by its owner.
    case signature(Int)
    /// A member's key, or a part of the member's polynomial, is the element 1, whose secret everybody knows.
    case weakKey(Int)
    /// A member has a key that another one has.
    case repeatedKey(Int)
    /// Keys or polynomials cancel each other out: together they make the element 1, so that fewer than the threshold
    /// decrypt, or anybody.
    case cancelled
    /// One member alone decrypts, where our terms ask for two at the least.
    case notShared
    /// The trustees' keys make another key than the election has.
    case otherKey
}

extension TrusteesFault {
    /// The fault of an entry's member, whose first has this number.
    func counted(from first: Int) -> Self {
        switch self {
        case .certificate(let member): .certificate(member + first - 1)
        case .polynomial(let member): .polynomial(member + first - 1)
        case .agreement(let member): .agreement(member + first - 1)
        case .share(let member): .share(member + first - 1)
        case .verificationKey(let member): .verificationKey(member + first - 1)
        case .knowledge(let member): .knowledge(member + first - 1)
        case .signature(let member): .signature(member + first - 1)
        case .weakKey(let member): .weakKey(member + first - 1)
        case .repeatedKey(let member): .repeatedKey(member + first - 1)
        case .text, .none, .size, .cancelled, .notShared, .otherKey: self
        }
    }
}

extension TrusteesFault: UserFacingError {
    /// One code for each sort of fault.
    public var code: String {
        switch self {
        case .text: "voting.trustees.text"
        case .none: "voting.trustees.none"
        case .size: "voting.trustees.size"
        case .certificate: "voting.trustees.certificate"
        case .polynomial: "voting.trustees.polynomial"
        case .agreement: "voting.trustees.agreement"
        case .share: "voting.trustees.share"
        case .verificationKey: "voting.trustees.verification_key"
        case .knowledge: "voting.trustees.knowledge"
        case .signature: "voting.trustees.signature"
        case .weakKey: "voting.trustees.weak_key"
        case .repeatedKey: "voting.trustees.repeated_key"
        case .cancelled: "voting.trustees.cancelled"
        case .notShared: "voting.trustees.not_shared"
        case .otherKey: "voting.trustees.other_key"
        }
    }

    /// What somebody sent is wrong.
    public var kind: ErrorKind { .invalid }

    /// What is wrong, as a sentence.
    public var message: String {
        switch self {
        case .text(let fault): "Las claves de los custodios no tienen la forma debida: \(fault.phrase)."
        case .none: "La elección no tiene custodios."
        case .size: "El número de custodios no concuerda con los mensajes o con el umbral."
        case .certificate(let member):
            "El certificado del custodio \(member) no es válido para esta ceremonia."
        case .polynomial(let member): "El polinomio del custodio \(member) no es válido."
        case .agreement(let member): "El custodio \(member) no firmó los mismos certificados que los demás."
        case .share(let member):
            "La parte de la clave que envió el custodio \(member) no corresponde a su polinomio."
        case .verificationKey(let member):
            "La clave de verificación del custodio \(member) no es la que dan los polinomios."
        case .knowledge(let member): "El custodio \(member) no probó que conoce su clave."
        case .signature(let member): "El custodio \(member) no firmó su clave de verificación."
        case .weakKey(let member):
            "Una clave del custodio \(member) es el elemento neutro del grupo, cuyo secreto conoce cualquiera."
        case .repeatedKey(let member): "El custodio \(member) tiene la misma clave que otro."
        case .cancelled:
            "Las claves de los custodios se anulan entre sí: menos de los que dice el umbral podrían abrir los votos."
        case .notShared: "Un solo custodio podría abrir los votos: deben hacer falta al menos dos."
        case .otherKey: "La clave pública de la elección no es la que forman los custodios."
        }
    }
}

public import Kernel

/// The first thing in an archive that is not as it has to be, by event and reason.
public struct VerificationFault: UserFacingError {
    /// Where the fault is.
    public enum Place: Hashable, Sendable {
        /// In an event or its data.
        case event(EventReference)
        /// In what stands after an event, which did not get as far as being one; `nil` for the very beginning.
        case after(EventReference?)
    }

    /// What is wrong.
    public enum Reason: Sendable {
        /// The bytes are not those of an archive.
        case record(RecordFault)
        /// The event may not stand there, or its data are not before it.
        case order(OrderFault)
        /// A text is not canonical.
        case text(TextFault)
        /// The election is not described as it has to be.
        case election(ElectionFault)
        /// The election is in a group that this program does not know.
        case group(String)
        /// There is no election in the archive yet.
        case noElection
        /// The trustees are not described as they have to be, or their keys do not fit.
        case trustees(TrusteesFault)
        /// The list of public credentials is not as it has to be.
        case credentials(CredentialsFault)
        /// The terms of the election name other trustees or other credentials than the archive has.
        case otherBoundRecord(BoundRecord)
        /// The terms say one person, one vote, and a credential weighs more.
        case weight
        /// A ballot stands twice in the box.
        case repeatedBallot
        /// A ballot is not valid by itself.
        case ballot(BallotFault)
        /// A ballot is of a credential that is not in the list.
        case unknownCredential
        /// More people voted than are on the roll.
        case moreVotersThanElectors(voters: Int, electors: Int)
        /// Votes were added up although fewer voted than the terms ask for.
        case quorum(voters: Int, required: Int)
        /// The sums of encrypted votes are not those of the ballots.
        case otherTally
        /// The number of ballots or of votes that the sums state is not that of the ballots.
        case tallySize(stated: Int, counted: Int)
        /// Somebody has decrypted twice.
        case repeatedOwner(Int)
        /// A partial decryption is false, or too few are there.
        case decryption(DecryptionFault)
        /// The result is not what the votes decrypt to.
        case otherResult
        /// The seats cannot be counted by the terms.
        case seats(SeatCountFault)
    }

    /// A record that our terms bind by its hash.
    public enum BoundRecord: Hashable, Sendable {
        case trustees, credentials
    }

    /// Where it is.
    public let place: Place
    /// What is wrong.
    public let reason: Reason

    init(_ place: Place, _ reason: Reason) {
        self.place = place
        self.reason = reason
    }

    /// The fault that an error tells; `nil` for what is none, such as a file that cannot be read.
    init?(_ error: any Error, at place: Place) {
        switch error {
        case let fault as VerificationFault: self = fault
        case let fault as RecordFault: self.init(place, .record(fault))
        case let fault as OrderFault: self.init(place, .order(fault))
        case let fault as TextFault: self.init(place, .text(fault))
        case let fault as ElectionFault: self.init(place, .election(fault))
        case let fault as CredentialsFault: self.init(place, .credentials(fault))
        case let fault as SeatCountFault: self.init(place, .seats(fault))
        default: return nil
        }
    }

    /// The event, where the fault is in one.
    public var event: EventReference? {
        guard case .event(let event) = place else { return nil }
        return event
    }

    /// A stable code.
    public var code: String { "voting.archive.\(reason.code)" }

    /// Where and what, in Spanish.
    public var message: String { "\(place.title): \(reason.sentence)" }
}

extension VerificationFault.Place {
    /// The place in words, as a sentence begins.
    public var title: String {
        switch self {
        case .event(let event): "Evento n.º \(event.height) (\(event.type.rawValue), \(event.digest))"
        case .after(nil): "Al comienzo del archivo"
        case .after(let event?):
            "Después del evento n.º \(event.height) (\(event.type.rawValue), \(event.digest))"
        }
    }
}

extension VerificationFault.Reason {
    fileprivate var code: String {
        switch self {
        case .record: "record"
        case .order: "order"
        case .text: "text"
        case .election: "election"
        case .group: "group"
        case .noElection: "no_election"
        case .trustees: "trustees"
        case .credentials: "credentials"
        case .otherBoundRecord: "bound_record"
        case .weight: "weight"
        case .repeatedBallot: "repeated_ballot"
        case .ballot(let fault): fault.code.replacing("voting.", with: "")
        case .unknownCredential: "unknown_credential"
        case .moreVotersThanElectors: "voters"
        case .quorum: "quorum"
        case .otherTally: "tally"
        case .tallySize: "tally_size"
        case .repeatedOwner: "repeated_owner"
        case .decryption(let fault): fault.code.replacing("voting.", with: "")
        case .otherResult: "result"
        case .seats: "seats"
        }
    }

    /// What is wrong, in Spanish, as a sentence.
    public var sentence: String {
        switch self {
        case .record(let fault): fault.sentence
        case .order(let fault): fault.sentence
        case .text(let fault): "El texto no está en su única forma válida: \(fault.phrase)."
        case .election(let fault): fault.sentence
        case .group(let name): "La elección usa el grupo «\(name)», que este programa no conoce."
        case .noElection: "El archivo todavía no tiene ninguna elección."
        case .trustees(let fault): fault.message
        case .credentials(let fault): fault.sentence
        case .otherBoundRecord(.trustees):
            "Quienes guardan las llaves no son los que fijan las reglas de la elección."
        case .otherBoundRecord(.credentials):
            "La lista de credenciales no es la que fijan las reglas de la elección."
        case .weight:
            "En esta elección cada persona tiene un voto, y una credencial pesa más o menos que uno."
        case .repeatedBallot: "La misma papeleta ya estaba en la urna: alguien la copió."
        case .ballot(let fault): fault.message
        case .unknownCredential: "La credencial de la papeleta no está en la lista de la elección."
        case .moreVotersThanElectors(let voters, let electors):
            "Hay votos de \(voters) credenciales y el censo tiene \(electors) personas."
        case .quorum(let voters, let required):
            "Las reglas de la elección piden que voten \(required) personas y votaron \(voters): con menos no se suma."
        case .otherTally: "La suma cifrada publicada no es la de las papeletas de la urna."
        case .tallySize(let stated, let counted):
            "La suma dice que cuenta \(stated), y en la urna hay \(counted)."
        case .repeatedOwner(let owner): "La persona n.º \(owner) ya había entregado su parte del descifrado."
        case .decryption(let fault): fault.message
        case .otherResult: "El resultado publicado no es el que sale de descifrar la suma de los votos."
        case .seats(let fault):
            "Los puestos no se pueden contar con las reglas de la elección: \(fault.sentence)"
        }
    }
}

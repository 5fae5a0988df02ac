public import Foundation
public import Kernel
public import Tenancy

/// What lets one person cast in one box for a while (`paso a la cabina`).
public struct VotingPass: Sendable, Hashable {
    /// How somebody comes to the box.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// In a booth at a table.
        case kiosk
        /// From where they are.
        case remote
        /// On paper, beside the box.
        case paper

        /// The words on screens.
        public var title: String {
            switch self {
            case .kiosk: "En la cabina de la mesa"
            case .remote: "A distancia"
            case .paper: "En papel"
            }
        }
    }

    /// Identifies the pass; random, since a time in it would tell when somebody voted.
    public let id: UUID
    /// The box.
    public let box: ID<BallotBox>
    /// How they come.
    public let way: Way
    /// Until when.
    public let expiresAt: Date
    /// Who.
    public let person: ID<Person>
}

/// A device that a juror turned into a booth at a table (`cabina`).
public struct Kiosk: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<Kiosk>
    /// The box.
    public let box: ID<BallotBox>
    /// The table.
    public let table: ID<VotingTable>
    /// The table's number.
    public let tableNumber: Int
    /// What the jurors call it.
    public let name: String
    /// Since when it takes nobody; `nil` while it does.
    public let closedAt: Date?
}

/// What a voter holds after casting: the tracker (`número de seguimiento`), by which the ballot is found in the archive.
public struct CastReceipt: Sendable, Hashable {
    /// The hash of the ballot's text; shown in Base64.
    public let tracker: HashDigest
    /// Whether it replaces an earlier ballot of the same person.
    public let isReplacement: Bool
    /// The event of the archive that holds it; what comes later builds on it.
    public let head: BoxHead
}

/// Why a ballot is not taken in. Nothing of it is kept.
public enum CastError: UserFacingError, Hashable {
    /// The text is not a ballot, or not written as the format writes it.
    case notCanonical(String)
    /// It is of another election.
    case otherElection
    /// A proof or the signature does not hold.
    case falseProof(String)
    /// No such credential was given out.
    case unknownCredential
    /// The credential is another person's, or was replaced.
    case otherCredential
    /// The text was cast before, by somebody else or by themselves before the last one.
    case copy
    /// The box has not opened.
    case notOpen
    /// The box is closed.
    case closed
    /// The pass is over, unknown or of another way.
    case noPass
    /// They were given ballot papers.
    case votedOnPaper
    /// They left the session, and the bylaws end the right with it.
    case leftSession
    /// Their vote was replaced as often as it may be: each ballot is checked by everybody who counts.
    case tooOften
    /// More wait than can be taken in now.
    case busy

    /// The stable code.
    public var code: String {
        switch self {
        case .notCanonical: "elections.cast.not_canonical"
        case .otherElection: "elections.cast.other_election"
        case .falseProof: "elections.cast.false_proof"
        case .unknownCredential: "elections.cast.unknown_credential"
        case .otherCredential: "elections.cast.other_credential"
        case .copy: "elections.cast.copy"
        case .notOpen: "elections.cast.not_open"
        case .closed: "elections.cast.closed"
        case .noPass: "elections.cast.no_pass"
        case .votedOnPaper: "elections.cast.voted_on_paper"
        case .leftSession: "elections.cast.left_session"
        case .tooOften: "elections.cast.too_often"
        case .busy: "elections.cast.busy"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notCanonical, .otherElection, .falseProof: .invalid
        case .copy: .conflict
        case .noPass: .forbidden
        case .busy: .unavailable
        default: .refused
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notCanonical, .otherElection, .falseProof:
            "El voto llegó dañado y no se guardó. Cierre esta página, ábrala de nuevo y vote otra vez."
        case .unknownCredential: "La clave no es de esta votación. Revise el volante."
        case .otherCredential:
            "La clave no es la suya, o su volante se reemplazó. Si le dieron otro volante, vote con ese. Si no, pida ayuda a un jurado o al comité electoral."
        case .copy: "Ese voto ya está en la urna y no se guardó otra vez. Vote de nuevo desde el comienzo."
        case .notOpen: "La urna todavía no está abierta. Vuelva a la hora de apertura."
        case .closed: "La urna ya cerró. El voto no se guardó."
        case .noPass: "Se venció el tiempo para votar. Pida de nuevo el paso: su voto no se guardó."
        case .votedOnPaper: "Usted recibió el tarjetón para votar en papel. Su voto es ese."
        case .leftSession: "Usted se retiró de la sesión, y los estatutos acaban el derecho con eso."
        case .tooOften:
            "Usted ya votó \(BallotBox.mostTurns) veces, y no se puede cambiar más. Cuenta el último voto que quedó en la urna."
        case .busy:
            "Hay muchas personas votando a la vez. Espere un momento y pulse de nuevo: no pierde nada."
        }
    }
}

/// Why somebody is not let in to a box. Who asks without a right learns nothing about anybody.
public enum EntranceError: UserFacingError, Hashable {
    /// There is no such booth, or it is closed.
    case kioskUnknown
    /// The PIN is wrong.
    case wrongPin
    /// The PIN was wrong too often.
    case kioskLocked(until: Date)
    /// Somebody is in the booth.
    case kioskTaken
    /// They are not on the frozen roll.
    case notOnRoll
    /// They are present, at the table with this number.
    case otherTable(Int)
    /// They are not checked in as present at this table.
    case notPresent
    /// They voted on paper.
    case votedOnPaper
    /// They have no slip, and the number of none was typed.
    case noSlip
    /// They have a slip, and the number of another was typed.
    case otherSlip
    /// The number is of a slip that was replaced; with that of the slip that they have now, where it bears one.
    case slipReplaced(by: String?)
    /// The box is not open.
    case notOpen
    /// It is not voted from afar.
    case notRemote
    /// The code is wrong, used or over.
    case wrongCode

    /// The stable code.
    public var code: String {
        switch self {
        case .kioskUnknown: "elections.entrance.kiosk_unknown"
        case .wrongPin: "elections.entrance.wrong_pin"
        case .kioskLocked: "elections.entrance.kiosk_locked"
        case .kioskTaken: "elections.entrance.kiosk_taken"
        case .notOnRoll: "elections.entrance.not_on_roll"
        case .otherTable: "elections.entrance.other_table"
        case .notPresent: "elections.entrance.not_present"
        case .votedOnPaper: "elections.entrance.voted_on_paper"
        case .noSlip: "elections.entrance.no_slip"
        case .otherSlip: "elections.entrance.other_slip"
        case .slipReplaced: "elections.entrance.slip_replaced"
        case .notOpen: "elections.entrance.not_open"
        case .notRemote: "elections.entrance.not_remote"
        case .wrongCode: "elections.entrance.wrong_code"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .kioskUnknown: .notFound
        case .wrongPin, .wrongCode: .forbidden
        case .kioskLocked: .tooManyRequests
        case .kioskTaken: .conflict
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .wrongPin, .kioskLocked: "secret.pin"
        case .wrongCode: "code"
        case .notOnRoll, .otherTable, .notPresent, .votedOnPaper: "document"
        case .noSlip, .otherSlip, .slipReplaced: "serial"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .kioskUnknown: "Este equipo no es una cabina, o se cerró. Un jurado debe abrirla."
        case .wrongPin: "La clave de la cabina no es esa. Tiene de 4 a 12 números; inténtelo de nuevo."
        case .kioskLocked(let until):
            SpanishFormat.sentence(
                "Hubo muchos intentos con otra clave. Espere hasta las \(SpanishFormat.time(ColombianTime.time(at: until)))"
            )
        case .notOnRoll:
            "Esta persona no está en el censo definitivo. Revise el documento; si está bien escrito, oriéntela al comité electoral."
        case .otherTable(let number): "Esta persona vota en la mesa \(number). Oriéntela a esa mesa."
        case .kioskTaken: "Hay alguien en la cabina. Espere a que termine o termine su turno."
        case .notPresent:
            "Esta persona no está registrada como presente en esta mesa. Registre primero su ingreso."
        case .votedOnPaper: "Esta persona ya votó en papel."
        case .noSlip:
            "Esta persona todavía no tiene volante. Escriba el número del que sacó, o entréguele uno en la página de la mesa."
        case .otherSlip:
            "Esta persona ya tiene otro volante. Si lo perdió, entréguele uno de reserva en la página de la mesa."
        case .slipReplaced(let serial):
            serial.map {
                "Ese volante se reemplazó y ya no sirve. Esta persona entra con el volante nuevo, el \($0): pídaselo y escriba ese número."
            }
                ?? "Ese volante se reemplazó y ya no sirve. Si la persona tiene uno con su nombre, deje vacío este número. Si no, entréguele otro en la página de la mesa."
        case .notOpen: "La urna no está abierta a esta hora."
        case .notRemote: "En esta elección no se vota a distancia. Acérquese a su mesa."
        case .wrongCode: "El código no es ese, ya se usó o se venció. Revíselo; si se venció, pida otro."
        }
    }
}

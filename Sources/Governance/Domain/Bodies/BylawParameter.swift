import Kernel

/// One thing that the bylaws order in figures, with the article or norm that says so.
public struct BylawParameter: Sendable, Hashable {
    /// What it is about.
    public let name: Name
    /// What is ordered.
    public let value: Value
    /// The number of the article of the bylaws.
    public let article: String?
    /// The norm behind it, where it is not the bylaws' own.
    public let norm: String?
    /// Whether somebody checked it against the text.
    public let isConfirmed: Bool

    /// Makes a parameter.
    ///
    /// - Throws: ``BylawsError/malformedParameter(_:)`` where the text does not fit the name.
    public init(name: Name, text: String, article: String?, norm: String?, isConfirmed: Bool)
        throws(BylawsError)
    {
        guard let value = Value(text, of: name.shape) else { throw .malformedParameter(name) }
        self.name = name
        self.value = value
        self.article = article
        self.norm = norm
        self.isConfirmed = isConfirmed
    }

    /// What can be ordered. The raw values are the names in the database.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// The share of the roll that has to be present at the first call; more than it where `first_quorum_is_exceeded`.
        case firstQuorum = "first_quorum"
        /// Whether the first quorum is more than the share ("la mitad más uno") rather than at least it.
        case firstQuorumIsExceeded = "first_quorum_is_exceeded"
        /// Whether the quorum of a body is of all its seats, those that nobody holds too (`miembros que integran el
        /// cuerpo`), rather than of those that somebody holds.
        case quorumCountsVacancies = "quorum_counts_vacancies"
        /// Minutes between the first and the second call.
        case secondCallMinutes = "second_call_minutes"
        /// The share of the roll that has to be present at the second call; 0 for any number.
        case secondQuorumShare = "second_quorum_share"
        /// The number of people that have to be present at the second call.
        case secondQuorumCount = "second_quorum_count"
        /// Days between the call and the assembly, at least.
        case noticeDays = "notice_days"
        /// Whether days are counted as business days.
        case daysAreBusinessDays = "days_are_business_days"
        /// Months of a mandate in the alliance's own bodies.
        case termMonths = "term_months"
        /// Months after which the alliance is renewed.
        case alliancePeriodMonths = "alliance_period_months"
        /// Seats of the board or organising committee.
        case boardSeats = "board_seats"
        /// How votes become seats: `cuociente`, `cifra`, `mayoria`, `mayoria_absoluta`, `plurinominal`.
        case countingRule = "counting_rule"
        /// The share of the quotient that a slate has to reach.
        case countingThreshold = "counting_threshold"
        /// How people may vote: `secreto`, `mano_alzada`, `aclamacion`, `lista_unica`.
        case votingMethods = "voting_methods"
        /// Whether a majority of blank votes makes the election be repeated, with the same candidates barred.
        case blankMajorityRepeats = "blank_majority_repeats"
        /// Whether leaving the session ends the right to elect and be elected.
        case leavingEndsRight = "leaving_ends_right"
        /// Whether people may vote from where they are, by their own device, in an electronic box.
        case remoteVoting = "remote_voting"
        /// Days for nominations.
        case nominationDays = "nomination_days"
        /// Days for claims against the provisional roll.
        case claimDays = "claim_days"
        /// Days for challenges to the provisional result.
        case challengeDays = "challenge_days"
        /// Days within which the alliance answers who wants to join.
        case applicationAnswerDays = "application_answer_days"
        /// Days between ordinary meetings, at most.
        case meetingIntervalDays = "meeting_interval_days"
        /// Whether each slate names an alternate for each principal.
        case alternatesRequired = "alternates_required"
        /// The majority that decisions need: `simple`, `absoluta`, `calificada`, `unanime`.
        case decisionMajority = "decision_majority"
        /// The share of a qualified majority.
        case decisionMajorityShare = "decision_majority_share"
        /// What the majority is of: `votos`, `presentes`, `habilitados`.
        case decisionMajorityOf = "decision_majority_of"

        /// Whether the product keeps to it; the others are kept as the bylaws have them, for people to keep to.
        public var isObeyed: Bool { self != .applicationAnswerDays }

        /// What the value looks like.
        public var shape: Value.Shape {
            switch self {
            case .firstQuorum, .secondQuorumShare, .countingThreshold, .decisionMajorityShare: .share
            case .firstQuorumIsExceeded, .quorumCountsVacancies, .daysAreBusinessDays, .blankMajorityRepeats,
                .leavingEndsRight, .remoteVoting, .alternatesRequired:
                .flag
            case .countingRule:
                .choice(["cuociente", "cifra", "mayoria", "mayoria_absoluta", "plurinominal"])
            case .decisionMajority: .choice(["simple", "absoluta", "calificada", "unanime"])
            case .decisionMajorityOf: .choice(["votos", "presentes", "habilitados"])
            case .votingMethods: .choices(["secreto", "mano_alzada", "aclamacion", "lista_unica"])
            default: .integer(0...100_000)
            }
        }

        /// The name on screens.
        public var title: String {
            switch self {
            case .firstQuorum: "Quórum en la primera convocatoria"
            case .firstQuorumIsExceeded: "El quórum exige pasar de esa parte (la mitad más uno)"
            case .quorumCountsVacancies:
                "El quórum de un organismo se cuenta sobre todos sus puestos, también los vacantes"
            case .secondCallMinutes: "Minutos hasta la segunda convocatoria"
            case .secondQuorumShare: "Quórum en la segunda convocatoria (parte del censo)"
            case .secondQuorumCount: "Quórum en la segunda convocatoria (número de personas)"
            case .noticeDays: "Días de anticipación de la convocatoria"
            case .daysAreBusinessDays: "Los días son hábiles"
            case .termMonths: "Meses del período"
            case .alliancePeriodMonths: "Meses del período de la alianza, hasta renovarla"
            case .boardSeats: "Puestos de la junta o comité"
            case .countingRule: "Regla de conteo"
            case .countingThreshold: "Umbral (parte del cuociente)"
            case .votingMethods: "Formas de votar"
            case .blankMajorityRepeats: "La mayoría de votos en blanco obliga a repetir"
            case .leavingEndsRight: "Retirarse anula el derecho a elegir y ser elegido"
            case .remoteVoting: "Se puede votar a distancia en la urna electrónica"
            case .nominationDays: "Días para inscribir candidaturas"
            case .claimDays: "Días para reclamar sobre el censo"
            case .challengeDays: "Días para impugnar el resultado"
            case .applicationAnswerDays: "Días para responder a quien pide ingresar"
            case .meetingIntervalDays: "Días entre reuniones ordinarias, como máximo"
            case .alternatesRequired: "Cada principal lleva suplente"
            case .decisionMajority: "Mayoría para decidir"
            case .decisionMajorityShare: "Parte que exige la mayoría calificada"
            case .decisionMajorityOf: "De qué se cuenta la mayoría"
            }
        }
    }

    /// What is ordered, in its type.
    public enum Value: Sendable, Hashable, CustomStringConvertible {
        /// What values of a parameter look like.
        public enum Shape: Sendable, Hashable {
            /// A whole number in a range.
            case integer(ClosedRange<Int>)
            /// Yes or no.
            case flag
            /// A share such as `1/2`, between 0 and 1.
            case share
            /// One of these words.
            case choice([String])
            /// Several of these words, with commas between them.
            case choices([String])

            /// How a value is written, in words for whoever fills it in.
            var example: String {
                switch self {
                case .integer: "con un número entero, como 8"
                case .flag: "«si» o «no»"
                case .share: "como fracción, así: 1/2 para la mitad, 2/3 para dos terceras partes"
                case .choice(let words): "con una de estas palabras: \(words.joined(separator: ", "))"
                case .choices(let words):
                    "con una o varias de estas palabras, separadas por comas: \(words.joined(separator: ", "))"
                }
            }
        }

        /// A whole number.
        case integer(Int)
        /// Yes or no.
        case flag(Bool)
        /// A share between 0 and 1.
        case share(numerator: Int, denominator: Int)
        /// A word.
        case choice(String)
        /// Words.
        case choices([String])

        /// Reads a value of a shape, `nil` where the text does not fit it.
        public init?(_ text: String, of shape: Shape) {
            switch shape {
            case .integer(let range):
                guard let number = Int(text), range.contains(number) else { return nil }
                self = .integer(number)
            case .flag:
                switch text {
                case "si": self = .flag(true)
                case "no": self = .flag(false)
                default: return nil
                }
            case .share:
                let parts = text.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]),
                    denominator > 0, (0...denominator).contains(numerator)
                else { return nil }
                self = .share(numerator: numerator, denominator: denominator)
            case .choice(let words):
                guard words.contains(text) else { return nil }
                self = .choice(text)
            case .choices(let words):
                let chosen = text.split(separator: ",").map(String.init)
                guard !chosen.isEmpty, chosen.allSatisfy(words.contains) else { return nil }
                self = .choices(chosen)
            }
        }

        /// The value as the database keeps it.
        public var description: String {
            switch self {
            case .integer(let number): String(number)
            case .flag(let flag): flag ? "si" : "no"
            case .share(let numerator, let denominator): "\(numerator)/\(denominator)"
            case .choice(let word): word
            case .choices(let words): words.joined(separator: ",")
            }
        }
    }
}

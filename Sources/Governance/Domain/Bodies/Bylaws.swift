public import Kernel
public import Tenancy

/// A version of the bylaws (`estatutos`, `reglamento`) of an alliance, with what they order in figures.
public struct Bylaws: Sendable, Hashable {
    /// Identifies the version.
    public let id: ID<Bylaws>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// 1 for the first version.
    public let version: Int
    /// The title of the document.
    public let title: String
    /// The day on which the assembly approved them.
    public let approvedOn: CalendarDate
    /// The first day on which they count.
    public let inForceFrom: CalendarDate
    /// What they order in figures.
    public let parameters: [BylawParameter.Name: BylawParameter]

    /// Makes a version.
    public init(
        id: ID<Bylaws>, alliance: ID<Alliance>, version: Int, title: String, approvedOn: CalendarDate,
        inForceFrom: CalendarDate, parameters: [BylawParameter]
    ) {
        self.id = id
        self.alliance = alliance
        self.version = version
        self.title = title
        self.approvedOn = approvedOn
        self.inForceFrom = inForceFrom
        self.parameters = Dictionary(parameters.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The value of a parameter that is a whole number, `nil` where the bylaws say nothing.
    public func integer(_ name: BylawParameter.Name) -> Int? {
        if case .integer(let number) = parameters[name]?.value { number } else { nil }
    }

    /// Whether the bylaws say yes to something; silence is no.
    public func allows(_ name: BylawParameter.Name) -> Bool {
        parameters[name]?.value == .flag(true)
    }

    /// The value of a parameter that is one of several words, `nil` where the bylaws say nothing.
    public func choice(_ name: BylawParameter.Name) -> String? {
        if case .choice(let word) = parameters[name]?.value { word } else { nil }
    }

    /// The value of a parameter that is a list of words, empty where the bylaws say nothing.
    public func choices(_ name: BylawParameter.Name) -> [String] {
        if case .choices(let words) = parameters[name]?.value { words } else { [] }
    }

    /// The value of a parameter that is a share of something, `nil` where the bylaws say nothing.
    public func share(_ name: BylawParameter.Name) -> (numerator: Int, denominator: Int)? {
        if case .share(let numerator, let denominator) = parameters[name]?.value {
            (numerator, denominator)
        } else {
            nil
        }
    }
}

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
        public var isObeyed: Bool { ![.leavingEndsRight, .applicationAnswerDays].contains(self) }

        /// What the value looks like.
        public var shape: Value.Shape {
            switch self {
            case .firstQuorum, .secondQuorumShare, .countingThreshold, .decisionMajorityShare: .share
            case .firstQuorumIsExceeded, .daysAreBusinessDays, .blankMajorityRepeats, .leavingEndsRight,
                .alternatesRequired:
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

/// An article of the bylaws.
public struct BylawArticle: Sendable, Hashable {
    /// Its number, "12" or "12 bis".
    public let number: String
    /// Its heading.
    public let heading: String
    /// Its text.
    public let body: String

    /// Makes an article.
    public init(number: String, heading: String, body: String) {
        self.number = number
        self.heading = heading
        self.body = body
    }
}

/// A version of bylaws as lists show it.
public struct BylawsVersion: Sendable, Hashable, Identifiable {
    /// Identifies the version.
    public let id: ID<Bylaws>
    /// 1 for the first that was recorded.
    public let version: Int
    /// The title of the document.
    public let title: String
    /// The day on which the assembly approved them.
    public let approvedOn: CalendarDate
    /// The first day on which they count.
    public let inForceFrom: CalendarDate
    /// The day before the next version counts; `nil` while none follows.
    public let inForceUntil: CalendarDate?
    /// The file with the signed text, where it is kept.
    public let file: ID<StoredFile>?
    /// The minutes of the assembly that approved them, where they are named.
    public let approvedIn: String?

    /// Makes a version of a list.
    public init(
        id: ID<Bylaws>, version: Int, title: String, approvedOn: CalendarDate, inForceFrom: CalendarDate,
        inForceUntil: CalendarDate?, file: ID<StoredFile>?, approvedIn: String? = nil
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.approvedOn = approvedOn
        self.inForceFrom = inForceFrom
        self.inForceUntil = inForceUntil
        self.file = file
        self.approvedIn = approvedIn
    }

    /// Whether the version counts on a day.
    public func isInForce(on day: CalendarDate) -> Bool {
        inForceFrom <= day && inForceUntil.map { day <= $0 } ?? true
    }
}

extension Bylaws {
    /// The quorum that they order, `nil` where they are silent: none is assumed.
    ///
    /// A second call counts only where they say both how long it waits and how many are enough then; where they
    /// give a share and a number, both have to be reached.
    public var quorum: Quorum? {
        guard let first = share(.firstQuorum).flatMap({ Quorum.Share($0.numerator, of: $0.denominator) })
        else { return nil }
        let requirement: Quorum.Requirement =
            allows(.firstQuorumIsExceeded) ? .moreThan(first) : .atLeast(first)
        return Quorum(first: requirement, second: secondCall)
    }

    private var secondCall: Quorum.SecondCall? {
        guard let wait = integer(.secondCallMinutes) else { return nil }
        let people = integer(.secondQuorumCount)
        let share = share(.secondQuorumShare).flatMap { Quorum.Share($0.numerator, of: $0.denominator) }
        return switch (share, people) {
        case (let share?, let people?):
            Quorum.SecondCall(waitMinutes: wait, requirement: .atLeastBoth(share, people: people))
        case (nil, let people?): Quorum.SecondCall(waitMinutes: wait, requirement: .people(people))
        case (let share?, nil):
            Quorum.SecondCall(
                waitMinutes: wait, requirement: share.numerator == 0 ? .any : .atLeast(share))
        case (nil, nil): nil
        }
    }
}

/// Why bylaws are refused.
public enum BylawsError: UserFacingError, Hashable {
    /// The alliance has no bylaws in force on that day.
    case noneInForce(CalendarDate)
    /// A parameter does not have the form that its name asks for.
    case malformedParameter(BylawParameter.Name)
    /// A parameter cites an article that the text does not have.
    case unknownArticle(String)
    /// They come into force before they were approved.
    case inForceBeforeApproval
    /// Other bylaws come into force on the same day.
    case sameDay(CalendarDate)
    /// They have no title.
    case untitled
    /// They are none of this tenant's, or of another alliance.
    case notFound
    /// They order nothing: neither articles nor figures.
    case empty
    /// Two articles have one number.
    case repeatedArticle(String)
    /// A parameter is given twice.
    case repeatedParameter(BylawParameter.Name)
    /// They were approved on a day to come.
    case approvedInFuture
    /// A figure has neither an article nor a norm.
    case uncitedParameter(BylawParameter.Name)
    /// The second call says how many are enough and not how long it waits, or the other way round.
    case halfSecondCall

    /// The stable code.
    public var code: String {
        switch self {
        case .noneInForce: "governance.bylaws.none_in_force"
        case .malformedParameter: "governance.bylaws.malformed_parameter"
        case .unknownArticle: "governance.bylaws.unknown_article"
        case .inForceBeforeApproval: "governance.bylaws.in_force_before_approval"
        case .sameDay: "governance.bylaws.same_day"
        case .untitled: "governance.bylaws.untitled"
        case .notFound: "governance.bylaws.not_found"
        case .empty: "governance.bylaws.empty"
        case .repeatedArticle: "governance.bylaws.repeated_article"
        case .repeatedParameter: "governance.bylaws.repeated_parameter"
        case .approvedInFuture: "governance.bylaws.approved_in_future"
        case .uncitedParameter: "governance.bylaws.uncited_parameter"
        case .halfSecondCall: "governance.bylaws.half_second_call"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .noneInForce: .refused
        case .notFound: .notFound
        case .sameDay: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .noneInForce, .notFound: nil
        case .malformedParameter(let name), .repeatedParameter(let name), .uncitedParameter(let name):
            name.rawValue
        case .unknownArticle, .repeatedArticle, .empty: "articles"
        case .inForceBeforeApproval, .sameDay: "in_force_from"
        case .approvedInFuture: "approved_on"
        case .untitled: "title"
        case .halfSecondCall: BylawParameter.Name.secondCallMinutes.rawValue
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .noneInForce(let day):
            """
            La alianza no tiene estatutos vigentes el \(SpanishFormat.date(day)). \
            Regístrelos antes de seguir.
            """
        case .malformedParameter(let name): "Revise el dato «\(name.title)»: no tiene la forma esperada."
        case .unknownArticle(let number):
            "Se cita el artículo \(number), que no está en el texto. Agréguelo o corrija la cita."
        case .inForceBeforeApproval:
            "Los estatutos no pueden regir antes de aprobarse. Revise las dos fechas."
        case .sameDay(let day):
            "Ya hay estatutos que rigen desde el \(SpanishFormat.date(day)). Use otra fecha de vigencia."
        case .untitled: "Escriba el título de los estatutos."
        case .notFound: "No encontramos esos estatutos. Vuelva a la lista y escójalos de nuevo."
        case .empty: "Los estatutos no dicen nada todavía. Agregue al menos un artículo o un dato."
        case .repeatedArticle(let number):
            "El artículo \(number) está dos veces. Corrija uno de los dos números."
        case .repeatedParameter(let name): "El dato «\(name.title)» está dos veces. Deje uno solo."
        case .approvedInFuture: "La fecha de aprobación todavía no llega. Corríjala."
        case .uncitedParameter(let name):
            "Diga de qué artículo o norma sale «\(name.title)»."
        case .halfSecondCall:
            "La segunda convocatoria necesita dos datos: cuántos minutos después y con qué quórum."
        }
    }
}

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
        case .malformedParameter(let name):
            "Revise el dato «\(name.title)»: se escribe \(name.shape.example)."
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

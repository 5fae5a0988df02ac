public import Kernel

/// Something that users are told about (`tema de orientación`), of the list that ships with the product.
public struct OrientationTopic: Sendable, Hashable, Decodable {
    /// Its code, which stays.
    public let code: String
    /// What it is called.
    public let title: String

    /// The code of what is none of the others.
    public static let other = "other"

    /// Describes a topic.
    public init(code: String, title: String) {
        self.code = code
        self.title = title
    }
}

/// Users who asked were told what to do (`orientación`). Who they are is not kept, nor anything of their health.
public struct Orientation: Sendable, Hashable {
    /// How it was given.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case inPerson = "in_person"
        case phone, whatsapp, mail, visit, meeting, other

        /// The name on screens.
        public var title: String {
            switch self {
            case .inPerson: "En persona"
            case .phone: "Por teléfono"
            case .whatsapp: "Por WhatsApp"
            case .mail: "Por correo"
            case .visit: "En una visita o un recorrido"
            case .meeting: "En una reunión"
            case .other: "De otra manera"
            }
        }
    }

    /// What came of it.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case informed, accompanied, solved, referred, complaint

        /// The name on screens.
        public var title: String {
            switch self {
            case .informed: "Se le explicó qué hacer"
            case .accompanied: "Se le acompañó a hacer el trámite"
            case .solved: "Quedó resuelto"
            case .referred: "Se remitió a la entidad"
            case .complaint: "Presenta una queja"
            }
        }
    }

    /// As what somebody gave it.
    public enum Capacity: String, Sendable, Hashable, CaseIterable {
        case board, representative, member, office

        /// The name on screens.
        public var title: String {
            switch self {
            case .board: "De la junta"
            case .representative: "Representante ante un organismo"
            case .member: "Asociado de la alianza"
            case .office: "De la oficina de la entidad"
            }
        }
    }

    /// Who gave it.
    public struct Giver: Sendable, Hashable {
        /// The name or post.
        public let name: String
        /// As what.
        public let capacity: Capacity

        /// Names somebody.
        ///
        /// - Throws: ``OrientationError/giverMissing``.
        public init(_ name: String, as capacity: Capacity) throws(OrientationError) {
            guard let name = name.trimmedOrNil else { throw .giverMissing }
            self.name = name
            self.capacity = capacity
        }
    }

    /// What was done later for whoever was told.
    public struct FollowUp: Sendable, Hashable {
        /// The day by which it was to be done.
        public let dueOn: CalendarDate
        /// The day on which it was; `nil` while it waits.
        public let doneOn: CalendarDate?
        /// What came of it.
        public let note: String?

        /// Describes what is to be done, or was.
        public init(dueOn: CalendarDate, doneOn: CalendarDate? = nil, note: String? = nil) {
            self.dueOn = dueOn
            self.doneOn = doneOn
            self.note = note
        }
    }

    /// How many people may be told at once.
    public static let people = 1...1000

    /// Identifies it.
    public let id: ID<Orientation>
    /// The day.
    public let givenOn: CalendarDate
    /// The code of its topic.
    public let topic: String
    /// The topic, where it is none of the list.
    public let otherTopic: String?
    /// The entity that it is about: insurer, clinic, pharmacy.
    public let entity: String?
    /// How it was given.
    public let channel: Channel
    /// How many people were told.
    public let people: Int
    /// What came of it.
    public let outcome: Outcome
    /// What else is told of it.
    public let note: String?
    /// Who gave it.
    public let giver: Giver
    /// What is to be done later, where something is.
    public let followUp: FollowUp?
    /// Why it does not count, where it was recorded by mistake.
    public let withdrawal: String?

    /// Describes an orientation.
    ///
    /// - Throws: ``OrientationError``.
    public init(
        id: ID<Orientation> = ID(), givenOn: CalendarDate, topic: String, otherTopic: String? = nil,
        entity: String? = nil, channel: Channel, people: Int = 1, outcome: Outcome, note: String? = nil,
        giver: Giver, followUp: FollowUp? = nil, withdrawal: String? = nil
    ) throws(OrientationError) {
        let otherTopic = otherTopic?.trimmedOrNil
        guard topic != OrientationTopic.other || otherTopic != nil else { throw .topicMissing }
        guard Self.people.contains(people) else { throw .peopleOutOfRange }
        if let followUp, followUp.dueOn < givenOn { throw .followUpBefore }
        self.id = id
        self.givenOn = givenOn
        self.topic = topic
        self.otherTopic = topic == OrientationTopic.other ? otherTopic : nil
        self.entity = entity?.trimmedOrNil
        self.channel = channel
        self.people = people
        self.outcome = outcome
        self.note = note?.trimmedOrNil
        self.giver = giver
        self.followUp = followUp
        self.withdrawal = withdrawal
    }

    /// Another one like it, given on a day: what was told of the first alone, and what is to be done for it, stay there.
    public func repeated(on day: CalendarDate) throws(OrientationError) -> Orientation {
        try Orientation(
            givenOn: day, topic: topic, otherTopic: otherTopic, entity: entity, channel: channel,
            people: people, outcome: outcome, giver: giver)
    }

    /// Whether something is to be done for it yet.
    public var waits: Bool { withdrawal == nil && followUp != nil && followUp?.doneOn == nil }
}

/// How many orientations of a topic were given in each month of a year.
public struct OrientationCount: Sendable, Hashable {
    /// The code of the topic.
    public let topic: String
    /// The month, from 1.
    public let month: Int
    /// How many were given.
    public let acts: Int
    /// How many people were told.
    public let people: Int

    /// Describes a count.
    public init(topic: String, month: Int, acts: Int, people: Int) {
        self.topic = topic
        self.month = month
        self.acts = acts
        self.people = people
    }
}

/// Why an orientation is refused.
public enum OrientationError: UserFacingError, Hashable {
    /// It is none of this alliance's, or not the person's own.
    case notFound
    /// It is about nothing, or about a topic that there is not.
    case topicMissing
    /// Nobody is said to have given it.
    case giverMissing
    /// A number of people that cannot be.
    case peopleOutOfRange
    /// The day lies in the future, or too far back.
    case dayOutOfPlace
    /// What is to be done later lies before it.
    case followUpBefore
    /// What was done is not told.
    case noteMissing
    /// Nothing waits to be done, or it was withdrawn.
    case nothingWaits

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.orientation.not_found"
        case .topicMissing: "governance.orientation.topic_missing"
        case .giverMissing: "governance.orientation.giver_missing"
        case .peopleOutOfRange: "governance.orientation.people_out_of_range"
        case .dayOutOfPlace: "governance.orientation.day_out_of_place"
        case .followUpBefore: "governance.orientation.follow_up_before"
        case .noteMissing: "governance.orientation.note_missing"
        case .nothingWaits: "governance.orientation.nothing_waits"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .nothingWaits: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .topicMissing: "other_topic"
        case .giverMissing: "giver"
        case .peopleOutOfRange: "people"
        case .dayOutOfPlace: "day"
        case .followUpBefore: "follow_up"
        case .noteMissing: "note"
        case .notFound, .nothingWaits: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa orientación. Vuelva a la lista y escójala de nuevo."
        case .topicMissing: "Diga sobre qué se orientó."
        case .giverMissing: "Diga quién orientó: su nombre o su cargo en la alianza."
        case .peopleOutOfRange: "Escriba a cuántas personas se orientó, entre 1 y 1.000."
        case .dayOutOfPlace: "Esa fecha todavía no llega, o no sigue a la de la orientación. Corríjala."
        case .followUpBefore: "El seguimiento no puede ser antes de la orientación. Corrija la fecha."
        case .noteMissing: "Cuente en una frase qué pasó."
        case .nothingWaits: "Esa orientación ya no espera seguimiento. Vuelva a su página."
        }
    }
}

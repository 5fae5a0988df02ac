public import Kernel
public import Tenancy

/// A visit of an exercise: where, when, who went, who received them, and what was measured.
public struct OversightVisit: Sendable, Hashable {
    /// The kinds of places.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        /// The insurer.
        case insurer
        /// A clinic, a hospital, a laboratory.
        case provider
        /// A pharmacy.
        case pharmacy
        /// Somewhere else.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .insurer: "EPS (aseguradora)"
            case .provider: "IPS (clínica, hospital, laboratorio)"
            case .pharmacy: "Farmacia o gestor de medicamentos"
            case .other: "Otro lugar"
            }
        }
    }

    /// That it was recorded by mistake.
    public struct Withdrawal: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// Why.
        public let reason: String
    }

    /// Identifies it.
    public let id: ID<OversightVisit>
    /// Its number in the exercise, from 1.
    public let number: Int
    /// The kind of place.
    public let kind: Place
    /// The place.
    public let place: String
    /// The day.
    public let day: CalendarDate
    /// Who received the team there.
    public let receivedBy: String?
    /// What happened.
    public let account: String
    /// That it was recorded by mistake.
    public let withdrawal: Withdrawal?

    /// Describes a visit.
    ///
    /// - Throws: ``OversightError``.
    public init(
        id: ID<OversightVisit> = ID(), number: Int = 1, kind: Place, place: String, day: CalendarDate,
        receivedBy: String? = nil, account: String = "", withdrawal: Withdrawal? = nil
    ) throws(OversightError) {
        guard let place = place.trimmedOrNil else { throw .placeMissing }
        self.id = id
        self.number = number
        self.kind = kind
        self.place = place
        self.day = day
        self.receivedBy = receivedBy?.trimmedOrNil
        self.account = account.trimmedOrNil ?? ""
        self.withdrawal = withdrawal
    }
}

/// What a visit measured of an indicator.
public struct OversightMeasure: Sendable, Hashable {
    /// Whether it is as expected.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// It is.
        case met
        /// It is not.
        case unmet
        /// It could not be seen.
        case unseen

        /// The name on screens.
        public var title: String {
            switch self {
            case .met: "Como se espera"
            case .unmet: "No como se espera"
            case .unseen: "No se pudo ver"
            }
        }
    }

    /// The indicator.
    public let indicator: ID<OversightIndicator>
    /// Whether it is as expected.
    public let verdict: Verdict
    /// What was measured.
    public let measured: String?
    /// What else was seen.
    public let remark: String?

    /// Describes a measure.
    ///
    /// - Throws: ``OversightError/measureMissing`` where something was seen and nothing tells what.
    public init(
        of indicator: ID<OversightIndicator>, _ verdict: Verdict, measured: String? = nil,
        remark: String? = nil
    ) throws(OversightError) {
        self.indicator = indicator
        self.verdict = verdict
        self.measured = measured?.trimmedOrNil
        self.remark = remark?.trimmedOrNil
        if verdict != .unseen, self.measured == nil, self.remark == nil { throw .measureMissing }
    }
}

/// A visit with who went and what was measured.
public struct OversightVisitRecord: Sendable, Hashable {
    /// The visit.
    public let visit: OversightVisit
    /// Who went, by name.
    public let visitors: [String]
    /// What was measured, in the order of the indicators.
    public let measures: [OversightMeasure]
}

/// A photograph or a paper of an exercise.
public struct OversightEvidence: Sendable, Hashable {
    /// What it shows.
    public let title: String
    /// The day of the file itself.
    public let datedOn: CalendarDate
    /// The file.
    public let file: ID<StoredFile>
    /// Its SHA-256.
    public let sha256: HashDigest
    /// The visit that it is of.
    public let visit: ID<OversightVisit>?
    /// The finding that it is of.
    public let finding: ID<OversightFinding>?
}

public import Foundation
public import Kernel
public import Tenancy

/// What users complain of, ask or suggest (`PQRD`), from its radicado to the check of what was corrected. It names nobody.
public struct Complaint: Sendable, Hashable {
    /// The sorts of complaints.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Of a service of health that was not given, or not in time: its terms run in hours.
        case healthClaim = "health_claim"
        /// Of how somebody was treated or attended to.
        case complaint
        /// Something is asked for.
        case request
        /// Something could be better.
        case suggestion
        /// Something was well done.
        case praise

        /// The name on screens.
        public var title: String {
            switch self {
            case .healthClaim: "Reclamo en salud"
            case .complaint: "Queja"
            case .request: "Petición"
            case .suggestion: "Sugerencia"
            case .praise: "Felicitación"
            }
        }

        /// What it is for, in a sentence.
        public var hint: String {
            switch self {
            case .healthClaim:
                "No dieron un servicio de salud, o no a tiempo: una cita, un medicamento, un examen."
            case .complaint: "El trato, la atención o el estado de un lugar."
            case .request: "Pide información, un documento o una gestión."
            case .suggestion: "Algo que se puede hacer mejor."
            case .praise: "Algo que se hizo bien."
            }
        }
    }

    /// How much harm waiting does, by which the clock of a claim runs.
    public enum Risk: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Life is in danger.
        case vital
        /// The person gets worse by waiting, or has special protection.
        case priority
        /// Neither.
        case simple
        /// What is no claim has none.
        case none

        /// The name on screens.
        public var title: String {
            switch self {
            case .vital: "Riesgo vital"
            case .priority: "Riesgo priorizado"
            case .simple: "Riesgo simple"
            case .none: "Sin riesgo"
            }
        }

        /// Those of a claim, the least first.
        public static let ofClaims: [Self] = [.simple, .priority, .vital]

        /// By the harm of waiting.
        public static func < (left: Self, right: Self) -> Bool {
            let order = [.none] + ofClaims
            return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
        }
    }

    /// What it is about.
    public enum Category: String, Sendable, Hashable, CaseIterable {
        case appointments, medicines, authorizations, examinations, emergencies, treatment, information,
            transport
        case facilities, affiliation, charges, other

        /// The name on screens.
        public var title: String {
            switch self {
            case .appointments: "Citas"
            case .medicines: "Entrega de medicamentos"
            case .authorizations: "Autorizaciones y remisiones"
            case .examinations: "Exámenes y procedimientos"
            case .emergencies: "Urgencias y hospitalización"
            case .treatment: "Trato del personal"
            case .information: "Información y canales de atención"
            case .transport: "Transporte y distancia"
            case .facilities: "Instalaciones y sedes"
            case .affiliation: "Afiliación y novedades"
            case .charges: "Cobros, copagos y cuotas"
            case .other: "Otro asunto"
            }
        }
    }

    /// How it came in.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case page, inPerson = "in_person", phone, mail, paper, meeting

        /// The name on screens.
        public var title: String {
            switch self {
            case .page: "Por la página"
            case .inPerson: "En persona"
            case .phone: "Por teléfono"
            case .mail: "Por correo"
            case .paper: "En papel o buzón"
            case .meeting: "En una reunión"
            }
        }
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable, Codable {
        /// It has its radicado and waits to be passed on.
        case filed
        /// The entity has it.
        case transferred
        /// The entity answered; the alliance has not checked yet.
        case answered
        /// What was answered did not correct it: it waits to be passed on again.
        case reopened
        /// It is over.
        case closed

        /// The name on screens.
        public var title: String {
            switch self {
            case .filed: "Por trasladar"
            case .transferred: "En la entidad"
            case .answered: "Respondida, por verificar"
            case .reopened: "Reabierta, por trasladar"
            case .closed: "Cerrada"
            }
        }
    }

    /// How it ended, as the alliance saw it.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// What was wrong is put right.
        case corrected
        /// In part.
        case partly
        /// It is not.
        case notCorrected = "not_corrected"
        /// Who complained does not want to go on.
        case withdrawn
        /// The alliance told the person what to do, and nothing had to be passed on.
        case oriented

        /// The name on screens.
        public var title: String {
            switch self {
            case .corrected: "Se corrigió"
            case .partly: "Se corrigió en parte"
            case .notCorrected: "No se corrigió"
            case .withdrawn: "La persona desistió"
            case .oriented: "Se orientó a la persona"
            }
        }

        /// What a check of an answer may find.
        public static let ofChecks: [Self] = [.corrected, .partly, .notCorrected]
        /// How it may end without a check.
        public static let ofClosings: [Self] = [.oriented, .withdrawn]
    }

    /// What is known of who complains; a name itself stands apart.
    public enum Identity: Sendable, Hashable {
        /// Nothing was ever kept.
        case anonymous
        /// Their name is kept, as they authorised it.
        case kept
        /// Their name was erased when they asked for it.
        case erased(on: CalendarDate)
    }

    /// Identifies it.
    public let id: ID<Complaint>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its number in the year, from 1.
    public let number: FilingNumber
    /// What it says.
    public let content: ComplaintContent
    /// How it came in.
    public let channel: Channel
    /// What is known of who complains.
    public let identity: Identity
    /// Where it stands.
    public let state: State
    /// How it ended.
    public let outcome: Outcome?
    /// When it was filed.
    public let filedAt: Date
    /// When it was passed on last.
    public let transferredAt: Date?
    /// Until when the entity is to answer.
    public let dueAt: Date?
    /// Whether somebody confirmed the norm of that term: nothing is late by another.
    public let dueIsConfirmed: Bool
    /// When it was answered last.
    public let answeredAt: Date?
    /// When it was closed.
    public let closedAt: Date?

    /// For how many hours before its end a term counts as near.
    public static let nearHours = 48

    /// How it stands at a moment.
    public func standing(at now: Date) -> ComplaintStanding {
        switch state {
        case .filed, .reopened: return .toTransfer(isAgain: state == .reopened)
        case .answered: return .toCheck
        case .closed: return .closed(outcome ?? .oriented)
        case .transferred: break
        }
        guard let dueAt else { return .waiting }
        guard dueIsConfirmed else { return .unconfirmed(until: dueAt) }
        if now >= dueAt { return .late(since: dueAt) }
        return dueAt.timeIntervalSince(now) <= Double(Self.nearHours) * 3600
            ? .near(until: dueAt) : .onTime(until: dueAt)
    }

    /// For how many days it has been open at a moment, up to its closing.
    public func ageInDays(at now: Date) -> Int {
        max(0, ColombianTime.date(at: closedAt ?? now) - ColombianTime.date(at: filedAt))
    }
}

/// How a complaint stands.
public enum ComplaintStanding: Sendable, Hashable {
    /// The alliance is to pass it on, for the first time or again.
    case toTransfer(isAgain: Bool)
    /// The entity has it, without a term.
    case waiting
    /// The entity has it, with a term of which nobody confirmed the norm.
    case unconfirmed(until: Date)
    /// The entity has time left.
    case onTime(until: Date)
    /// The term is near its end.
    case near(until: Date)
    /// The term is over.
    case late(since: Date)
    /// The alliance is to check what was corrected.
    case toCheck
    /// It is over.
    case closed(Complaint.Outcome)
}

/// The radicado of a complaint: its number in the year of an alliance.
public struct FilingNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What is numbered: each has a series of its own.
    public enum Series: String, Sendable, Hashable {
        /// Complaints (`quejas`).
        case complaint = "Q"
        /// Letters that go out (`salidas`).
        case letter = "S"
    }

    /// What it numbers.
    public let series: Series
    /// The year.
    public let year: Int
    /// The number, from 1.
    public let number: Int

    /// Makes a radicado.
    public init(_ series: Series = .complaint, year: Int, number: Int) {
        self.series = series
        self.year = year
        self.number = number
    }

    /// As people read it: `Q-2026-0007`.
    public var description: String {
        let digits = String(number)
        return
            "\(series.rawValue)-\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }

    /// Reads what a person typed: `Q-2026-0007`, `q 2026 7`; `nil` for anything else.
    public init?(typed text: String) {
        let parts = text.folded.split(separator: " ").filter { $0 != "q" }.compactMap { Int($0) }
        guard parts.count == 2, (2000...2200).contains(parts[0]), parts[1] >= 1 else { return nil }
        self.init(year: parts[0], number: parts[1])
    }

    /// By year and number.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.number) < (right.year, right.number)
    }
}

/// What a complaint says.
public struct ComplaintContent: Sendable, Hashable {
    /// Its sort.
    public let kind: Complaint.Kind
    /// The risk of a claim.
    public let risk: Complaint.Risk
    /// What it is about.
    public let category: Complaint.Category
    /// The entity that it is of: insurer, clinic, pharmacy.
    public let entity: String
    /// Where it happened.
    public let place: String?
    /// When it happened.
    public let occurredOn: CalendarDate?
    /// The radicado under which the entity already has it.
    public let earlierNumber: String?
    /// What happened.
    public let account: String
    /// What the person asks for.
    public let wish: String?

    /// Takes what a person tells.
    ///
    /// - Throws: ``ComplaintError``.
    public init(
        kind: Complaint.Kind, risk: Complaint.Risk? = nil, category: Complaint.Category, entity: String,
        place: String? = nil, occurredOn: CalendarDate? = nil, earlierNumber: String? = nil,
        account: String, wish: String? = nil
    ) throws(ComplaintError) {
        let earlierNumber = earlierNumber?.trimmedOrNil
        if let earlierNumber, !Self.isFilingNumber(earlierNumber) { throw .earlierNumberMalformed }
        guard let entity = entity.trimmedOrNil else { throw .entityMissing }
        guard let account = account.trimmedOrNil else { throw .accountMissing }
        self.kind = kind
        // Who does not know the risk does not lose the claim: it is the least, until the alliance says more.
        self.risk = kind == .healthClaim ? (risk.flatMap { $0 == .none ? nil : $0 } ?? .simple) : .none
        self.category = category
        self.entity = entity
        self.place = place?.trimmedOrNil
        self.occurredOn = occurredOn
        self.earlierNumber = earlierNumber
        self.account = account
        self.wish = wish?.trimmedOrNil
    }

    /// Whether a text can be a radicado of some entity: up to 40 letters, digits, points, bars and hyphens, a digit among
    /// them.
    private static func isFilingNumber(_ text: String) -> Bool {
        text.count <= 40 && text.contains(where: \.isWholeNumber)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "./- ".contains($0)) }
    }
}

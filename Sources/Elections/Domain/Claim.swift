public import Foundation
public import Kernel
public import Tenancy

/// A claim against the provisional roll (`reclamación`): to be on it, that somebody be taken off it, or that it say
/// something right.
public struct Claim: Sendable, Hashable {
    /// What is asked.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case include, exclude, correct

        /// The words on screens.
        public var title: String {
            switch self {
            case .include: "Inclusión"
            case .exclude: "Exclusión"
            case .correct: "Corrección"
            }
        }
    }

    /// What the roll should say instead.
    public enum Correction: Sendable, Hashable {
        /// The name, names and surnames apart since rolls are ordered by surname.
        case name(names: String, surnames: String)
        /// The municipality, by its code: it decides where a person votes.
        case municipality(MunicipalityCode)
        /// The identity document.
        case document(IdentityDocument)
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case open, upheld, dismissed

        /// The words on screens.
        public var title: String {
            switch self {
            case .open: "Por decidir"
            case .upheld: "Aceptada"
            case .dismissed: "Negada"
            }
        }
    }

    /// Identifies the claim.
    public let id: ID<Claim>
    /// Its number in the process (`radicado`), 1 being the first.
    public let number: Int
    /// What is asked.
    public let kind: Kind
    /// Whom it is about, where the register knows them.
    public let person: ID<Person>?
    /// The document of whom it is about, as it was stated: type and number.
    public let document: String
    /// The name of whom it is about, as it was stated.
    public let personName: String
    /// Who claims.
    public let claimant: String
    /// How the claimant is reached.
    public let contact: String?
    /// Whether the committee found it by itself.
    public let isExOfficio: Bool
    /// Who took it in; `nil` for the public page and the terminal. They do not decide it.
    public let filedBy: Kernel.ID<User>?
    /// What the roll should say, in words; of a correction.
    public let correction: String?
    /// Why.
    public let ground: String
    /// The date of birth that was stated, where one was.
    public let statedBirthDate: CalendarDate?
    /// When it was filed.
    public let filedAt: Date
    /// Where it stands.
    public let state: State
    /// Why it was decided so.
    public let decisionReason: String?
    /// When it was decided.
    public let decidedAt: Date?
    /// Who decided it.
    public let decidedBy: String?
}

/// What who files a claim takes home.
public struct ClaimReceipt: Sendable, Hashable {
    /// The number of the claim in its process (`radicado`).
    public let number: Int
    /// The code by which who filed it on the public page follows it; `nil` for who works in the alliance.
    public let code: ReadableCode?
}

/// A claim as somebody hands it in.
public struct ClaimDraft: Sendable, Hashable {
    /// What is asked.
    public let kind: Claim.Kind
    /// The document of whom it is about.
    public let document: IdentityDocument
    /// The name of whom it is about.
    public let personName: String
    /// Their date of birth, where they state it: with it they find the decision on the public page.
    public let birthDate: CalendarDate?
    /// Who claims.
    public let claimant: String
    /// How the claimant is reached.
    public let contact: String?
    /// What the roll should say; of a correction.
    public let correction: Claim.Correction?
    /// Why.
    public let ground: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ClaimError``.
    public init(
        _ kind: Claim.Kind, about document: IdentityDocument, named personName: String,
        bornOn birthDate: CalendarDate? = nil, by claimant: String, at contact: String? = nil,
        correction: Claim.Correction? = nil, because ground: String
    ) throws(ClaimError) {
        func tidied(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        self.kind = kind
        self.document = document
        self.personName = tidied(personName)
        self.birthDate = birthDate
        self.claimant = tidied(claimant)
        self.contact = contact.map(tidied).flatMap { $0.isEmpty ? nil : $0 }
        self.correction = kind == .correct ? correction : nil
        guard let ground = ground.nonBlank else { throw .groundMissing }
        self.ground = ground
        guard !self.personName.isEmpty, !self.claimant.isEmpty else { throw .nameMissing }
        guard kind != .correct || correction != nil else { throw .correctionMissing }
        if case .name(let names, let surnames) = correction, tidied(names).isEmpty || tidied(surnames).isEmpty
        {
            throw .correctionMissing
        }
    }
}

extension Claim.Correction {
    /// Its kind, as the database names it.
    var field: String {
        switch self {
        case .name: "name"
        case .municipality: "municipality"
        case .document: "document"
        }
    }

    /// What the roll should say.
    var text: String {
        switch self {
        case .name(let names, let surnames): Self.tidied("\(names) \(surnames)")
        case .municipality(let code): code.rawValue
        case .document(let document): document.description
        }
    }

    /// The form by which names are ordered, surnames first.
    var folded: String? {
        guard case .name(let names, let surnames) = self else { return nil }
        return Self.tidied("\(surnames) \(names)").folded
    }

    private static func tidied(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// When claims are taken: from the publication of the provisional roll until the end that the calendar gives; a late
/// publication takes no days away from anybody.
public struct ClaimWindow: Sendable, Hashable {
    /// When it opens.
    public let opensAt: Date
    /// Until when claims are taken.
    public let closesAt: Date

    /// The window of a roll that was published.
    public init?(_ calendar: ElectoralCalendar?, of roll: ProvisionalRoll) {
        self.init(calendar, publishedAt: roll.publishedAt, reckonedThen: roll.claimsUntil)
    }

    /// The window of a roll that is published at a moment.
    ///
    /// - Parameters:
    ///   - calendar: The calendar of the process.
    ///   - publishedAt: The moment.
    ///   - known: The end that was reckoned when it was published, where it was kept.
    init?(_ calendar: ElectoralCalendar?, publishedAt: Date, reckonedThen known: Date? = nil) {
        guard let milestone = calendar?[.claims], let end = milestone.closesAt,
            let lastDay = milestone.lastDay(beginningAt: publishedAt)
        else { return nil }
        opensAt = publishedAt
        closesAt = max(end, known ?? ColombianTime.lastMinute(of: lastDay))
    }

    /// Whether claims are taken at a moment.
    public func isOpen(at now: Date) -> Bool { now >= opensAt && now < closesAt }
}

/// Why a claim is not taken or decided.
public enum ClaimError: UserFacingError, Hashable {
    /// No provisional roll is published, or the roll is frozen.
    case notNow(ProcessState)
    /// The time for claims is over.
    case tooLate(Date)
    /// Nobody said why.
    case groundMissing
    /// A name is missing.
    case nameMissing
    /// A correction says nothing.
    case correctionMissing
    /// The same is asked already and waits for its decision.
    case alreadyOpen
    /// The person is on the provisional roll.
    case alreadyIn
    /// The person is not on the provisional roll.
    case notOnRoll
    /// The process has no such claim.
    case notFound
    /// The claim was decided.
    case decided
    /// A decision needs its reason.
    case reasonMissing
    /// Nobody decides about themselves.
    case oneself
    /// Who filed a claim does not decide it; the others of the committee can, by name.
    case ownClaim(others: [String])
    /// Nobody of the register has the document: there is nobody to include.
    case unknownPerson
    /// Only members are electors.
    case notMember

    /// The stable code.
    public var code: String {
        switch self {
        case .notNow: "elections.claim.not_now"
        case .tooLate: "elections.claim.too_late"
        case .groundMissing: "elections.claim.ground_missing"
        case .nameMissing: "elections.claim.name_missing"
        case .correctionMissing: "elections.claim.correction_missing"
        case .alreadyOpen: "elections.claim.already_open"
        case .alreadyIn: "elections.claim.already_in"
        case .notOnRoll: "elections.claim.not_on_roll"
        case .notFound: "elections.claim.not_found"
        case .decided: "elections.claim.decided"
        case .reasonMissing: "elections.claim.reason_missing"
        case .oneself: "elections.claim.oneself"
        case .ownClaim: "elections.claim.own_claim"
        case .unknownPerson: "elections.claim.unknown_person"
        case .notMember: "elections.claim.not_member"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .groundMissing, .nameMissing, .correctionMissing, .reasonMissing: .invalid
        case .notFound: .notFound
        case .alreadyOpen, .decided: .conflict
        case .oneself, .ownClaim: .forbidden
        default: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .groundMissing: "ground"
        case .nameMissing: "name"
        case .correctionMissing: "kind"
        case .alreadyOpen, .alreadyIn, .notOnRoll: "document"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notNow(let state):
            "La elección está en «\(state.title)»: las reclamaciones se reciben entre el censo provisional y el definitivo."
        case .tooLate(let end):
            "\(SpanishFormat.sentence("El plazo para reclamar terminó el \(SpanishFormat.moment(end))")) Escriba al comité electoral si cree que hay un error."
        case .groundMissing: "Cuente por qué reclama: sin motivo el comité no puede decidir."
        case .nameMissing: "Escriba los nombres completos."
        case .correctionMissing: "Escriba cómo debe quedar el dato."
        case .alreadyOpen: "Usted ya presentó esa reclamación, y está por decidir."
        case .alreadyIn: "Esa persona ya está en el censo provisional. No hace falta reclamar."
        case .notOnRoll: "Esa persona no está en el censo provisional. Revise el documento."
        case .notFound: "Esa reclamación no está en la elección. Vuelva a la lista."
        case .decided: "Esa reclamación ya se decidió."
        case .reasonMissing: "Escriba las razones de la decisión: las lee quien reclamó."
        case .oneself: "La reclamación es sobre usted. Debe decidirla otra persona del comité."
        case .ownClaim(let others):
            "Usted presentó esta reclamación, y quien la presenta no la decide. \(others.asDeciders)"
        case .unknownPerson:
            "Nadie del padrón tiene ese documento, así que no hay a quién incluir. Niéguela con esa razón, o pida que la oficina actualice el padrón."
        case .notMember:
            "Esa persona no es asociada de la alianza. Si debe serlo, pida que la inscriban y después acepte la reclamación."
        }
    }
}

extension [String] {
    /// Who else of the committee can decide, in a sentence that says what to do.
    var asDeciders: String {
        isEmpty
            ? "No hay otra persona en el comité electoral: pida a quien administra la entidad que agregue una."
            : "Puede decidirla \(SpanishFormat.choice(self))."
    }
}

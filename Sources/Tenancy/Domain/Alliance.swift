public import Kernel

/// A group of users who watch over their insurer or provider (`alianza` or `asociación de usuarios`).
///
/// - SeeAlso: Decreto 1757 de 1994, artículos 10 a 12, as the source documents cite it.
public struct Alliance: Sendable, Hashable, Identifiable {
    /// What an alliance is bound to.
    public enum Kind: String, Sendable, Hashable {
        /// The municipalities of an insurer's users.
        case territory
        /// The site of a provider; its users come from several insurers.
        case site
    }

    /// Where an alliance stands in its life.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Being prepared.
        case draft
        /// Its users were called.
        case convened
        /// People are enrolling.
        case enrolling
        /// The constitution assembly was held.
        case constituted
        /// The competent authority registered it.
        case registered
        /// At work, with elected representatives.
        case active
        /// Its period is about to end.
        case renewalDue = "renewal_due"
        /// Its period ended without a renewal.
        case expired
        /// Dissolved.
        case dissolved

        /// The name of the state on screens.
        public var title: String {
            switch self {
            case .draft: "En preparación"
            case .convened: "Convocada"
            case .enrolling: "En inscripción"
            case .constituted: "Constituida"
            case .registered: "Registrada"
            case .active: "Activa"
            case .renewalDue: "Por renovar"
            case .expired: "Vencida"
            case .dissolved: "Disuelta"
            }
        }

        /// The states that may follow by an edit. An alliance is dissolved, and a mistaken dissolution put right, by
        /// acts of their own.
        public var successors: Set<State> {
            switch self {
            case .draft: [.convened]
            case .convened: [.draft, .enrolling]
            case .enrolling: [.convened, .constituted]
            case .constituted: [.registered, .active]
            case .registered: [.active]
            case .active: [.renewalDue, .expired]
            case .renewalDue: [.active, .expired]
            case .expired: [.active]
            case .dissolved: []
            }
        }

        /// The states from which an act passes an alliance on to this one by itself: its constitution, its
        /// registration, the first mandate in a body of its own. What is in preparation stays so until it is called:
        /// a call makes it public.
        var reachedFrom: Set<State> {
            switch self {
            case .constituted: [.convened, .enrolling]
            case .registered: [.constituted]
            case .active: [.constituted, .registered, .renewalDue, .expired]
            default: []
            }
        }
    }

    /// Identifies the alliance.
    public let id: Kernel.ID<Alliance>
    /// The last part of its address.
    public let slug: String
    /// Its name.
    public let name: String
    /// What it is bound to.
    public let kind: Kind
    /// The site, for an alliance of a provider.
    public let siteName: String?
    /// Where it stands in its life.
    public let state: State

    /// Makes an alliance.
    public init(
        id: Kernel.ID<Alliance>, slug: String, name: String, kind: Kind, siteName: String?, state: State
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.kind = kind
        self.siteName = siteName
        self.state = state
    }
}

extension Alliance {
    /// Makes an alliance of what a person filled in.
    ///
    /// - Throws: ``InvalidInput`` with each field that is missing or malformed.
    public init(
        id: Self.ID = ID(), slug: String? = nil, filledIn name: String, kind: Kind, siteName: String?,
        state: State = .draft
    ) throws(InvalidInput) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let site = siteName.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") } ?? ""
        var problems: [InvalidInput.Problem] = []
        if name.isEmpty || name.count > 160 {
            problems.append(.init(field: "name", message: "Escriba el nombre, de a lo sumo 160 caracteres."))
        }
        let plain = Slug(of: name)
        if !name.isEmpty, plain == nil {
            problems.append(.init(field: "name", message: "El nombre necesita letras o números."))
        }
        if kind == .site, site.isEmpty {
            problems.append(
                .init(field: "site_name", message: "Escriba la sede a la que pertenece la alianza."))
        }
        guard problems.isEmpty, let slug = slug ?? plain?.description else { throw InvalidInput(problems) }
        self.init(
            id: id, slug: slug, name: name, kind: kind, siteName: kind == .site ? site : nil, state: state)
    }
}

/// Why an alliance is not made or changed.
public enum AllianceError: UserFacingError, Hashable {
    /// The tenant has no such alliance.
    case notFound
    /// Another alliance of the tenant has this name.
    case nameTaken(String)
    /// Somebody else changed it since it was read.
    case changedMeanwhile
    /// An alliance has at least one municipality.
    case withoutTerritory
    /// An alliance of a site has the municipality of the site alone.
    case siteHasOneMunicipality
    /// The catalogue has no such municipality in use.
    case unknownMunicipality(String)
    /// Another alliance of the tenant has this address.
    case addressTaken(String)
    /// The address was handed out already.
    case addressIsFixed
    /// The address is none.
    case addressMalformed
    /// An alliance does not pass from one of these states to the other.
    case cannotBecome(State, from: State)
    /// It is dissolved already, or never was.
    case dissolutionDoesNotFit
    /// A dissolved alliance begins nothing any more.
    case isDissolved
    /// A dissolution without its reason.
    case reasonMissing
    /// A dissolution that names no minutes.
    case actMissing
    /// The day lies in the future.
    case inFuture
    /// A list of alliances to make that names none.
    case nothingToCreate
    /// A list of alliances to make that is longer than any entity's.
    case tooManyAtOnce

    /// A state of an alliance.
    public typealias State = Alliance.State

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "tenancy.alliance.not_found"
        case .nameTaken: "tenancy.alliance.name_taken"
        case .changedMeanwhile: "tenancy.alliance.changed_meanwhile"
        case .withoutTerritory: "tenancy.alliance.without_territory"
        case .siteHasOneMunicipality: "tenancy.alliance.site_has_one_municipality"
        case .unknownMunicipality: "tenancy.alliance.unknown_municipality"
        case .addressTaken: "tenancy.alliance.address_taken"
        case .addressIsFixed: "tenancy.alliance.address_is_fixed"
        case .addressMalformed: "tenancy.alliance.address_malformed"
        case .cannotBecome: "tenancy.alliance.cannot_become"
        case .dissolutionDoesNotFit: "tenancy.alliance.dissolution_does_not_fit"
        case .isDissolved: "tenancy.alliance.is_dissolved"
        case .reasonMissing: "tenancy.alliance.reason_missing"
        case .actMissing: "tenancy.alliance.act_missing"
        case .inFuture: "tenancy.alliance.in_future"
        case .nothingToCreate: "tenancy.alliance.nothing_to_create"
        case .tooManyAtOnce: "tenancy.alliance.too_many_at_once"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .nameTaken, .changedMeanwhile, .addressTaken, .dissolutionDoesNotFit: .conflict
        case .withoutTerritory, .siteHasOneMunicipality, .unknownMunicipality, .addressMalformed,
            .reasonMissing, .actMissing, .inFuture, .nothingToCreate, .tooManyAtOnce:
            .invalid
        case .cannotBecome, .addressIsFixed, .isDissolved: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .changedMeanwhile, .dissolutionDoesNotFit, .isDissolved: nil
        case .reasonMissing: "reason"
        case .actMissing: "act"
        case .inFuture: "day"
        case .nothingToCreate, .tooManyAtOnce: "rows"
        case .nameTaken: "name"
        case .withoutTerritory, .siteHasOneMunicipality, .unknownMunicipality: "municipalities"
        case .addressTaken, .addressIsFixed, .addressMalformed: "slug"
        case .cannotBecome: "state"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound:
            "Esa alianza no existe en esta entidad. Vuelva a la lista de alianzas."
        case .nameTaken(let name):
            "Ya hay una alianza llamada «\(name)». Elija otro nombre."
        case .changedMeanwhile:
            "Otra persona lo cambió mientras usted escribía. Abra otra vez la página, mire cómo quedó y haga su cambio."
        case .withoutTerritory:
            "Elija al menos un municipio."
        case .siteHasOneMunicipality:
            "La alianza de una sede tiene un solo municipio: el de la sede."
        case .unknownMunicipality(let code):
            "El municipio \(code) no está vigente en la DIVIPOLA. Elija uno de la lista."
        case .addressTaken(let slug):
            "Ya hay una alianza con la dirección «\(slug)». Elija otra."
        case .addressIsFixed:
            "La dirección ya no cambia: la alianza se convocó, y está en avisos y códigos que la gente tiene."
        case .addressMalformed:
            "La dirección lleva letras minúsculas sin tildes, números y guiones: «san-antero»."
        case .cannotBecome(let next, let state):
            "Una alianza «\(state.title)» no puede pasar a «\(next.title)». Revise su estado."
        case .dissolutionDoesNotFit:
            "El estado de la alianza cambió entretanto. Vuelva a su página y mire cómo está."
        case .isDissolved:
            "La alianza está disuelta: ya no inscribe, ni se reúne, ni elige. Si la disolución fue un error, corríjala primero en la página de la alianza."
        case .reasonMissing: "Diga por qué, en una frase."
        case .actMissing: "Diga en qué acta consta, con su número y fecha."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .nothingToCreate: "Escriba al menos una alianza, o su municipio, por línea."
        case .tooManyAtOnce:
            "La lista tiene más de \(SpanishFormat.number(CreateAlliances.limit)) alianzas. Divídala en varias."
        }
    }
}

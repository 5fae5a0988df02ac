public import Kernel

/// A tenant, as the directory knows it: an EPS, IPS, ESE, control body, or an alliance on its own.
public struct Organization: Sendable, Hashable, Identifiable {
    /// What sort of entity a tenant is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An insurer (EPS).
        case insurer
        /// A provider (IPS).
        case provider
        /// A public hospital (ESE).
        case publicHospital = "public_hospital"
        /// A personería, a secretaría de salud, Supersalud, a contraloría.
        case controlBody = "control_body"
        /// Users who convened themselves.
        case alliance

        /// The name of the kind on screens.
        public var title: String {
            switch self {
            case .insurer: "EPS"
            case .provider: "IPS"
            case .publicHospital: "ESE"
            case .controlBody: "Organismo de control"
            case .alliance: "Alianza de usuarios"
            }
        }
    }

    /// Identifies the tenant.
    public let id: Kernel.ID<Organization>
    /// Its part of addresses, and what the terminal calls it by (`--organization`).
    public let slug: String
    /// What sort of entity it is.
    public let kind: Kind
    /// Its registered name.
    public let name: String
    /// The name that people use.
    public let shortName: String
    /// Its tax number without check digit, where it has one.
    public let nit: String?
    /// The municipality of its seat, by its DIVIPOLA code.
    public let municipality: String

    /// Makes a tenant of the directory.
    public init(
        id: Kernel.ID<Organization>, slug: String, kind: Kind, name: String, shortName: String, nit: String?,
        municipality: String
    ) {
        self.id = id
        self.slug = slug
        self.kind = kind
        self.name = name
        self.shortName = shortName
        self.nit = nit
        self.municipality = municipality
    }
}

/// Why a tenant is not registered, or not found.
public enum OrganizationError: UserFacingError, Hashable {
    /// No tenant has this code.
    case notFound(String)
    /// Another tenant has this slug.
    case slugTaken(String)
    /// Another tenant has this official code.
    case codeTaken(String)
    /// Territory was given to an entity that is no control body.
    case territoryOnlyForControlBodies
    /// A control body without municipalities would see nothing.
    case controlBodyWithoutTerritory
    /// The catalogue has no such municipality.
    case unknownMunicipality(String)
    /// The catalogue of insurers has no such code.
    case unknownInsurerCode(String)
    /// The codes belong to more than one insurer.
    case codesOfSeveralInsurers([String])
    /// Such an entity has no official code.
    case codesNotHere

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "tenancy.organization.not_found"
        case .slugTaken: "tenancy.organization.slug_taken"
        case .codeTaken: "tenancy.organization.code_taken"
        case .territoryOnlyForControlBodies: "tenancy.organization.territory_only_for_control_bodies"
        case .controlBodyWithoutTerritory: "tenancy.organization.control_body_without_territory"
        case .unknownMunicipality: "tenancy.organization.unknown_municipality"
        case .unknownInsurerCode: "tenancy.organization.unknown_insurer_code"
        case .codesOfSeveralInsurers: "tenancy.organization.codes_of_several_insurers"
        case .codesNotHere: "tenancy.organization.codes_not_here"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .slugTaken, .codeTaken: .conflict
        case .territoryOnlyForControlBodies, .controlBodyWithoutTerritory, .unknownMunicipality,
            .unknownInsurerCode, .codesOfSeveralInsurers, .codesNotHere:
            .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .codeTaken, .unknownInsurerCode, .codesOfSeveralInsurers, .codesNotHere: "codes"
        case .unknownMunicipality: "municipality"
        case .slugTaken: "slug"
        case .notFound, .territoryOnlyForControlBodies, .controlBodyWithoutTerritory: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound(let code):
            "No hay ninguna entidad con el código «\(code)». Escriba su código de EPS o REPS, o su nombre como está en las direcciones."
        case .slugTaken(let slug):
            "Ya hay una entidad con el código «\(slug)». Elija otro con «--slug»."
        case .codeTaken(let code):
            "El código \(code) ya es de otra entidad. Revíselo en el acto de habilitación o en el REPS."
        case .territoryOnlyForControlBodies:
            "Solo un organismo de control vigila un territorio. Quite los municipios o cambie la clase."
        case .controlBodyWithoutTerritory:
            "Indique al menos un municipio: sin territorio, el organismo de control no vería nada."
        case .unknownMunicipality(let code):
            "El municipio \(code) no está en la DIVIPOLA. Escriba los cinco dígitos, con el cero inicial."
        case .unknownInsurerCode(let code):
            "El código «\(code)» no está en el catálogo de EPS. Escríbalo como en el acto de habilitación: EPS048, EPSS48…"
        case .codesOfSeveralInsurers(let names):
            "Esos códigos son de varias EPS: \(SpanishFormat.list(names)). Deje solo los de su entidad."
        case .codesNotHere:
            "Una entidad de esta clase no tiene código de EPS ni del REPS. Deje el campo vacío."
        }
    }
}

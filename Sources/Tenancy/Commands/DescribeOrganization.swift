public import Foundation
public import Kernel
public import Postgres

/// Changes names, NIT, seat and official codes of the entity. Its kind and its address stay.
public struct DescribeOrganization: Command {
    /// Who may do it.
    public static let permission = Permission.editSettings
    /// Its registered name from now on.
    public let name: String
    /// The name that people use from now on.
    public let shortName: String
    /// Its tax number from now on.
    public let nit: NIT?
    /// The DIVIPOLA code of its seat from now on.
    public let municipality: String
    /// All its official codes from now on.
    public let codes: [String]

    /// Takes what a person filled in.
    ///
    /// - Throws: `InvalidInput` with each field that is missing or malformed.
    public init(
        name: String, shortName: String, nit: String?, municipality: String, codes: [String]
    ) throws(InvalidInput) {
        func tidied(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        var problems: [InvalidInput.Problem] = []
        let names = (tidied(name), tidied(shortName))
        if names.0.isEmpty || names.0.count > 200 {
            problems.append(
                .init(field: "name", message: "Escriba el nombre oficial, de a lo sumo 200 caracteres."))
        }
        if names.1.isEmpty || names.1.count > 60 {
            problems.append(
                .init(field: "short_name", message: "Escriba el nombre corto, de a lo sumo 60 caracteres."))
        }
        var number: NIT?
        if let nit = nit.map(tidied), !nit.isEmpty {
            do throws(NITError) { number = try NIT(parsing: nit) } catch {
                problems.append(.init(field: "nit", message: error.message))
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        (self.name, self.shortName) = names
        self.nit = number
        self.municipality = municipality
        self.codes = Array(
            Set(codes.map { $0.filter { !$0.isWhitespace }.uppercased() }.filter { !$0.isEmpty })
        ).sorted()
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let before = try await transaction.organization(transaction.organization) else {
            throw OrganizationError.notFound("")
        }
        let codesBefore = try await transaction.organizationCodes()
        try await requireCodes(of: before.kind, in: transaction)
        let described = Organization(
            id: before.id, slug: before.slug, kind: before.kind, name: name, shortName: shortName,
            nit: nit.map { String($0.number) }, municipality: municipality)
        try await transaction.describe(described, codes: codes)
        // What control bodies and citizens read names the entity.
        try await transaction.postThatAlliancesChanged(at: now)
        return Audited(
            AuditEvent(
                "tenancy.organization.described",
                details: [
                    "name": name, "name_before": before.name, "short_name": shortName,
                    "nit": nit?.description ?? "", "nit_before": before.nit ?? "",
                    "municipality": municipality, "codes": codes.joined(separator: " "),
                    "codes_before": codesBefore.joined(separator: " "),
                ]))
    }

    /// Refuses codes that are not those of such an entity: an EPS has codes of one insurer of the catalogue, an IPS or
    /// ESE its code of the REPS.
    private func requireCodes(
        of kind: Organization.Kind, in transaction: borrowing TenantTransaction
    ) async throws {
        switch kind {
        case .insurer:
            let known = try await transaction.insurers(coded: codes)
            if let unknown = codes.first(where: { code in !known.contains { $0.code == code } }) {
                throw OrganizationError.unknownInsurerCode(unknown)
            }
            let names = Set(known.map(\.name)).sorted()
            guard names.count <= 1 else { throw OrganizationError.codesOfSeveralInsurers(names) }
        case .provider, .publicHospital:
            for code in codes {
                do throws(ProviderCodeError) { _ = try ProviderCode(parsing: code) } catch {
                    throw InvalidInput([.init(field: "codes", message: "\(code): \(error.message)")])
                }
            }
        case .controlBody, .alliance:
            guard codes.isEmpty else { throw OrganizationError.codesNotHere }
        }
    }
}

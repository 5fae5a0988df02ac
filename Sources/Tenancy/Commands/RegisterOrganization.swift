import Foundation
import Kernel
import Postgres

/// Adds a tenant: an operator's act, before any tenant scope exists.
public struct RegisterOrganization: Sendable {
    /// The tenant to be.
    public let organization: Organization
    /// Its official codes: all of an EPS, the REPS code of an IPS.
    public let codes: [String]
    /// The municipalities that a control body watches.
    public let territory: [String]

    /// Takes what an operator wrote. Without a `slug`, its part of addresses is made of the short name.
    ///
    /// - Throws: ``InvalidInput`` or ``OrganizationError``.
    public init(
        kind: Organization.Kind, name: String, shortName: String, slug: String? = nil, nit: String? = nil,
        municipality: String, codes: [String] = [], territory: [String] = []
    ) throws {
        func tidied(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        var problems: [InvalidInput.Problem] = []
        if tidied(name).isEmpty {
            problems.append(.init(field: "name", message: "Escriba el nombre de la entidad."))
        }
        let shortName = tidied(shortName).isEmpty ? tidied(name) : tidied(shortName)
        var taxNumber: NIT?
        if let nit, !tidied(nit).isEmpty {
            do {
                taxNumber = try NIT(parsing: nit)
            } catch {
                problems.append(.init(field: "nit", message: error.message))
            }
        }
        guard problems.isEmpty, let made = Slug(of: slug ?? shortName) else {
            throw InvalidInput(
                problems + [
                    .init(field: "slug", message: "El código de la entidad necesita letras o números.")
                ])
        }
        if kind == .controlBody, territory.isEmpty { throw OrganizationError.controlBodyWithoutTerritory }
        if kind != .controlBody, !territory.isEmpty { throw OrganizationError.territoryOnlyForControlBodies }
        organization = Organization(
            id: ID(), slug: made.description, kind: kind, name: tidied(name), shortName: shortName,
            nit: taxNumber?.description, municipality: municipality)
        self.codes = codes.map { $0.trimmingCharacters(in: .whitespaces).uppercased() }.filter { !$0.isEmpty }
        self.territory = Array(Set(territory)).sorted()
    }

    /// Adds the tenant to the directory and opens its chain, in one transaction of its own scope.
    ///
    /// - Throws: ``OrganizationError``.
    public func run(through runner: CommandRunner) async throws -> Organization {
        try await runner.run(
            OpenOrganization(organization: organization, codes: codes, territory: territory),
            as: .terminal(in: organization.id))
        return organization
    }
}

/// Adds a tenant, and writes its first event.
private struct OpenOrganization: Command {
    static let permission = Permission("tenancy.organization.open", roles: [])
    let organization: Organization
    let codes: [String]
    let territory: [String]

    var stream: AuditStream { .office }

    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        try await transaction.insert(organization, codes: codes, territory: territory, at: now)
        try await transaction.set(TenantSettings())
        return Audited(
            AuditEvent(
                "tenancy.organization.registered", subject: organization.id,
                details: [
                    "name": organization.name, "kind": organization.kind.rawValue,
                    "codes": codes.joined(separator: " "), "territory": territory.joined(separator: " "),
                ]))
    }
}

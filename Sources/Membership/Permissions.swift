public import Tenancy

// Every right of the module.

extension Permission {
    /// Imports files of affiliates, and undoes it.
    public static let importAffiliates = Permission(
        "membership.affiliates.import", roles: [.officeAdministrator, .office])
}

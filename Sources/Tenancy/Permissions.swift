extension Permission {
    /// Seeing the users of the entity and their roles.
    public static let seeUsers = Self("tenancy.users.see", roles: [.officeAdministrator, .operator])
    /// Adding users, changing them, putting them out of work.
    public static let administerUsers = Self(
        "tenancy.users.administer", roles: [.officeAdministrator], isSensitive: true)
    /// Hearing of links of those who decide or watch in an election that somebody else saw.
    public static let watchAccess = Self("tenancy.access.watch", roles: [.electionCommittee])
    /// Giving and ending roles. An electoral committee gives those of its tables alone.
    public static let giveRoles = Self(
        "tenancy.grants.give", roles: [.officeAdministrator, .electionCommittee], isSensitive: true)
    /// Seeing the alliances of the entity.
    public static let seeAlliances = Self(
        "tenancy.alliances.see",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .juror, .witness, .guarantor,
            .trustee, .credentialAuthority, .controlBody, .operator,
        ])
    /// Following the calendar of what one may see from a telephone.
    public static let followCalendars = Self("tenancy.calendars.follow", roles: Set(Role.allCases))
    /// Making alliances.
    public static let createAlliances = Self(
        "tenancy.alliances.create", roles: [.officeAdministrator, .office])
    /// Changing name, site, territory and state of an alliance.
    public static let editAlliances = Self("tenancy.alliances.edit", roles: [.officeAdministrator, .office])
    /// Dissolving an alliance, or putting a mistaken dissolution right.
    public static let dissolveAlliances = Self(
        "tenancy.alliances.dissolve", roles: [.officeAdministrator, .office], isSensitive: true)
    /// Seeing how the entity is called, looks and is reached, with its codes or territory.
    public static let seeSettings = Self(
        "tenancy.settings.see", roles: [.officeAdministrator, .office, .controlBody, .operator])
    /// Changing how the entity is called, looks and is reached.
    public static let editSettings = Self("tenancy.settings.edit", roles: [.officeAdministrator])
    /// Keeping a file.
    public static let storeFiles = Self(
        "tenancy.files.store",
        roles: [.officeAdministrator, .office, .board, .electionCommittee, .guarantor, .controlBody])
    /// Opening a file that is kept; each time is an event.
    public static let openFiles = Self(
        "tenancy.files.open",
        roles: [.officeAdministrator, .office, .board, .electionCommittee, .guarantor, .operator],
        isSensitive: true)
    /// Keeping a file as something else than what follows from what it proves.
    public static let reclassifyFiles = Self(
        "tenancy.files.reclassify", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// Seeing how long each class of files is kept.
    public static let readRetentionTerms = Self(
        "tenancy.retention_terms.read", roles: [.officeAdministrator, .office, .board])
    /// Confirming how long each class of files is kept in the entity.
    public static let confirmRetentionTerms = Self(
        "tenancy.retention_terms.confirm", roles: [.officeAdministrator, .office], isSensitive: true)
    /// Issuing a document with a code by which anybody verifies it.
    public static let issueDocuments = Self(
        "tenancy.documents.issue", roles: [.officeAdministrator, .office, .board, .electionCommittee])
    /// Declaring that an issued document no longer counts.
    public static let withdrawDocuments = Self(
        "tenancy.documents.withdraw", roles: [.officeAdministrator, .board, .electionCommittee],
        isSensitive: true)
    /// Reading the log of what was done.
    public static let seeAudit = Self(
        "tenancy.audit.see",
        roles: [
            .officeAdministrator, .office, .board, .electionCommittee, .guarantor, .controlBody, .operator,
        ])
    /// Having the chains of the log verified.
    public static let verifyAudit = Self("tenancy.audit.verify", roles: seeAudit.roles)
    /// Hearing of what the server should do by itself and does not: messages, daily chores, a log that holds.
    public static let watchWork = Self(
        "tenancy.work.watch", roles: [.officeAdministrator, .office, .operator])
    /// Seeing background work.
    public static let seeJobs = Self(
        "tenancy.jobs.see", roles: [.officeAdministrator, .office, .electionCommittee, .operator])
    /// Cancelling background work, or beginning it again.
    public static let cancelJobs = Self(
        "tenancy.jobs.cancel", roles: [.officeAdministrator, .office, .electionCommittee])
}

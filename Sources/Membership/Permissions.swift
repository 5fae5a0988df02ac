public import Tenancy

// Every right of the module.

extension Permission {
    /// Imports files of affiliates, and undoes it.
    public static let importAffiliates = Permission(
        "membership.affiliates.import", roles: [.officeAdministrator, .office])
    /// Sees the register of affiliates.
    public static let seeAffiliates = Permission(
        "membership.affiliates.see", roles: [.officeAdministrator, .office, .electionCommittee])
    /// Sees the members of an alliance and what is known of their requirements.
    public static let seeMembers = Permission(
        "membership.members.see",
        roles: [
            .officeAdministrator, .office, .board, .electionCommittee, .guarantor, .controlBody, .operator,
        ])
    /// Reads what an alliance holds of oneself.
    public static let seeOwnFile = Permission("membership.own_file.see", roles: [.member, .board])
    /// Enrols members and ends their periods.
    public static let enrolMembers = Permission(
        "membership.members.enrol", roles: [.officeAdministrator, .office, .board])
    /// Says who of the register made a request on the public page: who may knows what the register has of whom.
    public static let identifyApplicants = Permission(
        "membership.applicants.identify", roles: [.officeAdministrator, .office])
    /// Sets the text of the data authorisation.
    public static let publishConsentTexts = Permission(
        "membership.consent_texts.publish", roles: [.officeAdministrator, .office])
    /// Records what papers say of a person.
    public static let recordFacts = Permission(
        "membership.facts.record", roles: [.officeAdministrator, .office, .board, .electionCommittee])
    /// Reviews what somebody else recorded.
    public static let reviewFacts = Permission(
        "membership.facts.review", roles: [.officeAdministrator, .office, .electionCommittee],
        isSensitive: true)
    /// Turns requirements on and off, and gives them other parameters.
    public static let switchRequirements = Permission(
        "membership.requirements.switch", roles: [.officeAdministrator, .office, .electionCommittee],
        isSensitive: true)
    /// Reviews the papers of an election, and changes what it asks after its call: the office runs the logistics of an
    /// election and decides nothing in it.
    public static let decideInElections = Permission(
        "membership.elections.decide", roles: [.electionCommittee], isSensitive: true)
    /// Notes that somebody took back the authorisation of data, which is given to the entity.
    public static let withdrawConsents = Permission(
        "membership.consents.withdraw", roles: [.officeAdministrator, .office], isSensitive: true)
    /// Loads the list of the entity's own employees.
    public static let loadStaffLists = Permission(
        "membership.staff_lists.load", roles: [.officeAdministrator, .office])
}

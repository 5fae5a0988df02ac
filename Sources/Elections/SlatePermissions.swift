public import Tenancy

extension Permission {
    /// Sees what the facts say of candidates, and the papers of their slates.
    public static let seeCandidates = Permission(
        "elections.candidates.see",
        roles: [.officeAdministrator, .office, .electionCommittee, .guarantor, .controlBody])
    /// Takes slates in, changes them before the decision, takes them back, and records acceptances.
    public static let registerSlates = Permission(
        "elections.slates.register", roles: [.office, .electionCommittee])
    /// Admits and rejects slates, keeps candidates out, and decides appeals.
    public static let decideSlates = Permission(
        "elections.slates.decide", roles: [.electionCommittee], isSensitive: true)
    /// Files an appeal for a candidate who was kept out.
    public static let appealDisqualifications = Permission(
        "elections.disqualifications.appeal",
        roles: [.office, .electionCommittee, .board, .member, .guarantor])
    /// Accredits the witnesses of slates.
    public static let accreditWitnesses = Permission(
        "elections.witnesses.accredit", roles: [.electionCommittee])
}

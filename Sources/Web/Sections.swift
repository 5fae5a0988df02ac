import Tenancy

extension Site {
    /// Adds the pages of every module, one line each.
    func addPages(to tenant: TenantRoutes, _ everybody: PublicRoutes) {
        IdentityRoutes().add(to: everybody)
        AllianceRoutes().add(to: tenant)
        UserRoutes().add(to: tenant)
        SettingsRoutes().add(to: tenant)
        LogRoutes().add(to: tenant)
        JobRoutes().add(to: tenant)
        FileRoutes().add(to: tenant)
        PendingRoutes().add(to: tenant)
        SearchRoutes().add(to: tenant)
        AffiliateRoutes().add(to: tenant)
        ApplicationRoutes().add(to: tenant)
        MemberRoutes().add(to: tenant)
        CertificateRoutes().add(to: tenant)
        RequirementRoutes().add(to: tenant)
        GovernanceRoutes().add(to: tenant)
        ProcessRoutes().add(to: tenant)
        ContestRoutes().add(to: tenant)
        TableRoutes().add(to: tenant)
        ClaimRoutes().add(to: tenant)
        GuarantorRoutes().add(to: tenant)
        ChronologyRoutes().add(to: tenant)
        PublicRollRoutes().add(to: everybody)
        SlateRoutes().add(to: tenant)
        PublicSlateRoutes().add(to: everybody)
        DayRoutes().add(to: tenant)
        PapersRoutes().add(to: tenant)
        ComplianceRoutes().add(to: tenant)
        PublicAllianceRoutes().add(to: everybody)
        PublicElectionRoutes().add(to: everybody)
        VerificationRoutes().add(to: everybody)
        HelpRoutes().add(to: everybody)
        HealthRoutes().add(to: everybody)
    }
}

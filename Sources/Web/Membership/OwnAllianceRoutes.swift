import Elections
import Governance
import Kernel
import Membership
import Reporting
import Tenancy

/// What members read of themselves.
struct OwnAllianceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.ownAlliance, own)
    }

    @Sendable private func own(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> OwnAlliancePage {
        let heading = try await context.alliance(slug)
        let alliance = heading.alliance
        let votes = try await context.fetch(ReadOwnVotes(in: alliance.id))
        let own = try await context.fetch(ReadOwnFile(in: alliance.id, for: votes.first?.process.id))
        let entries = try await context.agenda(
            of: [alliance], in: AllianceSummaryPage.days(from: context.today)
        ).filter { entry in
            switch entry.kind {
            case .meeting, .milestone: true
            default: false
            }
        }
        return OwnAlliancePage(
            heading: heading, own: own, votes: votes,
            candidacies: try await context.fetch(ReadOwnCandidacies(in: alliance.id)),
            bodies: try await context.fetch(ReadGovernance(of: alliance.id)).bodies,
            polls: context.may(.answerPolls, in: heading.stream)
                ? try await context.fetch(ReadOwnPolls(in: alliance.id)) : [],
            participation: context.may(.seeOwnAttendance, in: heading.stream)
                ? try await context.fetch(ReadOwnParticipation(in: alliance.id))
                : OwnParticipation(entries: [], observable: [], topics: []),
            mayPropose: context.may(.proposeTopics, in: heading.stream),
            agenda: Agenda(entries, of: [heading], namesAlliances: false),
            contact: try await context.read(.seeAlliances, in: heading.stream) {
                try await $0.contact(of: alliance.id)
            },
            tenant: TenantSlug(rawValue: context.entry.organization.slug), now: context.visit.now)
    }
}

extension Principal {
    /// Whether the person is a member and nothing else: nobody's work waits for them.
    var isOnlyMember: Bool { user != nil && !grants.isEmpty && grants.allSatisfy { $0.role == .member } }
}

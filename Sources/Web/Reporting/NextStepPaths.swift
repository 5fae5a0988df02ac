import Elections
import Governance
import Kernel
import Reporting
import Tenancy

extension TenantContext {
    /// Where what is next of obligations is done: at its form for those who may fill it in, and else at the part of the
    /// alliance that it is about.
    func steps(of views: [ObligationView], in heading: AllianceHeading) -> [Obligation.Code: Path] {
        Dictionary(
            uniqueKeysWithValues: views.compactMap { view in
                view.standing.next.map {
                    (view.obligation.code, path(of: $0, view.obligation.code, in: heading))
                }
            })
    }

    private func path(of step: NextStep, _ code: Obligation.Code, in heading: AllianceHeading) -> Path {
        let slug = heading.slug
        func form(_ path: Path?, for permission: Permission, else other: Path) -> Path {
            if let path, may(permission, in: heading.stream) { path } else { other }
        }
        let year = step.subject.flatMap { Int($0) }
        let meetings = Path.meetings(slug).with(MeetingsPage.year.name, year.map { String($0) })
        let plans: Path = year.map { .plan(slug, $0) } ?? .plans(slug)
        let founding = Path.governance(slug).at(anchor: "constitucion")
        let bylaws = Path.governance(slug).at(anchor: "estatutos")
        return switch step.place {
        case .alliance where code == .convening:
            form(.newAllianceCall(slug), for: .keepLife, else: .life(slug))
        case .alliance: form(.editAlliance(slug), for: .editAlliances, else: .alliance(slug))
        case .governance: .governance(slug)
        case .newBody: form(.newBody(slug), for: .createBodies, else: .governance(slug))
        case .constitution: form(.newConstitution(slug), for: .recordConstitutions, else: founding)
        case .constitutionMinutes: form(.attachConstitution(slug), for: .attachPapers, else: founding)
        case .founding: founding
        case .registration: form(.newRegistration(slug), for: .recordConstitutions, else: founding)
        case .bylaws: form(.newBylaws(slug), for: .adoptBylaws, else: bylaws)
        case .bylawsMinutes:
            form(
                step.subject.flatMap { Int($0) }.map { .attachBylawsMinutes(slug, $0) }, for: .attachPapers,
                else: bylaws)
        case .newElection: form(.newProcess(slug), for: .draftProcesses, else: .processes(slug))
        case .elections:
            step.subject.flatMap(ID<ElectoralProcess>.init).map { .process(slug, $0) } ?? .processes(slug)
        case .meetings: meetings.at(anchor: "reuniones")
        case .newMeeting: form(.newMeeting(slug), for: .planMeetings, else: meetings.at(anchor: "reuniones"))
        case .meetingCall:
            form(
                step.subject.flatMap(ID<Meeting>.init).map { .notice(slug, $0) }, for: .planMeetings,
                else: meetings.at(anchor: "reuniones"))
        case .plan:
            form(year.map { .registerPlan(slug, $0) }, for: .registerPlans, else: plans)
        case .planApproval:
            form(year.map { .approvePlan(slug, $0) }, for: .followPlans, else: plans)
        case .planFollowUp:
            form(year.map { .followPlan(slug, $0) }, for: .followPlans, else: plans)
        case .report:
            form(
                Path.newReport(slug).with("clase", code.reportKind.rawValue)
                    .with("ano", year.map { String($0) }),
                for: .followPlans, else: meetings.at(anchor: "informes"))
        }
    }
}

extension Obligation.Code {
    /// The kind of report that an obligation asks.
    fileprivate var reportKind: GivenReport.Kind {
        switch self {
        case .managementReport: .management
        case .planFollowUp: .consolidated
        default: .accountability
        }
    }
}

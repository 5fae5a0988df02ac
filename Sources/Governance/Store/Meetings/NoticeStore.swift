import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The notices of a meeting, the first first.
    public func notices(of meeting: ID<Meeting>) async throws -> [MeetingNotice] {
        try await rows(
            """
            select notice_id, version, issued_on, caller, contact, words, sha256, required_days,
                counts_business_days, required_by, given_days, short_notice_reason, issued_at
            from governance.meeting_notices
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by version
            """, as: MeetingNotice.self)
    }

    /// Adds a notice of a meeting.
    func insert(_ notice: MeetingNotice, of meeting: Meeting, in alliance: ID<Alliance>) async throws {
        let requirement = notice.check.requirement
        try await execute(
            """
            insert into governance.meeting_notices (
                organization_id, notice_id, meeting_id, alliance_id, is_reserved, version, issued_on, caller,
                contact, words, sha256, required_days, counts_business_days, required_by, given_days,
                short_notice_reason, issued_at, issued_by)
            values (
                \(organization), \(notice.id), \(meeting.id), \(alliance), \(meeting.isReserved),
                \(notice.version), \(notice.issuedOn), \(notice.caller), \(notice.contact), \(notice.words),
                \(notice.digest.bytes), \(requirement?.days), \(requirement?.areBusinessDays ?? false),
                \(requirement?.source), \(notice.check.given), \(notice.shortNoticeReason),
                \(notice.issuedAt), \(scope.principal.user))
            """)
    }

    /// What a meeting is, for those who are called to it.
    public func invitation(
        to meeting: Meeting, agenda: [AgendaItem], of alliance: ID<Alliance>, caller: String = "",
        contact: String = ""
    ) async throws -> MeetingInvitation {
        var body: Body?
        if let id = meeting.body { body = try await self.body(id) }
        return MeetingInvitation(
            to: meeting, agenda: agenda, of: try await self.alliance(alliance)?.name ?? "", body: body?.name,
            caller: caller, contact: contact, instead: try await toldTime(of: meeting))
    }

    /// How long before a meeting it has to be called.
    public func noticeRequirement(
        of meeting: Meeting, of alliance: ID<Alliance>
    ) async throws -> NoticeRequirement? {
        NoticeRequirement(
            bylaws: try await bylaws(of: alliance, on: meeting.day),
            agendas: try await agendaTemplates(of: alliance))
    }

    /// Those who are called to a meeting and are known: who holds the seats of the body that meets, or the members.
    func calledPeople(to meeting: Meeting, of alliance: ID<Alliance>) async throws -> [ID<Person>] {
        if let body = meeting.body {
            return try await holders(of: body, on: meeting.day).compactMap(\.person)
        }
        return try await values(
            """
            select person_id from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance) and left_on is null
            """, as: ID<Person>.self)
    }

    /// Whether who asks may know where a meeting is entered from afar, if it is: whoever prepares or runs it, and those who
    /// are called.
    func mayEnter(_ meeting: Meeting, of alliance: ID<Alliance>) async throws -> Bool {
        guard meeting.link != nil else { return true }
        let stream = AuditStream.alliance(alliance)
        let principal = scope.principal
        if [.planMeetings, .runSessions, .recordAttendance].contains(where: {
            principal.holds($0, in: stream)
        }) {
            return true
        }
        guard let user = principal.user, let person = try await person(of: user) else {
            return false
        }
        return try await calledPeople(to: meeting, of: alliance).contains(person)
    }

    /// The addresses of people to which mail can be sent.
    func reachable(of people: [ID<Person>]) async throws -> [MailAddress] {
        try await addresses(of: people).filter {
            !Mailing(to: $0.email, subject: "", text: "").isUndeliverable
        }
    }

    /// The mail addresses of people who are not known to have died.
    private func addresses(of people: [ID<Person>]) async throws -> [MailAddress] {
        try await rows(
            """
            select person_id, email from membership.affiliates
            where organization_id = \(organization) and person_id = any (\(people))
                and affiliation_state <> 'deceased' and email is not null
            order by person_id
            """, as: MailAddress.self)
    }
}

/// Where somebody gets mail.
struct MailAddress: Sendable, Hashable {
    let person: ID<Person>
    let email: String
}

// MARK: - Rows

extension MailAddress: RowDecodable {
    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        email = try row["email"]
    }
}

extension MeetingNotice: RowDecodable {
    /// Reads a row of `governance.meeting_notices`.
    ///
    /// - Throws: ``RowError`` also where the words are not those that were hashed.
    public init(row: Row) throws(RowError) {
        let days: Int? = try row["required_days"]
        let areBusinessDays: Bool = try row["counts_business_days"]
        let source: String? = try row["required_by"]
        let requirement = days.flatMap { days in
            source.map { NoticeRequirement(days: days, areBusinessDays: areBusinessDays, source: $0) }
        }
        self.init(
            id: try row["notice_id"], version: try row["version"], issuedOn: try row["issued_on"],
            caller: try row["caller"], contact: try row["contact"], words: try row["words"],
            check: NoticeCheck(requirement: requirement, given: try row["given_days"]),
            shortNoticeReason: try row["short_notice_reason"], issuedAt: try row["issued_at"])
        let digest: [UInt8] = try row["sha256"]
        guard digest == self.digest.bytes else {
            throw RowError(unreadable: "sha256", because: NoticeChanged())
        }
    }
}

/// The words of a notice are not those that were issued.
private struct NoticeChanged: Error {}

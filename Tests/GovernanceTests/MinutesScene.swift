import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport

@testable import Governance

/// An alliance with a board of two and meetings that were held.
struct MinutesScene {
    let setting: Setting
    let board: ID<Body>
    let seats: [Seat]

    static func make() async throws -> Self {
        let setting = try await Setting.make()
        let board = try await setting.run(
            CreateBody(
                "Junta directiva", kind: .board, of: setting.alliance.id, isExternal: false,
                term: Setting.term(), formation: .proclamation, continuesUntilReplaced: false,
                seats: [
                    SeatDraft(title: "Presidencia"), SeatDraft(title: "Secretaría"),
                    SeatDraft(title: "Vocal"),
                ])
        ).id
        let seats = try await setting.read { try await $0.seats(of: board) }
        for index in 0..<3 { try await setting.seat(index, on: seats[index], from: day("2025-06-01")) }
        return Self(setting: setting, board: board, seats: seats)
    }

    private var organization: ID<Organization> { setting.organization.id }

    /// Who acts as one of the people: a member of the board's space for the first two, a member of the alliance else.
    func user(_ index: Int) async throws -> Principal {
        try await setting.tenants.principal(
            index < 2 ? .board : .member, of: setting.organization, in: .alliance(setting.alliance.id),
            name: "Usuario \(index)",
            document: IdentityDocument(type: .cedula, number: Setting.documents[index]))
    }

    /// A meeting whose session was run and closed.
    func heldMeeting(on date: String, of body: ID<Body>?? = nil, isReserved: Bool = false) async throws
        -> Meeting
    {
        let date = try day(date)
        let opened = ColombianTime.instant(date, TimeOfDay(hour: 9, minute: 5) ?? .midnight)
        let meeting = try Meeting(
            kind: .board, title: "Reunión de junta", state: .held, day: date,
            startsAt: TimeOfDay(hour: 9, minute: 0), endsAt: TimeOfDay(hour: 10, minute: 0), mode: .mixed,
            place: "Sala de juntas", link: "https://reuniones.invalid/abc", body: body ?? board,
            participants: ["Junta directiva", "Participación social"], isReserved: isReserved)
        try await setting.write { transaction in
            try await transaction.insert([meeting], of: setting.alliance.id, plan: nil, from: nil, at: opened)
            try await transaction.execute(
                """
                update governance.meetings
                set opened_at = \(opened), opened_in = 1, entitled = 3, closed_at = \(opened.addingTimeInterval(3000))
                where organization_id = \(organization) and meeting_id = \(meeting.id)
                """)
        }
        return meeting
    }

    /// What happened in a meeting: a call, two who came, a quorum, a decision, a question, a commitment.
    func tell(of meeting: Meeting) async throws {
        let at = ColombianTime.instant(meeting.day, TimeOfDay(hour: 9, minute: 10) ?? .midnight)
        let item = try AgendaItem(
            position: 1, kind: .topic, title: "Informe de visitas", state: .treated,
            notes: "Luis Burgos presentó el informe de la farmacia.")
        let check = UUID()
        try await setting.write { transaction in
            try await transaction.insert([item], of: meeting, in: setting.alliance.id)
            try await transaction.execute(
                """
                insert into governance.meeting_calls (
                    organization_id, call_id, meeting_id, sent_on, channel, reached, recorded_at, kind)
                values (
                    \(organization), \(UUID()), \(meeting.id), \(meeting.day - 8), 'WhatsApp', 20, \(at), 'whatsapp')
                """)
            for (index, name) in ["Rosa Arrieta", "Luis Burgos"].enumerated() {
                try await transaction.execute(
                    """
                    insert into governance.attendances (
                        organization_id, attendance_id, meeting_id, person_id, name, capacity, way, method,
                        arrived_at, recorded_at)
                    values (
                        \(organization), \(UUID()), \(meeting.id), \(setting.people[index]), \(name), 'entitled',
                        'in_person', 'list', \(at), \(at))
                    """)
            }
            try await transaction.execute(
                """
                insert into governance.quorum_checks (
                    organization_id, check_id, meeting_id, occasion, call, requirement, base, present, required,
                    is_met, source, checked_at)
                values (
                    \(organization), \(check), \(meeting.id), 'opening', 1, 'majority', 3, 2, 2, true,
                    'artículo 12', \(at))
                """)
            try await transaction.execute(
                """
                insert into governance.meeting_questions (
                    organization_id, question_id, meeting_id, alliance_id, is_reserved, item_id, position,
                    asked_by, is_anonymous, question, asked_at, answer, answered_by, answered_at)
                values (
                    \(organization), \(UUID()), \(meeting.id), \(setting.alliance.id), \(meeting.isReserved),
                    \(item.id), 1, 'Luis Burgos', false, '¿Cuándo llegan los medicamentos?', \(at),
                    'En abril.', 'La entidad', \(at))
                """)
            try await transaction.execute(
                """
                insert into governance.commitments (
                    organization_id, commitment_id, alliance_id, is_reserved, meeting_id, activity, owner_kind,
                    owner, owner_person_id, made_on, due_on, state, recorded_at)
                values (
                    \(organization), \(UUID()), \(setting.alliance.id), \(meeting.isReserved), \(meeting.id),
                    'Pedir la lista de pendientes', 'person', 'Luis Burgos', \(setting.people[1]),
                    \(meeting.day), \(meeting.day + 10), 'open', \(at))
                """)
        }
        _ = try await decide(in: meeting, approving: nil, check: check)
    }

    /// Adds a decision that a meeting adopted.
    func decide(
        in meeting: Meeting, approving minutes: ID<Minutes>?, check: UUID? = nil, at position: Int? = nil
    ) async throws -> UUID {
        let id = UUID()
        let at = ColombianTime.instant(meeting.day, TimeOfDay(hour: 9, minute: 40) ?? .midnight)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into governance.decisions (
                    organization_id, decision_id, meeting_id, alliance_id, is_reserved, position, decision, manner,
                    majority, share_of, majority_source, in_favor, against, blank, abstained, needed, is_adopted,
                    check_id, present, entitled, approves_minutes_id, approves_version, decided_at)
                select \(organization), \(id), \(meeting.id), \(setting.alliance.id), \(meeting.isReserved),
                    coalesce(\(position), 1 + count(*)), \(minutes == nil ? "Se aprueba el informe" : "Se aprueba el acta anterior"),
                    'show_of_hands', 'simple', 'votes', 'artículo 15', 2, 0, 0, 0, 2, true, \(check), 2, 3,
                    \(minutes), (
                        select nullif(drafts.version, 0) from governance.minutes_drafts as drafts
                        where drafts.organization_id = \(organization) and drafts.minutes_id = \(minutes)),
                    \(at)
                from governance.decisions
                where organization_id = \(organization) and meeting_id = \(meeting.id)
                """)
        }
        return id
    }

    /// Minutes that are approved and wait for signatures.
    func approvedMeeting() async throws -> ID<Meeting> {
        let meeting = try await heldMeeting(on: "2026-03-10")
        try await tell(of: meeting)
        try await setting.run(CirculateMinutes(meeting.id, in: setting.alliance.id, until: nil))
        try await setting.run(
            ApproveMinutes(
                of: meeting.id, in: setting.alliance.id, by: .commission("Comisión", on: day("2026-03-11"))))
        return meeting.id
    }

    /// Minutes that are sealed.
    func sealedMeeting() async throws -> ID<Meeting> {
        let meeting = try await approvedMeeting()
        let file = try await setting.fetch(ReadMinutes(of: meeting, in: setting.alliance.id))
        for signing in file.signings {
            let scan = try StoredFile(
                name: "firma.pdf", content: Array("%PDF-1.7 \(signing.signer.office)".utf8),
                effectiveOn: day("2026-03-12"))
            try await setting.sign(signing.signer.id, onPaper: scan, of: meeting)
        }
        try await seal(meeting)
        return meeting
    }

    /// Seals minutes with files that stand for the printed ones.
    func seal(_ meeting: ID<Meeting>, as principal: Principal? = nil) async throws {
        let file = try await setting.fetch(ReadMinutes(of: meeting, in: setting.alliance.id))
        guard let digest = file.digest, let draft = file.draft else { return }
        func document(_ kind: String, _ name: String) throws -> NewDocument {
            NewDocument(
                code: DocumentCode(), kind: kind, title: "Acta n.º 1", issuer: "Alianza", subject: draft.id,
                wordsDigest: digest,
                file: try StoredFile(
                    name: "\(name).pdf", content: Array("%PDF-1.7 \(name) de prueba".utf8),
                    effectiveOn: file.text.day))
        }
        try await setting.tenants.runner.run(
            SealMinutes(
                of: meeting, in: setting.alliance.id, document: document("acta", "acta"),
                redacted: document("acta-publica", "copia")), as: principal ?? setting.principal)
    }

    /// The code that waits in the outbox.
    func sentCode(_ codes: OneTimeCodes) async throws -> String? {
        struct Sent: RowDecodable {
            let subject: String
            let payload: JSONText

            init(row: Row) throws(RowError) {
                subject = try row["subject"]
                payload = try row["payload"]
            }
        }
        let sent = try await setting.read { transaction in
            try await transaction.row(
                """
                select subject_id as subject, payload from tenancy.outbox
                where organization_id = \(organization) and topic = 'governance.minutes.code'
                """, as: Sent.self)
        }
        guard let sent, let id = ID<SigningParcel>(sent.subject) else { return nil }
        return try codes.open(sent.payload.decoded(as: SigningParcel.self).sealedCode, for: id.rawValue)
    }
}

extension Setting {
    /// A canonical text that was read and written anew.
    func canonicalAgain(_ words: String) throws -> String { try MinutesText(canonical: words).canonical() }
}

extension Setting {
    /// Attaches the scan of a signature on paper, and says that it is the one.
    func sign(_ signer: UUID, onPaper scan: StoredFile, of meeting: ID<Meeting>) async throws {
        let kept = try await run(AttachSignatureScan(scan, of: signer, of: meeting, in: alliance.id))
        try await run(SignMinutes(signer, of: meeting, in: alliance.id, by: .paper(kept)))
    }
}

import Elections
import Foundation
import Kernel
import Tenancy

/// The door of the voting day.
struct DoorRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.checkIn, show: door, act: enter)
        tenant.post(Path.undoCheckIn) { context, form, slug, process in
            let heading = try await context.alliance(slug)
            guard let presence = form.entries.first("presence").flatMap({ ID<SessionPresence>($0) }) else {
                throw VotingDayError.notPresent
            }
            try await context.run(
                UndoCheckIn(presence, of: ProcessPlace(process, of: heading.alliance.id)), form)
            return Redirect(to: .checkIn(slug, process), "El ingreso quedó deshecho.")
        }
        tenant.post(Path.leave) { context, form, slug, process in
            let scene = try await context.scene(slug, process)
            guard let session = scene.day.session else { throw VotingDayError.sessionNotOpen }
            try await context.run(Leave(try Self.person(in: form), from: session.id, of: scene.place), form)
            return Redirect(to: .checkIn(slug, process), "La salida quedó registrada.")
        }
        tenant.get(Path.attendance) { context, slug, process in
            let scene = try await context.scene(slug, process)
            try context.require(.checkIn, in: scene)
            guard let session = scene.day.sessions.first else { throw NoSuchPage() }
            let query = ListQuery<AttendancePage.Sort>(context.visit)
            let arePresent = query[AttendancePage.standing] == .present
            let found = try await query.found { limit, offset in
                let answer = try await context.fetch(
                    ListPresences(
                        in: session.id, of: scene.place, arePresent: arePresent, limit: limit, offset: offset)
                )
                return (answer.presences, answer.total)
            }
            return AttendancePage(heading: scene.heading, day: scene.day, query: query, found: found)
        }
    }

    private static func person(in form: Submission) throws -> ID<Person> {
        guard let person = form.entries.first("person").flatMap({ ID<Person>($0) }) else {
            throw VotingDayError.notOnRoll
        }
        return person
    }

    @Sendable private func door(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> CheckInPage {
        let scene = try await context.scene(slug, process)
        try context.require(.checkIn, in: scene)
        let words = context.visit["documento"].flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
        var answer: FindElectors.Answer?
        var latest: (presences: [Elector], total: Int) = ([], 0)
        if let session = scene.day.session {
            if let words {
                answer = try await context.fetch(FindElectors(words, in: session.id, of: scene.place))
            }
            latest = try await context.fetch(ListPresences(in: session.id, of: scene.place, limit: 8))
        }
        return CheckInPage(
            heading: scene.heading, day: scene.day, session: scene.day.session, words: words, answer: answer,
            latest: latest.presences, total: latest.total, now: context.visit.now, form: state)
    }

    @Sendable private func enter(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let scene = try await context.scene(slug, process)
        guard let session = scene.day.session else { throw VotingDayError.sessionNotOpen }
        try await context.run(
            CheckIn(
                try Self.person(in: form), to: session.id, of: scene.place,
                showedDocument: form.entries.first("shown") == "si"), form)
        return Redirect(to: .checkIn(slug, process), "El ingreso quedó registrado.")
    }
}

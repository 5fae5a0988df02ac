import Foundation
import Governance
import Hummingbird
import Kernel
import Reporting
import Tenancy

/// The door of a meeting and the other ways to note who is there.
struct AttendanceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.meetingDoor, show: door, act: arrive)
        tenant.post(Path.undoArrival) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            guard let stay = form.entries.first("attendance").flatMap({ ID<Attendance>($0) }) else {
                throw AttendanceError.notPresent
            }
            try await context.run(UndoArrival(stay, in: id, of: heading.alliance.id), form)
            return Redirect(to: .meetingDoor(slug, id), "El registro quedó deshecho.")
        }
        tenant.form(Path.departure, show: departure, act: leave)
        tenant.form(Path.guestArrival, show: guest, act: arriveAsGuest)
        tenant.form(Path.tickList, show: ticks, act: tick)
        tenant.form(Path.excuse, show: excuse, act: noteExcuse)
        tenant.get(Path.stays) { context, slug, id in
            try await Self.stays(context, FormState(), slug, id)
        }
        tenant.form(
            Path.moveStays, show: Self.stays,
            act: { context, form, slug, id in
                Redirect(to: .stays(slug, id), try await PresencePane.move(form, slug, id, context))
            })
        OfflineRoutes().add(to: tenant)
        PaperAttendanceRoutes().add(to: tenant)
        JoinListRoutes().add(to: tenant)
    }

    /// Those who came, as a list, with what was refused of who left.
    @Sendable private static func stays(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> StaysPage {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        let query = ListQuery<StaysPage.Sort>(context.visit)
        let stays = file.attendances.filter { $0.undoneAt == nil }
            .sorted { query.isDescending ? $0.arrivedAt > $1.arrivedAt : $0.arrivedAt < $1.arrivedAt }
        let found = try await query.found { limit, offset in
            (Array(stays.dropFirst(offset).prefix(limit)), stays.count)
        }
        return StaysPage(heading: heading, file: file, form: state, query: query, found: found)
    }

    // MARK: The door

    @Sendable private func door(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> MeetingDoorPage {
        let heading = try await context.alliance(slug, toUse: .recordAttendance)
        let file = try await context.fetch(ReadDoor(of: id, in: heading.alliance.id))
        let words = context.visit["documento"].flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
            .map(\.read)
        var answer: FindAttendees.Answer?
        if let words {
            answer = try await context.fetch(FindAttendees(words, in: id, of: heading.alliance.id))
        }
        return MeetingDoorPage(
            heading: heading, file: file, words: words, answer: answer, now: context.visit.now, form: state)
    }

    @Sendable private func arrive(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, meeting) = try await door(id, slug, context)
        let attendee: Attendee
        if let key = form.entries.first("entitled").flatMap(UUID.init(uuidString:)) {
            attendee = .entitled(EntitledPerson.Key(id: key))
        } else if let person = form.entries.first("person").flatMap({ ID<Person>($0) }) {
            attendee = .person(person)
        } else {
            throw AttendanceError.unknownPerson
        }
        try await context.run(
            RecordArrival(
                of: attendee, to: id, of: heading.alliance.id,
                way: form.entries.first("way").flatMap(Attendance.Way.init(rawValue:)) ?? .inPerson,
                at: try Self.moment(form, of: meeting, at: context.visit.now)), form)
        return Redirect(to: .meetingDoor(slug, id), "Quedó presente.")
    }

    /// The moment of an hour that was typed, on the day of the meeting that it is now; `nil` for none.
    fileprivate static func moment(_ form: Submission, of meeting: Meeting, at now: Date) throws -> Date? {
        guard let text = form.entries.first("at") else { return nil }
        guard let time = TimeOfDay(text) else { throw AttendanceError.outsideHours }
        return meeting.moment(time, at: now)
    }

    /// A meeting whose attendance is noted.
    private func door(
        _ id: ID<Meeting>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (heading: AllianceHeading, meeting: Meeting) {
        let heading = try await context.alliance(slug, toUse: .recordAttendance)
        return (heading, try await context.fetch(FindMeeting(id, of: heading.alliance.id)))
    }

    // MARK: Departures, guests, lists

    private func stay(
        _ attendance: ID<Attendance>, of id: ID<Meeting>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (AllianceHeading, Meeting, Attendance) {
        let heading = try await context.alliance(slug, toUse: .recordAttendance)
        let (meeting, stay) = try await context.fetch(FindStay(attendance, in: id, of: heading.alliance.id))
        return (heading, meeting, stay)
    }

    @Sendable private func departure(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ attendance: ID<Attendance>
    ) async throws -> DeparturePage {
        let (heading, meeting, stay) = try await stay(attendance, of: id, slug, context)
        return DeparturePage(
            heading: heading, meeting: meeting, stay: stay, now: context.visit.now, form: state)
    }

    @Sendable private func leave(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ attendance: ID<Attendance>
    ) async throws -> Redirect {
        let (heading, meeting) = try await door(id, slug, context)
        let leftAt = try Self.moment(form, of: meeting, at: context.visit.now)
        try await context.run(
            RecordDeparture(attendance, from: id, of: heading.alliance.id, at: leftAt), form)
        return Redirect(to: .meetingDoor(slug, id), "La salida quedó registrada.")
    }

    @Sendable private func guest(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> GuestPage {
        let (heading, meeting) = try await door(id, slug, context)
        return GuestPage(heading: heading, meeting: meeting, name: context.visit["nombre"], form: state)
    }

    @Sendable private func arriveAsGuest(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, meeting) = try await door(id, slug, context)
        let fields = GuestForm()
        let (name, capacity, represents, way, at) = try form.read(
            fields.name, fields.capacity, fields.represents, fields.way, fields.at)
        try await context.run(
            RecordArrival(
                of: .named(name, capacity, represents: represents), to: id, of: heading.alliance.id, way: way,
                at: at.map { meeting.moment($0, at: context.visit.now) }), form)
        return Redirect(to: .meetingDoor(slug, id), "Quedó presente.")
    }

    private func entitled(
        _ id: ID<Meeting>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (AllianceHeading, SessionFile, ListEntitled.Answer) {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        return (heading, file, try await context.fetch(ListEntitled(of: id, in: heading.alliance.id)))
    }

    @Sendable private func ticks(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> TickListPage {
        let (heading, file, list) = try await entitled(id, slug, context)
        return TickListPage(heading: heading, file: file, list: list, form: state)
    }

    @Sendable private func tick(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, meeting) = try await door(id, slug, context)
        let people = form.entries.all("people").compactMap(UUID.init(uuidString:)).map(
            EntitledPerson.Key.init)
        let count = try await context.run(
            RecordArrivals(
                of: people, to: id, of: heading.alliance.id,
                way: meeting.mode == .virtual ? .remote : .inPerson), form)
        return Redirect(
            to: .meetingDoor(slug, id),
            "\(SpanishFormat.count(count, "persona quedó presente", "personas quedaron presentes")).")
    }

    @Sendable private func excuse(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ person: ID<Person>
    ) async throws -> ExcusePage {
        let (heading, file, list) = try await entitled(id, slug, context)
        guard let found = list.people.first(where: { $0.person == person }) else { throw NoSuchPage() }
        return ExcusePage(
            heading: heading, file: file, name: found.name, today: context.today, form: state, person: person)
    }

    @Sendable private func noteExcuse(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ person: ID<Person>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let (reason, toldOn) = try form.read(ExcusePage.reason, ExcusePage.toldOn)
        try await context.run(
            RecordExcuse(of: person, from: id, of: heading.alliance.id, because: reason, on: toldOn), form)
        return Redirect(to: .tickList(slug, id), "La excusa quedó anotada.")
    }
}

extension Meeting {
    /// The moment of a time that somebody typed: today where the meeting is held today, else on its day.
    func moment(_ time: TimeOfDay, at now: Date) -> Date {
        let today = ColombianTime.date(at: now)
        return ColombianTime.instant(days.contains(today) ? today : day, time)
    }
}

extension String {
    /// What a reader of codes typed: of an address that a card holds, the document in it.
    fileprivate var read: String {
        guard contains("://"), let query = split(separator: "?").last else { return self }
        return QueryItem.list(of: String(query)).first { $0.name == "documento" }?.value ?? self
    }
}

// MARK: - On one's own phone

/// Where those in the hall, or in a remote session, note themselves with its code and their document.
struct OwnPresenceRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.ownPresence, show: show, act: note)
    }

    @Sendable private func show(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> OwnPresencePage {
        let alliance = try await context.alliance(slug, of: tenant).name
        return OwnPresencePage(
            tenant: tenant, slug: slug, alliance: alliance, code: context.visit["codigo"], form: state)
    }

    @Sendable private func note(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> OwnPresenceNotedPage {
        let alliance = try await context.alliance(slug, of: tenant)
        let fields = OwnPresenceForm()
        let (code, way) = try form.read(fields.code, fields.way)
        let document = try fields.document.required(form)
        let runner = context.visit.site.runner
        let server = Principal.system(in: alliance.organization)
        do {
            let found = try await context.visit.site.identity.ask(
                .rollCheck, about: "presente \(alliance.id) \(document)", from: context.visit.visitor
            ) {
                try await runner.fetch(
                    FindOwnPresence(document, with: ReadableCode(typed: code), of: alliance.id), as: server)
            }
            if let found, !found.isPresent {
                try await runner.run(
                    RecordArrival(
                        of: .entitled(found.key), to: found.meeting, of: alliance.id, way: way,
                        method: form.entries.first("leido") == "si" ? .qr : .ownCode), as: server,
                    key: ID(rawValue: form.key))
            }
        } catch SignInError.tooManyAttempts(let minutes) {
            throw TooManyAttempts(secondsToWait: minutes * 60)
        } catch is AttendanceError {
            // Whoever was noted meanwhile gets the answer that everybody gets.
        }
        return OwnPresenceNotedPage(
            alliance: alliance.name, tenant: tenant, slug: slug, now: context.visit.now)
    }
}

extension PublicContext {
    /// An alliance as everybody knows it.
    ///
    /// - Throws: ``NoSuchPage``.
    fileprivate func alliance(_ slug: AllianceSlug, of tenant: TenantSlug) async throws -> PublishedAlliance {
        let found = try await published { transaction -> PublishedAlliance? in
            guard let organization = try await transaction.organization(slug: tenant.rawValue) else {
                return nil
            }
            return try await transaction.publishedAlliance(slug: slug.rawValue, of: organization.id)
        }
        guard let found else { throw NoSuchPage() }
        return found
    }
}

/// The questions of who notes themselves.
struct OwnPresenceForm {
    let code = Field.text("codigo", "Código de la sesión", max: 12, hint: "Está en la pantalla de la sala.")
    let document = DocumentFields()
    let way = Field.choice("way", "¿Dónde está?", Attendance.Way.allCases, title: \.title)
}

/// Asks for the code and the document.
struct OwnPresencePage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: String
    /// The code that the address holds.
    let code: String?
    let form: FormState

    var title: String { "Registrar mi asistencia" }
    var lead: String? { alliance }
    var frame: Frame { .narrow }
    var help: HelpTopic { "sesion" }

    func body(_ html: inout HTML) {
        let fields = OwnPresenceForm()
        var state = form
        if !form.isTyped {
            state = form.filling(fields.code, with: code).filling(fields.way, with: .inPerson)
                .filling(fields.document.type, with: .cedula)
        }
        html.form(to: .ownPresence(tenant, slug), state) { form in
            if code != nil || self.form.isTyped && state.entries.first("leido") != nil {
                form.input(.type("hidden"), .name("leido"), .value("si"))
            }
            form.field(fields.code)
            form.field(fields.document.type)
            form.field(fields.document.number)
            form.field(fields.way)
            form.submit("Estoy presente")
        }
    }
}

/// The answer, the same for everybody: it tells nobody who is of the alliance.
struct OwnPresenceNotedPage: Page {
    let alliance: String
    let tenant: TenantSlug
    let slug: AllianceSlug
    let now: Date

    var title: String { "Recibimos su registro" }
    var lead: String? { alliance }
    var frame: Frame { .narrow }
    var help: HelpTopic { "sesion" }

    func body(_ html: inout HTML) {
        html.p(
            "\(SpanishFormat.sentence("Llegó a las \(hour(now))")) Si el documento es de una persona con voto en la sesión y el código es el de la pantalla, ya figura como presente."
        )
        html.p(
            "El número de presentes está en la pantalla. Si no está seguro, diga su nombre en la mesa de registro."
        )
        html.p { $0.a("Registrar a otra persona", .href(.ownPresence(tenant, slug))) }
    }
}

import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// Bylaws and bodies of the alliances, as the source documents describe them.
struct DemoGovernance {
    let product: Product
    let places: DemoLoader.Places

    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }

    /// Gives each alliance its bylaws and bodies.
    func load() async throws {
        try await sanAntero()
        try await bogota()
        try await clinic()
    }

    /// An organising committee without hierarchy, as in the minutes of San Antero; its seats are vacant, so that the
    /// demonstration can elect them.
    private func sanAntero() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        try await product.runner.run(
            AdoptBylaws(
                "Reglamento de la alianza de usuarios de San Antero", of: alliance, approvedOn: today - 60,
                inForceFrom: today - 60,
                articles: [
                    BylawArticle(
                        number: "5", heading: "Comité organizador",
                        body:
                            "La alianza tiene un comité organizador de cinco integrantes, sin jerarquía, elegido por planchas para dos años."
                    ),
                    BylawArticle(
                        number: "6", heading: "Elección",
                        body:
                            "Los puestos se reparten por cuociente electoral y mayor residuo. El voto es secreto."
                    ),
                    BylawArticle(
                        number: "7", heading: "Quórum",
                        body:
                            "La sesión comienza con la mitad más uno del censo; una hora después, con los presentes que sean al menos diez."
                    ),
                    BylawArticle(
                        number: "8", heading: "Plazos",
                        body:
                            "La convocatoria se hace con ocho días de anticipación. Hay tres días para reclamar sobre el censo y dos para impugnar el resultado."
                    ),
                ],
                parameters: [
                    try BylawParameter(
                        name: .boardSeats, text: "5", article: "5", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .termMonths, text: "24", article: "5", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .countingRule, text: "cuociente", article: "6", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .votingMethods, text: "secreto", article: "6", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .firstQuorum, text: "1/2", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .firstQuorumIsExceeded, text: "si", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .secondCallMinutes, text: "60", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .secondQuorumCount, text: "10", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .noticeDays, text: "8", article: "8", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .claimDays, text: "3", article: "8", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .challengeDays, text: "2", article: "8", norm: nil, isConfirmed: true),
                ]), as: principal)
        try await product.runner.run(
            CreateBody(
                "Comité organizador", kind: .organizingCommittee, of: alliance, isExternal: false,
                term: try twoYears(), formation: .proclamation, continuesUntilReplaced: true,
                seats: (1...5).map { ("Integrante \($0)", nil) }), as: principal)
        try await product.runner.run(
            CreateBody(
                "Junta directiva de la ESE de San Antero", kind: .publicHospitalBoard, of: alliance,
                isExternal: true,
                term: try TermLimit(
                    months: 36, norm: "Decreto 1876 de 1994, artículo 9", isConfirmed: false,
                    consecutiveTerms: nil, consecutiveTermsNorm: nil),
                formation: .appointment, continuesUntilReplaced: false,
                seats: [
                    SeatDraft(title: "Presidencia", sector: "Administración municipal", isElected: false),
                    SeatDraft(
                        title: "Dirección local de salud", sector: "Administración municipal",
                        isElected: false),
                    SeatDraft(title: "Representante de los usuarios", sector: "Alianzas de usuarios"),
                    SeatDraft(
                        title: "Representante del área asistencial", sector: "Profesionales de la ESE",
                        isElected: false),
                    SeatDraft(
                        title: "Representante del área administrativa", sector: "Profesionales de la ESE",
                        isElected: false),
                ]), as: principal)
        try await constitute(
            places.sanAntero, on: today - 75, at: "Institución educativa, sede central", attendees: 41,
            signers: 24, witness: "Personería municipal", as: principal)
        try await product.runner.run(
            RecordRegistration(
                of: alliance, before: "Secretaría de Salud de San Antero", number: "004", on: today - 50),
            as: principal)
    }

    /// A board with its posts, held since some months, one of them with an alternate.
    private func bogota() async throws {
        let principal = Principal.terminal(in: places.aliansalud.id)
        let body = try await product.runner.run(
            CreateBody(
                "Junta directiva", kind: .board, of: places.bogota.id, isExternal: false,
                term: try twoYears(), formation: .proclamation, continuesUntilReplaced: true,
                seats: [
                    ("Presidencia", nil), ("Vicepresidencia", nil), ("Secretaría", nil), ("Tesorería", nil),
                    ("Vocalía", nil),
                ]), as: principal)
        let start = today.addingMonths(-21)
        try await seat(4, in: body, of: places.bogota, since: start, as: principal)
        let alternate = try await members(1, of: places.bogota, after: 4, as: principal).first
        if let presidency = try await seats(of: body, as: principal).first, let alternate {
            try await product.runner.run(
                RecordMandate(
                    on: presidency.id, of: body.id, in: places.bogota.id, rank: 1,
                    holder: .person(alternate.person), from: start,
                    paper: "Acta 1 de la asamblea del \(SpanishFormat.date(start))"), as: principal)
        }
        try await constitute(
            places.bogota, on: today.addingMonths(-21), at: "Sede administrativa", attendees: 34, signers: 20,
            witness: "Profesional de participación social",
            paper: StoredFile(
                name: "acta-de-constitucion.txt",
                content: Array("Acta de constitución de la asociación. (Documento de demostración.)\n".utf8),
                effectiveOn: start), as: principal)
    }

    /// Records the assembly of constitution, signed by the first members and a witness.
    private func constitute(
        _ alliance: Alliance, on day: CalendarDate, at place: String, attendees: Int, signers count: Int,
        witness: String, paper: StoredFile? = nil, as principal: Principal
    ) async throws {
        let members = try await members(count, of: alliance, as: principal)
        try await product.runner.run(
            RecordConstitution(
                of: alliance.id, on: day, at: place, attendees: attendees,
                signers: members.map { .affiliate($0.document) } + [
                    .witness(name: witness, office: "Testigo")
                ], paper: paper), as: principal)
    }

    /// A board, and seats in the ethics committee of the clinic: one about to end, one empty.
    private func clinic() async throws {
        let principal = Principal.terminal(in: places.clinic.id)
        let alliance = places.clinicUsers
        let body = try await product.runner.run(
            CreateBody(
                "Junta de la asociación", kind: .board, of: alliance.id, isExternal: false,
                term: try twoYears(), formation: .proclamation, continuesUntilReplaced: false,
                seats: [("Presidencia", nil), ("Secretaría", nil), ("Vocalía", nil)]), as: principal)
        try await seat(3, in: body, of: alliance, since: today.addingMonths(-23), as: principal)
        let committee = try await product.runner.run(
            CreateBody(
                "Comité de ética hospitalaria", kind: .ethicsCommittee, of: alliance.id, isExternal: true,
                term: try TermLimit(
                    months: 24, norm: "Decreto 1757 de 1994, artículo 15", isConfirmed: false,
                    consecutiveTerms: 2, consecutiveTermsNorm: "Decreto 1757 de 1994, artículo 15"),
                formation: .proclamation, continuesUntilReplaced: false,
                seats: [
                    SeatDraft(title: "Dirección", sector: "Institución", isElected: false),
                    SeatDraft(title: "Medicina", sector: "Personal médico", isElected: false),
                    SeatDraft(title: "Enfermería", sector: "Personal de enfermería", isElected: false),
                    SeatDraft(title: "Representante de los usuarios 1", sector: "Alianza de usuarios"),
                    SeatDraft(title: "Representante de los usuarios 2", sector: "Alianza de usuarios"),
                    SeatDraft(title: "Delegación comunitaria 1", sector: "COPACO", isElected: false),
                    SeatDraft(title: "Delegación comunitaria 2", sector: "COPACO", isElected: false),
                ]), as: principal)
        let seats = try await seats(of: committee, as: principal)
        let member = try await members(1, of: alliance, after: 3, as: principal)
        let start = today.addingMonths(-24) + 12
        for (seat, person) in zip(seats.filter(\.isElected), member) {
            try await product.runner.run(
                RecordMandate(
                    on: seat.id, of: committee.id, in: alliance.id, holder: .person(person.person),
                    from: start, paper: "Acta 2 de la asamblea del \(SpanishFormat.date(start))"),
                as: principal)
        }
        if let director = seats.first {
            try await product.runner.run(
                RecordMandate(
                    on: director.id, of: committee.id, in: alliance.id,
                    holder: .name("Dirección médica de la clínica"), from: start, origin: .exOfficio,
                    paper: "Resolución 14 de la clínica, del \(SpanishFormat.date(start))"), as: principal)
        }
    }

    /// Lets the first members of an alliance hold the first seats of a body.
    private func seat(
        _ count: Int, in body: Body, of alliance: Alliance, since start: CalendarDate, as principal: Principal
    ) async throws {
        let members = try await members(count, of: alliance, as: principal)
        for (seat, member) in zip(try await seats(of: body, as: principal), members) {
            try await product.runner.run(
                RecordMandate(
                    on: seat.id, of: body.id, in: alliance.id, holder: .person(member.person), from: start,
                    paper: "Acta 1 de la asamblea del \(SpanishFormat.date(start))"), as: principal)
        }
    }

    private func members(
        _ count: Int, of alliance: Alliance, after skipped: Int = 0, as principal: Principal
    ) async throws -> ArraySlice<MemberSummary> {
        try await product.runner.fetch(
            ListMembers(of: alliance.id, limit: skipped + count), as: principal
        ).members.dropFirst(skipped)
    }

    private func seats(of body: Body, as principal: Principal) async throws -> [Seat] {
        try await product.runner.database.read(TenantScope(principal)) { try await $0.seats(of: body.id) }
    }

    private func twoYears() throws -> TermLimit {
        try TermLimit(
            months: 24, norm: "Decreto 1757 de 1994", isConfirmed: false, consecutiveTerms: nil,
            consecutiveTermsNorm: nil)
    }
}

import Foundation
import Kernel
import Logging
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// The copy that a board takes of its alliance: what it holds and what not, how it is checked, when it ends.
@Suite struct CopyTests {
    /// What a copy tells of a person.
    private struct Person: Decodable {
        let document_number: String
        let phone: String?
    }

    /// What a copy tells of a poll.
    private struct Result: Decodable, Hashable {
        struct Line: Decodable, Hashable {
            let personas: [Int]?
        }

        let consulta: String
        let respuestas: Int
        let preguntas: [Line]
    }

    /// A row with its number.
    private struct Numbered: Decodable {
        let number: Int
    }

    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    /// Makes a member of the first, one who left of the second, one who withdrew their consent of the third.
    private func enrol(in setting: Setting) async throws {
        try await setting.write { [setting] transaction in
            let (organization, text) = (setting.organization.id, UUID())
            let now = setting.tenants.clock.now
            try await transaction.execute(
                """
                insert into membership.consent_texts (
                    organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
                values (\(organization), \(text), 'personal_data', 9,
                    'Autorizo el tratamiento de mis datos para hacer parte de la alianza.', '2020-01-01', \(now))
                """)
            for (index, person) in setting.people.prefix(3).enumerated() {
                let consent = UUID()
                try await transaction.execute(
                    """
                    update membership.affiliates set phone = \("300" + Setting.documents[index])
                    where organization_id = \(organization) and person_id = \(person)
                    """)
                try await transaction.execute(
                    """
                    insert into membership.consents (
                        organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel,
                        recorded_at, withdrawn_on)
                    values (\(organization), \(consent), \(person), \(text), 'personal_data', '2025-01-01', 'paper',
                        \(now), \(index == 2 ? day("2026-01-01") : nil))
                    """)
                try await transaction.execute(
                    """
                    insert into membership.memberships (
                        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, left_on,
                        leave_reason, recorded_at)
                    values (\(organization), \(UUID()), \(setting.alliance.id), \(person), \(consent), '2025-01-01',
                        \(index == 1 ? day("2026-01-01") : nil), \(index == 1 ? "resignation" : nil), \(now))
                    """)
            }
        }
    }

    /// Keeps a paper of the alliance.
    private func keep(_ name: String, in setting: Setting) async throws {
        let file = try StoredFile(
            name: name, content: Array("%PDF-1.7 \(name)".utf8), effectiveOn: day("2026-03-03"))
        let now = setting.tenants.clock.now
        try await setting.write { transaction in
            _ = try await transaction.store(file, as: .letters, in: .alliance(setting.alliance.id), at: now)
        }
    }

    private func worker(of setting: Setting, in folder: URL) -> JobWorker {
        let exports = AllianceExports(runner: setting.tenants.runner, folder: folder)
        return JobWorker(
            database: setting.tenants.database, handlers: [exports.jobHandler],
            now: { setting.tenants.clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Has a copy made, and returns where it lies.
    private func copy(of setting: Setting, in folder: URL) async throws -> URL {
        let exports = AllianceExports(runner: setting.tenants.runner, folder: folder)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(setting.alliance.id),
            email: "\(UUID())@ejemplo.invalid")
        let id = try await setting.tenants.runner.run(RequestExport(of: setting.alliance.id), as: board)
        await #expect(throws: CustodyError.exportUnderWay) {
            try await setting.tenants.runner.run(RequestExport(of: setting.alliance.id), as: board)
        }
        await #expect(throws: CustodyError.exportNotThere) {
            _ = try await exports.take(id, of: setting.alliance.id, as: board)
        }
        #expect(await worker(of: setting, in: folder).drain(setting.organization.id) == 1)
        return try await exports.take(id, of: setting.alliance.id, as: board).location
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "copies-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `the copy holds all of the alliance and nothing of another, and checks without a database`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        try await keep("acta.pdf", in: setting)
        func file(_ account: String, of alliance: ID<Alliance>) async throws {
            try await setting.run(
                FileComplaint(
                    ComplaintContent(
                        kind: .complaint, category: .other, entity: "EPS", account: account),
                    of: alliance, through: .paper,
                    by: Complainant(
                        name: "Rosa Inventada", authorisedOn: day("2026-03-13"), authorisedHow: .paper),
                    from: .desk))
        }
        try await file("Lo nuestro", of: alliance)
        try await file("Lo ajeno", of: other.id)
        let location = try await copy(of: setting, in: folder)

        let check = ArchiveCheck(location)
        #expect(check.faults == [])
        let manifest = try #require(check.manifest)
        #expect(manifest.alliance == alliance.description)
        #expect(check.events > 2)
        let text = String(decoding: try Data(contentsOf: location), as: UTF8.self)
        #expect(text.contains("Lo nuestro") && text.contains("%PDF-1.7 acta.pdf"))
        #expect(!text.contains("Lo ajeno"))
        #expect(!text.contains("Rosa Inventada"))
        #expect(manifest.entries.contains { $0.path == "datos/governance.complaints.json" && $0.rows == 1 })

        // The log of the alliance names the manifest.
        let made = try #require(
            try await setting.read {
                try await $0.events(
                    of: .alliance(alliance), matching: LogFilter(action: "governance.export.made"))
            }.first)
        #expect("\(made)".contains(try #require(check.manifestDigest).description))

        // Other programs read it.
        let listed = Process()
        listed.executableURL = URL(filePath: "/usr/bin/python3")
        listed.arguments = ["-m", "zipfile", "-t", location.path]
        listed.standardOutput = FileHandle.nullDevice
        try listed.run()
        listed.waitUntilExit()
        #expect(listed.terminationStatus == 0)
    }

    @Test func `what was changed in a copy is told, wherever it was`() async throws {
        let setting = try await setting()
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await keep("acta.pdf", in: setting)
        let location = try await copy(of: setting, in: folder)
        let whole = try Data(contentsOf: location)
        func faults(replacing old: String, with new: String) throws -> [ArchiveFault] {
            var changed = whole
            let range = try #require(changed.range(of: Data(old.utf8)))
            changed.replaceSubrange(range, with: Data(new.utf8))
            let place = folder.appending(path: "\(UUID()).zip")
            try changed.write(to: place)
            return ArchiveCheck(place).faults
        }
        #expect(try faults(replacing: "%PDF-1.7 acta", with: "%PDF-1.7 otra").map(\.kind) == [.altered])
        let chain = try faults(replacing: "governance.export.asked", with: "governance.export.taken")
        #expect(chain.map(\.kind) == [.altered, .chain(link: 1)])
        try Data("nada".utf8).write(to: folder.appending(path: "nada.zip"))
        #expect(ArchiveCheck(folder.appending(path: "nada.zip")).faults.map(\.kind) == [.unreadable])
    }

    @Test func `a copy holds nothing of an election under way, nor how those who left are reached`()
        async throws
    {
        let setting = try await setting()
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await enrol(in: setting)
        try await setting.write { [setting] transaction in
            for (name, state) in [("Elección en curso", "voting"), ("Elección terminada", "proclaimed")] {
                try await transaction.execute(
                    """
                    insert into elections.processes (
                        organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
                    values (\(setting.organization.id), \(UUID()), \(setting.alliance.id), \(name), \(state),
                        \(setting.tenants.clock.now), \(setting.tenants.clock.now))
                    """)
            }
        }
        let read = try #require(ArchiveReader(at: try await copy(of: setting, in: folder)))
        func text(_ path: String) throws -> String {
            String(decoding: try #require(read.content(of: path), "\(path)"), as: UTF8.self)
        }
        let processes = try text("datos/elections.processes.json")
        #expect(processes.contains("Elección terminada") && !processes.contains("Elección en curso"))

        let members = try JSONDecoder().decode(
            [Person].self, from: #require(read.content(of: "datos/asociados.json")))
        #expect(
            Set(members.map { [$0.document_number, $0.phone] }) == [
                ["1001", "3001001"], ["1002", nil], ["1003", nil],
            ])
        let readMe = try text("LEAME.txt")
        #expect(readMe.contains("elections.draw_announcements (secret)"))
        #expect(readMe.contains("governance.complainants"))
    }

    @Test func `of polls go the results of those that were closed, and no answer`() async throws {
        let setting = try await setting()
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func poll(_ title: String, answers: Int, closes: Bool) async throws {
            let poll = try Poll(
                title: title, purpose: "Saber", opensOn: day("2026-03-01"), closesOn: day("2026-03-31"),
                isPublic: true, takesComments: true,
                questions: [Poll.Question(.single, "¿Abrir los sábados?", options: ["Sí", "No"])])
            try await setting.run(OpenPoll(poll, of: setting.alliance.id))
            for number in 0..<answers {
                try await setting.run(
                    AnswerPoll(
                        [[0]], comment: "Comentario de \(title)", to: poll.id, of: setting.alliance.id,
                        from: .device(HashDigest(of: Array("\(title) \(number)".utf8)))))
            }
            if closes { try await setting.run(ClosePoll(poll.id, of: setting.alliance.id)) }
        }
        try await poll("Muchos", answers: 5, closes: true)
        try await poll("Pocos", answers: 2, closes: true)
        try await poll("Abierta", answers: 5, closes: false)
        let read = try #require(ArchiveReader(at: try await copy(of: setting, in: folder)))
        let results = try JSONDecoder().decode(
            [Result].self, from: #require(read.content(of: "datos/resultados-de-consultas.json")))
        #expect(
            Set(results) == [
                Result(consulta: "Muchos", respuestas: 5, preguntas: [Result.Line(personas: [5, 0])]),
                Result(consulta: "Pocos", respuestas: 2, preguntas: [Result.Line(personas: nil)]),
            ])
        let all = String(decoding: try #require(read.content(of: ArchiveManifest.path)), as: UTF8.self)
        #expect(!all.contains("poll_sheets") && !all.contains("poll_marks") && !all.contains("poll_choices"))
        for path in read.paths {
            let text = String(decoding: try #require(read.content(of: path)), as: UTF8.self)
            #expect(!text.contains("Comentario de Pocos"), "\(path)")
            #expect(!text.contains("Comentario de Abierta"), "\(path)")
        }
    }

    @Test func `a table of more rows than are read at once is copied whole, each row once`() async throws {
        let setting = try await setting()
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await setting.write { [setting] transaction in
            try await transaction.execute(
                """
                insert into governance.complaints (
                    organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account,
                    channel, is_anonymous, state, filed_at, due_is_confirmed)
                select \(setting.organization.id), gen_random_uuid(), \(setting.alliance.id), 2026, number,
                    'complaint', 'none', 'other', 'EPS', 'Hecho', 'page', true, 'filed', '2026-03-01', false
                from generate_series(1, 1201) as number
                """)
        }
        let location = try await copy(of: setting, in: folder)
        #expect(ArchiveCheck(location).faults == [])
        let read = try #require(ArchiveReader(at: location))
        let complaints = try JSONDecoder().decode(
            [Numbered].self, from: #require(read.content(of: "datos/governance.complaints.json")))
        #expect(complaints.map(\.number).sorted() == Array(1...1201))
        let entry = try #require(
            ArchiveCheck(location).manifest?.entries.first { $0.path == "datos/governance.complaints.json" })
        #expect(entry.rows == 1201)
    }

    @Test func `of those who ask for a copy at once, one is heard; what failed bars nobody`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...6 {
                group.addTask {
                    do {
                        _ = try await setting.run(RequestExport(of: alliance))
                        return true
                    } catch {
                        #expect(error as? CustodyError == .exportUnderWay)
                        return false
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count(where: \.self) == 1)
        // Where the folder should be there is a file: the work fails, and says so.
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "lleno")
        try Data().write(to: file)
        await worker(of: setting, in: file).drain(setting.organization.id)
        let failed = try await setting.fetch(ReadExports(of: alliance))
        #expect(failed.map(\.state) == [.failed])
        _ = try await copy(of: setting, in: folder)
        #expect(try await setting.fetch(ReadExports(of: alliance)).map(\.isUnderWay) == [false, false])
    }

    @Test func `the office takes no copy, and none is kept longer than was said`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.run(RequestExport(of: alliance), as: office)
        }
        let exports = AllianceExports(runner: setting.tenants.runner, folder: folder)
        func sweep() async throws {
            try await exports.sweep(setting.organization.id, at: setting.tenants.clock.now)
        }
        let location = try await copy(of: setting, in: folder)
        let id = try #require(try await setting.fetch(ReadExports(of: alliance)).first?.id)
        // What a server that was killed left there is nobody's; so is a copy that nobody noted.
        let left = location.deletingLastPathComponent().appending(path: "\(ID<AllianceExport>()).zip.parte")
        try Data("media copia".utf8).write(to: left)
        setting.tenants.clock.advance(by: 6 * 86_400)
        try await sweep()
        #expect(!FileManager.default.fileExists(atPath: left.path))
        #expect(FileManager.default.fileExists(atPath: location.path))
        _ = try await exports.take(id, of: alliance, as: setting.principal)

        // Its days are over: it is not to be had, also while it still lies there, and then it does not.
        setting.tenants.clock.advance(by: 86_400)
        await #expect(throws: CustodyError.exportNotThere) {
            _ = try await exports.take(id, of: alliance, as: setting.principal)
        }
        try await sweep()
        #expect(!FileManager.default.fileExists(atPath: location.path))
        #expect(
            try await setting.fetch(ReadExports(of: alliance)).map(\.removedAt) == [setting.tenants.clock.now]
        )
    }

    @Test(arguments: [("", UInt32(0)), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43)])
    func `check sums are those of ZIP`(text: String, value: UInt32) {
        var sum = CheckSum()
        sum.append(Array(text.utf8))
        #expect(sum.value == value)
    }
}

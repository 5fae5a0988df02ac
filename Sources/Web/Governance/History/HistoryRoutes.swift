import Foundation
import Governance
import Kernel
import Tenancy

/// History from paper: its templates, sheets that are sent, reviewed and taken in, and imports that are taken back.
struct HistoryRoutes {
    private let held = HeldUploads()

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.history) { context, slug in
            let heading = try await context.alliance(slug)
            return HistoryPage(
                heading: heading, imports: try await context.fetch(ReadHistory(of: heading.alliance.id)),
                mayImport: context.may(.importHistory, in: heading.stream)
                    && heading.alliance.state != .dissolved)
        }
        tenant.get(Path.historyTemplate) { context, slug, kind in
            _ = try await context.alliance(slug)
            let columns = kind.columns.map { column in
                Column<String, HistoryOrder>.text(column.rawValue) { _ in nil }
            }
            return Export(
                "plantilla-\(kind.pathText)", columns, reading: AsyncStream<String> { $0.finish() }, count: 0,
                as: context.visit["formato"].flatMap(ExportFormat.init) ?? .xlsx)
        }
        tenant.form(
            Path.importHistory,
            upTo: .several(
                HistoryScansForm.most, megabytes: HistoryScansForm.archiveMegabytes,
                together: HistoryScansForm.megabytesTogether), show: show, act: act)
        tenant.get(Path.historyImport) { context, slug, id in
            let heading = try await context.alliance(slug)
            let (imported, rows) = try await context.fetch(ReadHistoryImport(id, of: heading.alliance.id))
            return HistoryImportPage(
                heading: heading, imported: imported, rows: rows,
                mayUndo: context.may(.importHistory, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.form(
            Path.addHistoryScans,
            upTo: .several(
                HistoryScansForm.most, megabytes: HistoryScansForm.archiveMegabytes,
                together: HistoryScansForm.megabytesTogether), show: scansToAdd, act: addScans)
        tenant.form(Path.undoHistory, show: importToUndo, act: undo)
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ kind: HistoryKind
    ) async throws -> ImportHistoryPage {
        ImportHistoryPage(
            heading: try await context.alliance(slug, toUse: .importHistory), kind: kind, form: state)
    }

    @Sendable private func act(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ kind: HistoryKind
    ) async throws -> Reviewed<ReviewHistoryPage, ImportHistoryPage> {
        let heading = try await context.alliance(slug, toUse: .importHistory)
        guard ReviewStep(form) == .act, let text = form.entries.first(ReviewHistoryPage.sheet) else {
            let file = try form.read(ImportHistoryPage.file)
            let sheet = HistorySheet(try Spreadsheet(file), of: kind)
            return .review(
                ReviewHistoryPage(
                    heading: heading, fileName: file.name,
                    review: try await context.fetch(ReviewHistory(sheet, of: heading.alliance.id))))
        }
        // What was reviewed is read again: nothing is taken that is not whole.
        let sheet = HistorySheet(Spreadsheet(csv: text), of: kind)
        let name = form.entries.first(ReviewHistoryPage.fileName) ?? ""
        let review = try await context.fetch(ReviewHistory(sheet, of: heading.alliance.id))
        let follow = try form.read(ReviewHistoryPage.scansFollow)
        let sent = try HistoryScansForm.read(form, for: review, mayFollow: follow)
        guard review.problems.isEmpty, sent.problems.isEmpty else {
            return .review(
                ReviewHistoryPage(
                    heading: heading, fileName: name, review: review, scanProblems: sent.problems,
                    scansFollow: follow))
        }
        let (id, rows) = try await context.run(
            ImportHistory(sheet, from: name, with: sent.scans, scansFollow: follow, of: heading.alliance.id),
            form)
        return .done(
            Redirect(
                to: .historyImport(slug, id),
                "\(SpanishFormat.count(rows, "fila quedó registrada", "filas quedaron registradas").capitalizedFirst), con la marca «del papel»."
            ))
    }

    @Sendable private func scansToAdd(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<HistoryImport>
    ) async throws -> AddHistoryScansPage {
        let heading = try await context.alliance(slug, toUse: .importHistory)
        let (imported, rows) = try await context.fetch(ReadHistoryImport(id, of: heading.alliance.id))
        guard imported.undoneAt == nil else { throw HistoryError.notFound }
        return AddHistoryScansPage(heading: heading, imported: imported, rows: rows, form: state)
    }

    @Sendable private func addScans(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<HistoryImport>
    ) async throws -> Reviewed<ReviewHistoryScansPage, AddHistoryScansPage> {
        let page = try await scansToAdd(context, FormState(), slug, id)
        guard let user = context.principal.user else { throw NoSuchPage() }
        let now = context.visit.now
        guard ReviewStep(form) == .act, let key = form.entries.first(ReviewHistoryScansPage.held) else {
            let files = try form.read(HistoryScansForm.scans)
            let (scans, problems) = try HistoryScansForm.unpacked(files)
            let match = HistoryScanMatch(scans, with: page.rows)
            let wrong = problems + match.problems
            return .review(
                ReviewHistoryScansPage(
                    page: page, match: match, problems: wrong,
                    key: wrong.isEmpty ? held.hold(files, for: user, at: now) : nil))
        }
        guard let files = held.files(key, of: user, at: now) else {
            throw InvalidInput([
                .init(
                    field: HistoryScansForm.scans.name,
                    message: "Pasó más de media hora, o envió otros archivos. Escójalos otra vez.")
            ])
        }
        let count = try await context.run(
            AddHistoryScans(
                try HistoryScansForm.unpacked(files).scans, to: id, of: page.heading.alliance.id), form)
        held.release(key, of: user)
        return .done(
            Redirect(
                to: .historyImport(slug, id),
                "\(SpanishFormat.count(count, "registro quedó con su escaneo", "registros quedaron con su escaneo").capitalizedFirst)."
            ))
    }

    @Sendable private func importToUndo(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<HistoryImport>
    ) async throws -> UndoHistoryPage {
        let heading = try await context.alliance(slug, toUse: .importHistory)
        let (imported, _) = try await context.fetch(ReadHistoryImport(id, of: heading.alliance.id))
        guard imported.undoneAt == nil else { throw HistoryError.notFound }
        return UndoHistoryPage(heading: heading, imported: imported, form: state)
    }

    @Sendable private func undo(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<HistoryImport>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .importHistory)
        let (reason, _) = try form.read(UndoHistoryPage.reason, UndoHistoryPage.word)
        try await context.run(UndoHistory(id, of: heading.alliance.id, because: reason), form)
        return Redirect(to: .history(slug), "La importación se deshizo: nada de ella quedó.")
    }
}

/// The scans that come with a sheet, one by one or packed.
enum HistoryScansForm {
    /// The most files at once, and what they may weigh.
    static let most = 200
    static let megabytes = 25
    static let archiveMegabytes = 200
    static let megabytesTogether = 200

    static let scans = Field.files(
        "scans", "Los escaneos", accepting: [.pdf, .jpeg, .png, .zip], megabytes: archiveMegabytes,
        hint:
            "PDF, JPG o PNG, de hasta \(megabytes) MB cada uno y \(megabytesTogether) MB entre todos. Escójalos todos de una vez, o empáquelos en un ZIP."
    )

    /// What was sent, unpacked, and what of it does not fit a review. What is missing may follow where somebody said so.
    static func read(
        _ form: Submission, for review: HistoryReview, mayFollow: Bool
    ) throws -> (scans: [HistoryScan], problems: [String]) {
        var (scans, problems) = try unpacked(try form.read(Self.scans))
        for name in review.scans {
            switch scans.count(where: { $0.isMeant(by: name) }) {
            case 0 where mayFollow: break
            case 0: problems.append("Falta el archivo «\(name)», que la hoja nombra.")
            case 1: break
            default: problems.append("Hay varios archivos llamados «\(name)». Deje uno solo.")
            }
        }
        for scan in scans where !review.scans.contains(where: { scan.isMeant(by: $0) }) {
            problems.append("La hoja no nombra el archivo «\(scan.name)». Quítelo o escríbalo en la hoja.")
        }
        return (scans, problems)
    }

    /// What files hold, with archives unpacked, and what cannot be taken of it.
    static func unpacked(_ files: [UploadedFile]) throws -> (scans: [HistoryScan], problems: [String]) {
        var scans: [HistoryScan] = []
        var problems: [String] = []
        for file in files {
            guard try FileKind.of(file, among: [.zip]) != nil else {
                scans.append(HistoryScan(name: file.name, content: try file.content()))
                continue
            }
            if let problem = unpack(file, into: &scans) { problems.append(problem) }
        }
        for scan in scans where scan.content.count > megabytes * 1024 * 1024 {
            problems.append("«\(scan.name)» pesa más de \(megabytes) MB.")
        }
        return (scans, problems)
    }

    private static func unpack(_ file: UploadedFile, into scans: inout [HistoryScan]) -> String? {
        guard let archive = ZipReader(at: file.location) else {
            return "No pudimos abrir «\(file.name)»: está dañado. Empáquelo otra vez."
        }
        do {
            try archive.forEachFile(
                atMost: most, each: megabytes * 1024 * 1024, together: megabytesTogether * 1024 * 1024
            ) { name, content in
                scans.append(HistoryScan(name: name, content: content))
            }
            return nil
        } catch {
            return switch error {
            case .unreadable:
                "No pudimos abrir «\(file.name)»: está dañado o tiene contraseña. Empáquelo otra vez."
            case .tooLarge:
                "«\(file.name)» trae un archivo de más de \(megabytes) MB, o más de \(megabytesTogether) MB en total."
            case .tooMany: "«\(file.name)» trae más de \(most) archivos. Divídalo."
            }
        }
    }
}

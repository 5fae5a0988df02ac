import Foundation
import Kernel
import Synchronization

@testable import Web

extension Path {
    static let gallery = FixedRoute("/o/{tenant}/galeria")
    static let galleryManyTables = FixedRoute("/o/{tenant}/galeria/muchas-mesas")
    static let galleryTables = FixedRoute("/o/{tenant}/galeria/mesas")
    static let galleryTable = Route<Int>("/o/{tenant}/galeria/mesas/{number}")
    static let galleryForm = FixedRoute("/o/{tenant}/galeria/inscripcion")
    static let galleryUpload = FixedRoute("/o/{tenant}/galeria/archivo")
    static let galleryFreeze = FixedRoute("/o/{tenant}/galeria/congelar")
    static let galleryWork = FixedRoute("/o/{tenant}/galeria/trabajo")
    static let galleryMark = FixedRoute("/o/{tenant}/galeria/marca")
    static let galleryFault = FixedRoute("/o/{tenant}/galeria/falla")
    static let galleryHall = FixedRoute("/galeria/sala")
    static let gallerySignIn = FixedRoute("/galeria/entrar")
}

/// Shows every component through the real server.
struct GalleryRoutes {
    func add(to tenant: TenantRoutes, _ everybody: PublicRoutes) {
        tenant.get(Path.gallery) { _ in GalleryPage() }
        tenant.get(Path.galleryTables, tables)
        tenant.get(Path.galleryTable) { _, number in TablePage(number: number) }
        tenant.form(Path.galleryForm, show: { _, state in RegistrationPage(form: state) }, act: register)
        tenant.form(
            Path.galleryUpload, upTo: .files(megabytes: 1), show: { _, state in UploadPage(form: state) },
            act: upload)
        tenant.get(Path.galleryManyTables, manyTables)
        tenant.form(Path.galleryFreeze, show: { _, state in FreezePage(form: state) }, act: freeze)
        tenant.get(Path.galleryWork) { _ in WorkPage() }
        tenant.post(Path.galleryMark) { _, _ in Redirect(to: .gallery(), "Asistencia marcada.") }
        tenant.get(Path.galleryFault) { _ -> GalleryPage in throw GalleryFault() }
        everybody.get(Path.galleryHall) { _ in HallPage() }
        everybody.form(Path.gallerySignIn, show: { _, state in SignInPage(form: state) }, act: signIn)
    }

    @Sendable private func tables(_ context: TenantContext) async throws -> TablesPage {
        let query = ListQuery<TablesPage.Sort>(context.visit)
        var rows = TablesPage.all
        if let municipality = query[TablesPage.filters.municipality] {
            rows = rows.filter { $0.municipality == municipality }
        }
        if let words = query[TablesPage.filters.words] {
            rows = rows.filter { $0.place.folded.contains(words.folded) }
        }
        switch query.sort {
        case .number: rows.sort { $0.number < $1.number }
        case .votes: rows.sort { $0.votes < $1.votes }
        }
        if query.isDescending { rows.reverse() }
        return TablesPage(query: query, found: query.page(of: rows))
    }

    /// Tables that are read a few at once, `mesas` of them.
    @Sendable private func manyTables(_ context: TenantContext) async throws -> TablesPage {
        let query = ListQuery<TablesPage.Sort>(context.visit)
        let total = context.visit["mesas"].flatMap { Int($0) } ?? 0
        let found = try await query.found { limit, offset in
            // What a file is read by is no more than a piece.
            guard limit <= ListQuery<TablesPage.Sort>.pieceSize else { throw GalleryFault() }
            let numbers = (1...total).dropFirst(offset).prefix(limit)
            return (numbers.map { TablesPage.table($0) }, total)
        }
        return TablesPage(query: query, found: found)
    }

    @Sendable private func register(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = RegistrationForm()
        let (name, _, _, _, _, _, _, _, _) = try form.read(
            fields.name, fields.kind, fields.municipality, fields.born, fields.hour, fields.seats,
            fields.channels,
            fields.proposal, fields.consent)
        if name.folded == "plancha 1" { throw NameTaken(name: name) }
        return Redirect(to: .gallery(), "La plancha «\(name)» quedó inscrita.")
    }

    @Sendable private func upload(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = UploadForm()
        let (file, note) = try form.read(fields.file, fields.note)
        return Redirect(to: .galleryUpload(), "\(file.name): \(file.byteCount) bytes, \(note ?? "sin nota")")
    }

    @Sendable private func freeze(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        _ = try form.read(FreezePage.confirmation.field)
        return Redirect(to: .gallery(), "El censo quedó congelado.")
    }

    @Sendable private func signIn(_ context: PublicContext, _ form: Submission) async throws -> Redirect {
        let (document, _) = try form.read(SignInPage.document, SignInPage.password)
        let back = context.visit["volver"].flatMap(Path.init(local:)) ?? .start()
        return Redirect(to: back).beginningSession(document, at: context.visit.site)
    }
}

struct NameTaken: UserFacingError {
    let name: String
    var code: String { "gallery.name_taken" }
    var field: String? { "name" }
    var message: String { "Ya hay una plancha llamada «\(name)» en esta elección. Elija otro nombre." }
}

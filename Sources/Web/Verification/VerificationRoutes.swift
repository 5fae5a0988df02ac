import Elections
import Foundation
import Hummingbird
import Kernel
import Postgres
import Reporting
import Tenancy

/// Where anybody learns whether a document was issued here.
struct VerificationRoutes {
    /// Comparing files costs the server something, so one household does so many a minute.
    private let files = Throttle(20, per: 60)

    func add(to everybody: PublicRoutes) {
        everybody.get(Path.verify) { context in
            guard let text = context.visit[VerificationPage.marking.name] else {
                return VerificationPage(question: .nothing)
            }
            guard let marking = DocumentMarking(text) else {
                return VerificationPage(question: .unreadable(text))
            }
            return try await page(of: marking, context)
        }
        everybody.get(Path.verifyCode) { context, code in try await page(of: .code(code), context) }
        everybody.form(
            Path.verifyFile, upTo: .files(megabytes: VerificationPage.megabytes),
            show: { VerificationPage(question: .nothing, form: $1) },
            act: { context, form in
                try files.take(for: context.visit.address.text, at: context.visit.now)
                let file = try form.read(VerificationPage.file)
                return Redirect(
                    to: .verify().with(VerificationPage.marking.name, Hex.encode(file.digest)))
            })
    }

    private func page(of marking: DocumentMarking, _ context: PublicContext) async throws -> VerificationPage
    {
        switch marking {
        case .code(let code):
            return VerificationPage(
                question: .asked(code.description, try await checked(found(code, context), context)))
        case .digest(let digest):
            return VerificationPage(
                question: .asked(digest.description, try await checked(found(digest, context), context)))
        }
    }

    /// What was found, with what of it does not hold any more.
    private func checked(
        _ found: FoundDocuments, _ context: PublicContext
    ) async throws -> FoundDocuments {
        var found = found
        for index in found.issued.indices {
            found.issued[index].faults = try await context.visit.site.faults(of: found.issued[index].document)
        }
        return found
    }

    private func found(_ code: DocumentCode, _ context: PublicContext) async throws -> FoundDocuments {
        try await context.published { transaction in
            var found = FoundDocuments()
            if let document = try await transaction.document(code: code) {
                found.issued = [try await transaction.found(document)]
            }
            return found
        }
    }

    private func found(_ digest: HashDigest, _ context: PublicContext) async throws -> FoundDocuments {
        try await context.published { transaction in
            var found = FoundDocuments()
            for document in try await transaction.documents(sha256: digest) {
                found.issued.append(try await transaction.found(document))
            }
            found.publications = try await transaction.publications(sha256: digest)
            let seals = try await transaction.publishedSeals(digest)
            let addresses = try await transaction.publicAddresses(of: seals.map(\.alliance))
            found.seals = seals.compactMap { seal in
                addresses.first { $0.alliance == seal.alliance }.map { (seal, $0) }
            }
            return found
        }
    }
}

extension Transaction where Scope == PublicScope {
    /// A document of the register with its entity, and where it is published now: minutes have their address from the
    /// seal on, and stand there once they are published and until they are taken back.
    fileprivate func found(_ document: IssuedDocument) async throws -> FoundDocuments.Issued {
        let entity = try await organization(document.organization)
        var isThere = true
        if document.isOfMinutes {
            isThere = false
            if let name = document.place?.split(separator: "/").last,
                let published = ID<PublishedDocument>(String(name))
            {
                isThere = try await isPublished(published, in: document.organization)
            }
        }
        return FoundDocuments.Issued(
            document: document, entity: entity?.name ?? "",
            place: isThere ? document.place.flatMap(Path.init(local:)) : nil)
    }
}

extension IssuedDocument {
    fileprivate var isOfMinutes: Bool { [MinutesDocument.kind, MinutesDocument.publicKind].contains(kind) }
}

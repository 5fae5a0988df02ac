import Foundation
import Kernel
import Tenancy

/// What is put on a document when it is issued: the code by which anybody finds it, and the entity's logo.
struct DocumentMark: Sendable {
    /// The code.
    let code: DocumentCode
    /// Where the code is looked up: `https://alianzas.example/verificar`.
    let place: WebAddress
    /// Where the code leads by itself, for a QR.
    let address: WebAddress
    /// The logo of the entity.
    var logo: InlineImage?
}

/// A picture within a page or a document, not fetched from anywhere.
struct InlineImage: Sendable, Hashable {
    fileprivate let text: String

    /// Takes a PNG or JPEG, `nil` for anything else.
    init?(_ mediaType: Tenancy.MediaType, _ content: [UInt8]) {
        guard mediaType == .png || mediaType == .jpeg else { return nil }
        text = "data:\(mediaType.rawValue);base64,\(Data(content).base64EncodedString())"
    }
}

extension Attribute {
    /// A picture that travels within the page.
    static func src(_ image: InlineImage) -> Self { source(of: image.text) }
}

extension TenantContext {
    /// The PDF of a document as it was issued, for whoever was let read it (``Site/issued(_:as:of:in:at:reading:)``).
    ///
    /// - Throws: ``PDFFailure``, or what the commands throw.
    func issued(
        _ document: some PrintedDocument, as kind: String,
        of subject: some CustomStringConvertible & Sendable,
        in stream: AuditStream, isReserved: Bool = false, at place: Path? = nil
    ) async throws -> [UInt8] {
        try await visit.site.issued(
            document, as: kind, of: subject, in: stream, isReserved: isReserved,
            at: place?.text(in: visit.tenant), reading: principal)
    }
}

extension Site {
    /// The PDF of a document as it was issued, with the code by which anybody verifies it.
    ///
    /// A document whose words are those of the last one of its kind about its subject is not issued again: who opens it
    /// twice gets the same file. Another one takes the place of that. Who opens it must have been let read it before.
    ///
    /// - Parameters:
    ///   - document: What is printed.
    ///   - kind: What sort of document it is, in words joined by hyphens: `acta-de-escrutinio`.
    ///   - subject: The identifier of what it documents.
    ///   - stream: The space that it belongs to.
    ///   - isReserved: Whether it is the own of the board of the space's alliance.
    ///   - place: The address of its public page, where it has one.
    ///   - principal: Who opens it; the server itself for what everybody may read.
    /// - Returns: The PDF.
    /// - Throws: ``PDFFailure``, or what the commands throw.
    func issued(
        _ document: some PrintedDocument, as kind: String,
        of subject: some CustomStringConvertible & Sendable,
        in stream: AuditStream, isReserved: Bool = false, at place: String?, reading principal: Principal
    ) async throws -> [UInt8] {
        let words = HashDigest(of: document.markup())
        if let known = try await issuedContent(kind, of: subject, words: words, as: principal) {
            return known
        }
        let code = DocumentCode()
        let path = origin + Path.verify().text(in: nil)
        guard let lookup = WebAddress(path), let address = WebAddress("\(path)/\(code)") else {
            throw NoSuchPage()
        }
        let logo = try await logo(as: principal).flatMap { InlineImage($0.mediaType, $0.content) }
        let bytes = try await printer.render(
            document, mark: DocumentMark(code: code, place: lookup, address: address, logo: logo))
        let file = try StoredFile(
            name: "\(document.title).pdf", content: bytes, effectiveOn: document.control.date,
            accepted: [.pdf])
        let issued = NewDocument(
            code: code, kind: kind, title: document.title, issuer: document.control.issuer, subject: subject,
            wordsDigest: words, file: file, place: place)
        do {
            // The server issues what somebody who may read it asks for: it says what the record says, and no more.
            try await runner.run(
                IssueDocument(issued, in: stream, isReserved: isReserved),
                as: .system(in: principal.organization))
            return bytes
        } catch AccessError.alreadyDone {
            guard let known = try await issuedContent(kind, of: subject, words: words, as: principal) else {
                throw NoSuchPage()
            }
            return known
        }
    }
}

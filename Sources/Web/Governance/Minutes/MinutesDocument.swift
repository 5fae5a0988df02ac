import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

/// Minutes on paper: a draft with its watermark, the signed ones that are sealed, or their twin for everybody.
struct MinutesDocument: PrintedDocument {
    /// The kind under which they are issued, about themselves.
    static let kind = "acta-de-reunion"
    /// The kind under which their twin is.
    static let publicKind = "acta-de-reunion-publica"

    let text: MinutesText
    /// That they were approved; `nil` for a draft.
    let approved: MinutesDraft.Approved?
    let signers: [MinutesSigner]
    /// The digest of the text that was signed.
    let digest: HashDigest?
    var isPublic = false
    var isReserved = false

    private var isDraft: Bool { approved == nil }
    private var number: String { approved.map { "Acta n.º \($0.number)" } ?? "Borrador de acta" }

    var title: String {
        // The register of issued documents is for everybody, and the name of a reserved meeting is not.
        let of = isReserved ? text.control.body ?? text.control.alliance : text.meeting
        return "\(number)\(isPublic ? ", versión pública" : "") · \(of)".truncated(to: 190)
    }
    var control: ControlHeader {
        ControlHeader(
            issuer: text.control.alliance,
            code: [text.control.code, number].compactMap(\.self).joined(separator: " · "),
            version: [
                text.control.version.map { "Versión \($0)" },
                text.control.validFrom.map { "vigente desde el \(SpanishFormat.date($0))" },
                text.control.unit,
            ].compactMap(\.self).joined(separator: ", ").nonEmpty ?? (isDraft ? "Borrador" : "Aprobada"),
            date: text.day)
    }
    var foot: String? {
        isDraft
            ? "Borrador: puede cambiar hasta que se apruebe."
            : digest.map { "Huella del texto firmado (SHA-256): \($0)" }
    }

    func body(_ html: inout HTML) {
        if isDraft { html.p("BORRADOR", .class("watermark")) }
        html.controlHeader(of: text, number: number)
        if let approved { html.p(approved.words) }
        html.minutes(text, isPublic: isPublic)
        html.section(.class("part whole")) { part in
            part.h2("Firmas")
            if isPublic {
                part.p("Firmaron: \(SpanishFormat.list(signers.map(\.office))).")
            } else if isDraft {
                part.signatures(signers.map { ($0.name, $0.role) })
            } else {
                part.signed(signers)
            }
        }
    }
}

extension MinutesSigner {
    /// The office, as it stands under the line.
    fileprivate var role: String { office }
}

/// The certified extract of one decision of sealed minutes.
struct DecisionExtract: PrintedDocument {
    let text: MinutesText
    let decision: MinutesText.Decision
    let approved: MinutesDraft.Approved
    let signers: [MinutesSigner]
    let seal: MinutesSeal
    let corrections: [MinutesCorrection]

    var title: String { "Extracto del acta n.º \(approved.number) · Decisión \(decision.position)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: text.control.alliance, code: "Extracto del acta n.º \(approved.number)",
            version: "Decisión \(decision.position)", date: text.day)
    }

    func body(_ html: inout HTML) {
        html.controlHeader(of: text, number: "Extracto del acta n.º \(approved.number)")
        html.p(
            "En el acta n.º \(approved.number) de «\(text.meeting)», del \(SpanishFormat.longDate(text.day)), de \(text.control.body.map { "\($0), " } ?? "")\(text.control.alliance), consta la siguiente decisión:"
        )
        html.element("blockquote", []) { quote in
            quote.p { $0.strong("Decisión \(decision.position). ") }
            quote.p(decision.decision)
            quote.p(decision.result)
            quote.p(decision.quorum)
        }
        html.p(approved.words)
        html.p("Firmaron el acta: \(SpanishFormat.list(signers.map { "\($0.name), \($0.office)" })).")
        if !corrections.isEmpty {
            html.h2("Correcciones posteriores del acta")
            html.ul { list in
                for correction in corrections { list.li(correction.words) }
            }
        }
        html.p(
            "Este extracto se tomó del acta sellada el \(SpanishFormat.longDateAndTime(seal.sealedAt)), con código \(seal.code) y huella (SHA-256):"
        )
        html.p(seal.fileDigest.description, .class("digest"))
    }
}

extension MinutesCorrection {
    /// The correction in one sentence.
    var words: String {
        "Por decisión de «\(meetingTitle)», del \(SpanishFormat.date(day)): donde dice «\(says)» debe decir «\(shouldSay)»."
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }

    /// The text, cut off where it is longer.
    func truncated(to most: Int) -> String { count > most ? "\(prefix(most - 1))…" : self }
}

extension Site {
    /// Seals minutes that all have signed: prints them and their twin, each with its code, and keeps both for good.
    /// Nothing is done where somebody has not signed, or where it was done meanwhile. The seal is the act of whoever signed
    /// last or pressed for it, who has to see the meeting.
    ///
    /// - Throws: ``PDFFailure``, ``MinutesError``.
    func seal(
        minutesOf meeting: ID<Meeting>, in heading: AllianceHeading, of tenant: TenantSlug?,
        as principal: Principal
    ) async throws {
        let alliance = heading.alliance.id
        let file = try await runner.fetch(ReadMinutes(of: meeting, in: alliance), as: principal)
        guard let draft = file.draft, let approved = draft.approved, draft.state == .approved, file.isSigned
        else { return }
        guard !file.isAltered, let digest = file.digest else { throw MinutesError.altered }
        let place: String? =
            draft.isReserved
            ? nil
            : tenant.map {
                Path.publicDocument($0, heading.slug, ID<PublishedDocument>(rawValue: draft.id.rawValue))
                    .text(in: nil)
            }
        func document(_ isPublic: Bool) async throws -> NewDocument {
            let words = MinutesDocument(
                text: file.text, approved: approved, signers: file.signings.map(\.signer), digest: digest,
                isPublic: isPublic, isReserved: draft.isReserved)
            let code = DocumentCode()
            let path = origin + Path.verify().text(in: nil)
            guard let lookup = WebAddress(path), let address = WebAddress("\(path)/\(code)") else {
                throw NoSuchPage()
            }
            let logo = try await logo(as: .system(in: principal.organization)).flatMap {
                InlineImage($0.mediaType, $0.content)
            }
            let bytes = try await printer.render(
                words, mark: DocumentMark(code: code, place: lookup, address: address, logo: logo))
            return NewDocument(
                code: code, kind: isPublic ? MinutesDocument.publicKind : MinutesDocument.kind,
                title: words.title, issuer: heading.alliance.name, subject: draft.id, wordsDigest: digest,
                file: try StoredFile(
                    name: "\(words.title).pdf", content: bytes, effectiveOn: file.text.day, accepted: [.pdf]),
                place: place)
        }
        do {
            try await runner.run(
                SealMinutes(
                    of: meeting, in: alliance, document: try await document(false),
                    redacted: try await document(true)), as: principal)
        } catch AccessError.alreadyDone {
            // Somebody else's last signature sealed them at the same moment.
        }
    }
}

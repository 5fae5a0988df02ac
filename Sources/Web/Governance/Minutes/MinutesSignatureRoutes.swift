import Governance
import Kernel
import Tenancy

/// Signatures on the screen, by code and on paper, and the seal that follows on the last.
extension MinutesRoutes {
    /// The signature of who looks; there may be two, where one person holds two offices: first the one that lacks.
    private func own(_ file: MinutesFile) throws -> MinutesFile.Signing {
        let own = file.signings.filter(\.isOwn)
        guard let signing = own.first(where: { $0.signer.signature == nil }) ?? own.first else {
            throw MinutesError.notTheSigner
        }
        return signing
    }

    @Sendable func toSign(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> SigningPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .signMinutes)
        return SigningPage(
            heading: heading, file: file, signing: try own(file), mayMail: context.visit.site.sendsMail,
            form: state)
    }

    @Sendable func sign(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let signer = try own(file).signer
        let hand: SignMinutes.Hand
        if form.entries.items.contains(where: { $0.name == SigningForm.code.name }) {
            hand = .code(try form.read(SigningForm.code))
        } else {
            hand = .drawn(try SignatureDrawing(form.entries.first(SigningForm.drawing.name) ?? ""))
        }
        let isTaken = try await context.run(
            SignMinutes(signer.id, of: meeting, in: heading.alliance.id, by: hand), form)
        guard isTaken else { throw MinutesError.codeNotValid }
        return try await sealed(context, heading, meeting, to: .signMinutes(slug, meeting))
    }

    @Sendable func sendCode(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let address = try await context.run(
            SendSigningCode(
                to: try own(file).signer.id, of: meeting, in: heading.alliance.id,
                from: context.visit.site.identity.oneTimeCodes), form)
        return Redirect(
            to: Path.signMinutes(slug, meeting).at(anchor: "codigo"), "Enviamos el código a \(address).")
    }

    private func unsigned(_ id: ID<MinutesSigner>, in file: MinutesFile) throws -> MinutesSigner {
        guard let found = file.signings.first(where: { $0.signer.id == id.rawValue })?.signer else {
            throw NoSuchPage()
        }
        return found
    }

    @Sendable func toBind(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesSigner>
    ) async throws -> PaperSignaturePage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return PaperSignaturePage(
            heading: heading, file: file, signer: try unsigned(id, in: file), form: state)
    }

    @Sendable func bind(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesSigner>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let fields = PaperSignatureForm(file)
        let (day, scan) = try form.read(fields.day, fields.scan)
        try await context.run(
            AttachSignatureScan(
                try scan.stored(on: day), of: id.rawValue, of: meeting, in: heading.alliance.id), form)
        return Redirect(to: .paperReview(slug, meeting, id), "La copia quedó adjunta. Falta que la revise.")
    }

    /// The signature whose scan waits for somebody to look at it.
    private func waiting(
        _ id: ID<MinutesSigner>, in file: MinutesFile
    ) throws -> (signer: MinutesSigner, scan: MinutesScan) {
        let signer = try unsigned(id, in: file)
        guard let scan = file.signings.first(where: { $0.signer.id == id.rawValue })?.scan else {
            throw MinutesError.scanNotFound
        }
        return (signer, scan)
    }

    @Sendable func toReview(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesSigner>
    ) async throws -> PaperReviewPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        let (signer, scan) = try waiting(id, in: file)
        let kept = try await context.visit.site.keptFile(scan.file, of: context.principal.organization)
        return PaperReviewPage(
            heading: heading, file: file, signer: signer, scan: scan, record: kept.record, form: state)
    }

    @Sendable func review(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesSigner>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        let (signer, scan) = try waiting(id, in: file)
        _ = try form.read(PaperReviewPage.isSeen(signer))
        let alliance = heading.alliance.id
        guard signer.signature == nil else {
            try await context.run(
                ReplaceSignatureScan(with: scan.id, of: signer.id, of: meeting, in: alliance), form)
            return Redirect(to: .minutes(slug, meeting), "La copia de la firma quedó reemplazada.")
        }
        try await context.run(SignMinutes(signer.id, of: meeting, in: alliance, by: .paper(scan.id)), form)
        return try await sealed(context, heading, meeting, to: .minutes(slug, meeting))
    }

    @Sendable func scan(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>, _ id: ID<MinutesSigner>
    ) async throws -> Download {
        let (_, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return try await download(waiting(id, in: file).scan.file, context)
    }

    /// Goes on after a signature; the last one seals. Where the printer cannot now, the page offers to seal later.
    private func sealed(
        _ context: TenantContext, _ heading: AllianceHeading, _ meeting: ID<Meeting>, to path: Path
    ) async throws -> Redirect {
        do {
            try await context.visit.site.seal(
                minutesOf: meeting, in: heading, of: context.visit.tenant, as: context.principal)
        } catch is PDFFailure {
            return Redirect(to: path, "La firma quedó guardada. El acta se podrá sellar en unos minutos.")
        }
        return Redirect(to: path, "La firma quedó guardada.")
    }

    @Sendable func seal(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .sealMinutes)
        try await context.visit.site.seal(
            minutesOf: meeting, in: heading, of: context.visit.tenant, as: context.principal)
        return Redirect(to: .minutes(slug, meeting), "El acta quedó sellada.")
    }
}

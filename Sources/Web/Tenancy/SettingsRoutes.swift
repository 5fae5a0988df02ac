import Foundation
import Hummingbird
import Kernel
import Tenancy

/// How an entity is called, looks and is reached.
struct SettingsRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.settings) { context in
            let organization = try await context.organization()
            return try await context.read(.seeSettings) { transaction in
                let territory =
                    organization.kind == .controlBody ? try await transaction.territory() : []
                return SettingsPage(
                    organization: organization,
                    seat: try await transaction.municipalities(coded: [organization.municipality]).first,
                    codes: try await transaction.organizationCodes(),
                    settings: try await transaction.settings(),
                    territory: try await transaction.municipalities(coded: territory),
                    mayEdit: context.may(.editSettings),
                    maySeeRetention: context.may(.readRetentionTerms))
            }
        }
        tenant.form(Path.describeOrganization, show: describing, act: describe)
        tenant.form(
            Path.editSettings, upTo: .files(megabytes: SettingsForm.logoMegabytes),
            show: { context, state in
                EditSettingsPage(
                    form: state,
                    settings: try await context.read(.editSettings) { try await $0.settings() })
            }, act: edit)
        tenant.get(Path.logo) { context in
            let logo = try await context.logo()
            guard let logo else { throw NoSuchPage() }
            return Download(
                name: "logo.\(logo.mediaType.suffix)", mediaType: logo.mediaType.rawValue,
                bytes: logo.content,
                isInline: true)
        }
    }

    @Sendable private func describing(_ context: TenantContext, _ state: FormState) async throws
        -> DescribeOrganizationPage
    {
        let organization = try await context.organization()
        return try await context.read(.editSettings) { transaction in
            DescribeOrganizationPage(
                form: state, organization: organization,
                seat: try await transaction.municipalities(coded: [organization.municipality]).first,
                codes: try await transaction.organizationCodes())
        }
    }

    @Sendable private func describe(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = DescriptionForm(context.entry.organization.kind)
        let (name, shortName, nit, place, codes) = try form.read(
            fields.name, fields.shortName, fields.nit, fields.municipality, fields.codes)
        let known = try await context.municipalities()
        let seats: Set<String>
        do throws(InvalidInput) {
            seats = try MunicipalityList(known).codes(in: place)
        } catch {
            throw InvalidInput(
                error.problems.map { .init(field: fields.municipality.name, message: $0.message) })
        }
        guard let seat = seats.first, seats.count == 1 else {
            throw InvalidInput([
                .init(field: fields.municipality.name, message: "Escriba un solo municipio: el de la sede.")
            ])
        }
        try await context.run(
            DescribeOrganization(
                name: name, shortName: shortName, nit: nit, municipality: seat,
                codes: (codes ?? "").split(whereSeparator: { $0.isNewline || $0 == "," || $0 == ";" }).map(
                    String.init)), form)
        return Redirect(to: .settings(), "Los datos de la entidad quedaron guardados.")
    }

    @Sendable private func edit(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = SettingsForm()
        let (color, logo, removes, email, phone, place) = try form.read(
            fields.accentColor, fields.logo, fields.removesLogo, fields.contact.email, fields.contact.phone,
            fields.contact.place)
        let file = try logo.map { file in
            try StoredFile(
                name: file.name, content: try file.content(), effectiveOn: context.today,
                accepted: [.png, .jpeg])
        }
        try await context.run(
            EditSettings(
                accentColor: color, logo: file, removingLogo: removes, contactEmail: email,
                contactPhone: phone, contactPlace: place), form)
        return Redirect(to: .settings(), "La imagen y el contacto quedaron guardados.")
    }
}

/// The logo of an entity.
struct Logo: Sendable {
    let mediaType: Tenancy.MediaType
    let content: [UInt8]
}

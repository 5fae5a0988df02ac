import Governance
import Kernel
import Tenancy

extension Path {
    /// The campaigns and bulletins of an alliance.
    static let campaigns = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/campanas")
    /// Plans a campaign.
    static let newCampaign = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/campanas/nueva")
    /// A campaign.
    static let campaign = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}")
    /// Changes what a campaign is.
    static let editCampaign = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/editar")
    /// Writes the piece of a campaign.
    static let campaignPiece = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/pieza")
    /// Records what was sent of a campaign.
    static let newSending = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/envio")
    /// Takes a sending that was recorded by mistake out of what counts.
    static let withdrawSending = Route<AllianceSlug, ID<Campaign>, ID<CampaignSending>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/envios/{sending}/quitar")
    /// Ends a campaign.
    static let closeCampaign = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/terminar")
    /// Shares a campaign of the board's own space.
    static let shareCampaign = Route<AllianceSlug, ID<Campaign>>(
        "/o/{tenant}/alianzas/{alliance}/campanas/{campaign}/compartir")
}

extension Campaign.Kind: PathValue {}

extension CampaignSummary {
    /// Where it stands on a day as a chip.
    func status(on today: CalendarDate) -> Status {
        switch standing(on: today) {
        case .withoutPiece: Status("Falta la pieza", .due)
        case .toSend: Status("Por enviar", .open)
        case .late: Status("Pasó su fecha sin enviarse", .overdue)
        case .sent: Status("Enviada", .met)
        case .closed: Status(sendings > 0 ? "Terminada" : "No se envió", .sealed)
        }
    }
}

extension Campaign {
    /// When it is to be sent, in words.
    var days: String {
        planned.lowerBound == planned.upperBound
            ? SpanishFormat.longDate(planned.lowerBound)
            : "del \(SpanishFormat.date(planned.lowerBound)) al \(SpanishFormat.date(planned.upperBound))"
    }
}

public import Crypto
public import Elections
public import Foundation
public import Governance
public import Membership
public import Tenancy

/// What all pages share: the product behind them, assets, keys, the clock, and the doorkeeper.
public struct Site: Sendable {
    /// The files that pages load.
    let assets: Assets
    /// Who lets people in.
    let doorkeeper: any Doorkeeper
    /// Signs people in.
    let identity: Identity
    /// Runs what pages ask for.
    let runner: CommandRunner
    /// Takes files of affiliates in.
    let uploads: AffiliateUploads
    /// Makes copies of all that an alliance has.
    let exports: AllianceExports
    /// Prints documents.
    let printer: PDFRenderer
    /// Where files lie that are being received or made.
    let scratch: ScratchFolder
    /// What looks at files that people send, where the installation has anything that does.
    let scanner: UploadScanner?
    /// Lets voters in to electronic boxes.
    let entrance: VotingEntrance
    /// Takes their ballots in.
    let intake: BallotIntake
    /// The folder of the manual's pages.
    let manual: URL
    /// The models of agendas that a meeting may begin with.
    let agendas: [AgendaModel]
    /// The lines of action of the participation policy.
    let policyLines: [PolicyLine]
    /// What addresses on paper begin with, such as `https://alianzas.example`, without a slash at the end.
    let origin: String
    /// Whether invitations go by mail, beside the link that is shown.
    let sendsMail: Bool
    /// Signs form tokens and notices.
    let key: SymmetricKey
    /// Whether browsers reach the site through TLS.
    let isSecure: Bool
    /// How many proxies of our own stand before the server and name the client.
    let trustedProxies: Int
    /// The server's time.
    let clock: @Sendable () -> Date
    /// What stands above every page, such as that the clock is not the real one.
    let remark: @Sendable () -> String?

    /// Makes a site.
    ///
    /// - Parameters:
    ///   - assets: The files that pages load.
    ///   - doorkeeper: Who lets people in.
    ///   - identity: Signs people in.
    ///   - runner: Runs what pages ask for.
    ///   - uploads: Takes files of affiliates in.
    ///   - exports: Makes copies of all that an alliance has.
    ///   - printer: Prints documents.
    ///   - scratch: Where files lie that are being received or made.
    ///   - scanner: What looks at files that people send; `nil` for nothing.
    ///   - entrance: Lets voters in to electronic boxes.
    ///   - intake: Takes their ballots in.
    ///   - manual: The folder of the manual's pages, `Documentation/manual`.
    ///   - agendas: The models of agendas that a meeting may begin with.
    ///   - policyLines: The lines of action of the participation policy.
    ///   - origin: What addresses on paper begin with, without a slash at the end.
    ///   - sendsMail: Whether invitations go by mail, beside the link that is shown.
    ///   - key: Signs form tokens and notices; the same on every server of an installation, and after a
    ///     restart, or forms that are open have to be sent twice.
    ///   - isSecure: Whether browsers reach the site through TLS.
    ///   - trustedProxies: How many proxies of our own append to `X-Forwarded-For`; 0 ignores that header.
    ///   - clock: The server's time.
    ///   - remark: What stands above every page; `nil` for nothing.
    public init(
        assets: Assets, doorkeeper: any Doorkeeper, identity: Identity, runner: CommandRunner,
        uploads: AffiliateUploads, exports: AllianceExports, printer: PDFRenderer, scratch: ScratchFolder,
        scanner: UploadScanner? = nil, entrance: VotingEntrance, intake: BallotIntake, manual: URL,
        agendas: [AgendaModel] = [],
        policyLines: [PolicyLine] = [], origin: String,
        sendsMail: Bool = false, key: SymmetricKey, isSecure: Bool, trustedProxies: Int = 0,
        clock: @escaping @Sendable () -> Date = { Date() },
        remark: @escaping @Sendable () -> String? = { nil }
    ) {
        self.assets = assets
        self.doorkeeper = doorkeeper
        self.identity = identity
        self.runner = runner
        self.uploads = uploads
        self.exports = exports
        self.printer = printer
        self.scratch = scratch
        self.scanner = scanner
        self.entrance = entrance
        self.intake = intake
        self.manual = manual
        self.agendas = agendas
        self.policyLines = policyLines
        self.origin = origin
        self.sendsMail = sendsMail
        self.key = key
        self.isSecure = isSecure
        self.trustedProxies = trustedProxies
        self.clock = clock
        self.remark = remark
    }

    /// The cookies that the site sets.
    enum CookieKind: String {
        case session = "sesion"
        case browser = "navegador"
        case notice = "aviso"
        /// A device that is the booth of a table.
        case kiosk = "cabina"
        /// Who was let in to vote.
        case pass = "paso"
    }

    /// The name of a cookie; behind TLS browsers take it from this host alone.
    func cookieName(_ kind: CookieKind) -> String {
        isSecure ? "__Host-\(kind.rawValue)" : kind.rawValue
    }
}

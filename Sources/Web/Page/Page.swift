import Foundation
import HTTPTypes
import Hummingbird

/// A page: a value that holds what it shows, and writes it.
///
/// The layout adds all around: bar, breadcrumb, heading, notice, footer.
protocol Page: Answer {
    /// The heading, which is also the title of the window.
    var title: String { get }
    /// One sentence under the heading, where it helps.
    var lead: String? { get }
    /// The way here, from the tenant's home on, without the page itself.
    var trail: [Crumb] { get }
    /// The status of the answer.
    var status: HTTPResponse.Status { get }
    /// The page of the manual that "?" opens.
    var help: HelpTopic { get }
    /// How much room the page takes.
    var frame: Frame { get }
    /// The names of the ES modules that enhance the page, beside the common one.
    var scripts: [String] { get }
    /// The names of the files of the code that votes (``VotingCode``) that the page loads: its module and its style.
    var votingCode: [String] { get }
    /// After how many seconds the page wants to be read anew, while work goes on; `nil` where it does not.
    var refreshes: Int? { get }
    /// Writes what is done from here: at most one primary action.
    func actions(_ html: inout HTML)
    /// Writes the page below its heading.
    func body(_ html: inout HTML)
}

extension Page {
    var lead: String? { nil }
    var trail: [Crumb] { [] }
    var status: HTTPResponse.Status { .ok }
    var help: HelpTopic { .start }
    var frame: Frame { .standard }
    var scripts: [String] { [] }
    var votingCode: [String] { [] }
    var refreshes: Int? { nil }
    func actions(_ html: inout HTML) {}

    func response(to visit: Visit) async throws -> Response { whole(for: visit) }

    /// How long a browser is known again: as long as the limits on attempts remember it, and a while more.
    private static var browserSeconds: Int { 180 * 86_400 }

    /// The whole page.
    func whole(for visit: Visit) -> Response {
        var html = HTML(in: visit.surroundings)
        Layout(page: self, visit: visit).write(&html)
        var response = Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: visit.admission.account == nil ? "no-cache" : "private, no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
        if html.hasForm, visit.sessionToken == nil, visit.isNewBrowser {
            response.setCookie(
                .own(.browser, visit.browserToken, at: visit.site, lasting: Self.browserSeconds))
        }
        if visit.notice != nil {
            response.setCookie(.own(.notice, "", at: visit.site, lasting: 0))
        }
        return response
    }
}

/// A step of the way to a page.
struct Crumb: Sendable {
    let name: String
    let path: Path

    init(_ name: String, _ path: Path) {
        self.name = name
        self.path = path
    }
}

/// How much room a page takes.
enum Frame: Sendable {
    /// Bar, breadcrumb, heading.
    case standard
    /// The same without search: what is done over and over at a counter or a door, on a phone.
    case counter
    /// A narrow column for one form, such as sign-in.
    case narrow
    /// A narrow column with nothing around it that leads elsewhere: a device that is a booth.
    case alone
    /// The whole window, nothing but the page: the screen of a hall.
    case bare
    /// The whole window, of which a module draws all, the heading as well: the booth.
    case drawn

    /// Whether bar and footer stand around the page.
    var hasSurroundings: Bool {
        switch self {
        case .standard, .counter, .narrow: true
        case .alone, .bare, .drawn: false
        }
    }
}

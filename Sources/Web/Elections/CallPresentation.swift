import Kernel
import Tenancy

/// The text of a call (`convocatoria`) as people read it: what was sealed is plain text, a line each, and not one of its
/// words is changed here.
struct CallPresentation: Sendable, Hashable {
    /// A run of lines that belong together.
    enum Block: Sendable, Hashable {
        /// Words that end in a colon, before a list or an empty line.
        case heading(String)
        /// A line.
        case paragraph(String)
        /// Lines that begin with a dash, without it.
        case list([String])
        /// Lines that begin with their numbers in order from 1, without them.
        case numbered([String])
    }

    let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("- ") {
                let words = String(line.dropFirst(2))
                if case .list(let items) = blocks.last {
                    blocks[blocks.count - 1] = .list(items + [words])
                } else {
                    blocks.append(.list([words]))
                }
            } else if case .numbered(let items) = blocks.last, line.hasPrefix("\(items.count + 1). ") {
                blocks[blocks.count - 1] = .numbered(
                    items + [String(line.dropFirst("\(items.count + 1). ".count))])
            } else if line.hasPrefix("1. ") {
                blocks.append(.numbered([String(line.dropFirst(3))]))
            } else if line.hasSuffix(":") {
                blocks.append(.heading(String(line.dropLast())))
            } else {
                blocks.append(.paragraph(line))
            }
        }
        self.blocks = blocks
    }
}

extension HTML {
    /// Writes the text of a call.
    mutating func call(_ text: String) {
        var isHead = true
        for block in CallPresentation(text).blocks {
            switch block {
            case .heading(let words):
                isHead = false
                h2(words)
            case .paragraph(let words): p(words, .class(isHead ? "document-lead" : nil))
            case .list(let items): ul { list in for item in items { list.li(item) } }
            case .numbered(let items): ol { list in for item in items { list.li(item) } }
            }
        }
    }

    /// Writes the digest by which anybody tells that a text is the one that was published.
    mutating func digest(of text: String) {
        p("Huella del texto (SHA-256):", .class("form-text"))
        p(.class("seal")) { $0.code(HashDigest(of: text).description, .class("digest")) }
    }
}

/// The call for the noticeboard (`cartelera`), with the words that were published and how to check them.
struct CallPoster: PrintedDocument {
    let text: String
    let process: String
    let alliance: String
    let entity: Organization
    let publishedOn: CalendarDate
    /// Its public page.
    let address: WebAddress?

    var title: String { "Convocatoria" }
    var control: ControlHeader {
        ControlHeader(issuer: alliance, code: "Convocatoria", version: process, date: publishedOn)
    }
    var verification: WebAddress? { address }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.div(.class("poster")) { $0.call(text.withoutHead(alliance, entity.name)) }
        html.div(.class("whole")) { $0.digest(of: text) }
    }
}

extension String {
    /// The text of a call without its first lines, where they are the title and whose it is: pages and posters say that at
    /// their head in letters of their own.
    func withoutHead(_ alliance: String, _ entity: String) -> String {
        ["CONVOCATORIA\n", "\(alliance) · \(entity)\n"].reduce(self) { text, line in
            text.hasPrefix(line) ? String(text.dropFirst(line.count)) : text
        }
    }
}

import Foundation
import Kernel

/// A page of the manual, read from `Documentation/manual`. It is written in the little of Markdown that it needs:
/// headings, paragraphs, lists, bold words, links to other pages of the manual, and pictures of `imagenes` on lines of
/// their own, which the journeys take (`Tests/pictures.py`).
struct ManualPage: Sendable {
    private enum Block: Sendable {
        case heading(String)
        case paragraph(String)
        case list([String], isNumbered: Bool)
        case picture(String, of: String)
    }

    /// Which page it is.
    let topic: HelpTopic
    /// Its heading.
    let title: String
    private let blocks: [Block]

    /// Reads a page.
    ///
    /// - Throws: ``NoSuchPage`` where the manual has none of that name.
    init(_ topic: HelpTopic, in folder: URL) throws {
        guard
            let text = try? String(
                contentsOf: folder.appending(path: "\(topic.rawValue).md"), encoding: .utf8)
        else { throw NoSuchPage() }
        self.init(topic, text: text)
    }

    /// Takes the text of a page.
    init(_ topic: HelpTopic, text: String) {
        var title = "Ayuda"
        var blocks: [Block] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("# ") {
                title = String(line.dropFirst(2))
            } else if line.hasPrefix("## ") {
                blocks.append(.heading(String(line.dropFirst(3))))
            } else if let picture = line.wholeMatch(of: /!\[([^\]]+)\]\(([a-z0-9\-]+)\)/) {
                blocks.append(.picture(String(picture.2), of: String(picture.1)))
            } else if let item = Self.item(of: line) {
                if case .list(let items, item.isNumbered) = blocks.last {
                    blocks[blocks.count - 1] = .list(items + [item.text], isNumbered: item.isNumbered)
                } else {
                    blocks.append(.list([item.text], isNumbered: item.isNumbered))
                }
            } else {
                blocks.append(.paragraph(line))
            }
        }
        self.topic = topic
        self.title = title
        self.blocks = blocks
    }

    private static func item(of line: String) -> (text: String, isNumbered: Bool)? {
        if line.hasPrefix("- ") { return (String(line.dropFirst(2)), false) }
        guard let dot = line.firstIndex(of: "."), dot > line.startIndex, line[..<dot].allSatisfy(\.isNumber),
            line[dot...].hasPrefix(". ")
        else { return nil }
        return (String(line[dot...].dropFirst(2)), true)
    }

    /// Writes the page below its heading.
    func write(_ html: inout HTML, from assets: Assets) {
        for block in blocks {
            switch block {
            case .heading(let text): html.h2(text)
            case .paragraph(let text): html.p { Self.write(text, &$0) }
            // One that is not there yet is about to be taken by the journeys.
            case .picture(let name, let words) where assets.has("\(name).webp"):
                html.p(.class("manual-picture")) {
                    $0.img(.src(assets.path("\(name).webp")), .alt(words), .loading("lazy"))
                }
            case .picture: break
            case .list(let items, let isNumbered):
                func content(_ list: inout HTML) {
                    for item in items { list.li { Self.write(item, &$0) } }
                }
                if isNumbered { html.ol(content: content) } else { html.ul(content: content) }
            }
        }
    }

    /// Writes a line with its bold words and links.
    private static func write(_ text: String, _ html: inout HTML) {
        var rest = text[...]
        while let match = rest.firstMatch(of: /\*\*([^*]+)\*\*|\[([^\]]+)\]\(([a-z0-9\-]+)\)/) {
            html.text(String(rest[..<match.range.lowerBound]))
            if let bold = match.output.1 {
                html.strong(String(bold))
            } else if let words = match.output.2,
                let topic = match.output.3.flatMap({ HelpTopic(rawValue: String($0)) })
            {
                html.a(String(words), .href(.help(topic)))
            }
            rest = rest[match.range.upperBound...]
        }
        html.text(String(rest))
    }
}

import Kernel

/// One of the pages that belong together.
struct Tab {
    let title: String
    let path: Path
    /// How many things wait there.
    var count = 0
    /// Whether it is the page shown.
    var isCurrent = false

    init(_ title: String, _ path: Path, count: Int = 0, isCurrent: Bool = false) {
        self.title = title
        self.path = path
        self.count = count
        self.isCurrent = isCurrent
    }
}

extension HTML {
    /// Writes the pages that belong together; each is a link, so that it can be kept and sent.
    mutating func tabs(_ label: String, _ tabs: [Tab]) {
        nav(.class("tabs"), .aria("label", label)) { nav in
            nav.ul { list in
                for tab in tabs {
                    list.li { item in
                        item.a(.href(tab.path), .aria("current", tab.isCurrent ? "page" : nil)) { link in
                            link.text(tab.title)
                            if tab.count > 0 {
                                link.text(" ")
                                link.span(SpanishFormat.number(tab.count), .class("tab-count"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The icons: line drawings of our own on a grid of 24, beside words and never in their place.
enum Icon {
    case building, calendar, check, chevronDown, chevronRight, close, document, download, external, filter
    case half, help, home, inbox, info, lock, mail, menu, minus, pencil, people, person, phone, plus, print,
        query
    case search, seal, sortDown, sortUp, stop, trash, upload, waiting, warning

    /// Strokes, in the path language of SVG.
    fileprivate var strokes: StaticString {
        switch self {
        case .building: "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3"
        case .calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"
        case .check: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M7.8 12.4l2.9 2.9 5.5-6"
        case .chevronDown: "M6 9.5l6 6 6-6"
        case .chevronRight: "M9.5 6l6 6-6 6"
        case .close: "M6 6l12 12M18 6L6 18"
        case .document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"
        case .download: "M12 4v11M7 10.5l5 5 5-5M5 20h14"
        case .external: "M10 6H5v13h13v-5M13 5h6v6M19 5l-8.5 8.5"
        case .filter: "M4 6h16M7 12h10M10 18h4"
        case .half: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18"
        case .help:
            "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.4 9.6a2.6 2.6 0 1 1 3.8 2.3c-.9.5-1.2 1-1.2 1.9M12 16.8v.2"
        case .home: "M4 11.5L12 5l8 6.5M6.5 10v10h11V10"
        case .inbox: "M4 13l2.5-8h11L20 13v6H4zM4 13h4.5l1.5 2.5h4l1.5-2.5H20"
        case .info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7.4v.2"
        case .lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
        case .mail: "M4 6h16v12H4zM4.5 7l7.5 6 7.5-6"
        case .menu: "M4 7h16M4 12h16M4 17h16"
        case .minus: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h8"
        case .pencil: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3"
        case .people:
            "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 19.5c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M15.5 5a3.3 3.3 0 0 1 0 6.4M17.8 14.6c2.1.8 3.3 2.4 3.7 4.9"
        case .person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c.9-4 3.6-6 7.5-6s6.6 2 7.5 6"
        case .phone:
            "M6 4h3.5l1.5 4.5-2 1.5c1 2.2 2.8 4 5 5l1.5-2 4.5 1.5V18c0 1-1 2-2 2C11 20 4 13 4 6c0-1 1-2 2-2z"
        case .plus: "M12 5v14M5 12h14"
        case .print: "M7 9V4h10v5M7.5 17H4V9h16v8h-3.5M7.5 14h9v6h-9z"
        case .query:
            "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.4 9.6a2.6 2.6 0 1 1 3.8 2.3c-.9.5-1.2 1-1.2 1.9M12 16.8v.2"
        case .search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3l5.2 5.2"
        case .seal:
            "M12 3.5a5.8 5.8 0 1 0 0 11.6 5.8 5.8 0 0 0 0-11.6M8.3 14l-1 7L12 18.5l4.7 2.5-1-7M9.7 9.4l1.7 1.7 3-3.2"
        case .sortDown: "M12 5v14M6.5 13.5L12 19l5.5-5.5"
        case .sortUp: "M12 19V5M6.5 10.5L12 5l5.5 5.5"
        case .stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.5 8.5l7 7M15.5 8.5l-7 7"
        case .trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"
        case .upload: "M12 16V5M7 9.5l5-5 5 5M5 20h14"
        case .waiting: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.2l3.4 2"
        case .warning: "M12 4L2.8 20h18.4zM12 10v4.6M12 17.1v.2"
        }
    }
}

extension HTML {
    /// Draws an icon; it says nothing to those who hear the page.
    mutating func icon(_ icon: Icon) {
        svg(.class("icon"), .viewBox("0 0 24 24"), .aria("hidden", "true"), .focusable(false)) { drawing in
            drawing.path(.d("\(icon.strokes)"))
            if case .half = icon { drawing.path(.class("icon-fill"), .d("M12 3a9 9 0 0 1 0 18z")) }
        }
    }
}

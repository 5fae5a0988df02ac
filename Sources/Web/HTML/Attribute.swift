/// One attribute of an element.
///
/// There is no way to write `style`, `on…` or an unchecked address: the names are those below.
struct Attribute {
    private enum Value {
        case absent
        case present
        case text(String)
        case path(Path)
    }

    /// `data-` or `aria-` where the name continues one of these.
    private let prefix: StaticString
    private let name: StaticString
    private let value: Value

    private init(_ name: StaticString, _ value: Value, prefix: StaticString = "") {
        self.prefix = prefix
        self.name = name
        self.value = value
    }

    func write(to bytes: inout [UInt8], in surroundings: Surroundings) {
        if case .absent = value { return }
        bytes.append(UInt8(ascii: " "))
        bytes.append(prefix)
        bytes.append(name)
        switch value {
        case .absent, .present: return
        case .text(let text): Self.write(text, to: &bytes)
        case .path(let path): Self.write(path.text(in: surroundings.tenant), to: &bytes)
        }
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(escaping: text)
        bytes.append(UInt8(ascii: "\""))
    }

    private static func text(_ name: StaticString, _ text: String?) -> Self {
        Self(name, text.map(Value.text) ?? .absent)
    }

    private static func number(_ name: StaticString, _ number: Int?) -> Self {
        Self(name, number.map { .text(String($0)) } ?? .absent)
    }

    private static func flag(_ name: StaticString, _ isPresent: Bool) -> Self {
        Self(name, isPresent ? .present : .absent)
    }
}

extension Attribute {
    // What any element may carry. A `nil` leaves the attribute out.

    static func `class`(_ names: String?) -> Self { text("class", names) }
    static func id(_ id: String?) -> Self { text("id", id) }
    static func lang(_ language: String) -> Self { text("lang", language) }
    static func title(_ title: String?) -> Self { text("title", title) }
    static func role(_ role: String?) -> Self { text("role", role) }
    static func hidden(_ isHidden: Bool = true) -> Self { flag("hidden", isHidden) }
    static func tabIndex(_ index: Int) -> Self { number("tabindex", index) }
    /// `aria-` and the name.
    static func aria(_ name: StaticString, _ text: String?) -> Self {
        Self(name, text.map(Value.text) ?? .absent, prefix: "aria-")
    }
    /// `data-` and the name.
    static func data(_ name: StaticString, _ text: String? = "") -> Self {
        Self(name, text.map(Value.text) ?? .absent, prefix: "data-")
    }

    /// `data-` and the name, with an address that a module asks.
    static func data(_ name: StaticString, to path: Path) -> Self {
        Self(name, .path(path), prefix: "data-")
    }

    // Addresses.

    static func href(_ path: Path) -> Self { Self("href", .path(path)) }
    static func href(_ address: WebAddress) -> Self { text("href", address.text) }
    /// A place on the same page.
    static func href(anchor id: String) -> Self { text("href", "#" + Path.encoded(id)) }
    static func src(_ path: Path) -> Self { Self("src", .path(path)) }
    /// The text of an ``InlineImage``, the only one who calls it.
    static func source(of image: String) -> Self { text("src", image) }
    static func action(_ path: Path) -> Self { Self("action", .path(path)) }
    static func formAction(_ path: Path) -> Self { Self("formaction", .path(path)) }
    /// The same page again in a number of seconds.
    static func refresh(after seconds: Int) -> Self { number("content", seconds) }

    // Links, scripts and metadata.

    static func rel(_ relation: StaticString) -> Self { text("rel", "\(relation)") }
    static func newTab() -> Self { text("target", "_blank") }
    static func download(_ isDownload: Bool = true) -> Self { flag("download", isDownload) }
    static func content(_ text: String) -> Self { Self.text("content", text) }
    static func charset(_ name: StaticString) -> Self { text("charset", "\(name)") }
    static func httpEquiv(_ name: StaticString) -> Self { text("http-equiv", "\(name)") }
    static func media(_ query: StaticString) -> Self { text("media", "\(query)") }
    static func `as`(_ kind: StaticString) -> Self { text("as", "\(kind)") }
    static func crossOrigin() -> Self { flag("crossorigin", true) }

    // Forms.

    static func name(_ name: String) -> Self { text("name", name) }
    static func value(_ value: String) -> Self { text("value", value) }
    static func type(_ type: StaticString) -> Self { text("type", "\(type)") }
    static func method(_ method: StaticString) -> Self { text("method", "\(method)") }
    static func encoding(_ type: StaticString) -> Self { text("enctype", "\(type)") }
    static func `for`(_ id: String) -> Self { text("for", id) }
    static func form(_ id: String) -> Self { text("form", id) }
    /// The identifier of the list of proposals.
    static func list(_ id: String) -> Self { text("list", id) }
    static func placeholder(_ text: String?) -> Self { Self.text("placeholder", text) }
    static func autocomplete(_ purpose: StaticString?) -> Self {
        text("autocomplete", purpose.map { "\($0)" })
    }
    static func inputMode(_ mode: StaticString?) -> Self { text("inputmode", mode.map { "\($0)" }) }
    static func pattern(_ pattern: StaticString?) -> Self { text("pattern", pattern.map { "\($0)" }) }
    static func accept(_ types: String?) -> Self { text("accept", types) }
    static func min(_ least: String?) -> Self { text("min", least) }
    static func max(_ most: String?) -> Self { text("max", most) }
    static func step(_ step: String?) -> Self { text("step", step) }
    static func maxLength(_ characters: Int?) -> Self { number("maxlength", characters) }
    static func rows(_ rows: Int) -> Self { number("rows", rows) }
    static func required(_ isRequired: Bool = true) -> Self { flag("required", isRequired) }
    static func checked(_ isChecked: Bool) -> Self { flag("checked", isChecked) }
    static func selected(_ isSelected: Bool) -> Self { flag("selected", isSelected) }
    static func disabled(_ isDisabled: Bool = true) -> Self { flag("disabled", isDisabled) }
    static func readOnly(_ isReadOnly: Bool = true) -> Self { flag("readonly", isReadOnly) }
    static func multiple(_ isMultiple: Bool = true) -> Self { flag("multiple", isMultiple) }
    static func noValidate() -> Self { flag("novalidate", true) }
    static func autofocus(_ isFocused: Bool = true) -> Self { flag("autofocus", isFocused) }

    // Tables, lists, details, time.

    static func scope(_ scope: StaticString) -> Self { text("scope", "\(scope)") }
    static func columnSpan(_ columns: Int) -> Self { number("colspan", columns) }
    static func rowSpan(_ rows: Int) -> Self { number("rowspan", rows) }
    static func start(_ number: Int) -> Self { Self.number("start", number) }
    static func open(_ isOpen: Bool = true) -> Self { flag("open", isOpen) }
    static func dateTime(_ instant: String) -> Self { text("datetime", instant) }

    // Pictures and drawings.

    static func alt(_ text: String) -> Self { Self.text("alt", text) }
    static func width(_ width: Int) -> Self { number("width", width) }
    static func height(_ height: Int) -> Self { number("height", height) }
    static func loading(_ when: StaticString) -> Self { text("loading", "\(when)") }
    static func viewBox(_ box: String) -> Self { text("viewBox", box) }
    static func focusable(_ isFocusable: Bool) -> Self { text("focusable", isFocusable ? "true" : "false") }
    static func shapeRendering(_ how: StaticString) -> Self { text("shape-rendering", "\(how)") }
    /// The outline of a drawing.
    static func d(_ outline: String) -> Self { text("d", outline) }
    static func fill(_ paint: StaticString) -> Self { text("fill", "\(paint)") }
    static func stroke(_ paint: StaticString) -> Self { text("stroke", "\(paint)") }
    static func strokeWidth(_ width: Int) -> Self { number("stroke-width", width) }
    static func x(_ position: Int) -> Self { number("x", position) }
    static func y(_ position: Int) -> Self { number("y", position) }
    static func textAnchor(_ side: StaticString) -> Self { text("text-anchor", "\(side)") }
}

import Foundation
public import Kernel

/// The one colour of a tenant's pages, dark enough to be read on white and to carry white text.
///
/// - SeeAlso: WCAG 2.2, criterion 1.4.3: a contrast of at least 4.5 to 1.
public struct AccentColor: Sendable, Hashable {
    /// The least contrast against white.
    public static let minimumContrast = 4.5
    /// What a tenant has that chose none.
    public static let standard = AccentColor(checked: "#0b5394")

    /// The colour as `#rrggbb` in lower case.
    public let hex: String

    private init(checked hex: String) {
        self.hex = hex
    }

    /// Reads a colour.
    ///
    /// - Throws: ``AccentColorError``.
    public init(_ text: String) throws(AccentColorError) {
        let hex = text.trimmingCharacters(in: .whitespaces).lowercased()
        guard let contrast = Self.contrastWithWhite(of: hex) else { throw .malformed }
        guard contrast >= Self.minimumContrast else { throw .tooLight(tenths: Int(contrast * 10)) }
        self.init(checked: hex)
    }

    /// The contrast of a colour against white, from 1 to 21, `nil` where the text is no colour.
    static func contrastWithWhite(of hex: String) -> Double? {
        guard hex.hasPrefix("#"), let channels = Hex.decode(hex.dropFirst()), channels.count == 3
        else { return nil }
        // WCAG 2.2, definition of relative luminance.
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let luminance =
            0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2])
        return 1.05 / (luminance + 0.05)
    }
}

/// Why a colour is not taken.
public enum AccentColorError: UserFacingError, Hashable {
    /// The text is no colour.
    case malformed
    /// Text of this colour is hard to read on white; its contrast in tenths.
    case tooLight(tenths: Int)

    /// The stable code.
    public var code: String {
        switch self {
        case .malformed: "tenancy.accent_color.malformed"
        case .tooLight: "tenancy.accent_color.too_light"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .invalid }
    /// The form field.
    public var field: String? { "accent_color" }

    /// The words for the person.
    public var message: String {
        switch self {
        case .malformed:
            "Escriba el color como #rrggbb, por ejemplo #0b5394."
        case .tooLight(let tenths):
            """
            El color es muy claro: su contraste con el blanco es \(tenths / 10),\(tenths % 10) y debe ser al menos 4,5 para que \
            se lea bien. Elija uno más oscuro.
            """
        }
    }
}

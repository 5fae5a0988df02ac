public import Foundation

/// A message to one person, in plain text.
public struct MailMessage: Sendable, Hashable {
    /// Whom it goes to.
    public let recipient: String
    /// What it is about.
    public let subject: String
    /// What it says, lines ended by a line feed.
    public let text: String

    /// Writes a message.
    public init(to recipient: String, subject: String, text: String) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }

    /// Whether the address is one that no mail reaches, as those of the demonstration are (RFC 2606, §2).
    public var isUndeliverable: Bool { Self.isUndeliverable(recipient) }

    /// Whether no mail reaches an address.
    static func isUndeliverable(_ address: String) -> Bool {
        address.hasSuffix(".invalid") || address.hasSuffix(".example")
    }

    /// The message as it travels (RFC 5322), its words in UTF-8 and Base64 (RFC 2045, RFC 2047).
    ///
    /// - Parameters:
    ///   - sender: The address that it comes from.
    ///   - id: What tells it from others; a message that is sent twice bears the same.
    ///   - now: The moment that it bears.
    /// - Returns: Header and body, lines ended by CR and LF.
    public func encoded(from sender: String, id: String, at now: Date) -> String {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let headers = [
            "Date: \(Self.date(now))", "From: \(Self.line(sender))", "To: \(Self.line(recipient))",
            "Message-ID: <\(id)@\(domain)>", "Subject: \(Self.encodedWords(subject))", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
        ]
        let body = Data(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
            .base64EncodedString(options: [
                .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
            ])
        return headers.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n"
    }

    /// An address without what could begin another header.
    private static func line(_ text: String) -> String {
        String(
            text.unicodeScalars.filter { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }.map(
                Character.init))
    }

    /// Words that are not ASCII, in pieces so short that no line has more than 76 characters (RFC 2047 §2).
    private static func encodedWords(_ text: String) -> String {
        var pieces: [String] = []
        var piece = ""
        for character in text where !character.isNewline {
            // 30 octets are 40 characters of Base64.
            if piece.utf8.count + String(character).utf8.count > 30 {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        pieces.append(piece)
        return pieces.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func date(_ moment: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: moment)
    }
}

/// Hands a message over to whoever carries it; the identifier is the same where it is handed over twice.
public typealias MailCarrier = @Sendable (MailMessage, _ id: String) async throws -> Void

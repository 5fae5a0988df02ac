import CCurl
import Foundation
import Kernel
import Tenancy

/// The server that carries the installation's mail (`ALIANZAS_SMTP_URL`), spoken to through libcurl.
struct MailRelay: Sendable, Equatable {
    /// `smtp://user:password@host:587`, or `smtps://` for TLS from the first octet.
    let url: String
    /// The address that mail comes from.
    let sender: String

    /// Names a relay.
    ///
    /// - Throws: ``ConfigurationError`` where the address is no relay's, or nobody is named as sender.
    init(url: String, sender: String?) throws(ConfigurationError) {
        guard let parts = URLComponents(string: url), ["smtp", "smtps"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false
        else { throw .unreadableMailURL }
        guard let sender, sender.split(separator: "@").count == 2 else { throw .mailWithoutSender }
        self.url = url
        self.sender = sender
    }

    /// Hands messages over to the relay, each on a thread of its own: libcurl waits.
    func carrier(now: @escaping @Sendable () -> Date = { Date() }) -> MailCarrier {
        { message, id in
            let letter = message.encoded(from: sender, id: id, at: now())
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try send(letter, to: message.recipient) })
                }
            }
        }
    }

    /// A host on this machine is spoken to in the clear; any other has to offer TLS.
    private var isOnThisMachine: Bool {
        ["localhost", "127.0.0.1", "::1", "[::1]"].contains(URLComponents(string: url)?.host ?? "")
    }

    private func send(_ letter: String, to recipient: String) throws {
        guard let curl = curl_easy_init() else { throw MailFailure(reason: "libcurl did not start") }
        defer { curl_easy_cleanup(curl) }
        let recipients = curl_slist_append(nil, "<\(recipient)>")
        defer { curl_slist_free_all(recipients) }
        var source = Source(octets: Array(letter.utf8))
        let code = withUnsafeMutablePointer(to: &source) { source in
            let settings = [
                curl_set_text(curl, CURLOPT_URL, url),
                curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
                curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(sender)>"),
                curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients),
                curl_set_long(
                    curl, CURLOPT_USE_SSL,
                    Int(isOnThisMachine ? CURLUSESSL_TRY.rawValue : CURLUSESSL_ALL.rawValue)),
                curl_set_long(curl, CURLOPT_UPLOAD, 1), curl_set_long(curl, CURLOPT_NOSIGNAL, 1),
                curl_set_long(curl, CURLOPT_CONNECTTIMEOUT, 15), curl_set_long(curl, CURLOPT_TIMEOUT, 60),
                curl_set_reader(curl, Source.read, source),
            ]
            return settings.first { $0 != CURLE_OK } ?? curl_easy_perform(curl)
        }
        // What the relay said may name the recipient, so the log gets libcurl's own words alone.
        guard code == CURLE_OK else { throw MailFailure(reason: String(cString: curl_easy_strerror(code))) }
    }

    /// The letter as libcurl reads it, piece by piece.
    private struct Source {
        let octets: [UInt8]
        var offset = 0

        static let read: curl_read_callback = { buffer, size, count, source in
            guard let buffer, let source = source?.assumingMemoryBound(to: Source.self) else { return 0 }
            let rest = source.pointee.octets[source.pointee.offset...].prefix(size * count)
            rest.withUnsafeBytes { piece in
                guard let start = piece.baseAddress else { return }
                UnsafeMutableRawPointer(buffer).copyMemory(from: start, byteCount: piece.count)
            }
            source.pointee.offset += rest.count
            return rest.count
        }
    }
}

/// A message was not handed over.
struct MailFailure: Error, CustomStringConvertible {
    let reason: String

    var description: String { "mail: \(reason)" }
}

import Foundation
import Kernel
public import Postgres
public import Tenancy

/// What the delivery of a code has to know.
struct VotingCodeParcel: Codable {
    let person: ID<Person>
    let process: ID<ElectoralProcess>
    let channel: CodeChannel
    let sealedCode: String
    let expiresAt: Date
}

extension OutboxMessage {
    /// The topic under which a code to vote is to be sent.
    static let votingCodeTopic = "elections.voting.code"
}

/// Sends codes to vote, by mail or as text messages.
public enum VotingCodeDelivery {
    /// The handler of their topic.
    ///
    /// - Parameters:
    ///   - codes: Who opens what is sealed.
    ///   - database: Where the frozen addresses and numbers are.
    ///   - mail: Who carries mail; without one no code goes that way.
    ///   - text: Who carries text messages; without one no code goes that way.
    /// - Returns: The handler.
    public static func handler(
        codes: OneTimeCodes, database: Database, mail: MailCarrier?, text: TextCarrier?
    ) -> OutboxHandler {
        .outside(OutboxMessage.votingCodeTopic) { message, organization, now in
            guard let id = ID<VotingCodeParcel>(message.subject) else { return }
            let parcel = try message.payload.decoded(as: VotingCodeParcel.self)
            guard parcel.expiresAt > now, let code = try codes.open(parcel.sealedCode, for: id.rawValue)
            else {
                return
            }
            let contact = try await database.read(TenantScope(.system(in: organization))) {
                try await $0.votingContact(of: parcel.person, in: parcel.process, by: parcel.channel)
            }
            guard let contact else { return }
            switch parcel.channel {
            case .mail:
                let letter = letter(with: code, to: contact, until: parcel.expiresAt)
                if let mail, !letter.isUndeliverable { try await mail(letter, message.id.description) }
            case .text:
                try await text?(note(with: code, until: parcel.expiresAt), "+57\(contact)")
            }
        }
    }

    private static func letter(with code: String, to address: String, until end: Date) -> MailMessage {
        MailMessage(
            to: address, subject: "Su código para votar",
            text: """
                Su código para entrar a votar es:

                \(code)

                \(SpanishFormat.sentence("Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(end))")) \
                También necesita la clave de voto de su volante: el código solo abre la página. Si no lo pidió, no \
                haga nada y avise al comité electoral.
                """)
    }

    /// One message of 160 signs at the most.
    static func note(with code: String, until end: Date) -> TextMessage {
        TextMessage(
            spelling: """
                Para votar escriba \(code). Sirve una vez, hasta las \(SpanishFormat.time(ColombianTime.time(at: end))). \
                Si no lo pidió, no lo entregue a nadie y avise al comité electoral.
                """)
    }
}

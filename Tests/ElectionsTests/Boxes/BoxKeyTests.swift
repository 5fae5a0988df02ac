import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `The key of a box` {
    @Test func `is made anew by those who remain once a trustee is relieved`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 2)
        let assembly = made.assembly
        var random = SystemRandomNumberGenerator()
        let certificate = made.members[0].certificate(size: 3, threshold: 2, with: &random).text
        try await made.post(.certificate, certificate, by: 0)
        let relieved = try await made.file().trustees[1]
        try await made.runner.run(
            RelieveTrustee(relieved.id, because: "No puede venir", of: made.box, in: made.place),
            as: assembly.committee)
        let invited = try await assembly.invite("Suplente")
        try await made.runner.run(
            AppointTrustee(.user(invited.user), for: .control, of: made.box, in: made.place),
            as: assembly.committee)
        // A page that was open all the time knows of the first making alone.
        await #expect(throws: BoxError.messageRefused("es de una llave anterior, porque cambió un custodio."))
        {
            try await made.post(.certificate, certificate, by: 0, ceremony: 1)
        }
        try await made.post(.certificate, certificate, by: 0, ceremony: 2)
        #expect(try await made.desk(0).messages.map(\.number) == [1])
    }

    @Test func `takes votes on the day of the call`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7)
        let (assembly, day) = (made.assembly, 86_400.0)
        let opens = assembly.clock.now + 7 * day
        _ = try await assembly.tenants.database.transaction(
            TenantScope(.terminal(in: assembly.organization.id))
        ) { transaction in
            try await transaction.insertCalendar(
                ElectoralCalendar(milestones: [
                    Milestone(
                        kind: .voting, opensAt: opens, closesAt: opens + 3_600, rule: "Día escogido",
                        source: nil, isConfirmed: false)
                ]), of: assembly.place.process, at: assembly.clock.now)
        }
        func edit(from start: TimeInterval, until end: TimeInterval, remotely: Bool) async throws {
            var choices = made.choices
            choices.allowsRemote = remotely
            choices.opensAt = opens + start
            choices.closesAt = opens + end
            try await made.runner.run(EditBox(made.box, choices, in: made.place), as: assembly.committee)
        }
        let refusal = BoxError.otherDay(SpanishFormat.longDate(ColombianTime.date(at: opens)))
        // At tables alone it opens on that day; from afar earlier, and it is not over by then.
        try await edit(from: 0, until: 3_600, remotely: false)
        try await edit(from: -3 * day, until: 3_600, remotely: true)
        await #expect(throws: refusal) { try await edit(from: -day, until: 3_600, remotely: false) }
        await #expect(throws: refusal) { try await edit(from: day, until: day + 3_600, remotely: false) }
        await #expect(throws: refusal) { try await edit(from: -3 * day, until: -day, remotely: true) }
        await #expect(throws: refusal) { try await edit(from: day, until: 2 * day, remotely: true) }
        // A place that was put off has a day of its own.
        try await assembly.runner.run(
            PostponePlace(
                "Colegio", of: made.place.process, of: made.place.alliance, until: opens + day,
                because: "La creciente"), as: assembly.committee)
        try await edit(from: day, until: day + 3_600, remotely: false)
    }

    @Test func `is not kept by one person, but for a rehearsal`() async throws {
        await #expect(throws: BoxError.oneDecryptsAlone) {
            _ = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 1)
        }
        await #expect(throws: BoxError.oneDecryptsAlone) {
            _ = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 1, threshold: 1)
        }
        _ = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 1, isMock: true)
        let made = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 2)
        var changed = made.choices
        changed.threshold = 1
        let choices = changed
        await #expect(throws: BoxError.oneDecryptsAlone) {
            try await made.runner.run(
                EditBox(made.box, choices, in: made.place), as: made.assembly.committee)
        }
        // The database holds it as well, whoever asks.
        let box = try await made.file().box
        let refusal = await #expect(throws: PostgresError.self) {
            try await made.assembly.tenants.database.transaction(TenantScope(made.assembly.committee)) {
                transaction in
                try await transaction.update(box, to: choices, ceremony: 1)
            }
        }
        #expect(refusal?.constraint == "boxes_threshold_is_shared")
    }

    @Test func `of a trustee alone is proven before it is taken`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 2, threshold: 2)
        var random = SystemRandomNumberGenerator()
        func key(_ index: Int) -> String {
            let secret = TrusteeKey<Ed25519>.singleSecret(of: made.seeds[index])
            return String(decoding: TrusteeKey<Ed25519>(single: secret, with: &random).text, as: UTF8.self)
        }
        // The proof of one key, with another that its sender knows nothing of.
        let (own, another) = (key(0), key(1))
        let name = #""public_key":"#
        let (proof, _) = try #require(own.split(name))
        let (_, element) = try #require(another.split(name))
        await #expect(throws: BoxError.self) {
            try await made.post(.singleKey, Array((proof + name + element).utf8), by: 0)
        }
        try await made.post(.singleKey, Array(own.utf8), by: 0)
        // The second one copies it, with its proof.
        await #expect(throws: BoxError.messageRefused("El custodio 2 tiene la misma clave que otro.")) {
            try await made.post(.singleKey, Array(own.utf8), by: 1)
        }
        let none = TrusteeKey<Ed25519>(single: Ed25519.Scalar(0), with: &random)
        await #expect(throws: BoxError.self) { try await made.post(.singleKey, none.text, by: 1) }
        try await made.post(.singleKey, Array(another.utf8), by: 1)
    }

    @Test func `is not shared with somebody twice`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 2)
        var random = SystemRandomNumberGenerator()
        func certificate(of seed: SecretCode, in place: Int) -> [UInt8] {
            CeremonyMember<Ed25519>(index: place, seed: seed)
                .certificate(size: 3, threshold: 2, with: &random).text
        }
        try await made.post(.certificate, certificate(of: made.seeds[0], in: 1), by: 0)
        await #expect(throws: BoxError.messageRefused("El custodio 3 tiene la misma clave que otro.")) {
            try await made.post(.certificate, certificate(of: made.seeds[0], in: 3), by: 2)
        }
        try await made.post(.certificate, certificate(of: made.seeds[2], in: 3), by: 2)
    }

    @Test func `takes no credential by which anybody could vote`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7)
        let everybodys = String(decoding: Ed25519.text(of: Ed25519.identity), as: UTF8.self)
        let list = made.credentials() + [BoxCredential(everybodys, serial: "R9", isSpare: true)]
        let line = list.count
        await #expect(throws: BoxError.credentialRefused(line, "con esa clave podría votar cualquiera.")) {
            try await made.runner.run(
                UploadCredentials(list, to: made.box, in: made.place), as: made.authority)
        }
    }
}

extension String {
    /// What stands before and after a text.
    fileprivate func split(_ text: String) -> (String, String)? {
        range(of: text).map { (String(self[..<$0.lowerBound]), String(self[$0.upperBound...])) }
    }
}

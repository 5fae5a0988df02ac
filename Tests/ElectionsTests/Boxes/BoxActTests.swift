import Kernel
import Tenancy
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections

@Suite struct `What is proposed about a box` {
    @Test func `is taken back by whoever proposed it or the committee, and by nobody else`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 8)
        let (committee, guarantor) = (made.assembly.committee, made.assembly.guarantor)
        let juror = made.assembly.jurors[0]
        func propose(as principal: Principal) async throws -> ID<ElectoralAct> {
            try await made.runner.run(
                ProposeBoxAct(.close, of: made.box, because: "Ya votaron todos", in: made.place),
                as: principal)
        }
        func withdraw(_ act: ID<ElectoralAct>, as principal: Principal) async throws {
            try await made.runner.run(
                SettleBoxAct(act, seconding: false, of: made.box, in: made.place), as: principal)
        }
        let ofCommittee = try await propose(as: committee)
        for other in [guarantor, juror] {
            await #expect(throws: BoxError.notProposer) { try await withdraw(ofCommittee, as: other) }
        }
        #expect(try await made.file().acts.map(\.id) == [ofCommittee])
        try await withdraw(ofCommittee, as: committee)
        await #expect(throws: BoxError.actNotOpen) { try await withdraw(ofCommittee, as: committee) }
        try await withdraw(try await propose(as: guarantor), as: guarantor)
        let ofJuror = try await propose(as: juror)
        await #expect(throws: BoxError.notProposer) { try await withdraw(ofJuror, as: guarantor) }
        try await withdraw(ofJuror, as: committee)
        let file = try await made.file()
        #expect(file.acts.isEmpty && file.box.state == .open)
    }
}

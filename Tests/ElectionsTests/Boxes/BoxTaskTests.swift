import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections

extension BoxElection {
    /// What a sort of task is called for somebody.
    fileprivate func tasks(_ subject: TasksOfBoxes.Subject, of principal: Principal) async throws -> [String]
    {
        try await PendingDesk(database: assembly.tenants.database, sources: [TasksOfBoxes(subject)])
            .items(for: principal, at: clock.now).flatMap(\.names)
    }
}

@Suite struct `Whoever carries a box` {
    @Test func `hears what is to be done, and of it no more once it is done`() async throws {
        let made = try await BoxElection<Ed25519>.prepare(electors: 7, trustees: 3, threshold: 2)
        let (committee, guarantor) = (made.assembly.committee, made.assembly.guarantor)
        #expect(try await made.tasks(.keys, of: made.trustees[0]) == ["hacer su parte de la llave"])
        #expect(try await made.tasks(.credentials, of: made.authority) == ["Urna n.º 1"])
        #expect(try await made.tasks(.keys, of: committee).isEmpty)
        #expect(try await made.tasks(.steps, of: committee).isEmpty)
        try await made.makeKey()
        try await made.handIn()
        #expect(try await made.tasks(.keys, of: made.trustees[0]).isEmpty)
        #expect(try await made.tasks(.credentials, of: made.authority).isEmpty)
        #expect(try await made.tasks(.steps, of: committee) == ["sellar la urna n.º 1"])
        try await made.seal()
        #expect(try await made.tasks(.keys, of: made.trustees[1]) == ["probar que su llave abre"])
        try await made.prove()
        #expect(try await made.tasks(.keys, of: made.trustees[1]).isEmpty)
        #expect(try await made.tasks(.steps, of: committee) == ["proponer abrir la urna n.º 1"])

        let act = try await made.runner.run(
            ProposeBoxAct(.open, of: made.box, because: "Ya", in: made.place), as: committee)
        #expect(try await made.tasks(.steps, of: committee).isEmpty)
        #expect(try await made.tasks(.acts, of: committee).isEmpty)
        #expect(try await made.tasks(.acts, of: guarantor) == ["abrir la urna"])
        try await made.runner.run(
            SettleBoxAct(act, seconding: true, of: made.box, in: made.place), as: guarantor)
        #expect(try await made.tasks(.acts, of: guarantor).isEmpty)
        try await made.vote([1, 1, 2, 3, 0])
        try await made.act(.close)
        #expect(try await made.tasks(.steps, of: committee) == ["proponer contar la urna n.º 1"])
        try await made.act(.count)
        #expect(try await made.tasks(.keys, of: made.trustees[2]) == ["descifrar la suma de los votos"])
        try await made.decrypt([0, 1])
        #expect(try await made.tasks(.keys, of: made.trustees[2]).isEmpty)
    }
}

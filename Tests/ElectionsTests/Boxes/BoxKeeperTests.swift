import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Elections
@testable import Tenancy

@Suite struct `Who keeps a key or makes the slips` {
    /// An assembly with a box that wants three trustees and an authority.
    private struct Scene {
        let assembly: Assembly
        let box: ID<BallotBox>

        func appoint(
            _ user: ID<User>, for body: BoxTrustee.Body, with document: IdentityDocument? = nil
        ) async throws {
            try await assembly.runner.run(
                AppointTrustee(.user(user), for: body, with: document, of: box, in: assembly.place),
                as: assembly.committee)
        }

        func appointAuthority(_ user: ID<User>, with document: IdentityDocument? = nil) async throws {
            try await assembly.runner.run(
                AppointCredentialAuthority(.user(user), with: document, of: box, in: assembly.place),
                as: assembly.committee)
        }

        /// The function that is in the way of an appointment; `nil` where there is none.
        func obstacle(_ appointment: () async throws -> Void) async throws -> Capacity? {
            do {
                try await appointment()
                return nil
            } catch BoxError.otherCapacity(_, let capacity) {
                return capacity
            }
        }
    }

    private func scene() async throws -> Scene {
        let assembly = try await Assembly.make()
        let now = assembly.clock.now
        let box = try await assembly.runner.run(
            DraftBox(
                of: [assembly.contest], BallotBox.Choices(opensAt: now, closesAt: now + 36_000),
                isMock: false,
                in: assembly.place), as: assembly.committee)
        return Scene(assembly: assembly, box: box)
    }

    private func document(_ number: String) throws -> IdentityDocument {
        try IdentityDocument(type: .passport, number: number)
    }

    @Test func `is nothing else in the process, but of the body for which they keep it`() async throws {
        let scene = try await scene()
        let (committee, guarantor) = (
            try #require(scene.assembly.committee.user), try #require(scene.assembly.guarantor.user)
        )
        let juror = try #require(scene.assembly.jurors[0].user)
        for body in [BoxTrustee.Body.control, .alliance, .other] {
            #expect(try await scene.obstacle { try await scene.appoint(committee, for: body) } == .committee)
        }
        let own = try document("AB100")
        for body in [BoxTrustee.Body.committee, .alliance, .other] {
            #expect(
                try await scene.obstacle { try await scene.appoint(guarantor, for: body, with: own) }
                    == .guarantor)
        }
        for body in BoxTrustee.Body.allCases {
            #expect(
                try await scene.obstacle {
                    try await scene.appoint(juror, for: body, with: try document("AB200"))
                }
                    == .juror)
        }
        try await scene.appoint(committee, for: .committee)
        try await scene.appoint(guarantor, for: .control, with: own)
        // Who keeps a key makes no slips, nor who judges or watches the vote.
        #expect(try await scene.obstacle { try await scene.appointAuthority(committee) } == .committee)
        #expect(try await scene.obstacle { try await scene.appointAuthority(guarantor) } == .guarantor)
        #expect(
            try await scene.obstacle { try await scene.appointAuthority(juror, with: try document("AB200")) }
                == .juror)
        let delegate = try await scene.assembly.invite("Delegada")
        try await scene.appoint(delegate.user, for: .alliance)
        #expect(try await scene.obstacle { try await scene.appointAuthority(delegate.user) } == .trustee)
        let authority = try await scene.assembly.invite("Revisor")
        try await scene.appointAuthority(authority.user)
    }

    @Test func `does not stand, which is known by their document`() async throws {
        let scene = try await scene()
        let candidate = try IdentityDocument(type: .cedula, number: "10100")
        let (person, place) = (scene.assembly.people[0], scene.assembly.place)
        try await scene.assembly.tenants.database.transaction(TenantScope(scene.assembly.committee)) {
            _ = try await $0.take(.candidate, by: person, in: place.process, at: scene.assembly.clock.now)
        }
        let unknown = try await scene.assembly.tenants.invite(
            nil, of: scene.assembly.organization, name: "Sin documento")
        await #expect(throws: BoxError.documentMissing("Sin documento")) {
            try await scene.appoint(unknown.user, for: .alliance)
        }
        await #expect(throws: BoxError.documentMissing("Sin documento")) {
            try await scene.appointAuthority(unknown.user)
        }
        #expect(
            try await scene.obstacle { try await scene.appoint(unknown.user, for: .other, with: candidate) }
                == .candidate)
        #expect(
            try await scene.obstacle { try await scene.appointAuthority(unknown.user, with: candidate) }
                == .candidate)
    }

    @Test func `is offered only where they may be named`() async throws {
        let scene = try await scene()
        let (assembly, tenants) = (scene.assembly, scene.assembly.tenants)
        let office = try await tenants.principal(
            .officeAdministrator, of: assembly.organization, name: "Administradora")
        let free = try await assembly.invite("Libre")
        let candidate = try await assembly.invite(
            "Candidata", document: try IdentityDocument(type: .cedula, number: "10100"))
        try await tenants.database.transaction(TenantScope(assembly.committee)) {
            _ = try await $0.take(
                .candidate, by: assembly.people[0], in: assembly.place.process, at: assembly.clock.now)
        }
        func offered(_ role: Role) async throws -> Set<ID<User>> {
            Set(
                try await assembly.runner.fetch(
                    ReadNameable(as: role, in: assembly.place), as: assembly.committee
                )
                .map(\.id))
        }
        let (committee, guarantor) = (
            try #require(assembly.committee.user), try #require(assembly.guarantor.user)
        )
        let never = try [office, assembly.jurors[0], assembly.jurors[1]].map { try #require($0.user) }
        let trustees = try await offered(.trustee)
        #expect(trustees.isSuperset(of: [committee, guarantor, free.user]))
        #expect(trustees.isDisjoint(with: never + [candidate.user]))
        let authorities = try await offered(.credentialAuthority)
        #expect(authorities.contains(free.user))
        #expect(authorities.isDisjoint(with: never + [committee, guarantor, candidate.user]))
    }
}

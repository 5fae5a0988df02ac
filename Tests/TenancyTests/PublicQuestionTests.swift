import TestSupport
import Testing

@testable import Tenancy

@Suite struct `Public questions` {
    private let village = Visitor(address: "192.0.2.9", userAgent: nil)

    @Test func `do not use up the attempts of a place where it was proved whose they are`() async throws {
        let identity = try await TestTenants.make().identity
        let most = identity.limits.attemptsPerAddress
        for number in 0...most {
            _ = try await identity.ask(.claim, about: "elector \(number)", from: village) { true }
            try await identity.confirm(.claim, about: "elector \(number)", from: village)
        }
        for number in 0..<most {
            _ = try await identity.ask(.claim, about: "nadie \(number)", from: village) { true }
        }
        await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
            _ = try await identity.ask(.claim, about: "nadie", from: village) { true }
        }
    }

    @Test func `of strangers leave theirs to who was known before`() async throws {
        let identity = try await TestTenants.make().identity
        let own = Visitor(address: "192.0.2.1", userAgent: nil)
        _ = try await identity.ask(.claim, about: "elector", from: own) { true }
        try await identity.confirm(.claim, about: "elector", from: own)
        for number in 0..<identity.limits.attemptsPerLogin {
            let stranger = Visitor(address: "198.51.100.\(number)", userAgent: nil)
            _ = try await identity.ask(.claim, about: "elector", from: stranger) { true }
        }
        await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
            _ = try await identity.ask(.claim, about: "elector", from: village) { true }
        }
        #expect(try await identity.ask(.claim, about: "elector", from: own) { true } == true)
    }
}

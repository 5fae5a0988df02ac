import Kernel
import Tenancy
import Testing

@Suite struct PasswordsTests {
    @Test(arguments: [
        (text: "corta", error: PasswordError.tooShort(minimum: 12)),
        (text: String(repeating: "larga ", count: 30), error: .tooLong(maximum: 128)),
        (text: "aaaaaaaaaaaabb", error: .tooPlain),
        (text: "abcdefghijklmn", error: .tooPlain),
        (text: "9876543210987", error: .aboutThePerson),
        (text: "ana.prueba1234", error: .aboutThePerson),
        (text: "Alianzas1Alianzas2", error: .aboutThePerson),
    ])
    func `a password that can be guessed is refused with its reason`(text: String, error: PasswordError) {
        #expect(throws: error) {
            try Password(
                choosing: text, minimumCharacters: 12,
                about: ["ana.prueba@ejemplo.invalid", "9876543210", "Ana Prueba"])
        }
    }

    @Test func `a phrase is taken, even where it holds the person's name among other words`() throws {
        _ = try Password(choosing: "tres tigres en San Antero", minimumCharacters: 12, about: ["Ana Prueba"])
        _ = try Password(
            choosing: "el gato de prueba come queso", minimumCharacters: 12, about: ["Ana Prueba"])
    }

    @Test func `a hash knows its password and no other, however an accent was typed`() async throws {
        let passwords = try Passwords(cost: .lowest)
        let hash = try await passwords.hash(Password(typed: "camión azul marino"))
        #expect(hash.rawValue.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await passwords.verify(Password(typed: "camio\u{301}n azul marino"), against: hash))
        #expect(try await !passwords.verify(Password(typed: "camion azul marino"), against: hash))
        #expect(try await !passwords.verify(Password(typed: ""), against: hash))
        let again = try await passwords.hash(Password(typed: "camión azul marino"))
        #expect(again != hash)
    }

    @Test func `no password opens an account that does not exist`() async throws {
        let passwords = try Passwords(cost: .lowest)
        #expect(try await !passwords.verify(Password(typed: ""), against: nil))
    }

    @Test func `a hash of another cost is out of date`() async throws {
        let cheap = try Passwords(cost: .lowest)
        let dear = try Passwords(cost: PasswordCost(operations: 2, memory: 16_384))
        let hash = try await cheap.hash(Password(typed: "una clave cualquiera"))
        #expect(!cheap.isOutdated(hash))
        #expect(dear.isOutdated(hash))
        #expect(try await dear.verify(Password(typed: "una clave cualquiera"), against: hash))
    }

    @Test func `more work than the queue holds is refused at once`() async throws {
        let passwords = try Passwords(
            cost: PasswordCost(operations: 4, memory: 8 << 20), threads: 1, waiting: 2)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await passwords.hash(Password(typed: "x"))) != nil }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes[true, default: 0] >= 2)
        #expect(outcomes[false, default: 0] > 0)
    }

    @Test func `random passwords are taken by the rules and differ`() throws {
        let made = (0..<50).map { _ in Password.random().text }
        #expect(Set(made).count == 50)
        for text in made { _ = try Password(choosing: text, minimumCharacters: 12, about: []) }
    }
}

import Testing

@testable import Postgres

@Suite struct PlacesTests {
    @Test(.timeLimit(.minutes(1)))
    func `who comes when no place is free waits, in order, and who is cancelled leaves the queue`()
        async throws
    {
        let places = Places(1)
        var held: Place? = try await places.take()
        let cancelled = Task { try await places.take() }
        cancelled.cancel()
        await #expect(throws: PostgresError.self) { try await cancelled.value }
        let waiting = Task { try await places.take() }
        held = nil
        held = try await waiting.value
        #expect(held != nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `of many tasks all have their turn, never more at once than there are places`() async throws {
        let places = Places(3)
        let (stream, steps) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let place = try await places.take()
                    steps.yield(1)
                    await Task.yield()
                    steps.yield(-1)
                    withExtendedLifetime(place) {}
                }
                if number % 7 == 0 {
                    let task = Task { try await places.take() }
                    task.cancel()
                }
            }
            try await group.waitForAll()
        }
        steps.finish()
        var (inside, most, turns) = (0, 0, 0)
        for await step in stream {
            inside += step
            most = max(most, inside)
            turns += step == 1 ? 1 : 0
        }
        #expect((inside, turns) == (0, 300))
        #expect(most <= 3)
    }
}

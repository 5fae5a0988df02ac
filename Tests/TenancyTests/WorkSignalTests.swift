import Kernel
import Testing

@testable import Tenancy

@Suite struct WorkSignalTests {
    @Test(.timeLimit(.minutes(1))) func `an alarm that rings before anybody sleeps is not missed`() async {
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let signal = WorkSignal()
                    for _ in 0..<10_000 { #expect(await signal.wait(atMost: .nanoseconds(1)).isEmpty) }
                }
            }
        }
    }

    @Test func `a wait of no time does not wait`() async {
        let signal = WorkSignal()
        let tenant = ID<Organization>()
        #expect(await signal.wait(atMost: .zero).isEmpty)
        signal.signal(tenant)
        #expect(await signal.wait(atMost: .zero) == [tenant])
    }

    @Test(.timeLimit(.minutes(1))) func `a signal ends a long wait, and is given once`() async {
        let signal = WorkSignal()
        let tenant = ID<Organization>()
        async let told = signal.wait(atMost: .seconds(3600))
        signal.signal(tenant)
        #expect(await told == [tenant])
        #expect(await signal.wait(atMost: .zero).isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func `who is cancelled waits no longer`() async {
        let signal = WorkSignal()
        let waiting = Task { await signal.wait(atMost: .seconds(3600)) }
        waiting.cancel()
        #expect(await waiting.value.isEmpty)
    }
}

import Kernel

/// How far long work has come.
struct WorkProgress: Sendable {
    /// Where the work stands.
    enum State: Sendable, Hashable {
        case waiting
        case running
        case done
        case failed(String)
    }

    /// What is counted.
    enum Unit: Sendable, Hashable {
        case things
        case bytes
    }

    /// What is being done, such as «Importando afiliados».
    let title: String
    /// The part that runs now, such as «Revisando fechas».
    let phase: String
    let done: Int
    /// How much there is; `nil` while nobody knows.
    let total: Int?
    let state: State
    var unit = Unit.things

    /// An amount as people read it: megabytes to one decimal, or whole things.
    fileprivate func words(for amount: Int) -> String {
        switch unit {
        case .things: SpanishFormat.number(amount)
        case .bytes: "\(SpanishFormat.number(amount / 100_000, decimals: 1)) MB"
        }
    }

    /// Whether there is more to come.
    var isOpen: Bool { state == .waiting || state == .running }
}

extension HTML {
    /// Writes how far work has come. It renews itself; the page says with ``Page/refreshes`` how, where there
    /// are no scripts.
    mutating func progress(_ work: WorkProgress) {
        live(isOpen: work.isOpen) { html in
            html.div(.class("work")) { box in
                box.div(.class("work-head")) { head in
                    head.h2(work.title)
                    head.status(work.state.status)
                }
                switch work.state {
                case .failed(let reason): box.p(reason)
                case .waiting:
                    box.p(
                        "Empieza en cuanto termine lo anterior. Puede cerrar esta página: el trabajo sigue.")
                case .running, .done: box.p(work.phase)
                }
                box.measure(work)
            }
        }
    }

    /// Writes a part of the page that is read anew every two seconds while it is open.
    mutating func live(isOpen: Bool, content: (inout HTML) -> Void) {
        div(.data("live", isOpen ? "2" : nil), content: content)
    }

    private mutating func measure(_ work: WorkProgress) {
        guard let total = work.total, total > 0 else {
            if work.isOpen { element("progress", [.aria("label", work.title)]) { _ in } }
            return
        }
        let done = work.words(for: work.done)
        let share = SpanishFormat.percentage(work.done, of: total, decimals: 0)
        element("progress", [.max(String(total)), .value(String(work.done)), .aria("label", work.title)]) {
            $0.text(share)
        }
        p("\(done) de \(work.words(for: total)) (\(share))", .class("work-count"))
    }
}

extension WorkProgress.State {
    fileprivate var status: Status {
        switch self {
        case .waiting: Status("En espera", .plain)
        case .running: Status("En curso", .open)
        case .done: Status("Terminado", .met)
        case .failed: Status("Falló", .overdue)
        }
    }
}

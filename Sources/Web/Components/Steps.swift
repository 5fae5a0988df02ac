import Kernel

/// A step of a process, as a vertical calendar shows it.
struct Step {
    let title: String
    let status: Status
    /// When it happens, as people say it.
    var when: String?
    /// Whether it is the one of today.
    var isCurrent = false
    /// What else is to be told: who acts, what is missing, the rule behind the date.
    var detail: ((inout HTML) -> Void)?
}

extension HTML {
    /// Writes a process as a vertical calendar, from the first step to the last.
    mutating func steps(_ steps: [Step]) {
        ol(.class("steps")) { list in
            for step in steps {
                let tone = step.isCurrent ? "step-current" : "step-\(step.status.tone.rawValue)"
                list.li(.class("step \(tone)"), .aria("current", step.isCurrent ? "step" : nil)) { item in
                    item.div(.class("step-head")) { head in
                        head.h3(step.title)
                        head.status(step.status)
                    }
                    if let when = step.when { item.p(when, .class("step-when")) }
                    if step.isCurrent { item.p("Hoy está aquí.", .class("step-here")) }
                    if let detail = step.detail { item.div(.class("step-detail"), content: detail) }
                }
            }
        }
    }

    /// Writes where one stands in a task of several pages.
    mutating func wizard(_ names: [String], at current: Int) {
        nav(.class("wizard"), .aria("label", "Pasos")) { nav in
            nav.p("Paso \(current + 1) de \(names.count)", .class("wizard-count"))
            nav.ol { list in
                for (index, name) in names.enumerated() {
                    list.li(
                        name, .class(index < current ? "is-done" : nil),
                        .aria("current", index == current ? "step" : nil))
                }
            }
        }
    }
}

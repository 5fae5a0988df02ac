import Elections
import Foundation
import Kernel

extension BoxBoard {
    /// Its hours, as they were drafted.
    var hours: BoxHours { BoxHours(from: opensAt, until: closesAt) }

    /// Whether people are let in who vote from afar: an open box takes nothing before and after its hours.
    func isOpenFromAfar(at now: Date) -> Bool { closedDoor(at: now) == nil }

    /// Why nobody is let in from afar now, with the hours of the box, as sentences; `nil` while people are.
    func closedDoor(at now: Date) -> String? {
        let told = SpanishFormat.sentence(hours.words)
        switch state {
        case .annulled:
            return
                "Esta urna se anuló: no recibe votos, y los que recibió no cuentan. El tablero público dice cuándo y por qué. Pregunte al comité electoral cómo se vota otra vez."
        case .preparing, .sealed, .open:
            guard now < closesAt else { break }
            guard allowsRemote else {
                return
                    "Se vota en la mesa \(told) Lleve este volante y su documento: la clave se usa en la cabina, y no se escribe aquí."
            }
            if now < opensAt {
                return "La votación todavía no empieza. Se vota \(told) Guarde su volante hasta entonces."
            }
            return state == .open
                ? nil
                : "La urna todavía no se ha abierto. Se vota \(told) Guarde su volante y vuelva a intentarlo en unos minutos."
        case .closed, .tallied, .counted: break
        }
        return "La votación ya cerró: la urna no recibe más votos. Su horario era \(told)"
    }

    /// From when on people vote from afar, as a sentence; `nil` where they may already, or never will.
    func comingDoor(at now: Date) -> String? {
        guard allowsRemote, [.sealed, .open].contains(state), now < opensAt else { return nil }
        return SpanishFormat.sentence(
            "Se vota a distancia desde el \(SpanishFormat.longDateAndTime(opensAt))")
    }
}

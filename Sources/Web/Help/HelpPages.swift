import Foundation
import Kernel

/// A page of the manual.
struct HelpPage: Page {
    let manual: ManualPage
    /// Where its pictures are.
    let assets: Assets

    var title: String { manual.title }
    var trail: [Crumb] { manual.topic == .start ? [] : [Crumb("Ayuda", .help(.start))] }
    var frame: Frame { .standard }

    func body(_ html: inout HTML) {
        html.div(.class("manual")) { manual.write(&$0, from: assets) }
    }
}

/// Adds the manual, and what everybody may want to know of the site.
struct HelpRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.help) { context, topic in
            HelpPage(
                manual: try ManualPage(topic, in: context.visit.site.manual),
                assets: context.visit.site.assets)
        }
        everybody.get(Path.privacy) { _ in PrivacyPage() }
        everybody.get(Path.accessibility) { _ in AccessibilityPage() }
    }
}

/// How personal data are treated.
struct PrivacyPage: Page {
    var title: String { "Tratamiento de datos personales" }

    func body(_ html: inout HTML) {
        html.p(
            "Cada entidad responde por los datos de sus afiliados y asociados (Ley 1581 de 2012). La plataforma los guarda por encargo de ella y no los muestra a otra entidad."
        )
        html.section("Qué se guarda") { part in
            part.ul { list in
                list.li("Del padrón: documento, nombre, nacimiento, municipio, afiliación y contacto.")
                list.li(
                    "De los asociados: la autorización que dieron, sus períodos y los documentos con que prueban requisitos."
                )
                list.li("De quienes trabajan aquí: lo que hicieron, en un registro que no se puede alterar.")
            }
        }
        html.section("Sus derechos") { part in
            part.p(
                "Puede conocer, corregir y actualizar sus datos, y revocar la autorización, en la oficina de participación o SIAU de su entidad."
            )
        }
    }
}

/// How accessible the pages are.
struct AccessibilityPage: Page {
    var title: String { "Accesibilidad" }

    func body(_ html: inout HTML) {
        html.p(
            "Las páginas se hacen para las pautas WCAG 2.2, nivel AA: se usan con el teclado, con lector de pantalla, con letra ampliada y en un teléfono, también sin JavaScript."
        )
        html.p(
            "Si algo se lo impide, cuéntelo en la oficina de participación de su entidad: con eso lo corregimos."
        )
    }
}

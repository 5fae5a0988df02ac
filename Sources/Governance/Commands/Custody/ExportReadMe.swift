import Foundation
import Kernel

/// What a copy is, and how it is checked, for whoever opens it years later.
struct ExportReadMe {
    let alliance: String
    let entity: String
    let madeAt: Date
    let absences: [CopyAbsence]

    /// What stays out, by why: whole tables, and columns of those that go.
    private var withheld: String {
        Dictionary(grouping: absences, by: \.reason).sorted { $0.key < $1.key }.map { reason, absences in
            let names = absences.map { absence in
                absence.columns.isEmpty
                    ? absence.relation : "\(absence.relation) (\(absence.columns.joined(separator: ", ")))"
            }
            return "- \(reason)\n  \(names.joined(separator: ", "))"
        }
        .joined(separator: "\n")
    }

    var text: String {
        """
        COPIA DE \(alliance.uppercased())
        Entidad: \(entity)
        Hecha el \(SpanishFormat.longDateAndTime(madeAt)) (hora de Colombia)

        QUÉ ES
        Lo que la alianza tiene en la plataforma Alianzas, para que lo conserve por su cuenta. La pidió su junta.
        Contiene datos personales: guárdela con cuidado y no la publique.

        QUÉ TIENE
        datos/       Un archivo JSON por tabla, una fila por renglón. Los nombres son los de la base de datos:
                     actas en governance.minutes; reuniones en governance.meetings; elecciones en elections.
                     asociados.json: las personas que son o fueron de la alianza; de las que ya no lo son, sin
                     teléfono ni correo.
                     resultados-de-consultas.json: qué salió de las consultas que cerraron.
                     quienes-actuaron.json: los nombres de quienes aparecen en el registro.
        archivos/    Los archivos guardados y los documentos emitidos. El comienzo del nombre es su identificador
                     (file_id) en datos/tenancy.files.json. INDICE.csv dice de cada uno su clase, hasta cuándo se
                     conserva y su huella; de los que se eliminaron después de su término queda solo el renglón.
        cadena/      El registro de actuaciones, un renglón por evento, cada uno atado al anterior por su huella.
        \(ArchiveManifest.path)   Qué hay en la copia, con la huella SHA-256 de cada archivo, y dónde termina cada cadena.
        \(ArchiveManifest.sumsPath)  Las mismas huellas, para comprobarlas sin la plataforma.

        QUÉ NO TIENE, Y POR QUÉ
        De las elecciones van las que terminaron. De las que están en curso va solo lo que ya se publicó; pida otra copia
        cuando terminen.
        \(withheld)

        CÓMO SE COMPRUEBA, SIN INTERNET
        1. Descomprima la copia en una carpeta.
        2. En Linux o Mac, en esa carpeta:   sha256sum -c \(ArchiveManifest.sumsPath)
           En Windows, PowerShell, por archivo:   Get-FileHash -Algorithm SHA256 \(ArchiveManifest.path)
           Todas las huellas tienen que coincidir.
        3. La huella del manifiesto está también en el registro de la alianza («Hizo una copia»): si es la misma, la copia
           es la que se hizo.
        4. Con el programa Alianzas, todo de una vez:   alianzas audit verify --archive ARCHIVO.zip

        CÓMO SE ATA EL REGISTRO
        La huella de un eslabón es SHA-256 de los 32 octetos de la huella anterior seguidos de un texto. El texto es la lista:
        cadena, eslabón, evento, microsegundos desde 1970, clase de actor, actor, acción, objeto, compromiso; de cada uno el
        número de octetos, dos puntos y el texto, separados por comas; «-» si falta. Antes del primero, la huella es SHA-256
        del nombre de la cadena. El compromiso es SHA-256 de la sal seguida de los detalles. Todo en UTF-8 y en minúsculas.

        """
    }
}

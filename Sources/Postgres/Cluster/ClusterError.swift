public import Kernel

/// Why the private cluster of a data folder cannot be used.
public enum ClusterError: UserFacingError, Hashable {
    /// No server of PostgreSQL is installed, or only ones that are too old.
    case postgresMissing
    /// The folder was made by a version that is not installed.
    case versionMissing(major: Int)
    /// The folder was made by a version that the schema does not run on.
    case versionTooOld(major: Int)
    /// What should be a cluster is not one.
    case notACluster(path: String)
    /// Root has nobody to run the server as.
    case noUnprivilegedUser
    /// The user of this process has no name, and the socket admits by name.
    case namelessUser(id: UInt32)
    /// The unprivileged user cannot get into a folder on the way to the data.
    case unreachable(path: String, user: String)
    /// A part of the data folder is somebody else's.
    case notOurs(path: String)
    /// The operating system refused a file or folder.
    case notPermitted(path: String, reason: String)
    /// Another process serves this folder.
    case alreadyServed(folder: String, process: String)
    /// A program could not be started.
    case cannotRun(program: String, reason: String)
    /// A new cluster could not be made, or not prepared.
    case notPrepared(output: String)
    /// The server ended before it answered.
    case notStarted(log: String, lastLines: String)
    /// The server ended without having been told to.
    case ended(log: String, lastLines: String)
    /// The last server of this folder neither answers nor ends.
    case leftoverServer(process: Int32)

    /// `cluster.` and the name of the case.
    public var code: String {
        switch self {
        case .postgresMissing: "cluster.postgres_missing"
        case .versionMissing: "cluster.version_missing"
        case .versionTooOld: "cluster.version_too_old"
        case .notACluster: "cluster.not_a_cluster"
        case .noUnprivilegedUser: "cluster.no_unprivileged_user"
        case .namelessUser: "cluster.nameless_user"
        case .unreachable: "cluster.unreachable"
        case .notOurs: "cluster.not_ours"
        case .notPermitted: "cluster.not_permitted"
        case .alreadyServed: "cluster.already_served"
        case .cannotRun: "cluster.cannot_run"
        case .notPrepared: "cluster.not_prepared"
        case .notStarted: "cluster.not_started"
        case .ended: "cluster.ended"
        case .leftoverServer: "cluster.leftover_server"
        }
    }

    /// A conflict where somebody else uses the folder; otherwise the cluster is unavailable.
    public var kind: ErrorKind {
        switch self {
        case .alreadyServed: .conflict
        default: .unavailable
        }
    }

    /// What happened and what to do, in Spanish.
    public var message: String {
        switch self {
        case .postgresMissing:
            """
            No se encontró PostgreSQL \(PostgresInstallation.oldestMajor) o posterior. \
            Instálelo: «apt-get install postgresql».
            """
        case .versionMissing(let major):
            """
            Los datos son de PostgreSQL \(major), que no está instalado aquí. \
            Instálelo («apt-get install postgresql-\(major)») o pase los datos a la versión nueva con pg_upgrade.
            """
        case .versionTooOld(let major):
            """
            Los datos son de PostgreSQL \(major) y se necesita \(PostgresInstallation.oldestMajor) o posterior. \
            Páselos a una versión nueva con pg_upgrade, o indique otra carpeta en ALIANZAS_DATA.
            """
        case .notACluster(let path):
            """
            «\(path)» existe pero no contiene datos de PostgreSQL. \
            Mueva su contenido a otro lugar, o indique otra carpeta en ALIANZAS_DATA.
            """
        case .noUnprivilegedUser:
            """
            PostgreSQL no puede correr como root y no existe el usuario «postgres» ni «alianzas». \
            Cree uno: «adduser --system --group alianzas».
            """
        case .namelessUser(let id):
            "El usuario número \(id) no tiene nombre en este equipo. Ejecute el programa con un usuario que lo tenga."
        case .unreachable(let path, let user):
            """
            El usuario «\(user)», con el que corre PostgreSQL, no puede entrar a «\(path)». \
            Indique en ALIANZAS_DATA una carpeta a la que pueda entrar, como /var/lib/alianzas.
            """
        case .notOurs(let path):
            "«\(path)» es de otro usuario. Ejecute el programa con ese usuario, o indique otra carpeta en ALIANZAS_DATA."
        case .notPermitted(let path, let reason):
            """
            No se pudo usar «\(path)»: \(reason). \
            Ejecute el programa con el usuario dueño de los datos, o indique otra carpeta en ALIANZAS_DATA.
            """
        case .alreadyServed(let folder, let process):
            """
            Los datos de «\(folder)» ya están en uso: \(process). \
            Deténgalo primero, o indique otra carpeta en ALIANZAS_DATA.
            """
        case .cannotRun(let program, let reason):
            "No se pudo ejecutar «\(program)»: \(reason). Revise la instalación de PostgreSQL y de util-linux."
        case .notPrepared(let output):
            "No se pudo preparar la base de datos. PostgreSQL respondió: \(output)."
        case .notStarted(let log, let lastLines):
            "PostgreSQL no arrancó. Lo último que escribió: \(lastLines). El registro completo está en «\(log)»."
        case .ended(let log, let lastLines):
            """
            PostgreSQL se detuvo sin que se le pidiera, y por eso se detuvo también el programa. Inícielo de nuevo: \
            lo guardado se conserva. Lo último que escribió: \(lastLines). El registro completo está en «\(log)».
            """
        case .leftoverServer(let process):
            """
            El PostgreSQL anterior (proceso \(process)) sigue sin terminar. \
            Espere un momento e intente de nuevo; si persiste, deténgalo con «kill -QUIT \(process)».
            """
        }
    }
}

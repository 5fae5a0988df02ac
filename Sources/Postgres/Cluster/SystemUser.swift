import Glibc

/// A user of the operating system, as its password database knows it.
struct SystemUser: Hashable, Sendable {
    let name: String
    let id: uid_t
    let group: gid_t

    /// The user with this number, or `nil` where it has no name: PostgreSQL cannot serve a nameless one.
    init?(id: uid_t) {
        self.init { entry, buffer, size, result in
            getpwuid_r(id, entry, buffer, size, result)
        }
    }

    /// The user of this name, or `nil` where there is none.
    init?(named name: String) {
        self.init { entry, buffer, size, result in
            getpwnam_r(name, entry, buffer, size, result)
        }
    }

    /// The user that this process acts as.
    static var current: SystemUser? { SystemUser(id: geteuid()) }

    var isRoot: Bool { id == 0 }

    private init?(
        lookup: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> CInt
    ) {
        let found = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            guard let start = buffer.baseAddress, lookup(&entry, start, buffer.count, &result) == 0,
                result != nil,
                let name = entry.pw_name
            else {
                return nil as (name: String, id: uid_t, group: gid_t)?
            }
            return (String(cString: name), entry.pw_uid, entry.pw_gid)
        }
        guard let found else { return nil }
        name = found.name
        id = found.id
        group = found.group
    }
}

import Elections

extension Site {
    /// The words for what this installation sends codes by.
    var codeWords: CodeWords { CodeWords(channels: entrance.channels) }
}

/// How pages speak of the way that codes to vote take in this installation.
struct CodeWords {
    let channels: Set<CodeChannel>

    /// Whither a code goes: «al celular o al correo»; `nil` where the installation sends nothing.
    var destination: String? {
        switch (channels.contains(.text), channels.contains(.mail)) {
        case (true, true): "al celular o al correo"
        case (true, false): "al celular"
        case (false, true): "al correo"
        case (false, false): nil
        }
    }

    /// What an elector without one has not registered: «celular ni correo».
    var missing: String {
        channels.count == 2 ? "celular ni correo" : channels.contains(.text) ? "celular" : "correo"
    }
}

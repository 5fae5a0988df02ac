# What deploy/run and deploy/test share. Sourced, never run.
# shellcheck shell=bash

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly home

# What the program needs to be built and to run.
# shellcheck disable=SC2034
readonly packages=(
    binutils ca-certificates g++ git libcurl4 libncurses6 libsqlite3-0 libxml2 tzdata # what the Swift toolchain needs
    libcurl4-openssl-dev libexpat1-dev libminizip-dev libpq-dev libqrencode-dev libsodium-dev libssl-dev libxlsxwriter-dev # the C libraries that it links
    pkg-config zlib1g-dev
    postgresql-15                                                                   # its database
    fonts-inter libjs-bootstrap5                                                    # its pages
    libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 python3-venv               # its PDF documents (WeasyPrint)
)

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "$*"
    exit 1
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

# Installs those of the named Debian packages that are missing, and asks for nothing where none is.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || die "Faltan estos paquetes y aquí no hay apt-get: ${missing[*]}."
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        die "Faltan paquetes. Pida a quien administra el equipo que ejecute: apt-get install ${missing[*]}"
    fi
    say "Se instalan los paquetes que faltan: ${missing[*]}"
    local -r wait_for_others='DPkg::Lock::Timeout=600'
    without_main_cluster
    as_root apt-get -o "$wait_for_others" -q update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o "$wait_for_others" -q install --yes --no-install-recommends "${missing[@]}"
}

missing_packages() {
    local installed package
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep --quiet --line-regexp --fixed-strings "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# Debian's package starts a server of its own when it is first installed; nobody asked for that one.
without_main_cluster() {
    local -r folder=/etc/postgresql-common/createcluster.d
    [[ -e /usr/share/postgresql-common || -e $folder/alianzas.conf ]] && return
    as_root mkdir -p "$folder"
    as_root tee "$folder/alianzas.conf" >/dev/null <<<'create_main_cluster = false'
}

# Makes a Python environment hold exactly what a file of pinned, hashed packages says.
python_environment() {
    local -r folder=$home/$1 requirements=$home/deploy/$2
    # Its scripts know where it is: after a move it is made anew.
    cmp --quiet "$folder/installed.txt" <(printf '# %s\n' "$folder" && cat "$requirements") && return
    say "Se preparan las herramientas de Python de $2"
    rm -rf "$folder"
    /usr/bin/python3 -m venv "$folder"
    "$folder/bin/pip" --quiet --disable-pip-version-check install \
        --require-hashes --only-binary :all: --requirement "$requirements"
    { printf '# %s\n' "$folder" && cat "$requirements"; } >"$folder/installed.txt"
}

# Makes the fonts of the pages, unless they were made by the present script.
make_fonts() {
    local -r script=$home/deploy/fonts folder=$home/.build/fonts
    [[ -x $script && ! $folder/inter-600.woff2 -nt $script ]] || return 0
    "$script" "$folder" >&2
}

# Tells whether nothing that the program is made of has changed since it was built.
is_built() {
    local -r executable=$home/.build/$1/alianzas stamp=$home/.build/$1.built
    [[ -x $executable && -e $stamp ]] || return 1
    [[ -z $(find "$home/Package.swift" "$home/Sources" -newer "$stamp" -print -quit) ]]
}

# Builds in a configuration, and remembers when it began.
swift_build() {
    local -r stamp=$home/.build/$1.built
    mkdir -p "$home/.build" && touch "$stamp.begun" &&
        swift build --package-path "$home" --configuration "$1" "${@:2}" >&2 &&
        mv "$stamp.begun" "$stamp"
}

require_swift() {
    command -v swift >/dev/null ||
        die "No se encontró Swift. Instale la versión 6.3 (https://www.swift.org/install/linux) y póngala en el PATH."
    local told version
    told=$(swift --version 2>&1) || die "Swift está instalado y no funciona: $told"
    version=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<<"$told")
    [[ $(printf '%s\n' 6.3 "$version" | sort --version-sort | head -n 1) == 6.3 ]] ||
        die "Esta es la versión $version de Swift y se necesita la 6.3. Instálela de https://www.swift.org/install/linux."
}

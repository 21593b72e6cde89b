# Sourced by the scripts beside it.

# Installs Debian packages as root or through sudo; says what is missing where it may do neither.
install() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if command -v apt-get >/dev/null &&
        "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; then
        return
    fi
    echo "missing, and not to be installed from here: $*" >&2
    return 1
}

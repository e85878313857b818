#!/bin/sh
# setup.sh [--list] SET...: installs the Debian packages of the named sets that are missing, and nothing when none is.
# Asks for sudo when it does not run as root.  --list only prints what is missing.  The Makefile picks the sets.
set -eu

# set, package, and for some a command: found in PATH, it stands for the package.
packages() {
	cat <<-'END'
	build   gcc                     gcc
	build   libc6-dev
	build   pkg-config              pkg-config
	build   gettext                 msgfmt
	build   unicode-data
	build   bzip2                   bzip2
	build   libncurses-dev
	build   libcurl4-openssl-dev
	build   libssl-dev
	build   libmicrohttpd-dev
	build   libjson-c-dev
	build   libsodium-dev
	build   libqrencode-dev
	build   libutf8proc-dev
	build   libxlsxwriter-dev
	build   zlib1g-dev
	build   libseccomp-dev
	engine  npm                     npm
	engine  ca-certificates
	system  libsqlite3-dev
	test    libcmocka-dev
	test    libmimalloc-dev
	test    tmux                    tmux
	test    unzip                   unzip
	test    procps                  pgrep
	test    curl                    curl
	test    age                     age
	test    minisign                minisign
	test    ncurses-base
	lint    clang-format            clang-format
	clang   clang                   clang
	clang   libclang-rt-dev
	county  nodejs                  node
	county  npm                     npm
	county  openjdk-17-jdk-headless javac
	county  maven                   mvn
	county  postgresql-15
	county  nginx-light             nginx
	county  openssl                 openssl
	bench   less                    less
	bench   tig                     tig
	bench   htop                    htop
	bench   mc                      mc
	bench   age                     age
	bench   fossil                  fossil
	END
}

installed() {
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints the missing packages of one set, one a line.
missing() {
	packages | while read -r set package command; do
		[ "$set" = "$1" ] || continue
		[ -z "$command" ] || ! command -v "$command" >/dev/null 2>&1 || continue
		installed "$package" || echo "$package"
	done
}

list=
if [ "${1:-}" = --list ]; then
	list=y
	shift
fi
[ $# -gt 0 ] || { echo "usage: setup.sh [--list] SET..." >&2; exit 2; }
need=$(for set; do missing "$set"; done | sort -u | tr '\n' ' ')
need=${need% }
[ -z "$list" ] || { echo "$need"; exit 0; }
[ -n "$need" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
	echo "setup: these Debian packages or their like are missing: $need" >&2
	exit 1
fi
root=
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null 2>&1 || { echo "setup: as root, please: apt-get install $need" >&2; exit 1; }
	echo "setup: installing $need (sudo may ask for your password)" >&2
	root=sudo
else
	echo "setup: installing $need" >&2
fi
install() {
	# shellcheck disable=SC2086 # a list of words
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need </dev/null
}
# Somebody gave this machine certificates without Debian's package (a proxy of the county, say).  The package, which npm
# brings along, would write its own list over them; handed over as local ones, they become part of it.
keep_certificates() {
	bundle=/etc/ssl/certs/ca-certificates.crt
	if [ -s $bundle ] && ! installed ca-certificates; then
		$root mkdir -p /usr/local/share/ca-certificates
		$root cp $bundle /usr/local/share/ca-certificates/kept-by-cunyi-setup.crt
	fi
}
have_lists() {
	ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1
}
# The lists are fetched only when there are none or when they are too old to install from.
have_lists || $root apt-get update -q
keep_certificates
install || { $root apt-get update -q && install; }

#!/bin/sh
# keys.sh [init NAME...]         the county's authority, the server's certificate for these names or addresses, the database's password
# keys.sh device NAME [CSR]      a certificate for a device: from its request, or with a key made here (then NAME.key goes to it by hand)
# keys.sh revoke NAME            its certificate is worth nothing from the next reload on
# Everything stands in $KEYS (keys/ beside this script); the authority's key belongs on a machine without a network.
set -eu
umask 077
cd "$(dirname "$0")"
keys=${KEYS:-keys}

settings() {
	cat <<-END
	[ca]
	default_ca = county
	[county]
	dir = $keys
	database = $keys/index
	serial = $keys/serial
	crlnumber = $keys/crlnumber
	new_certs_dir = $keys/issued
	certificate = $keys/authority.crt
	private_key = $keys/authority.key
	default_md = sha384
	default_days = 730
	default_crl_days = 3650
	policy = any
	unique_subject = no
	[any]
	commonName = supplied
	[req]
	distinguished_name = none
	[none]
	[authority]
	basicConstraints = critical,CA:TRUE,pathlen:0
	keyUsage = critical,keyCertSign,cRLSign
	subjectKeyIdentifier = hash
	[device]
	basicConstraints = critical,CA:FALSE
	keyUsage = critical,digitalSignature
	extendedKeyUsage = clientAuth
	[server]
	basicConstraints = critical,CA:FALSE
	keyUsage = critical,digitalSignature
	extendedKeyUsage = serverAuth
	subjectAltName = ${names:-DNS:localhost}
	END
}
new_key() { openssl ecparam -name secp384r1 -genkey -noout -out "$1"; }
sign() { # EXTENSIONS CSR CRT
	openssl ca -batch -notext -config "$keys/settings" -extensions "$1" -in "$2" -out "$3" 2>"$keys/log" || { cat "$keys/log" >&2; exit 1; }
}
name_is_good() {
	case $1 in *[!A-Za-z0-9._-]* | '') echo "keys.sh: a name has letters, digits, point, hyphen and underscore only: van07" >&2; exit 2 ;; esac
}

init() {
	[ ! -e "$keys/authority.key" ] || { echo "keys.sh: $keys holds an authority already; nothing was changed" >&2; exit 1; }
	mkdir -p "$keys/issued"
	names=DNS:localhost
	for name; do case $name in *[!0-9.]*) names=$names,DNS:$name ;; *) names=$names,IP:$name ;; esac; done
	settings >"$keys/settings"
	: >"$keys/index"
	echo 1000 >"$keys/serial"
	echo 1000 >"$keys/crlnumber"
	new_key "$keys/authority.key"
	openssl req -x509 -new -sha384 -days 7300 -config "$keys/settings" -extensions authority -key "$keys/authority.key" -subj "/CN=County authority" -out "$keys/authority.crt"
	new_key "$keys/server.key"
	openssl req -new -config "$keys/settings" -key "$keys/server.key" -subj "/CN=county-server" -out "$keys/server.csr"
	sign server "$keys/server.csr" "$keys/server.crt"
	openssl ca -config "$keys/settings" -gencrl -out "$keys/revoked.crl" 2>/dev/null
	openssl rand -hex 24 | tr -d '\n' >"$keys/db-password"
	chmod 644 "$keys/db-password" # HAPI's container runs as nobody of this machine; for others the folder is closed
	echo "Made in $keys. Devices need authority.crt."
}
device() {
	name_is_good "$1"
	csr=${2:-$keys/$1.csr}
	if [ $# -lt 2 ]; then
		new_key "$keys/$1.key"
		openssl req -new -config "$keys/settings" -key "$keys/$1.key" -subj "/CN=$1" -out "$csr"
	fi
	[ "$(openssl req -in "$csr" -noout -subject -nameopt multiline | sed -n 's/ *commonName *= //p')" = "$1" ] ||
		{ echo "keys.sh: the request is not for $1" >&2; exit 1; }
	sign device "$csr" "$keys/$1.crt"
	echo "$keys/$1.crt: now a line in devices.map:  $1 \"device 350299101\";"
}
revoke() {
	name_is_good "$1"
	openssl ca -config "$keys/settings" -revoke "$keys/$1.crt" 2>/dev/null
	openssl ca -config "$keys/settings" -gencrl -out "$keys/revoked.crl" 2>/dev/null
	echo "$1 is revoked; now: nginx -s reload"
}

case ${1:-init} in
init) shift $(($# > 0)); init "$@" ;;
device) [ $# -ge 2 ] || { echo "usage: keys.sh device NAME [CSR]" >&2; exit 2; }; shift; device "$@" ;;
revoke) [ $# -eq 2 ] || { echo "usage: keys.sh revoke NAME" >&2; exit 2; }; revoke "$2" ;;
*) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac

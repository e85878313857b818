#!/bin/sh
# How the county is reached, by commands: what is set and shown, and that secrets go nowhere.
. tests/cli/lib.sh
clinic
run county show
expect "nothing is set: it says what is lacking" 0 '"address":""' '"login":"none"' '"lacks":"还没有县平台的网址'
run county set --address http://county.example.cn/fhir
expect "an address without https: not_allowed" 5 '"code":"not_allowed"' '"field":"county"'
run county set --login password
expect "no such way: invalid_value, with an example" 1 '"code":"invalid_value"' '"field":"login"' '"example":"key"'
run county set --colour red
expect "an unknown option: usage" 2 '"code":"usage"'
run county set --address https://county.example.cn/fhir --login key --client-id clinic-7 --proxy none
expect "set and shown" 0 '"address":"https://county.example.cn/fhir"' '"login":"key"' '"client_id":"clinic-7"' '"proxy":"none"' '本机还没有密钥'
run county key
expect "the key's public half, as servers read it" 0 '"kty":"EC"' '"crv":"P-384"' '"alg":"ES384"' '!"d":'
first=$(take kid)
run county key --out "$TMPDIR/key.json"
expect "to a file, which says the same" 0
same "the same key" "$(sed 's/.*"kid":"\([^"]*\)".*/\1/' "$TMPDIR/key.json")" "$first"
run county key --new --type RS384
expect "a new key, the one before beside it" 0 '"kty":"RSA"' "$first"
run county key --new --type DSA
expect "no such type: invalid_value" 1 '"code":"invalid_value"' '"field":"type"'
run county request
expect "a request for a certificate" 0 'BEGIN CERTIFICATE REQUEST'
printf 'geheim-123\n' >"$TMPDIR/token"
run county set --login token --token "$TMPDIR/token"
expect "the secret text is taken in, and not shown" 0 '"token":true' '!geheim'
run county set --token "$TMPDIR/none"
expect "no such file: not_found" 1 '"code":"not_found"'
printf 'two words\n' >"$TMPDIR/bad"
run county set --login key --token "$TMPDIR/bad"
expect "what is no secret text is refused" 1 '"code":"format"' '"field":"token"'
run county show
expect "and nothing was half set" 0 '"login":"token"' '"token":true'
printf 'geheim-456' | run county set --token -
"$CUNYI" --data "$data" county set --token - <"$TMPDIR/token" >/dev/null
same "the folder is for the owner alone" "$(stat -c %a "$data/county" "$data/county"/* | sort -u | tr '\n' ' ')" "600 700 "
same "nothing secret in the log" "$(grep -c geheim "$data"/*.log 2>/dev/null | grep -v ':0$')" ""
run county set --load 1234
expect "no township: invalid_value, with an example" 1 '"code":"invalid_value"' '"field":"load"' '"example":"350299101,350299102"'
run county set --load ','
expect "commas alone are no township, nor the whole county" 1 '"code":"invalid_value"' '"field":"load"' '全县' '"example":"350299101,350299102"'
run county set --load '； ，'
expect "nor are the full-width ones" 1 '"field":"load"'
run county show
expect "and what was set stays" 0 '"load":""'
run county set --load '350299102, 350299101，350299102'
expect "several townships, each once" 0 '"load":"350299102,350299101"'
run county set --load own
expect "this township" 0 '"load":"350299101"'
plain county show
expect "in words" 0 '从县里取: 本乡镇 350299101'
run county set --load all
expect "the whole county" 0 '"load":""'
one=sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
plain county set --pins "$one"
expect "one key of the county, and no spare: what that means is said" 0 "$one" '没有备用'
plain county set --pins "$one;sha256//AAAAQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
expect "with its spare: nothing to say" 0 "$one;" '!没有备用'
plain county set --pins "$one;$one"
expect "the same twice is no spare" 0 '没有备用'
run county set --pins ''
expect "none" 0 '"pins":""'
run county pin "$TMPDIR/bad"
expect "no certificate: format" 1 '"code":"format"'
run county try
expect "nobody there: network" 4 '"code":"network"'
plain county enrol
expect "enrol without an address: usage" 2
plain county show
expect "in words" 0 '怎样证明身份: 县里给的口令'
done_testing

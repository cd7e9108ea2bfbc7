#!/bin/sh
# Checks environments in a pipeline: fetches testedon, holds it against its checksum, runs
# `testedon check`, and writes a report. action.yml runs it, and templates/testedon.yml.
#
# TESTEDON_PRODUCT and every other variable of a flag is read by the program itself. Besides:
#
#   INPUT_ENVIRONMENT   components, each a line KIND=TEXT
#   INPUT_FROM          files with what machines print, each a line
#   INPUT_SBOM          bills of materials, each a line
#   TESTEDON_VERSION    which version to fetch, such as v1.2.3; latest where it is empty
#   TESTEDON_CHECKSUM   SHA-256 of its archive, in place of that in SHA256SUMS beside it
#   TESTEDON_DOWNLOADS  where versions are, instead of on GitHub
#   TESTEDON_REPORT     the report: testedon.sarif, or a name that ends in .xml for JUnit
#
# It ends with the exit code of the program. In GitHub Actions that is an output instead, so
# that the report is uploaded first; the summary of the job and its annotations are written.
# No value becomes part of a command, and none that is printed can give the runner one.
set -eu

fail() {
	echo "testedon: $1" >&2
	exit "$2"
}

# fetch ADDRESS FILE
fetch() {
	if command -v curl >/dev/null; then
		curl -fsSL --proto '=https,file' --retry 3 -o "$2" -- "$1"
	else
		wget -q -O "$2" -- "$1"
	fi || fail "$1 cannot be fetched" 3
}

checksum() {
	if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

report=${TESTEDON_REPORT:-testedon.sarif}
case $report in *[![:print:]]*) fail 'the name of the report has a line break or another control character' 2 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $(uname -s)-$(uname -m) in
Linux-x86_64) archive=testedon-linux-amd64.tar.gz ;;
Linux-aarch64 | Linux-arm64) archive=testedon-linux-arm64.tar.gz ;;
Darwin-x86_64) archive=testedon-darwin-amd64.tar.gz ;;
Darwin-arm64) archive=testedon-darwin-arm64.tar.gz ;;
*) fail "there is no archive for $(uname -s) on $(uname -m); install the program and run testedon check" 2 ;;
esac
downloads=${TESTEDON_DOWNLOADS:-https://github.com/testedon/testedon/releases}
case ${TESTEDON_VERSION:-latest} in
latest) downloads=$downloads/latest/download ;;
*[!0-9A-Za-z.+-]*) fail 'the version is not one such as v1.2.3' 2 ;;
*) downloads=$downloads/download/$TESTEDON_VERSION ;;
esac
fetch "$downloads/$archive" "$work/$archive"
expected=${TESTEDON_CHECKSUM:-}
if [ -z "$expected" ]; then
	fetch "$downloads/SHA256SUMS" "$work/SHA256SUMS"
	expected=$(awk -v name="$archive" '$2 == name { print $1 }' "$work/SHA256SUMS")
fi
found=$(checksum "$work/$archive")
[ "$found" = "$expected" ] || fail "$archive has the checksum $found, and not \"$expected\"" 3
tar -xzf "$work/$archive" -C "$work"
program=$work/testedon/testedon

# Each line is one argument, whatever stands in it.
set -- check
while read -r line; do [ -z "$line" ] || set -- "$@" "--with=$line"; done <<END
${INPUT_ENVIRONMENT:-}
END
while read -r line; do [ -z "$line" ] || set -- "$@" "--from=$line"; done <<END
${INPUT_FROM:-}
END
while read -r line; do [ -z "$line" ] || set -- "$@" "--sbom=$line"; done <<END
${INPUT_SBOM:-}
END

code=0 again=0 format=sarif
case $report in *.xml) format=junit ;; esac
"$program" "$@" -o text >"$work/text" 2>&1 || code=$?
"$program" "$@" -o "$format" >"$work/report" 2>/dev/null || again=$?
[ "$code" = "$again" ] || fail 'the answer changed between two questions' 3
if [ -s "$work/report" ]; then cp -- "$work/report" "$report"; else report=''; fi
if [ -z "${GITHUB_ACTIONS:-}" ]; then
	cat "$work/text"
	exit "$code"
fi

# The rest is for GitHub Actions. The log is no place for commands of the runner.
mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$mark"
cat "$work/text"
printf '\n::%s::\n' "$mark"
{
	echo '### TestedOn'
	echo '<pre>'
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g' "$work/text"
	echo '</pre>'
} >>"$GITHUB_STEP_SUMMARY"
if [ "$format" = sarif ] && [ -n "$report" ] && command -v jq >/dev/null; then
	jq -r '
		def data: gsub("%"; "%25") | gsub("\r"; "%0D") | gsub("\n"; "%0A");
		def property: data | gsub(":"; "%3A") | gsub(","; "%2C");
		.runs[].results[] | select((.suppressions // []) == [])
		| (.locations[0].physicalLocation // null) as $at
		| "::" + (if .level == "error" then "error" else "warning" end) + " title=TestedOn"
		+ (if $at then ",file=" + (if .ruleId == "waiver" then $ENV.TESTEDON_WAIVERS else $ENV.TESTEDON_FILE end | property) + ",line=" + ($at.region.startLine // 1 | tostring) else "" end)
		+ "::" + (.message.text | data)' "$work/report"
fi
printf 'exit-code=%s\nreport=%s\n' "$code" "$report" >>"$GITHUB_OUTPUT"

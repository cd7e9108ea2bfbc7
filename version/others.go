package version

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// readUbuntu reads year and month, the month in two digits: 24.04, 24.04.1, and
// 2404 as images are named.
func readUbuntu(text string) (Range, error) {
	year := countDigits(text)
	if year == 4 && len(text) == 4 && (text[2:] == "04" || text[2:] == "10") {
		text, year = text[:2]+"."+text[2:], 2
	}
	if year < len(text) && text[year] == '.' && countDigits(text[year+1:]) == 1 {
		return Range{}, message.Of("version.ubuntu.month")
	}
	return readLinux(text)
}

// kernel is the version of a Linux kernel with what its distribution adds:
// "3.10.0-1160.el7.x86_64", "5.14.21-150400.22-default".
var kernel = str.Regexp(`^[2-7]\.\d{1,2}\.\d{1,3}-\d`)

// linuxUpdate is a minor release as Red Hat and Oracle write it: "8 update 4", "8u4".
var linuxUpdate = str.Regexp(`^(\d+)(?: update |u)(\d+)$`)

// readLinux reads releases of a distribution.
func readLinux(text string) (Range, error) {
	if kernel().MatchString(text) {
		return Range{}, message.Of("version.linux.kernel", strconv.Quote(text))
	}
	return readDotted(linuxUpdate().ReplaceAllString(text, "$1.$2"))
}

// readSUSE reads a release and its service pack: "15 SP6" is 15.6.
func readSUSE(text string) (Range, error) {
	for _, sep := range []string{" service pack ", "service pack", "sp"} {
		release, pack, found := strings.Cut(text, sep)
		if !found {
			continue
		}
		p, rest, err := scan(strings.TrimRight(release, " -") + "." + strings.TrimSpace(pack))
		if err != nil || p.n != 2 || rest != "" {
			return Range{}, message.Of("version.suse.service_pack")
		}
		return prefix(p.slice()...), nil
	}
	return readLinux(text)
}

// readDB2 reads version, release, modification and fix pack: 11.5.9.0,
// "11.1 M4 FP5" (which is 11.1.4.5), "10.5 fix pack 11" (10.5.0.11).
func readDB2(text string) (Range, error) {
	p, rest, err := scan(text)
	if err != nil {
		return Range{}, err
	}
	if p.n != 2 || rest == "" || rest[0] != ' ' {
		return readDotted(text)
	}
	rest, mod := cutNumber(rest, " modification ", " mod pack ", " mod ", " m")
	rest, pack := cutNumber(rest, " fix pack ", " fixpack ", " fp ", " fp")
	if rest != "" {
		return Range{}, meansNothing(rest)
	}
	release := p.slice()
	if pack == nil {
		return prefix(append(release, mod...)...), nil
	}
	if mod == nil {
		mod = []uint64{0}
	}
	return prefix(append(append(release, mod...), pack...)...), nil
}

// cutNumber takes one of words and the whole number after it off the beginning
// of text.
func cutNumber(text string, words ...string) (rest string, number []uint64) {
	for _, word := range words {
		after, ok := strings.CutPrefix(text, word)
		if !ok {
			continue
		}
		if n := countDigits(after); n > 0 && n <= maxDigits {
			p, _, _ := scan(after[:n])
			return after[n:], p.slice()
		}
	}
	return text, nil
}

// replicationPrefix is what MariaDB 10 tells clients before its version, as old
// ones take 10 for 1 (MDEV-4088). There is no release 5.5.5 of it.
const replicationPrefix = "5.5.5-"

// readMariaDB reads "10.5.27-MariaDB" and "5.5.5-10.5.27-MariaDB".
func readMariaDB(text string) (Range, error) {
	if rest, ok := strings.CutPrefix(text, replicationPrefix); ok && countDigits(rest) > 0 {
		text = rest
	}
	return readMySQL(text)
}

// readMySQL reads "8.0.36-0ubuntu0.22.04.1". A number alone behind the hyphen is that of
// another build: "8.0.36-28" of Percona's, "10.6.14-9" of MariaDB Enterprise Server.
func readMySQL(text string) (Range, error) {
	if number, build, _ := strings.Cut(text, "-"); strings.Count(number, ".") == 2 && countDigits(build) > 0 {
		if n := countDigits(build); n == len(build) || build[n] == '-' {
			return Range{}, message.Of("version.mysql.build", strconv.Quote("-"+build[:n]))
		}
	}
	return readDotted(text)
}

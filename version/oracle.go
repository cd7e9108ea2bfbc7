package version

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// oracleName is a marketing name of Oracle Database and the numbers behind it.
type oracleName struct {
	name     string
	series   Range
	releases []Range // "release 1", "release 2"
}

// oracleNoise is what may stand between a name and a release.
var oracleNoise = noiseOf("oracle-database")

// oracleNames follow the release numbers of Oracle's Lifetime Support Policy:
// the names of Oracle 9i to 12c stand for two releases each; 26ai is published
// as 23.26, before which the same series was called 23ai.
var oracleNames = []oracleName{
	{"8i", prefix(8, 1), nil},
	{"9i", prefix(9, 0).Union(prefix(9, 2)), []Range{prefix(9, 0), prefix(9, 2)}},
	{"10g", prefix(10, 1).Union(prefix(10, 2)), []Range{prefix(10, 1), prefix(10, 2)}},
	{"11g", prefix(11, 1).Union(prefix(11, 2)), []Range{prefix(11, 1), prefix(11, 2)}},
	{"12c", oracle12, []Range{prefix(12, 1), prefix(12, 2)}},
	{"18c", prefix(18), nil},
	{"19c", prefix(19), nil},
	{"21c", prefix(21), nil},
	{"23c", oracle23ai, nil},
	{"23ai", oracle23ai, nil},
	{"26ai", between(bound{23, 26}, bound{24}), nil},
}

var (
	oracle12   = prefix(12, 1).Union(prefix(12, 2))
	oracle23ai = between(bound{23}, bound{23, 26})
)

// readOracle reads versions of Oracle Database, by name ("12c release 2",
// "12cR2", "19c") or by number ("12.2.0.1", "19.22").
func readOracle(text string) (Range, error) {
	for _, n := range oracleNames {
		if rest, ok := strings.CutPrefix(text, n.name); ok {
			return n.read(strings.TrimLeft(rest, " -"))
		}
	}
	return readOracleNumber(text)
}

// oracleRDS is what Amazon RDS adds to a version: ".ru-2023-10.rur-2023-10.r1", ".v8".
var oracleRDS = str.Regexp(`\.(?:ru-\d{4}-\d{2}\.(?:rur|spb)-\d{4}-\d{2}\.r\d+|v\d+)$`)

func readOracleNumber(text string) (Range, error) {
	p, err := scanVersion(text)
	if err != nil {
		return Range{}, err
	}
	return oracleNumber(&p), nil
}

// oracleNumber is the range of a number. 18c and 19c were numbered 12.2.0.2 and
// 12.2.0.3 before Oracle changed to yearly numbers (MOS note 742060.1), so 12.2.0.1
// is all there is of 12.2. Zeros that are printed to fill five numbers say nothing:
// 12.1.0.2.0 is 12.1.0.2, and 19.0.0.0.0 is 19c with any update.
func oracleNumber(p *numbers) Range {
	for p.n > 3 && p.all[p.n-1] == 0 {
		p.n--
	}
	first := p.all[0]
	switch {
	case p.n == 1 && first == 12:
		return oracle12
	case p.n > 3 && [3]uint64(p.all[:3]) == [3]uint64{12, 2, 0} && (p.all[3] == 2 || p.all[3] == 3):
		return prefix(16 + p.all[3])
	case p.n == 4 && p.all == bound{12, 2, 0, 1}, p.n == 3 && first < 18 && p.all[2] == 0:
		p.n = 2
	case first >= 18 && p.all.size() == 1:
		p.n = 1
	}
	return prefix(p.slice()...)
}

// read reads what follows the name: nothing, a release, or the number itself.
func (n oracleName) read(rest string) (Range, error) {
	if rest == "" {
		return n.series, nil
	}
	rest = trimNoise(rest, oracleNoise)
	for _, word := range []string{"release ", "release", "rel ", "rel", "r", "version "} {
		if number, ok := strings.CutPrefix(rest, word); ok {
			rest = strings.TrimSpace(number)
			break
		}
	}
	if len(rest) == 1 && rest >= "1" && int(rest[0]-'0') <= len(n.releases) {
		return n.releases[rest[0]-'1'], nil
	}
	r, err := readOracleNumber(rest)
	if err == nil && n.series.Within(r) { // 23.0.0.0.0 is what 23ai and 26ai print
		return n.series, nil
	}
	if err != nil || !r.Within(n.series) {
		return Range{}, message.Of("version.oracle", strconv.Quote(rest), n.name)
	}
	return r, nil
}

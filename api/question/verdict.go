package question

import (
	"net/http"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// VerdictHeader tells the verdict of an answer about one environment, and whether it
// passes: "tested; pass".
const VerdictHeader = "X-TestedOn-Verdict"

// PassWords say whether an answer passes.
var PassWords = map[bool]string{true: "pass", false: "fail"}

// verdictHeaders are the values of the header, ready to be set.
var verdictHeaders = func() map[fact.Verdict]map[bool][]string {
	all := map[fact.Verdict]map[bool][]string{}
	for _, verdict := range fact.Verdicts {
		all[verdict] = map[bool][]string{}
		for pass, word := range PassWords {
			all[verdict][pass] = []string{string(verdict) + "; " + word}
		}
	}
	return all
}()

// verdictKey is how the name of the header stands in a map of headers.
var verdictKey = http.CanonicalHeaderKey(VerdictHeader)

// TellVerdict says in the header what the answer says. It comes before it is known
// whether the client has the answer already, whose 304 says it too.
func TellVerdict(c wire.Context, a *compat.Answer) {
	c.Response().Header()[verdictKey] = verdictHeaders[a.Verdict][a.Pass]
}

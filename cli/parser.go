package cli

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/internal/str"
)

// parserWords are what the parser says, and the messages that are said in its place.
var parserWords = [][2]string{
	{`expected duration but got (".*"): .*`, "cli.line.time"},
	{`expected a valid \d+ bit uint but got ("-\d+")`, "cli.line.small"},
	{`expected a valid \d+ bit u?int but got ("\d+")`, "cli.line.large"},
	{`expected a valid \d+ bit u?int but got (".*")`, "cli.line.number"},
	{`netip\.ParsePrefix\(("[^"]*")\): .*`, "cli.line.network"},
	{`expected \S+ value but got ".*" \(\S+ flag\); perhaps try (--\S+=)"(.*)"\?`, "cli.line.value"},
	{`missing value, expecting .*`, "cli.line.missing"},
}

// plainer puts what the parser says into words of this program.
func (p Program) plainer(message string) string {
	for _, words := range parserWords {
		if m := regexp.MustCompile(words[0]).FindStringSubmatch(message); m != nil {
			message = strings.Replace(message, m[0], p.Words.Text(words[1], m[1:]...), 1)
		}
	}
	return message
}

// unknown is what the parser says of a name that it does not know, with those that it takes for
// near, or of a value with those that there are.
var unknown = str.Regexp(`^(?:(\D+ (\S+)), did you mean (?:one of )?(.*)\?|--\S+ must be one of (\S+) but got "(.*)")$`)

// nearer names what may have been meant in a message of the parser: nothing far-fetched, and
// formats by their other names as well.
func (p Program) nearer(message string) string {
	m := unknown().FindStringSubmatch(message)
	if m == nil {
		return message
	}
	typed, names := m[2]+m[5], strings.FieldsFunc(m[3]+m[4], func(r rune) bool { return strings.ContainsRune(`", `, r) })
	meant := slices.DeleteFunc(fact.Closest(typed, names), func(name string) bool { return !strings.EqualFold(name[:1], typed[:1]) })
	for _, f := range export.Formats {
		if slices.Contains(names, f.Name) && (strings.EqualFold(f.Title, typed) || f.Extension == typed) {
			meant = []string{f.Name}
		}
	}
	return p.Words.Text("cli.line.meant", cmp.Or(m[1], message), p.Words.Or(meant))
}

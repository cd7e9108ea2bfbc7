package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// spending is a part of a request: what a function takes with all that it calls, less what is a
// part of its own within it. A part is within the first of some functions that was called.
type spending struct {
	what, function string
	within         []string
}

const (
	kept     = "api.(*Server).again.func1"
	wrapper  = "api.compressed.func1"
	router   = "github.com/labstack/echo/v4.(*Echo).ServeHTTP"
	lingers  = "api.(*Server).door.Linger.func1.1"
	observes = "api.(*Server).observe-fm.(*Server).observe.func1"
	recovers = "api/wire.Recovered.func1"
	crosses  = "api.New.CORS.func3.1"
	tags     = "api/wire.PlainTags.func1"
	admits   = "api.New.(*Limits).Admit.func4.1"
	checks   = "api.(*Server).check"
	fixed    = "bench.bareHandler.func1"
	rest     = "net/http: the end of the request, waiting for the next one; the scheduler"
	judges   = "compat.(*Matrix).Check"
)

// budget is a request, from the outside to the inside.
var budget = []spending{
	{"net/http: reading and parsing the request", "net/http.(*conn).readRequest", nil},
	{"kept answers: looking up, and keeping", kept, nil},
	{"compression wrapper", wrapper, []string{kept}},
	{"router and its context", router, []string{wrapper}},
	{"middleware Linger and observe", lingers, []string{router}},
	{"middleware Linger and observe", observes, []string{lingers}},
	{"request id", "api/wire.ChooseID", []string{observes, kept}},
	{"headers that protect", "api/wire.Harden", []string{observes}},
	{"metrics", "api.(*metrics).observe", []string{observes}},
	{"log line", "api.(*Server).log", []string{observes, kept}},
	{"middleware Recovered: panics", recovers, []string{observes}},
	{"middleware CORS", crosses, []string{recovers}},
	{"middleware PlainTags: entity tags", tags, []string{crosses}},
	{"middleware Admit: how many at once", admits, []string{tags}},
	{"operation: view of the day, the question's memory", checks, []string{admits}},
	{"query: reading the parameters", "api/question.(*Question).FromQuery", []string{checks}},
	{"resolve: reading the texts", "api/question.(*Question).ReadComponents", []string{checks}},
	{"judge", judges, []string{checks}},
	{"moves: what would pass instead", "compat.(*Matrix).moves", []string{judges}},
	{"verdict in a header", "api/question.TellVerdict", []string{checks}},
	{"entity tag, and whether the client has it", "api/wire.FreshFor", []string{checks}},
	{"writing the answer as JSON", "api/answers.(*View).AppendAnswer", []string{checks}},
	{"the bare handler itself, which sets as many headers", fixed, []string{router}},
	{"net/http: status line, headers, sending", "api/wire.Send", []string{checks}},
	{"net/http: status line, headers, sending", "api/wire.SendAgain", []string{kept}},
	{"net/http: status line, headers, sending", "github.com/labstack/echo/v4.(*Response).Write", []string{fixed}},
}

// showBudget prints, as a table in Markdown, what the parts of a request over a connection take.
func showBudget(to io.Writer, dir string, servers []figure) error {
	var names, lines []string
	costs := map[string]map[string]float64{}
	for _, s := range servers {
		names = append(names, s.name)
		within, err := inclusive(filepath.Join(dir, s.name+".out"))
		if err != nil {
			return err
		}
		cost := map[string]float64{"all": s.value}
		outside := s.value
		for _, p := range budget {
			took := within[p.function] / requestsCounted
			cost[p.what] += took
			if i := slices.IndexFunc(p.within, func(f string) bool { return within[f] > seldom }); i >= 0 {
				cost[budget[slices.IndexFunc(budget, func(b spending) bool { return b.function == p.within[i] })].what] -= took
			} else {
				outside -= took
			}
		}
		cost[rest] = outside
		cost["of all this: allocating"] = within["runtime.mallocgc"] / requestsCounted
		costs[s.name] = cost
	}
	for _, p := range budget {
		if !slices.Contains(lines, p.what) {
			lines = append(lines, p.what)
		}
	}
	fmt.Fprintf(to, "| instructions of a request | %s |\n|---|%s\n", strings.Join(names, " | "), strings.Repeat("---|", len(names)))
	for _, line := range append(lines, rest, "all", "of all this: allocating") {
		fmt.Fprintf(to, "| %s |", line)
		for _, name := range names {
			if cost := costs[name][line]; math.Abs(cost)*requestsCounted > seldom {
				fmt.Fprintf(to, " %.0f |", cost)
			} else {
				fmt.Fprint(to, " – |")
			}
		}
		fmt.Fprintln(to)
	}
	return nil
}

// seldom is what a function took that is none of the requests that are counted.
const seldom = 50 * requestsCounted

var called = regexp.MustCompile(`^ *([\d,]+) \([^)]*\) +\S+?:(\S.*?)(?: \[[^\]]*\])?$`)

// inclusive gives what each function took with all that it called, by its name without that of
// this module.
func inclusive(path string) (map[string]float64, error) {
	text, err := exec.Command("callgrind_annotate", "--inclusive=yes", "--auto=no", "--threshold=100", path).Output()
	if err != nil {
		return nil, fmt.Errorf("callgrind_annotate: %w", err)
	}
	all := map[string]float64{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if found := called.FindStringSubmatch(lines.Text()); found != nil {
			took, err := strconv.ParseFloat(strings.ReplaceAll(found[1], ",", ""), 64)
			name := strings.ReplaceAll(found[2], "github.com/testedon/testedon/", "")
			if err == nil && took < 1e15 {
				all[name] = max(all[name], took)
			}
		}
	}
	return all, nil
}

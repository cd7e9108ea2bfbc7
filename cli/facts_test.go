package cli_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"
)

// factsFile has what the vendor's pages say, collected by reading them; it is
// not made from the catalogue.
const (
	factsFile   = "../seed/testdata/facts.csv"
	leftOutFile = "../seed/testdata/facts_left_out.txt"
)

// row is one line of the facts. Technology and version are as printed.
type row struct {
	line                                                    int
	product, release, category, technology, version, status string
	authority, sourceRepository, sourcePath, sourceRevision string
}

// String names the row as the list of those left out does.
func (r row) String() string {
	return strings.Join([]string{r.product, r.release, r.category, r.technology, r.version, r.status, r.sourceRepository}, " | ")
}

// printed is the item as printed.
func (r row) printed() string { return strings.TrimSpace(r.technology + " " + r.version) }

// TestFacts asks a running service for every collected fact: the answer must hold
// the item as printed, its status and its source, and the verdict that this
// supports. What the catalogue does not state is listed with a reason.
func TestFacts(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks a question about each fact")
	}
	s := serveEmbedded(t)
	leftOut := readLeftOut(t)
	count, used := map[string]int{}, map[string]bool{}
	for _, r := range readFacts(t) {
		found, err := s.states(r)
		reason, isLeftOut := leftOut[r.String()]
		switch {
		case isLeftOut && err == nil:
			t.Errorf("%s:%d: %s: is stated, and listed in %s as left out: %s", factsFile, r.line, r, leftOutFile, reason)
		case isLeftOut:
			used[r.String()] = true
			count["left out"]++
		case err != nil:
			t.Errorf("%s:%d: %s: %v", factsFile, r.line, r, err)
		default:
			count[r.category]++
			count[found]++
		}
	}
	for line := range leftOut {
		if !used[line] {
			t.Errorf("%s: %q is no row of %s", leftOutFile, line, factsFile)
		}
	}
	t.Logf("answered and left out: %v", count)
}

func readFacts(t *testing.T) []row {
	t.Helper()
	file, err := os.Open(factsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]row, len(lines)-1)
	for i, f := range lines[1:] {
		rows[i] = row{i + 2, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]}
	}
	return rows
}

// readLeftOut gives the reason for each row that is left out.
func readLeftOut(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(leftOutFile)
	if err != nil {
		t.Fatal(err)
	}
	reasons, reason := map[string]string{}, ""
	for i, line := range strings.Split(string(data), "\n") {
		heading, isHeading := strings.CutPrefix(line, "== ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case isHeading:
			reason = heading
		case reason == "" || reasons[line] != "":
			t.Fatalf("%s:%d: %q has no reason, or stands there twice", leftOutFile, i+1, line)
		default:
			reasons[line] = reason
		}
	}
	return reasons
}

// releases are those that a row speaks of: 4.3.x is each of 4.3.
func (r row) releases() []string {
	if series, all := strings.CutSuffix(r.release, ".x"); all {
		return []string{series + ".0", series + ".1"}
	}
	return []string{r.release}
}

// states reports how the service states a row for each of its releases, or what
// is missing.
func (s *service) states(r row) (found string, err error) {
	for _, release := range r.releases() {
		asked := r
		asked.release = release
		switch {
		case r.category == "sysreq":
			found, err = s.requires(asked)
		case r.category == "incompatibility" && r.status == "incompatible":
			found, err = s.excludes(asked)
		case r.category == "incompatibility":
			found, err = s.cautions(asked)
		default:
			found, err = s.lists(asked)
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", release, err)
		}
	}
	return found, nil
}

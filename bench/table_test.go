package bench

import (
	"bufio"
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
)

var (
	only   = flag.String("table", "", "print the table, or the rows of it whose names a pattern finds")
	record = flag.Bool("record", false, "keep the table, as last.tsv")
	counts = flag.String("counts", "", "a folder for what callgrind counts, which stays")
)

// lastTable is the table as it was kept last. Its order is that of rows.
const lastTable = "last.tsv"

// figure is one that was measured. The less, the better.
type figure struct {
	name, unit string
	value      float64
}

// row is a figure of the table, beside the last one and its bound, which is empty where there is none.
type row struct {
	figure
	last        float64
	bound       string
	isNew, seen bool
}

// countedUnits are those of figures that no neighbour of the machine moves.
var countedUnits = []string{"instructions", "allocations", "B", "× counted"}

const tolerance = 1.05

// steady reports whether a figure fails where it is worse by more than tolerance. The scheduler
// of Go moves those of whole servers by some 3 %.
func (f *figure) steady() bool {
	return slices.Contains(countedUnits, f.unit) && !strings.HasPrefix(f.name, "server-")
}

// TestTable measures everything once and prints it beside the last table, and what became worse
// at the end. It fails where a steady figure is worse by more than 5 %; other figures, which
// drift with the machine, are named where they are, or are above their bounds. It runs where it
// is asked to.
func TestTable(t *testing.T) {
	if *only == "" {
		t.Skip("SKIPPED: make bench asks for it")
	}
	var servers []figure
	dir := *counts
	if err := os.MkdirAll(cmp.Or(dir, "."), 0o755); err != nil {
		t.Fatal(err)
	}
	measured := slices.Concat(benchmarks(t, "Operation", "0.3s"), benchmarks(t, "HTTP", "5x"), benchmarks(t, "Start", "7x"), benchmarks(t, "StartMillion", "3x"))
	if _, err := exec.LookPath("valgrind"); err != nil || runtime.GOARCH != "amd64" {
		fmt.Fprintln(os.Stdout, "No instructions are counted: that takes valgrind, which is not here, on an amd64 processor.")
	} else {
		if dir == "" {
			dir = t.TempDir()
		}
		servers = countServers(t, dir, regexp.MustCompile(*only))
		measured = slices.Concat(measured, countOperations(t, dir, *only), servers)
	}
	if built, err := os.Stat(program()); err == nil && regexp.MustCompile(*only).MatchString("program") {
		measured = append(measured, figure{"program", "MB", float64(built.Size()) / 1e6})
	}
	rows, err := readTable()
	if err != nil {
		t.Fatal(err)
	}
	rows = beside(rows, append(measured, ratios(measured)...))
	worse := show(os.Stdout, rows)
	if len(servers) > 0 {
		if err := showBudget(os.Stdout, dir, servers); err != nil {
			t.Error(err)
		}
	}
	if *record && !t.Failed() {
		if err := writeTable(rows); err != nil {
			t.Error(err)
		}
	} else if worse {
		t.Fail()
	}
}

// benchmarks runs benchmarks of this program in a process of their own.
func benchmarks(t *testing.T, name, duration string) (all []figure) {
	out, err := exec.Command(os.Args[0], "-test.run=^$", "-test.bench=^Benchmark"+name+"$/("+*only+")", "-test.benchtime="+duration, "-test.timeout=1h").CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		_, name, _ := strings.Cut(fields[0], "/")
		name = strings.TrimSuffix(name, fmt.Sprint("-", runtime.GOMAXPROCS(0)))
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				t.Errorf("%s: %v", line, err)
			}
			all = append(all, figureOf(name, fields[i+1], value))
		}
	}
	return all
}

// figureOf gives a figure of a benchmark, for one question.
func figureOf(name, unit string, value float64) figure {
	for _, o := range operations {
		if o.name == name {
			value /= float64(o.of)
		}
	}
	switch unit {
	case "ns/op":
		return figure{name, "µs", value / 1000}
	case "B/op":
		unit = "B"
	case "allocs/op":
		unit = "allocations"
	}
	return figure{name, unit, value}
}

// ratios are those of instructions: what a question costs as the catalogue grows, in a batch,
// and beside the bare handler.
func ratios(measured []figure) (all []figure) {
	of := map[string]float64{}
	for _, f := range measured {
		if f.unit == "instructions" {
			of[f.name] = f.value
		}
	}
	for _, r := range [][3]string{
		{"million-against-small", "different-million", "request-different"}, {"500-products-against-1", "different-products-500", "different-products-1"},
		{"server-repeated-against-bare", "server-repeated", "server-bare"}, {"server-first-against-bare", "server-first", "server-bare"}, {"server-different-against-bare", "server-different", "server-bare"},
		{"server-different-again-against-bare", "server-different-again", "server-bare"},
	} {
		if of[r[1]] > 0 && of[r[2]] > 0 {
			all = append(all, figure{r[0], "× counted", of[r[1]] / of[r[2]]})
		}
	}
	return all
}

// beside puts what was measured beside what was before.
func beside(rows []row, measured []figure) []row {
	for _, f := range measured {
		i := slices.IndexFunc(rows, func(r row) bool { return r.name == f.name && r.unit == f.unit })
		if i < 0 {
			i, rows = len(rows), append(rows, row{isNew: true})
		}
		rows[i].figure, rows[i].seen = f, true
	}
	return rows
}

// show prints the rows that were measured, and what is worse. It reports whether a steady figure is.
func show(to io.Writer, rows []row) (failed bool) {
	var worse []string
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "what\tunit\tlast\tnow\tchange\tbound\t\n")
	for _, r := range rows {
		if !r.seen {
			continue
		}
		last, change, bound, note := "", "new", "", ""
		if !r.isNew {
			last = number(r.last)
			change = fmt.Sprintf("%+.1f %%", 100*(r.value/r.last-1))
			if r.last == r.value {
				change = "="
			}
			if r.value > r.last*tolerance && !r.timed() {
				note = "worse: " + change
				failed = failed || r.steady()
			}
		}
		if most, err := strconv.ParseFloat(r.bound, 64); err == nil {
			bound = "≤ " + r.bound
			if r.value > most {
				note = strings.TrimPrefix(note+", above its bound of "+r.bound, ", ")
			}
		}
		if note != "" {
			worse = append(worse, fmt.Sprintf("%s: %s %s: %s", r.name, number(r.value), r.unit, note))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t\n", r.name, r.unit, last, number(r.value), change, bound)
	}
	w.Flush()
	fmt.Fprintln(to, "\nWorse by more than 5 %, or above a bound:", len(worse))
	for _, line := range worse {
		fmt.Fprintln(to, " ", line)
	}
	return failed
}

// timed reports whether a figure is judged by its bound alone: times and memory.
func (r *row) timed() bool { return !slices.Contains(countedUnits, r.unit) && r.unit != "×" }

// number writes a figure as short as it can be told apart from others.
func number(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// readTable reads the last table: lines of a name, a unit, a value, which is empty where
// it was not measured yet, and a bound, apart by tabs.
func readTable() (rows []row, err error) {
	text, err := os.ReadFile(lastTable)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("%s: %q has no four cells", lastTable, lines.Text())
		}
		r := row{figure: figure{name: cells[0], unit: cells[1]}, bound: cells[3]}
		if r.isNew = cells[2] == ""; !r.isNew {
			if r.last, err = strconv.ParseFloat(cells[2], 64); err != nil {
				return nil, err
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// writeTable keeps what was measured, and of the rest what was before.
func writeTable(rows []row) error {
	var text strings.Builder
	for _, r := range rows {
		value := ""
		if r.seen {
			value = number(r.value)
		} else if !r.isNew {
			value = number(r.last)
		}
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s\n", r.name, r.unit, value, r.bound)
	}
	return os.WriteFile(lastTable, []byte(text.String()), 0o644)
}

package fact_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
)

func TestQuantities(t *testing.T) {
	cases, err := os.ReadFile("testdata/quantities.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(cases)) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if asked, want, ok := strings.Cut(line, "=> "); ok {
			dimension, text, _ := strings.Cut(asked, "|")
			checkQuantity(t, n, strings.TrimSpace(text), fact.Dimension(strings.TrimSpace(dimension)), want)
			continue
		}
		checkOrder(t, n, line)
	}
}

func checkQuantity(t *testing.T, n int, text string, d fact.Dimension, want string) {
	t.Helper()
	q, err := fact.ParseQuantity(text, d)
	if words, isError := strings.CutPrefix(want, "error "); isError {
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("line %d: %q is %v, %v; want an error with %q", n, text, q, err, words)
		}
		return
	}
	if err != nil || q.String() != want {
		t.Errorf("line %d: %q is %q, %v; want %q", n, text, q, err, want)
	}
	again, err := fact.ParseQuantity(q.String(), d)
	if err != nil || again != q {
		t.Errorf("line %d: %q printed and read again is %v, %v", n, text, again, err)
	}
}

func checkOrder(t *testing.T, n int, line string) {
	t.Helper()
	for sign, want := range map[string]int{" < ": -1, " = ": 0, " > ": 1} {
		left, right, ok := strings.Cut(line, sign)
		if !ok {
			continue
		}
		a, b := readAny(t, n, left), readAny(t, n, right)
		if a.Compare(b) != want || b.Compare(a) != -want {
			t.Errorf("line %d: %s compares %d and %d", n, line, a.Compare(b), b.Compare(a))
		}
		return
	}
	t.Fatalf("line %d: %q says nothing", n, line)
}

func readAny(t *testing.T, n int, text string) fact.Quantity {
	t.Helper()
	q, err := fact.ParseQuantity(text, "")
	if err != nil {
		t.Fatalf("line %d: %v", n, err)
	}
	return q
}

// Within JSON a quantity is its text.
func TestQuantityAsText(t *testing.T) {
	var q struct{ Amount fact.Quantity }
	if err := json.Unmarshal([]byte(`{"Amount":"1.0-1.2 GHz"}`), &q); err != nil {
		t.Fatal(err)
	}
	if text, err := json.Marshal(q); err != nil || string(text) != `{"Amount":"1–1.2 GHz"}` {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`{"Amount":"2"}`), &q); err == nil {
		t.Error("an amount without a unit was read")
	}
}

// FuzzQuantity reads any text: what is read prints and reads back the same.
func FuzzQuantity(f *testing.F) {
	for _, text := range []string{"2GB", "0.5", "500m", "1.0-1.2 GHz", "-1", "2048 MiB", "1e9", "999999999999.999 TiB"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range []fact.Dimension{"", fact.DimensionBytes, fact.DimensionCores, fact.DimensionFrequency, fact.DimensionCount} {
			q, err := fact.ParseQuantity(text, d)
			if err != nil {
				continue
			}
			again, err := fact.ParseQuantity(q.String(), d)
			if err != nil || again != q {
				t.Fatalf("%q is %v, and %q is %v, %v", text, q, q.String(), again, err)
			}
			if q.Low < 0 || q.High < q.Low || d != "" && q.Dimension() != d {
				t.Fatalf("%q is %+v as %s", text, q, d)
			}
		}
	})
}

package fact

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/testedon/testedon/message"
)

// Quantity is an amount with its unit, or a range of amounts: 2 GB, 0.5 cores,
// 1–1.2 GHz. It is exact to a thousandth of the unit.
type Quantity struct {
	// Low and High are thousandths of the unit, and equal but for a range.
	Low, High int64
	Unit      string // a unit's own spelling: "GB", "cores"
}

// Dimension is what a unit measures.
type Dimension string

// The dimensions.
const (
	DimensionCores     Dimension = "cores"
	DimensionBytes     Dimension = "bytes"
	DimensionFrequency Dimension = "frequency"
	DimensionCount     Dimension = "machines"
)

// unit is one way to measure a dimension.
type unit struct {
	name      string // as printed in answers
	dimension Dimension
	milli     int64    // thousandths of the dimension's base unit (core, byte, hertz, one) in it
	spellings []string // in lower case; an "s" may follow each
}

// units are all units. Prefixes are those of the International System of Units:
// a GB is 10^9 bytes, a GiB 2^30 (ISO/IEC 80000-13). Kubernetes' Mi and Gi are
// MiB and GiB, its m thousandths of a core.
var units = []unit{
	{"cores", DimensionCores, 1000, []string{"core", "cpu", "vcpu", "processor", "compute unit", "unit"}},
	{"m", DimensionCores, 1, []string{"m", "millicore", "millicpu"}},
	{"B", DimensionBytes, 1000, []string{"b", "byte"}},
	{"kB", DimensionBytes, 1000_000, []string{"kb", "k"}},
	{"MB", DimensionBytes, 1000_000_000, []string{"mb", "m"}},
	{"GB", DimensionBytes, 1000_000_000_000, []string{"gb", "g"}},
	{"TB", DimensionBytes, 1000_000_000_000_000, []string{"tb", "t"}},
	{"KiB", DimensionBytes, 1000 << 10, []string{"kib", "ki"}},
	{"MiB", DimensionBytes, 1000 << 20, []string{"mib", "mi"}},
	{"GiB", DimensionBytes, 1000 << 30, []string{"gib", "gi"}},
	{"TiB", DimensionBytes, 1000 << 40, []string{"tib", "ti"}},
	{"MHz", DimensionFrequency, 1000_000_000, []string{"mhz"}},
	{"GHz", DimensionFrequency, 1000_000_000_000, []string{"ghz"}},
	{"machines", DimensionCount, 1000, []string{"machine", "instance"}},
}

// unitOf finds a unit of a dimension by a spelling of it; an empty dimension
// means any.
func unitOf(spelling string, d Dimension) *unit {
	wanted := strings.Join(strings.Fields(strings.ToLower(spelling)), " ")
	for i := range units {
		u := &units[i]
		if d != "" && u.dimension != d {
			continue
		}
		for _, s := range u.spellings {
			if wanted == s || len(s) > 2 && wanted == s+"s" {
				return u
			}
		}
	}
	return nil
}

// unit finds the unit of a quantity; nil for the zero Quantity.
func (q Quantity) unit() *unit {
	for i := range units {
		if units[i].name == q.Unit {
			return &units[i]
		}
	}
	return nil
}

// Dimension is what the quantity measures; empty for the zero Quantity.
func (q Quantity) Dimension() Dimension {
	if u := q.unit(); u != nil {
		return u.dimension
	}
	return ""
}

// Dimension is what the quantities of a resource measure; empty for an unknown
// one.
func (r Resource) Dimension() Dimension {
	switch r {
	case ResourceCores:
		return DimensionCores
	case ResourceClock:
		return DimensionFrequency
	case ResourceMemory, ResourceHeap, ResourceDisk:
		return DimensionBytes
	case ResourceMachine:
		return DimensionCount
	}
	return ""
}

// ParseQuantity reads an amount of a dimension as people write it: "2GB",
// "2048 MiB", "0.5", "500m", "2 vCPU", "1.0-1.2 GHz". An amount of cores or
// machines needs no unit. With an empty dimension any unit will do, and one is
// needed. The error is plain and names the text.
func ParseQuantity(text string, d Dimension) (Quantity, error) {
	numbers, spelling := splitQuantity(text)
	low, high, isRange := strings.Cut(numbers, "-")
	if !isRange {
		high = low
	}
	u := unitOf(spelling, d)
	if spelling == "" && (d == DimensionCores || d == DimensionCount) {
		u = baseUnit(d)
	}
	switch {
	case strings.HasPrefix(strings.TrimSpace(text), "-"):
		return Quantity{}, message.Of("quantity.negative", strconv.Quote(text))
	case numbers == "":
		return Quantity{}, message.Of("quantity.numberless", strconv.Quote(text))
	case u == nil && spelling == "":
		return Quantity{}, message.Of("quantity.unitless", strconv.Quote(text))
	case u == nil:
		return Quantity{}, message.Of("quantity.unit", strconv.Quote(spelling), strconv.Quote(text))
	}
	q := Quantity{Unit: u.name}
	var err error
	if q.Low, err = parseMilli(strings.TrimSpace(low), text); err == nil {
		q.High, err = parseMilli(strings.TrimSpace(high), text)
	}
	if err != nil {
		return Quantity{}, err
	}
	if q.High < q.Low {
		return Quantity{}, message.Of("quantity.backwards", strconv.Quote(text))
	}
	return q, nil
}

func baseUnit(d Dimension) *unit {
	for i := range units {
		if units[i].dimension == d {
			return &units[i]
		}
	}
	return nil
}

// splitQuantity parts the numbers, of which there are two in a range, from the
// unit. A dash may be the one of typographers.
func splitQuantity(text string) (numbers, unit string) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "–", "-"))
	end := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789.- ", r) })
	if end < 0 {
		end = len(text)
	}
	return strings.TrimSpace(text[:end]), strings.TrimSpace(text[end:])
}

// maxDigits bounds the digits before and after the point. With them, an amount
// in thousandths fits an int64.
const maxDigits = 12

// parseMilli reads a number of up to three decimals as thousandths. The error names the amount.
func parseMilli(text, amount string) (int64, error) {
	whole, fraction, hasPoint := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	switch {
	case !isNumber(whole) || hasPoint && fraction != "" && !isNumber(fraction) || strings.HasSuffix(text, "."):
		return 0, message.Of("quantity.number", strconv.Quote(amount))
	case len(whole) > maxDigits:
		return 0, message.Of("quantity.large", strconv.Quote(amount))
	case len(fraction) > 3:
		return 0, message.Of("quantity.fine", strconv.Quote(amount))
	}
	return strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// String prints the quantity: "2 GB", "0.5 cores", "1–1.2 GHz", "500m".
func (q Quantity) String() string {
	if q.Unit == "" {
		return ""
	}
	text := printMilli(q.Low)
	if q.High != q.Low {
		text += "–" + printMilli(q.High)
	}
	switch {
	case q.Unit == "m":
		return text + q.Unit // as Kubernetes writes it
	case strings.HasSuffix(q.Unit, "s") && q.Low == 1000 && q.High == 1000:
		return text + " " + strings.TrimSuffix(q.Unit, "s")
	}
	return text + " " + q.Unit
}

// printMilli prints thousandths as a decimal number.
func printMilli(n int64) string {
	whole := strconv.FormatInt(n/1000, 10)
	if n%1000 == 0 {
		return whole
	}
	return whole + "." + strings.TrimRight(fmt.Sprintf("%03d", n%1000), "0")
}

// Number is a count of thousandths as a number.
func Number(milli int64) float64 { return float64(milli) / 1000 }

// MarshalText writes the quantity as [Quantity.String] does.
func (q Quantity) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads a quantity with its unit.
func (q *Quantity) UnmarshalText(text []byte) error {
	read, err := ParseQuantity(string(text), "")
	if err == nil {
		*q = read
	}
	return err
}

// Times is n of the quantity; ok is false where that is too large.
func (q Quantity) Times(n int) (_ Quantity, ok bool) {
	low, okLow := times(q.Low, int64(n))
	high, okHigh := times(q.High, int64(n))
	return Quantity{low, high, q.Unit}, okLow && okHigh
}

func times(a, b int64) (int64, bool) {
	if a < 0 || b < 0 || a > 0 && b > math.MaxInt64/a {
		return 0, false
	}
	return a * b, true
}

// Plus is the sum of two quantities of one unit; ok is false where their units
// differ or the sum is too large.
func (q Quantity) Plus(o Quantity) (_ Quantity, ok bool) {
	if q.Unit != o.Unit || q.High > math.MaxInt64-o.High {
		return Quantity{}, false
	}
	return Quantity{q.Low + o.Low, q.High + o.High, q.Unit}, true
}

// Compare orders two quantities of one dimension by their lower ends, whatever
// their units.
func (q Quantity) Compare(o Quantity) int {
	return q.base().Cmp(o.base())
}

// base is the lower end in millionths of the base unit, which may be more than
// an int64 holds.
func (q Quantity) base() *big.Int {
	u := q.unit()
	if u == nil {
		return new(big.Int)
	}
	return new(big.Int).Mul(big.NewInt(q.Low), big.NewInt(u.milli))
}

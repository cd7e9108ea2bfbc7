package wire_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
)

// shape is a word of a closed list.
type shape string

// Words are all shapes.
func (shape) Words() []string { return []string{"round", "square"} }

// boxPath names a box.
type boxPath struct {
	Box string `path:"box" example:"b1"`
}

// boxParams are parameters of every sort.
type boxParams struct {
	boxPath
	Colour string   `query:"colour" implied:"red"`
	Shape  shape    `query:"shape" usual:"round"`
	Tags   []string `query:"tag"`
	Limit  int      `query:"limit" min:"1" max:"9" usual:"5"`
	Shift  int      `query:"shift" min:"-3" max:"3"`
	Sizes  []int    `query:"size" min:"0" max:"10"`
	Token  string   `query:"token" longest:"500"`
}

var boxes = wire.TableOf[boxParams]()

// read reads a request for a box.
func read(box, query string) (boxParams, error) {
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/boxes/x?"+query, nil), httptest.NewRecorder())
	c.SetParamNames("box")
	c.SetParamValues(box)
	in, err := wire.ReadInput(c, boxes.Params...)
	if err != nil {
		return boxParams{}, err
	}
	return boxes.Read(in)
}

// TestParams reads each sort of parameter, and what is there without it.
func TestParams(t *testing.T) {
	usual := boxParams{boxPath: boxPath{Box: "b 1"}, Shape: "round", Limit: 5}
	for _, c := range []struct {
		query string
		want  func(*boxParams)
	}{
		{query: "", want: func(*boxParams) {}},
		{query: "&", want: func(*boxParams) {}},
		{query: "colour=dark+blue&shape=square", want: func(p *boxParams) { p.Colour, p.Shape = "dark blue", "square" }},
		{query: "tag=a&limit=9&tag=b%2Bc", want: func(p *boxParams) { p.Tags, p.Limit = []string{"a", "b+c"}, 9 }},
		{query: "size=0&size=10&shift=-3", want: func(p *boxParams) { p.Sizes, p.Shift = []int{0, 10}, -3 }},
		{query: "token=" + strings.Repeat("t", 400), want: func(p *boxParams) { p.Token = strings.Repeat("t", 400) }},
	} {
		want := usual
		c.want(&want)
		if got, err := read("b 1", c.query); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v", c.query, got, err)
		}
	}
}

// TestBadParams refuses what no parameter takes, and says how to mend it.
func TestBadParams(t *testing.T) {
	for _, c := range []struct {
		name, box, query string
		field, hint      string
		candidates       []string
	}{
		{name: "unknown", box: "b", query: "color=red", field: "color", hint: "Did you mean colour?", candidates: []string{"colour"}},
		{name: "unknown and near to none", box: "b", query: "xyzzy=1", field: "xyzzy", hint: "Known are: colour, shape, tag"},
		{name: "part of the path", box: "b", query: "box=b", field: "box", hint: "Known are"},
		{name: "twice", box: "b", query: "colour=red&colour=red", field: "colour", hint: "Give it once"},
		{name: "empty", box: "b", query: "tag=a&tag=", field: "tag", hint: "leave it out"},
		{name: "too long", box: "b", query: "colour=" + strings.Repeat("r", 201), field: "colour", hint: "Shorten it"},
		{name: "a broken escape", box: "b", query: "colour=%zz", field: "colour", hint: "%25"},
		{name: "a broken escape in a name", box: "b", query: "%zz=1", field: "query", hint: "%25"},
		{name: "no UTF-8", box: "b", query: "colour=%ff", field: "colour", hint: "UTF-8"},
		{name: "a control character", box: "b", query: "colour=a%00b", field: "colour", hint: "control characters"},
		{name: "no such word", box: "b", query: "shape=oval", field: "shape", hint: "Use one of round, square", candidates: []string{"round", "square"}},
		{name: "too small", box: "b", query: "limit=0", field: "limit", hint: "from 1 to 9"},
		{name: "too large", box: "b", query: "limit=10", field: "limit", hint: "from 1 to 9"},
		{name: "no number", box: "b", query: "shift=1.5", field: "shift", hint: "from -3 to 3"},
		{name: "one number of several", box: "b", query: "size=1&size=11", field: "size", hint: "from 0 to 10"},
		{name: "empty path", box: " ", query: "", field: "box", hint: "leave it out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := read(c.box, c.query)
			if err == nil {
				t.Fatalf("it is read: %+v", got)
			}
			e := wire.AsError(err)
			if e.Code != "invalid" || e.Field != c.field || !strings.Contains(e.Hint, c.hint) || !slices.Equal(e.Candidates, c.candidates) && c.candidates != nil {
				t.Errorf("%s, field %q, hint %q, candidates %q", e.Code, e.Field, e.Hint, e.Candidates)
			}
		})
	}
}

// TestEscapedPath: a part of the path is read as it was escaped.
func TestEscapedPath(t *testing.T) {
	for part, want := range map[string]string{"a%2Fb": "a/b", "a%2525": "a%25"} {
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/boxes/"+part, nil), httptest.NewRecorder())
		c.SetParamNames("box")
		c.SetParamValues(part)
		if c.Request().URL.RawPath == "" {
			c.SetParamValues(c.Request().URL.Path[len("/boxes/"):])
		}
		if got, err := (wire.Input{Context: c}).Part("box"); got != want || err != nil {
			t.Errorf("%s: %q, %v", part, got, err)
		}
	}
}

// TestTable tells of each parameter what the contract says of it.
func TestTable(t *testing.T) {
	want := []wire.Param{
		{Name: "box", InPath: true, Field: "wire_test.boxPath.Box", Required: true, Longest: 200, Example: "b1"},
		{Name: "colour", Field: "wire_test.boxParams.Colour", Longest: 200, Usual: "red"},
		{Name: "shape", Field: "wire_test.boxParams.Shape", Longest: 200, Words: []string{"round", "square"}, Usual: "round"},
		{Name: "tag", Field: "wire_test.boxParams.Tags", Longest: 200, Many: true},
		{Name: "limit", Field: "wire_test.boxParams.Limit", Longest: 200, Number: true, Least: 1, Most: 9, Usual: "5"},
		{Name: "shift", Field: "wire_test.boxParams.Shift", Longest: 200, Number: true, Least: -3, Most: 3},
		{Name: "size", Field: "wire_test.boxParams.Sizes", Longest: 200, Many: true, Number: true, Most: 10},
		{Name: "token", Field: "wire_test.boxParams.Token", Longest: 500},
	}
	if len(boxes.Params) != len(want) {
		t.Fatalf("%d parameters", len(boxes.Params))
	}
	for i, p := range boxes.Params {
		got, wanted := reflect.ValueOf(p), reflect.ValueOf(want[i])
		for f, value := range got.Fields() {
			if f.IsExported() && !reflect.DeepEqual(value.Interface(), wanted.FieldByIndex(f.Index).Interface()) {
				t.Errorf("%s: %s is %v", p.Name, f.Name, value)
			}
		}
	}
}

// TestNotAmong: what was meant is told first, and then the words that there are, unless they are
// too many to read.
func TestNotAmong(t *testing.T) {
	many := strings.Split(strings.Repeat("word,", 30)+"oval", ",")
	for _, c := range []struct {
		value string
		known []string
		want  string
	}{
		{"ovall", []string{"round", "oval"}, "Did you mean oval? Use one of round, oval"},
		{"x", []string{"round", "oval"}, "Use one of round, oval"},
		{"ovall", many, "Did you mean oval?"},
		{"x", many, "Use one such as " + strings.Join(many[:20], ", ")},
		{"x", nil, "Leave it out: there is none here."},
	} {
		if e := wire.AsError(wire.NotAmong("shape", c.value, c.known)); e.Hint != c.want || e.Message != "shape cannot be "+strconv.Quote(c.value) {
			t.Errorf("%s of %d: %q, %q", c.value, len(c.known), e.Message, e.Hint)
		}
	}
}

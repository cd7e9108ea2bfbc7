package fleet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// The columns of a CSV beside those of the kinds.
var (
	fieldColumns = []string{"product", "release", "require", "cores", "memory", "disk", "deployment"}
	nameColumns  = []string{"name", "id"}

	// Columns are those that a CSV may have beside those of the kinds.
	Columns = slices.Concat(nameColumns[:1], fieldColumns)
)

// column says where the cells of a column belong.
type column struct {
	field string // of the question, or name
	kind  string // of components; empty for a field
}

// fromCSV reads a question in each row below the header. A row with another number
// of cells than the header is the problem of that environment alone.
func (s *Source) fromCSV(defaults members) ([]*Item, error) {
	in := csv.NewReader(bytes.NewReader(s.text))
	in.Comma = delimiter(s.text)
	in.FieldsPerRecord = -1
	in.TrimLeadingSpace = in.Comma != '\t'
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, s.wrong(0, "fleet.file.empty")
	}
	if err != nil {
		return nil, s.broken(err)
	}
	columns, err := s.columns(header)
	if err != nil {
		return nil, err
	}
	var items []*Item
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return items, nil
		}
		if err != nil {
			return nil, s.broken(err)
		}
		line, _ := in.FieldPos(0)
		if slices.ContainsFunc(row, isFilled) {
			items = append(items, s.rowItem(line, columns, row, defaults))
		}
	}
}

func isFilled(cell string) bool { return strings.TrimSpace(cell) != "" }

// delimiter is what parts the cells: what the header has most of, a comma where it
// has none. No column is called by a name that has any.
func delimiter(text []byte) rune {
	header, _, _ := bytes.Cut(bytes.TrimLeft(text, "\r\n"), []byte("\n"))
	best := ','
	for _, d := range []rune{';', '\t'} {
		if bytes.Count(header, []byte(string(d))) > bytes.Count(header, []byte(string(best))) {
			best = d
		}
	}
	return best
}

// broken reports what is no CSV.
func (s *Source) broken(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	return s.wrong(parse.Line, "fleet.csv.broken", parse.Err)
}

// maxColumns is how many columns a CSV may have.
const maxColumns = 1000

// columns reads the header. Kinds may repeat, under any of their names.
func (s *Source) columns(header []string) ([]column, error) {
	ids, kinds, err := s.kinds()
	if err != nil {
		return nil, err
	}
	if len(header) > maxColumns {
		return nil, s.wrong(1, "fleet.csv.columns", len(header), maxColumns)
	}
	columns := make([]column, len(header))
	for i, cell := range header {
		name := strings.ToLower(strings.TrimSpace(cell))
		switch id, isKind := kinds[name]; {
		case slices.Contains(fieldColumns, name):
			columns[i].field = name
		case slices.Contains(nameColumns, name):
			columns[i].field = nameColumns[0]
		case isKind:
			columns[i].kind = id
			continue
		default:
			return nil, s.unknownColumn(i, cell, slices.Concat(fieldColumns, nameColumns, ids), kinds)
		}
		if slices.Contains(columns[:i], columns[i]) {
			return nil, s.wrong(1, "fleet.csv.twice", columns[i].field)
		}
	}
	return columns, nil
}

// unknownColumn reports a column that means nothing; known are those that do. A kind whose ID is
// that of a field goes by another of its names.
func (s *Source) unknownColumn(index int, name string, known []string, kinds map[string]string) error {
	name = wire.Quotable(name)
	for _, other := range slices.Sorted(maps.Keys(kinds)) {
		beyond := slices.Index(known, kinds[other]) + 1
		if again := slices.Index(known[beyond:], kinds[other]); again >= 0 {
			known[beyond+again] = other
		}
	}
	near := append(fact.Closest(name, known), "")[0]
	return s.wrong(1, "fleet.csv.column", strconv.Quote(name), index+1, near, strings.Join(known, ", "))
}

// rowItem makes an item of a row.
func (s *Source) rowItem(line int, columns []column, row []string, defaults members) *Item {
	if len(row) != len(columns) {
		return &Item{Line: line, Refused: s.refuse(fact.CodeInvalid, http.StatusBadRequest, "fleet.csv.cells", len(row), len(columns))}
	}
	made := &Item{Line: line}
	var question members
	env := map[string][]string{}
	for i, cell := range row {
		text := strings.TrimSpace(cell)
		switch c := columns[i]; {
		case text == "":
		case c.kind != "":
			env[c.kind] = append(env[c.kind], several(text)...)
		case c.field == nameColumns[0]:
			made.Name = text
		default:
			question = append(question, textMember(c.field, text))
		}
	}
	// An environment can always be written.
	components, _ := json.Marshal(env)
	question = append(question, wire.Part{Name: "environment", Value: components})
	made.Body = question.with(defaults).text()
	return made
}

// several parts the components of a cell.
func several(cell string) []string {
	var texts []string
	for text := range strings.SplitSeq(cell, ";") {
		if text = strings.TrimSpace(text); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

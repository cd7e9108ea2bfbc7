package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// The bounds of the file format (ECMA-376, SpreadsheetML).
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
	maxCellUnits    = 32767 // UTF-16 code units of one cell
)

// How wide a column is, in letters.
const (
	minWidth = 8
	maxWidth = 60
)

// writeXLSX writes a workbook with a sheet for each part.
func writeXLSX(w io.Writer, r *Release) error {
	if rows := len(r.claims()); rows >= maxSheetRows {
		return fact.Invalid("format", "Use csv", "a sheet has %d rows, and %d claims are stated", maxSheetRows, rows)
	}
	var sheets []sheet
	for _, t := range append([]table{r.environment()}, r.sheets()...) {
		sheets = append(sheets, sheet{t.name, each(t.columns, func(c column) string { return c.name }), 0, slices.Values(t.rows)})
	}
	return writeWorkbook(w, r.Product.Name+" "+r.Release.Version, r.about(), sheets)
}

// environment is a table with a row for each claim.
func (r *Release) environment() table {
	t := table{name: "Environment"}
	for _, name := range claimHeads() {
		t.columns = append(t.columns, column{name: name})
	}
	for _, row := range r.claims() {
		t.add(each(row, words)...)
	}
	return t
}

// claimHeads are the claimColumns as people read them.
func claimHeads() []string {
	return each(claimColumns, func(name string) string { return str.Capital(str.Words(name)) })
}

// sheets are the tables of everything else. Those that a reader looks for are
// there without rows, too.
func (r *Release) sheets() []table {
	return slices.DeleteFunc(r.tables(), func(t table) bool { return len(t.rows) == 0 && !t.always })
}

// sheet is one of a workbook. The names of its columns stay in sight and filter the rows, which
// are made twice and not kept: how wide the columns are is written before them.
type sheet struct {
	name  string
	heads []string
	fixed int // columns that stay in sight as well
	rows  iter.Seq[[]cell]
}

// writeWorkbook writes sheets as they are made. Every value is a text, which nothing takes for a
// formula, a date or a number, but for those that are whole numbers. A text longer than a cell
// can hold is cut, and says so. Of the same sheets the bytes are the same.
func writeWorkbook(w io.Writer, title, about string, sheets []sheet) error {
	book := zip.NewWriter(w)
	part := func(name string, write func(*bufio.Writer)) error {
		file, err := book.Create(name)
		if err != nil {
			return err
		}
		to := bufio.NewWriter(file)
		_, _ = to.WriteString(xml.Header) // what is wrong is told by Flush
		write(to)
		return to.Flush()
	}
	var types, names, relations strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&types, sheetType, i+1)
		fmt.Fprintf(&names, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name), i+1, i+1)
		fmt.Fprintf(&relations, sheetRelation, i+1, i+1)
	}
	for _, p := range [][]string{
		{"[Content_Types].xml", contentTypes, types.String()},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", properties, escaped(title), escaped(about)},
		{"xl/workbook.xml", workbook, names.String()},
		{"xl/_rels/workbook.xml.rels", workbookRelations, relations.String()},
		{"xl/styles.xml", styles},
	} {
		if err := part(p[0], func(to *bufio.Writer) { fill(to, p[1], p[2:]...) }); err != nil {
			return err
		}
	}
	for i := range sheets {
		if err := part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), sheets[i].write); err != nil {
			return err
		}
	}
	return book.Close()
}

// fill writes a text with others in the places of its {}.
func fill(to *bufio.Writer, text string, others ...string) {
	for _, other := range others {
		before, after, _ := strings.Cut(text, "{}")
		_, _ = to.WriteString(before + other)
		text = after
	}
	_, _ = to.WriteString(text)
}

// write writes the sheet.
func (s *sheet) write(to *bufio.Writer) {
	pane := "bottomLeft"
	if s.fixed > 0 {
		pane = "bottomRight"
	}
	fill(to, sheetBegins, strconv.Itoa(s.fixed), reference(s.fixed, 1), pane)
	widths, last := s.measure()
	for i, width := range widths {
		fmt.Fprintf(to, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(max(width+2, minWidth), maxWidth))
	}
	_, _ = to.WriteString(`</cols><sheetData>`)
	writeRow(to, 0, ` s="1"`, each(s.heads, words))
	y := 0
	for row := range s.rows {
		y++
		writeRow(to, y, "", row)
	}
	fill(to, sheetEnds, reference(len(s.heads)-1, last))
}

// measure tells how wide each column is, in letters, and the place of the last row.
func (s *sheet) measure() (widths []int, last int) {
	widths = each(s.heads, utf8.RuneCountInString)
	for row := range s.rows {
		last++
		for x := range row {
			widths[x] = max(widths[x], utf8.RuneCountInString(row[x].shown()))
		}
	}
	return widths, last
}

// shown is the text of a cell of a workbook.
func (c cell) shown() string {
	if c.source != nil {
		return c.source.ID
	}
	return c.text
}

func writeRow(to *bufio.Writer, y int, style string, row []cell) {
	fmt.Fprintf(to, `<row r="%d">`, y+1)
	for x, c := range row {
		switch text := c.shown(); {
		case text == "":
		case c.number:
			fill(to, `<c r="{}"{}><v>{}</v></c>`, reference(x, y), style, text)
		default:
			fill(to, `<c r="{}"{} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>`, reference(x, y), style, escaped(text))
		}
	}
	_, _ = to.WriteString(`</row>`)
}

// reference names a cell, "AB12"; x and y count from 0.
func reference(x, y int) string {
	name := strconv.Itoa(y + 1)
	for x++; x > 0; x = (x - 1) / 26 {
		name = string(rune('A'+(x-1)%26)) + name
	}
	return name
}

// coded is what the file format would read as the code of a character.
var coded = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// escaped is a text as it stands in a part.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(cut(coded.ReplaceAllString(text, "_x005F_$1")))) // a builder takes all
	return b.String()
}

// cut keeps a text within what a cell holds, and makes it valid UTF-8.
func cut(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	units, end := 0, 0
	for i, r := range text {
		if units < maxCellUnits-1 {
			end = i
		}
		if units += utf16.RuneLen(r); units > maxCellUnits {
			return text[:end] + "…"
		}
	}
	return text
}

// The parts of a workbook, as the file format has them. The one time that it names is always the
// same.
const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{}</Types>`
	sheetType        = `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`
	packageRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	properties = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>TestedOn</dc:creator>` +
		`<dc:description>{}</dc:description><dc:language>en</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>`
	workbook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView/></bookViews><sheets>{}</sheets></workbook>`
	workbookRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}` +
		`<Relationship Id="styles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	sheetRelation = `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`
	// styles are two: of a cell, and of the name of a column, which is bold.
	styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`
	sheetBegins = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">` +
		`<pane xSplit="{}" ySplit="1" topLeftCell="{}" activePane="{}" state="frozen"/></sheetView></sheetViews><cols>`
	sheetEnds = `</sheetData><autoFilter ref="A1:{}"/></worksheet>`
)

package proposal

import (
	"cmp"
	"os"
	"reflect"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// Removes reports whether more than a tenth of the claims that count would have ended.
func (h *History) Removes() bool { return h.Ends*10 > h.Claims }

// Write writes into the catalogue in a folder when the rows of the release stood, and the
// changes that brought and took them as sources. Of a row whose versions did not stand
// together several are made. The rest is as in [Write].
func (h *History) Write(dir string) error {
	e := &edition{os.DirFS(dir), map[string][]byte{}}
	f, _, err := e.read("releases/" + h.Product + "/" + h.Release + ".yaml")
	if err != nil {
		return err
	}
	s, err := sheet.Open(f)
	if err == nil {
		err = h.date(&releaseEdition{nil, s})
	}
	if err != nil {
		return err
	}
	if string(s.Data) != string(f.Data) {
		e.changed[f.Name] = s.Data
	}
	for _, terms := range h.dates {
		for _, t := range terms {
			for _, id := range []string{t.BroughtBy, t.EndedBy} {
				change, isNew := h.changes[id]
				name := "sources/" + id + ".yaml"
				if _, there, _ := e.read(name); isNew && !there { // an error of the disk is one of writing, too
					e.changed[name] = sheet.Write(change, e.header("..", "source")...)
				}
			}
		}
	}
	if err = e.verify(nil); err == nil {
		h.Written, err = save(dir, e.changed)
	}
	return err
}

// date gives the rows of a file their terms, from the last one so that the places before
// stay right.
func (h *History) date(e *releaseEdition) error {
	file, err := e.stated()
	if err != nil {
		return err
	}
	for i, s := range slices.Backward(file.Sections) {
		for j, r := range slices.Backward(s.Rows) {
			if rows := h.parted(r, r.Claims(file.Scope(), s)); !reflect.DeepEqual(rows, []seed.Row{r}) {
				if err := e.redate(r, rows, i, j); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// parted parts a row where its versions did not stand at the same times.
func (h *History) parted(r seed.Row, claims []fact.Claim) []seed.Row {
	var rows []seed.Row
	for i, c := range claims {
		one := r
		if terms := h.dates[c.ID]; len(terms) > 0 {
			last := len(terms) - 1
			if one.Term, one.Earlier = terms[last], nil; last > 0 {
				one.Earlier = terms[:last]
			}
		}
		if len(r.Versions) > 0 {
			one.Versions = r.Versions[i : i+1]
		}
		if n := len(rows) - 1; n >= 0 && rows[n].Term == one.Term && slices.Equal(rows[n].Earlier, one.Earlier) {
			rows[n].Versions = r.Versions[i-len(rows[n].Versions) : i+1]
		} else {
			rows = append(rows, one)
		}
	}
	return rows
}

// redate puts rows in the place of one. Where one stays that has nothing less, only its keys
// are written.
func (e *releaseEdition) redate(was seed.Row, rows []seed.Row, section, row int) (err error) {
	now, at := rows[0], []any{"sections", section, "rows", row}
	anew := len(rows) > 1 || len(now.Earlier) < len(was.Earlier) || e.InBraces(at...)
	keys := [][3]string{
		{"since", was.Since, now.Since}, {"brought_by", was.BroughtBy, now.BroughtBy}, {"until", was.Until, now.Until}, {"ended_by", was.EndedBy, now.EndedBy},
	}
	for _, k := range keys {
		anew = anew || k[1] != "" && k[2] == ""
	}
	if anew {
		return sheet.Exchange(e.Sheet, row, rows, at[:3]...)
	}
	for _, k := range keys {
		if k[1] != k[2] {
			err = cmp.Or(err, e.Set(k[0], k[2], at...))
		}
	}
	if !slices.Equal(was.Earlier, now.Earlier) {
		err = cmp.Or(err, e.Set("earlier", now.Earlier, at...))
	}
	return err
}

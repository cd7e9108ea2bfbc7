package proposal

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// Removes reports whether more than a tenth of the claims that count would be withdrawn.
func (h *History) Removes() bool { return h.Ends*10 > h.Claims }

// WriteHistory writes into the catalogue in a folder when the rows of a release stood, and
// the changes that brought and took them as sources, and gives the names of the files. Of a
// row whose versions did not stand together several are made. The rest is as in [Write].
func WriteHistory(dir string, h *History) ([]string, error) {
	e := &edition{os.DirFS(dir), map[string][]byte{}}
	f, _, err := e.read("releases/" + h.Product + "/" + h.Release + ".yaml")
	if err != nil {
		return nil, err
	}
	s, err := sheet.Open(f)
	if err != nil {
		return nil, err
	}
	if err := h.date(&releaseEdition{nil, s}); err != nil {
		return nil, err
	}
	if string(s.Data) != string(f.Data) {
		e.changed[f.Name] = s.Data
	}
	if err := h.addSources(e); err != nil {
		return nil, err
	}
	if err := e.verify(nil); err != nil {
		return nil, err
	}
	return save(dir, e.changed)
}

// addSources composes the files of the changes that the rows name, where there are none yet.
func (h *History) addSources(e *edition) error {
	named := map[string]bool{}
	for _, terms := range h.dates {
		for _, t := range terms {
			named[t.BroughtBy], named[t.EndedBy] = true, true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(h.changes)) {
		name := "sources/" + id + ".yaml"
		switch _, found, err := e.read(name); {
		case err != nil:
			return err
		case !found && named[id]:
			e.changed[name] = sheet.Write(h.changes[id], e.header("..", "source")...)
		}
	}
	return nil
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
					return fmt.Errorf("%s: %w", e.Name, err)
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
		if terms, there := h.dates[c.ID]; there {
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

// redate puts rows in the place of one. Where one stays and has nothing less, its keys are
// written by themselves.
func (e *releaseEdition) redate(was seed.Row, rows []seed.Row, section, row int) error {
	now := rows[0]
	lost := was.Since != "" && now.Since == "" || was.BroughtBy != "" && now.BroughtBy == "" || was.Until != "" && now.Until == "" ||
		was.EndedBy != "" && now.EndedBy == "" || len(was.Earlier) > len(now.Earlier) && len(now.Earlier) == 0
	at := []any{"sections", section, "rows", row}
	if len(rows) > 1 || lost || e.InBraces(at...) {
		return sheet.Exchange(e.Sheet, row, rows, at[:3]...)
	}
	set := func(key, was, now string) error {
		if was == now {
			return nil
		}
		return e.Set(key, now, at...)
	}
	err := cmp.Or(set("since", was.Since, now.Since), set("brought_by", was.BroughtBy, now.BroughtBy),
		set("until", was.Until, now.Until), set("ended_by", was.EndedBy, now.EndedBy))
	if err == nil && !slices.Equal(was.Earlier, now.Earlier) {
		err = e.Set("earlier", now.Earlier, at...)
	}
	return err
}

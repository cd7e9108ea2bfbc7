package seed

// editing is the file of a release with what changes in it.
type editing struct {
	*Proposal
	*sheet
}

// release composes the file of the release.
func (c *composing) release(p *Proposal) error {
	name := "releases/" + p.Product + "/" + p.Release + ".yaml"
	f, found, err := c.read(name)
	if err != nil {
		return err
	}
	if !found {
		f.data = []byte("product: " + p.Product + "\nversion: " + inQuotes(p.Release) + "\n")
		for _, line := range c.header("../../../", "release") {
			f.data = append([]byte(line+"\n"), f.data...)
		}
	}
	s, err := newSheet(f)
	if err != nil {
		return err
	}
	e := &editing{Proposal: p, sheet: s}
	for _, step := range []func() error{e.claims, e.changeNeeds, e.addNeeds, e.changePairs} {
		if err := step(); err != nil {
			return err
		}
	}
	c.changed[name] = e.file.data
	return nil
}

// stated decodes the file as it is now.
func (e *editing) stated() (releaseFile, error) {
	r, d, ok := decode[releaseFile](e.file)
	if !ok {
		return r, d.problems
	}
	return r, nil
}

// setText gives a key another text.
func (e *editing) setText(key, text string, path ...any) error {
	return e.set(key, scalar(key, text, rowIndent), path...)
}

// The column of the keys of a row, in a file that this room has laid out.
const rowIndent = 8

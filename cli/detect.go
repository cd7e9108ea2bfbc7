package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/detect"
)

// recognise recognises an environment from what machines print.
type recognise struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files with what was printed, such as /etc/os-release; \"-\", or none at all, for standard input."`

	answering
}

// Help is shown below the line about the command.
func (*recognise) Help() string {
	return "Ends with 1 where nothing was recognised.\n\n" + exitCodes
}

// Run recognises and prints what was found. It ends with a code of its own where that
// is nothing.
func (d *recognise) Run(ctx context.Context, p Program) error {
	texts, err := p.texts(d.Files)
	if err != nil {
		return err
	}
	texts = slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" })
	if len(texts) == 0 {
		return &exit{exitFail, errors.New("nothing was recognised, as there is no text. Name a file, or send what a machine printed to standard input")}
	}
	body, err := json.Marshal(api.Texts{Texts: texts})
	if err != nil {
		return err
	}
	var found recognised
	if err := d.tell(ctx, p, request{method: http.MethodPost, path: "/v1/detect", body: body}, &found); err != nil {
		return err
	}
	if len(found.Environment) == 0 {
		return &exit{code: exitFail}
	}
	return nil
}

// texts reads files; standard input for "-", and where there is none.
func (p Program) texts(files []string) ([]string, error) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	texts := make([]string, len(files))
	for i, name := range files {
		text, err := p.file(name)
		if err != nil {
			return nil, &exit{exitUsage, fmt.Errorf("cannot read what was printed: %w", err)}
		}
		texts[i] = detect.Decode(text)
	}
	return texts, nil
}

// file reads a file, or standard input for "-".
func (p Program) file(name string) (string, error) {
	if name != "-" {
		return readFile(name)
	}
	if p.Stdin == nil {
		return "", nil
	}
	return readText(p.Stdin)
}

func readFile(name string) (string, error) {
	var in io.ReadCloser
	in, err := os.Open(name) //nolint:gosec // it is the caller who names the file
	if err != nil {
		return "", err
	}
	defer in.Close()
	return readText(in)
}

// readText reads as much as the API takes as one text, and a byte more, so that
// it refuses what is larger.
func readText(in io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, detect.MaxText+1))
	return string(text), err
}

// recognised is what was recognised in texts.
type recognised struct{ answers.Detected }

// gist tells that it is an answer.
func (d *recognised) gist() string {
	if d.Environment == nil || d.Catalogue == nil {
		return ""
	}
	return count(len(d.rows()), "component")
}

// text writes what was found for a person, and how to ask about it.
func (d *recognised) text() string {
	var b strings.Builder
	rows := d.rows()
	fmt.Fprintf(&b, "%s recognised\n", d.gist())
	writeTable(&b, "", rows, func(row []string) []string { return row[:5] })
	writeList(&b, "Not recognised", d.Unrecognised, func(line string) string { return line })
	if len(rows) > 0 {
		b.WriteString("\nAs flags of check:")
		for _, row := range rows {
			fmt.Fprintf(&b, " --with %s", quote(row[0]+"="+row[5]))
		}
		b.WriteByte('\n')
	}
	writeFoot(&b, nil, *d.Catalogue)
	return b.String()
}

// rows have kind, technology, version, format, line, and the component as it is
// asked for, in the order of kinds.
func (d *recognised) rows() [][]string {
	var all [][]string
	for _, kind := range slices.Sorted(maps.Keys(d.Environment)) {
		for _, c := range d.Environment[kind] {
			all = append(all, []string{kind, c.Technology, c.Version, c.From, c.Text, c.Asked})
		}
	}
	return all
}

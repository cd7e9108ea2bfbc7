package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/internal/str"
)

// recognition recognises an environment from what machines print. It is the command
// detect.
type recognition struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files with what was printed, such as /etc/os-release; \"-\", or none at all, for standard input."`

	answerer
}

// Help is shown below the line about the command.
func (*recognition) Help() string {
	return "Ends with 1 where nothing was recognised."
}

// Run recognises and prints what was found. It ends with a code of its own where that
// is nothing.
func (d *recognition) Run(ctx context.Context, p Program) error {
	if len(d.Files) == 0 {
		d.Files = []string{"-"}
	}
	var texts []string
	for _, name := range d.Files {
		text, err := p.printed(name)
		if err != nil {
			return exit.With(exit.Usage, fmt.Errorf("cannot read what was printed: %w", err))
		}
		if strings.TrimSpace(text) != "" {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		return exit.With(exit.Fail, errors.New("nothing was recognised, as there is no text. Name a file, or send what a machine printed to standard input"))
	}
	body, err := json.Marshal(api.Texts{Texts: texts})
	if err != nil {
		return err
	}
	found, err := tell(ctx, p, &d.answerer, client.Request{Path: "/v1/detect", Body: body}, detectedText)
	if err != nil {
		return err
	}
	return exit.Unless(len(found.Environment) > 0, exit.Fail)
}

// printed reads as much of a file as the API takes as one text, and a byte more, so that
// it refuses what is larger.
func (p Program) printed(name string) (string, error) {
	in, err := p.open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, detect.MaxText+1))
	return detect.Decode(string(text)), err
}

// detectedText writes what was found, and how to ask about it.
func detectedText(t *report.Text, d *answers.Detected) {
	var rows [][]string
	flags := "\nAs flags of check:"
	for _, kind := range slices.Sorted(maps.Keys(d.Environment)) {
		for _, c := range d.Environment[kind] {
			rows = append(rows, []string{kind, c.Technology, c.Version, c.From, c.Text})
			flags += " --with " + quote(kind+"="+c.Asked)
		}
	}
	t.Line("%s recognised", str.Count(len(rows), "component"))
	t.Table("", rows...)
	t.List("Not recognised", d.Unrecognised...)
	if len(rows) > 0 {
		t.Line("%s", flags)
	}
	t.Foot(*cmp.Or(d.Catalogue, &answers.CatalogueRef{}))
}

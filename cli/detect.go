package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/message"
)

// recognition is the command detect.
type recognition struct {
	Files []string `arg:"" optional:"" name:"file"`

	answerer
}

// Run recognises and prints what was found.
func (d *recognition) Run(ctx context.Context, p Program) error {
	if len(d.Files) == 0 {
		d.Files = []string{"-"}
	}
	texts, err := p.texts(d.Files)
	if err != nil {
		return err
	}
	if len(texts) == 0 {
		return exit.With(exit.Fail, message.Of("cli.detect.nothing"))
	}
	body, err := json.Marshal(api.Texts{Texts: texts})
	if err != nil {
		return err
	}
	found, err := tell(ctx, p, &d.answerer, client.Request{Path: "/v1/detect", Body: body}, d.text)
	if err != nil {
		return err
	}
	return exit.Unless(len(found.Environment)+len(found.Products) > 0, exit.Fail)
}

// maxBill is the size of the largest bill of materials that is read, of which far less is sent.
const maxBill = 8 << 20

// texts reads files with what was printed, and bills of materials, but for those that hold nothing.
func (p Program) texts(files []string, bills ...string) ([]string, error) {
	var texts []string
	for i, name := range slices.Concat(files, bills) {
		limit, bill := detect.MaxText, i >= len(files)
		if bill {
			limit = maxBill
		}
		in, err := p.open(name)
		var read []byte
		if err == nil {
			read, err = io.ReadAll(io.LimitReader(in, int64(limit)+1)) // of what is larger, a byte more
			_ = in.Close()                                             // it was read only
		}
		text := detect.Decode(string(read))
		switch {
		case err != nil:
			return nil, unreadable("from", name, err)
		case bill && len(text) > limit:
			return nil, fact.Refuse("sbom", "cli.bill.large", name, limit>>20)
		case bill:
			if text, bill = detect.Excerpt(text); !bill {
				return nil, fact.Refuse("sbom", "cli.bill.none", name)
			}
		}
		if strings.TrimSpace(text) != "" {
			texts = append(texts, text)
		}
	}
	return texts, nil
}

// text writes what was found, and how to ask about it.
func (r *recognition) text(t *report.Text, d *answers.Detected) {
	n, flags, query := 0, "", ""
	for _, kind := range slices.Sorted(maps.Keys(d.Environment)) {
		for _, c := range d.Environment[kind] {
			n++
			flags += " --with " + quote(kind+"="+c.Asked)
			query += "&" + url.QueryEscape(kind) + "=" + url.QueryEscape(c.Asked)
		}
	}
	t.Line(t.Say("cli.detect.total", n))
	t.Detected("", d)
	if n > 0 && len(d.Products) == 1 && d.Products[0].Release != "" {
		p := d.Products[0]
		t.List(t.Say("cli.detect.ask"), r.checkCommand("/v1/check?product="+url.QueryEscape(p.Product)+"&release="+url.QueryEscape(p.Release)+query))
	} else if n > 0 {
		t.Line("\n" + t.Say("cli.detect.flags", flags))
	}
	t.Foot(*cmp.Or(d.Catalogue, &answers.CatalogueRef{}))
}

package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// ports asks which ports a release listens on.
type ports struct {
	releaseArguments
	release
	answerer

	Profile *string  `placeholder:"NAME"`
	Offset  []string `placeholder:"NUMBER" sep:"none"`
}

// Run asks and prints the answer.
func (l *ports) Run(ctx context.Context, p Program) error {
	asked, err := l.about("ports", parameters(l))
	if err == nil {
		_, err = tell(ctx, p, &l.answerer, asked, portsText)
	}
	return err
}

// portsText writes the numbers, those that are taken more than once, then what they
// stand on.
func portsText(t *report.Text, l *api.Ports) {
	t.Line("%s", l.Summary)
	t.Table("", wire.Each(l.Items, func(p api.Port) []string {
		return []string{strconv.Itoa(p.Port), p.Protocol, p.Name, p.Profile, fmt.Sprintf("offset %d", p.Offset), p.Purpose}
	})...)
	t.List("Collisions", wire.Each(l.Collisions, collision)...)
	var stated []string // once each, however many instances listen on it
	for i, p := range l.Items {
		if !slices.ContainsFunc(l.Items[:i], func(o api.Port) bool { return o.ID == p.ID }) {
			stated = append(stated, fmt.Sprintf("%d %s: ", p.Printed, p.Name)+str.Quoted(p.Source.Quote)+report.Origin(p.Source, p.Inherited)+
				str.With("\n    Set in ", p.File))
		}
	}
	t.List("As printed", stated...)
	t.List("Profiles", wire.Each(l.Profiles, func(p api.Profile) string {
		return fmt.Sprintf("%s: offset %d unless told otherwise: ", p.ID, p.Offset) + str.Quoted(p.Source.Quote) + report.Origin(p.Source, "")
	})...)
	t.Foot(l.Catalogue, l.Items, l.Profiles)
}

// collision names the ports that would have one number.
func collision(c api.Collision) string {
	names := wire.Each(c.Ports, func(p api.CollidingPort) string {
		return str.Join(" ", p.Profile, p.Name) + fmt.Sprintf(" with offset %d", p.Offset)
	})
	return fmt.Sprintf("%d: %s", c.Port, strings.Join(names, ", "))
}

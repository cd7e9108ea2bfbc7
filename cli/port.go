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
	t.Line(l.Summary)
	t.Table("", wire.Each(l.Items, func(p api.Port) []string {
		return []string{strconv.Itoa(p.Port), p.Protocol, p.Name, p.Profile, t.Say("cli.ports.offset", p.Offset), p.Purpose}
	})...)
	t.List(t.Say("cli.ports.collisions"), wire.Each(l.Collisions, func(c api.Collision) string { return collision(t, c) })...)
	var stated []string // once each, however many instances listen on it
	for i, p := range l.Items {
		if !slices.ContainsFunc(l.Items[:i], func(o api.Port) bool { return o.ID == p.ID }) {
			stated = append(stated, fmt.Sprintf("%d %s: ", p.Printed, p.Name)+str.Quoted(p.Source.Quote)+t.Origin(p.Source, p.Inherited)+
				str.With("\n    ", t.Some("cli.ports.file", p.File)))
		}
	}
	t.List(t.Say("report.printed"), stated...)
	t.List(t.Say("cli.ports.profiles"), wire.Each(l.Profiles, func(p api.Profile) string {
		return t.Say("cli.ports.profile", p.ID, p.Offset, str.Quoted(p.Source.Quote)) + t.Origin(p.Source, "")
	})...)
	t.Foot(l.Catalogue, l.Items, l.Profiles)
}

// collision names the ports that would have one number.
func collision(t *report.Text, c api.Collision) string {
	names := wire.Each(c.Ports, func(p api.CollidingPort) string {
		return t.Say("cli.ports.with", str.Join(" ", p.Profile, p.Name), p.Offset)
	})
	return fmt.Sprintf("%d: %s", c.Port, strings.Join(names, ", "))
}

package cli

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// ports asks which ports a release listens on.
type ports struct {
	asking

	Profile *string  `placeholder:"NAME" help:"The runtime, where the release has several: id, name or alias; all by default."`
	Offset  []string `placeholder:"NUMBER" sep:"none" help:"Port offset of an instance, one for each on one machine; a negative one after an equals sign: --offset=-1."`
}

// Run asks and prints the answer.
func (l *ports) Run(ctx context.Context, p Program) error {
	query := url.Values{}
	given(query, "profile", l.Profile)
	if len(l.Offset) > 0 {
		query["offset"] = l.Offset
	}
	asked, err := l.about("ports", query)
	if err != nil {
		return err
	}
	return l.tell(ctx, p, asked, &listening{})
}

// listening is the answer to which ports a release listens on.
type listening struct{ api.Ports }

func (l *listening) gist() string { return l.Summary }

// text writes the answer for a person: the numbers, those that are taken more
// than once, then what they stand on.
func (l *listening) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, l.Summary)
	writeTable(&b, "", l.Items, portCells)
	writeList(&b, "Collisions", l.Collisions, collision)
	writeList(&b, "As printed", l.stated(), printedPort)
	writeList(&b, "Profiles", l.Profiles, profile)
	writeFoot(&b, l.cited(), l.Catalogue)
	return b.String()
}

// portCells is the row of one port of one instance.
func portCells(p api.Port) []string {
	return []string{strconv.Itoa(p.Port), p.Protocol, p.Name, p.Profile, fmt.Sprintf("offset %d", p.Offset), p.Purpose}
}

// collision names the ports that would have one number.
func collision(c api.Collision) string {
	names := make([]string, len(c.Ports))
	for i, p := range c.Ports {
		names[i] = list(" ", p.Profile, p.Name) + fmt.Sprintf(" with offset %d", p.Offset)
	}
	return fmt.Sprintf("%d: %s", c.Port, strings.Join(names, ", "))
}

// stated gives each port once, however many instances listen on it.
func (l *listening) stated() []api.Port {
	var all []api.Port
	for _, p := range l.Items {
		if !slices.ContainsFunc(all, func(o api.Port) bool { return o.ID == p.ID }) {
			all = append(all, p)
		}
	}
	return all
}

// printedPort gives the words that a port stands on, and where they stand.
func printedPort(p api.Port) string {
	return fmt.Sprintf("%d %s: ", p.Printed, p.Name) + quoted(p.Source.Quote) + origin(p.Source, p.Inherited) +
		with("\n    Set in ", p.File)
}

// profile tells what a release has besides its default runtime, and by how much
// that moves its ports.
func profile(p api.Profile) string {
	return fmt.Sprintf("%s: offset %d unless told otherwise: ", p.ID, p.Offset) + quoted(p.Source.Quote) + origin(p.Source, "")
}

// cited gives what the ports and the profiles cite.
func (l *listening) cited() []answers.Citation {
	var all []answers.Citation
	for _, p := range l.Items {
		all = append(all, p.Source)
	}
	for _, p := range l.Profiles {
		all = append(all, p.Source)
	}
	return all
}

package cli

import (
	"github.com/alecthomas/kong"
)

// described is an environment in flags, as check and doctor are told it.
type described struct {
	components
	resources
}

// components are those of an environment, in flags.
type components struct {
	Kinds kong.Plugins `embed:""`
	With  []string     `placeholder:"KIND=TEXT" sep:"none" help:"A component of any kind, where it has no flag of its own. Like the flags of the kinds, it may repeat."`

	kinds *kindFlags
}

// prepare reads the catalogue, whose kinds are flags of the command, before the
// command line can be parsed. The names that are taken become no flags of kinds.
func (c *components) prepare(args []string, a *answering, taken []string) error {
	dataset, err := loadFiles(catalogueFlag(args))
	if err != nil {
		return err
	}
	a.dataset = dataset
	c.kinds = newKindFlags(dataset.Kinds, taken)
	c.Kinds = c.kinds.plugins()
	return nil
}

// asked gives what the flags ask for.
func (c *components) asked() (environment, error) {
	env := c.kinds.asked()
	return env, env.addPairs(c.With)
}

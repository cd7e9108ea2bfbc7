package doctor

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Installation is a product that is installed on the machine.
type Installation struct {
	Home    string   `json:"home"`              // its folder
	Product string   `json:"product"`           // a product's ID
	Release string   `json:"release,omitempty"` // its version; empty where none is told that is known
	From    string   `json:"from"`              // the file that tells it, or the folder
	Text    string   `json:"text"`              // the line it was read from
	Drivers []string `json:"drivers"`           // files of JDBC drivers, which tell no version of a database
	// Contradiction says that another release is asked about; empty where none is.
	Contradiction string `json:"contradiction,omitempty"`
}

// Where an installation tells what it is, how it is configured, and holds drivers, the
// surest first. The layouts are those of modules/distribution/src/assembly/bin.xml of
// wso2/product-is and of distribution/src/assembly/bin.xml of wso2/micro-integrator.
var (
	tellingRelease = []string{"updates/product.txt", "bin/version.txt"}
	configurations = []string{
		"repository/conf/deployment.toml", "conf/deployment.toml",
		"repository/conf/datasources/master-datasources.xml", "conf/datasources/master-datasources.xml",
	}
	driverFolders = []string{"repository/components/lib", "lib"}
)

// homeVariable names the folder of an installation.
const homeVariable = "CARBON_HOME"

// installation finds the installation that the examination stands in, and reads what it
// is. What is asked about is that, where nobody says otherwise.
func (e *examiner) installation() error {
	e.report.Product, e.report.Release = e.o.Product, e.o.Release
	if !e.o.Installed {
		return nil
	}
	home, err := e.home()
	if err != nil {
		return err
	}
	if home == "" {
		return e.untold(message.Of("doctor.home.none", homeVariable))
	}
	found := &Installation{Home: home, Drivers: e.drivers(home)}
	reason := message.Of("doctor.home.untold", home, e.identify(found))
	if found.Product == "" {
		return e.untold(reason)
	}
	e.report.Installation = found
	asked, err := e.m.Product(cmp.Or(e.o.Product, found.Product))
	if err == nil && asked.ID == found.Product {
		e.report.Product, e.report.Release = asked.ID, cmp.Or(e.o.Release, found.Release)
	}
	if release, err := e.m.Release(e.report.Product, e.report.Release); err == nil && (release.Of() != asked || asked.ID != found.Product || release.Version != found.Release) {
		found.Contradiction = e.say("doctor.home.other", release.Title())
	}
	return e.untold(reason)
}

// untold reports that nobody tells what is to be checked; nil where that is told.
func (e *examiner) untold(reason message.Said) error {
	if e.report.Product != "" && e.report.Release != "" {
		return nil
	}
	return fact.Refuse("product", "doctor.untold", reason)
}

// home is the folder of the installation: what the environment says, else the working
// directory or the nearest above it that looks like one, else the one below it.
func (e *examiner) home() (string, error) {
	if home := e.on.Getenv(homeVariable); home != "" {
		return home, nil
	}
	here, err := e.on.Folder()
	if err != nil {
		return "", nil //nolint:nilerr // there is no folder to stand in, and so no installation
	}
	for folder := here; ; folder = filepath.Dir(folder) {
		if e.isInstallation(folder) {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			break
		}
	}
	names, _ := e.on.ReadDir(here)
	var below []string
	for _, name := range names {
		if folder := filepath.Join(here, name); e.isInstallation(folder) {
			below = append(below, folder)
		}
	}
	switch {
	case len(below) == 1:
		return below[0], nil
	case len(below) > 1 && e.o.Product == "":
		return "", fact.Refuse("product", "doctor.home.several", strings.Join(below, ", "), homeVariable)
	}
	return "", nil
}

// isInstallation reports whether a folder has a configuration.
func (e *examiner) isInstallation(folder string) bool {
	return len(e.files(folder, configurations)) > 0
}

// files reads those of the files of a folder that are there.
func (e *examiner) files(folder string, names []string) (all []told) {
	for _, name := range names {
		if text, err := e.on.ReadFile(filepath.Join(folder, name)); err == nil {
			all = append(all, told{name, text})
		}
	}
	return all
}

// identify finds out what an installation is, and gives what of it is not read.
func (e *examiner) identify(i *Installation) (unread string) {
	for _, t := range append(e.files(i.Home, tellingRelease), told{i.Home, filepath.Base(i.Home)}) {
		result := e.detect([]told{t})
		if unread == "" && len(result.Unrecognised) > 0 {
			unread = t.from + ": " + result.Unrecognised[0]
		}
		for _, p := range result.Products {
			if i.Product != "" && (p.Product.ID != i.Product || p.Release == nil || i.Release != "") {
				continue
			}
			if i.Product, i.From, i.Text = p.Product.ID, t.from, p.Text; p.Release != nil {
				i.Release = p.Release.Version
			}
		}
	}
	return unread
}

// configured takes the facts of the configuration but for databases, and gives what tells of these.
func (e *examiner) configured() (all []told) {
	if e.report.Installation == nil {
		return nil
	}
	all = e.files(e.report.Installation.Home, configurations)
	for i := range all {
		all[i].from = filepath.Join(e.report.Installation.Home, all[i].from)
	}
	var kinds []string
	for _, f := range e.detect(all).Found {
		if f.Kind != kindDBMS && e.wants(f.Kind) {
			kinds = fact.AppendNew(kinds, f.Kind)
		}
	}
	for _, kind := range kinds {
		e.read(kind, all)
	}
	return all
}

// drivers are the files of an installation that are drivers of databases.
func (e *examiner) drivers(home string) []string {
	drivers := []string{}
	for _, folder := range driverFolders {
		names, _ := e.on.ReadDir(filepath.Join(home, folder))
		for _, name := range names {
			if of, _, _ := strings.Cut(name, "-"); strings.HasSuffix(name, ".jar") &&
				(strings.Contains(name, "jdbc") || strings.Contains(name, "jcc") || e.m.Resolve(compat.Asked{Kind: kindDBMS, Text: of}).Technology != nil) {
				drivers = append(drivers, folder+"/"+name)
			}
		}
	}
	return drivers
}

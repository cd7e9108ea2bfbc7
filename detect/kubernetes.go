package detect

import (
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// kubeHash is the commit that a distribution of Kubernetes prints behind its name in a version.
var kubeHash = regexp.MustCompile(`([a-z])-[0-9a-f]{6,}$`)

// gitVersion is where older versions of kubectl print a version.
var gitVersion = regexp.MustCompile(`GitVersion:"([^"]+)"`)

// kubernetes records the version of Kubernetes, by whose build it names: "v1.24.7-eks-7c9bda".
func (p *page) kubernetes(version, line string) {
	number, beside, ok := numberAt(kubeHash.ReplaceAllString(version, "$1"))
	if !ok {
		p.unread(line, unknown)
		return
	}
	p.server(p.m.Marked(fact.InProgram, "kubelet"), number, beside, line)
}

// kubeVersion reads the version of the server of `kubectl version`, and that of a node in
// `kubectl describe node`. The "Server Version" of docker has no "v" before it.
func kubeVersion(p *page, b block) bool {
	known := false
	for _, pair := range b {
		version := pair.value
		if found := gitVersion.FindStringSubmatch(version); found != nil {
			version = found[1]
		}
		if (pair.key == "serverversion" || pair.key == "kubeletversion") && strings.HasPrefix(version, "v") {
			p.kubernetes(version, pair.line)
			known = true
		}
	}
	return known
}

// gap parts the columns of a table.
var gap = regexp.MustCompile(`\t+| {2,}`)

// maxRows bounds the rows of a table.
const maxRows = 100

// nodes reads the table of `kubectl get nodes`, wide or not.
func nodes(p *page, i int) int {
	if !strings.HasPrefix(p.lines[i], "NAME ") || !strings.Contains(p.lines[i], " VERSION") {
		return 0
	}
	heading := gap.Split(p.lines[i], -1)
	version, image := slices.Index(heading, "VERSION"), slices.Index(heading, "OS-IMAGE")
	if version < 0 || !slices.Contains(heading, "ROLES") {
		return 0
	}
	n := 1
	for ; n <= maxRows; n++ {
		line := p.at(i + n)
		row := gap.Split(line, -1)
		if len(row) != len(heading) {
			break
		}
		if image >= 0 {
			rest, marked := p.m.MarkedPrefix(fact.InOSName, row[image])
			p.system("kubectl-nodes", marked, rest, row[image])
		}
		p.kubernetes(row[version], row[version])
	}
	return n
}

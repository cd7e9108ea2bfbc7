package export

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// quoted writes a text as a scalar that YAML and JSON read back as it is, and in which no template
// begins.
func quoted(text string) string {
	b, _ := jsontext.AppendQuote(nil, strings.ToValidUTF8(text, "\ufffd")) // which can always be written
	return strings.NewReplacer("{{", `\u007b\u007b`, "{%", `\u007b%`, "{#", `\u007b#`, "\u0085", `\u0085`, "\u2028", `\u2028`, "\u2029", `\u2029`, "\ufeff", `\ufeff`, "\u007f", `\u007f`).Replace(string(b))
}

// texts writes a list of scalars at an indent.
func texts(all []string, indent string) string {
	if len(all) == 0 {
		return " []"
	}
	return "\n" + indent + "- " + strings.Join(each(all, quoted), "\n"+indent+"- ")
}

// asks says what the gate holds a machine against.
func (g *Gate) asks() string {
	return g.say("export.gate.asks", g.Product.Name, g.Release.Release.Version, g.AsOf, g.Product.Bar(), g.Revision, g.Digest)
}

// writeGoss writes a goss.yaml with a command for each kind.
func writeGoss(w io.Writer, r *Release) error {
	g := GateOf(r)
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s\nmeta:\n  about: %s\n  told:%s\ncommand:\n", g.say("export.gate.goss"), quoted(g.asks()), texts(g.Told, "    "))
	for _, p := range g.Probes {
		fmt.Fprintf(b, "  testedon-%s:\n    exec: %s\n    exit-status: 0\n    timeout: 30000\n    stdout:\n      - %s\n    meta:\n      passes:%s\n", p.ID, quoted(p.Command), quoted("/"+p.Pattern+"/"), texts(p.Names, "        "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// distributions are what Ansible calls systems, by the ID of their /etc/os-release. It calls two
// systems CentOS.
var distributions = map[string]string{"rhel": "RedHat", "rocky": "Rocky", "almalinux": "AlmaLinux", "ol": "OracleLinux", "ubuntu": "Ubuntu", "debian": "Debian",
	"sles": "SLES", "sles_sap": "SLES_SAP", "amzn": "Amazon", "fedora": "Fedora", "alpine": "Alpine", "opensuse-leap": "openSUSE Leap"}

// writeAnsible writes a file of tasks that assert what passes.
func writeAnsible(w io.Writer, r *Release) error {
	g := GateOf(r)
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s\n", g.say("export.gate.ansible"))
	for _, p := range g.Probes {
		pattern := p.Pattern
		var value string
		switch p.ID {
		case "os":
			value = "(ansible_distribution ~ '|' ~ ansible_distribution_version)"
			pattern = g.distribution(&p)
		case "arch":
			value = "ansible_architecture"
		default:
			fmt.Fprintf(b, "- name: %s\n  ansible.builtin.shell: !unsafe %s\n  environment:\n    TESTEDON_DBMS: \"{{ testedon_database | default('') }}\"\n  register: testedon_asked_%[3]s\n  changed_when: false\n  when: testedon_%[3]s is not defined\n",
				quoted(g.say("export.gate.ask", p.ID)), quoted(p.Command), p.ID)
			value = fmt.Sprintf("(testedon_%[1]s | default(testedon_asked_%[1]s.stdout | default('')))", p.ID)
		}
		fmt.Fprintf(b, "- name: %s\n  ansible.builtin.assert:\n    that: %s is match(testedon_pattern)\n    fail_msg: !unsafe %s\n    quiet: true\n  vars:\n    testedon_pattern: !unsafe %s\n",
			quoted(g.say("export.gate.hold", p.ID)), value, quoted(g.asks()+": "+cmp.Or(strings.Join(p.Names, ", "), g.say("export.gate.nothing"))), quoted(strings.TrimSuffix(pattern, "$")+`\Z`))
	}
	fmt.Fprintf(b, "- name: %s\n  ansible.builtin.debug:\n    var: testedon_told\n    verbosity: 1\n  vars:\n    testedon_told:%s\n", quoted(g.say("export.gate.told")), strings.ReplaceAll(texts(g.Told, "      "), "- \"", "- !unsafe \""))
	_, err := io.WriteString(w, b.String())
	return err
}

// distribution is the pattern of a system in the words of Ansible.
func (g *Gate) distribution(p *Probe) string {
	all := []string{nothing}
	for _, a := range p.accepted {
		said := false
		for _, id := range a.marks(fact.InOSRelease) {
			if name := distributions[id]; name != "" && len(systemLines(g.m, a)) > 0 {
				all, said = append(all, fields(regexp.QuoteMeta(name), a.printed())), true
			}
		}
		if !said {
			g.leaveOut("export.gate.fact", a.name())
		}
	}
	return "^(?:" + strings.Join(all, "|") + ")$"
}

// suffixes are what tags of images say behind a version.
var suffixes = []string{"-jdk", "-jre", "-alpine", "-bookworm", "-bullseye", "-slim"}

// writeRenovate writes rules for Renovate: to which versions of an image it may go.
func writeRenovate(w io.Writer, r *Release) error {
	type rule struct {
		Description []string `json:"description"`
		Datasources []string `json:"matchDatasources"`
		Names       []string `json:"matchPackageNames"`
		Allowed     string   `json:"allowedVersions"`
	}
	g, rules := &Gate{Release: r}, []rule{}
	g.conditions()
	g.leaveOut("export.gate.alone")
	g.leaveOut("export.gate.tags")
	for _, k := range r.Release.Kinds() {
		for _, t := range r.m.Technologies(k.ID, "") {
			next := rule{Description: []string{g.asks()}, Datasources: []string{"docker"}}
			var patterns []string
			for _, a := range g.passing(t) {
				name, images := a.name(), slices.DeleteFunc(a.marks(fact.InImage), func(image string) bool { return strings.Contains(image, "#") || !a.isImage(g.m, image, "") })
				number := a.printed()
				if len(images) == 0 || number == "" {
					g.leaveOut("export.gate.image", name)
				} else {
					ends := slices.DeleteFunc(slices.Clone(suffixes), func(end string) bool { return !a.isImage(g.m, images[0], end) })
					patterns = append(patterns, number+"(?:"+strings.Join(ends, "|")+")?")
					next.Description, next.Names = append(next.Description, name), each(images, func(i string) string { return "/(?:^|\\/)" + regexp.QuoteMeta(i) + "$/" })
				}
			}
			if next.Allowed = "/^(?:" + strings.Join(patterns, "|") + ")$/"; len(patterns) > 0 {
				rules = append(rules, next)
			}
		}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		Schema      string   `json:"$schema"`
		Description []string `json:"description"`
		Rules       []rule   `json:"packageRules"`
	}{"https://docs.renovatebot.com/renovate-schema.json", append([]string{g.asks()}, g.Told...), rules})
}

// isImage reports whether the house reads a tag of an image as versions that pass.
func (a *accepted) isImage(m *compat.Matrix, image, end string) bool {
	c := m.Resolve(compat.Asked{Kind: a.t.Kind, Text: image + ":" + a.example() + end})
	return c.Technology == a.t && c.Reason == ""
}

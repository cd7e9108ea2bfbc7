package page

import (
	"slices"
	"strings"
)

// The kinds a statement may have.
const (
	kindOS              = "os"
	kindJDK             = "jdk"
	kindDBMS            = "dbms"
	kindBrowser         = "browser"
	kindDirectory       = "directory"
	kindBroker          = "broker"
	kindArch            = "arch"
	kindKubernetes      = "kubernetes"
	kindProduct         = "product"
	kindRequirement     = "requirement"
	kindIncompatibility = "incompatibility"
)

// Kinds are those that pages have words for. A name may be of others.
var Kinds = func() []string {
	all := make([]string, len(kindWords))
	for i, k := range kindWords {
		all[i] = k.kind
	}
	return all
}()

// kindWords are the words by which headings, heads of tables and sentences say
// what they speak of; where several fit at the same place, the first here counts.
var kindWords = []struct{ kind, words string }{
	{kindIncompatibility, `known incompatibilit(?:y|ies)`},
	{kindRequirement, `system requirements?|hardware(?: requirements?)?|resource requirements?|memory requirements?|storage requirements?|sizing|capacity`},
	{kindOS, `operating[- ]systems?|os(?:es|s)?|linux distributions?`},
	{kindJDK, `(?:jdks?|java) distributions?|jdks?|jres?|java(?: (?:se|runtime|development kit|versions?|environments?))?|java virtual machines?|jvms?`},
	{kindDBMS, `(?:r?dbms(?:['’]?s|es)?|databases?|database management systems?|db types?|data ?stores?)`},
	{kindBrowser, `(?:web )?browsers?`},
	{kindDirectory, `ldaps?|directory(?: servers?| services?)?|directories|user ?stores?`},
	{kindBroker, `(?:message |jms )?brokers?|jms providers?|messaging(?: systems?)?|message queues?`},
	{kindKubernetes, `kubernetes(?: distributions?| services?)?|k8s|helm|container (?:platforms?|orchestration)`},
	{kindArch, `(?:arm |cpu |processor )?architectures?|arm compatibility`},
	{kindProduct, `products?(?: versions?)?|base products?|components?|distributions?|key managers?|dependenc(?:y|ies)|(?:required |software )applications?|tools?|package managers?`},
}

// kindPattern finds any of the words above; each kind is a group.
var kindPattern = func() expression {
	groups := make([]string, len(kindWords))
	for i, k := range kindWords {
		groups[i] = "(" + k.words + ")"
	}
	return compiled(`(?i)\b(?:` + strings.Join(groups, "|") + `)\b`)
}()

// kindsOf gives the kinds that a text speaks of, in the order of the words.
func kindsOf(text string) []string {
	var kinds []string
	for _, m := range kindPattern().FindAllStringSubmatchIndex(text, 50) {
		group := slices.IndexFunc(m[2:], func(at int) bool { return at >= 0 }) / 2
		kinds = addKind(kinds, kindWords[group].kind)
	}
	return kinds
}

func addKind(kinds []string, kind string) []string {
	if slices.Contains(kinds, kind) {
		return kinds
	}
	return append(kinds, kind)
}

// isKindLabel reports whether a short text names a kind and little else: "JDK
// Version", "Supported Operating Systems", "User store". It gives the kinds.
func isKindLabel(text string) ([]string, bool) {
	kinds := kindsOf(text)
	if len(kinds) == 0 {
		return nil, false
	}
	rest := kindPattern().ReplaceAllString(text, " ")
	rest = labelFillers().ReplaceAllString(rest, " ")
	return kinds, strings.Trim(rest, " \n\t/,&*:.()-+") == ""
}

// labelFillers are words that stand beside the name of a kind in a label.
var labelFillers = compiled(`(?i)\b(?:supported|tested|compatible|recommended|required|minimum|certified|versions?|releases?|types?|names?|and|or|the|base|vendors?|servers?|development kit|se|requirements?|software|applications?|mandatory|complianc[ey]|compatibility|range|support)\b`)

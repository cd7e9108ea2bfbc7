package compat

import "strings"

// class is what an English word does in a question. Zero is a word that is not
// known, and may be a name.
type class uint16

const (
	asks   class = 1 << iota // it belongs to the question
	parts                    // it stands between the things asked about
	fills                    // it may stand between a name and its version
	within                   // it may stand within a version: "11 or later"
	joins                    // so, but never at its end
	denies                   // what follows is not there
	newest                   // it asks for the latest release of a product
	counts                   // the number before it is an amount, not a version
)

// english are the words of a question. They tell what may be passed over,
// and name nothing.
var english = readWords([]struct {
	class class
	words string
}{
	{asks, `about according actually again all already also always am anybody anyone are assume been being both but can certification
		certified certify check checked checking combination combinations combo compatibility compatible confirm confirmed could currently
		customer customers dear deploy deployed deploying deployment did do does doing done each either else environment environments
		every fine following get give given good got had has have having he hello help here hey hi how i if install installed installing
		it its just kind kinds know known let list listed lists me mine my need needed needs now officially ok okay or-not our ours please possible
		question recommended run running runs safe say says see set setup shall she should show so some stack still such supported supporting
		supports support sure tell test tested testing tests thank thanks that their them there these they thing things this those
		together too trying us valid validated verified verify want wants was we well were what what's when where whether which while who
		why will wish work worked working works would yes yet you your yours environment's cert matrix officially-supported explicitly
		production customer's question's qualified qualify`},
	{asks | fills, `a an as be in is of s server servers edition build exact exactly the`},
	{asks | fills | within, `version versions release releases ver rel`},
	{asks | within, `above after any before below earlier greater higher later less lower minimum newer older onwards prior since until up upwards`},
	{asks | within | joins, `at least most than through to from`},
	{parts, `against alongside atop by for inside on onto over plus under upon use used uses using via vs versus w with`},
	{parts | within | joins, `and or`},
	{denies, `except excluding instead no non not w/o without`},
	{newest, `current latest newest`},
	{counts, `bit bits core cores cpu cpus day days gb gbs gib ghz hosts instance instances kb machine machines mb mbs mhz mib minutes month months
		node nodes pm am pods ram replicas seconds tb tib times tps user users vcpu vcpus vm vms week weeks worker workers year years`},
})

func readWords(table []struct {
	class class
	words string
}) map[string]class {
	all := map[string]class{}
	for _, row := range table {
		for word := range strings.FieldsSeq(row.words) {
			all[word] |= row.class
		}
	}
	return all
}

// classOf is the class of a word. What stands after an apostrophe says nothing:
// "what's".
func classOf(word string) class {
	const longest = 24
	if i := strings.IndexAny(word, "'’"); i > 0 {
		word = word[:i]
	}
	if len(word) > longest {
		return 0
	}
	var lower [longest]byte
	for i := range len(word) {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return english[string(lower[:len(word)])]
}

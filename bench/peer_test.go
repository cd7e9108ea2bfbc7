package bench

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// BenchmarkPeer measures what a request costs another server in processor time, as peers.md
// says: TESTEDON_PEER is the address to ask, TESTEDON_PEER_PROCESSES are the numbers of its
// processes, apart by commas. An iteration is 20,000 requests over 64 connections.
func BenchmarkPeer(b *testing.B) {
	address := os.Getenv("TESTEDON_PEER")
	if address == "" {
		b.Skip("no TESTEDON_PEER")
	}
	c := &client{base: address, http: clientOf()}
	all := slices.Repeat(get(""), 20_000)
	var costs []float64
	c.cost(b, all, func() float64 { return 0 }) // warms up
	for b.Loop() {
		costs = append(costs, c.cost(b, all, func() float64 { return processesTime(b, os.Getenv("TESTEDON_PEER_PROCESSES")) })/float64(len(all)))
	}
	b.ReportMetric(median(costs), "µs")
	b.ReportMetric(0, "ns/op")
}

// processesTime is the user and system time of processes so far, in microseconds, of which
// Linux counts hundredths of a second.
func processesTime(b *testing.B, processes string) (micros float64) {
	for process := range strings.SplitSeq(processes, ",") {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%s/stat", process))
		if err != nil {
			b.Fatal(err)
		}
		_, after, _ := strings.Cut(string(stat), ") ")
		for _, field := range strings.Fields(after)[11:13] {
			ticks, err := strconv.ParseFloat(field, 64)
			if err != nil {
				b.Fatal(err)
			}
			micros += ticks * 10_000
		}
	}
	return micros
}

//go:build torture

package torture

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
)

// network is hosts in network namespaces of their own, which reach each other and the test by
// a bridge.
type network struct {
	bridge string
	subnet string // 10.231.N
}

var networks atomic.Int64

func newNetwork(t testing.TB) *network {
	t.Helper()
	needs(t, true, "ip")
	n := networks.Add(1)
	w := &network{bridge: fmt.Sprintf("tb%xn%d", os.Getpid(), n), subnet: fmt.Sprintf("10.231.%d", (int64(os.Getpid())*7+n)%250)}
	if err := command("ip", "link", "add", w.bridge, "type", "bridge"); err != nil {
		t.Skipf("SKIPPED: no bridge can be made: %v", err)
	}
	t.Cleanup(func() { _ = command("ip", "link", "del", w.bridge) })
	must(t, command("ip", "addr", "add", w.subnet+".1/24", "dev", w.bridge))
	must(t, command("ip", "link", "set", w.bridge, "up"))
	return w
}

// node is a host of a network.
type node struct{ name, address, link string }

// node adds a host; its number is the last of its address.
func (w *network) node(t testing.TB, number int) *node {
	t.Helper()
	n := &node{
		name: fmt.Sprintf("%s-%d", w.bridge, number), address: fmt.Sprintf("%s.%d", w.subnet, number),
		link: fmt.Sprintf("tv%x-%d", os.Getpid(), number),
	}
	must(t, command("ip", "netns", "add", n.name))
	t.Cleanup(func() { _ = command("ip", "netns", "del", n.name) })
	must(t, command("ip", "link", "add", n.link, "type", "veth", "peer", "name", "eth0", "netns", n.name))
	must(t, command("ip", "link", "set", n.link, "master", w.bridge, "up"))
	for _, args := range [][]string{{"addr", "add", n.address + "/24", "dev", "eth0"}, {"link", "set", "eth0", "up"}, {"link", "set", "lo", "up"}} {
		must(t, command("ip", append([]string{"-n", n.name}, args...)...))
	}
	return n
}

// cut takes the cable out of a host, or puts it in again.
func (n *node) cut(t testing.TB, out bool) {
	t.Helper()
	state := "up"
	if out {
		state = "down"
	}
	must(t, command("ip", "link", "set", n.link, state))
}

// on is a host on which programs run.
func (n *node) on() host {
	return host{before: []string{"ip", "netns", "exec", n.name}, listen: n.address + ":8080"}
}

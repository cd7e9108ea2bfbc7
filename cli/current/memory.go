package current

import "runtime/metrics"

// allocated is how many bytes this process has allocated: when it was last looked at, and since
// memory was last given back.
type allocated struct{ seen, done uint64 }

// rest gives memory back, once, where little was allocated since it was last called, as by probes,
// and much before: a server that has answered thousands of questions needs 58 MB, and then 40.
func (a *allocated) rest(string) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	if metrics.Read(sample); a.over(sample[0].Value.Uint64()) {
		giveBack()
	}
}

func (a *allocated) over(now uint64) bool {
	last := now - a.seen
	a.seen, a.done = now, a.done+last
	if last >= 1<<20 || a.done < 16<<20 {
		return false
	}
	a.done = 0
	return true
}

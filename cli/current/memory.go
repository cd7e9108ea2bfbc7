package current

import "runtime/metrics"

// labour is what this process has allocated, in bytes, and of it what was not given back since.
type labour struct{ seen, done uint64 }

// rest gives memory back, once, where little was allocated since it was last called, as by probes,
// and much before: a server that has answered thousands of questions needs 58 MB, and then 40.
func (l *labour) rest(string) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	if metrics.Read(sample); l.over(sample[0].Value.Uint64()) {
		giveBack()
	}
}

func (l *labour) over(now uint64) bool {
	last := now - l.seen
	l.seen, l.done = now, l.done+last
	if last >= 1<<20 || l.done < 16<<20 {
		return false
	}
	l.done = 0
	return true
}

package client

import (
	"net/url"
	"sync"
)

// maxKept is how long an answer may be that is kept, in bytes.
const maxKept = 256 << 10

// kept are answers and their entity tags, by what was asked. For one more than there may be, that
// which was kept first goes.
type kept struct {
	most  int
	mu    sync.Mutex
	all   map[string]answered
	order []string
}

// answered is an answer as it came.
type answered struct {
	tag  string
	next url.Values // the query of the next page; nil without one
	body []byte
}

// find gives the answer that is kept; the zero value without one.
func (k *kept) find(key string) answered {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all[key]
}

// keep keeps an answer that has a tag.
func (k *kept) keep(key string, a answered) {
	if k.most == 0 || a.tag == "" || len(a.body) > maxKept {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[string]answered{}
	}
	if _, there := k.all[key]; !there {
		if len(k.order) == k.most {
			delete(k.all, k.order[0])
			k.order = k.order[1:]
		}
		k.order = append(k.order, key)
	}
	k.all[key] = a
}

package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/caddyserver/caddy/v2"
	"github.com/fsnotify/fsnotify"
	"go.uber.org/zap"
)

// roll is who a file names, and who of them is well. It follows the file: whatever changes in its folder makes it read
// again, so that it does not matter how the file is replaced.
type roll struct {
	file    string
	checks  atomic.Pointer[checking]
	taken   atomic.Pointer[taken]
	watcher *fsnotify.Watcher
	stop    context.CancelFunc
	running sync.WaitGroup
}

// taken is what of the file is in force. It never changes: another one takes its place.
type taken struct {
	revision string
	servers  []*checked
}

// rolls counts who uses each file.
var rolls = caddy.NewUsagePool()

// holdRoll takes that of a file up, or begins it; it checks by these settings from now on. Whoever holds it releases it
// once.
func holdRoll(file string, checks checking) (*roll, error) {
	held, _, err := rolls.LoadOrNew(file, func() (caddy.Destructor, error) { return beginRoll(file, checks) })
	if err != nil {
		return nil, err
	}
	all := held.(*roll)
	all.checks.Store(&checks)
	return all, nil
}

// beginRoll watches before it reads: what changes between is read again.
func beginRoll(file string, checks checking) (*roll, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := watcher.Add(filepath.Dir(file)); err != nil {
		return nil, errors.Join(err, watcher.Close())
	}
	all := &roll{file: file, watcher: watcher}
	all.checks.Store(&checks)
	all.taken.Store(new(taken))
	var ctx context.Context
	ctx, all.stop = context.WithCancel(context.Background())
	all.read(ctx)
	all.running.Go(func() { all.follow(ctx) })
	return all, nil
}

func (r *roll) release() error {
	_, err := rolls.Delete(r.file)
	return err
}

// Destruct ends its watch and its checks. What it knows stays for requests that are under way.
func (r *roll) Destruct() error {
	r.stop()
	err := r.watcher.Close()
	r.running.Wait()
	return err
}

// follow reads again at every change, and when some may have been missed.
func (r *roll) follow(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, is := <-r.watcher.Events:
			if !is {
				return
			}
		case err, is := <-r.watcher.Errors:
			if !is {
				return
			}
			r.log().Warn("the watch of the servers has trouble", zap.String("file", r.file), zap.Error(err))
		}
		r.read(ctx)
	}
}

// read takes what the file says. What cannot be read changes nothing.
func (r *roll) read(ctx context.Context) {
	text, err := os.ReadFile(r.file)
	var all named
	if err == nil {
		all, err = parseServers(string(text))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && r.taken.Load().revision == "":
		r.log().Warn("there is no file of servers yet", zap.String("file", r.file))
	case err != nil:
		r.log().Error("the servers cannot be read, the former stay", zap.String("file", r.file), zap.Error(err))
	case !r.taken.Load().says(all):
		r.take(ctx, all)
	}
}

func (t *taken) says(all named) bool {
	return t.revision == all.revision && slices.Equal(t.addresses(), all.addresses)
}

func (t *taken) addresses() []string {
	addresses := make([]string, len(t.servers))
	for i, server := range t.servers {
		addresses[i] = server.address
	}
	return addresses
}

// take has new ones checked, and those that are named no more not any longer; all others go on as they are.
func (r *roll) take(ctx context.Context, all named) {
	former := r.taken.Load().servers
	servers := make([]*checked, len(all.addresses))
	for i, address := range all.addresses {
		at := slices.IndexFunc(former, func(c *checked) bool { return c.address == address })
		if at >= 0 {
			servers[i] = former[at]
		} else {
			servers[i] = r.begin(ctx, address)
		}
	}
	r.taken.Store(&taken{all.revision, servers})
	for _, server := range former {
		if !slices.Contains(servers, server) {
			server.end()
		}
	}
	r.log().Info("took servers", zap.String("revision", all.revision), zap.Int("number", len(servers)))
}

// serving are those that are well; all, if none is: their circuits, and who can be reached, decide then.
func (r *roll) serving() []string {
	all := r.taken.Load()
	well := make([]string, 0, len(all.servers))
	for _, server := range all.servers {
		if !server.sick.Load() {
			well = append(well, server.address)
		}
	}
	if len(well) == 0 {
		return all.addresses()
	}
	return well
}

func (r *roll) log() *zap.Logger { return r.checks.Load().logger }

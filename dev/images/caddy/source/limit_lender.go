package main

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/caddyserver/caddy/v2"
	"go.uber.org/zap"
)

// lender has buckets: those in Valkey, or while that is away its own. All hosts have the same, and so has a later
// configuration that names the same Valkey.
type lender struct {
	key    lenderKey
	shared *shared
	own    *own
}

// lenderKey is what makes one another: a digest of what is known of Valkey, and how many share it.
type lenderKey struct {
	valkey   [sha256.Size]byte
	gateways int
}

var lenders = caddy.NewUsagePool()

// borrow takes the buckets up, or begins with them. Without an address of a Valkey that can be read the gateway has its own
// alone: it serves all the same. The address may come later, and the configuration is read again then.
func borrow(folder string, gateways int) (*lender, error) {
	address, err := content(folder, "uri")
	if err != nil {
		return nil, err
	}
	authority, err := content(folder, "ca.crt")
	if err != nil {
		return nil, err
	}
	key := lenderKey{sha256.Sum256([]byte(address + "\x00" + authority)), gateways}
	held, _, err := lenders.LoadOrNew(key, func() (caddy.Destructor, error) { return begun(key, address, authority) })
	if err != nil {
		return nil, err
	}
	return held.(*lender), nil
}

func begun(key lenderKey, address, authority string) (*lender, error) {
	made := &lender{key: key, own: ownBuckets(key.gateways)}
	sharing.Set(0)
	if address == "" {
		return made, nil
	}
	opened, err := open(address, authority)
	if err != nil {
		caddy.Log().Named("limit").Error("each gateway has its own buckets", zap.Error(err))
		return made, nil
	}
	made.shared = opened
	return made, nil
}

func giveBack(l *lender) error {
	_, err := lenders.Delete(l.key)
	return err
}

// Destruct ends what it has open.
func (l *lender) Destruct() error {
	if l.shared == nil {
		return nil
	}
	return l.shared.close()
}

func (l *lender) take(claims []claim) verdict {
	if l.shared != nil {
		if said, ok := l.shared.take(claims); ok {
			return said
		}
	}
	return l.own.take(claims)
}

// content of a file; empty if there is none.
func content(folder, name string) (string, error) {
	if folder == "" {
		return "", nil
	}
	text, err := os.ReadFile(filepath.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

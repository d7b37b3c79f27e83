// Package provisioner turns claims into loop-mounted XFS images: volumes that have a real size, really fill up and really grow.
package provisioner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

const (
	imageSuffix = ".img"
	// granule is what sizes are rounded up to: a file system counts in blocks, and a loop device in sectors.
	granule = 1 << 20
	// smallest is the least size that mkfs.xfs accepts.
	smallest = 300 * granule
)

// Store keeps one sparse image a volume in Images and mounts each under its name in Mounts.
type Store struct {
	Images string
	Mounts string

	// mutex serialises changes: two losetup calls must not pick the same free device.
	mutex sync.Mutex
}

// Size is the real size in bytes of a volume for which so many bytes are asked.
func Size(bytes int64) int64 {
	return max((bytes+granule-1)/granule*granule, smallest)
}

// Path is where the volume is mounted.
func (s *Store) Path(name string) string { return filepath.Join(s.Mounts, name) }

func (s *Store) image(name string) string { return filepath.Join(s.Images, name+imageSuffix) }

// Create makes and mounts the volume, or finds the one that an interrupted call left.
func (s *Store) Create(ctx context.Context, name string, bytes int64) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, err := os.Stat(s.image(name)); errors.Is(err, fs.ErrNotExist) {
		if err := s.format(ctx, name, bytes); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return s.mount(ctx, name)
}

// format writes the file system to a temporary name, so that an image that exists is always whole.
func (s *Store) format(ctx context.Context, name string, bytes int64) error {
	draft := filepath.Join(s.Images, "."+name)
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	file, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Truncate(Size(bytes)), file.Close()); err != nil {
		return err
	}
	// XFS grows online for CAP_SYS_ADMIN; ext4 wants CAP_SYS_RESOURCE, which root lacks in many virtual machines and containers.
	// Reverse maps and reflinks would only cost space.
	if err := run(ctx, "mkfs.xfs", "-q", "-f", "-K", "-m", "rmapbt=0,reflink=0", draft); err != nil {
		return err
	}
	return os.Rename(draft, s.image(name))
}

func (s *Store) mount(ctx context.Context, name string) error {
	path := s.Path(name)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	if s.device(ctx, name) != "" {
		return nil
	}
	// mount(8) marks the loop device to be freed with its last mount; discard gives freed blocks back to the machine.
	return run(ctx, "mount", "-o", "loop,discard,noatime", s.image(name), path)
}

// device is the loop device mounted for the volume, or "".
func (s *Store) device(ctx context.Context, name string) string {
	out, err := exec.CommandContext(ctx, "findmnt", "-n", "-o", "SOURCE", "--mountpoint", s.Path(name)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// MountAll mounts every volume that has an image: after a restart this must precede the kubelet.
func (s *Store) MountAll(ctx context.Context) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	images, err := filepath.Glob(filepath.Join(s.Images, "*"+imageSuffix))
	if err != nil {
		return err
	}
	var failures error
	for _, image := range images {
		name := strings.TrimSuffix(filepath.Base(image), imageSuffix)
		failures = errors.Join(failures, s.mount(ctx, name))
	}
	return failures
}

// Grow enlarges the mounted volume to so many bytes; a volume that is already as large stays as it is.
func (s *Store) Grow(ctx context.Context, name string, bytes int64) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	info, err := os.Stat(s.image(name))
	if err != nil {
		return err
	}
	if size := Size(bytes); info.Size() < size {
		if err := os.Truncate(s.image(name), size); err != nil {
			return err
		}
	}
	if err := s.mount(ctx, name); err != nil {
		return err
	}
	// Both are no-ops when there is nothing to do, so an interrupted growth is finished by the next call.
	if err := run(ctx, "losetup", "--set-capacity", s.device(ctx, name)); err != nil {
		return err
	}
	return run(ctx, "xfs_growfs", "-d", s.Path(name))
}

// Delete unmounts and removes the volume; one that is gone already is no error.
func (s *Store) Delete(ctx context.Context, name string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.device(ctx, name) != "" {
		if err := run(ctx, "umount", s.Path(name)); err != nil {
			return err
		}
	}
	if err := os.Remove(s.image(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Remove(s.Path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func run(ctx context.Context, name string, arguments ...string) error {
	out, err := exec.CommandContext(ctx, name, arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(arguments, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}

// Package testdeps is what package testing wants of a test's main package. Go's own one has a fuzzer and profiles behind it; here
// fuzz targets are run with their seeds, and there are no profiles.
package testdeps

import (
	"errors"
	"fmt"
	"internal/testlog"
	"io"
	"os"
	"reflect"
	"regexp"
	"time"
)

// The package under test, and its module: set by the main package.
var ImportPath, ModulePath string

// Makes testing.Testing report true.
func markTestBinary()

func init() { markTestBinary() }

// TestDeps is for testing.MainStart.
type TestDeps struct{}

func (TestDeps) ImportPath() string { return ImportPath }
func (TestDeps) ModulePath() string { return ModulePath }

var matcher struct {
	pattern string
	regexp  *regexp.Regexp
}

// MatchString is called by one goroutine at a time.
func (TestDeps) MatchString(pattern, text string) (bool, error) {
	if matcher.regexp == nil || matcher.pattern != pattern {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			return false, err
		}
		matcher.pattern, matcher.regexp = pattern, compiled
	}
	return matcher.regexp.MatchString(text), nil
}

// SetPanicOnExit0 makes os.Exit(0) a panic while tests run.
func (TestDeps) SetPanicOnExit0(does bool) { testlog.SetPanicOnExit0(does) }

// ---- what is not there

var errNoProfiles = errors.New("profiles are not supported")

func (TestDeps) StartCPUProfile(io.Writer) error             { return errNoProfiles }
func (TestDeps) StopCPUProfile()                             {}
func (TestDeps) WriteProfileTo(string, io.Writer, int) error { return errNoProfiles }

// What a test reads is only of interest to a cache of results.
func (TestDeps) StartTestLog(io.Writer) {}
func (TestDeps) StopTestLog() error     { return nil }

func (TestDeps) ResetCoverage()    {}
func (TestDeps) SnapshotCoverage() {}
func (TestDeps) InitRuntimeCoverage() (mode string, tearDown func(string, string) (string, error), snapshot func() float64) {
	return "", nil, nil
}

// ---- fuzz targets

type corpusEntry = struct {
	Parent     string
	Path       string
	Data       []byte
	Values     []any
	Generation int
	IsSeed     bool
}

// CoordinateFuzzing is called when all seeds have passed.
func (TestDeps) CoordinateFuzzing(time.Duration, int64, time.Duration, int64, int, []corpusEntry, []reflect.Type, string, string) error {
	fmt.Fprintln(os.Stderr, "fuzz: the seeds have been run; looking for new inputs is not supported")
	return nil
}

func (TestDeps) RunFuzzWorker(func(corpusEntry) error) error {
	return errors.New("there are no fuzzing workers")
}

// ReadSeeds is package internal/fuzz's, set by the main package if there are seeds in files: it is too large for others.
var ReadSeeds func(folder string, types []reflect.Type) ([]corpusEntry, error)

// ReadCorpus finds the seeds in a target's files.
func (TestDeps) ReadCorpus(folder string, types []reflect.Type) ([]corpusEntry, error) {
	if ReadSeeds == nil {
		return nil, nil
	}
	return ReadSeeds(folder, types)
}

// CheckCorpus compares a seed's values with the parameters of the fuzz target.
func (TestDeps) CheckCorpus(values []any, types []reflect.Type) error {
	if len(values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(values), len(types))
	}
	var found []reflect.Type
	matches := true
	for i, value := range values {
		found = append(found, reflect.TypeOf(value))
		matches = matches && found[i] == types[i]
	}
	if !matches {
		return fmt.Errorf("mismatched types in corpus entry: %v, want %v", found, types)
	}
	return nil
}

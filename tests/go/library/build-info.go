// What a program knows of how it was built.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

func main() {
	info, ok := debug.ReadBuildInfo()
	fmt.Println(ok, info.Path, info.Main, len(info.Deps), info.GoVersion == runtime.Version(), strings.HasPrefix(info.GoVersion, "go1.26"))
	for _, setting := range info.Settings {
		switch setting.Key {
		case "-buildmode", "-compiler":
			fmt.Println(setting.Key, setting.Value)
		case "GOOS":
			fmt.Println(setting.Value == runtime.GOOS)
		case "GOARCH":
			fmt.Println(setting.Value == runtime.GOARCH)
		}
	}
	again, err := debug.ParseBuildInfo(info.String())
	fmt.Println(err, again.String() == info.String())
}

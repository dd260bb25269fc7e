package main

import fmt // ERROR `missing import path`
import "fmt";
import 'os'
import ""
import "a b"
import ("errors" "io")
import . "strings"
import 5

func main() {}

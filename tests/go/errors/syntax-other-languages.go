package main

class Point { // ERROR `syntax error: non-declaration statement outside function body`
	int x;
}

function add(a, b) {
	return a + b
}

def main():
	print("hello")

let x = 5;

public static void main(String[] args) {}

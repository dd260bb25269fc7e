// ERROR `expected 'package', found 'EOF'`
